#[derive(EventData)]
struct Category<'a> {
    name: &'a str,
    #[event(max_items = 9)]
    children: Vec<Category<'a>>,
    parent: Option<Box<Self>>,
    by_name: HashMap<String, Category<'a>>,
}

#[derive(EventData)]
struct Employee {
    #[event(recursive = Department)]
    department: Option<Box<org::Department>>,
}

#[derive(EventData)]
#[event(recursive = "Department")]
struct Departments(Vec<Department>);
