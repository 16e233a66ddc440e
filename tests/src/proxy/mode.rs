//! What a proxy can be told to do.

use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Which way bytes go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From the client to the broker.
    Requests,
    /// From the broker to the client.
    Answers,
}

/// What happens to frames.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// They pass.
    #[default]
    Pass,
    /// They come later, each by this and up to so much more, in order.
    Delay {
        /// At the least.
        by: Duration,
        /// More at the most.
        jitter: Duration,
    },
    /// They are held, for as long as this is set; the connection stays open.
    BlackHole,
    /// They come byte by byte, so many a second.
    Drip {
        /// More than 0.
        bytes_per_second: u32,
    },
    /// Half of the next one comes, then the connection ends.
    Cut,
}

/// The kinds of requests that a test can tell apart, by their number in Kafka's protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i16)]
pub enum Api {
    /// Writes records.
    Produce = 0,
    /// Asks for topics and leaders.
    Metadata = 3,
    /// Asks for a producer's number.
    InitProducerId = 22,
    /// Puts partitions into a transaction.
    AddPartitionsToTxn = 24,
    /// Ends a transaction.
    EndTxn = 26,
}

/// The modes of both ways.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Modes {
    requests: Mode,
    answers: Mode,
}

impl Modes {
    pub(super) fn get(&self, direction: Direction) -> Mode {
        match direction {
            Direction::Requests => self.requests,
            Direction::Answers => self.answers,
        }
    }

    pub(super) fn set(&mut self, direction: Direction, mode: Mode) {
        match direction {
            Direction::Requests => self.requests = mode,
            Direction::Answers => self.answers = mode,
        }
    }
}

/// Everything that a proxy was told.
#[derive(Clone, Default)]
pub(super) struct Orders {
    pub(super) modes: Modes,
    /// The answers that are to be lost. Shared, for a connection takes out what it has lost.
    pub(super) lost: Arc<Mutex<Vec<Api>>>,
    pub(super) ignores: bool,
    /// How often it was told so.
    pub(super) resets: u64,
    pub(super) half_opens: u64,
}
