//! What a campaign adds up to.

use serde::Serialize;

use crate::checker::{Counts, Report};

/// The sums over all rounds.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Figures {
    /// How many rounds there were, each with a publisher of its own.
    pub rounds: u64,
    /// How many things were done to them.
    pub faults: u64,
    /// Events.
    pub accepted: u64,
    /// Of them.
    pub delivered: u64,
    /// Of them.
    pub failed: u64,
    /// Of them.
    pub unknown: u64,
    /// Of them.
    pub returned: u64,
    /// Of them.
    pub withdrawn: u64,
    /// Records that were copies.
    pub repeated: u64,
    /// How long it took.
    pub seconds: f64,
}

impl Figures {
    /// Adds a round.
    pub fn add(&mut self, report: &Report, faults: u64) {
        let Counts {
            delivered,
            failed,
            unknown,
            returned,
            withdrawn,
        } = report.counts;
        self.rounds += 1;
        self.faults += faults;
        self.accepted += report.counts.accepted();
        self.delivered += delivered;
        self.failed += failed;
        self.unknown += unknown;
        self.returned += returned;
        self.withdrawn += withdrawn;
        self.repeated += report.repeated;
    }
}
