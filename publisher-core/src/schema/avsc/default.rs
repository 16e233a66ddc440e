//! Defaults: whether one is a value of its type, and its bytes.
//!
//! Knows no reader and no plan.

use serde_json::{Map, Value};

use super::model::{AvroSchema, Field, Form, Json, Kind, Type};
use crate::encode::avro;
use crate::schema::error::{SchemaError, member};

impl AvroSchema {
    /// Appends the encoding of a default of this type.
    ///
    /// Bytes and fixed are strings of the characters U+0000 to U+00FF. A record takes its fields' own defaults for
    /// members that it lacks. In a union the first branch counts whose value it is.
    ///
    /// Implements: Apache Avro 1.12 specification, "Complex Types", table "field default values": since 1.12 the
    /// default of a union may be of any branch, before that of the first.
    ///
    /// # Errors
    /// The first part of the default that is no value of its type; the pointer is into the default. Nothing has been
    /// appended then.
    pub fn encode_default(&self, of: &Type, default: &Json, out: &mut Vec<u8>) -> Result<(), SchemaError> {
        let start = out.len();
        let mut encoder = Encoder {
            schema: self,
            out,
            budget: MOST_VALUES,
        };
        let result = encoder.value(of, &default.0, "", 0);
        if result.is_err() {
            out.truncate(start);
        }
        result
    }

    /// Every default that is no value of its field's type. Pointers are into the schema.
    #[must_use]
    pub fn check_defaults(&self) -> Vec<SchemaError> {
        let mut errors = Vec::new();
        let mut scratch = Vec::new();
        for definition in &self.definitions {
            let Kind::Record { fields, .. } = &definition.kind else {
                continue;
            };
            for field in fields {
                scratch.clear();
                let checked = field.default.as_ref().map(|default| {
                    let at = member(&field.pointer, "default");
                    self.encode_default(&field.field_type, default, &mut scratch)
                        .map_err(|error| SchemaError::new(at + error.pointer(), error.reason()))
                });
                if let Some(Err(error)) = checked {
                    errors.push(error.in_reference(field.reference));
                }
            }
        }
        errors
    }
}

/// A default with more values is a mistake, such as a record whose default needs itself.
const MOST_VALUES: u32 = 100_000;
/// The same for values within values: the stack is finite.
const DEEPEST: u32 = 200;

struct Encoder<'a> {
    schema: &'a AvroSchema,
    out: &'a mut Vec<u8>,
    budget: u32,
}

impl Encoder<'_> {
    fn value(&mut self, of: &Type, value: &Value, at: &str, depth: u32) -> Result<(), SchemaError> {
        self.budget = self.budget.saturating_sub(1);
        if self.budget == 0 || depth > DEEPEST {
            return Err(SchemaError::new(
                at,
                "has no end: a record's default needs the record itself",
            ));
        }
        let wrong = |expected: &str| Err(SchemaError::new(at, format!("is no {expected}")));
        match (&of.form, value) {
            (Form::Null, Value::Null) => {}
            (Form::Boolean, Value::Bool(value)) => avro::boolean(*value, self.out),
            (Form::Int, Value::Number(number)) => match number.as_i64().and_then(|long| i32::try_from(long).ok()) {
                Some(int) => avro::long(i64::from(int), self.out),
                None => return wrong("whole number of 32 bits"),
            },
            (Form::Long, Value::Number(number)) => match number.as_i64() {
                Some(long) => avro::long(long, self.out),
                None => return wrong("whole number of 64 bits"),
            },
            (Form::Float, Value::Number(number)) => match number.as_f64() {
                // Rounding to the nearest is what a float means.
                Some(double) => avro::float(double as f32, self.out),
                None => return wrong("float"),
            },
            (Form::Double, Value::Number(number)) => match number.as_f64() {
                Some(double) => avro::double(double, self.out),
                None => return wrong("double"),
            },
            (Form::String, Value::String(text)) => avro::bytes(text.as_bytes(), self.out),
            (Form::Bytes, Value::String(text)) => avro::bytes(&latin(text, at)?, self.out),
            (Form::Array(items), Value::Array(values)) => {
                avro::block_start(values.len(), self.out);
                for (index, value) in values.iter().enumerate() {
                    self.value(items, value, &member(at, index), depth + 1)?;
                }
                avro::block_end(self.out);
            }
            (Form::Map(of), Value::Object(entries)) => {
                avro::block_start(entries.len(), self.out);
                for (key, value) in entries {
                    avro::bytes(key.as_bytes(), self.out);
                    self.value(of, value, &member(at, key), depth + 1)?;
                }
                avro::block_end(self.out);
            }
            (Form::Union(branches), _) => return self.union(of, branches, value, at, depth),
            (Form::Named(id), _) => match (&self.schema.definition(*id).kind, value) {
                (Kind::Record { fields, .. }, Value::Object(members)) => {
                    return self.record(fields, members, at, depth);
                }
                (Kind::Enum { symbols, .. }, Value::String(symbol)) => {
                    match symbols.iter().position(|known| known == symbol) {
                        Some(index) => avro::long(index as i64, self.out),
                        None => return wrong("symbol of the enum"),
                    }
                }
                (Kind::Fixed { size }, Value::String(text)) => {
                    let bytes = latin(text, at)?;
                    if bytes.len() != *size {
                        return wrong(&format!("string of {size} characters, one a byte"));
                    }
                    self.out.extend_from_slice(&bytes);
                }
                _ => return wrong(&self.schema.describe(of)),
            },
            _ => return wrong(&self.schema.describe(of)),
        }
        Ok(())
    }

    fn union(&mut self, of: &Type, branches: &[Type], value: &Value, at: &str, depth: u32) -> Result<(), SchemaError> {
        let start = self.out.len();
        for (index, branch) in branches.iter().enumerate() {
            avro::long(index as i64, self.out);
            if self.value(branch, value, at, depth + 1).is_ok() {
                return Ok(());
            }
            self.out.truncate(start);
        }
        Err(SchemaError::new(
            at,
            format!("is no value of any branch: {}", self.schema.describe(of)),
        ))
    }

    fn record(
        &mut self,
        fields: &[Field],
        members: &Map<String, Value>,
        at: &str,
        depth: u32,
    ) -> Result<(), SchemaError> {
        for field in fields {
            let own = field.default.as_ref().map(|default| &default.0);
            let Some(value) = members.get(&field.name).or(own) else {
                return Err(SchemaError::new(
                    at,
                    format!("lacks `{}`, which has no default of its own", field.name),
                ));
            };
            self.value(&field.field_type, value, &member(at, &field.name), depth + 1)?;
        }
        Ok(())
    }
}

/// The bytes of a default: each character is one.
fn latin(text: &str, at: &str) -> Result<Vec<u8>, SchemaError> {
    let bytes: Option<Vec<u8>> = text
        .chars()
        .map(|letter| u8::try_from(u32::from(letter)).ok())
        .collect();
    bytes.ok_or_else(|| SchemaError::new(at, "has a character beyond U+00FF; each character is one byte"))
}
