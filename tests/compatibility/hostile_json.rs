//! JSON Schemas that nobody wrote in good faith end in an error or in a verdict, with bounded work.

use publisher_core::compatibility::{Dialect, SchemaDocument, compare};
use publisher_core::registry::{SchemaText, SchemaType};

use crate::json_references::recursive;
use crate::mutation::mutated;
use crate::numbers::Numbers;

fn parse(text: &str) -> Result<SchemaDocument, String> {
    SchemaDocument::parse(&SchemaText::new(SchemaType::Json, text)).map_err(|error| {
        let error = error.to_string();
        assert!(error.len() < 2_000, "an error of {} bytes", error.len());
        error
    })
}

/// Compares in every dialect and both directions: how many findings there are, or the error.
fn compared(older: &SchemaDocument, newer: &SchemaDocument) -> Vec<Result<usize, String>> {
    let mut results = Vec::new();
    for dialect in Dialect::ALL {
        for (reader, writer) in [(newer, older), (older, newer)] {
            let result = compare(reader, writer, dialect);
            results.push(result.map(|findings| findings.len()).map_err(|error| error.to_string()));
        }
    }
    results
}

#[test]
fn nesting_ends_at_128_levels() {
    for (open, close) in [
        (r#"{"not":"#, "}"),
        ("[", "]"),
        (r#"{"properties":{"a":"#, "}}"),
        (r#"{"items":"#, "}"),
        (r#"{"oneOf":["#, "]}"),
        (r#"{"default":["#, "]}"),
    ] {
        for text in [
            format!("{}true{}", open.repeat(10_000), close.repeat(10_000)),
            open.repeat(10_000),
        ] {
            let error = parse(&text).unwrap_err();
            assert!(error.contains("nests more than 128 levels deep"), "{error}");
        }
    }
}

#[test]
fn five_megabytes_are_refused_and_four_are_read() {
    let properties = |count: usize| {
        let properties: Vec<String> = (0..count)
            .map(|index| format!(r#""property_{index:06}":{{"type":["null","string"]}}"#))
            .collect();
        format!(r#"{{"type":"object","properties":{{{}}}}}"#, properties.join(","))
    };
    let text = properties(120_000);
    assert!(text.len() > 5_000_000);
    let error = parse(&text).unwrap_err();
    assert!(
        error.contains("more than the 4194304 that a schema may have"),
        "{error}"
    );
    parse(&properties(80_000)).unwrap();
    let large = parse(&properties(10_000)).unwrap();
    assert!(compared(&large, &large).into_iter().all(|result| result == Ok(0)));
    let padded = |bytes: usize| format!(r#"{{"description":"{}"}}"#, "x".repeat(bytes));
    assert!(parse(&padded(5_000_000)).is_err());
    let large = parse(&padded(4_000_000)).unwrap();
    assert!(compared(&large, &large).into_iter().all(|result| result == Ok(0)));
}

#[test]
fn sixty_types_of_each_other_end() {
    let (narrow, wide) = (
        parse(&recursive(60, r#"{"type":"integer"}"#)).unwrap(),
        parse(&recursive(60, r#"{"type":"number"}"#)).unwrap(),
    );
    for result in compared(&narrow, &wide) {
        if let Err(error) = result {
            assert!(error.starts_with("the two schemas "), "{error}");
        }
    }
}

#[test]
fn long_enums_are_compared() {
    let values = |from: usize| {
        let values: Vec<String> = (from..from + 20_000).map(|index| format!("\"V{index}\"")).collect();
        parse(&format!(r#"{{"type":"string","enum":[{}]}}"#, values.join(","))).unwrap()
    };
    let (older, same, newer) = (values(0), values(0), values(1));
    assert!(compared(&older, &same).into_iter().all(|result| result == Ok(0)));
    assert!(
        compared(&older, &newer)
            .into_iter()
            .all(|result| result.is_ok_and(|found| found > 0))
    );
    let members: Vec<String> = (0..20_000).map(|index| format!(r#"{{"const":{index}}}"#)).collect();
    let members = parse(&format!(r#"{{"oneOf":[{}]}}"#, members.join(","))).unwrap();
    for result in compared(&members, &older) {
        if let Err(error) = result {
            assert!(error.starts_with("the two schemas have too many parts"), "{error}");
        }
    }
}

#[test]
fn many_patterns_and_many_names_are_too_many() {
    let patterns: Vec<String> = (0..10_000)
        .map(|index| format!(r#""^p{index}$":{{"type":"string"}}"#))
        .collect();
    let names: Vec<String> = (0..10_000)
        .map(|index| format!(r#""n{index}":{{"type":"string"}}"#))
        .collect();
    let (patterns, names) = (patterns.join(","), names.join(","));
    let object =
        |names: &str| format!(r#"{{"type":"object","properties":{{{names}}},"patternProperties":{{{patterns}}}}}"#);
    let (older, newer) = (parse(&object("")).unwrap(), parse(&object(&names)).unwrap());
    for (reader, writer) in [(&newer, &older), (&older, &newer)] {
        for dialect in [Dialect::Confluent, Dialect::ConfluentLenient] {
            let error = compare(reader, writer, dialect).unwrap_err().to_string();
            assert!(error.starts_with("the two schemas have too many parts"), "{error}");
        }
    }
    let _ = publisher_core::lint::meaning(&older, &newer);
}

const SAMPLE: &str = r##"{"$schema":"http://json-schema.org/draft-07/schema#","$id":"urn:a","title":"T","type":"object","properties":{"s":
{"type":["string","null"],"maxLength":5,"pattern":"^a+$"},"n":{"type":"number","minimum":-1.5e3,"multipleOf":0.1},"e":{"enum":["A",1,null]},
"l":{"type":"array","items":[{"$ref":"#/definitions/d"},true],"additionalItems":false,"uniqueItems":true},"o":{"oneOf":[{"$ref":"#"},
{"const":{"a":[1]}},{"not":{"type":"integer"}}]},"i":{"if":{"required":["a"]},"then":false}},"required":["s","n"],"patternProperties":
{"^x-":{"type":"boolean"}},"additionalProperties":{"allOf":[{"minProperties":1},{"maxProperties":3}]},"dependencies":{"s":["n"],"n":
{"minProperties":2}},"definitions":{"d":{"type":"object","properties":{"next":{"$ref":"#/definitions/d"}},"additionalProperties":false}}}"##;

const PIECES: [&str; 32] = [
    "\"",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "null",
    "true",
    "false",
    "-1",
    "1e400",
    "9007199254740993",
    "\"string\"",
    "\"object\"",
    "\"#\"",
    "\"#/definitions/d\"",
    "{\"$ref\":\"#\"}",
    "\"\"",
    "\"type\"",
    "\"properties\"",
    "\"items\"",
    "\"oneOf\"",
    "\"anyOf\"",
    "\"not\"",
    "\"$ref\"",
    "2020-12",
    "(",
    "\\u0000",
    "\\ud83d",
    "{}",
    "[]",
];

#[test]
fn a_text_cut_anywhere_is_refused() {
    parse(SAMPLE).unwrap();
    for end in 0..SAMPLE.len() {
        parse(&SAMPLE[..end]).unwrap_err();
    }
}

#[test]
fn mutated_schemas_neither_panic_nor_hang() {
    let sample = parse(SAMPLE).unwrap();
    let (mut accepted, mut incompatible, rounds) = (0, 0, 5_000);
    for seed in 0..rounds {
        let text = mutated(SAMPLE, &PIECES, &mut Numbers(seed));
        let judged = std::panic::catch_unwind(|| {
            let newer = parse(&text).ok()?;
            let _ = publisher_core::lint::meaning(&sample, &newer);
            Some(compared(&sample, &newer))
        });
        match judged {
            Ok(Some(results)) => {
                accepted += 1;
                incompatible += usize::from(
                    results
                        .iter()
                        .any(|result| result.as_ref().is_ok_and(|found| *found > 0)),
                );
            }
            Ok(None) => {}
            Err(_) => panic!("seed {seed}: {text}"),
        }
    }
    // Every way must have been walked.
    assert!(
        accepted > 100 && accepted < rounds as usize - 100 && incompatible > 50,
        "{accepted} accepted, {incompatible} incompatible of {rounds}"
    );
}
