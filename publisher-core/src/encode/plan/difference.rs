//! Why there is no plan: every difference with its path, both sides and what to do.
//!
//! Knows no bytes; `matching` makes these.

use std::fmt;

use thiserror::Error;

use crate::schema::avsc::SchemaError;

/// An event cannot be written with the schema that was given. Nothing has been written; not retriable.
#[derive(Clone, Debug, Error)]
#[non_exhaustive]
pub enum PlanError {
    /// The event type is written as JSON: only Avro is written with another schema.
    #[error(
        "{event_type} is written as JSON: only an Avro event can be written with another schema; encode it as Avro, or register its own schema"
    )]
    NotAvro {
        /// The full name of the event type.
        event_type: &'static str,
    },
    /// The schema that was given cannot be read.
    #[error("the schema to write with cannot be read")]
    Schema(#[source] SchemaError),
    /// Values of our schema have no place in the one that was given.
    #[error("cannot be written with the given schema: {0}")]
    Different(Differences),
}

/// All differences that stand against a plan; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differences {
    pub(super) list: Vec<Difference>,
}

impl Differences {
    /// The differences in the order of the given schema's fields.
    #[must_use]
    pub fn list(&self) -> &[Difference] {
        &self.list
    }
}

impl fmt::Display for Differences {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, difference) in self.list.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            difference.fmt(f)?;
        }
        Ok(())
    }
}

/// One difference that stands against a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    path: String,
    ours: Option<String>,
    theirs: Option<String>,
    hint: String,
}

impl Difference {
    pub(super) fn new(ours: Option<String>, theirs: Option<String>, hint: impl Into<String>) -> Self {
        Self {
            path: String::new(),
            ours,
            theirs,
            hint: hint.into(),
        }
    }

    /// Puts a part before the path: differences are found at the leaves and named from the root.
    pub(super) fn within(mut self, part: &str) -> Self {
        let point = if self.path.is_empty() || self.path.starts_with(['[', '{', '<']) {
            ""
        } else {
            "."
        };
        self.path = format!("{part}{point}{}", self.path);
        self
    }

    /// Where: field names, `[]` for the items of an array, `{}` for the values of a map, `<name>` for the branch of a
    /// union of several records, such as `lines[].price`. Empty for the event as a whole.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What our schema has there; `None` if it has nothing.
    #[must_use]
    pub fn ours(&self) -> Option<&str> {
        self.ours.as_deref()
    }

    /// What the given schema has there; `None` if it has nothing.
    #[must_use]
    pub fn theirs(&self) -> Option<&str> {
        self.theirs.as_deref()
    }

    /// Why this does not fit and what to do.
    #[must_use]
    pub fn hint(&self) -> &str {
        &self.hint
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "nothing".to_owned());
        let path = if self.path.is_empty() { "the event" } else { &self.path };
        write!(
            f,
            "{path}: ours is {}, theirs {}: {}",
            side(&self.ours),
            side(&self.theirs),
            self.hint
        )
    }
}
