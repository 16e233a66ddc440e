//! A recorded key as text, whatever its form is: what assertions name it by.

use serde_json::Value;

use super::{read_avro, readable as value};
use crate::event::EventType;
use crate::key::KeyFormat;
use crate::schema::Shape;
use crate::wire;

/// The key as a reader would print it.
///
/// # Panics
/// If an Avro key cannot be read with its own schema, which would be a fault of this library.
pub(super) fn readable(event_type: &'static EventType, key: &[u8]) -> String {
    match event_type.key_format() {
        None | Some(KeyFormat::Text) => String::from_utf8_lossy(key).into_owned(),
        Some(KeyFormat::BigEndian) => big_endian(key),
        Some(KeyFormat::Raw) => hexadecimal(key),
        Some(KeyFormat::Avro(shape)) => match avro(event_type, shape, key) {
            Ok(text) => text,
            Err(error) => panic!("the Avro key of {} cannot be read: {error}", event_type.name()),
        },
    }
}

fn big_endian(key: &[u8]) -> String {
    let negative = key.first().is_some_and(|first| first & 0x80 != 0);
    let start = if negative { -1 } else { 0 };
    let number = key
        .iter()
        .fold(start, |number: i64, byte| number << 8 | i64::from(*byte));
    number.to_string()
}

fn hexadecimal(key: &[u8]) -> String {
    key.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn avro(
    event_type: &'static EventType,
    shape: &'static Shape,
    key: &[u8],
) -> Result<String, Box<dyn std::error::Error>> {
    let (_, payload) = wire::read(key)?;
    if matches!(shape.plain(), Shape::Bytes) {
        return Ok(hexadecimal(payload));
    }
    let schema = event_type.resolved_key_schema().unwrap_or_default();
    Ok(match value(read_avro(&schema, payload)?, shape) {
        Value::String(text) => text,
        other => in_order(&other, shape),
    })
}

/// The text with a record's members in the order of its schema, whatever order the features of serde_json give an object.
fn in_order(value: &Value, shape: &Shape) -> String {
    match (value, shape.plain()) {
        (Value::Object(members), Shape::Record(record)) => {
            let fields = record.all_fields().into_iter().filter_map(|field| {
                let member = in_order(members.get(field.name)?, field.shape);
                Some(format!("{}:{member}", Value::from(field.name)))
            });
            format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
        }
        _ => value.to_string(),
    }
}
