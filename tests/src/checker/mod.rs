//! The checker that all tests of faults share: what was accepted, how each event ended, and what the log holds must go
//! together, whatever happened in between.
//!
//! - accepted = delivered + failed + unknown + returned + withdrawn, and the publisher counts the same;
//! - a delivered event is in the log once, where its delivery says; an unknown one any number of times, each copy under
//!   the same `event_id`; a failed, returned or withdrawn one not at all;
//! - the first copies of a key's events lie in the order of the calls.
//!
//! Pure: it knows no publisher and no broker. [`Recorder`] takes the history down.

mod history;
mod order;
mod recorder;
mod violation;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

pub use history::{Accepted, Copied, Counts, End, History, Place};
pub use recorder::Recorder;
pub use violation::{Breach, Violation};

/// What the broker does with a batch that it has already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeats {
    /// It knows it by its sequence number and appends it once: Kafka.
    Refused,
    /// The same, until a record has timed out: librdkafka begins its sequence numbers anew then, for all partitions, and
    /// a batch of another one whose answer was lost is sent again under a new number. So a delivered event may lie there
    /// more than once, if some event of the run was not delivered.
    ///
    /// Implements: <https://github.com/confluentinc/librdkafka/issues/4953>.
    RefusedUntilTimeout,
    /// It appends it again, so that a delivered event may lie there more than once: the embedded cluster, which has no
    /// sequence numbers.
    Appended,
}

/// What the checker found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// How the events ended.
    pub counts: Counts,
    /// How many records the log holds.
    pub records: u64,
    /// How many of them are copies of an event that lies there already.
    pub repeated: u64,
    /// What does not go together; empty if all is well.
    pub violations: Vec<Violation>,
}

impl Report {
    /// # Panics
    /// Something does not go together: the first twenty violations, one a line.
    #[track_caller]
    pub fn assert(&self) {
        assert!(self.violations.is_empty(), "{self}");
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            counts,
            records,
            repeated,
            violations,
        } = self;
        write!(f, "{counts}; {records} records, {repeated} of them repeated")?;
        for violation in violations.iter().take(20) {
            write!(f, "\n  {violation}")?;
        }
        match violations.len() {
            0..=20 => Ok(()),
            more => write!(f, "\n  and {} more violations", more - 20),
        }
    }
}

/// Compares a history with the log that it left. `counted` is what others count: the publisher, its
/// callback.
#[must_use]
pub fn check(history: &History, log: &[Copied], counted: &[Counts], repeats: Repeats) -> Report {
    let mut violations = Vec::new();
    let mut breach = |key: &str, sequence: u64, breach: Breach| {
        violations.push(Violation {
            seed: history.seed,
            key: key.to_owned(),
            sequence,
            breach,
        });
    };

    let mut copies: BTreeMap<(&str, u64), Vec<&Copied>> = BTreeMap::new();
    for copy in log {
        copies.entry((&copy.key, copy.sequence)).or_default().push(copy);
    }
    let timed_out = |event: &Accepted| matches!(event.end, Some(End::Failed | End::Unknown));
    let repeats = match repeats {
        Repeats::RefusedUntilTimeout if history.events.iter().any(timed_out) => Repeats::Appended,
        Repeats::RefusedUntilTimeout => Repeats::Refused,
        repeats => repeats,
    };
    let mut counts = Counts::default();
    let mut known = BTreeSet::new();
    for event in &history.events {
        let id = (event.key.as_str(), event.sequence);
        if !known.insert(id) {
            breach(id.0, id.1, Breach::AcceptedTwice);
            continue;
        }
        counts.count(event.end);
        let copies = copies.get(&id).map_or(&[][..], Vec::as_slice);
        for found in judge(event, copies, repeats) {
            breach(id.0, id.1, found);
        }
    }
    for ((key, sequence), _) in copies.iter().filter(|(id, _)| !known.contains(*id)) {
        breach(key, *sequence, Breach::NeverAccepted);
    }
    for (key, sequence, found) in order::breaches(log) {
        breach(key, sequence, found);
    }
    for counted in counted.iter().copied().filter(|counted| *counted != counts) {
        breach("", 0, Breach::Miscounted { counted, counts });
    }
    let repeated = copies.values().map(|copies| copies.len() as u64 - 1).sum();
    Report {
        counts,
        records: log.len() as u64,
        repeated,
        violations,
    }
}

/// What is wrong with the copies of one event.
fn judge(event: &Accepted, copies: &[&Copied], repeats: Repeats) -> Vec<Breach> {
    let mut breaches = Vec::new();
    match event.end {
        None => breaches.push(Breach::Unanswered),
        Some(End::Delivered(place)) => {
            match copies.len() {
                0 => breaches.push(Breach::Lost),
                1 => {}
                times if repeats == Repeats::Refused => breaches.push(Breach::Repeated { times }),
                _ => {}
            }
            let is_there = |place| copies.iter().any(|copy| copy.place == place);
            if let Some(place) = place
                && !copies.is_empty()
                && !is_there(place)
            {
                breaches.push(Breach::Misplaced { told: place });
            }
        }
        Some(End::Unknown) => {}
        Some(end @ (End::Failed | End::Returned | End::Withdrawn)) => {
            if !copies.is_empty() {
                breaches.push(Breach::Unwanted { end });
            }
        }
    }
    let expected = event.event_id.as_ref().or(copies.first().map(|copy| &copy.event_id));
    for copy in copies {
        if Some(&copy.event_id) != expected {
            breaches.push(Breach::OtherId {
                found: copy.event_id.clone(),
            });
        }
    }
    breaches
}
