//! Fields that take another value than the one that was written.
//!
//! Knows no types of fields but whether two look alike.

use crate::lint::avro_pairs::{AvroPair, Meeting, has_alias};
use crate::lint::definition::{Check, Lint, LintCase, Severity};
use crate::lint::finding::Found;
use crate::registry::SchemaType;

/// One field gone and one new that looks like it.
pub(in crate::lint) static RENAMED: Lint = Lint {
    id: "meaning-avro-field-renamed",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Avro),
    readers: &[],
    levels: &[],
    title: "a field seems to be renamed, and its values are lost",
    explanation: "One field is gone and one of the same type is new and has a default. If it is the same field under another \
                  name, readers with the newer schema get the default for every older event. Give the new field the old \
                  name as an alias, here with `#[event(alias = \"…\")]`. If it is another field, nothing is to be done.",
    source: "Apache Avro 1.12 specification, \"Aliases\"; Java's SchemaCompatibility sees one removed and one added",
    breaches: &[
        LintCase::pair(
            "a text",
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"id","type":"string"},{"name":"mail","type":"string"}]}"#,
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"id","type":"string"},{"name":"email","type":"string","default":""}]}"#,
        ),
        LintCase::pair(
            "a number that becomes optional, beside a text that is new",
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"qty","type":"int"}]}"#,
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"quantity","type":["null","int"],"default":null},{"name":"note","type":"string","default":""}]}"#,
        ),
    ],
    near_misses: &[
        LintCase::pair(
            "with an alias",
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"mail","type":"string"}]}"#,
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"email","aliases":["mail"],"type":"string","default":""}]}"#,
        ),
        LintCase::pair(
            "another type",
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"mail","type":"string"}]}"#,
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"count","type":"int","default":0}]}"#,
        ),
        LintCase::pair(
            "one is new",
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"mail","type":"string"}]}"#,
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"mail","type":"string"},{"name":"phone","type":"string","default":""}]}"#,
        ),
        LintCase::pair(
            "two that it could be",
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"mail","type":"string"}]}"#,
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"phone","type":"string","default":""},{"name":"email","type":"string","default":""}]}"#,
        ),
        LintCase::pair(
            "without default, which the registry refuses",
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"mail","type":"string"}]}"#,
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"email","type":"string"}]}"#,
        ),
    ],
    check: Check::AvroPair(|pair| match pair.parts {
        Meeting::NewField {
            newer,
            gone: Some(gone),
        } => {
            let default = newer.default.as_ref()?;
            Some(Found::new(format!(
                "`{}` looks like `{}`, which is gone; it is {default} in every older event",
                newer.name, gone.name
            )))
        }
        _ => None,
    }),
};

/// Another default.
pub(in crate::lint) static DEFAULT: Lint = Lint {
    id: "meaning-avro-default-changed",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Avro),
    readers: &[],
    levels: &[],
    title: "the default of a field changed",
    explanation: "Events from before the field have one value to readers of the older schema and another to those of the newer. \
                  Defaults are never compared by a registry. Keep it, unless no such event is retained.",
    source: "Apache Avro 1.12 specification, \"Schema Resolution\": records; Java's SchemaCompatibility does not compare defaults",
    breaches: &[LintCase::pair(
        "another number",
        r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"count","type":"int","default":0}]}"#,
        r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"count","type":"int","default":1}]}"#,
    )],
    near_misses: &[
        LintCase::pair(
            "the same default in another place of the object",
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"x","type":{"type":"map","values":"int"},"default":{"a":1,"b":2}}]}"#,
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"default":{"b":2,"a":1},"name":"x","type":{"type":"map","values":"int"}}]}"#,
        ),
        LintCase::pair(
            "a default where there was none",
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"count","type":"int"}]}"#,
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"count","type":"int","default":1}]}"#,
        ),
    ],
    check: Check::AvroPair(|pair| match pair.parts {
        Meeting::Fields { older, newer, .. } => {
            let (older, name, newer) = (older.default.as_ref()?, &newer.name, newer.default.as_ref()?);
            let message = || Found::new(format!("the default of `{name}` is {newer}, it was {older}"));
            (older != newer).then(message).map(|found| found.at("default"))
        }
        _ => None,
    }),
};

const MOVED_WITH_ALIAS: LintCase = LintCase::pair(
    "the record has an alias too",
    r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"mail","type":"string"}]}"#,
    r#"{"type":"record","name":"com.acme.sales.Placed","aliases":["com.acme.Placed"],"fields":[{"name":"email","aliases":["mail"],"type":"string"}]}"#,
);
const NOT_MOVED: LintCase = LintCase::pair(
    "the record stays",
    r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"mail","type":"string"}]}"#,
    r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"email","aliases":["mail"],"type":"string"}]}"#,
);

/// An alias that is not looked at.
pub(in crate::lint) static ALIAS: Lint = Lint {
    id: "undecodable-avro-field-alias",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Avro),
    readers: &[],
    levels: &[],
    title: "a field's alias does not count, because the record changed its namespace without one",
    explanation: "Java's reader knows aliases of fields by the full name of their record. The registry's comparison does not \
                  need it, so it approves, and every older event fails: \"missing required field\". Give the record its old full \
                  name as an alias, or leave it where it was.",
    source: "Java Avro 1.12.1, `Schema.applyAliases`",
    breaches: &[LintCase::pair(
        "the namespace is new",
        r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"mail","type":"string"}]}"#,
        r#"{"type":"record","name":"com.acme.sales.Placed","fields":[{"name":"email","aliases":["mail"],"type":"string"}]}"#,
    )],
    near_misses: &[
        MOVED_WITH_ALIAS,
        NOT_MOVED,
        LintCase::pair(
            "with a default, which has a lint of its own",
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"mail","type":"string"}]}"#,
            r#"{"type":"record","name":"com.acme.sales.Placed","fields":[{"name":"email","aliases":["mail"],"type":"string","default":""}]}"#,
        ),
    ],
    check: Check::AvroPair(|pair| lost_alias(pair, false)),
};

/// An alias that is not looked at, and nobody notices.
pub(in crate::lint) static ALIAS_LOST: Lint = Lint {
    id: "meaning-avro-field-alias-lost",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Avro),
    readers: &[],
    levels: &[],
    title: "a field's alias does not count, and its values become the default",
    explanation: "Java's reader knows aliases of fields by the full name of their record, which changed. Every older event \
                  silently gets the default for the field. Give the record its old full name as an alias, or leave it where \
                  it was.",
    source: "Java Avro 1.12.1, `Schema.applyAliases`",
    breaches: &[LintCase::pair(
        "the namespace is new",
        r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"mail","type":"string"}]}"#,
        r#"{"type":"record","name":"com.acme.sales.Placed","fields":[{"name":"email","aliases":["mail"],"type":"string","default":""}]}"#,
    )],
    near_misses: &[MOVED_WITH_ALIAS, NOT_MOVED],
    check: Check::AvroPair(|pair| lost_alias(pair, true)),
};

fn lost_alias(pair: &AvroPair<'_>, with_default: bool) -> Option<Found> {
    let Meeting::Fields { records, older, newer } = pair.parts else {
        return None;
    };
    let (from, to) = records;
    let lost = older.name != newer.name && from.name != to.name && !has_alias(from, to);
    (lost && newer.default.is_some() == with_default).then(|| {
        Found::new(format!(
            "`{}` has the alias `{}`, but {} has not the alias {}",
            newer.name, older.name, to.name, from.name
        ))
    })
}

/// A default that no reader can take.
pub(in crate::lint) static WRONG_DEFAULT: Lint = Lint {
    id: "undecodable-avro-default",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Avro),
    readers: &[],
    levels: &[],
    title: "a new field's default is no value of its type",
    explanation: "The comparison asks whether there is a default, not whether it fits. A registry that was told not to validate \
                  new schemas takes it, and every older event fails in readers with the newer schema. Correct the default.",
    source: "Apache Avro 1.12 specification, \"Complex Types\", table \"field default values\"; seen with Java Avro 1.12.1",
    breaches: &[
        LintCase::pair(
            "a text for a number",
            r#"{"type":"record","name":"com.acme.Placed","fields":[]}"#,
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"count","type":"int","default":"0"}]}"#,
        ),
        LintCase::pair(
            "a value of no branch",
            r#"{"type":"record","name":"com.acme.Placed","fields":[]}"#,
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"count","type":["null","int"],"default":"0"}]}"#,
        ),
    ],
    near_misses: &[
        LintCase::pair(
            "a value of the second branch, which Avro 1.12 takes",
            r#"{"type":"record","name":"com.acme.Placed","fields":[]}"#,
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"count","type":["null","int"],"default":0}]}"#,
        ),
        LintCase::pair(
            "a field that older events have",
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"count","type":"int"}]}"#,
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"count","type":"int","default":"0"}]}"#,
        ),
    ],
    check: Check::AvroPair(|pair| {
        let Meeting::NewField { newer, .. } = pair.parts else {
            return None;
        };
        let default = newer.default.as_ref()?;
        let encoded = pair
            .newer_schema
            .encode_default(&newer.field_type, default, &mut Vec::new());
        let error = encoded.err()?;
        let (name, reason) = (&newer.name, error.reason());
        Some(Found::new(format!("the default {default} of `{name}` {reason}")))
    }),
};
