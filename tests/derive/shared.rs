//! Shared types: what stands in a schema by reference, what comes with it, and that readers get the same values.

use apache_avro::Schema;
use apache_avro::reader::datum::GenericDatumReader;
use publisher_core::registry::SchemaText;
use publisher_core::{Event, EventData, EventType, EventTypes};

use crate::reading::{field, written};

/// ISO 3166.
#[derive(EventData)]
#[event(shared, namespace = "com.acme.geo")]
enum Country {
    DE,
}

#[derive(EventData)]
struct Street {
    name: String,
}

/// Where somebody lives.
#[derive(EventData)]
#[event(shared, namespace = "com.acme", name = "PostalAddress")]
struct Address {
    street: Street,
    country: Country,
}

#[derive(Event)]
#[event(topic = "people", namespace = "com.acme")]
struct Moved {
    #[event(key)]
    person_id: String,
    /// The street alone.
    street: Street,
    to: Address,
    from: Option<Address>,
    passed: Vec<Country>,
}

#[derive(Event)]
#[event(topic = "people", namespace = "com.acme", encoding = json, model = open, json_formats)]
struct MovedJson {
    #[event(key)]
    person_id: String,
    /// The new home.
    to: Address,
    passed: Vec<Country>,
}

fn street() -> Street {
    Street {
        name: "Unter den Linden".to_owned(),
    }
}

fn address() -> Address {
    Address {
        street: street(),
        country: Country::DE,
    }
}

fn moved() -> Moved {
    Moved {
        person_id: "7".to_owned(),
        street: street(),
        to: address(),
        from: None,
        passed: vec![Country::DE],
    }
}

/// Each text with its subject, dependency first.
fn texts(event_type: &EventType) -> Vec<(String, String)> {
    fn add(subject: &str, schema: &SchemaText, all: &mut Vec<(String, String)>) {
        for reference in &*schema.references {
            assert_eq!((&reference.name, reference.version), (&reference.subject, None));
            add(&reference.subject, &reference.schema, all);
        }
        let text = (subject.to_owned(), schema.text.to_string());
        if !all.contains(&text) {
            all.push(text);
        }
    }
    let mut all = Vec::new();
    add(event_type.name(), event_type.schema(), &mut all);
    all
}

#[track_caller]
fn check(event_type: &EventType, expected: &[(&str, &str)]) {
    let found = texts(event_type);
    let found: Vec<_> = found.iter().map(|(subject, text)| (&**subject, &**text)).collect();
    assert_eq!(found, expected);
}

#[test]
fn avro_has_a_shared_type_and_all_within_it_by_name() {
    check(
        Moved::types()[0],
        &[
            (
                "com.acme.geo.Country",
                r#"{"type":"enum","name":"Country","namespace":"com.acme.geo","doc":"ISO 3166.","symbols":["DE"]}"#,
            ),
            (
                "com.acme.PostalAddress",
                r#"{"type":"record","name":"PostalAddress","namespace":"com.acme","doc":"Where somebody lives.","fields":[{"name":"street","type":{"type":"record","name":"Street","fields":[{"name":"name","type":"string"}]}},{"name":"country","type":"com.acme.geo.Country"}]}"#,
            ),
            (
                "com.acme.Moved",
                r#"{"type":"record","name":"Moved","namespace":"com.acme","fields":[{"name":"person_id","type":"string"},{"name":"street","doc":"The street alone.","type":"com.acme.Street"},{"name":"to","type":"com.acme.PostalAddress"},{"name":"from","type":["null","com.acme.PostalAddress"],"default":null},{"name":"passed","type":{"type":"array","items":"com.acme.geo.Country"}}]}"#,
            ),
        ],
    );
    let schema = Moved::types()[0].schema();
    assert!(schema.references.len() == 2, "the event itself names both: {schema:?}");
}

#[test]
fn json_has_a_document_for_each_shared_type_whatever_the_event_says() {
    let head = r#""$schema":"http://json-schema.org/draft-07/schema#""#;
    check(
        MovedJson::types()[0],
        &[
            (
                "com.acme.geo.Country.json",
                &format!(
                    r#"{{{head},"title":"com.acme.geo.Country","type":"string","description":"ISO 3166.","enum":["DE"]}}"#
                ),
            ),
            (
                "com.acme.PostalAddress.json",
                &format!(
                    r##"{{{head},"title":"com.acme.PostalAddress","description":"Where somebody lives.","type":"object","properties":{{"street":{{"$ref":"#/definitions/com.acme.Street"}},"country":{{"$ref":"com.acme.geo.Country.json"}}}},"required":["street","country"],"additionalProperties":false,"definitions":{{"com.acme.Street":{{"type":"object","properties":{{"name":{{"type":"string"}}}},"required":["name"],"additionalProperties":false}}}}}}"##
                ),
            ),
            (
                "com.acme.MovedJson",
                &format!(
                    r#"{{{head},"title":"com.acme.MovedJson","type":"object","properties":{{"person_id":{{"type":"string"}},"to":{{"description":"The new home.","allOf":[{{"$ref":"com.acme.PostalAddress.json"}}]}},"passed":{{"type":"array","items":{{"$ref":"com.acme.geo.Country.json"}}}}}},"required":["person_id","to","passed"]}}"#
                ),
            ),
        ],
    );
}

#[test]
fn what_is_registered_and_what_stands_by_itself_are_one_schema() {
    let event_type = Moved::types()[0];
    let resolved = Schema::parse_str(&event_type.resolved_schema()).expect("a schema");
    let registered = tests::references::avro(event_type.schema());
    assert_eq!(registered.canonical_form(), resolved.canonical_form());

    let bytes = written(&moved());
    for schema in [resolved, registered] {
        let mut rest = &bytes[..];
        let reader = GenericDatumReader::builder(&schema).build().expect("a reader");
        let record = reader.read_value(&mut rest).expect("a record");
        assert!(rest.is_empty());
        let country = field(&field(&record, "to"), "country");
        assert_eq!(country, apache_avro::types::Value::Enum(0, "DE".to_owned()));
    }
}

#[test]
fn json_readers_follow_the_references() {
    let event = MovedJson {
        person_id: "7".to_owned(),
        to: address(),
        passed: vec![Country::DE],
    };
    let event_type = event.event_type();
    let value: serde_json::Value = serde_json::from_slice(&written(&event)).expect("JSON");
    let whole = SchemaText::new(event_type.schema().schema_type, event_type.resolved_schema());
    for schema in [event_type.schema(), &whole] {
        let validator = tests::references::json(schema);
        assert!(validator.is_valid(&value), "{value}");
        let mut wrong = value.clone();
        wrong["to"]["country"] = "ZZ".into();
        assert!(!validator.is_valid(&wrong), "{wrong}");
    }
}

#[test]
fn the_fingerprint_tells_what_is_shared() {
    mod other {
        use super::*;

        #[derive(EventData)]
        #[event(shared, namespace = "com.acme.geo")]
        pub(super) enum Country {
            DE,
            FR,
        }

        #[derive(Event)]
        #[event(topic = "visits", namespace = "com.acme")]
        pub(super) struct Visited {
            #[event(key)]
            pub(super) person_id: String,
            pub(super) country: Country,
        }

        pub(super) fn visited() -> [Visited; 2] {
            [Country::DE, Country::FR].map(|country| Visited {
                person_id: "7".to_owned(),
                country,
            })
        }
    }

    #[derive(Event)]
    #[event(topic = "visits", namespace = "com.acme")]
    struct Visited {
        #[event(key)]
        person_id: String,
        country: Country,
    }

    let visited = Visited {
        person_id: "7".to_owned(),
        country: Country::DE,
    };
    let (one, [other, _]) = (visited.event_type(), other::visited());
    let other = other.event_type();
    assert_eq!(one.schema().text, other.schema().text);
    assert_ne!(one.fingerprint(), other.fingerprint());
}
