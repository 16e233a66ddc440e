//! The foreign eyes: what apache-avro and jsonschema make of a written event.

use apache_avro::Schema;
use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::types::Value;
use publisher_core::Event;
use serde_json::Value as Json;

pub(crate) fn written(event: &dyn Event) -> Vec<u8> {
    let mut out = Vec::new();
    event.write(&mut out).expect("a valid event");
    out
}

pub(crate) fn key(event: &dyn Event) -> String {
    let mut out = Vec::new();
    event.key(&mut out);
    String::from_utf8(out).expect("text")
}

/// The Avro record as apache-avro reads it with the event's own schema, to the last byte.
pub(crate) fn avro(event: &dyn Event) -> Value {
    // Our own reading of schemas knows every schema that we print.
    let same = event.event_type().plan(&event.event_type().pretty_schema());
    assert!(same.expect("a plan").is_identity());
    let schema = Schema::parse_str(&event.event_type().schema().text).expect("a schema");
    let reader = GenericDatumReader::builder(&schema).build().expect("a reader");
    let bytes = written(event);
    let mut rest = &bytes[..];
    let value = reader.read_value(&mut rest).expect("a record");
    assert!(rest.is_empty(), "{} bytes are left", rest.len());
    value
}

/// The fields of a record by name.
pub(crate) fn field(record: &Value, name: &str) -> Value {
    let Value::Record(fields) = record else {
        panic!("{record:?} is no record")
    };
    fields
        .iter()
        .find(|(field, _)| field == name)
        .unwrap_or_else(|| panic!("{name} is missing"))
        .1
        .clone()
}

/// The JSON text, which the event's own JSON Schema accepts.
pub(crate) fn json(event: &dyn Event) -> String {
    let text = String::from_utf8(written(event)).expect("text");
    let value: Json = serde_json::from_str(&text).expect("JSON");
    let errors: Vec<_> = json_schema(event)
        .iter_errors(&value)
        .map(|error| error.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:?}: {text}");
    text
}

pub(crate) fn json_schema(event: &dyn Event) -> jsonschema::Validator {
    let schema: Json = serde_json::from_str(&event.event_type().schema().text).expect("JSON");
    jsonschema::draft7::meta::validate(&schema).expect("a schema of draft-07");
    jsonschema::draft7::new(&schema).expect("a schema")
}

/// The violations, one in a line.
pub(crate) fn violations(event: &dyn Event) -> Vec<String> {
    let mut out = Vec::new();
    let violations = event.write(&mut out).expect_err("an invalid event");
    assert!(out.is_empty(), "nothing of an invalid event is written");
    violations.list().iter().map(ToString::to_string).collect()
}
