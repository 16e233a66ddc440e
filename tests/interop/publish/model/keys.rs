//! Events whose keys are no single text: compound ones, numbers as Java writes them, bytes, and Avro with a schema of
//! its own.
//!
//! Knows no other event. Small values and great ones; what they hold besides their keys is of no interest here.

use publisher_core::{Event, EventData};
use serde_json::{Value, json};
use uuid::Uuid;

/// A key of two parts.
#[derive(Clone, EventData)]
pub struct Order {
    tenant: &'static str,
    number: i64,
    kind: Option<Kind>,
    #[event(fixed = "Digest")]
    digest: [u8; 2],
}

#[derive(Clone, Copy, EventData)]
pub enum Kind {
    Retail,
    Wholesale,
}

/// A newtype has every form of what it holds.
#[derive(Clone, Copy, EventData)]
pub struct Meter(pub i16);

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

/// An event whose Avro key is no record, beside JSON.
#[derive(Event)]
#[event(
    topic = "FixedKeyed",
    namespace = "com.acme.interop",
    encoding = json,
    schema = "interop/publish/schemas/com.acme.interop.FixedKeyed.json"
)]
pub struct FixedKeyed {
    #[event(key = avro, fixed = "Id")]
    pub key: Uuid,
}

/// An event with a compound key.
#[derive(Event)]
#[event(
    topic = "CompoundKeyed",
    namespace = "com.acme.interop",
    key(tenant, number, kind, id),
    schema = "interop/publish/schemas/com.acme.interop.CompoundKeyed.avsc"
)]
pub struct CompoundKeyed {
    pub id: Uuid,
    pub number: u32,
    pub tenant: &'static str,
    pub kind: Kind,
}

/// An event with a number as its key.
#[derive(Event)]
#[event(
    topic = "NumberKeyed",
    namespace = "com.acme.interop",
    encoding = json,
    model = open,
    schema = "interop/publish/schemas/com.acme.interop.NumberKeyed.json"
)]
pub struct NumberKeyed {
    #[event(key = big_endian)]
    pub key: i64,
}

/// An event with a short number as its key.
#[derive(Event)]
#[event(
    topic = "ShortKeyed",
    namespace = "com.acme.interop",
    schema = "interop/publish/schemas/com.acme.interop.ShortKeyed.avsc"
)]
pub struct ShortKeyed {
    #[event(key = big_endian)]
    pub key: Meter,
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
    let great = Order {
        tenant: "größte",
        number: i64::MAX,
        kind: Some(Kind::Wholesale),
        digest: [255; 2],
    };
    let small = Order {
        tenant: "",
        number: -1,
        kind: None,
        digest: [0; 2],
    };
    [
        (
            great,
            json!({ "tenant": "größte", "number": "9223372036854775807", "kind": "Wholesale", "digest": "//8=" }),
        ),
        (
            small,
            json!({ "tenant": "", "number": -1, "kind": null, "digest": "AAA=" }),
        ),
    ]
}

/// As [`avro`].
pub fn fixed() -> [(Uuid, Value); 2] {
    [
        (Uuid::nil(), json!("AAAAAAAAAAAAAAAAAAAAAA==")),
        (Uuid::max(), json!("/////////////////////w==")),
    ]
}

/// Events, their keys as text, and what a reader should make of the events: a `:` or `\` in a part has a `\` before it.
pub fn compound() -> [(CompoundKeyed, &'static str, Value); 2] {
    let great = CompoundKeyed {
        id: Uuid::max(),
        number: u32::MAX,
        tenant: r"a:b\ü",
        kind: Kind::Wholesale,
    };
    let small = CompoundKeyed {
        id: Uuid::nil(),
        number: 0,
        tenant: "",
        kind: Kind::Retail,
    };
    [
        (
            great,
            r"a\:b\\ü:4294967295:Wholesale:ffffffff-ffff-ffff-ffff-ffffffffffff",
            json!({
                "id": "ffffffff-ffff-ffff-ffff-ffffffffffff",
                "number": u32::MAX,
                "tenant": r"a:b\ü",
                "kind": "Wholesale",
            }),
        ),
        (
            small,
            ":0:Retail:00000000-0000-0000-0000-000000000000",
            json!({ "id": "00000000-0000-0000-0000-000000000000", "number": 0, "tenant": "", "kind": "Retail" }),
        ),
    ]
}

/// As [`avro`]; a JSON event holds none beyond 2^53.
pub fn numbers() -> [(i64, Value); 4] {
    let numbers = [0, -300, 9_007_199_254_740_991, -9_007_199_254_740_991];
    numbers.map(|number| (number, json!(number)))
}

/// As [`avro`].
pub fn shorts() -> [(Meter, Value); 3] {
    [-1, i16::MIN, i16::MAX].map(|number| (Meter(number), json!(number)))
}

/// As [`avro`].
pub fn bytes() -> [(&'static [u8], Value); 2] {
    [(&[0, 0xff, 0x80], json!("AP+A")), (b"text", json!("dGV4dA=="))]
}
