//! Events whose keys are no text: a number as Java writes it, bytes, and Avro with a schema of its own.
//!
//! Knows no other event. Small values and great ones; what they hold besides their keys is of no interest here.

use publisher_core::{Event, EventData};
use serde_json::{Value, json};

/// A key of two parts.
#[derive(Clone, EventData)]
pub struct Order {
    tenant: &'static str,
    number: i64,
}

/// An event with an Avro key.
#[derive(Event)]
#[event(
    topic = "AvroKeyed",
    namespace = "com.acme.interop",
    schema = "interop/publish/schemas/com.acme.interop.AvroKeyed.avsc"
)]
pub struct AvroKeyed {
    #[event(key = avro)]
    pub key: Order,
}

/// An event with a number as its key.
#[derive(Event)]
#[event(
    topic = "NumberKeyed",
    namespace = "com.acme.interop", encoding = json,
    schema = "interop/publish/schemas/com.acme.interop.NumberKeyed.json"
)]
pub struct NumberKeyed {
    #[event(key = big_endian)]
    pub key: i64,
}

/// An event with bytes as its key.
#[derive(Event)]
#[event(
    topic = "BytesKeyed",
    namespace = "com.acme.interop",
    schema = "interop/publish/schemas/com.acme.interop.BytesKeyed.avsc"
)]
pub struct BytesKeyed {
    #[event(key = raw)]
    pub key: &'static [u8],
}

/// Keys and what a reader should make of them.
pub fn avro() -> [(Order, Value); 2] {
    let order = |tenant, number| Order { tenant, number };
    [
        (
            order("größte", i64::MAX),
            json!({ "tenant": "größte", "number": "9223372036854775807" }),
        ),
        (order("", -1), json!({ "tenant": "", "number": -1 })),
    ]
}

/// As [`avro`]; a JSON event holds none beyond 2^53.
pub fn numbers() -> [(i64, Value); 4] {
    let numbers = [0, -300, 9_007_199_254_740_991, -9_007_199_254_740_991];
    numbers.map(|number| (number, json!(number)))
}

/// As [`avro`].
pub fn bytes() -> [(&'static [u8], Value); 2] {
    [(&[0, 0xff, 0x80], json!("AP+A")), (b"text", json!("dGV4dA=="))]
}
