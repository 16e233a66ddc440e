//! A schema and its values as the tests of plans build them: small trees of their own, so that what is expected owes
//! nothing to the code under test. apache-avro decodes.

use apache_avro::Schema;
use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::types::Value;
use publisher_core::schema::avsc::AvroSchema;
use publisher_core::{Plan, PlanScratch};
use serde_json::{Value as Json, json};

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Type {
    Null,
    Boolean,
    Int,
    Long,
    Float,
    Double,
    Bytes,
    String,
    TimestampMillis,
    /// Precision, scale.
    Decimal(u32, u32),
    /// Name, size, precision, scale.
    FixedDecimal(String, usize, u32, u32),
    /// Name, size.
    Fixed(String, usize),
    Enum(Names, Vec<String>),
    Array(Box<Type>),
    Map(Box<Type>),
    Union(Vec<Type>),
    Record(Names, Vec<Field>),
}

/// A name and its aliases.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Names(pub(crate) String, pub(crate) Vec<String>);

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Field {
    pub(crate) names: Names,
    pub(crate) of: Type,
    pub(crate) default: Option<Json>,
}

/// A value; numbers of all widths, symbols too, are `Long`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Datum {
    Null,
    Boolean(bool),
    Long(i64),
    Float(f32),
    Double(f64),
    Bytes(Vec<u8>),
    Fixed(Vec<u8>),
    String(String),
    Decimal(i128),
    Array(Vec<Datum>),
    Map(Vec<(String, Datum)>),
    Union(usize, Box<Datum>),
    Record(Vec<Datum>),
}

impl Type {
    pub(crate) fn json(&self) -> Json {
        match self {
            Self::Null => json!("null"),
            Self::Boolean => json!("boolean"),
            Self::Int => json!("int"),
            Self::Long => json!("long"),
            Self::Float => json!("float"),
            Self::Double => json!("double"),
            Self::Bytes => json!("bytes"),
            Self::String => json!("string"),
            Self::TimestampMillis => json!({"type": "long", "logicalType": "timestamp-millis"}),
            Self::Decimal(precision, scale) => {
                json!({"type": "bytes", "logicalType": "decimal", "precision": precision, "scale": scale})
            }
            Self::FixedDecimal(name, size, precision, scale) => json!({"type": "fixed", "name": name, "size": size,
                "logicalType": "decimal", "precision": precision, "scale": scale}),
            Self::Fixed(name, size) => json!({"type": "fixed", "name": name, "size": size}),
            Self::Enum(names, symbols) => {
                json!({"type": "enum", "name": names.0, "aliases": names.1, "symbols": symbols})
            }
            Self::Array(items) => json!({"type": "array", "items": items.json()}),
            Self::Map(values) => json!({"type": "map", "values": values.json()}),
            Self::Union(branches) => branches.iter().map(Type::json).collect(),
            Self::Record(names, fields) => {
                let fields: Vec<Json> = fields.iter().map(Field::json).collect();
                json!({"type": "record", "name": names.0, "aliases": names.1, "fields": fields})
            }
        }
    }
}

impl Field {
    fn json(&self) -> Json {
        let mut field = json!({"name": self.names.0, "aliases": self.names.1, "type": self.of.json()});
        if let Some(default) = &self.default {
            field["default"] = default.clone();
        }
        field
    }
}

impl Datum {
    /// The encoding, as our encoder has it: one block, decimals as short as they go.
    pub(crate) fn encode(&self, out: &mut Vec<u8>) {
        match self {
            Self::Null => {}
            Self::Boolean(value) => out.push(u8::from(*value)),
            Self::Long(value) => long(*value, out),
            Self::Float(value) => out.extend(value.to_le_bytes()),
            Self::Double(value) => out.extend(value.to_le_bytes()),
            Self::Bytes(value) => bytes(value, out),
            Self::Fixed(value) => out.extend(value),
            Self::String(value) => bytes(value.as_bytes(), out),
            Self::Decimal(value) => {
                let all = value.to_be_bytes();
                let short = (0..16)
                    .rev()
                    .map(|first| &all[first..])
                    .find(|short| signed(short) == *value);
                bytes(short.expect("all 16 bytes are the value"), out);
            }
            Self::Array(items) => {
                if !items.is_empty() {
                    long(items.len() as i64, out);
                }
                items.iter().for_each(|item| item.encode(out));
                out.push(0);
            }
            Self::Map(entries) => {
                if !entries.is_empty() {
                    long(entries.len() as i64, out);
                }
                for (key, value) in entries {
                    bytes(key.as_bytes(), out);
                    value.encode(out);
                }
                out.push(0);
            }
            Self::Union(branch, value) => {
                long(*branch as i64, out);
                value.encode(out);
            }
            Self::Record(fields) => fields.iter().for_each(|field| field.encode(out)),
        }
    }

    /// Whether apache-avro has read this value.
    pub(crate) fn is(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Null, Value::Null) => true,
            (Self::Boolean(own), Value::Boolean(other)) => own == other,
            (Self::Long(own), Value::Int(other) | Value::Date(other) | Value::TimeMillis(other)) => {
                *own == i64::from(*other)
            }
            (Self::Long(own), Value::Long(other) | Value::TimestampMillis(other) | Value::TimestampMicros(other)) => {
                own == other
            }
            (Self::Long(own), Value::Enum(other, _)) => *own == i64::from(*other),
            (Self::Float(own), Value::Float(other)) => own.to_bits() == other.to_bits(),
            (Self::Double(own), Value::Double(other)) => own.to_bits() == other.to_bits(),
            (Self::Bytes(own), Value::Bytes(other)) | (Self::Fixed(own), Value::Fixed(_, other)) => own == other,
            (Self::String(own), Value::String(other)) => own == other,
            (Self::String(own), Value::Uuid(other)) => *own == other.to_string(),
            (Self::Decimal(own), Value::Decimal(other)) => {
                *own == signed(&Vec::try_from(other).expect("the bytes of a decimal"))
            }
            (Self::Array(own), Value::Array(other)) => {
                own.len() == other.len() && own.iter().zip(other).all(|(own, other)| own.is(other))
            }
            (Self::Map(own), Value::Map(other)) => {
                own.len() == other.len()
                    && own
                        .iter()
                        .all(|(key, value)| other.get(key).is_some_and(|other| value.is(other)))
            }
            (Self::Union(own, value), Value::Union(other, inner)) => *own == *other as usize && value.is(inner),
            (Self::Record(own), Value::Record(other)) => {
                own.len() == other.len() && own.iter().zip(other).all(|(own, (_, other))| own.is(other))
            }
            _ => false,
        }
    }
}

/// What apache-avro reads with this schema, to the last byte.
pub(crate) fn read(schema: &str, bytes: &[u8]) -> Value {
    let schema = Schema::parse_str(schema).expect("a schema");
    let reader = GenericDatumReader::builder(&schema).build().expect("a reader");
    let mut rest = bytes;
    let value = reader.read_value(&mut rest).expect("a record");
    assert!(rest.is_empty(), "{} bytes are left", rest.len());
    value
}

/// The plan for two texts, or the differences one in a line.
pub(crate) fn plan(ours: &str, theirs: &str) -> Result<Plan, Vec<String>> {
    let parse = |text: &str| AvroSchema::parse(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    Plan::new(&parse(ours), &parse(theirs)).map_err(|error| match error {
        publisher_core::PlanError::Different(differences) => {
            assert!(!differences.list().is_empty());
            differences.list().iter().map(ToString::to_string).collect()
        }
        other => panic!("{other}"),
    })
}

/// What a plan makes of a value of ours.
pub(crate) fn written(plan: &Plan, ours: &Datum) -> Vec<u8> {
    let mut bytes = Vec::new();
    ours.encode(&mut bytes);
    let mut out = b"before".to_vec();
    plan.write(&bytes, &mut PlanScratch::default(), &mut out)
        .expect("an event of ours");
    assert!(out.starts_with(b"before"));
    out.split_off(6)
}

fn long(value: i64, out: &mut Vec<u8>) {
    let mut rest = ((value << 1) ^ (value >> 63)) as u64;
    while rest >= 0x80 {
        out.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
}

fn bytes(value: &[u8], out: &mut Vec<u8>) {
    long(value.len() as i64, out);
    out.extend(value);
}

/// A number in big-endian two's complement of up to 16 bytes.
fn signed(bytes: &[u8]) -> i128 {
    let negative = bytes.first().is_some_and(|first| *first >= 0x80);
    let mut all = if negative { [0xff; 16] } else { [0; 16] };
    all[16 - bytes.len()..].copy_from_slice(bytes);
    i128::from_be_bytes(all)
}
