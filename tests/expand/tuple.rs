#[derive(EventData)]
struct Range(
    /// Where it begins.
    #[event(rename = "from", min = 0)] i64,
    #[event(skip)] Cache,
    #[event(rename = "to", default = "end")] Option<String>,
);
