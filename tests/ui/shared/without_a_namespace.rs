//! The full name of a shared type is its subject, which no event around it may change.
use publisher_core::EventData;

#[derive(EventData)]
#[event(shared)]
struct Address {
    street: String,
}

#[derive(EventData)]
#[event(rename_all = "SCREAMING_SNAKE_CASE", shared)]
enum Country {
    Germany,
}

fn main() {}
