//! How long a call takes until librdkafka has the record, when little is going on: a thousand events a second.
//!
//! Open loop: each event has its time, whatever became of the one before. The clock starts at the call and stops at its
//! return, which for ours is not before the hand-over: with nobody else publishing, the call itself hands over.

use std::collections::VecDeque;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use futures_util::FutureExt as _;
use publisher_core::{Publishing, Translator as _};

use super::contender::{Deliver as _, ready};
use super::event::Brief;
use super::job::{Contender, HeaderSet, Place, Quantiles, Run, Size};
use super::ours::Ours;
use super::raw::Raw;

/// The time from one event to the next.
const PACE: Duration = Duration::from_millis(1);

/// For how many events the futures are kept: a second, in which they have their answers.
const KEPT: usize = 1_000;

/// Measures a raw producer, or ours.
pub(super) fn measure(contender: Contender, place: &Place, events: usize) -> Result<Quantiles> {
    let run = Run {
        contender,
        size: Size::Flat,
        headers: HeaderSet::None,
        linger_ms: 5,
        in_flight: 20_000,
        messages: events,
    };
    let times = match contender {
        Contender::Raw => of_raw(place, &run)?,
        Contender::Await => of_ours(place, &run)?,
        other => bail!("{other:?} is not asked how long it takes to hand over"),
    };
    Ok(Quantiles::of(times))
}

fn of_raw(place: &Place, run: &Run) -> Result<Vec<f64>> {
    let mut raw = Raw::new(place, run, &ready(place, run, &Brief)?)?;
    raw.deliver(0..run.warm_up())?;
    let times = pace(run.messages, |number| {
        let start = Instant::now();
        raw.send(number)?;
        let taken = start.elapsed();
        raw.poll();
        Ok(taken)
    })?;
    raw.wait()?;
    Ok(times)
}

fn of_ours(place: &Place, run: &Run) -> Result<Vec<f64>> {
    let mut awaits = super::ours::Awaits(Ours::new(place, run, Brief)?);
    awaits.deliver(0..run.warm_up())?;
    let ours = &awaits.0;
    let mut on_their_way: VecDeque<Publishing> = VecDeque::with_capacity(KEPT + 1);
    let times = pace(run.messages, |number| {
        let order = ours.order(number);
        let start = Instant::now();
        let publishing = ours.publisher.publish(Brief.translate(order)?);
        let taken = start.elapsed();
        on_their_way.push_back(publishing);
        if on_their_way.len() > KEPT
            && let Some(oldest) = on_their_way.pop_front()
        {
            oldest
                .now_or_never()
                .context("a record has no answer after a second")??;
        }
        Ok(taken)
    })?;
    for publishing in on_their_way {
        ours.runtime.block_on(publishing)?;
    }
    Ok(times)
}

/// Calls `send` at its times; gives what each call took, in microseconds.
fn pace(events: usize, mut send: impl FnMut(usize) -> Result<Duration>) -> Result<Vec<f64>> {
    let mut times = Vec::with_capacity(events);
    let mut due = Instant::now();
    for number in 0..events {
        due += PACE;
        thread::sleep(due.saturating_duration_since(Instant::now()));
        times.push(send(number)?.as_nanos() as f64 / 1_000.0);
    }
    Ok(times)
}
