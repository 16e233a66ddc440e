//! Kills a broker again and again while somebody publishes.

use std::thread;
use std::time::{Duration, Instant};

use crate::kafka::Kafka;

/// How many deliveries there are between two kills.
const BETWEEN: u64 = 500;
const LIMIT: Duration = Duration::from_secs(60);

/// Kills the broker so many times under load, and starts it again each time. Blocks the thread, which must not be needed
/// by those who publish.
///
/// # Panics
/// There are no deliveries though the broker runs.
pub fn kill_and_restart(kafka: &Kafka, broker: usize, times: u32, delivered: impl Fn() -> u64) {
    let goes_on = |before: u64| {
        let end = Instant::now() + LIMIT;
        while delivered() < before + BETWEEN {
            assert!(Instant::now() < end, "no deliveries: {} in all", delivered());
            thread::sleep(Duration::from_millis(5));
        }
    };
    for _ in 0..times {
        goes_on(delivered());
        kafka.kill(broker);
        kafka.restart(broker);
    }
    goes_on(delivered());
}
