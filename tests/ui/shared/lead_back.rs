//! Neither of two schemas could be registered before the other.
use publisher_core::{Event, EventData};

#[derive(EventData)]
#[event(shared, namespace = "com.acme")]
struct Person {
    name: String,
    #[event(recursive = Household)]
    household: Option<Box<Household>>,
}

#[derive(EventData)]
#[event(shared, namespace = "com.acme")]
struct Household {
    people: Vec<Person>,
}

#[derive(Event)]
#[event(topic = "people", namespace = "com.acme")]
struct PersonRegistered {
    #[event(key)]
    person_id: String,
    household: Household,
}

#[derive(Event)]
#[event(topic = "people", namespace = "com.acme")]
struct PersonMoved {
    #[event(key)]
    person_id: String,
    // The same circle from its other side.
    person: Option<Person>,
}

fn main() {}
