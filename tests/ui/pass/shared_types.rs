//! What shared types may hold: others, types of the event, and types that another shared type within defines.
use publisher_core::{Event, EventData};

#[derive(EventData)]
enum Country {
    DE,
}

#[derive(EventData)]
struct Street {
    name: String,
    country: Country,
}

#[derive(EventData)]
#[event(shared, namespace = "com.acme")]
struct Address {
    street: Street,
}

#[derive(EventData)]
#[event(shared, namespace = "com.acme")]
struct Person {
    born_in: Country,
    address: Address,
    others: Vec<Address>,
}

#[derive(EventData)]
#[event(shared, namespace = "com.acme")]
enum Contact {
    Mail { to: String },
    Nobody,
}

#[derive(Event)]
#[event(topic = "people", namespace = "com.acme")]
struct PersonRegistered {
    #[event(key)]
    person_id: String,
    country: Country,
    person: Person,
    address: Option<Address>,
    contact: Contact,
}

fn main() {
    let schema = <PersonRegistered as publisher_core::EventTypes>::types()[0].schema();
    let subjects: Vec<_> = schema.references.iter().map(|reference| &*reference.subject).collect();
    assert_eq!(subjects, ["com.acme.Person", "com.acme.Address", "com.acme.Contact"]);
}
