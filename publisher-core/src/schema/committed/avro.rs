//! The comparison with a committed Avro schema.

use super::super::contract::{inherited, same_text, same_texts};
use super::super::message::Message;
use super::super::shape::{Field, Shape};
use super::names::{Names, assert_no_name_on_one_side, other_order};
use super::place::{Place, Trail, fail, is_full_name};
use super::words::{self, decimal};
use super::{Default, Fields, fields_at};

/// A type as an `.avsc` file has it; names are full, and what a name stands for is in its place, unless it is within
/// itself or in no file.
#[derive(Clone, Copy, Debug)]
pub enum AvroType {
    /// `null`, a branch of a union.
    Null,
    /// A primitive type by its name.
    Primitive(&'static str),
    /// A primitive type with a logical type.
    Logical(&'static str, &'static str),
    /// `bytes` with precision and scale.
    Decimal(u32, u32),
    /// A full name and the number of bytes.
    Fixed(&'static str, usize),
    /// Of these items.
    Array(&'static AvroType),
    /// Of these values.
    Map(&'static AvroType),
    /// Of these branches.
    Union(&'static [AvroType]),
    /// A full name, the symbols, the default symbol.
    Enum(&'static str, &'static [&'static str], Option<&'static str>),
    /// A full name and the fields.
    Record(&'static str, &'static [AvroField]),
    /// A full name alone.
    Named(&'static str),
    /// A form that no type has here, in the words of the file.
    Other(&'static str),
}

/// A field as an `.avsc` file has it.
#[derive(Clone, Copy, Debug)]
pub struct AvroField {
    /// The name.
    pub name: &'static str,
    /// The type.
    pub ty: AvroType,
    /// The default.
    pub default: Default,
}

/// Panics (at compile time) unless the file says of the record's field, or of those that a flattened one stands for, what
/// the type says.
#[track_caller]
pub const fn assert_avro_field(
    record: &'static Shape,
    index: usize,
    namespace: &str,
    committed: &[AvroField],
    file: &str,
) {
    let fields = fields_at(record, index);
    let mut place = 0;
    while let Some(field) = fields.nth(place) {
        let mut theirs = 0;
        while theirs < committed.len() {
            if same_text(field.name, committed[theirs].name) {
                compare_field(field, namespace, &committed[theirs], file);
            }
            theirs += 1;
        }
        place += 1;
    }
}

#[track_caller]
const fn compare_field(field: &Field, namespace: &str, committed: &AvroField, file: &str) {
    let trail = Trail::Field(field.name);
    let place = Place {
        file,
        trail: &trail,
        namespace,
    };
    compare(field.shape, &committed.ty, field.default.is_none(), place);
    committed.default.compare(field.shape, field.default, place);
}

#[track_caller]
const fn compare(shape: &Shape, committed: &AvroType, null_first: bool, place: Place<'_>) {
    let shape = shape.plain();
    let same = match (shape, committed) {
        (Shape::Array(items), AvroType::Array(committed)) => {
            let trail = Trail::Items(place.trail);
            return compare(items, committed, true, place.at(&trail));
        }
        (Shape::Map(values), AvroType::Map(committed)) => {
            let trail = Trail::Values(place.trail);
            return compare(values, committed, true, place.at(&trail));
        }
        (Shape::Optional(inner), AvroType::Union(branches)) => {
            return optional(shape, inner, committed, branches, null_first, place);
        }
        (Shape::Union(union), AvroType::Union(branches)) if union.branches.len() == branches.len() => {
            let mut index = 0;
            while index < branches.len() {
                let trail = Trail::Member(place.trail, union.branches[index].name);
                compare(union.branches[index].shape, &branches[index], true, place.at(&trail));
                index += 1;
            }
            return;
        }
        (Shape::Record(record), AvroType::Record(name, fields)) => {
            let namespace = inherited(record.namespace, place.namespace);
            if is_full_name(name, namespace, record.name) {
                return compare_fields(record.fields, fields, namespace, place);
            }
            false
        }
        (Shape::Record(record), AvroType::Named(name)) => {
            is_full_name(name, inherited(record.namespace, place.namespace), record.name)
        }
        (Shape::Recursive(record), AvroType::Named(name) | AvroType::Record(name, _)) => {
            is_full_name(name, inherited(record.namespace, place.namespace), record.name)
        }
        (Shape::Enum(symbols), AvroType::Enum(name, texts, default)) => {
            is_full_name(name, inherited(symbols.namespace, place.namespace), symbols.name)
                && same_texts(symbols.symbols, texts)
                && match (symbols.default, default) {
                    (Some(symbol), Some(text)) if same_text(symbol, text) => true,
                    (None, None) => true,
                    _ => return default_symbol(symbols.default, *default, place),
                }
        }
        (Shape::Enum(symbols), AvroType::Named(name)) => {
            is_full_name(name, inherited(symbols.namespace, place.namespace), symbols.name)
        }
        (Shape::Fixed(fixed), AvroType::Fixed(name, size)) => {
            *size == fixed.size && is_full_name(name, inherited(fixed.namespace, place.namespace), fixed.name)
        }
        (Shape::Decimal { precision, scale, .. }, AvroType::Decimal(p, s)) => *precision == *p && *scale == *s,
        (shape, AvroType::Primitive(name)) => match primitive(shape) {
            Some(text) => same_text(text, name),
            None => false,
        },
        (shape, AvroType::Logical(physical, name)) => match logical(shape) {
            Some((text, own)) => same_text(text, physical) && same_text(own, name),
            None => false,
        },
        _ => false,
    };
    if !same {
        differ(shape, committed, place);
    }
}

#[track_caller]
const fn optional(
    shape: &Shape,
    inner: &Shape,
    committed: &AvroType,
    branches: &[AvroType],
    null_first: bool,
    place: Place<'_>,
) {
    let null = if null_first {
        0
    } else {
        branches.len().saturating_sub(1)
    };
    if branches.is_empty() || !matches!(branches[null], AvroType::Null) {
        differ(shape, committed, place);
    }
    let first = null_first as usize;
    match inner.plain() {
        Shape::Union(union) if union.branches.len() + 1 == branches.len() => {
            let mut index = 0;
            while index < union.branches.len() {
                let trail = Trail::Member(place.trail, union.branches[index].name);
                compare(
                    union.branches[index].shape,
                    &branches[first + index],
                    true,
                    place.at(&trail),
                );
                index += 1;
            }
        }
        _ if branches.len() == 2 => compare(inner, &branches[first], true, place),
        _ => differ(shape, committed, place),
    }
}

#[track_caller]
const fn compare_fields(fields: &'static [Field], committed: &[AvroField], namespace: &str, place: Place<'_>) {
    let fields = Fields::of(fields);
    let mut index = 0;
    loop {
        let ours = fields.nth(index);
        let theirs = if index < committed.len() {
            Some(&committed[index])
        } else {
            None
        };
        match (ours, theirs) {
            (None, None) => return,
            (Some(field), Some(theirs)) if same_text(field.name, theirs.name) => {
                let trail = Trail::Member(place.trail, field.name);
                let place = Place {
                    file: place.file,
                    trail: &trail,
                    namespace,
                };
                compare(field.shape, &theirs.ty, field.default.is_none(), place);
                theirs.default.compare(field.shape, field.default, place);
            }
            _ => {
                assert_no_name_on_one_side(fields, Names::Avro(committed), place.message());
                other_order(fields, Names::Avro(committed), index, place.message())
            }
        }
        index += 1;
    }
}

const fn primitive(shape: &Shape) -> Option<&'static str> {
    match shape {
        Shape::Boolean => Some("boolean"),
        Shape::Integer(width) => Some(if width.fits_int() { "int" } else { "long" }),
        Shape::Float => Some("float"),
        Shape::Double => Some("double"),
        Shape::String | Shape::Json => Some("string"),
        Shape::Bytes => Some("bytes"),
        Shape::Duration => Some("long"),
        _ => None,
    }
}

const fn logical(shape: &Shape) -> Option<(&'static str, &'static str)> {
    use super::super::shape::TimeUnit::{Micros, Millis};
    match shape {
        Shape::Uuid => Some(("string", "uuid")),
        Shape::Date => Some(("int", "date")),
        Shape::Timestamp(Millis) => Some(("long", "timestamp-millis")),
        Shape::Timestamp(Micros) => Some(("long", "timestamp-micros")),
        Shape::LocalTimestamp(Millis) => Some(("long", "local-timestamp-millis")),
        Shape::LocalTimestamp(Micros) => Some(("long", "local-timestamp-micros")),
        Shape::TimeOfDay(Millis) => Some(("int", "time-millis")),
        Shape::TimeOfDay(Micros) => Some(("long", "time-micros")),
        _ => None,
    }
}

#[track_caller]
const fn differ(shape: &Shape, committed: &AvroType, place: Place<'_>) -> ! {
    let mut message = place.message();
    message.push("the struct has ");
    words::avro(shape, place.namespace, &mut message);
    message.push(", the file has ");
    describe_committed(committed, &mut message);
    fail(message)
}

#[track_caller]
const fn default_symbol(ours: Option<&str>, theirs: Option<&str>, place: Place<'_>) {
    let mut message = place.message();
    message.push("the default symbol of the struct's enum is ");
    message.push(match ours {
        Some(symbol) => symbol,
        None => "none",
    });
    message.push(", that of the file's is ");
    message.push(match theirs {
        Some(symbol) => symbol,
        None => "none",
    });
    fail(message)
}

const fn describe_committed(committed: &AvroType, message: &mut Message) {
    match committed {
        AvroType::Null => message.push("null"),
        AvroType::Primitive(name) => message.push(name),
        AvroType::Logical(physical, name) => {
            message.push(physical);
            message.push(" (");
            message.push(name);
            message.push(")");
        }
        AvroType::Decimal(precision, scale) => decimal(*precision, *scale, message),
        AvroType::Fixed(name, size) => {
            message.push("fixed ");
            message.push(name);
            message.push(" of ");
            message.push_number(*size);
        }
        AvroType::Array(items) => {
            message.push("an array of ");
            describe_committed(items, message);
        }
        AvroType::Map(values) => {
            message.push("a map of ");
            describe_committed(values, message);
        }
        AvroType::Union(branches) => {
            message.push("[");
            let mut index = 0;
            while index < branches.len() {
                if index > 0 {
                    message.push(", ");
                }
                describe_committed(&branches[index], message);
                index += 1;
            }
            message.push("]");
        }
        AvroType::Enum(name, symbols, _) => {
            message.push("the enum ");
            message.push(name);
            message.push(" of ");
            message.push_list(symbols);
        }
        AvroType::Record(name, _) => {
            message.push("the record ");
            message.push(name);
        }
        AvroType::Named(name) | AvroType::Other(name) => message.push(name),
    }
}
