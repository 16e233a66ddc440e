use publisher_core::{Event, EventData};

#[derive(EventData)]
struct Unit;

#[derive(EventData)]
struct Empty();

#[derive(Event)]
struct UnitEvent;

#[derive(Event)]
struct NewtypeEvent(String);

#[derive(Event)]
struct PairEvent(String, String);

fn main() {}
