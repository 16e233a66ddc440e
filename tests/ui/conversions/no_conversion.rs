use publisher_core::EventData;

struct Foreign;

#[derive(EventData)]
struct Record {
    #[event(as = String)]
    no_from: Foreign,
    #[event(as = String, with = number)]
    another_type: Foreign,
    #[event(as = String, with = failing)]
    silent_error: Foreign,
    #[event(as = String, with = of_another)]
    another_argument: Foreign,
    #[event(as = Foreign, with = same)]
    unpublished: Foreign,
}

#[derive(EventData)]
#[event(into = String)]
struct Whole(i32);

struct Silent;

fn number(_: &Foreign) -> i32 {
    1
}

fn failing(_: &Foreign) -> Result<String, Silent> {
    Err(Silent)
}

fn of_another(_: &i32) -> String {
    String::new()
}

fn same(_: &Foreign) -> Foreign {
    Foreign
}

fn main() {}
