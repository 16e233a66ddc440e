//! Pairs that are small to read and would be large to compare: many findings that are told of many places, long messages,
//! patterns that unfold.

use publisher_core::compatibility::{Dialect, SchemaDocument, compare};
use publisher_core::registry::{SchemaText, SchemaType};

/// Each way of comparing the two ends, because they have too many parts.
fn too_many(schema_type: SchemaType, older: &str, newer: &str) {
    let parse = |text: &str| SchemaDocument::parse(&SchemaText::new(schema_type, text)).unwrap();
    let (older, newer) = (parse(older), parse(newer));
    for (reader, writer) in [(&newer, &older), (&older, &newer)] {
        let error = compare(reader, writer, Dialect::Confluent).unwrap_err().to_string();
        assert!(error.contains("too many parts"), "{error}");
    }
}

fn listed(count: usize, one: impl Fn(usize) -> String) -> String {
    (0..count).map(one).collect::<Vec<_>>().join(",")
}

#[test]
fn many_fields_of_one_type_with_many_findings() {
    let json = |name: &str| {
        let fields = listed(4_000, |index| format!(r#""p{index}":{{"type":"{name}"}}"#));
        let uses = listed(4_000, |index| format!(r##""q{index}":{{"$ref":"#/definitions/d"}}"##));
        format!(r#"{{"properties":{{{uses}}},"definitions":{{"d":{{"properties":{{{fields}}}}}}}}}"#)
    };
    too_many(SchemaType::Json, &json("string"), &json("integer"));
    let avro = |name: &str| {
        let fields = listed(4_000, |index| format!(r#"{{"name":"p{index}","type":"{name}"}}"#));
        let uses = listed(4_000, |index| format!(r#"{{"name":"q{index}","type":"D"}}"#));
        let first = format!(r#"{{"name":"d","type":{{"type":"record","name":"D","fields":[{fields}]}}}}"#);
        format!(r#"{{"type":"record","name":"R","fields":[{first},{uses}]}}"#)
    };
    too_many(SchemaType::Avro, &avro("string"), &avro("int"));
}

#[test]
fn many_long_enums() {
    let json = |name: &str| {
        let values = |of: usize| listed(1_250, |index| format!(r#""{name}{of}_{index}""#));
        let enums = listed(200, |index| format!(r#"{{"enum":[{}]}}"#, values(index)));
        format!(r#"{{"anyOf":[{enums}]}}"#)
    };
    too_many(SchemaType::Json, &json("A"), &json("B"));
    let avro = |name: &str| {
        let symbols = listed(1_000, |index| format!(r#""{name}{index}""#));
        let enums = listed(300, |index| {
            format!(r#"{{"type":"enum","namespace":"n{index}","name":"E","symbols":[{symbols}]}}"#)
        });
        format!("[{enums}]")
    };
    too_many(SchemaType::Avro, &avro("A"), &avro("B"));
}

#[test]
fn patterns_that_unfold() {
    let patterns = listed(100, |index| format!(r#""(((a{{100}}){{10}}){{9}})b{index}$":true"#));
    let names = listed(300, |index| format!(r#""p{index}":{{"type":"string"}}"#));
    let older = format!(r#"{{"type":"object","patternProperties":{{{patterns}}}}}"#);
    too_many(
        SchemaType::Json,
        &older,
        &format!(r#"{{"type":"object","properties":{{{names}}}}}"#),
    );
    let older = r#"{"type":"object","patternProperties":{"^(a|b|c)*d$":true}}"#;
    let name = "a".repeat(3_000_000);
    too_many(
        SchemaType::Json,
        older,
        &format!(r#"{{"type":"object","properties":{{"{name}":{{"type":"string"}}}}}}"#),
    );
}
