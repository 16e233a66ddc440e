//! A change against all earlier versions: who breaks with which, and the strongest level that the change still has.
//!
//! Knows pairs by `compare` and no schema language.

use super::compare::{CompareError, compare};
use super::dialect::Dialect;
use super::document::SchemaDocument;
use super::finding::Finding;
use super::level::{Direction, Level};

/// A version that stands already.
#[derive(Clone, Debug)]
pub struct EarlierVersion {
    /// What people call it: `version 3`, `origin/main`.
    pub name: String,
    /// Its schema.
    pub schema: SchemaDocument,
}

/// The earlier versions of a subject, the oldest first.
#[derive(Clone, Debug, Default)]
pub struct History {
    versions: Vec<EarlierVersion>,
}

impl History {
    /// These versions, the oldest first, without deleted ones.
    #[must_use]
    pub fn new(versions: Vec<EarlierVersion>) -> Self {
        Self { versions }
    }

    /// The versions, the oldest first.
    #[must_use]
    pub fn versions(&self) -> &[EarlierVersion] {
        &self.versions
    }

    /// What the level asks of the candidate, and nothing else: as a registry answers, but with every break and not only
    /// the first.
    ///
    /// # Errors
    /// See [`compare`].
    pub fn judge(&self, candidate: &SchemaDocument, level: Level, dialect: Dialect) -> Result<Verdict, CompareError> {
        let mut breaks = Vec::new();
        for &direction in level.directions() {
            breaks.extend(self.breaks(candidate, direction, level.is_transitive(), dialect)?);
        }
        Ok(Verdict {
            level,
            latest: self.versions.len().checked_sub(1),
            breaks,
        })
    }

    /// What every level asks of the candidate: each version in both directions.
    ///
    /// # Errors
    /// See [`compare`].
    pub fn judge_all(
        &self,
        candidate: &SchemaDocument,
        level: Level,
        dialect: Dialect,
    ) -> Result<Verdict, CompareError> {
        let mut breaks = self.breaks(candidate, Direction::Forward, true, dialect)?;
        breaks.extend(self.breaks(candidate, Direction::Backward, true, dialect)?);
        Ok(Verdict {
            level,
            latest: self.versions.len().checked_sub(1),
            breaks,
        })
    }

    /// The breaks in one direction, those with newer versions first.
    fn breaks(
        &self,
        candidate: &SchemaDocument,
        direction: Direction,
        every: bool,
        dialect: Dialect,
    ) -> Result<Vec<Break>, CompareError> {
        let mut breaks = Vec::new();
        let count = if every { self.versions.len() } else { 1 };
        for (index, version) in self.versions.iter().enumerate().rev().take(count) {
            let findings = match direction {
                Direction::Backward => compare(candidate, &version.schema, dialect)?,
                Direction::Forward => compare(&version.schema, candidate, dialect)?,
            };
            if !findings.is_empty() {
                breaks.push(Break {
                    version: index,
                    direction,
                    findings,
                });
            }
        }
        Ok(breaks)
    }
}

/// What a change breaks.
#[derive(Clone, Debug)]
pub struct Verdict {
    level: Level,
    /// Which version the plain levels look at; `None` if there is none.
    latest: Option<usize>,
    breaks: Vec<Break>,
}

/// One earlier version with which a change breaks in one direction.
#[derive(Clone, Debug)]
pub struct Break {
    /// Which of the earlier versions, counted from 0.
    pub version: usize,
    /// Who cannot read whom.
    pub direction: Direction,
    /// Why.
    pub findings: Vec<Finding>,
}

impl Verdict {
    /// The level that was asked for.
    #[must_use]
    pub fn level(&self) -> Level {
        self.level
    }

    /// Whether the change has the level that was asked for.
    #[must_use]
    pub fn is_compatible(&self) -> bool {
        self.holds(self.level)
    }

    /// The breaks that count at the level that was asked for: forward ones before backward ones, as a registry reports
    /// them, and of each the newest version first.
    pub fn breaks(&self) -> impl Iterator<Item = &Break> {
        self.breaks.iter().filter(|found| self.counts(found, self.level))
    }

    /// All breaks that were looked for: with [`History::judge_all`] those at other levels too.
    #[must_use]
    pub fn all_breaks(&self) -> &[Break] {
        &self.breaks
    }

    /// Whether nothing that was found counts at this level. Says something about levels other than the one asked for
    /// only after [`History::judge_all`].
    #[must_use]
    pub fn holds(&self, level: Level) -> bool {
        !self.breaks.iter().any(|found| self.counts(found, level))
    }

    /// The strongest levels that hold, none of which follows from another: `FULL_TRANSITIVE` alone, or
    /// `BACKWARD_TRANSITIVE` and `FULL`, or `NONE`. Use it after [`History::judge_all`].
    #[must_use]
    pub fn strongest(&self) -> Vec<Level> {
        let held: Vec<Level> = Level::ALL.into_iter().filter(|level| self.holds(*level)).collect();
        let follows = |level: Level| held.iter().any(|other| *other != level && implies(*other, level));
        held.iter().copied().filter(|level| !follows(*level)).collect()
    }

    fn counts(&self, found: &Break, level: Level) -> bool {
        level.directions().contains(&found.direction) && (level.is_transitive() || Some(found.version) == self.latest)
    }
}

/// Whether what has the one level has the other.
fn implies(level: Level, other: Level) -> bool {
    let directions = |level: Level| level.directions();
    directions(other)
        .iter()
        .all(|direction| directions(level).contains(direction))
        && (level.is_transitive() || !other.is_transitive())
}
