//! What does not go together, in words that name the run, the key and the event.

use std::fmt;

use super::history::{Counts, End, Place};

/// One event that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Of the run.
    pub seed: u64,
    /// Of the event.
    pub key: String,
    /// Of the event.
    pub sequence: u64,
    /// What is wrong with it.
    pub breach: Breach,
}

/// What is wrong with an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Breach {
    /// It has no end.
    Unanswered,
    /// It was accepted twice under one number: the test is wrong.
    AcceptedTwice,
    /// It was delivered and is not in the log.
    Lost,
    /// It was delivered and is in the log so many times.
    Repeated {
        /// How often.
        times: usize,
    },
    /// It was delivered and lies elsewhere.
    Misplaced {
        /// Where its delivery says that it lies.
        told: Place,
    },
    /// It is in the log, though it surely is not.
    Unwanted {
        /// How it ended.
        end: End,
    },
    /// It is in the log under another id.
    OtherId {
        /// That one.
        found: String,
    },
    /// It is in the log and was never accepted.
    NeverAccepted,
    /// It lies after a later event of its key.
    Late {
        /// The later one.
        after: u64,
        /// Where this one lies.
        place: Place,
        /// Where the later one lies.
        before: Place,
    },
    /// The key's events lie in more than one partition.
    SpreadOverPartitions,
    /// Records were given back, though nothing was in their way and there was time.
    ReturnedInPeace,
    /// Somebody counts otherwise.
    Miscounted {
        /// What they say.
        counted: Counts,
        /// What happened.
        counts: Counts,
    },
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "seed {}", self.seed)?;
        if !self.key.is_empty() {
            write!(f, ", key {}, event {}", self.key, self.sequence)?;
        }
        write!(f, ": {}", self.breach)
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unanswered => f.write_str("accepted, and nobody was told how it ended"),
            Self::AcceptedTwice => f.write_str("accepted twice under one number"),
            Self::Lost => f.write_str("delivered, but not in the log"),
            Self::Repeated { times } => write!(f, "delivered, but {times} times in the log"),
            Self::Misplaced { told } => write!(f, "delivered to {told}, but lies elsewhere"),
            Self::Unwanted { end } => write!(f, "{end:?}, but in the log"),
            Self::OtherId { found } => write!(f, "in the log under the other id {found}"),
            Self::NeverAccepted => f.write_str("in the log, but never accepted"),
            Self::Late { after, place, before } => {
                write!(f, "lies at {place}, after event {after} at {before}")
            }
            Self::SpreadOverPartitions => f.write_str("the key's events lie in more than one partition"),
            Self::ReturnedInPeace => f.write_str("records were given back though nothing was in their way"),
            Self::Miscounted { counted, counts } => {
                write!(f, "counted are {counted}, but there are {counts}")
            }
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}]@{}", self.partition, self.offset)
    }
}
