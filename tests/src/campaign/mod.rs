//! Random campaigns: rounds of a publisher under load while faults come and go, each judged by the checker.
//!
//! All that a campaign decides follows from its seed: faults, their order and length, the settings of publishers, who
//! goes away. What threads and sockets do with it does not, so that a seed repeats the plan and not each interleaving.
//! The n-th round has the seed plus n as its own: with that seed a campaign begins with this round.

mod fault;
mod figures;
mod ground;
mod round;

use std::fmt::Write as _;
use std::time::{Duration, Instant};

pub use figures::Figures;
pub use ground::Ground;

/// Runs rounds until the time is over, the last one to its end, and tells each by `say`.
///
/// # Errors
/// A round in which something does not go together: its seed, what was done in it, and the violations.
pub async fn run(seed: u64, time: Duration, ground: &Ground, say: impl Fn(&str)) -> Result<Figures, String> {
    say(&format!(
        "campaign on {ground} with seed {seed} for {} s",
        time.as_secs()
    ));
    let start = Instant::now();
    let mut figures = Figures::default();
    while start.elapsed() < time {
        let seed = seed.wrapping_add(figures.rounds);
        let (report, told) = round::run(seed, figures.rounds, ground).await;
        if !report.violations.is_empty() {
            let mut text = format!("campaign failed on {ground} with seed {seed}: {report}\nwhat was done:");
            for line in told {
                let _ = write!(text, "\n  {line}");
            }
            return Err(text);
        }
        say(&format!("seed {seed}: {report}; {}", told.join(", ")));
        figures.add(&report, told.len() as u64);
    }
    figures.seconds = start.elapsed().as_secs_f64();
    Ok(figures)
}
