//! What a contender does, and how its run is timed.

use std::ops::Range;
use std::time::Instant;

use anyhow::{Result, bail};
use publisher_core::{EventTypes, Translator};
use uuid::Uuid;

use super::converter::Converter;
use super::corpus::{Order, orders};
use super::event::{Brief, Detailed};
use super::expected::encoded;
use super::ffi::processor_time;
use super::future::Futures;
use super::job::{Contender, Place, Run, Size, Taken};
use super::ours::{Awaits, Batches, Ours};
use super::raw::Raw;
use crate::allocations;

/// What the publishers of records with headers call themselves.
pub(super) const SOURCE: &str = "shop-service";

/// Somebody who publishes orders.
pub(super) trait Deliver {
    /// Publishes the events with these numbers and waits until the cluster has confirmed all of them.
    fn deliver(&mut self, events: Range<usize>) -> Result<()>;
}

/// A record whose bytes are ready.
#[derive(Clone, Debug)]
pub(super) struct Ready {
    pub(super) key: Vec<u8>,
    pub(super) value: Vec<u8>,
    pub(super) headers: Vec<(String, Vec<u8>)>,
}

/// Carries a run out in this process.
pub(super) fn deliver(place: &Place, run: &Run) -> Result<Taken> {
    match run.size {
        Size::Flat => deliver_by(place, run, Brief),
        Size::Nested => deliver_by(place, run, Detailed),
    }
}

fn deliver_by<T>(place: &Place, run: &Run, translator: T) -> Result<Taken>
where
    T: Translator<Order>,
    T::Event<'static>: EventTypes,
{
    match run.contender {
        Contender::Raw => time(run, &mut Raw::new(place, run, &ready(place, run, &translator)?)?),
        Contender::Future => time(run, &mut Futures::new(place, run, ready(place, run, &translator)?)?),
        Contender::Converter => time(run, &mut Converter::new(place, run)?),
        Contender::Batch => time(run, &mut Batches(Ours::new(place, run, translator)?)),
        Contender::Await => time(run, &mut Awaits(Ours::new(place, run, translator)?)),
        Contender::PythonTyped | Contender::PythonReady => bail!("{:?} is another program", run.contender),
    }
}

fn time(run: &Run, contender: &mut dyn Deliver) -> Result<Taken> {
    let warm_up = run.warm_up();
    contender.deliver(0..warm_up)?;
    let (wall, cpu) = (Instant::now(), processor_time()?);
    let mut result = Ok(());
    let allocations = allocations::count_everywhere(|| result = contender.deliver(warm_up..warm_up + run.messages));
    result?;
    Ok(Taken {
        wall_s: wall.elapsed().as_secs_f64(),
        cpu_s: (processor_time()? - cpu).as_secs_f64(),
        allocations,
    })
}

/// The records of all orders, encoded beforehand, with the headers that ours would have.
pub(super) fn ready<T: Translator<Order>>(place: &Place, run: &Run, translator: &T) -> Result<Vec<Ready>> {
    let id = place.schema_id(run.size);
    let event_id = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000).to_string();
    let all = [
        ("event_type", run.size.event_name()),
        ("event_id", &event_id),
        ("source", SOURCE),
        ("version", "1"),
        ("content-type", "application/avro"),
    ];
    let headers: Vec<_> = all[..run.headers.count()]
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec()))
        .collect();
    let frames = encoded(translator, &orders(), id)?;
    Ok(frames
        .into_iter()
        .map(|(key, value)| Ready {
            key,
            value,
            headers: headers.clone(),
        })
        .collect())
}
