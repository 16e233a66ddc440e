//! Open and closed objects, each of which can never get or lose a property under one of the levels.
//!
//! Knows Confluent's strict policy; under its policy LENIENT the lints do not hold.

use serde_json::Value;

use crate::compatibility::Level;
use crate::lint::definition::{Check, Lint, LintCase, Severity};
use crate::lint::finding::Found;
use crate::lint::json_tree::Node;
use crate::registry::SchemaType;

const SOURCE: &str = "Confluent Schema Registry, JSON Schema compatibility, policy STRICT";

const OPEN_MODEL: LintCase = LintCase::one(
    "nothing is said of other properties",
    r#"{"title":"com.acme.Placed","type":"object","properties":{"id":{"type":"string"}}}"#,
);
const OPEN_SAID: LintCase = LintCase::one(
    "other properties are allowed",
    r#"{"type":"object","properties":{"id":{"type":"string"}},"additionalProperties":true}"#,
);
const CLOSED_MODEL: LintCase = LintCase::one(
    "other properties are forbidden",
    r#"{"title":"com.acme.Placed","type":"object","properties":{"id":{"type":"string"}},"additionalProperties":false}"#,
);
const PARTLY_OPEN: LintCase = LintCase::one(
    "other properties have a schema",
    r#"{"type":"object","properties":{"id":{"type":"string"}},"additionalProperties":{"type":"string"}}"#,
);
const NO_PROPERTIES: LintCase = LintCase::one("an object without declared properties", r#"{"type":"object"}"#);

/// An open object, where properties are added.
pub(in crate::lint) static OPEN: Lint = Lint {
    id: "level-json-open-model",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Json),
    readers: &[],
    levels: &[Level::Backward, Level::BackwardTransitive],
    title: "an open object can never get an optional property under BACKWARD",
    explanation: "Where other properties are allowed, an older event may hold anything under the new name, so the registry \
                  refuses the addition. Close the object (`\"additionalProperties\": false`) before the first version, or give \
                  other properties a schema that covers the new ones, or set the policy LENIENT. Closing it later is \
                  refused too.",
    source: SOURCE,
    breaches: &[OPEN_MODEL, OPEN_SAID],
    near_misses: &[CLOSED_MODEL, PARTLY_OPEN, NO_PROPERTIES],
    check: Check::JsonPart(|part| (model(&part.node)? == Model::Open).then(|| Found::new("the object is open"))),
};

/// A closed object, where properties are removed.
pub(in crate::lint) static CLOSED: Lint = Lint {
    id: "level-json-closed-model",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Json),
    readers: &[],
    levels: &[Level::Forward, Level::ForwardTransitive],
    title: "a closed object can never get a property under FORWARD",
    explanation: "Readers of the older schema refuse every property that it does not declare, so the registry refuses the \
                  addition. Leave the object open before the first version, or give other properties a schema that covers \
                  the new ones, or set the policy LENIENT.",
    source: SOURCE,
    breaches: &[
        CLOSED_MODEL,
        LintCase::one(
            "closed by another keyword",
            r#"{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","properties":{"id":{}},"unevaluatedProperties":false}"#,
        ),
    ],
    near_misses: &[OPEN_MODEL, OPEN_SAID, PARTLY_OPEN],
    check: Check::JsonPart(|part| (model(&part.node)? == Model::Closed).then(|| Found::new("the object is closed"))),
};

/// Either, where both directions count.
pub(in crate::lint) static FULL: Lint = Lint {
    id: "level-json-full",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Json),
    readers: &[],
    levels: &[Level::Full, Level::FullTransitive],
    title: "an object can never get or lose a property under FULL",
    explanation: "An open object cannot get one for the sake of the older events, a closed one not for the sake of the older \
                  readers. Give other properties a schema that covers the new ones, set the policy LENIENT, choose another \
                  level, or publish Avro.",
    source: SOURCE,
    breaches: &[OPEN_MODEL, CLOSED_MODEL],
    near_misses: &[PARTLY_OPEN, NO_PROPERTIES],
    check: Check::JsonPart(|part| {
        let word = match model(&part.node)? {
            Model::Open => "open",
            Model::Closed => "closed",
            Model::PartlyOpen => return None,
        };
        Some(Found::new(format!("the object is {word}")))
    }),
};

#[derive(PartialEq, Eq)]
enum Model {
    Open,
    PartlyOpen,
    Closed,
}

/// The model of an object that declares properties.
fn model(node: &Node<'_>) -> Option<Model> {
    node.named("properties")?;
    if node
        .named("patternProperties")
        .is_some_and(|patterns| !patterns.is_empty())
    {
        return Some(Model::PartlyOpen);
    }
    let others = [
        node.members.get("additionalProperties"),
        node.members.get("unevaluatedProperties"),
    ];
    Some(
        match others.into_iter().flatten().find(|value| **value != Value::Bool(true)) {
            None => Model::Open,
            Some(Value::Bool(_)) => Model::Closed,
            Some(_) => Model::PartlyOpen,
        },
    )
}
