//! How the places of dead letters and choices among them are written on the command line: [`Place`], [`Only`].
//!
//! Reads and prints; knows no broker.

use std::fmt;
use std::str::FromStr;

/// Where a letter is: `partition:offset` in a topic, a number of a line in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// `None` in a file.
    pub(crate) partition: Option<i32>,
    /// The offset or the line.
    pub(crate) number: u64,
}

impl FromStr for Place {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const EXPECTED: &str = "expected PARTITION:OFFSET such as 0:12, or a line such as 12";
        let (partition, number) = match text.split_once(':') {
            Some((partition, number)) => (Some(partition.parse::<u16>().map_err(|_| EXPECTED)?), number),
            None => (None, text),
        };
        Ok(Self {
            partition: partition.map(i32::from),
            number: number.parse().map_err(|_| EXPECTED)?,
        })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.partition {
            Some(partition) => write!(f, "{partition}:{}", self.number),
            None => self.number.fmt(f),
        }
    }
}

/// A member of a letter that can be chosen by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Topic,
    Type,
    Code,
    EventId,
    Key,
}

const FIELDS: [(&str, Field); 5] = [
    ("topic", Field::Topic),
    ("type", Field::Type),
    ("code", Field::Code),
    ("event_id", Field::EventId),
    ("key", Field::Key),
];

/// A choice: letters with this value count, others do not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Only {
    pub(crate) field: Field,
    pub(crate) value: String,
}

impl FromStr for Only {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = text.split_once('=').and_then(|(name, value)| {
            let (_, field) = FIELDS.iter().find(|(known, _)| *known == name)?;
            Some(Self {
                field: *field,
                value: value.to_owned(),
            })
        });
        found.ok_or_else(|| {
            let names: Vec<_> = FIELDS.iter().map(|(name, _)| *name).collect();
            format!("expected FIELD=VALUE, where the field is one of {}", names.join(", "))
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail by a panic")]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_and_printed() {
        for text in ["0:12", "12", "65535:0", "0:18446744073709551615"] {
            assert_eq!(text.parse::<Place>().unwrap().to_string(), text);
        }
        for text in [
            "",
            ":",
            "0:",
            ":1",
            "-1:0",
            "0:-1",
            "1:2:3",
            "65536:0",
            "x",
            "0197d6f0-7b1c",
        ] {
            assert!(text.parse::<Place>().is_err(), "{text}");
        }
    }

    #[test]
    fn choices_are_read() {
        let only = |field, value: &str| {
            Ok(Only {
                field,
                value: value.to_owned(),
            })
        };
        assert_eq!("topic=orders".parse(), only(Field::Topic, "orders"));
        assert_eq!("key=a=b".parse(), only(Field::Key, "a=b"));
        let error = "colour=red".parse::<Only>().unwrap_err();
        assert_eq!(
            error,
            "expected FIELD=VALUE, where the field is one of topic, type, code, event_id, key"
        );
        assert!("topic".parse::<Only>().is_err());
    }
}
