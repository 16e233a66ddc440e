//! What several of the tests need; they are the `[[test]]` targets of this package.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

pub mod campaign;
pub mod checker;
pub mod counted;
pub mod folder;
pub mod kafka;
pub mod kills;
pub mod load;
pub mod log;
pub mod outage;
pub mod proxy;
pub mod random;
pub mod references;

use std::io::Write as _;
use std::sync::Mutex;
use std::time::Duration;

/// Moves the runtime's clock. Not while it is paused: what waits for a socket then would time out.
pub async fn later(time: Duration) {
    tokio::time::pause();
    tokio::time::advance(time).await;
    tokio::time::resume();
}

/// Looks until it is so, at most this long.
pub async fn until(deadline: Duration, what: &str, mut is_so: impl FnMut() -> bool) {
    let looking = async {
        while !is_so() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let found = tokio::time::timeout(deadline, looking).await;
    assert!(found.is_ok(), "not within the deadline: {what}");
}

/// A line straight to the stream, past the capture of the test harness, which would hide it in a test that passes.
pub fn say(line: &str) {
    static LINES: Mutex<()> = Mutex::new(());
    let _one_at_a_time = LINES.lock();
    // A closed stderr is no reason to fail.
    std::io::stderr().write_all(format!("{line}\n").as_bytes()).ok();
}
