//! What JSON Schemas refer to: definitions, other texts, themselves and each other.

use publisher_core::compatibility::{Dialect, SchemaDocument, compare};
use publisher_core::registry::{SchemaReference, SchemaText, SchemaType};

use crate::json_table::{check, document, verdict};

#[test]
fn references_within_a_text() {
    check(
        r##"
        {"$ref":"#/definitions/a","definitions":{"a":{"type":"string"}}} | {"type":"string"} | ok
        {"type":"string"} | {"$ref":"#/$defs/a","definitions":{"a":{"type":"string"}}} | ok
        {"$ref":"#/definitions/a","definitions":{"a":{"type":"string"}}} | {"$ref":"#/definitions/a","definitions":{"a":{"type":"integer"}}} | type-changed
        {"type":"string"} | {"$ref":"#/definitions/a","maxLength":1,"definitions":{"a":{"type":"string"}}} | ok
        {"type":"string"} | {"type":"string","definitions":{"a":{"type":"integer"}}} | ok
        {"properties":{"n":{"$ref":"#"},"v":{"type":"integer"}}} | {"properties":{"n":{"$ref":"#"},"v":{"type":"number"}}} | ok
        {"properties":{"n":{"$ref":"#"},"v":{"type":"number"}}} | {"properties":{"n":{"$ref":"#"},"v":{"type":"integer"}}} | number-narrowed
        "##,
    );
    // Beside a `$ref` only newer drafts look at anything.
    let pair = |draft: &str| {
        let with = |max: u32| {
            format!(
                r##"{{"$schema":"{draft}","type":"object","properties":{{"a":{{"$ref":"#/$defs/a","maxLength":{max}}}}},"$defs":{{"a":{{"type":"string"}}}}}}"##
            )
        };
        verdict(&document(&with(9)), &document(&with(5)), Dialect::Confluent)
    };
    assert_eq!(pair("http://json-schema.org/draft-07/schema#"), "ok");
    assert_eq!(pair("https://json-schema.org/draft/2019-09/schema"), "max-length");
    assert_eq!(pair("https://json-schema.org/draft/2020-12/schema"), "max-length");
}

#[test]
fn references_to_other_texts() {
    let with = |of_address: &str| {
        let address = SchemaReference {
            name: "com.acme.Address.json".into(),
            subject: "address".into(),
            version: None,
            schema: SchemaText::new(SchemaType::Json, of_address),
        };
        let text = SchemaText::new(
            SchemaType::Json,
            r##"{"type":"object","properties":{"to":{"$ref":"com.acme.Address.json"},"zip":{"$ref":"com.acme.Address.json#/definitions/zip"}}}"##,
        );
        SchemaDocument::parse(&text.with_references([address])).unwrap()
    };
    let address = |zip: &str| {
        with(&format!(
            r#"{{"type":"object","properties":{{}},"definitions":{{"zip":{zip}}}}}"#
        ))
    };
    let (short, long, number) = (
        address(r#"{"type":"string","maxLength":5}"#),
        address(r#"{"type":"string","maxLength":9}"#),
        address(r#"{"type":"integer"}"#),
    );
    assert_eq!(verdict(&short, &long, Dialect::Confluent), "ok");
    assert_eq!(verdict(&long, &short, Dialect::Confluent), "max-length");
    assert_eq!(verdict(&long, &number, Dialect::Confluent), "type-changed");
    let found = compare(&short, &long, Dialect::Confluent).unwrap();
    assert_eq!(
        found[0].reader.to_string(),
        "com.acme.Address.json /definitions/zip/maxLength"
    );
    let inlined = document(
        r#"{"type":"object","properties":{"to":{"type":"object","properties":{}},"zip":{"type":"string","maxLength":9}}}"#,
    );
    assert_eq!(verdict(&long, &inlined, Dialect::Confluent), "ok");
    assert_eq!(verdict(&inlined, &long, Dialect::Confluent), "ok");
}

/// Types that each may be any of all of them.
pub(crate) fn recursive(types: usize, leaf: &str) -> String {
    let choices: Vec<String> = (0..types)
        .map(|index| format!(r##"{{"$ref":"#/definitions/t{index}"}}"##))
        .collect();
    let choices = choices.join(",");
    let definitions: Vec<String> = (0..types)
        .map(|index| {
            format!(
                r#""t{index}":{{"type":"object","properties":{{"kind":{{"const":"t{index}"}},"leaf":{leaf},"child":{{"oneOf":[{choices}]}}}},"required":["kind"],"additionalProperties":false}}"#
            )
        })
        .collect();
    format!(r#"{{"oneOf":[{choices}],"definitions":{{{}}}}}"#, definitions.join(","))
}

#[test]
fn twelve_types_of_each_other() {
    let (narrow, wide) = (
        document(&recursive(12, r#"{"type":"integer"}"#)),
        document(&recursive(12, r#"{"type":"number"}"#)),
    );
    for dialect in [Dialect::Confluent, Dialect::ConfluentLenient] {
        assert_eq!(verdict(&narrow, &narrow, dialect), "ok");
        assert_eq!(verdict(&narrow, &wide, dialect), "ok");
        assert_eq!(verdict(&wide, &narrow, dialect), "combined-members-changed");
    }
}

/// Definitions that each refer to the next, within a property and plainly.
#[test]
fn a_chain_of_ten_thousand_definitions() {
    let chain = |step: fn(usize) -> String, end: &str| {
        let mut definitions: Vec<String> = (0..10_000)
            .map(|index| format!(r#""d{index}":{}"#, step(index + 1)))
            .collect();
        definitions.push(format!(r#""d10000":{end}"#));
        format!(
            r##"{{"$ref":"#/definitions/d0","definitions":{{{}}}}}"##,
            definitions.join(",")
        )
    };
    let plain = chain(
        |next| format!(r##"{{"$ref":"#/definitions/d{next}"}}"##),
        r#"{"type":"string"}"#,
    );
    let error = SchemaDocument::parse(&SchemaText::new(SchemaType::Json, plain)).unwrap_err();
    assert!(
        error.to_string().contains("leads through more than 100 others"),
        "{error}"
    );
    let within = |end| {
        let step = |next| format!(r##"{{"type":"object","properties":{{"n":{{"$ref":"#/definitions/d{next}"}}}}}}"##);
        document(&chain(step, end))
    };
    let (narrow, wide) = (within(r#"{"type":"integer"}"#), within(r#"{"type":"number"}"#));
    let deep = "the two schemas hold types within types more than 10000 levels deep";
    assert_eq!(verdict(&narrow, &wide, Dialect::Confluent), deep);
    assert_eq!(verdict(&wide, &narrow, Dialect::Confluent), deep);
}
