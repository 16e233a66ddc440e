//! Who reads events: the client libraries and engines that lints speak of.
//!
//! Knows names only; what hurts each of them is with the lints.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A kind of reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reader {
    /// confluent-kafka for Python, with fastavro and jsonschema.
    Python,
    /// `@confluentinc/schemaregistry` for Node.js, with avsc and Ajv.
    Node,
    /// Confluent's deserializers for Java, with Apache Avro and Jackson.
    Java,
    /// Kafka Connect with Confluent's converters, and ksqlDB, which goes through them.
    Connect,
    /// Flink SQL with the format `avro-confluent`.
    Flink,
    /// Go: franz-go with twmb/avro, hamba/avro, confluent-kafka-go.
    Go,
}

impl Reader {
    /// All readers.
    pub const ALL: [Self; 6] = [
        Self::Python,
        Self::Node,
        Self::Java,
        Self::Connect,
        Self::Flink,
        Self::Go,
    ];

    /// `python`, `node`, `java`, `connect`, `flink` or `go`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Python => "python",
            Self::Node => "node",
            Self::Java => "java",
            Self::Connect => "connect",
            Self::Flink => "flink",
            Self::Go => "go",
        }
    }
}

impl fmt::Display for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Reader {
    type Err = UnknownReader;

    fn from_str(text: &str) -> Result<Self, UnknownReader> {
        let found = Self::ALL.into_iter().find(|reader| reader.name() == text);
        found.ok_or_else(|| UnknownReader { name: text.to_owned() })
    }
}

/// No reader has this name. Not retriable.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{name}` is no reader: python, node, java, connect, flink or go")]
pub struct UnknownReader {
    name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for reader in Reader::ALL {
            assert_eq!(reader.name().parse(), Ok(reader));
        }
        let error = "cobol".parse::<Reader>().map_err(|error| error.to_string());
        assert_eq!(
            error,
            Err("`cobol` is no reader: python, node, java, connect, flink or go".to_owned())
        );
    }
}
