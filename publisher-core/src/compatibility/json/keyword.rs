//! A rule that looks at the two values of one keyword.
//!
//! Knows how bounds loosen and tighten; which keyword belongs to which kind of schema is with the walks.

use serde_json::Value;

use crate::compatibility::rule::Rule;

/// A keyword and the rule that judges its two values.
pub(super) struct Keyword {
    pub(super) name: &'static str,
    pub(super) rule: &'static Rule,
    /// What is wrong with the writer's and the reader's value, if anything is.
    pub(super) check: fn(Option<&Value>, Option<&Value>) -> Option<String>,
}

/// An upper bound may rise or go.
pub(super) fn upper(writer: Option<&Value>, reader: Option<&Value>) -> Option<String> {
    bound(writer, reader, |was, is| is >= was)
}

/// A lower bound may fall or go.
pub(super) fn lower(writer: Option<&Value>, reader: Option<&Value>) -> Option<String> {
    bound(writer, reader, |was, is| is <= was)
}

fn bound(writer: Option<&Value>, reader: Option<&Value>, loosened: fn(f64, f64) -> bool) -> Option<String> {
    // A boolean bound of draft-04 is not looked at.
    let is = reader?.as_f64()?;
    match writer.and_then(Value::as_f64) {
        None => Some(format!("writer has none, reader has {}", reader?)),
        Some(was) if loosened(was, is) => None,
        Some(_) => Some(format!("writer has {}, reader has {}", writer?, reader?)),
    }
}

/// A text may go, and stay as it is.
pub(super) fn text(writer: Option<&Value>, reader: Option<&Value>) -> Option<String> {
    let is = reader?.as_str()?;
    match writer.and_then(Value::as_str) {
        None => Some(format!("writer has none, reader has `{is}`")),
        Some(was) if was == is => None,
        Some(was) => Some(format!("writer has `{was}`, reader has `{is}`")),
    }
}
