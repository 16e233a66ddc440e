//! Properties that are lost, refused or filled in otherwise, though the registry approves.
//!
//! Knows no keyword that the registry passes over; those are with `json_unchecked`.

use serde_json::Value;

use crate::lint::definition::{Check, Lint, LintCase, Severity};
use crate::lint::finding::Found;
use crate::lint::json_pairs::JsonPair;
use crate::lint::reader::Reader;
use crate::registry::SchemaType;

const ADDED: LintCase = LintCase::pair(
    "an optional property in a closed object",
    r#"{"type":"object","properties":{"id":{"type":"string"}},"additionalProperties":false}"#,
    r#"{"type":"object","properties":{"id":{"type":"string"},"channel":{"type":"string"}},"additionalProperties":false}"#,
);

/// A required property, for which a default is taken as an excuse.
pub(in crate::lint) static REQUIRED: Lint = Lint {
    id: "undecodable-json-required-with-default",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Json),
    readers: &[],
    levels: &[],
    title: "a property became required, and its default does not fill it in",
    explanation: "The registry approves because the property has a `default`. Validators do not fill defaults in: Python's \
                  jsonschema and Ajv refuse every older event that lacks the property. Leave it optional.",
    source: "JSON Schema validation, \"default\": an annotation; jsonschema for Python; Ajv 8; Confluent Schema Registry, JSON \
             Schema compatibility",
    breaches: &[
        LintCase::pair(
            "a property that was optional",
            r#"{"type":"object","properties":{"channel":{"type":"string","default":"web"}}}"#,
            r#"{"type":"object","properties":{"channel":{"type":"string","default":"web"}},"required":["channel"]}"#,
        ),
        LintCase::pair(
            "a property that is new in a closed object",
            r#"{"type":"object","properties":{"id":{"type":"string"}},"additionalProperties":false}"#,
            r#"{"type":"object","properties":{"id":{"type":"string"},"channel":{"type":"string","default":"web"}},"required":["channel"],"additionalProperties":false}"#,
        ),
    ],
    near_misses: &[
        ADDED,
        LintCase::pair(
            "one that was required before",
            r#"{"type":"object","properties":{"channel":{"type":"string"}},"required":["channel"]}"#,
            r#"{"type":"object","properties":{"channel":{"type":"string","default":"web"}},"required":["channel"]}"#,
        ),
        LintCase::pair(
            "without default, which the registry refuses",
            r#"{"type":"object","properties":{"channel":{"type":"string"}}}"#,
            r#"{"type":"object","properties":{"channel":{"type":"string"}},"required":["channel"]}"#,
        ),
    ],
    check: Check::JsonPair(|pair| {
        let older = pair.older.required();
        let properties = pair.newer.named("properties")?;
        let new = pair.newer.required().into_iter().filter(|name| !older.contains(name));
        let filled = |name: &str| {
            properties
                .get(name)
                .is_some_and(|schema| schema.get("default").is_some())
        };
        let new: Vec<&str> = new.filter(|name| filled(name)).collect();
        (!new.is_empty()).then(|| Found::new(format!("`{}` became required", new.join("`, `"))))
    }),
};

/// A property that old beans do not know.
pub(in crate::lint) static UNKNOWN_TO_BEANS: Lint = Lint {
    id: "undecodable-json-added-property",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Json),
    readers: &[Reader::Java],
    levels: &[],
    title: "a new property breaks readers that have an older class",
    explanation: "Confluent's Java deserializer has `json.fail.unknown.properties=true` by default, so Jackson fails at the first \
                  event with the property, also where the schema allows it. Under BACKWARD the registry does not ask old \
                  readers. Have the readers set it to false, or deploy them first.",
    source: "Confluent KafkaJsonSchemaDeserializerConfig",
    breaches: &[
        ADDED,
        LintCase::pair(
            "within an array",
            r#"{"type":"array","items":{"type":"object","properties":{},"additionalProperties":false}}"#,
            r#"{"type":"array","items":{"type":"object","properties":{"n":{"type":"integer"}},"additionalProperties":false}}"#,
        ),
    ],
    near_misses: &[
        LintCase::pair(
            "a property that is gone",
            r#"{"type":"object","properties":{"id":{"type":"string"},"channel":{"type":"string"}}}"#,
            r#"{"type":"object","properties":{"id":{"type":"string"}}}"#,
        ),
        LintCase::pair(
            "an object that declared none",
            r#"{"type":"object","additionalProperties":{"type":"string"}}"#,
            r#"{"type":"object","properties":{"id":{"type":"string"}},"additionalProperties":{"type":"string"}}"#,
        ),
    ],
    check: Check::JsonPair(|pair| {
        let (older, newer) = (pair.older.named("properties")?, pair.newer.named("properties")?);
        let new: Vec<&str> = newer
            .keys()
            .filter(|name| !older.contains_key(*name))
            .map(String::as_str)
            .collect();
        (!new.is_empty()).then(|| Found::new(format!("`{}` is new", new.join("`, `"))).at("properties"))
    }),
};

/// One property gone and one new that looks like it.
pub(in crate::lint) static RENAMED: Lint = Lint {
    id: "meaning-json-property-renamed",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Json),
    readers: &[],
    levels: &[],
    title: "a property seems to be renamed, and its values are lost",
    explanation: "One property is gone and one with the same schema is new and optional. JSON Schema has no aliases: readers of \
                  the newer schema find nothing under the new name in older events. Keep the old name beside the new one until \
                  the older events have expired. If it is another property, nothing is to be done.",
    source: "Confluent Schema Registry, JSON Schema compatibility: one removed and one added",
    breaches: &[LintCase::pair(
        "a text, where other texts are allowed",
        r#"{"type":"object","properties":{"mail":{"type":"string"}},"additionalProperties":{"type":"string"}}"#,
        r#"{"type":"object","properties":{"email":{"type":"string"}},"additionalProperties":{"type":"string"}}"#,
    )],
    near_misses: &[
        ADDED,
        LintCase::pair(
            "another schema",
            r#"{"type":"object","properties":{"mail":{"type":"string"}},"additionalProperties":{}}"#,
            r#"{"type":"object","properties":{"count":{"type":"integer"}},"additionalProperties":{}}"#,
        ),
        LintCase::pair(
            "two that it could be",
            r#"{"type":"object","properties":{"mail":{"type":"string"}},"additionalProperties":{"type":"string"}}"#,
            r#"{"type":"object","properties":{"email":{"type":"string"},"phone":{"type":"string"}},"additionalProperties":{"type":"string"}}"#,
        ),
    ],
    check: Check::JsonPair(renamed),
};

fn renamed(pair: &JsonPair<'_>) -> Option<Found> {
    let (older, newer) = (pair.older.named("properties")?, pair.newer.named("properties")?);
    let required = pair.newer.required();
    let gone = older.iter().filter(|(name, _)| !newer.contains_key(*name));
    let gone: Vec<(&String, &Value)> = gone.collect();
    let added = newer.iter().filter(|(name, _)| !older.contains_key(*name));
    let added: Vec<(&String, &Value)> = added.collect();
    // Only where nothing else could be meant; a few of each, so that the comparison of all with all is short.
    if gone.len() > 20 || added.len() > 20 {
        return None;
    }
    let alone = |list: &[(&String, &Value)], schema: &Value| list.iter().filter(|(_, one)| *one == schema).count() == 1;
    let (old, new) = gone.iter().find_map(|(old, schema)| {
        let (new, _) = added.iter().find(|(_, one)| one == schema)?;
        let sure = alone(&gone, schema) && alone(&added, schema) && !required.contains(new.as_str());
        sure.then_some((old, new))
    })?;
    Some(Found::new(format!("`{new}` looks like `{old}`, which is gone")).at("properties"))
}

/// Another default.
pub(in crate::lint) static DEFAULT: Lint = Lint {
    id: "meaning-json-default-changed",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Json),
    readers: &[],
    levels: &[],
    title: "the default of a property changed",
    explanation: "Readers that fill defaults in take one value for older events with the older schema and another with the newer. \
                  The registry records the change and approves it. Keep the default, unless no event without the property is \
                  retained.",
    source: "Confluent Schema Registry, JSON Schema compatibility: a changed default is compatible",
    breaches: &[LintCase::pair(
        "another text",
        r#"{"type":"object","properties":{"channel":{"type":"string","default":"web"}}}"#,
        r#"{"type":"object","properties":{"channel":{"type":"string","default":"shop"}}}"#,
    )],
    near_misses: &[LintCase::pair(
        "a default where there was none",
        r#"{"type":"object","properties":{"channel":{"type":"string"}}}"#,
        r#"{"type":"object","properties":{"channel":{"type":"string","default":"shop"}}}"#,
    )],
    check: Check::JsonPair(|pair| {
        let (older, newer) = (pair.older.members.get("default")?, pair.newer.members.get("default")?);
        let message = || Found::new(format!("the default is {newer}, it was {older}")).at("default");
        (older != newer).then(message)
    }),
};

/// Another name of the event.
pub(in crate::lint) static TITLE: Lint = Lint {
    id: "meaning-json-title-changed",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Json),
    readers: &[],
    levels: &[],
    title: "the title, which is the record name, changed",
    explanation: "Under the record name strategies the subject is another, without history, so nothing is compared at all; sinks \
                  name their records by it. The registry approves. Keep the title, also when the code moves; here \
                  `#[event(name = \"…\")]` freezes it.",
    source: "Confluent Schema Registry, JSON Schema compatibility: a changed title is compatible; RecordNameStrategy",
    breaches: &[LintCase::pair(
        "another title",
        r#"{"title":"com.acme.Placed","type":"object"}"#,
        r#"{"title":"com.acme.Ordered","type":"object"}"#,
    )],
    near_misses: &[LintCase::pair(
        "the title of a property",
        r#"{"title":"com.acme.Placed","type":"object","properties":{"id":{"title":"Id","type":"string"}}}"#,
        r#"{"title":"com.acme.Placed","type":"object","properties":{"id":{"title":"Number","type":"string"}}}"#,
    )],
    check: Check::JsonPair(|pair| {
        let (older, newer) = (pair.older.text("title")?, pair.newer.text("title")?);
        let changed = pair.roots && older != newer;
        changed.then(|| Found::new(format!("the title is {newer}, it was {older}")).at("title"))
    }),
};
