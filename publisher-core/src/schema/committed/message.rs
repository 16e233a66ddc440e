//! Text that a const function can build: the message of a failing comparison.
//!
//! Knows nothing of schemas. A const function has no `format!`, so the text grows in an array.

use super::super::contract::inherited;
use super::super::shape::Shape;

/// How long a message may become; what goes beyond is cut.
const MOST_BYTES: usize = 1024;

/// A message that is being written.
pub(super) struct Message {
    bytes: [u8; MOST_BYTES],
    length: usize,
}

impl Message {
    pub(super) const fn new() -> Self {
        Self {
            bytes: [0; MOST_BYTES],
            length: 0,
        }
    }

    pub(super) const fn push(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut index = 0;
        while index < bytes.len() && self.length < MOST_BYTES {
            self.bytes[self.length] = bytes[index];
            self.length += 1;
            index += 1;
        }
    }

    pub(super) const fn push_number(&mut self, number: usize) {
        if number >= 10 {
            self.push_number(number / 10);
        }
        let digit = [b'0' + (number % 10) as u8];
        self.push(match std::str::from_utf8(&digit) {
            Ok(text) => text,
            Err(_) => "",
        });
    }

    /// The text with commas between, each in quotes.
    pub(super) const fn push_list(&mut self, texts: &[&str]) {
        let mut index = 0;
        while index < texts.len() {
            if index > 0 {
                self.push(", ");
            }
            self.push(texts[index]);
            index += 1;
        }
    }

    /// A full name of which the namespace may be inherited.
    pub(super) const fn push_name(&mut self, namespace: &str, name: &str) {
        self.push(namespace);
        self.push(".");
        self.push(name);
    }

    /// Whole characters only: a message that was cut may end within one.
    pub(super) const fn as_str(&self) -> &str {
        let (text, _) = self.bytes.split_at(self.length);
        let mut length = text.len();
        loop {
            match std::str::from_utf8(text.split_at(length).0) {
                Ok(text) => return text,
                Err(error) => length = error.valid_up_to(),
            }
        }
    }
}

/// The way to a value within a field, for the message: `items[].tags[]`, `prices{}`.
pub(super) enum Trail<'a> {
    Field(&'a str),
    Member(&'a Trail<'a>, &'a str),
    Items(&'a Trail<'a>),
    Values(&'a Trail<'a>),
}

impl Trail<'_> {
    pub(super) const fn write(&self, message: &mut Message) {
        match self {
            Self::Field(name) => message.push(name),
            Self::Member(parent, name) => {
                parent.write(message);
                message.push(".");
                message.push(name);
            }
            Self::Items(parent) => {
                parent.write(message);
                message.push("[]");
            }
            Self::Values(parent) => {
                parent.write(message);
                message.push("{}");
            }
        }
    }
}

/// What a comparison goes on with: where it is, for the message.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    /// The file as the attribute names it.
    pub(super) file: &'a str,
    pub(super) trail: &'a Trail<'a>,
    /// The namespace that names inherit here.
    pub(super) namespace: &'a str,
}

impl<'a> Place<'a> {
    pub(super) const fn at(self, trail: &'a Trail<'a>) -> Self {
        Self {
            file: self.file,
            trail,
            namespace: self.namespace,
        }
    }

    /// The beginning of every message.
    pub(super) const fn message(self) -> Message {
        let mut message = Message::new();
        message.push(self.file);
        message.push(": ");
        self.trail.write(&mut message);
        message.push(": ");
        message
    }
}

/// Ends the compilation with what differs.
#[track_caller]
pub(super) const fn fail(mut message: Message) -> ! {
    message.push("; change either side, or write the file anew with `PUBLISHER_SCHEMAS=bless cargo test`");
    panic!("{}", message.as_str())
}

/// The shape of a value that neither file format has words of its own for, in the words of Avro.
pub(super) const fn describe(shape: &Shape, namespace: &str, message: &mut Message) {
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
            describe(inner, namespace, message);
            message.push("]");
        }
        Shape::Array(items) => {
            message.push("an array of ");
            describe(items, namespace, message);
        }
        Shape::Map(values) => {
            message.push("a map of ");
            describe(values, namespace, message);
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

/// Whether the full name is the namespace, a point and the name.
pub(super) const fn is_full_name(full_name: &str, namespace: &str, name: &str) -> bool {
    let (full, namespace, name) = (full_name.as_bytes(), namespace.as_bytes(), name.as_bytes());
    if full.len() != namespace.len() + 1 + name.len() {
        return false;
    }
    let (head, tail) = full.split_at(namespace.len());
    let (point, last) = tail.split_at(1);
    same_bytes(head, namespace) && point[0] == b'.' && same_bytes(last, name)
}

const fn same_bytes(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut index = 0;
    while index < a.len() {
        if a[index] != b[index] {
            return false;
        }
        index += 1;
    }
    true
}
