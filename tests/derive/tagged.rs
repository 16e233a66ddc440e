//! Enums with data as records with a tag: schema, bytes, text, violations, evolution.

use apache_avro::types::Value;
use publisher_core::{Event, EventData};
use rust_decimal::Decimal;

use crate::reading::{avro, field, json, violations};

#[derive(EventData)]
struct TransferDetails {
    iban: String,
}

#[derive(EventData)]
#[event(max_length = 3)]
struct Note(String);

/// How it is paid.
#[derive(EventData)]
enum Payment<'a> {
    /// By a card.
    Card {
        #[event(min_length = 4, max_length = 4, rename = "lastFour")]
        last4: &'a str,
        #[event(skip)]
        #[allow(dead_code)]
        token: u64,
        out: Option<i32>,
    },
    /// From an account.
    Transfer(TransferDetails),
    #[event(default)]
    Voucher,
    #[event(rename = "CREDIT_NOTE")]
    CreditNote(Note),
    Refund(#[event(decimal(6, 2), min = 0)] Decimal),
    Lines(&'a [Note]),
    Boxed(Box<TransferDetails>),
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme", unkeyed)]
struct AsAvro<'a> {
    payment: Payment<'a>,
    other: Option<Payment<'a>>,
    all: Vec<Payment<'a>>,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme", unkeyed, encoding = json)]
struct AsJson<'a> {
    payment: Payment<'a>,
    other: Option<Payment<'a>>,
}

fn iban(text: &str) -> TransferDetails {
    TransferDetails { iban: text.to_owned() }
}

fn note(text: &str) -> Note {
    Note(text.to_owned())
}

fn card(last4: &str) -> Payment<'_> {
    Payment::Card {
        last4,
        token: 7,
        out: Some(1),
    }
}

fn record<const N: usize>(fields: [(&str, Value); N]) -> Value {
    Value::Record(fields.map(|(name, value)| (name.to_owned(), value)).to_vec())
}

const NAMES: [&str; 6] = ["card", "transfer", "credit_note", "refund", "lines", "boxed"];

/// The record of a payment, of which one field at most holds something.
fn tagged(number: u32, symbol: &str, held: Option<(&str, Value)>) -> Value {
    let mut fields = vec![("type".to_owned(), Value::Enum(number, symbol.to_owned()))];
    for name in NAMES {
        let value = match &held {
            Some((there, value)) if *there == name => Value::Union(1, Box::new(value.clone())),
            _ => Value::Union(0, Box::new(Value::Null)),
        };
        fields.push((name.to_owned(), value));
    }
    Value::Record(fields)
}

#[test]
fn the_schema_is_a_record_with_a_tag() {
    let event = AsAvro {
        payment: Payment::Voucher,
        other: None,
        all: Vec::new(),
    };
    let expected = concat!(
        r#"{"type":"record","name":"AsAvro","namespace":"com.acme","fields":["#,
        r#"{"name":"payment","type":{"type":"record","name":"Payment","doc":"How it is paid.","fields":["#,
        r#"{"name":"type","type":{"type":"enum","name":"PaymentType","symbols":["#,
        r#""Card","Transfer","Voucher","CREDIT_NOTE","Refund","Lines","Boxed"],"default":"Voucher"}},"#,
        r#"{"name":"card","type":["null",{"type":"record","name":"PaymentCard","doc":"By a card.","fields":["#,
        r#"{"name":"lastFour","type":"string"},{"name":"out","type":["null","int"],"default":null}]}],"default":null},"#,
        r#"{"name":"transfer","doc":"From an account.","type":["null",{"type":"record","name":"TransferDetails","#,
        r#""fields":[{"name":"iban","type":"string"}]}],"default":null},"#,
        r#"{"name":"credit_note","type":["null","string"],"default":null},"#,
        r#"{"name":"refund","type":["null",{"type":"bytes","logicalType":"decimal","precision":6,"scale":2}],"default":null},"#,
        r#"{"name":"lines","type":["null",{"type":"array","items":"string"}],"default":null},"#,
        r#"{"name":"boxed","type":["null","com.acme.TransferDetails"],"default":null}]}},"#,
        r#"{"name":"other","type":["null","com.acme.Payment"],"default":null},"#,
        r#"{"name":"all","type":{"type":"array","items":"com.acme.Payment"}}]}"#,
    );
    assert_eq!(&*event.event_type().schema().text, expected);
}

#[test]
fn apache_avro_reads_every_variant() {
    let notes = [note("a"), note("b")];
    let event = AsAvro {
        payment: card("1234"),
        other: Some(Payment::Transfer(iban("DE1"))),
        all: vec![
            Payment::Voucher,
            Payment::CreditNote(note("x")),
            Payment::Refund(Decimal::new(150, 2)),
            Payment::Lines(&notes),
            Payment::Boxed(Box::new(iban("DE2"))),
        ],
    };
    let read = avro(&event);
    let last4 = Value::String("1234".to_owned());
    let out = Value::Union(1, Box::new(Value::Int(1)));
    assert_eq!(
        field(&read, "payment"),
        tagged(0, "Card", Some(("card", record([("lastFour", last4), ("out", out)]))))
    );
    let details = |iban: &str| record([("iban", Value::String(iban.to_owned()))]);
    assert_eq!(
        field(&read, "other"),
        Value::Union(1, Box::new(tagged(1, "Transfer", Some(("transfer", details("DE1"))))))
    );
    let text = |text: &str| Value::String(text.to_owned());
    let refund = Value::Decimal(150_i16.to_be_bytes().into());
    let expected = [
        tagged(2, "Voucher", None),
        tagged(3, "CREDIT_NOTE", Some(("credit_note", text("x")))),
        tagged(4, "Refund", Some(("refund", refund))),
        tagged(5, "Lines", Some(("lines", Value::Array(vec![text("a"), text("b")])))),
        tagged(6, "Boxed", Some(("boxed", details("DE2")))),
    ];
    assert_eq!(field(&read, "all"), Value::Array(expected.to_vec()));
}

#[test]
fn json_has_every_field_in_order() {
    let event = AsJson {
        payment: card("1234"),
        other: Some(Payment::Refund(Decimal::new(150, 2))),
    };
    assert_eq!(
        json(&event),
        concat!(
            r#"{"payment":{"type":"Card","card":{"lastFour":"1234","out":1},"transfer":null,"credit_note":null,"#,
            r#""refund":null,"lines":null,"boxed":null},"#,
            r#""other":{"type":"Refund","card":null,"transfer":null,"credit_note":null,"refund":"1.50","lines":null,"#,
            r#""boxed":null}}"#
        )
    );
    let event = AsJson {
        payment: Payment::Voucher,
        other: None,
    };
    assert!(json(&event).starts_with(r#"{"payment":{"type":"Voucher","card":null,"#));
}

#[test]
fn violations_name_the_field_of_the_variant() {
    let notes = [note("ok"), note("too long")];
    let event = AsAvro {
        payment: card("123"),
        other: Some(Payment::Refund(Decimal::NEGATIVE_ONE)),
        all: vec![Payment::CreditNote(note("four")), Payment::Lines(&notes)],
    };
    assert_eq!(
        violations(&event),
        [
            "payment.card.lastFour has 3 characters, at least 4 are needed",
            "other.refund is less than 0",
            "all[0].credit_note has 4 characters, at most 3 are allowed",
            "all[1].lines[1] has 8 characters, at most 3 are allowed",
        ]
    );
}

/// The first form of an enum, and the same with a variant more.
mod before {
    #[derive(publisher_core::EventData)]
    #[event(tag = "kind", namespace = "com.acme.shipping", name = "Parcel")]
    pub(super) enum Shipment {
        Letter {
            grams: i32,
        },
        #[event(default)]
        Unknown,
    }
}
mod after {
    #[derive(publisher_core::EventData)]
    #[event(tag = "kind", namespace = "com.acme.shipping", name = "Parcel")]
    pub(super) enum Shipment {
        Letter {
            grams: i32,
        },
        #[event(default)]
        Unknown,
        Drone {
            pilot: String,
        },
    }
}

#[derive(Event)]
#[event(topic = "shipments", namespace = "com.acme", unkeyed, name = "Shipped")]
struct ShippedBefore {
    by: before::Shipment,
}

#[derive(Event)]
#[event(topic = "shipments", namespace = "com.acme", unkeyed, name = "Shipped")]
struct ShippedAfter {
    by: after::Shipment,
}

/// What a reader with one schema makes of a record that was written with another.
fn resolved(event: &dyn Event, reader: &dyn Event) -> Value {
    let schema =
        |event: &dyn Event| apache_avro::Schema::parse_str(&event.event_type().schema().text).expect("a schema");
    let (written_with, read_with) = (schema(event), schema(reader));
    let bytes = crate::reading::written(event);
    apache_avro::reader::datum::GenericDatumReader::builder(&written_with)
        .reader_schema(&read_with)
        .build()
        .expect("schemas that resolve")
        .read_value(&mut &bytes[..])
        .expect("a record")
}

#[test]
fn a_variant_can_be_added() {
    let old = ShippedBefore {
        by: before::Shipment::Letter { grams: 20 },
    };
    let new = ShippedAfter {
        by: after::Shipment::Drone {
            pilot: "ada".to_owned(),
        },
    };
    assert!(
        old.event_type()
            .schema()
            .text
            .contains(r#""name":"Parcel","namespace":"com.acme.shipping""#)
    );
    assert!(old.event_type().schema().text.contains(r#""name":"ParcelLetter""#));
    let known = resolved(&old, &new);
    let by = field(&known, "by");
    assert_eq!(field(&by, "kind"), Value::Enum(0, "Letter".to_owned()));
    assert_eq!(field(&by, "drone"), Value::Union(0, Box::new(Value::Null)));
    // The old reader takes the default symbol and has no field for the rest.
    let unknown = resolved(&new, &old);
    let by = field(&unknown, "by");
    assert_eq!(field(&by, "kind"), Value::Enum(1, "Unknown".to_owned()));
    assert_eq!(field(&by, "letter"), Value::Union(0, Box::new(Value::Null)));
    // What both know is the same to both.
    let known = |event: &dyn Event, reader: &dyn Event| field(&field(&resolved(event, reader), "by"), "kind");
    let letter = ShippedAfter {
        by: after::Shipment::Letter { grams: 1 },
    };
    let (unknown_before, unknown_after) = (before::Shipment::Unknown, after::Shipment::Unknown);
    assert_eq!(known(&letter, &old), Value::Enum(0, "Letter".to_owned()));
    let unknown = Value::Enum(1, "Unknown".to_owned());
    assert_eq!(known(&ShippedAfter { by: unknown_after }, &old), unknown);
    assert_eq!(known(&ShippedBefore { by: unknown_before }, &new), unknown);
}

/// One variant alone needs no arm for others.
#[derive(EventData)]
enum Only {
    Lone { value: i32 },
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme", unkeyed)]
struct Lonely {
    only: Only,
}

#[test]
fn a_single_variant_is_tagged_too() {
    let event = Lonely {
        only: Only::Lone { value: 3 },
    };
    let only = field(&avro(&event), "only");
    assert_eq!(field(&only, "type"), Value::Enum(0, "Lone".to_owned()));
    assert_eq!(
        field(&only, "lone"),
        Value::Union(1, Box::new(record([("value", Value::Int(3))])))
    );
}
