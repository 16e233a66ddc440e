//! Records that readers refuse.
//!
//! Knows no field of them.

use crate::lint::avro_parts::AvroPart;
use crate::lint::definition::{Check, Lint, LintCase, Severity};
use crate::lint::finding::Found;
use crate::lint::reader::Reader;
use crate::registry::SchemaType;
use crate::schema::avsc::{Form, Kind};

/// An event that has no bytes.
pub(in crate::lint) static EMPTY: Lint = Lint {
    id: "reader-avro-empty-record",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Avro),
    readers: &[Reader::Python],
    levels: &[],
    title: "an event without fields has no bytes and is refused",
    explanation: "Such an event is the five bytes of the frame and nothing more. confluent-kafka expects six or more and \
                  raises a `SerializationError`. Give the record a field, such as the time of the event.",
    source: "confluent-kafka 2.16, AvroDeserializer",
    breaches: &[LintCase::one(
        "a record without fields",
        r#"{"type":"record","name":"com.acme.Tick","fields":[]}"#,
    )],
    near_misses: &[
        LintCase::one(
            "a record with a field",
            r#"{"type":"record","name":"com.acme.Tick","fields":[{"name":"n","type":"int"}]}"#,
        ),
        LintCase::one(
            "a part without fields beside another",
            r#"{"type":"record","name":"com.acme.Tick","fields":[{"name":"n","type":"int"},{"name":"x","type":{"type":"record","name":"X","fields":[]}}]}"#,
        ),
    ],
    check: Check::AvroPart(empty),
};

fn empty(part: &AvroPart<'_>) -> Option<Found> {
    let definition = part.definition()?;
    let Form::Named(root) = part.schema.root().form else {
        return None;
    };
    let fields = match &definition.kind {
        Kind::Record { fields, .. } => fields,
        _ => return None,
    };
    let whole = part.schema.definition(root).name == definition.name;
    (whole && fields.is_empty()).then(|| Found::new(format!("record {} has no fields", definition.name)))
}
