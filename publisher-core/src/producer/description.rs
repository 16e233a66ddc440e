//! What a broker says of a topic before the first record is sent: [`TopicDescription`], or [`DescribeError`].
//!
//! Plain data; knows no client and asks nobody.

use thiserror::Error;

/// What a broker says of one topic.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TopicDescription {
    /// The topic's name.
    pub topic: String,
    /// How many partitions it has; `None` if the topic does not exist. A broker with `auto.create.topics.enable` makes
    /// it at the first record all the same.
    pub partitions: Option<u32>,
    /// Whether this client may write to it; `None` if the broker did not say, as for a topic that does not exist. A
    /// broker without access control lets everybody write.
    pub may_write: Option<bool>,
}

impl TopicDescription {
    /// A topic that exists.
    #[must_use]
    pub fn existing(topic: impl Into<String>, partitions: u32, may_write: Option<bool>) -> Self {
        Self {
            topic: topic.into(),
            partitions: Some(partitions),
            may_write,
        }
    }

    /// A topic that does not exist.
    #[must_use]
    pub fn missing(topic: impl Into<String>) -> Self {
        Self {
            topic: topic.into(),
            partitions: None,
            may_write: None,
        }
    }
}

/// Why there is no [`TopicDescription`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DescribeErrorKind {
    /// This producer has no means to ask. Not retriable.
    Unsupported,
    /// No broker answered within the deadline, or the connection broke. Retriable.
    Unreachable,
    /// The broker does not let this client in. Not retriable.
    Unauthenticated,
    /// This client may not even learn whether the topic exists; then it may not write to it either. Not retriable.
    Unauthorised,
    /// The topic's name is not one that Kafka allows. Not retriable.
    InvalidTopic,
    /// The broker refused for another reason, named in the text. Not retriable.
    Rejected,
}

/// A topic that could not be described; `Display` names the topic, the brokers and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{reason}")]
pub struct DescribeError {
    kind: DescribeErrorKind,
    reason: String,
}

impl DescribeError {
    /// An error of this kind; `reason` names addresses and says what to do.
    #[must_use]
    pub fn new(kind: DescribeErrorKind, reason: impl Into<String>) -> Self {
        Self {
            kind,
            reason: reason.into(),
        }
    }

    /// What kind of failure it is.
    #[must_use]
    pub fn kind(&self) -> DescribeErrorKind {
        self.kind
    }

    /// The facts: topic, address, broker's code.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Whether the same question may be answered later.
    #[must_use]
    pub fn is_retriable(&self) -> bool {
        self.kind == DescribeErrorKind::Unreachable
    }
}
