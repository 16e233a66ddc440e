use publisher_core::{Event, EventData};

#[derive(EventData)]
enum Never {}

#[derive(EventData)]
enum Payment {
    Cash,
    Card(String, i32),
}

#[derive(Event)]
enum NoEvents {}

fn main() {}
