//! The lints of a pair that a registry approves, a module for each kind of change.
//!
//! Knows no reader and no level.

mod avro_alias;
mod avro_decimal;
mod avro_default;
mod avro_enum;
mod avro_field;
mod avro_form;
mod avro_items;
mod avro_logical;
mod avro_name;
mod json_combined;
mod json_property;
mod json_unchecked;

use super::definition::{Check, Lint, LintCase, Severity};

/// All of them.
pub(super) static LINTS: &[&Lint] = &[
    &avro_alias::OF_FIELD,
    &avro_alias::OF_TYPE,
    &avro_decimal::PRECISION,
    &avro_decimal::SCALE,
    &avro_default::LATER,
    &avro_default::OLD,
    &avro_default::OPEN,
    &avro_default::TRIED,
    &avro_enum::DEFAULT,
    &avro_enum::REMOVED,
    &avro_enum::REPLACED,
    &avro_field::ALIAS,
    &avro_field::ALIAS_LOST,
    &avro_field::DEFAULT,
    &avro_field::RENAMED,
    &avro_field::WRONG_DEFAULT,
    &avro_form::BYTES_TO_STRING,
    &avro_form::ROUNDED,
    &avro_form::STRING_TO_BYTES,
    &avro_items::GROWN,
    &avro_logical::ADDED,
    &avro_logical::CHANGED,
    &avro_logical::DROPPED,
    &avro_logical::UNIT,
    &avro_name::FULL_NAME,
    &avro_name::INTO_UNION,
    &avro_name::SHARED,
    &json_combined::ANY_OF,
    &json_combined::BESIDE_PATTERN,
    &json_combined::ONE_OF,
    &json_combined::TYPE,
    &json_property::DEFAULT,
    &json_property::RENAMED,
    &json_property::REQUIRED,
    &json_property::TITLE,
    &json_property::UNKNOWN_TO_BEANS,
    &json_unchecked::CONDITION,
    &json_unchecked::CONTAINS,
    &json_unchecked::ENCODING,
    &json_unchecked::EXCLUSIVE,
    &json_unchecked::FORMAT,
    &json_unchecked::MEDIA_TYPE,
    &json_unchecked::PATTERN_PROPERTIES,
    &json_unchecked::PROPERTY_NAMES,
    &json_unchecked::REQUIRED,
    &TOO_LARGE,
];

/// A schema or a pair that is not looked at to its end.
pub(super) static TOO_LARGE: Lint = Lint {
    id: "unchecked-too-large",
    severity: Severity::Warning,
    schema_type: None,
    readers: &[],
    levels: &[],
    title: "the schema is too large to be looked at to the end",
    explanation: "Types that hold each other can meet in more pairs than can be looked at in a bounded time, and so can names of \
                  a megabyte. What was found is true, but there may be more. Split the schema.",
    source: "a bound of this library: a million parts of an Avro pair, 16 MiB of pointers into JSON Schemas",
    breaches: &[],
    near_misses: &[LintCase::pair(
        "a small pair",
        r#"{"type":"record","name":"com.acme.Placed","fields":[]}"#,
        r#"{"type":"record","name":"com.acme.Placed","fields":[]}"#,
    )],
    check: Check::Walk,
};
