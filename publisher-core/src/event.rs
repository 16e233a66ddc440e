//! [`Event`], [`EventTypes`] and the static description of an event type, [`EventType`].
//!
//! Knows shapes and encodings; knows no Kafka client, registry client or runtime.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

use crate::encode::plan::{Plan, PlanError};
use crate::key::{KeyForm, KeyFormat};
use crate::registered::{file_name, registered, shared_files, text};
use crate::registry::SchemaText;
use crate::schema::avsc::AvroSchema;
use crate::schema::contract::by_name::second_definition;
use crate::schema::{
    Fingerprint, JsonModel, JsonSettings, Layout, Record, Shape, avro_key_schema, avro_schema, json_schema,
};
use crate::validate::Violations;

/// How an event's value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Encoding {
    /// Avro's binary encoding. The default.
    Avro,
    /// JSON, described by a JSON Schema.
    Json,
}

impl Encoding {
    /// The media type for the `content-type` header.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Avro => "application/avro",
            Self::Json => "application/json",
        }
    }
}

/// Something that can be published: it has a type, a key, perhaps a time, and can write itself.
///
/// Object-safe, so that events of several types fit one list. Derive it with `#[derive(Event)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event",
    label = "cannot be published",
    note = "derive it: `#[derive(Event)]` with `#[event(topic = \"...\", namespace = \"...\")]`",
    note = "or name a translator: `publisher.with(...)` publishes a domain type through a `Translator`"
)]
pub trait Event {
    /// The type of this event; for an enum that of the variant.
    fn event_type(&self) -> &'static EventType;

    /// Appends the record's key. Called for types that are keyed. An Avro key begins with a frame whose id is 0.
    fn key(&self, out: &mut Vec<u8>);

    /// The event's own time in milliseconds since 1970-01-01T00:00:00Z, from the field marked `time`.
    fn timestamp_ms(&self) -> Option<i64> {
        None
    }

    /// Checks the event and appends its encoding, without a frame.
    ///
    /// # Errors
    /// Every violation; nothing has been appended then.
    fn write(&self, out: &mut Vec<u8>) -> Result<(), Violations>;
}

/// The types that an event can turn out to be, known without a value; beside [`Event`] because it is not object-safe.
#[diagnostic::on_unimplemented(
    message = "the event types of `{Self}` are not known",
    label = "not an event type",
    note = "derive it: `#[derive(Event)]`"
)]
pub trait EventTypes {
    /// The type of the keys; what [`tombstone`](crate::Publisher::tombstone) takes.
    type Key;

    /// The form in which the keys are written: [`TextKey`](crate::TextKey) unless the event names another. Agrees with the
    /// [`key_format`](EventType::key_format) of the types.
    type KeyForm: KeyForm<Self::Key> + ?Sized;

    /// One type for a struct, one for each variant of an enum.
    fn types() -> Vec<&'static EventType>;
}

/// What `#[derive(Event)]` knows of a type; the input of [`EventType::new`].
#[derive(Clone, Copy, Debug)]
pub struct EventSpec {
    /// The full name: namespace, point, record name.
    pub name: &'static str,
    /// The namespace, which nested types inherit.
    pub namespace: &'static str,
    /// The topic.
    pub topic: &'static str,
    /// The event's own version; default 1. Not the registry's.
    pub version: u32,
    /// How the value is written.
    pub encoding: Encoding,
    /// Whether readers of JSON must refuse further properties.
    pub model: JsonModel,
    /// Whether the JSON Schema says `format` beside `pattern`.
    pub format_keyword: bool,
    /// What the records' keys are; `None` for records without a key.
    pub key: Option<KeyFormat>,
    /// The shape: a record.
    pub shape: &'static Shape,
}

/// An event type: one record, one schema, one default topic. One static for each type.
pub struct EventType {
    spec: EventSpec,
    schema: OnceLock<(SchemaText, Fingerprint)>,
    key_schema: OnceLock<SchemaText>,
}

impl EventType {
    /// The type that a derive describes.
    #[must_use]
    pub const fn new(spec: EventSpec) -> Self {
        Self {
            spec,
            schema: OnceLock::new(),
            key_schema: OnceLock::new(),
        }
    }

    /// The full name, such as `com.acme.orders.OrderPlaced`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.spec.name
    }

    /// The topic, unless a call names another.
    #[must_use]
    pub const fn topic(&self) -> &'static str {
        self.spec.topic
    }

    /// The event's own version, from `#[event(version = …)]`.
    #[must_use]
    pub const fn version(&self) -> u32 {
        self.spec.version
    }

    /// How the value is written.
    #[must_use]
    pub const fn encoding(&self) -> Encoding {
        self.spec.encoding
    }

    /// Whether records of this type have a key.
    #[must_use]
    pub const fn is_keyed(&self) -> bool {
        self.spec.key.is_some()
    }

    /// What the records' keys are; `None` for records without a key.
    #[must_use]
    pub const fn key_format(&self) -> Option<KeyFormat> {
        self.spec.key
    }

    /// The schema of the records' keys as it is registered; `None` unless the keys are Avro.
    #[must_use]
    pub fn key_schema(&self) -> Option<&SchemaText> {
        let Some(KeyFormat::Avro(shape)) = self.spec.key else {
            return None;
        };
        Some(
            self.key_schema
                .get_or_init(|| registered(shape, self.spec.namespace, Encoding::Avro, JsonSettings::SHARED)),
        )
    }

    /// The schema of the records' keys with shared types in full, compact: what a reader can parse without any other text.
    #[must_use]
    pub fn resolved_key_schema(&self) -> Option<String> {
        let Some(KeyFormat::Avro(shape)) = self.spec.key else {
            return None;
        };
        Some(avro_key_schema(shape, self.spec.namespace, Layout::Compact))
    }

    /// The description of the record.
    #[must_use]
    pub const fn shape(&self) -> &'static Shape {
        self.spec.shape
    }

    /// The schema as it is registered: compact, printed once. It refers to the shared types (`#[event(shared)]`) within
    /// it, whose schemas are among its references.
    #[must_use]
    pub fn schema(&self) -> &SchemaText {
        &self.registered().0
    }

    /// The fingerprint of [`schema`](Self::schema), references included.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        self.registered().1
    }

    /// The schema as it is committed under `schemas/`: laid out for readers, ends in a line feed. Shared types stand in it
    /// by reference, as in [`schema`](Self::schema).
    #[must_use]
    pub fn pretty_schema(&self) -> String {
        self.print(Layout::Pretty)
    }

    /// The first full name with two definitions that only the run time sees, if there is one: its schema would not be that
    /// of its bytes.
    pub(crate) fn second_definition(&self) -> Option<String> {
        second_definition(
            self.spec.shape,
            self.spec.namespace,
            self.spec.encoding == Encoding::Json,
        )
    }

    /// The committed schemas of the shared types within, by the names of their files; they stand beside
    /// [`file_name`](Self::file_name).
    #[must_use]
    pub fn shared_files(&self) -> BTreeMap<String, String> {
        shared_files(self.spec.shape, self.spec.namespace, self.spec.encoding)
    }

    /// The schema with shared types in full, compact: what a reader can parse without any other text. Not what is
    /// registered, unless the event has no shared types.
    #[must_use]
    pub fn resolved_schema(&self) -> String {
        let spec = &self.spec;
        match spec.encoding {
            Encoding::Avro => avro_schema(self.record(), spec.namespace, Layout::Compact),
            Encoding::Json => json_schema(self.record(), spec.namespace, self.settings(), Layout::Compact),
        }
    }

    /// The file name of the committed schema, such as `com.acme.orders.OrderPlaced.avsc`.
    #[must_use]
    pub fn file_name(&self) -> String {
        file_name(self.spec.name, self.spec.encoding)
    }

    /// The plan for writing events of this type with another schema, such as the one that a registry holds. Make it
    /// once: it parses both schemas.
    ///
    /// # Errors
    /// Every difference that stands against it; or the type is written as JSON, or the text is no schema. Not retriable.
    pub fn plan(&self, theirs: &str) -> Result<Plan, PlanError> {
        if self.spec.encoding != Encoding::Avro {
            return Err(PlanError::NotAvro {
                event_type: self.spec.name,
            });
        }
        let theirs = AvroSchema::parse(theirs).map_err(PlanError::Schema)?;
        // Ours is printed by this crate, so that reading it succeeds.
        let ours = AvroSchema::parse(&self.resolved_schema()).map_err(PlanError::Schema)?;
        Plan::new(&ours, &theirs)
    }

    fn registered(&self) -> &(SchemaText, Fingerprint) {
        self.schema.get_or_init(|| {
            let spec = &self.spec;
            let schema = registered(spec.shape, spec.namespace, spec.encoding, self.settings());
            let fingerprint = schema.fingerprint();
            (schema, fingerprint)
        })
    }

    fn print(&self, layout: Layout) -> String {
        let spec = &self.spec;
        text(spec.shape, spec.namespace, spec.encoding, self.settings(), layout)
    }

    fn settings(&self) -> JsonSettings {
        JsonSettings {
            model: self.spec.model,
            format_keyword: self.spec.format_keyword,
        }
    }

    fn record(&self) -> &'static Record {
        const NO_FIELDS: &Record = &Record {
            name: "",
            namespace: None,
            doc: None,
            aliases: &[],
            shared: false,
            fields: &[],
            source: "",
        };
        match self.spec.shape.plain() {
            Shape::Record(record) => record,
            // The derive makes events of records only.
            _ => NO_FIELDS,
        }
    }
}

impl fmt::Debug for EventType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventType")
            .field("name", &self.spec.name)
            .field("topic", &self.spec.topic)
            .field("version", &self.spec.version)
            .field("encoding", &self.spec.encoding)
            .finish_non_exhaustive()
    }
}

macro_rules! through_pointer {
    ($($pointer:ty),*) => {$(
        impl<E: Event + ?Sized> Event for $pointer {
            fn event_type(&self) -> &'static EventType {
                (**self).event_type()
            }

            fn key(&self, out: &mut Vec<u8>) {
                (**self).key(out);
            }

            fn timestamp_ms(&self) -> Option<i64> {
                (**self).timestamp_ms()
            }

            fn write(&self, out: &mut Vec<u8>) -> Result<(), Violations> {
                (**self).write(out)
            }
        }

        impl<E: EventTypes> EventTypes for $pointer {
            type Key = E::Key;
            type KeyForm = E::KeyForm;

            fn types() -> Vec<&'static EventType> {
                E::types()
            }
        }
    )*};
}
through_pointer!(&E, Box<E>, Arc<E>);

/// The types of several events, for [`PublisherBuilder::events`](crate::PublisherBuilder::events).
///
/// # Examples
/// ```
/// use publisher_core::{Event, events};
///
/// #[derive(Event)]
/// #[event(topic = "orders", namespace = "com.acme.orders")]
/// struct OrderPlaced {
///     #[event(key)]
///     order_id: String,
/// }
///
/// assert_eq!(events![OrderPlaced][0].name(), "com.acme.orders.OrderPlaced");
/// ```
#[macro_export]
macro_rules! events {
    ($($event:ty),* $(,)?) => {
        [$(<$event as $crate::EventTypes>::types()),*].concat()
    };
}
