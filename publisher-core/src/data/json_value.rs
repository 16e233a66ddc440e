//! `serde_json::Value`: any value; in Avro its JSON text.

use serde_json::Value;

use super::EventData;
use crate::encode::avro;
use crate::schema::Shape;
use crate::validate::{Checker, Path};

/// How deep a value may be: common JSON readers end at 128 levels, and the event around it has some.
const MOST_LEVELS: u32 = 100;

impl EventData for Value {
    const SHAPE: Shape = Shape::Json;

    fn check(&self, at: &Path<'_>, checker: &mut Checker) {
        if !is_shallow(self, MOST_LEVELS) {
            checker.violation(
                at,
                format_args!("is nested more than {MOST_LEVELS} levels deep, where readers give up"),
            );
        }
    }

    fn encode_avro(&self, out: &mut Vec<u8>) {
        let start = out.len();
        self.encode_json(out);
        // The length stands before the text, and is known only after it.
        let length = out.len() - start;
        avro::long(length.cast_signed() as i64, out);
        out[start..].rotate_left(length);
    }

    fn encode_json(&self, out: &mut Vec<u8>) {
        // A value has string keys and finite numbers only, and a vector takes every byte: nothing can fail.
        let written = serde_json::to_writer(&mut *out, self);
        debug_assert!(written.is_ok());
    }
}

fn is_shallow(value: &Value, levels: u32) -> bool {
    match value {
        Value::Array(items) => levels > 0 && items.iter().all(|item| is_shallow(item, levels - 1)),
        Value::Object(members) => levels > 0 && members.values().all(|member| is_shallow(member, levels - 1)),
        _ => true,
    }
}
