//! The walk of a pair: which parts are compared, each once, and what is written down.
//!
//! The registry stops at a reference of the reader that is already being followed; so does this. What a combination, a
//! condition or a covering schema needs to know is only whether a pair is compatible, so there no place is written down.

use std::collections::{HashMap, HashSet};

use super::node::Node;
use super::part::{Criterion, Part};
use super::rules::TYPE_CHANGED;
use super::{array, combined, conditional, number, object, string};
use crate::compatibility::compare::CompareError;
use crate::compatibility::finding::{Finding, Place};
use crate::compatibility::rule::Rule;

/// How many pairs of parts are looked at.
const MAX_PAIRS: usize = 250_000;
/// After so many pairs a verdict is remembered also where it hangs on a reference that is still being followed.
const EXACT_PAIRS: usize = 20_000;

type Key = ((usize, Part), (usize, Part));

#[derive(Debug, Default)]
pub(super) struct Walk {
    findings: Vec<Finding>,
    /// What is written down, so that each place is told once.
    told: HashSet<(&'static str, Place, Place)>,
    /// Pairs whose findings are written down already.
    reported: HashSet<Key>,
    /// Whether a pair is compatible, where only that was asked.
    verdicts: HashMap<Key, bool>,
    /// The references that are being followed, by their places, each with how many were before it.
    followed: HashMap<(Option<usize>, String), usize>,
    /// The outermost reference at which the walk stopped since this was last reset.
    stopped_at: Option<usize>,
    /// Whether only a verdict is asked for, and whether it is no already.
    probing: bool,
    broken: bool,
    pairs: usize,
    depth: usize,
    deepest: usize,
}

impl Walk {
    /// A walk that goes as deep as this.
    pub(super) fn new(deepest: usize) -> Self {
        Self {
            deepest,
            ..Self::default()
        }
    }

    pub(super) fn findings(self) -> Vec<Finding> {
        self.findings
    }

    /// Writes a breach down.
    pub(super) fn add(&mut self, rule: &'static Rule, reader: Place, writer: Place, message: impl FnOnce() -> String) {
        if self.probing {
            self.broken = true;
            return;
        }
        if self.told.insert((rule.id, reader.clone(), writer.clone())) {
            self.findings.push(Finding {
                rule,
                reader,
                writer,
                message: message(),
            });
        }
    }

    /// Whether a reader of the one reads what the other's writer wrote; writes nothing down.
    pub(super) fn compatible(&mut self, reader: &Node<'_>, writer: &Node<'_>) -> Result<bool, CompareError> {
        let before = (self.probing, self.broken);
        (self.probing, self.broken) = (true, false);
        let visited = self.visit(reader, writer);
        let compatible = !self.broken;
        (self.probing, self.broken) = before;
        visited.map(|()| compatible)
    }

    /// Refuses so many pairs before any of them is looked at.
    pub(super) fn expect(&self, pairs: usize) -> Result<(), CompareError> {
        if pairs > MAX_PAIRS.saturating_sub(self.pairs) {
            return Err(CompareError::TooManyPairs { limit: MAX_PAIRS });
        }
        Ok(())
    }

    /// Compares a pair.
    pub(super) fn visit(&mut self, reader: &Node<'_>, writer: &Node<'_>) -> Result<(), CompareError> {
        if self.probing && self.broken {
            return Ok(());
        }
        let key = (reader.key(), writer.key());
        if !self.probing {
            if !self.reported.insert(key) {
                return Ok(());
            }
            return self.descend(reader, writer);
        }
        if let Some(compatible) = self.verdicts.get(&key) {
            self.broken = !compatible;
            return Ok(());
        }
        let outer = self.stopped_at.take();
        self.descend(reader, writer)?;
        let own = self.stopped_at.is_none_or(|index| index >= self.followed.len());
        if own || self.pairs > EXACT_PAIRS {
            self.verdicts.insert(key, !self.broken);
        }
        self.stopped_at = match (outer, self.stopped_at) {
            (Some(outer), Some(inner)) => Some(outer.min(inner)),
            (outer, inner) => outer.or(inner),
        };
        Ok(())
    }

    fn descend(&mut self, reader: &Node<'_>, writer: &Node<'_>) -> Result<(), CompareError> {
        self.pairs += 1;
        if self.pairs > MAX_PAIRS {
            return Err(CompareError::TooManyPairs { limit: MAX_PAIRS });
        }
        if self.depth >= self.deepest {
            return Err(CompareError::TooDeep { limit: self.deepest });
        }
        self.depth += 1;
        let compared = self.by_part(reader, writer.clone().followed());
        self.depth -= 1;
        compared
    }

    /// Compares what is left of references on the writer's side by what the reader has.
    fn by_part(&mut self, reader: &Node<'_>, writer: Node<'_>) -> Result<(), CompareError> {
        match reader.part {
            Part::Empty => return Ok(()),
            _ if writer.part == Part::False => return Ok(()),
            Part::Reference => return self.follow(reader, writer),
            _ => {}
        }
        let writer = match reader.part {
            Part::String | Part::Number { .. } | Part::Boolean => only_member(reader.part, writer),
            _ => writer,
        };
        match (reader.part, writer.part) {
            (Part::String, Part::String) => {
                string::compare(self, reader, &writer);
                Ok(())
            }
            (Part::Number { .. }, Part::Number { .. }) => {
                number::compare(self, reader, &writer);
                Ok(())
            }
            (Part::Boolean, Part::Boolean) | (Part::Null, Part::Null) => Ok(()),
            (Part::Enum | Part::Const, Part::Enum | Part::Const) => {
                combined::compare_values(self, reader, &writer);
                Ok(())
            }
            (Part::Object, Part::Object) => object::compare(self, reader, &writer),
            (Part::Array, Part::Array) => array::compare(self, reader, &writer),
            (Part::Not, Part::Not) => conditional::compare_not(self, reader, &writer),
            (Part::Conditional, Part::Conditional) => conditional::compare(self, reader, &writer),
            (ours, theirs) => match (ours.criterion(), theirs.criterion()) {
                (Some(ours), Some(theirs)) => combined::compare(self, (reader, ours), (&writer, theirs)),
                _ => {
                    self.add(&TYPE_CHANGED, reader.place(), writer.place(), || {
                        format!("reader has {}, writer has {}", reader.part.name(), writer.part.name())
                    });
                    Ok(())
                }
            },
        }
    }

    /// Follows the reader's reference, unless it is being followed.
    fn follow(&mut self, reader: &Node<'_>, writer: Node<'_>) -> Result<(), CompareError> {
        let location = reader.location();
        if let Some(&index) = self.followed.get(&location) {
            self.stopped_at = Some(self.stopped_at.map_or(index, |known| known.min(index)));
            return Ok(());
        }
        self.followed.insert(location.clone(), self.followed.len());
        // The registry follows the writer's reference once more when the reader's is followed.
        let compared = self.visit(&reader.target(), &writer.followed());
        self.followed.remove(&location);
        compared
    }
}

/// The one member of the same class of an `allOf`, such as the string of a string with an enumeration.
fn only_member(part: Part, writer: Node<'_>) -> Node<'_> {
    if writer.part.criterion() != Some(Criterion::All) {
        return writer;
    }
    let mut members = writer.members();
    members.retain(|member| member.part.same_class(part));
    members.dedup_by(|member, other| member.value == other.value && member.part == other.part);
    match members.pop() {
        Some(member) if members.is_empty() => member,
        _ => writer,
    }
}
