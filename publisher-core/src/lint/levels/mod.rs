//! The lints of one schema and the level of its subject: what nobody will be able to change.
//!
//! Knows no reader. Only the model of JSON objects depends on the level; Avro's rules are alike for all.

mod json_model;

use super::definition::Lint;

/// All of them.
pub(super) static LINTS: &[&Lint] = &[&json_model::CLOSED, &json_model::FULL, &json_model::OPEN];
