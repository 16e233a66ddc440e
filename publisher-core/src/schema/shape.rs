//! The const description of a type: a static tree from which every schema is printed.
//!
//! Const, so that the compiler can check it; plain data, so that an expansion can be read.

use std::borrow::Cow;

use crate::event::Encoding;

/// What a value is, on the wire and in a schema.
///
/// Built by the derives as a `const`; `&'static` children make a tree without allocation.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Shape {
    /// Avro `boolean`, JSON `boolean`.
    Boolean,
    /// Avro `int` or `long`, JSON `integer` with the bounds of its width.
    Integer(Integer),
    /// Avro `float`, JSON `number`.
    Float,
    /// Avro `double`, JSON `number`.
    Double,
    /// Avro `string`, JSON `string`.
    String,
    /// Avro `bytes`, JSON `string` in base64.
    Bytes,
    /// Avro `string` with logical type `uuid`, JSON `string`; hyphenated, lower case.
    Uuid,
    /// An instant: Avro `long` with logical type `timestamp-millis` or `-micros`, JSON `string` as
    /// `2024-02-29T12:30:00.000Z`.
    Timestamp(TimeUnit),
    /// A date and time without zone: Avro `long` with logical type `local-timestamp-millis` or `-micros`, JSON `string`
    /// as `2024-02-29T12:30:00.000`.
    LocalTimestamp(TimeUnit),
    /// A time of day: Avro `int` with logical type `time-millis` or `long` with `time-micros`, JSON `string` as
    /// `12:30:00.000`.
    TimeOfDay(TimeUnit),
    /// Avro `int` with logical type `date`, JSON `string` as `2024-02-29`.
    Date,
    /// A length of time in whole milliseconds: Avro `long`, JSON `integer`; the field's documentation names the unit.
    Duration,
    /// Avro `bytes` with logical type `decimal`, JSON `string` with exactly `scale` places or `number`.
    Decimal {
        /// How many digits there are at the most.
        precision: u32,
        /// How many of them stand behind the point.
        scale: u32,
        /// How JSON carries it.
        json: DecimalForm,
    },
    /// Bytes of one length: Avro `fixed`, JSON `string` in base64.
    Fixed(&'static Fixed),
    /// A value of any form: in Avro a `string` that holds JSON text, in JSON the value itself.
    Json,
    /// Avro `["null", T]`, JSON `oneOf` null and the type.
    Optional(&'static Shape),
    /// Avro `array`, JSON `array`.
    Array(&'static Shape),
    /// Avro `map`, JSON `object` with any names.
    Map(&'static Shape),
    /// Avro `enum`, JSON `string` with `enum`.
    Enum(&'static Enum),
    /// Avro `record`, JSON `object`.
    Record(&'static Record),
    /// One of several records: an Avro union, in JSON an `object` whose one property is named by the branch.
    Union(&'static Union),
    /// A record that holds itself, at the place where it does.
    Recursive(Recursive),
    /// The same shape with constraints; Avro's schema does not show them.
    Constrained {
        /// The shape of the value.
        shape: &'static Shape,
        /// What its values must satisfy besides.
        constraints: &'static [Constraint],
    },
}

/// The width of an integer.
///
/// Implements: Avro has `int` (32 bits) and `long` (64 bits), both signed; wider or unsigned Rust types take the next that holds them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Integer {
    /// Avro `int`.
    I8,
    /// Avro `int`.
    I16,
    /// Avro `int`.
    I32,
    /// Avro `long`; in JSON bounded to ±(2^53 − 1), which is what every reader can hold.
    I64,
    /// Avro `int`.
    U8,
    /// Avro `int`.
    U16,
    /// Avro `long`.
    U32,
    /// Avro `long`, whose upper half is all that fits: beyond 2^63 − 1 a violation; in JSON bounded to 2^53 − 1.
    U64,
}

impl Integer {
    /// Whether Avro's `int` holds it; else `long`.
    #[must_use]
    pub const fn fits_int(self) -> bool {
        matches!(self, Self::I8 | Self::I16 | Self::I32 | Self::U8 | Self::U16)
    }

    /// The smallest and the largest value of the Rust type.
    pub(crate) const fn range(self) -> (i64, i64) {
        match self {
            Self::I64 => (i64::MIN, i64::MAX),
            Self::U64 => (0, i64::MAX),
            narrow => narrow.json_range(),
        }
    }

    /// The smallest and the largest value that JSON readers are promised.
    #[must_use]
    pub const fn json_range(self) -> (i64, i64) {
        match self {
            Self::I8 => (i8::MIN as i64, i8::MAX as i64),
            Self::I16 => (i16::MIN as i64, i16::MAX as i64),
            Self::I32 => (i32::MIN as i64, i32::MAX as i64),
            Self::I64 => (-MAX_SAFE_INTEGER, MAX_SAFE_INTEGER),
            Self::U8 => (0, u8::MAX as i64),
            Self::U16 => (0, u16::MAX as i64),
            Self::U32 => (0, u32::MAX as i64),
            Self::U64 => (0, MAX_SAFE_INTEGER),
        }
    }
}

/// 2^53 − 1, the largest integer up to which a double holds every integer (ECMAScript's `Number.MAX_SAFE_INTEGER`).
pub(crate) const MAX_SAFE_INTEGER: i64 = (1 << 53) - 1;

/// The unit of a time on the wire; nanoseconds have no form that every reader knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeUnit {
    /// Thousandths of a second: what every reader understands.
    Millis,
    /// Millionths of a second.
    Micros,
}

/// How JSON carries a decimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DecimalForm {
    /// As a string with exactly as many places as the scale: no reader loses a digit. The default.
    String,
    /// As a number, of which readers keep about 15 digits.
    Number,
}

/// Bytes of one length, under a name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fixed {
    /// The name without namespace.
    pub name: &'static str,
    /// The namespace; `None` takes that of the record around it.
    pub namespace: Option<&'static str>,
    /// How many bytes.
    pub size: usize,
}

/// One of several records.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Union {
    /// The branches in the order of their numbers.
    pub branches: &'static [Branch],
}

/// A branch of a union.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Branch {
    /// What the branch is called in JSON.
    pub name: &'static str,
    /// What it holds: a record.
    pub shape: &'static Shape,
}

/// A record by its name, where its whole shape would have no end.
///
/// A function, because a constant cannot hold itself; only printers call it. What the compiler must know stands beside it.
#[derive(Clone, Copy, Debug)]
pub struct Recursive {
    /// The name without namespace.
    pub name: &'static str,
    /// The namespace; `None` takes that of the record around it.
    pub namespace: Option<&'static str>,
    /// Whether it has a subject of its own, so that other schemas refer to it instead of holding it.
    pub shared: bool,
    /// The whole shape.
    pub define: fn() -> &'static Shape,
}

impl PartialEq for Recursive {
    /// By name: whether two functions are one is not for a program to know.
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.namespace == other.namespace
    }
}

/// A record: named fields in order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Record {
    /// The name without namespace.
    pub name: &'static str,
    /// The namespace; `None` takes that of the record around it.
    pub namespace: Option<&'static str>,
    /// What the record is, from the doc comment.
    pub doc: Option<&'static str>,
    /// Names that it had before; readers that still have one of them find it.
    pub aliases: &'static [&'static str],
    /// Whether it has a subject of its own, so that other schemas refer to it instead of holding it.
    pub shared: bool,
    /// The fields in the order of their encoding.
    pub fields: &'static [Field],
    /// The Rust file that the record stands in, for messages of tools.
    pub source: &'static str,
}

impl Record {
    /// The fields as the schema has them: those of a flattened record stand in its place.
    #[must_use]
    pub fn all_fields(&self) -> Vec<&'static Field> {
        let mut all = Vec::new();
        for field in self.fields {
            match field.shape.plain() {
                Shape::Record(record) if field.flatten => all.extend(record.all_fields()),
                _ => all.push(field),
            }
        }
        all
    }
}

/// A field of a record.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Field {
    /// The name in the schema and in JSON.
    pub name: &'static str,
    /// What the field is, from the doc comment.
    pub doc: Option<&'static str>,
    /// Names that it had before; readers that still have one of them find it.
    pub aliases: &'static [&'static str],
    /// The shape of its values.
    pub shape: &'static Shape,
    /// Whether the fields of its record stand in its place.
    pub flatten: bool,
    /// What readers take where a record lacks the field. Optional fields have null unless another one is given.
    pub default: Option<Literal>,
    /// The line of the field in the record's Rust file; 0 where it is not known.
    pub line: u32,
}

impl Field {
    /// The documentation, with what the type does not say to a reader: a length of time is a mere number.
    pub(super) fn doc_in(&self, encoding: Encoding) -> Option<Cow<'static, str>> {
        let note = match (self.shape.present(), encoding) {
            (Shape::Duration, _) => "In milliseconds.",
            (Shape::Json, Encoding::Avro) => "JSON text.",
            _ => return self.doc.map(Cow::Borrowed),
        };
        Some(match self.doc {
            Some(doc) => Cow::Owned(format!("{doc} {note}")),
            None => Cow::Borrowed(note),
        })
    }
}

/// An enum without data: a set of symbols.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Enum {
    /// The name without namespace.
    pub name: &'static str,
    /// The namespace; `None` takes that of the record around it.
    pub namespace: Option<&'static str>,
    /// What the enum is, from the doc comment.
    pub doc: Option<&'static str>,
    /// Names that it had before; readers that still have one of them find it.
    pub aliases: &'static [&'static str],
    /// Whether it has a subject of its own, so that other schemas refer to it instead of holding it.
    pub shared: bool,
    /// The symbols in the order of their numbers.
    pub symbols: &'static [&'static str],
    /// The symbol that readers take for one they do not know.
    pub default: Option<&'static str>,
}

/// A default value.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Literal {
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction, as its shortest text.
    Float(&'static str),
    /// A string, or the symbol of an enum.
    String(&'static str),
    /// No items, for arrays.
    EmptyArray,
    /// No entries, for maps.
    EmptyMap,
}

/// What a value must satisfy beyond its type.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Constraint {
    /// A number must be at least this.
    Min(Bound),
    /// A number must be at most this.
    Max(Bound),
    /// A number must be greater than this.
    ExclusiveMin(Bound),
    /// A number must be less than this.
    ExclusiveMax(Bound),
    /// A string must have at least so many characters (Unicode code points).
    MinLength(u32),
    /// A string must have at most so many characters (Unicode code points).
    MaxLength(u32),
    /// A string must contain a match of this regular expression.
    Pattern(&'static str),
    /// A string must be of this form.
    Format(Format),
    /// An array or map must have at least so many items.
    MinItems(u32),
    /// An array or map must have at most so many items.
    MaxItems(u32),
    /// An array's items have no order: every value satisfies this and no schema shows it, but equal values can have
    /// different bytes, so that it cannot be a key.
    AnyOrder,
}

/// The bound of a number, exact: `mantissa / 10^scale`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bound {
    /// As it was written; a JSON number.
    pub text: &'static str,
    /// All digits as a whole number.
    pub mantissa: i64,
    /// How many of them stand behind the point.
    pub scale: u32,
    /// The nearest double.
    pub double: f64,
}

/// A form of strings that has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// RFC 9562 text form, either case.
    Uuid,
    /// An address as HTML forms take it: the form that every reader's check accepts.
    Email,
    /// An absolute URI with scheme (RFC 3986, characters only).
    Uri,
    /// RFC 3339 date and time with offset.
    DateTime,
}

impl Format {
    /// The keyword of JSON Schema.
    #[must_use]
    pub const fn keyword(self) -> &'static str {
        match self {
            Self::Uuid => "uuid",
            Self::Email => "email",
            Self::Uri => "uri",
            Self::DateTime => "date-time",
        }
    }

    /// The regular expression that values must match: our check and the printed schema use this one text.
    #[must_use]
    pub const fn pattern(self) -> &'static str {
        match self {
            Self::Uuid => "^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$",
            Self::Email => {
                "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$"
            }
            Self::Uri => "^[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#\\[\\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+$",
            Self::DateTime => {
                "^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])[Tt](?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\\.[0-9]+)?(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])$"
            }
        }
    }
}

impl Shape {
    /// The shape beneath constraints.
    #[must_use]
    pub const fn plain(&self) -> &Shape {
        match self {
            Self::Constrained { shape, .. } => shape.plain(),
            other => other,
        }
    }

    /// The shape of a value that is there: beneath constraints and `Option`.
    #[must_use]
    pub const fn present(&self) -> &Shape {
        match self.plain() {
            Self::Optional(inner) => inner.present(),
            other => other,
        }
    }
}
