//! What the checker compares: the events that were accepted with their ends, and the records of the log.

use std::fmt;

use publisher_core::ShutdownReport;

/// Where a record lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The partition.
    pub partition: i32,
    /// The offset.
    pub offset: u64,
}

/// How the way of an event ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Confirmed; the place, where the broker named it.
    Delivered(Option<Place>),
    /// Surely not in the log.
    Failed,
    /// May be in the log.
    Unknown,
    /// Given back by the shutdown: surely not in the log.
    Returned,
    /// Taken back by its caller: surely not in the log.
    Withdrawn,
}

/// An event that the publisher accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The entity.
    pub key: String,
    /// The number of the call among those of its key.
    pub sequence: u64,
    /// The id that every copy carries; `None` if the publisher chose it: then all copies carry the same.
    pub event_id: Option<String>,
    /// How it ended; `None` if nobody was told.
    pub end: Option<End>,
}

/// What happened to one publisher, or to several whose events have different keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// What the run followed from.
    pub seed: u64,
    /// In any order.
    pub events: Vec<Accepted>,
}

/// A record of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// The entity.
    pub key: String,
    /// The number of the call.
    pub sequence: u64,
    /// The id that it carries.
    pub event_id: String,
    /// Where it lies.
    pub place: Place,
}

/// How many events ended how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Confirmed.
    pub delivered: u64,
    /// Surely not in the log.
    pub failed: u64,
    /// May be in the log.
    pub unknown: u64,
    /// Given back by the shutdown.
    pub returned: u64,
    /// Taken back by their callers.
    pub withdrawn: u64,
}

impl From<&ShutdownReport> for Counts {
    fn from(report: &ShutdownReport) -> Self {
        Self {
            delivered: report.delivered,
            failed: report.failed,
            unknown: report.unknown,
            returned: report.returned.len() as u64,
            withdrawn: report.withdrawn,
        }
    }
}

impl Counts {
    /// All of them.
    #[must_use]
    pub fn accepted(&self) -> u64 {
        self.delivered + self.failed + self.unknown + self.returned + self.withdrawn
    }

    /// Adds one event, unless it has no end.
    pub fn count(&mut self, end: Option<End>) {
        match end {
            None => {}
            Some(End::Delivered(_)) => self.delivered += 1,
            Some(End::Failed) => self.failed += 1,
            Some(End::Unknown) => self.unknown += 1,
            Some(End::Returned) => self.returned += 1,
            Some(End::Withdrawn) => self.withdrawn += 1,
        }
    }

    /// Adds those of another run.
    pub fn add(&mut self, other: Self) {
        self.delivered += other.delivered;
        self.failed += other.failed;
        self.unknown += other.unknown;
        self.returned += other.returned;
        self.withdrawn += other.withdrawn;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            delivered,
            failed,
            unknown,
            returned,
            withdrawn,
        } = self;
        write!(
            f,
            "{} accepted = {delivered} delivered + {failed} failed + {unknown} unknown + {returned} returned + \
             {withdrawn} withdrawn",
            self.accepted()
        )
    }
}
