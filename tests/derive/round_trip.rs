//! Random nested values: apache-avro reads back what was written, the JSON Schema accepts what was said.

use std::collections::{BTreeMap, HashMap};

use apache_avro::types::Value;
use chrono::{DateTime, NaiveDate, Utc};
use proptest::collection::{btree_map, hash_map, vec};
use proptest::option;
use proptest::prelude::*;
use publisher_core::{Event, EventData};
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::reading::{avro, json};

#[derive(Clone, Debug, EventData)]
struct Sku(String);

#[derive(Clone, Copy, Debug, EventData)]
enum Unit {
    Piece,
    Metre,
}

#[derive(Clone, Debug, EventData)]
struct Line {
    sku: Sku,
    unit: Unit,
    #[event(decimal(18, 4))]
    price: Decimal,
    #[event(default = "none")]
    note: Option<String>,
    attributes: BTreeMap<String, Option<f64>>,
    blob: Vec<u8>,
}

#[derive(Clone, Debug, EventData)]
struct Order {
    id: Uuid,
    number: i64,
    small: i16,
    unsigned: u32,
    flag: bool,
    float: f32,
    letter: char,
    at: DateTime<Utc>,
    date: Option<NaiveDate>,
    lines: Vec<Line>,
    matrix: Vec<Vec<Option<i32>>>,
    first: Option<Box<Line>>,
    by_name: HashMap<String, Line>,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme", unkeyed)]
struct AsAvro<'a> {
    order: &'a Order,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme", unkeyed, encoding = json)]
struct AsJson<'a> {
    order: &'a Order,
}

fn text() -> impl Strategy<Value = String> {
    vec(any::<char>(), 0..8).prop_map(String::from_iter)
}

fn line() -> impl Strategy<Value = Line> {
    let price = (-999_999_999_999_999_999_i64..=999_999_999_999_999_999).prop_map(|mantissa| Decimal::new(mantissa, 4));
    let attributes = btree_map(
        text(),
        option::of(proptest::num::f64::NORMAL | proptest::num::f64::ZERO),
        0..3,
    );
    let unit = prop_oneof![Just(Unit::Piece), Just(Unit::Metre)];
    (
        text(),
        unit,
        price,
        option::of(text()),
        attributes,
        vec(any::<u8>(), 0..9),
    )
        .prop_map(|(sku, unit, price, note, attributes, blob)| Line {
            sku: Sku(sku),
            unit,
            price,
            note,
            attributes,
            blob,
        })
}

fn order() -> impl Strategy<Value = Order> {
    const SAFE: i64 = (1 << 53) - 1;
    let scalars = (
        any::<u128>(),
        -SAFE..=SAFE,
        any::<i16>(),
        any::<u32>(),
        any::<bool>(),
        any::<char>(),
    );
    let float = proptest::num::f32::NORMAL | proptest::num::f32::ZERO;
    // The years 0 to 9999, in which JSON's text has its place.
    let at = (-62_167_219_200_000_i64..=253_402_300_799_999)
        .prop_map(|millis| DateTime::from_timestamp_millis(millis).expect("within chrono's range"));
    let date =
        (-719_528_i32..=2_932_896).prop_map(|days| NaiveDate::from_epoch_days(days).expect("within chrono's range"));
    let matrix = vec(vec(option::of(any::<i32>()), 0..3), 0..3);
    let lines = (vec(line(), 0..3), option::of(line()), hash_map(text(), line(), 0..3));
    (scalars, float, at, option::of(date), matrix, lines).prop_map(|(scalars, float, at, date, matrix, lines)| {
        let (id, number, small, unsigned, flag, letter) = scalars;
        let (lines, first, by_name) = lines;
        let (id, first) = (Uuid::from_u128(id), first.map(Box::new));
        Order {
            id,
            number,
            small,
            unsigned,
            flag,
            float,
            letter,
            at,
            date,
            lines,
            matrix,
            first,
            by_name,
        }
    })
}

fn record<const N: usize>(fields: [(&str, Value); N]) -> Value {
    Value::Record(fields.map(|(name, value)| (name.to_owned(), value)).to_vec())
}

/// `["null", T]`
fn optional(value: Option<Value>) -> Value {
    let (branch, value) = value.map_or((0, Value::Null), |value| (1, value));
    Value::Union(branch, Box::new(value))
}

fn line_value(line: &Line) -> Value {
    let (branch, note) = line
        .note
        .clone()
        .map_or((1, Value::Null), |note| (0, Value::String(note)));
    let attributes = line
        .attributes
        .iter()
        .map(|(name, value)| (name.clone(), optional(value.map(Value::Double))));
    record([
        ("sku", Value::String(line.sku.0.clone())),
        (
            "unit",
            match line.unit {
                Unit::Piece => Value::Enum(0, "Piece".to_owned()),
                Unit::Metre => Value::Enum(1, "Metre".to_owned()),
            },
        ),
        ("price", Value::Decimal(line.price.mantissa().to_be_bytes().into())),
        ("note", Value::Union(branch, Box::new(note))),
        ("attributes", Value::Map(attributes.collect())),
        ("blob", Value::Bytes(line.blob.clone())),
    ])
}

fn order_value(order: &Order) -> Value {
    let row = |row: &Vec<Option<i32>>| Value::Array(row.iter().map(|item| optional(item.map(Value::Int))).collect());
    let days = |date: NaiveDate| Value::Date(date.to_epoch_days());
    let by_name = order
        .by_name
        .iter()
        .map(|(name, line)| (name.clone(), line_value(line)));
    record([
        ("id", Value::Uuid(order.id)),
        ("number", Value::Long(order.number)),
        ("small", Value::Int(order.small.into())),
        ("unsigned", Value::Long(order.unsigned.into())),
        ("flag", Value::Boolean(order.flag)),
        ("float", Value::Float(order.float)),
        ("letter", Value::String(order.letter.to_string())),
        ("at", Value::TimestampMillis(order.at.timestamp_millis())),
        ("date", optional(order.date.map(days))),
        ("lines", Value::Array(order.lines.iter().map(line_value).collect())),
        ("matrix", Value::Array(order.matrix.iter().map(row).collect())),
        ("first", optional(order.first.as_deref().map(line_value))),
        ("by_name", Value::Map(by_name.collect())),
    ])
}

proptest! {
    #[test]
    fn apache_avro_reads_what_was_written(order in order()) {
        prop_assert_eq!(avro(&AsAvro { order: &order }), record([("order", order_value(&order))]));
    }

    #[test]
    fn the_json_schema_accepts_what_was_said(order in order()) {
        let text = json(&AsJson { order: &order });
        let said: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        prop_assert_eq!(said["order"]["number"].as_i64(), Some(order.number));
        prop_assert_eq!(said["order"]["lines"].as_array().map(Vec::len), Some(order.lines.len()));
        for (line, said) in order.lines.iter().zip(said["order"]["lines"].as_array().into_iter().flatten()) {
            prop_assert_eq!(said["sku"].as_str(), Some(line.sku.0.as_str()));
            prop_assert_eq!(said["price"].as_str().and_then(|text| text.parse().ok()), Some(line.price));
            for (name, value) in &line.attributes {
                prop_assert_eq!(said["attributes"][name].as_f64(), *value);
            }
        }
    }
}
