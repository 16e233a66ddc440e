//! The const description of a type: a static tree from which every schema is printed.
//!
//! Const, so that the compiler can check it; plain data, so that an expansion can be read.

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
    /// Avro `long` with logical type `timestamp-millis`, JSON `string` as `2024-02-29T12:30:00.000Z`.
    TimestampMillis,
    /// Avro `int` with logical type `date`, JSON `string` as `2024-02-29`.
    Date,
    /// Avro `bytes` with logical type `decimal`, JSON `string` with exactly `scale` places.
    Decimal {
        /// How many digits there are at the most.
        precision: u32,
        /// How many of them stand behind the point.
        scale: u32,
    },
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
        }
    }
}

/// 2^53 − 1, the largest integer up to which a double holds every integer (ECMAScript's `Number.MAX_SAFE_INTEGER`).
pub(crate) const MAX_SAFE_INTEGER: i64 = (1 << 53) - 1;

/// A record: named fields in order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Record {
    /// The name without namespace.
    pub name: &'static str,
    /// The namespace; `None` takes that of the record around it.
    pub namespace: Option<&'static str>,
    /// What the record is, from the doc comment.
    pub doc: Option<&'static str>,
    /// The fields in the order of their encoding.
    pub fields: &'static [Field],
}

/// A field of a record.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Field {
    /// The name in the schema and in JSON.
    pub name: &'static str,
    /// What the field is, from the doc comment.
    pub doc: Option<&'static str>,
    /// The shape of its values.
    pub shape: &'static Shape,
    /// What readers take where a record lacks the field. Optional fields have null unless another one is given.
    pub default: Option<Literal>,
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
}
