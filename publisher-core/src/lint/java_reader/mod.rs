//! What Apache Avro's Java does with a pair: it renames the older schema by the newer's aliases, chooses branches, encodes
//! defaults, and fails where a comparison of the schemas sees nothing.
//!
//! Knows no lint and not whether a registry approves; where it refuses too, these failures are not worth a word.

mod default;
mod rebuild;
mod rename;
mod resolve;
mod size;
mod verdict;

use super::finding::Position;
use crate::schema::avsc::AvroSchema;

/// Why Java fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Cause {
    /// A default of the older schema, which it checks when it applies aliases.
    OldDefault,
    /// A default of a record that is not complete, when it applies aliases.
    OpenRecord,
    /// A default in a record that it only tries.
    TriedDefault,
    /// A default that it takes for a value of an earlier branch.
    LaterBranch,
    /// An alias of a type that is another type's name.
    TypeAlias,
    /// An alias of a field that is another field's name.
    FieldAlias,
    /// A type that moved to another namespace within a union.
    Moved,
    /// A union with two types of one name.
    SharedName,
    /// Items that need more bytes in the newer schema.
    Items,
}

/// One failure, with the places in both schemas.
pub(super) struct Failure {
    pub(super) cause: Cause,
    pub(super) message: String,
    pub(super) older: Position,
    pub(super) newer: Position,
}

/// So many parts are looked at, as in the walk over pairs.
const MOST_STEPS: usize = 1_000_000;

/// Everything that fails, and whether all was looked at. One cause may hide others behind it.
pub(super) fn failures(older: &AvroSchema, newer: &AvroSchema) -> (Vec<Failure>, bool) {
    let renames = rename::Renames::of(older, newer);
    let (mut failures, rebuilt) = rebuild::failures(older, newer, &renames);
    let (others, resolved) = resolve::failures(older, newer, &renames);
    failures.extend(others);
    (failures, rebuilt && resolved)
}
