//! What a lint found, and the order of findings.
//!
//! Knows no schema language.

use std::fmt::{self, Display};
use std::sync::Arc;

use super::definition::Lint;
use super::reader::Reader;
use crate::compatibility::{Place, SchemaDocument};
use crate::schema::error::member;

/// One place at which a lint has something to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LintFinding {
    /// The lint.
    pub lint: &'static Lint,
    /// Those of the readers asked for whom it hurts; empty where it is a change of meaning, which hurts all.
    pub readers: Vec<Reader>,
    /// Where in the schema, of a pair in the newer one.
    pub place: Place,
    /// Where in the older schema of a pair.
    pub older: Option<Place>,
    /// What is there, in one clause.
    pub message: String,
}

impl fmt::Display for LintFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}: {}", self.lint.id, self.place, self.message)
    }
}

/// What a check says of the part that it was shown.
pub(super) struct Found {
    pub(super) message: String,
    /// The member of the part that is meant; the part itself where there is none.
    pub(super) member: Option<&'static str>,
}

impl Found {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            member: None,
        }
    }

    /// The same at a member of the part, which must exist there (in both schemas of a pair).
    pub(super) fn at(self, member: &'static str) -> Self {
        Self {
            member: Some(member),
            ..self
        }
    }
}

/// A place as the walks have it: which referenced text, and the pointer into it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Position {
    pub(super) reference: Option<usize>,
    pub(super) pointer: String,
}

impl Position {
    /// The whole of the schema's own text.
    pub(super) fn root() -> Self {
        Self {
            reference: None,
            pointer: String::new(),
        }
    }

    /// A member or an item of what is here.
    pub(super) fn within(&self, name: impl Display) -> Self {
        Self {
            reference: self.reference,
            pointer: member(&self.pointer, name),
        }
    }

    pub(super) fn place(&self, document: &SchemaDocument, member: Option<&str>) -> Place {
        let pointer = match member {
            Some(member) => format!("{}/{member}", self.pointer),
            None => self.pointer.clone(),
        };
        Place {
            reference: document.reference(self.reference),
            pointer,
        }
    }
}

/// In the order of the text, the schema's own before those it refers to; each once.
pub(super) fn sorted(mut findings: Vec<LintFinding>) -> Vec<LintFinding> {
    findings.sort_by_cached_key(|finding| {
        let older = finding.older.as_ref().map(order);
        (order(&finding.place), finding.lint.id, older, finding.message.clone())
    });
    findings.dedup();
    findings
}

/// The parts of a pointer, each with the number that it is.
type Steps = Vec<(Option<u64>, String)>;

/// What places are sorted by. Indices go by their number, so that `/fields/10` follows `/fields/9`.
fn order(place: &Place) -> (Option<Arc<str>>, Steps) {
    let parts = place.pointer.split('/').skip(1);
    let parts = parts.map(|part| (part.parse().ok(), part.to_owned())).collect();
    (place.reference.clone(), parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indices_go_by_their_number() {
        let of = |pointer: &str| order(&Place::own(pointer));
        assert!(of("/fields/9/type") < of("/fields/10"));
        assert!(of("") < of("/fields"));
        assert!(of("/a") < of("/b"));
    }
}
