use publisher_core::{Event, EventData};

#[derive(EventData)]
struct Place {
    name: String,
    within: Option<Box<Place>>,
}

#[derive(Event)]
#[event(topic = "places", namespace = "com.acme.places")]
struct PlaceOpened {
    #[event(key = avro)]
    place: Place,
}

fn main() {}
