//! [`RecordingPublisher`]: takes the place of a publisher in unit tests and remembers what was published.
//!
//! Needs no broker, no registry and no runtime. Events are validated and encoded as in production, and read back with
//! their schema, so that assertions speak of what readers will see.

mod key;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use apache_avro::types::Value as AvroValue;
use async_trait::async_trait;
use serde_json::{Map, Value, json as value};

use crate::encode::{json, time};
use crate::error::PublishError;
use crate::event::{Encoding, Event, EventType, EventTypes};
use crate::port::Publish;
use crate::record::{Delivery, Destination, Offset, SchemaId, Timestamp};
use crate::schema::TimeUnit::{Micros, Millis};
use crate::schema::{DecimalForm, Shape};
use crate::subject::SubjectNameStrategy;
use crate::translated::{Sink, Translated};

/// One published event, as a reader sees it.
///
/// `Debug` shows key and value, unlike that of every type that meets production: assertions of tests are to print what
/// differs, and a test's data is its own.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Recorded {
    /// The full name of the event type.
    pub event_type: &'static str,
    /// The topic.
    pub topic: &'static str,
    /// The key as text; `None` for types without a key. A big-endian key is shown as decimal digits, a raw one as
    /// hexadecimal digits, an Avro key as what it decodes to: strings as they are, all else as JSON.
    pub key: Option<String>,
    /// The record's time in milliseconds since 1970-01-01T00:00:00Z, from the field marked `time`.
    pub timestamp_ms: Option<i64>,
    /// The value, read back from its encoding: Avro with its schema, JSON as it is. Decimals, dates, instants and uuids are as in JSON events.
    pub value: Value,
}

/// Where a recorded event would have gone.
struct Recording {
    topic: &'static str,
    subject: String,
}

impl Destination for Recording {
    fn topic(&self) -> &str {
        self.topic
    }

    fn subject(&self) -> Option<&str> {
        Some(&self.subject)
    }
}

/// A publisher that remembers instead of sending.
///
/// # Examples
/// ```
/// use std::sync::Arc;
/// use publisher_core::testing::RecordingPublisher;
/// use publisher_core::{Event, Publish};
/// use serde_json::json;
///
/// #[derive(Event)]
/// #[event(topic = "orders", namespace = "com.acme.orders")]
/// struct OrderPlaced {
///     #[event(key)]
///     order_id: String,
///     quantity: u32,
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let recording = RecordingPublisher::new();
/// let port: Arc<dyn Publish<OrderPlaced>> = Arc::new(recording.clone());
/// port.publish(&OrderPlaced { order_id: "7".into(), quantity: 3 }).await.unwrap();
///
/// recording.assert_published::<OrderPlaced>("7", json!({ "quantity": 3 }));
/// recording.assert_count(1);
/// # });
/// ```
#[derive(Clone, Default)]
pub struct RecordingPublisher {
    recorded: Arc<Mutex<Vec<Recorded>>>,
}

impl RecordingPublisher {
    /// One that has recorded nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A port of domain values, through a translator, as [`Publisher::with`](crate::Publisher::with) makes it.
    #[must_use]
    pub fn with<T>(&self, translator: T) -> Translated<Self, T> {
        Translated::new(self.clone(), translator)
    }

    /// Validates, encodes and records an event.
    ///
    /// # Errors
    /// [`PublishError::Invalid`], as in production.
    pub fn record<E: Event + ?Sized>(&self, event: &E) -> Result<Delivery, PublishError> {
        let event_type = event.event_type();
        let mut bytes = Vec::new();
        event.write(&mut bytes)?;
        let key = event_type.is_keyed().then(|| {
            let mut key = Vec::new();
            event.key(&mut key);
            key::readable(event_type, &key)
        });
        let recorded = Recorded {
            event_type: event_type.name(),
            topic: event_type.topic(),
            key,
            timestamp_ms: event.timestamp_ms(),
            value: read_back(event_type, &bytes),
        };
        let mut all = self.lock();
        let offset = all.iter().filter(|earlier| earlier.topic == recorded.topic).count();
        let timestamp_ms = recorded.timestamp_ms.unwrap_or_else(|| Timestamp::now().millis());
        let destination = Arc::new(Recording {
            topic: recorded.topic,
            subject: SubjectNameStrategy::default().subject(recorded.topic, recorded.event_type),
        });
        let mut delivery = Delivery::new(destination, 0, Some(Offset(offset as u64)), timestamp_ms);
        delivery.schema_id = Some(SchemaId(1));
        delivery.key_schema_id = event_type.key_schema().map(|_| SchemaId(2));
        all.push(recorded);
        Ok(delivery)
    }

    /// Everything recorded, in order.
    #[must_use]
    pub fn recorded(&self) -> Vec<Recorded> {
        self.lock().clone()
    }

    /// What was recorded of these types, in order.
    #[must_use]
    pub fn of<E: EventTypes>(&self) -> Vec<Recorded> {
        let names: Vec<_> = E::types().iter().map(|event_type| event_type.name()).collect();
        self.lock()
            .iter()
            .filter(|recorded| names.contains(&recorded.event_type))
            .cloned()
            .collect()
    }

    /// Forgets everything.
    pub fn clear(&self) {
        self.lock().clear();
    }

    /// Asserts that an event of this type was published under this key with these fields; others may be there besides.
    ///
    /// # Panics
    /// If none was; the message lists what was published, and for an event under the key each field that differs.
    #[track_caller]
    pub fn assert_published<E: EventTypes>(&self, key: &str, fields: Value) {
        let of_type = self.of::<E>();
        let under_key: Vec<_> = of_type
            .iter()
            .filter(|recorded| recorded.key.as_deref() == Some(key))
            .collect();
        if under_key
            .iter()
            .any(|recorded| differences(&recorded.value, &fields, "").is_empty())
        {
            return;
        }
        let names: Vec<_> = E::types().iter().map(|event_type| event_type.name()).collect();
        let mut message = format!(
            "no {} with key {key:?} and {fields} was published\n",
            names.join(" or ")
        );
        for recorded in under_key {
            let different = differences(&recorded.value, &fields, "").join("\n    ");
            message.push_str(&format!("  under this key, but:\n    {different}\n"));
        }
        panic!("{message}{self}");
    }

    /// Asserts that nothing of this type was published.
    ///
    /// # Panics
    /// If something was; the message lists what was published.
    #[track_caller]
    pub fn assert_not_published<E: EventTypes>(&self) {
        let found = self.of::<E>().len();
        assert!(
            found == 0,
            "{found} events of this type were published, none was expected\n{self}"
        );
    }

    /// Asserts how many events were published in all.
    ///
    /// # Panics
    /// If it is another number; the message lists what was published.
    #[track_caller]
    pub fn assert_count(&self, expected: usize) {
        let found = self.lock().len();
        assert!(
            found == expected,
            "{found} events were published, {expected} were expected\n{self}"
        );
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Recorded>> {
        self.recorded.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The list that assertions print.
impl fmt::Display for RecordingPublisher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.lock();
        if all.is_empty() {
            return f.write_str("published: nothing");
        }
        f.write_str("published:")?;
        for (
            index,
            Recorded {
                event_type,
                topic,
                key,
                value,
                ..
            },
        ) in all.iter().enumerate()
        {
            let key = key.as_deref().unwrap_or("(none)");
            write!(f, "\n  {}. {event_type} to {topic}, key {key}: {value}", index + 1)?;
        }
        Ok(())
    }
}

impl fmt::Debug for RecordingPublisher {
    /// Counts only: events may hold personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordingPublisher")
            .field("recorded", &self.lock().len())
            .finish()
    }
}

#[async_trait]
impl<E: Event + Sync + ?Sized> Publish<E> for RecordingPublisher {
    async fn publish(&self, value: &E) -> Result<Delivery, PublishError> {
        self.record(value)
    }
}

impl Sink for RecordingPublisher {
    fn accept(&self, event: &dyn Event) -> Pin<Box<dyn Future<Output = Result<Delivery, PublishError>> + Send>> {
        Box::pin(std::future::ready(self.record(event)))
    }
}

/// Every expected field that is missing or different, by its path.
fn differences(found: &Value, expected: &Value, path: &str) -> Vec<String> {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => expected
            .iter()
            .flat_map(|(name, expected)| {
                let path = if path.is_empty() {
                    name.clone()
                } else {
                    format!("{path}.{name}")
                };
                match found.get(name) {
                    Some(found) => differences(found, expected, &path),
                    None => vec![format!("{path}: no such field")],
                }
            })
            .collect(),
        (found, expected) if same(found, expected) => Vec::new(),
        _ => vec![format!("{path}: is {found}, expected {expected}")],
    }
}

/// Equal, where an integer and a float of the same value are; two integers are compared to their last digit.
fn same(found: &Value, expected: &Value) -> bool {
    match (found, expected) {
        (Value::Number(found), Value::Number(expected)) if found.is_f64() || expected.is_f64() => {
            found.as_f64() == expected.as_f64()
        }
        (Value::Array(found), Value::Array(expected)) => {
            found.len() == expected.len()
                && found
                    .iter()
                    .zip(expected)
                    .all(|(found, expected)| same(found, expected))
        }
        (Value::Object(found), Value::Object(expected)) => {
            let same_field = |(name, expected)| found.get(name).is_some_and(|found| same(found, expected));
            found.len() == expected.len() && expected.iter().all(same_field)
        }
        _ => found == expected,
    }
}

/// The event as its readers get it.
///
/// # Panics
/// If what was encoded cannot be read with its own schema, which would be a fault of this library.
fn read_back(event_type: &'static EventType, bytes: &[u8]) -> Value {
    if let Some(name) = event_type.second_definition() {
        panic!(
            "{} has two different types under the full name {name}",
            event_type.name()
        );
    }
    match event_type.encoding() {
        Encoding::Json => match serde_json::from_slice(bytes) {
            Ok(value) => value,
            Err(error) => panic!("{} wrote JSON that cannot be read: {error}", event_type.name()),
        },
        Encoding::Avro => match read_avro(&event_type.resolved_schema(), bytes) {
            Ok(value) => readable(value, event_type.shape()),
            Err(error) => panic!("{} wrote Avro that cannot be read: {error}", event_type.name()),
        },
    }
}

fn read_avro(schema: &str, mut bytes: &[u8]) -> Result<AvroValue, apache_avro::Error> {
    let schema = apache_avro::Schema::parse_str(schema)?;
    let reader = apache_avro::reader::datum::GenericDatumReader::builder(&schema).build()?;
    reader.read_value(&mut bytes)
}

/// An Avro value in the form that JSON events have; the shape knows what a number stands for.
fn readable(value: AvroValue, shape: &Shape) -> Value {
    match (value, shape.plain()) {
        (AvroValue::Union(0, value), Shape::Optional(_)) if matches!(*value, AvroValue::Null) => Value::Null,
        // The branches of a union stand beside null.
        (AvroValue::Union(number, value), Shape::Optional(inner)) if matches!(inner.plain(), Shape::Union(_)) => {
            readable(AvroValue::Union(number.saturating_sub(1), value), inner)
        }
        (AvroValue::Union(_, value), Shape::Optional(inner)) => readable(*value, inner),
        (value, Shape::Recursive(recursive)) => readable(value, (recursive.define)()),
        (AvroValue::Union(number, value), Shape::Union(union)) if (number as usize) < union.branches.len() => {
            let branch = union.branches[number as usize];
            Value::Object(Map::from_iter([(
                branch.name.to_owned(),
                readable(*value, branch.shape),
            )]))
        }
        (AvroValue::Null, _) => Value::Null,
        (AvroValue::Boolean(value), _) => value!(value),
        (AvroValue::Int(value), _) => value!(value),
        (AvroValue::Long(value), _) => value!(value),
        (AvroValue::Float(value), _) => value!(value),
        (AvroValue::Double(value), _) => value!(value),
        (AvroValue::String(value), Shape::Json) => serde_json::from_str(&value).unwrap_or_default(),
        (AvroValue::String(value) | AvroValue::Enum(_, value), _) => value!(value),
        (AvroValue::Uuid(value), _) => value!(value.to_string()),
        (AvroValue::Bytes(value), _) => text(|out| json::bytes(&value, out)),
        (AvroValue::Date(days), _) => text(|out| json::date(days, out)),
        (AvroValue::TimestampMillis(units), _) => text(|out| time::instant(units, Millis, out)),
        (AvroValue::TimestampMicros(units), _) => text(|out| time::instant(units, Micros, out)),
        (AvroValue::LocalTimestampMillis(units), _) => text(|out| time::local(units, Millis, out)),
        (AvroValue::LocalTimestampMicros(units), _) => text(|out| time::local(units, Micros, out)),
        (AvroValue::TimeMillis(units), _) => text(|out| time::time_of_day(units.into(), Millis, out)),
        (AvroValue::TimeMicros(units), _) => text(|out| time::time_of_day(units, Micros, out)),
        (AvroValue::Fixed(_, value), _) => text(|out| json::bytes(&value, out)),
        (AvroValue::Decimal(value), Shape::Decimal { scale, json: form, .. }) => {
            let bytes = Vec::<u8>::try_from(value).unwrap_or_default();
            let negative = bytes.first().is_some_and(|first| first & 0x80 != 0);
            let start = if negative { -1 } else { 0 };
            let unscaled = bytes
                .iter()
                .fold(start, |unscaled: i128, byte| unscaled << 8 | i128::from(*byte));
            match form {
                DecimalForm::String => text(|out| json::decimal(unscaled, *scale, out)),
                DecimalForm::Number => text(|out| json::decimal_number(unscaled, *scale, out)),
            }
        }
        (AvroValue::Array(items), Shape::Array(inner)) => items.into_iter().map(|item| readable(item, inner)).collect(),
        (AvroValue::Map(entries), Shape::Map(inner)) => Value::Object(
            entries
                .into_iter()
                .map(|(key, value)| (key, readable(value, inner)))
                .collect(),
        ),
        (AvroValue::Record(fields), Shape::Record(record)) => {
            let fields = fields.into_iter().zip(record.all_fields());
            let named: Map<_, _> = fields
                .map(|((name, value), field)| (name, readable(value, field.shape)))
                .collect();
            Value::Object(named)
        }
        // Not reached for shapes that the derives make; shown as it is rather than hidden.
        (other, _) => value!(format!("{other:?}")),
    }
}

/// The JSON text that the encoder writes, as a value.
fn text(write: impl FnOnce(&mut Vec<u8>)) -> Value {
    let mut out = Vec::new();
    write(&mut out);
    serde_json::from_slice(&out).unwrap_or_default()
}
