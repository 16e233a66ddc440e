//! What librdkafka tells, taken and passed on: by the thread `publisher-kafka`, or in passing by one that sends.
//!
//! In the place of rdkafka's loop, which polls with a time-out, so that it wakes for nothing and cannot be woken, and makes
//! a list and a counter for each event. Knows nothing of records; what is told means something to `context` and `lump`.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use super::context::Context;
use super::lump::Lump;
use super::turns::Turns;
use super::{Client, Events};
use crate::producer::ffi::{Event, Told};

/// How long the thread waits for the reports of what was purged, once it has to stop. They are local and come at once.
const GRACE: Duration = Duration::from_secs(5);

/// How many reports a thread takes in passing at the most, about: it has a call of its own to end.
const MOST: usize = 4_096;

/// Takes events until it has to stop; asleep while there are none.
pub(super) fn run(events: &Events, turns: &Turns<Lump>) {
    let context = context(events.client());
    while turns.wait() {
        let mut lump = turns.begin();
        while let Some(event) = events.wait(Duration::ZERO) {
            take(context, event, &mut lump);
        }
    }
    // Where a report drops the producer, the rest was purged, and there is no other thread to wait for its reports.
    let mut lump = turns.begin();
    let start = Instant::now();
    while context.unreported() > 0 {
        let left = GRACE.saturating_sub(start.elapsed());
        match events.wait(left) {
            Some(event) => {
                take(context, event, &mut lump);
            }
            None if left.is_zero() => break,
            None => {}
        }
    }
}

/// Takes what there is, unless another thread does; the next such call comes within this time.
pub(super) fn take_in_passing(events: &Events, turns: &Turns<Lump>, next: Duration) {
    let Some(mut lump) = turns.visit() else { return };
    let context = context(events.client());
    let mut taken = 0;
    let mut left = false;
    while let Some(event) = events.wait(Duration::ZERO) {
        taken += take(context, event, &mut lump);
        left = taken >= MOST;
        if left {
            break;
        }
    }
    drop(lump);
    turns.visited(next, left);
}

/// Passes an event on, and says how many reports it was. Nothing that it runs into ends the thread: every later record
/// would be without a report.
fn take(context: &Context, mut event: Event<'_>, lump: &mut Lump) -> usize {
    let taken = catch_unwind(AssertUnwindSafe(|| match event.open() {
        Told::Reports(records) => {
            let mut reports = 0;
            for record in records {
                reports += 1;
                lump.add(context, record);
            }
            lump.give(context);
            reports
        }
        Told::Log(level, facility, line) => {
            context.logged(level, facility.trim(), line.trim());
            0
        }
        Told::Error(code, reason) => {
            context.raised(code, reason.trim());
            0
        }
        Told::Other => 0,
    }));
    taken.unwrap_or_else(|_| {
        // The log's subscriber may be what panicked.
        catch_unwind(|| tracing::error!("what librdkafka told led to a panic")).ok();
        0
    })
}

fn context(client: &Client) -> &Context {
    use rdkafka::producer::Producer as _;
    client.context()
}
