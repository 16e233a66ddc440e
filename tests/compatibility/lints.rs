//! Every lint finds its own breaches and is silent on its near-misses; a registry approves the pairs.

use std::collections::HashSet;

use publisher_core::compatibility::{Dialect, Level, Place, SchemaDocument, compare};
use publisher_core::lint::{self, Lint, LintCase, LintFinding, Reader, lints};
use publisher_core::registry::{SchemaReference, SchemaText, SchemaType};
use serde_json::Value;

fn document(schema_type: SchemaType, text: &str) -> SchemaDocument {
    SchemaDocument::parse(&SchemaText::new(schema_type, text)).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Everything that is found in a case, by all lints.
fn findings(lint: &Lint, case: &LintCase) -> Vec<LintFinding> {
    let schema_type = lint.schema_type.unwrap_or(SchemaType::Avro);
    let newer = document(schema_type, case.newer);
    let found = match case.older {
        Some(older) => lint::meaning(&document(schema_type, older), &newer),
        None if lint.levels.is_empty() => lint::readers(&newer, &Reader::ALL),
        None => lint
            .levels
            .iter()
            .flat_map(|level| lint::level(&newer, *level))
            .collect(),
    };
    for finding in &found {
        exists(&finding.place, case.newer, finding);
        if let (Some(place), Some(older)) = (&finding.older, case.older) {
            exists(place, older, finding);
        }
        assert_eq!(finding.older.is_some(), case.older.is_some());
    }
    found
}

fn exists(place: &Place, text: &str, finding: &LintFinding) {
    let value: Value = serde_json::from_str(text).unwrap();
    assert!(
        value.pointer(&place.pointer).is_some(),
        "{}: {} names nothing in {text}",
        finding.lint.id,
        place.pointer
    );
}

#[test]
fn a_lint_finds_its_breaches() {
    for lint in lints() {
        for case in lint.breaches {
            let found = findings(lint, case);
            let own: Vec<&LintFinding> = found.iter().filter(|finding| finding.lint == lint).collect();
            let levels = lint.levels.len().max(1);
            assert_eq!(own.len(), levels, "{}: {}: {found:?}", lint.id, case.about);
            assert!(own.iter().all(|finding| finding.readers == lint.readers), "{}", lint.id);
        }
    }
}

#[test]
fn near_misses_are_silent() {
    for lint in lints() {
        assert!(!lint.near_misses.is_empty(), "{} has no near-misses", lint.id);
        for case in lint.near_misses {
            let found = findings(lint, case);
            let own: Vec<&LintFinding> = found.iter().filter(|finding| finding.lint == lint).collect();
            assert!(own.is_empty(), "{}: {}: {own:?}", lint.id, case.about);
        }
    }
}

#[test]
fn a_registry_approves_the_pairs() {
    for lint in lints() {
        for case in lint.breaches {
            let (Some(older), Some(schema_type)) = (case.older, lint.schema_type) else {
                continue;
            };
            let (older, newer) = (document(schema_type, older), document(schema_type, case.newer));
            let refused = compare(&newer, &older, Dialect::Confluent).unwrap();
            assert!(refused.is_empty(), "{}: {}: {refused:?}", lint.id, case.about);
        }
    }
}

#[test]
fn a_lint_speaks_of_its_readers_only() {
    for lint in lints().filter(|lint| lint.id.starts_with("reader-")) {
        let others: Vec<Reader> = Reader::ALL
            .into_iter()
            .filter(|reader| !lint.readers.contains(reader))
            .collect();
        for case in lint.breaches {
            let schema = document(lint.schema_type.unwrap(), case.newer);
            let found = lint::readers(&schema, &others);
            assert!(found.iter().all(|finding| finding.lint != lint), "{}", lint.id);
            assert!(found.iter().all(|finding| !finding.readers.is_empty()), "{}", lint.id);
            for reader in lint.readers {
                let found = lint::readers(&schema, &[*reader]);
                assert!(
                    found.iter().any(|finding| finding.lint == lint),
                    "{}: {reader}",
                    lint.id
                );
            }
        }
    }
}

#[test]
fn lints_say_what_a_reader_needs() {
    let mut ids = HashSet::new();
    for lint in lints() {
        assert!(ids.insert(lint.id), "{} stands twice", lint.id);
        assert_eq!(lint::lint(lint.id), Some(lint));
        let prefixes = ["reader-", "level-", "meaning-", "undecodable-", "unchecked-"];
        let prefix = prefixes.iter().find(|prefix| lint.id.starts_with(**prefix));
        assert!(prefix.is_some(), "{}", lint.id);
        assert_eq!(prefix == Some(&"level-"), !lint.levels.is_empty(), "{}", lint.id);
        assert!(prefix != Some(&"reader-") || !lint.readers.is_empty(), "{}", lint.id);
        assert!(
            !lint.title.is_empty() && !lint.title.ends_with('.'),
            "{}: one clause",
            lint.id
        );
        assert!(lint.explanation.ends_with('.'), "{}: sentences", lint.id);
        assert!(!lint.explanation.contains("  "), "{}: one space", lint.id);
        assert!(!lint.source.is_empty(), "{}", lint.id);
        // What one text cannot show has a test of its own.
        assert!(
            !lint.breaches.is_empty() || lint.id == "unchecked-too-large",
            "{}",
            lint.id
        );
    }
    assert_eq!(lint::lint("reader-of-tea-leaves"), None);
}

#[test]
fn a_schema_is_no_change_of_itself() {
    for lint in lints() {
        for case in lint.breaches.iter().chain(lint.near_misses) {
            let schema = document(lint.schema_type.unwrap_or(SchemaType::Avro), case.newer);
            let found = lint::meaning(&schema, &schema);
            assert!(found.is_empty(), "{}: {}: {found:?}", lint.id, case.about);
        }
    }
}

/// A record of Avro with these fields.
fn record(name: &str, fields: &[String]) -> String {
    format!(r#"{{"type":"record","name":"{name}","fields":[{}]}}"#, fields.join(","))
}

fn field(name: &str, field_type: &str) -> String {
    format!(r#"{{"name":"{name}","type":{field_type}}}"#)
}

#[test]
fn names_that_lead_to_names_need_no_stack() {
    // Each record holds the one before it by its name, so the way to the first is as long as the text.
    let mut fields = vec![field("r0", &record("com.acme.R0", &[field("n", r#""long""#)]))];
    for index in 1..20_000 {
        let before = format!(r#""com.acme.R{}""#, index - 1);
        let one = record(&format!("com.acme.R{index}"), &[field("n", &before)]);
        fields.push(field(&format!("r{index}"), &one));
    }
    let schema = document(SchemaType::Avro, &record("com.acme.All", &fields));
    let found = lint::readers(&schema, &[Reader::Node]);
    let ids: Vec<&str> = found.iter().map(|finding| finding.lint.id).collect();
    assert_eq!(ids, ["reader-avro-long"]);
    assert!(lint::meaning(&schema, &schema).is_empty());
}

#[test]
fn records_that_hold_themselves_are_shown_once() {
    let text = |logical: &str| {
        let at = format!(r#"{{"type":"long","logicalType":"{logical}"}}"#);
        let next = r#"["null","com.acme.Node"]"#;
        record(
            "com.acme.Node",
            &[field("at", &at), field("next", next), field("last", next)],
        )
    };
    let older = document(SchemaType::Avro, &text("timestamp-millis"));
    let newer = document(SchemaType::Avro, &text("timestamp-micros"));
    let found = lint::meaning(&older, &newer);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        found[0].to_string(),
        "meaning-avro-time-unit at /fields/0/type: it is a timestamp-micros and was a timestamp-millis"
    );
    assert_eq!(found[0].older, Some(Place::own("/fields/0/type")));
}

#[test]
fn pairs_are_shown_once() {
    // A circle of so many records of one name, each in a namespace of its own and within the one before.
    let circle = |length: usize| {
        let mut text = r#""a0.R""#.to_owned();
        for index in (0..length).rev() {
            text = record(&format!("a{index}.R"), &[field("n", &text)]);
        }
        text
    };
    // 29 and 31 have no common divisor: all 899 pairs meet, each once.
    let (older, newer) = (
        document(SchemaType::Avro, &circle(29)),
        document(SchemaType::Avro, &circle(31)),
    );
    let found = lint::meaning(&older, &newer);
    let renamed = found
        .iter()
        .filter(|finding| finding.lint.id == "meaning-avro-full-name-changed");
    assert_eq!(renamed.count(), 29 * 31 - 29);
}

#[test]
fn a_pair_that_is_too_large_is_told() {
    // Two circles of references, of 1,009 and 701 schemas: 707,309 pairs.
    let circle = |length: usize| {
        let definitions: Vec<String> = (0..length)
            .map(|index| {
                let next = (index + 1) % length;
                format!(r##""{index}":{{"type":"object","properties":{{"n":{{"$ref":"#/definitions/{next}"}}}}}}"##)
            })
            .collect();
        format!(
            r##"{{"$ref":"#/definitions/0","definitions":{{{}}}}}"##,
            definitions.join(",")
        )
    };
    let document = |length| document(SchemaType::Json, &circle(length));
    let found = lint::meaning(&document(1_009), &document(701));
    let ids: Vec<&str> = found.iter().map(|finding| finding.lint.id).collect();
    assert_eq!(ids, ["unchecked-too-large"]);
    assert!(lint::meaning(&document(7), &document(5)).is_empty());
}

#[test]
fn a_name_as_long_as_the_text_is_told() {
    // Two million bytes in the pointer of each of a thousand schemas.
    let properties: Vec<String> = (0..1_000).map(|index| format!(r#""{index}":{{}}"#)).collect();
    let within = format!(r#"{{"properties":{{{}}}}}"#, properties.join(","));
    let text = format!(
        r#"{{"title":"T","properties":{{"{}":{within}}}}}"#,
        "n".repeat(2_000_000)
    );
    let schema = document(SchemaType::Json, &text);
    let found = lint::readers(&schema, &Reader::ALL);
    let ids: Vec<&str> = found.iter().map(|finding| finding.lint.id).collect();
    assert_eq!(ids, ["unchecked-too-large"]);
    let found = lint::meaning(&schema, &schema);
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn references_in_a_circle_are_left_alone() {
    let text = r##"{"$ref":"#/definitions/a","definitions":{"a":{"oneOf":[{"$ref":"#/definitions/b"}]},"b":{"$ref":"#/definitions/a"}}}"##;
    let schema = document(SchemaType::Json, text);
    assert!(lint::meaning(&schema, &schema).is_empty());
    let ids: HashSet<&str> = lint::readers(&schema, &Reader::ALL)
        .iter()
        .map(|finding| finding.lint.id)
        .collect();
    assert_eq!(ids, HashSet::from(["reader-json-no-title"]));
}

#[test]
fn what_stands_in_a_reference_is_told_there() {
    let money = SchemaText::new(
        SchemaType::Avro,
        r#"{"type":"record","name":"com.acme.Money","fields":[{"name":"cents","type":"long"}]}"#,
    );
    let reference = SchemaReference {
        name: "com.acme.Money".into(),
        subject: "money".into(),
        version: None,
        schema: money,
    };
    let text = record(
        "com.acme.Paid",
        &[field("sum", r#""com.acme.Money""#), field("id", r#""long""#)],
    );
    let schema = SchemaText::new(SchemaType::Avro, text).with_references([reference]);
    let found = lint::readers(&SchemaDocument::parse(&schema).unwrap(), &[Reader::Node]);
    let places: Vec<String> = found.iter().map(|finding| finding.place.to_string()).collect();
    assert_eq!(places, ["/fields/1/type", "com.acme.Money /fields/0/type"]);
}

#[test]
fn a_named_reference_of_json_is_told_there() {
    let text = |money: &str| {
        let reference = SchemaReference {
            name: "money.json".into(),
            subject: "money".into(),
            version: None,
            schema: SchemaText::new(SchemaType::Json, money),
        };
        let text = r##"{"title":"com.acme.Paid","type":"object","properties":{
            "sum":{"$ref":"money.json#/definitions/sum"},"at":{"type":"string","format":"date"}}}"##;
        let schema = SchemaText::new(SchemaType::Json, text).with_references([reference]);
        SchemaDocument::parse(&schema).unwrap()
    };
    let older = text(r#"{"definitions":{"sum":{"type":"string","format":"decimal","javaType":"Sum"}}}"#);
    let newer = text(
        r##"{"$schema":"https://json-schema.org/draft/2020-12/schema","$defs":{"sum":{"$ref":"#/$defs/one"},
            "one":{"type":"string","format":"money"}}}"##,
    );
    let places = |found: Vec<LintFinding>| -> Vec<String> {
        let places = found
            .iter()
            .map(|finding| format!("{} {}", finding.lint.id, finding.place));
        places.collect()
    };
    assert_eq!(
        places(lint::readers(&older, &[Reader::Node])),
        [
            "reader-json-format /properties/at/format",
            "reader-json-unknown-keyword money.json /definitions/sum",
            "reader-json-format money.json /definitions/sum/format"
        ]
    );
    let found = lint::meaning(&older, &newer);
    let older_place = found[0].older.as_ref().map(Place::to_string);
    assert_eq!(older_place.as_deref(), Some("money.json /definitions/sum"));
    assert_eq!(places(found), ["unchecked-json-format money.json /$defs/one"]);
}

#[test]
fn two_languages_give_nothing() {
    let avro = document(SchemaType::Avro, r#""string""#);
    let json = document(SchemaType::Json, r#"{"type":"string"}"#);
    assert!(lint::meaning(&avro, &json).is_empty());
    assert!(lint::level(&avro, Level::Full).is_empty());
}
