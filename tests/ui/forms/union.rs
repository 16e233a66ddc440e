use publisher_core::{Event, EventData};

#[derive(EventData)]
union Bits {
    a: u32,
    b: f32,
}

#[derive(Event)]
union Other {
    a: u32,
    b: f32,
}

fn main() {}
