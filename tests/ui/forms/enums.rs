use publisher_core::{Event, EventData};

#[derive(EventData)]
enum Never {}

#[derive(EventData)]
enum Payment {
    Cash,
    Card(String),
    Transfer { iban: String },
}

#[derive(Event)]
enum NoEvents {}

fn main() {}
