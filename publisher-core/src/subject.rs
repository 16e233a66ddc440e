//! How a schema's subject is named.
//!
//! Pure: names in, name out.

/// Which name a schema is registered under.
///
/// The schema of an Avro key stands under `<topic>-key`, whatever the strategy is.
///
/// Implements: Confluent's `TopicNameStrategy`, `RecordNameStrategy` and `TopicRecordNameStrategy`, for values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SubjectNameStrategy {
    /// `<topic>-value`: one type a topic. Two types on one topic are refused, as the second would count as a new version
    /// of the first.
    Topic,
    /// `<full name>`: one type in all topics.
    Record,
    /// `<topic>-<full name>`: any number of types on a topic, each with versions of its own. The default.
    #[default]
    TopicRecord,
}

impl SubjectNameStrategy {
    /// The subject of a type's values on a topic.
    #[must_use]
    pub fn subject(self, topic: &str, full_name: &str) -> String {
        match self {
            Self::Topic => format!("{topic}-value"),
            Self::Record => full_name.to_owned(),
            Self::TopicRecord => format!("{topic}-{full_name}"),
        }
    }
}

/// The subject of the keys on a topic.
///
/// Implements: Confluent's `TopicNameStrategy`, for keys, which is the default of every Confluent client.
#[cfg(feature = "kafka")]
pub(crate) fn of_keys(topic: &str) -> String {
    format!("{topic}-key")
}

#[cfg(test)]
mod tests {
    use super::SubjectNameStrategy::{Record, Topic, TopicRecord};

    #[test]
    fn subjects() {
        for (strategy, expected) in [
            (Topic, "orders-value"),
            (Record, "com.acme.Placed"),
            (TopicRecord, "orders-com.acme.Placed"),
        ] {
            assert_eq!(strategy.subject("orders", "com.acme.Placed"), expected);
        }
    }
}
