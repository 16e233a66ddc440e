//! The compatibility levels: which earlier versions count, and who must read whom.
//!
//! Knows no schema.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// What a new version of a schema owes to the earlier ones.
///
/// Implements: Confluent Schema Registry, "Schema Evolution and Compatibility".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Level {
    /// Nothing is checked.
    None,
    /// New readers read what the latest version wrote. The default of Confluent's registry.
    #[default]
    Backward,
    /// New readers read what any earlier version wrote.
    BackwardTransitive,
    /// Readers of the latest version read what is written from now on.
    Forward,
    /// Readers of every earlier version read what is written from now on.
    ForwardTransitive,
    /// [`Backward`](Self::Backward) and [`Forward`](Self::Forward).
    Full,
    /// [`BackwardTransitive`](Self::BackwardTransitive) and [`ForwardTransitive`](Self::ForwardTransitive).
    FullTransitive,
}

impl Level {
    /// All levels in the order in which the registry's documentation has them.
    pub const ALL: [Self; 7] = [
        Self::None,
        Self::Backward,
        Self::BackwardTransitive,
        Self::Forward,
        Self::ForwardTransitive,
        Self::Full,
        Self::FullTransitive,
    ];

    /// The name in the registry's API, such as `BACKWARD_TRANSITIVE`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "NONE",
            Self::Backward => "BACKWARD",
            Self::BackwardTransitive => "BACKWARD_TRANSITIVE",
            Self::Forward => "FORWARD",
            Self::ForwardTransitive => "FORWARD_TRANSITIVE",
            Self::Full => "FULL",
            Self::FullTransitive => "FULL_TRANSITIVE",
        }
    }

    /// Whether every earlier version counts, not only the latest.
    #[must_use]
    pub fn is_transitive(self) -> bool {
        matches!(
            self,
            Self::BackwardTransitive | Self::ForwardTransitive | Self::FullTransitive
        )
    }

    /// Who must read whom, in the order in which a registry reports it.
    #[must_use]
    pub fn directions(self) -> &'static [Direction] {
        match self {
            Self::None => &[],
            Self::Backward | Self::BackwardTransitive => &[Direction::Backward],
            Self::Forward | Self::ForwardTransitive => &[Direction::Forward],
            Self::Full | Self::FullTransitive => &[Direction::Forward, Direction::Backward],
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Level {
    type Err = UnknownLevel;

    /// Reads a name in either case, with `_` or `-` between its words.
    fn from_str(text: &str) -> Result<Self, UnknownLevel> {
        let name = text.to_ascii_uppercase().replace('-', "_");
        let found = Self::ALL.into_iter().find(|level| level.name() == name);
        found.ok_or_else(|| UnknownLevel { name: text.to_owned() })
    }
}

/// No level has this name. Not retriable.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "`{name}` is no compatibility level: NONE, BACKWARD, BACKWARD_TRANSITIVE, FORWARD, FORWARD_TRANSITIVE, FULL or FULL_TRANSITIVE"
)]
pub struct UnknownLevel {
    name: String,
}

/// Who reads what whom wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// A reader with the newer schema reads what was written with the older one.
    Backward,
    /// A reader with the older schema reads what is written with the newer one.
    Forward,
}

impl Direction {
    /// `backward` or `forward`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Backward => "backward",
            Self::Forward => "forward",
        }
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for level in Level::ALL {
            assert_eq!(level.name().parse(), Ok(level));
            assert_eq!(level.name().to_lowercase().replace('_', "-").parse(), Ok(level));
        }
        let error = "SIDEWAYS".parse::<Level>().map_err(|error| error.to_string());
        assert!(error.is_err_and(|text| text.starts_with("`SIDEWAYS` is no compatibility level: NONE, BACKWARD,")));
    }
}
