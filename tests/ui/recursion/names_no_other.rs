use publisher_core::EventData;

type Departments = Vec<Department>;

#[derive(EventData)]
struct Department {
    head: Vec<Employee>,
}

#[derive(EventData)]
struct Employee {
    #[event(recursive = Department)]
    departments: Departments,
    #[event(recursive = Employee)]
    deputies: Vec<Employee>,
    #[event(recursive)]
    first: Option<Department>,
    #[event(recursive = 7)]
    second: Option<Department>,
    #[event(recursive = "Vec<Department>", recursive = Department)]
    third: Option<Department>,
}

fn main() {}
