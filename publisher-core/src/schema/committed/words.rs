//! What a type is, in the words of the file that it is compared with.

use super::super::contract::inherited;
use super::super::message::Message;
use super::super::shape::{DecimalForm, Shape, TimeUnit};

/// The shape of a value in the words of Avro.
pub(super) const fn avro(shape: &Shape, namespace: &str, message: &mut Message) {
    use super::super::shape::TimeUnit::{Micros, Millis};
    match shape.plain() {
        Shape::Boolean => message.push("boolean"),
        Shape::Integer(width) => message.push(if width.fits_int() { "int" } else { "long" }),
        Shape::Float => message.push("float"),
        Shape::Double => message.push("double"),
        Shape::String => message.push("string"),
        Shape::Bytes => message.push("bytes"),
        Shape::Uuid => message.push("string (uuid)"),
        Shape::Timestamp(Millis) => message.push("long (timestamp-millis)"),
        Shape::Timestamp(Micros) => message.push("long (timestamp-micros)"),
        Shape::LocalTimestamp(Millis) => message.push("long (local-timestamp-millis)"),
        Shape::LocalTimestamp(Micros) => message.push("long (local-timestamp-micros)"),
        Shape::TimeOfDay(Millis) => message.push("int (time-millis)"),
        Shape::TimeOfDay(Micros) => message.push("long (time-micros)"),
        Shape::Date => message.push("int (date)"),
        Shape::Duration => message.push("long (milliseconds)"),
        Shape::Json => message.push("JSON of any form"),
        Shape::Decimal { precision, scale, .. } => decimal(*precision, *scale, message),
        Shape::Fixed(fixed) => {
            message.push("fixed ");
            message.push_name(inherited(fixed.namespace, namespace), fixed.name);
            message.push(" of ");
            message.push_number(fixed.size);
        }
        Shape::Optional(inner) => {
            message.push("[null, ");
            avro(inner, namespace, message);
            message.push("]");
        }
        Shape::Array(items) => {
            message.push("an array of ");
            avro(items, namespace, message);
        }
        Shape::Map(values) => {
            message.push("a map of ");
            avro(values, namespace, message);
        }
        Shape::Enum(symbols) => {
            message.push("the enum ");
            message.push_name(inherited(symbols.namespace, namespace), symbols.name);
            message.push(" of ");
            message.push_list(symbols.symbols);
        }
        Shape::Record(record) => {
            message.push("the record ");
            message.push_name(inherited(record.namespace, namespace), record.name);
        }
        Shape::Recursive(record) => {
            message.push("the record ");
            message.push_name(inherited(record.namespace, namespace), record.name);
        }
        Shape::Union(union) => {
            message.push("a union of ");
            let mut index = 0;
            while index < union.branches.len() {
                if index > 0 {
                    message.push(", ");
                }
                message.push(union.branches[index].name);
                index += 1;
            }
        }
        Shape::Constrained { .. } => {}
    }
}

pub(super) const fn decimal(precision: u32, scale: u32, message: &mut Message) {
    message.push("decimal(");
    message.push_number(precision as usize);
    message.push(", ");
    message.push_number(scale as usize);
    message.push(")");
}

/// The shape of a value in the words of a JSON Schema.
pub(super) const fn json(shape: &Shape, namespace: &str, message: &mut Message) {
    match shape.plain() {
        Shape::Boolean => message.push("boolean"),
        Shape::Integer(_) => message.push("integer"),
        Shape::Duration => message.push("integer (milliseconds)"),
        Shape::Float | Shape::Double => message.push("number"),
        Shape::String => message.push("string"),
        Shape::Bytes | Shape::Fixed(_) => message.push("string (base64)"),
        Shape::Uuid => message.push("string (uuid)"),
        Shape::Timestamp(unit) => text("date-time", Some(*unit), message),
        Shape::LocalTimestamp(unit) => text("local date-time", Some(*unit), message),
        Shape::TimeOfDay(unit) => text("time", Some(*unit), message),
        Shape::Date => text("date", None, message),
        Shape::Json => message.push("JSON of any form"),
        Shape::Decimal { precision, scale, json } => {
            message.push(match json {
                DecimalForm::String => "string (",
                DecimalForm::Number => "number (",
            });
            decimal(*precision, *scale, message);
            message.push(")");
        }
        Shape::Optional(inner) => {
            message.push("[null, ");
            json(inner, namespace, message);
            message.push("]");
        }
        Shape::Array(items) => {
            message.push("an array of ");
            json(items, namespace, message);
        }
        Shape::Map(values) => {
            message.push("a map of ");
            json(values, namespace, message);
        }
        Shape::Enum(symbols) => {
            message.push("one of ");
            message.push_list(symbols.symbols);
        }
        Shape::Record(record) => {
            message.push("the object ");
            message.push_name(inherited(record.namespace, namespace), record.name);
        }
        Shape::Recursive(record) => {
            message.push("the object ");
            message.push_name(inherited(record.namespace, namespace), record.name);
        }
        // Both formats call it so.
        Shape::Union(_) => avro(shape, namespace, message),
        Shape::Constrained { .. } => {}
    }
}

const fn text(form: &str, unit: Option<TimeUnit>, message: &mut Message) {
    message.push("string (");
    message.push(form);
    message.push(match unit {
        Some(TimeUnit::Millis) => " in milliseconds)",
        Some(TimeUnit::Micros) => " in microseconds)",
        None => ")",
    });
}
