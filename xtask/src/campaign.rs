//! `cargo xtask chaos` and `cargo xtask soak`: builds the program `campaign` of the tests and tells it where Kafka is.
//!
//! What a campaign does is the program's own business; its last line is one JSON object.

use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result};

use crate::missing::Missing;
use crate::process;
use crate::steps::{self, program};
use crate::testbed::Brokers;
use crate::workspace::{Workspace, without_addresses};

/// Random faults for so many minutes.
pub(crate) fn chaos(workspace: &Workspace, seed: Option<u64>, minutes: u64) -> Result<()> {
    let seconds = minutes.saturating_mul(60).to_string();
    run(workspace, "chaos", seed, &[&seconds])
}

/// Everything for long.
pub(crate) fn soak(workspace: &Workspace, seed: Option<u64>) -> Result<()> {
    run(workspace, "soak", seed, &[])
}

fn run(workspace: &Workspace, verb: &str, seed: Option<u64>, rest: &[&str]) -> Result<()> {
    let seed = match seed {
        Some(seed) => seed,
        None => SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .context("the clock")?
            .as_secs(),
    };
    let mut campaign = Command::new(program::build(workspace, "tests", &["--bin", "campaign"], "campaign")?);
    without_addresses(&mut campaign)
        .arg(verb)
        .arg(seed.to_string())
        .args(rest);
    let skipped = match Brokers::find(workspace) {
        Ok(brokers) => {
            brokers.tell(&mut campaign);
            None
        }
        Err(error) if !steps::is_strict() && Missing::behind(&error).is_some() => Some(error),
        Err(error) => return Err(error),
    };
    let ended = process::run(&mut campaign);
    if let Some(error) = skipped {
        println!("skipped: everything on a real Kafka: {error:#}");
    }
    ended.with_context(|| format!("repeat it with `cargo xtask {verb} --seed {seed}`"))
}
