#[derive(Event)]
#[event(topic = "tasks", namespace = "com.acme.tasks", schema = "tests/expand/com.acme.tasks.TaskCompleted.avsc")]
struct TaskCompleted<'a> {
    #[event(key)]
    task_id: u32,
    result: Option<&'a str>,
}
