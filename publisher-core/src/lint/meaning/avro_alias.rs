//! Aliases that are the names of others, which Java's reader gives away.
//!
//! Knows no alias that is not looked at; that is with `avro_field`.

use crate::lint::definition::{Check, Lint, LintCase, Severity};
use crate::lint::java_reader::Cause;
use crate::registry::SchemaType;

/// An alias of a type that is another type.
pub(in crate::lint) static OF_TYPE: Lint = Lint {
    id: "undecodable-avro-alias-is-a-type",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Avro),
    readers: &[],
    levels: &[],
    title: "an alias of a type is the name of another type of the older schema",
    explanation: "Java's reader gives every older type that has the name the name of the type with the alias, also the one that was never \
                  meant and is still there. It does not match its own any more, or stands in a union twice, and every older event fails. \
                  Remove the alias, or name what is new otherwise.",
    source: "Java Avro 1.12.1, `Schema.applyAliases`",
    breaches: &[
        LintCase::pair(
            "a record has the alias of an enum in it",
            r#"{"type":"record","name":"com.acme.Kind","fields":[{"name":"lines","type":{"type":"enum","name":"com.acme.Hash","symbols":["A"]}}]}"#,
            r#"{"type":"record","name":"com.acme.Kind","aliases":["com.acme.Hash"],"fields":[{"name":"count","type":"int","default":1},{"name":"lines","type":{"type":"enum","name":"com.acme.Hash","symbols":["A"]}}]}"#,
        ),
        LintCase::pair(
            "two branches of a union become one",
            r#"[{"type":"record","name":"com.acme.A","fields":[]},{"type":"record","name":"com.acme.B","fields":[]}]"#,
            r#"[{"type":"record","name":"com.acme.A","fields":[]},{"type":"record","name":"com.acme.B","aliases":["A"],"fields":[{"name":"count","type":"int","default":1}]}]"#,
        ),
    ],
    near_misses: &[
        LintCase::pair(
            "the type was renamed",
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"lines","type":{"type":"enum","name":"com.acme.Hash","symbols":["A"]}}]}"#,
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"lines","type":{"type":"enum","name":"com.acme.Sum","aliases":["Hash"],"symbols":["A"]}}]}"#,
        ),
        LintCase::pair(
            "nothing else changes, so Java does not look at aliases",
            r#"{"type":"record","name":"com.acme.Kind","fields":[{"name":"lines","type":{"type":"enum","name":"com.acme.Hash","symbols":["A"]}}]}"#,
            r#"{"type":"record","name":"com.acme.Kind","aliases":["com.acme.Hash"],"fields":[{"name":"lines","type":{"type":"enum","name":"com.acme.Hash","symbols":["A"]}}]}"#,
        ),
        LintCase::pair(
            "an alias that nothing has",
            r#"{"type":"record","name":"com.acme.Kind","fields":[{"name":"lines","type":{"type":"enum","name":"com.acme.Hash","symbols":["A"]}}]}"#,
            r#"{"type":"record","name":"com.acme.Kind","aliases":["com.acme.Sort"],"fields":[{"name":"lines","type":{"type":"enum","name":"com.acme.Hash","symbols":["A"]}}]}"#,
        ),
        LintCase::pair(
            "one type for two that are gone",
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"a","type":{"type":"record","name":"X","fields":[]}},{"name":"b","type":{"type":"record","name":"Y","fields":[]}}]}"#,
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"a","type":{"type":"record","name":"Z","aliases":["X","Y"],"fields":[]}},{"name":"b","type":"Z"}]}"#,
        ),
    ],
    check: Check::Java(Cause::TypeAlias),
};

/// An alias of a field that is another field.
pub(in crate::lint) static OF_FIELD: Lint = Lint {
    id: "undecodable-avro-alias-is-a-field",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Avro),
    readers: &[],
    levels: &[],
    title: "an alias of a field is the name of another field that is still there",
    explanation: "Java's reader gives the older field the name of the field with the alias, and then lacks the one that it was, or has two of \
                  one name. Without defaults every older event fails. Remove the alias: the field is not renamed as long as its old name \
                  is in use.",
    source: "Java Avro 1.12.1, `Schema.applyAliases`",
    breaches: &[
        LintCase::pair(
            "a new field beside the old one",
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"note","type":"string"}]}"#,
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"note","type":"string"},{"name":"lines","type":["null","string"],"default":null,"aliases":["note"]}]}"#,
        ),
        LintCase::pair(
            "the names move on by one",
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"kind","type":"string"},{"name":"note","type":["null","string"]}]}"#,
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"lines","type":"string","aliases":["kind"]},{"name":"note","type":["null","string"],"default":null,"aliases":["lines"]}]}"#,
        ),
    ],
    near_misses: &[
        LintCase::pair(
            "the field was renamed",
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"note","type":"string"}]}"#,
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"lines","type":"string","aliases":["note"]}]}"#,
        ),
        LintCase::pair(
            "an alias that nothing has",
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"note","type":"string"}]}"#,
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"note","type":"string"},{"name":"lines","type":["null","string"],"default":null,"aliases":["line"]}]}"#,
        ),
        LintCase::pair(
            "another record's field",
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"note","type":"string"},{"name":"line","type":{"type":"record","name":"Line","fields":[]}}]}"#,
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"note","type":"string"},{"name":"line","type":{"type":"record","name":"Line","fields":[{"name":"text","type":"string","default":"","aliases":["note"]}]}}]}"#,
        ),
    ],
    check: Check::Java(Cause::FieldAlias),
};
