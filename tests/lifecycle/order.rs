//! What the parent tells a child to do, and what the child tells it afterwards: one line of JSON each.

use serde::{Deserialize, Serialize};
use tests::checker::{Accepted, Counts, End, History, Place};

/// The variable that makes a child of this program.
pub(crate) const VARIABLE: &str = "PUBLISHER_TEST_LIFECYCLE";

/// What a publisher does when the signal comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) enum Doing {
    /// It publishes, and nothing stands in the way.
    Publishing,
    /// Its records wait for others to share a request with.
    Lingering,
    /// All places are taken, and callers wait.
    Full,
    /// The registry is away, and nothing is sent before it answers.
    AwaitingTheRegistry,
    /// It commits transactions, one after the other.
    Committing,
    /// It has committed some, and the work of one that is open does not end.
    HangingInTransaction,
    /// Nothing at all.
    Nothing,
}

/// What a child has to do.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Order {
    pub(crate) bootstrap_servers: String,
    pub(crate) topic: String,
    pub(crate) seed: u64,
    pub(crate) doing: Doing,
    pub(crate) deadline_ms: u64,
    /// How many publishers it has; they end side by side.
    pub(crate) publishers: u64,
    /// Whether it has no runtime, and blocks its main thread.
    pub(crate) blocking: bool,
    /// Whether it ends by itself, without a signal.
    pub(crate) by_itself: bool,
    /// Whether the subscriber of its log panics at every line.
    pub(crate) panicking: bool,
}

/// What a child says before it ends, for each of its publishers.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Told {
    pub(crate) cause: String,
    /// Key, sequence number and end of each event that was accepted.
    events: Vec<(String, u64, ToldEnd)>,
    /// What the publisher and its callback count: delivered, failed, unknown, returned, withdrawn.
    counted: Vec<[u64; 5]>,
}

#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
enum ToldEnd {
    Nothing,
    Delivered(Option<(i32, u64)>),
    Failed,
    Unknown,
    Returned,
    Withdrawn,
}

impl Told {
    pub(crate) fn of(cause: &impl std::fmt::Debug, history: &History, counted: &[Counts]) -> Self {
        let event = |event: &Accepted| {
            let end = match event.end {
                None => ToldEnd::Nothing,
                Some(End::Delivered(place)) => ToldEnd::Delivered(place.map(|place| (place.partition, place.offset))),
                Some(End::Failed) => ToldEnd::Failed,
                Some(End::Unknown) => ToldEnd::Unknown,
                Some(End::Returned) => ToldEnd::Returned,
                Some(End::Withdrawn) => ToldEnd::Withdrawn,
            };
            (event.key.clone(), event.sequence, end)
        };
        let counts = |counts: &Counts| {
            let Counts {
                delivered,
                failed,
                unknown,
                returned,
                withdrawn,
            } = *counts;
            [delivered, failed, unknown, returned, withdrawn]
        };
        Self {
            cause: format!("{cause:?}"),
            events: history.events.iter().map(event).collect(),
            counted: counted.iter().map(counts).collect(),
        }
    }

    /// The events that were accepted.
    pub(crate) fn events(&self) -> impl Iterator<Item = Accepted> {
        self.events.iter().map(|(key, sequence, end)| Accepted {
            key: key.clone(),
            sequence: *sequence,
            event_id: None,
            end: match *end {
                ToldEnd::Nothing => None,
                ToldEnd::Delivered(place) => Some(End::Delivered(
                    place.map(|(partition, offset)| Place { partition, offset }),
                )),
                ToldEnd::Failed => Some(End::Failed),
                ToldEnd::Unknown => Some(End::Unknown),
                ToldEnd::Returned => Some(End::Returned),
                ToldEnd::Withdrawn => Some(End::Withdrawn),
            },
        })
    }

    /// What the publisher and its callback count.
    pub(crate) fn counted(&self) -> impl Iterator<Item = Counts> {
        self.counted.iter().map(|counted| {
            let [delivered, failed, unknown, returned, withdrawn] = *counted;
            Counts {
                delivered,
                failed,
                unknown,
                returned,
                withdrawn,
            }
        })
    }
}
