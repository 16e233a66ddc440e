//! Whose judgement is followed where registries part.
//!
//! Knows names only; where the dialects part is with the rules.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// The registry whose verdict is given. They agree on Avro and part on JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Dialect {
    /// Confluent's registry with its policy STRICT, which is its default. The default here too.
    #[default]
    Confluent,
    /// Confluent's registry with the policy LENIENT: an optional property may be added to an open model and removed from
    /// a closed one.
    ConfluentLenient,
    /// Apicurio Registry 3.
    Apicurio,
}

impl Dialect {
    /// All dialects, the default first.
    pub const ALL: [Self; 3] = [Self::Confluent, Self::ConfluentLenient, Self::Apicurio];

    /// `confluent`, `confluent-lenient` or `apicurio`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Confluent => "confluent",
            Self::ConfluentLenient => "confluent-lenient",
            Self::Apicurio => "apicurio",
        }
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Dialect {
    type Err = UnknownDialect;

    fn from_str(text: &str) -> Result<Self, UnknownDialect> {
        let found = Self::ALL.into_iter().find(|dialect| dialect.name() == text);
        found.ok_or_else(|| UnknownDialect { name: text.to_owned() })
    }
}

/// No dialect has this name. Not retriable.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{name}` is no dialect: confluent, confluent-lenient or apicurio")]
pub struct UnknownDialect {
    name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for dialect in Dialect::ALL {
            assert_eq!(dialect.name().parse(), Ok(dialect));
        }
        let error = "karapace".parse::<Dialect>().map_err(|error| error.to_string());
        assert_eq!(
            error,
            Err("`karapace` is no dialect: confluent, confluent-lenient or apicurio".to_owned())
        );
    }
}
