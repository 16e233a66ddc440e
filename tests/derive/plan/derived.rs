//! Derived events written with another schema: what a registry may hold instead of ours.

use std::collections::BTreeMap;
use std::error::Error as _;

use apache_avro::types::Value;
use chrono::{DateTime, Utc};
use publisher_core::{Event, EventData, NotOurs, PlanError, PlanScratch};
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::datum::read;
use crate::reading::{avro, field, written};

#[derive(EventData)]
enum Status {
    New,
    Paid,
}

#[derive(EventData)]
struct Line {
    title: String,
    quantity: u16,
    #[event(decimal(9, 2))]
    price: Decimal,
    tags: Vec<String>,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    order_id: Uuid,
    placed_at: DateTime<Utc>,
    status: Status,
    note: Option<String>,
    lines: Vec<Line>,
    attributes: BTreeMap<String, i32>,
    weight: f32,
}

fn order() -> OrderPlaced {
    let line = |title: &str, cents| Line {
        title: title.to_owned(),
        quantity: 2,
        price: Decimal::new(cents, 2),
        tags: vec!["food".to_owned(), String::new()],
    };
    OrderPlaced {
        order_id: Uuid::from_u128(7),
        placed_at: "2024-02-29T12:30:00Z".parse().expect("an instant"),
        status: Status::Paid,
        note: Some("ring twice".to_owned()),
        lines: vec![line("beans", 14_995), line("filter", -1), line("cup", 0)],
        attributes: BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), -1)]),
        weight: 0.1,
    }
}

/// Our schema with a change.
fn theirs(change: impl FnOnce(&mut Vec<Json>)) -> String {
    let mut schema: Json = serde_json::from_str(&order().event_type().schema().text).expect("JSON");
    let Json::Array(fields) = &mut schema["fields"] else {
        panic!("{schema} has no fields")
    };
    change(fields);
    schema.to_string()
}

fn with(event: &dyn Event, theirs: &str) -> Value {
    let plan = event.event_type().plan(theirs).expect("a plan");
    let mut out = Vec::new();
    plan.write(&written(event), &mut PlanScratch::default(), &mut out)
        .expect("an event of ours");
    read(theirs, &out)
}

#[test]
fn its_own_schema_in_another_layout_changes_nothing() {
    let event = order();
    let plan = event
        .event_type()
        .plan(&event.event_type().pretty_schema())
        .expect("a plan");
    assert!(plan.is_identity());
    assert_eq!(with(&event, &event.event_type().pretty_schema()), avro(&event));
}

#[test]
fn a_registrys_order_of_fields_and_wider_types() {
    let event = order();
    let theirs = theirs(|fields| {
        fields.reverse();
        fields[0]["type"] = json!("double");
        fields[1]["type"] = json!({"type": "map", "values": ["null", "long"]});
        fields[2]["type"]["items"]["fields"][2]["type"] = json!({"type": "fixed", "name": "Amount", "size": 8, "logicalType": "decimal", "precision": 18, "scale": 2});
        fields[3]["type"] = json!(["string", "null"]);
        fields[3].as_object_mut().expect("a field").remove("default");
        fields[4]["type"]["symbols"] = json!(["Lost", "Paid", "New"]);
        fields.insert(2, json!({"name": "channel", "type": "string", "default": "web"}));
    });
    let (ours, read) = (avro(&event), with(&event, &theirs));
    for same in ["order_id", "placed_at"] {
        assert_eq!(field(&read, same), field(&ours, same));
    }
    assert_eq!(field(&read, "weight"), Value::Double(f64::from(0.1_f32)));
    assert_eq!(field(&read, "channel"), Value::String("web".to_owned()));
    assert_eq!(field(&read, "status"), Value::Enum(1, "Paid".to_owned()));
    let note = Value::Union(0, Box::new(Value::String("ring twice".to_owned())));
    assert_eq!(field(&read, "note"), note);
    let Value::Map(attributes) = field(&read, "attributes") else {
        panic!("{read:?}")
    };
    assert_eq!(attributes["b"], Value::Union(1, Box::new(Value::Long(-1))));
    let (Value::Array(lines), Value::Array(own)) = (field(&read, "lines"), field(&ours, "lines")) else {
        panic!("{read:?}")
    };
    assert_eq!(lines.len(), 3);
    for ((line, own), cents) in lines.iter().zip(&own).zip([14_995_i64, -1, 0]) {
        for same in ["title", "quantity", "tags"] {
            assert_eq!(field(line, same), field(own, same));
        }
        let Value::Decimal(price) = field(line, "price") else {
            panic!("{line:?}")
        };
        assert_eq!(Vec::try_from(&price).expect("the bytes"), cents.to_be_bytes());
    }
}

#[test]
fn an_older_schema_has_fewer_fields() {
    let event = order();
    let theirs = theirs(|fields| fields.retain(|field| field["name"] != "lines" && field["name"] != "note"));
    let Value::Record(fields) = with(&event, &theirs) else {
        panic!("no record")
    };
    let names: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["order_id", "placed_at", "status", "attributes", "weight"]);
    for (name, value) in &fields {
        assert_eq!(*value, field(&avro(&event), name));
    }
}

#[test]
fn one_plan_serves_every_event() {
    let theirs = theirs(|fields| fields.rotate_left(3));
    let plan = order().event_type().plan(&theirs).expect("a plan");
    let (mut scratch, mut out) = (PlanScratch::default(), Vec::with_capacity(1024));
    for count in 0..4 {
        let mut event = order();
        event.lines.truncate(count);
        event.note = (count % 2 == 0).then(String::new);
        event.status = if count == 1 { Status::New } else { Status::Paid };
        out.clear();
        plan.write(&written(&event), &mut scratch, &mut out)
            .expect("an event of ours");
        let (read, own) = (read(&theirs, &out), avro(&event));
        for name in ["order_id", "status", "note", "lines", "attributes", "weight"] {
            assert_eq!(field(&read, name), field(&own, name), "{name}");
        }
        assert_eq!(out.capacity(), 1024);
    }
}

#[test]
fn what_has_no_plan_says_why() {
    let event_type = order().event_type();
    let theirs = theirs(|fields| {
        fields[3]["type"] = json!("string");
        fields[4]["type"]["items"]["fields"][2]["type"]["scale"] = json!(3);
    });
    let error = event_type.plan(&theirs).expect_err("two differences");
    assert_eq!(
        error.to_string(),
        "cannot be written with the given schema: note: ours is union of null, string, theirs string: ours may be null, \
         theirs may not; make ours required, or theirs a union with null; lines[].price: ours is decimal(9, 2) (bytes), \
         theirs decimal(9, 3) (bytes): the scales differ, so the same digits would be another number; give both the \
         same scale"
    );
    let error = event_type
        .plan(r#"{"type": "record", "name": "A"}"#)
        .expect_err("no fields");
    assert!(matches!(error, PlanError::Schema(_)));
    assert_eq!(error.source().expect("a source").to_string(), "has no `fields`");
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", encoding = json, unkeyed)]
struct AsJson {
    id: i32,
}

#[test]
fn json_has_no_plan() {
    let error = AsJson { id: 1 }.event_type().plan("\"int\"").expect_err("no Avro");
    assert!(
        matches!(
            error,
            PlanError::NotAvro {
                event_type: "com.acme.orders.AsJson"
            }
        ),
        "{error}"
    );
}

/// Every cut of an event is told apart, or is what it was; nothing is appended then, nothing panics.
#[test]
fn bytes_of_another_type_are_no_event_of_ours() {
    let bytes = written(&order());
    let theirs = theirs(|fields| {
        fields.reverse();
        fields[1]["type"] = json!({"type": "map", "values": ["null", "long"]});
    });
    let plan = order().event_type().plan(&theirs).expect("a plan");
    let mut scratch = PlanScratch::default();
    for cut in 0..bytes.len() {
        let mut out = b"frame".to_vec();
        assert_eq!(plan.write(&bytes[..cut], &mut scratch, &mut out), Err(NotOurs), "{cut}");
        assert_eq!(out, b"frame");
    }
    let mut out = Vec::new();
    plan.write(&bytes, &mut scratch, &mut out).expect("the whole event");
    for at in 0..bytes.len() {
        for other in [0x00, 0x01, 0x7f, 0x80, 0xff] {
            let mut wrong = bytes.clone();
            wrong[at] = other;
            out.clear();
            let result = plan.write(&wrong, &mut scratch, &mut out);
            assert!(result.is_ok() || out.is_empty());
        }
    }
}
