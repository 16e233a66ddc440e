//! What no registry sees: schemas that some reader stumbles over, and approved changes that change values or cannot be read.
//!
//! [`readers`] looks at one schema and who reads it, [`level`] at one schema and the level of its subject, [`meaning`] at
//! a pair that a registry approves. Every lint has its explanation and its cases; [`lints`] lists them. Pure: does no I/O
//! and knows no Kafka, HTTP or runtime.

mod avro_pairs;
mod avro_parts;
mod avro_position;
mod definition;
mod finding;
mod java_reader;
mod json_pairs;
mod json_parts;
mod json_tree;
mod levels;
mod meaning;
mod reader;
mod readers;
mod run;

pub use definition::{Lint, LintCase, Severity};
pub use finding::LintFinding;
pub use reader::{Reader, UnknownReader};
pub use run::{level, meaning, readers};

/// All lints, in a fixed order.
pub fn lints() -> impl Iterator<Item = &'static Lint> {
    let lists = [readers::LINTS, levels::LINTS, meaning::LINTS];
    lists.into_iter().flatten().copied()
}

/// The lint of this name.
#[must_use]
pub fn lint(id: &str) -> Option<&'static Lint> {
    lints().find(|lint| lint.id == id)
}
