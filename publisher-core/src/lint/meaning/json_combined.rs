//! Combined and implied types, where the registry's comparison is not the set of values that a validator accepts.
//!
//! Knows only that they changed, not which values that concerns.

use serde_json::Value;

use crate::lint::definition::{Check, Lint, LintCase, Severity};
use crate::lint::finding::Found;
use crate::lint::json_pairs::JsonPair;
use crate::lint::json_tree::Members;
use crate::registry::SchemaType;

const SOURCE: &str = "Confluent Schema Registry, JSON Schema compatibility: members are matched in pairs; JSON Schema core, \
                      \"oneOf\" and \"anyOf\"";

/// A `oneOf` of which more than one member may now fit.
pub(in crate::lint) static ONE_OF: Lint = Lint {
    id: "unchecked-json-one-of",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Json),
    readers: &[],
    levels: &[],
    title: "the members of `oneOf` changed, and a value may fit more than one",
    explanation: "Exactly one member of a `oneOf` may fit. The registry looks for a member that takes what was written and does \
                  not ask whether another takes it too; validators refuse an older event that fits two. Use `anyOf`, or give \
                  each member a property with a `const` of its own.",
    source: SOURCE,
    breaches: &[
        LintCase::pair(
            "a member that takes integers too",
            r#"{"type":"object","properties":{"n":{"oneOf":[{"type":"integer"},{"type":"string"}]}}}"#,
            r#"{"type":"object","properties":{"n":{"oneOf":[{"type":"integer"},{"type":"string"},{"type":"number"}]}}}"#,
        ),
        LintCase::pair(
            "a schema that became a choice",
            r#"{"type":"object","properties":{"n":{"type":"integer"}}}"#,
            r#"{"type":"object","properties":{"n":{"oneOf":[{"type":"integer"},{"type":"number"}]}}}"#,
        ),
    ],
    near_misses: &[
        LintCase::pair(
            "of anyOf several may fit",
            r#"{"type":"object","properties":{"n":{"type":"integer"}}}"#,
            r#"{"type":"object","properties":{"n":{"anyOf":[{"type":"integer"},{"type":"number"}]}}}"#,
        ),
        LintCase::pair(
            "types that have no value in common",
            r#"{"type":"object","properties":{"n":{"type":"string"}}}"#,
            r#"{"type":"object","properties":{"n":{"oneOf":[{"type":"null"},{"type":"string"}]}}}"#,
        ),
    ],
    check: Check::JsonPair(|pair| {
        let changed = |older: &Members, newer: &Members| {
            let (was, is) = (list(older, "oneOf"), list(newer, "oneOf"));
            is.len() > 1 && was != is && !apart(is)
        };
        on_both(pair, changed).then(|| Found::new("the members of `oneOf` changed"))
    }),
};

/// An `anyOf` that has fewer members than what it was.
pub(in crate::lint) static ANY_OF: Lint = Lint {
    id: "unchecked-json-any-of",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Json),
    readers: &[],
    levels: &[],
    title: "`oneOf` became an `anyOf` with fewer members, which the registry will not notice",
    explanation: "Where the operator changes to `anyOf`, the registry only asks that the members that are left have a partner. \
                  Validators refuse older events of a member that is gone. Keep all members.",
    source: SOURCE,
    breaches: &[LintCase::pair(
        "a member is gone",
        r#"{"type":"object","properties":{"n":{"oneOf":[{"type":"integer"},{"type":"string"},{"type":"boolean"}]}}}"#,
        r#"{"type":"object","properties":{"n":{"anyOf":[{"type":"integer"},{"type":"string"}]}}}"#,
    )],
    near_misses: &[LintCase::pair(
        "all are there",
        r#"{"type":"object","properties":{"n":{"oneOf":[{"type":"integer"},{"type":"string"}]}}}"#,
        r#"{"type":"object","properties":{"n":{"anyOf":[{"type":"integer"},{"type":"string"}]}}}"#,
    )],
    check: Check::JsonPair(|pair| {
        let fewer = |older: &Members, newer: &Members| {
            let is = list(newer, "anyOf").len();
            is > 0 && is < list(older, "oneOf").len()
        };
        on_both(pair, fewer).then(|| Found::new("`anyOf` has fewer members than `oneOf` had"))
    }),
};

/// A type where keywords of one stood without it.
pub(in crate::lint) static TYPE: Lint = Lint {
    id: "unchecked-json-type-implied",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Json),
    readers: &[],
    levels: &[],
    title: "a `type` is new, which the registry took for granted",
    explanation: "The registry takes a schema with keywords of one type for one of that type. To a validator `maxLength` or \
                  `properties` alone say nothing of values of other types: it accepted them before and refuses them now. Make \
                  sure that no retained event has one.",
    source: "Confluent Schema Registry, JSON Schema compatibility: the kind follows from the keywords; JSON Schema validation, \
             section 6",
    breaches: &[LintCase::pair(
        "a text that had only a length",
        r#"{"type":"object","properties":{"s":{"maxLength":5}}}"#,
        r#"{"type":"object","properties":{"s":{"type":"string","maxLength":5}}}"#,
    )],
    near_misses: &[LintCase::pair(
        "the type was there",
        r#"{"type":"object","properties":{"s":{"type":"string","maxLength":5}}}"#,
        r#"{"type":"object","properties":{"s":{"type":"string","maxLength":6}}}"#,
    )],
    check: Check::JsonPair(|pair| {
        let has = |members: &Members| {
            ["type", "enum", "const", "$ref"]
                .iter()
                .any(|keyword| members.contains_key(*keyword))
        };
        let implied = !has(pair.older.members) && list(pair.older.members, "oneOf").is_empty();
        let implied = implied && list(pair.older.members, "anyOf").is_empty() && !pair.older.members.is_empty();
        if implied && pair.newer.members.contains_key("type") {
            return Some(Found::new("`type` is new"));
        }
        // What `not` excludes may only become less: there a type that is gone is the same mistake.
        let excluded = |members: &Members| Some(members.get("not")?.as_object()?.contains_key("type"));
        let (was, is) = (excluded(pair.older.members)?, excluded(pair.newer.members)?);
        (was && !is).then(|| Found::new("`type` is gone from what `not` excludes").at("not"))
    }),
};

/// A property that patterns do not cover.
pub(in crate::lint) static BESIDE_PATTERN: Lint = Lint {
    id: "unchecked-json-property-beside-pattern",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Json),
    readers: &[],
    levels: &[],
    title: "a property is new where the registry takes `patternProperties` for all that is allowed",
    explanation: "The registry takes an object with `patternProperties` for closed to every other name, unless \
                  `additionalProperties` has a schema. To validators it is open: an older event may have the name with any \
                  value, which is now refused. Write `\"additionalProperties\": false` in the older form first.",
    source: "Confluent Schema Registry, JSON Schema compatibility: partly open content models",
    breaches: &[LintCase::pair(
        "a name that no pattern finds",
        r#"{"type":"object","patternProperties":{"^x_":{"type":"string"}}}"#,
        r#"{"type":"object","properties":{"id":{"type":"string"}},"patternProperties":{"^x_":{"type":"string"}}}"#,
    )],
    near_misses: &[LintCase::pair(
        "an object that is closed",
        r#"{"type":"object","patternProperties":{"^x_":{"type":"string"}},"additionalProperties":false}"#,
        r#"{"type":"object","properties":{"id":{"type":"string"}},"patternProperties":{"^x_":{"type":"string"}},"additionalProperties":false}"#,
    )],
    check: Check::JsonPair(|pair| {
        pair.older.members.get("patternProperties")?;
        let further = pair.older.members.get("additionalProperties");
        if further.is_some_and(|value| value != &Value::Bool(true)) {
            return None;
        }
        let older = pair.older.named("properties");
        let declared = |name: &str| older.is_some_and(|list| list.contains_key(name));
        let name = pair.newer.named("properties")?.keys().find(|name| !declared(name))?;
        Some(Found::new(format!("`{name}` is new")))
    }),
};

/// Whether it is so for the schemas as they stand, or behind their references.
fn on_both(pair: &JsonPair<'_>, so: impl Fn(&Members, &Members) -> bool) -> bool {
    so(pair.written.0, pair.written.1) || so(pair.older.members, pair.newer.members)
}

fn list<'a>(members: &'a Members, keyword: &str) -> &'a [Value] {
    members
        .get(keyword)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// Whether the members are of one type each, and each of another.
fn apart(members: &[Value]) -> bool {
    let mut types: Vec<&str> = members
        .iter()
        .map(|member| match member.get("type").and_then(Value::as_str) {
            Some("integer") => "number",
            Some(name) => name,
            None => "",
        })
        .collect();
    types.sort_unstable();
    types.windows(2).all(|two| two[0] != two[1]) && !types.contains(&"")
}
