//! Keywords that Confluent's comparison passes over.
//!
//! Knows only whether they differ, not which values that concerns.

use serde_json::Value;

use crate::lint::definition::{Check, Lint, LintCase, Severity};
use crate::lint::finding::Found;
use crate::lint::json_pairs::JsonPair;
use crate::registry::SchemaType;

const SOURCE: &str =
    "Confluent Schema Registry, JSON Schema compatibility: the keyword is not compared; Apicurio compares most";

const LOOSENED: LintCase = LintCase::pair(
    "a keyword that the registry compares",
    r#"{"type":"object","properties":{"at":{"type":"string","maxLength":10}},"additionalProperties":false}"#,
    r#"{"type":"object","properties":{"at":{"type":"string","maxLength":20}},"additionalProperties":false}"#,
);

/// A lint of one keyword.
macro_rules! unchecked {
    ($(#[$doc:meta])* $name:ident, $keyword:literal, $id:literal, $explanation:literal, $older:literal, $newer:literal) => {
        $(#[$doc])*
        pub(in crate::lint) static $name: Lint = Lint {
            id: $id,
            severity: Severity::Warning,
            schema_type: Some(SchemaType::Json),
            readers: &[],
            levels: &[],
            title: concat!("`", $keyword, "` changed, which the registry will not notice"),
            explanation: $explanation,
            source: SOURCE,
            breaches: &[LintCase::pair("another value", $older, $newer)],
            near_misses: &[LOOSENED, LintCase::pair("no change", $newer, $newer)],
            check: Check::JsonPair(|pair| differs(pair, &[$keyword])),
        };
    };
}

unchecked!(
    /// Another format.
    FORMAT,
    "format",
    "unchecked-json-format",
    "A reader that checks formats refuses older events, or those from now on. Publish the new form as a property of its own, or \
     make sure that no retained event has the old one.",
    r#"{"type":"object","properties":{"at":{"type":"string","format":"date"}}}"#,
    r#"{"type":"object","properties":{"at":{"type":"string","format":"date-time"}}}"#
);
unchecked!(
    /// Another encoding of bytes.
    ENCODING,
    "contentEncoding",
    "unchecked-json-content-encoding",
    "Readers decode older events in the new way: base64 read as base16 fails or gives other bytes. Publish the new encoding as a \
     property of its own.",
    r#"{"type":"object","properties":{"hash":{"type":"string","contentEncoding":"base16"}}}"#,
    r#"{"type":"object","properties":{"hash":{"type":"string","contentEncoding":"base64"}}}"#
);
unchecked!(
    /// Another kind of content.
    MEDIA_TYPE,
    "contentMediaType",
    "unchecked-json-content-media-type",
    "Readers take the content of older events for the new kind. Publish the new content as a property of its own.",
    r#"{"type":"object","properties":{"body":{"type":"string","contentMediaType":"text/html"}}}"#,
    r#"{"type":"object","properties":{"body":{"type":"string","contentMediaType":"application/json"}}}"#
);
unchecked!(
    /// Other names of properties.
    PROPERTY_NAMES,
    "propertyNames",
    "unchecked-json-property-names",
    "Where names are now narrower, validators refuse older events that have others. Make sure that no retained event has one.",
    r#"{"type":"object","propertyNames":{"maxLength":20}}"#,
    r#"{"type":"object","propertyNames":{"maxLength":10}}"#
);
unchecked!(
    /// Other schemas for names of a pattern.
    PATTERN_PROPERTIES,
    "patternProperties",
    "unchecked-json-pattern-properties",
    "Where the schema behind a pattern is now narrower or of another type, validators refuse older events. Make sure that no \
     retained event breaks it, or choose another pattern.",
    r#"{"type":"object","patternProperties":{"^x_":{"type":"string"}}}"#,
    r#"{"type":"object","patternProperties":{"^x_":{"type":"integer"}}}"#
);
unchecked!(
    /// Another schema of an item that must be there.
    CONTAINS,
    "contains",
    "unchecked-json-contains",
    "The registry compares the counts (`minContains`, `maxContains`), not what is counted. Validators refuse older events without \
     such an item. Make sure that every retained event has one.",
    r#"{"type":"array","contains":{"type":"string"}}"#,
    r#"{"type":"array","contains":{"type":"integer"}}"#
);

/// Another condition.
pub(in crate::lint) static CONDITION: Lint = Lint {
    id: "unchecked-json-condition",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Json),
    readers: &[],
    levels: &[],
    title: "`if`, `then` or `else` changed, which the registry will not notice",
    explanation: "A rule that is new or narrower makes validators refuse older events. Make sure that every retained event keeps \
                  the rule, or check it in the code instead.",
    source: SOURCE,
    breaches: &[LintCase::pair(
        "a narrower consequence",
        r#"{"type":"object","if":{"required":["a"]},"then":{"required":["b"]}}"#,
        r#"{"type":"object","if":{"required":["a"]},"then":{"required":["b","c"]}}"#,
    )],
    near_misses: &[
        LOOSENED,
        LintCase::pair(
            "another order of the text",
            r#"{"type":"object","if":{"required":["a"]},"then":{"required":["b"]}}"#,
            r#"{"then":{"required":["b"]},"if":{"required":["a"]},"type":"object"}"#,
        ),
    ],
    check: Check::JsonPair(|pair| differs(pair, &["if", "then", "else"])),
};

/// Names that are required and not declared.
pub(in crate::lint) static REQUIRED: Lint = Lint {
    id: "unchecked-json-required-undeclared",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Json),
    readers: &[],
    levels: &[],
    title: "a property that is not declared became required, which the registry will not notice",
    explanation: "The registry looks at `required` for declared properties alone, validators at every name: they refuse each \
                  older event that lacks it. Declare the property, and the registry says so too; then give older events time \
                  to expire or leave it optional.",
    source: SOURCE,
    breaches: &[LintCase::pair(
        "a name without a property",
        r#"{"type":"object","properties":{"id":{"type":"string"}},"required":["id"]}"#,
        r#"{"type":"object","properties":{"id":{"type":"string"}},"required":["id","channel"]}"#,
    )],
    near_misses: &[
        LintCase::pair(
            "a declared one, which the registry refuses",
            r#"{"type":"object","properties":{"id":{"type":"string"}}}"#,
            r#"{"type":"object","properties":{"id":{"type":"string"}},"required":["id"]}"#,
        ),
        LintCase::pair(
            "one that is no longer required",
            r#"{"type":"object","properties":{},"required":["id","channel"]}"#,
            r#"{"type":"object","properties":{},"required":["channel"]}"#,
        ),
    ],
    check: Check::JsonPair(|pair| {
        // A property of anything that is new counts as not declared, and so does one that is gone.
        let declared = |name: &str| {
            let of = |side: &crate::lint::json_tree::Node<'_>| {
                side.named("properties").and_then(|list| list.get(name).cloned())
            };
            match (of(&pair.older), of(&pair.newer)) {
                (_, None) => false,
                (None, Some(schema)) => schema.as_object().is_some_and(|members| !members.is_empty()),
                (Some(_), Some(_)) => true,
            }
        };
        let older = pair.older.required();
        let new = pair.newer.required().into_iter().filter(|name| !older.contains(name));
        let new: Vec<&str> = new.filter(|name| !declared(name)).collect();
        (!new.is_empty()).then(|| Found::new(format!("`{}` is required and not declared", new.join("`, `"))))
    }),
};

/// Bounds of draft-04.
pub(in crate::lint) static EXCLUSIVE: Lint = Lint {
    id: "unchecked-json-boolean-bound",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Json),
    readers: &[],
    levels: &[],
    title: "a bound of draft-04 changed, which the registry will not notice",
    explanation: "In draft-04 `exclusiveMinimum` and `exclusiveMaximum` are true or false and say whether the bound itself is \
                  allowed. The registry compares numbers only, validators of draft-04 refuse older events with the bound. \
                  Write the numbers of a later draft.",
    source: SOURCE,
    breaches: &[LintCase::pair(
        "the bound itself is now forbidden",
        r#"{"$schema":"http://json-schema.org/draft-04/schema#","type":"object","properties":{"n":{"type":"number","minimum":0}}}"#,
        r#"{"$schema":"http://json-schema.org/draft-04/schema#","type":"object","properties":{"n":{"type":"number","minimum":0,"exclusiveMinimum":true}}}"#,
    )],
    near_misses: &[
        LintCase::pair(
            "false, which is the default",
            r#"{"$schema":"http://json-schema.org/draft-04/schema#","type":"number","minimum":0}"#,
            r#"{"$schema":"http://json-schema.org/draft-04/schema#","type":"number","minimum":0,"exclusiveMinimum":false}"#,
        ),
        LintCase::pair(
            "numbers, which the registry compares",
            r#"{"type":"number","exclusiveMinimum":1}"#,
            r#"{"type":"number","exclusiveMinimum":0}"#,
        ),
    ],
    check: Check::JsonPair(|pair| {
        let found = ["exclusiveMinimum", "exclusiveMaximum"].into_iter().find(|keyword| {
            let of = |members: &crate::lint::json_tree::Members| members.get(*keyword).cloned();
            let (older, newer) = (of(pair.older.members), of(pair.newer.members));
            let boolean = |value: &Option<Value>| value.as_ref().is_some_and(Value::is_boolean);
            let told = |value: &Option<Value>| value.as_ref().and_then(Value::as_bool).unwrap_or_default();
            (boolean(&older) || boolean(&newer)) && told(&older) != told(&newer)
        })?;
        Some(Found::new(format!("`{found}` changed")))
    }),
};

/// Whether one of the keywords has another value, or is new, or is gone.
fn differs(pair: &JsonPair<'_>, keywords: &[&str]) -> Option<Found> {
    let changes = keywords.iter().filter_map(|keyword| {
        let (older, newer) = (pair.older.members.get(*keyword), pair.newer.members.get(*keyword));
        match (older, newer) {
            (Some(older), Some(newer)) if older != newer => Some(match (older, newer) {
                (Value::String(older), Value::String(newer)) => format!("`{keyword}` is {newer}, it was {older}"),
                _ => format!("`{keyword}` changed"),
            }),
            (Some(_), None) => Some(format!("`{keyword}` is gone")),
            (None, Some(_)) => Some(format!("`{keyword}` is new")),
            _ => None,
        }
    });
    let changes: Vec<String> = changes.collect();
    (!changes.is_empty()).then(|| Found::new(changes.join(", ")))
}
