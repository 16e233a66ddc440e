use publisher_core::{Event, EventData};

#[derive(EventData)]
struct Place {
    city: String,
    latitude: f64,
}

#[derive(Event)]
#[event(topic = "weather", namespace = "com.acme.weather")]
struct Measured {
    #[event(key = avro)]
    place: Place,
}

#[derive(Event)]
#[event(topic = "weather", namespace = "com.acme.weather")]
struct Weighed {
    #[event(key = avro, min = 0)]
    weight: f32,
}

fn main() {}
