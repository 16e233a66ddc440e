//! Numbers that readers do not hold, alternatives that they do not have, names that they need.
//!
//! Knows no validator's keywords; those are with `json_keyword`.

use serde_json::Value;

use crate::lint::definition::{Check, Lint, LintCase, Severity};
use crate::lint::finding::Found;
use crate::lint::json_parts::JsonPart;
use crate::lint::reader::Reader;
use crate::registry::SchemaType;

/// The largest number up to which JavaScript has every whole one.
const SAFE: f64 = 9_007_199_254_740_991.0;

/// An integer that may be too large.
pub(in crate::lint) static INTEGER: Lint = Lint {
    id: "reader-json-integer",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Json),
    readers: &[Reader::Node],
    levels: &[],
    title: "an integer beyond 2^53 − 1 is read as another",
    explanation: "`JSON.parse` rounds it to a double and says nothing: 9007199254740993 becomes 9007199254740992. Bound the \
                  integer by `minimum` and `maximum` within ±(2^53 − 1), or publish a string, here with \
                  `#[event(as_string)]`.",
    source: "ECMA-262, JSON.parse; RFC 8259, 6",
    breaches: &[
        LintCase::one(
            "without bounds",
            r#"{"type":"object","properties":{"id":{"type":"integer"}}}"#,
        ),
        LintCase::one(
            "bounds of 64 bits",
            r#"{"type":"integer","minimum":-9223372036854775808,"maximum":9223372036854775807}"#,
        ),
        LintCase::one("one bound", r#"{"type":["integer","null"],"minimum":0}"#),
    ],
    near_misses: &[
        LintCase::one(
            "the bounds of JavaScript",
            r#"{"type":"integer","minimum":-9007199254740991,"maximum":9007199254740991}"#,
        ),
        LintCase::one(
            "exclusive bounds",
            r#"{"type":"integer","exclusiveMinimum":0,"exclusiveMaximum":100}"#,
        ),
        LintCase::one("a list of values", r#"{"type":"integer","enum":[1,2,3]}"#),
        LintCase::one("a number, which is a double everywhere", r#"{"type":"number"}"#),
    ],
    check: Check::JsonPart(integer),
};

fn integer(part: &JsonPart<'_>) -> Option<Found> {
    let members = part.node.members;
    if !part.node.has_type("integer") || members.contains_key("enum") || members.contains_key("const") {
        return None;
    }
    let bound = |names: [&str; 2]| names.into_iter().find_map(|name| members.get(name)?.as_f64());
    let least = bound(["minimum", "exclusiveMinimum"]).is_some_and(|least| least >= -SAFE);
    let most = bound(["maximum", "exclusiveMaximum"]).is_some_and(|most| most <= SAFE);
    (!least || !most).then(|| Found::new("the integer is not bounded within ±(2^53 − 1)"))
}

/// A decimal as a number.
pub(in crate::lint) static DECIMAL: Lint = Lint {
    id: "reader-json-decimal-number",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Json),
    readers: &[Reader::Python, Reader::Node, Reader::Java, Reader::Connect, Reader::Go],
    levels: &[],
    title: "a decimal as a number is read as a double",
    explanation: "A `multipleOf` with digits behind the point says that exact decimals are meant, but readers get a float64: \
                  0.1 + 0.2 is not 0.3, and `multipleOf` itself is checked with rounding errors. Publish a string, which is \
                  what this library does unless asked for numbers.",
    source: "RFC 8259, 6; Confluent JsonSchemaData",
    breaches: &[LintCase::one(
        "cents",
        r#"{"type":"object","properties":{"sum":{"type":"number","multipleOf":0.01}}}"#,
    )],
    near_misses: &[
        LintCase::one(
            "a measurement",
            r#"{"type":"object","properties":{"celsius":{"type":"number"}}}"#,
        ),
        LintCase::one(
            "whole steps",
            r#"{"type":"object","properties":{"n":{"type":"number","multipleOf":5}}}"#,
        ),
        LintCase::one(
            "a string",
            r#"{"type":"object","properties":{"sum":{"type":"string","pattern":"^[0-9]+\\.[0-9]{2}$"}}}"#,
        ),
    ],
    check: Check::JsonPart(|part| {
        let step = part.node.members.get("multipleOf")?.as_f64()?;
        let fraction = part.node.has_type("number") && step.fract() != 0.0;
        fraction.then(|| Found::new(format!("the number has steps of {step}")).at("multipleOf"))
    }),
};

/// Alternatives for Connect.
pub(in crate::lint) static UNION: Lint = Lint {
    id: "reader-json-union-as-struct",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Json),
    readers: &[Reader::Connect],
    levels: &[],
    title: "alternatives become a struct with a field for each",
    explanation: "Connect has no alternatives but `null` and one schema, which is an optional field. A sink sees a struct in which \
                  one field is set. Publish one object with a tag and an optional property for each case, or an event for \
                  each case.",
    source: "Confluent JsonSchemaData",
    breaches: &[
        LintCase::one(
            "two objects",
            r#"{"type":"object","properties":{"shape":{"oneOf":[{"type":"object","title":"A"},{"type":"object","title":"B"}]}}}"#,
        ),
        LintCase::one(
            "a text or a number, or null",
            r#"{"type":"object","properties":{"shape":{"anyOf":[{"type":"null"},{"type":"string"},{"type":"number"}]}}}"#,
        ),
        LintCase::one(
            "a list of types",
            r#"{"type":"object","properties":{"shape":{"type":["string","number"]}}}"#,
        ),
    ],
    near_misses: &[
        LintCase::one(
            "null and one",
            r#"{"type":"object","properties":{"shape":{"oneOf":[{"type":"null"},{"type":"string"}]}}}"#,
        ),
        LintCase::one(
            "one and null",
            r#"{"type":"object","properties":{"shape":{"oneOf":[{"type":"object","title":"A"},{"type":"null"}]}}}"#,
        ),
        LintCase::one(
            "all of two",
            r#"{"allOf":[{"type":"object"},{"type":"object","minProperties":1}]}"#,
        ),
    ],
    check: Check::JsonPart(|part| {
        let listed = match part.node.members.get("type") {
            Some(Value::Array(types)) => types.iter().filter(|name| *name != "null").count(),
            _ => 0,
        };
        let alternatives = part.node.alternatives().map_or(0, |(_, values)| values.len());
        let count = listed.max(alternatives);
        (count > 1).then(|| Found::new(format!("has {count} alternatives beside null")))
    }),
};

/// A schema that has no name.
pub(in crate::lint) static TITLE: Lint = Lint {
    id: "reader-json-no-title",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Json),
    readers: &[Reader::Python, Reader::Node, Reader::Java, Reader::Connect, Reader::Go],
    levels: &[],
    title: "the schema has no title, which is its record name",
    explanation: "Under the record name strategies the subject is made of the title, and clients fail without one. Under the \
                  topic name strategy nobody asks for it, but a sink has no name for the record. Write the full name of the \
                  event, such as `com.acme.OrderPlaced`.",
    source: "Confluent JSON Schema serializers, RecordNameStrategy",
    breaches: &[LintCase::one(
        "no title",
        r#"{"type":"object","properties":{"title":{"type":"string"}}}"#,
    )],
    near_misses: &[LintCase::one(
        "a title of the whole, none of its parts",
        r#"{"title":"com.acme.Placed","type":"object","properties":{"id":{"type":"string"}}}"#,
    )],
    check: Check::JsonPart(|part| {
        let missing = part.node.is_root() && part.node.text("title").is_none_or(str::is_empty);
        missing.then(|| Found::new("has no title"))
    }),
};
