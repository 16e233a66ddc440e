//! The lints of a pair that a registry approves, a module for each kind of change.
//!
//! Knows no reader and no level.

use super::definition::{Check, Lint, LintCase, Severity};

/// All of them.
pub(super) static LINTS: &[&Lint] = &[&TOO_LARGE];

/// A pair that is not looked at to its end.
pub(super) static TOO_LARGE: Lint = Lint {
    id: "unchecked-too-large",
    severity: Severity::Warning,
    schema_type: None,
    readers: &[],
    levels: &[],
    title: "the two schemas are too large to be looked at to the end",
    explanation: "Types that hold each other can meet in more pairs than can be looked at in a bounded time. What was found is \
                  true, but there may be more. Split the schema.",
    source: "a bound of this library: a million parts",
    breaches: &[],
    near_misses: &[LintCase::pair(
        "a small pair",
        r#"{"type":"record","name":"com.acme.Placed","fields":[]}"#,
        r#"{"type":"record","name":"com.acme.Placed","fields":[]}"#,
    )],
    check: Check::Walk,
};
