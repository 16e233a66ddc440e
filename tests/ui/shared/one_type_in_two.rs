//! Two schemas that an event refers to must not define one name.
use publisher_core::{Event, EventData};

#[derive(EventData)]
enum Country {
    DE,
}

#[derive(EventData)]
struct Region {
    country: Country,
}

#[derive(EventData)]
#[event(shared, namespace = "com.acme")]
struct Address {
    region: Region,
}

#[derive(EventData)]
#[event(shared, namespace = "com.acme")]
struct Passport {
    issued_by: Vec<Country>,
}

#[derive(Event)]
#[event(topic = "customers", namespace = "com.acme")]
struct CustomerRegistered {
    #[event(key)]
    customer_id: String,
    // Seen first where it is no trouble.
    region: Region,
    address: Address,
    passport: Option<Passport>,
}

fn main() {}
