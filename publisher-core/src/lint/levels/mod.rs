//! The lints of one schema and the level of its subject.
//!
//! Knows no reader.

use super::definition::Lint;

/// All of them.
pub(super) static LINTS: &[&Lint] = &[];
