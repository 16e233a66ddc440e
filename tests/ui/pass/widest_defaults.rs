//! A default may be any value of its type: Avro's `long` has 64 bits.

use publisher_core::{Event, EventData};

#[derive(EventData)]
struct Quantity(#[event(min = 1, max = 9223372036854775807)] i64);

#[derive(EventData)]
struct Share(#[event(exclusive_min = -0.5, max = 1)] f32);

#[derive(Event)]
#[event(topic = "limits", namespace = "com.acme.limits")]
struct LimitsSet {
    #[event(key)]
    id: String,
    #[event(default = -9223372036854775808)]
    least: i64,
    #[event(default = 9223372036854775807)]
    most: Option<i64>,
    #[event(default = 9223372036854775807)]
    quantity: Quantity,
    #[event(default = -0.499999999)]
    share: Share,
    #[event(format = uuid, default = "00000000-0000-0000-0000-000000000000")]
    source: String,
}

fn main() {}
