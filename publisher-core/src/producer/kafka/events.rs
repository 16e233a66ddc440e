//! The loop on the thread `publisher-kafka`: takes what librdkafka tells and passes it on.
//!
//! In the place of rdkafka's, which polls with a time-out, so that it wakes for nothing and cannot be woken, and makes a
//! list and a counter for each event. Knows nothing of records; what is told means something to `context` and `lump`.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::context::Context;
use super::lump::Lump;
use super::{Client, Events};
use crate::producer::ffi::{Event, Told};

/// How long the thread waits for the reports of what was purged, once it has to stop. They are local and come at once.
const GRACE: Duration = Duration::from_secs(5);

/// Takes events until `stopped`; asleep while there are none. Whoever sets `stopped` wakes the queue.
pub(super) fn run(events: &Events, stopped: &AtomicBool) {
    let context = context(events.client());
    let mut lump = Lump::default();
    while !stopped.load(Ordering::Acquire) {
        if let Some(event) = events.wait(None) {
            take(context, event, &mut lump);
        }
    }
    // Where a report drops the producer, the rest was purged, and there is no other thread to wait for its reports.
    let start = Instant::now();
    while context.unreported() > 0 {
        let left = GRACE.saturating_sub(start.elapsed());
        match events.wait(Some(left)) {
            Some(event) => take(context, event, &mut lump),
            None if left.is_zero() => break,
            None => {}
        }
    }
}

/// Passes an event on. Nothing that it runs into ends the thread: every later record would be without a report.
fn take(context: &Context, mut event: Event<'_>, lump: &mut Lump) {
    let taken = catch_unwind(AssertUnwindSafe(|| match event.open() {
        Told::Reports(records) => {
            for record in records {
                lump.add(context, record);
            }
            lump.give(context);
        }
        Told::Log(level, facility, line) => context.logged(level, facility.trim(), line.trim()),
        Told::Error(code, reason) => context.raised(code, reason.trim()),
        Told::Other => {}
    }));
    if taken.is_err() {
        // The log's subscriber may be what panicked.
        catch_unwind(|| tracing::error!("what librdkafka told led to a panic")).ok();
    }
}

fn context(client: &Client) -> &Context {
    use rdkafka::producer::Producer as _;
    client.context()
}
