//! What a contender does, and how it is timed in the process that is its own.

use std::ops::Range;
use std::time::Instant;

use anyhow::{Result, bail};
use publisher_core::Translator;
use uuid::Uuid;

use super::corpus::{Order, orders};
use super::event::{Brief, Detailed};
use super::ffi::processor_time;
use super::future::Futures;
use super::ours::{Awaits, Batches, Ours, encoded};
use super::raw::Raw;
use super::run::{Contender, HeaderSet, Place, Run, Size, Taken};
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

/// Carries out a run in this process.
///
/// # Errors
/// That a record was not delivered, or the contender's own.
pub fn carry_out(place: &Place, run: &Run) -> Result<Taken> {
    match run.size {
        Size::Flat => carry_out_by(place, run, Brief),
        Size::Nested => carry_out_by(place, run, Detailed),
    }
}

fn carry_out_by<T>(place: &Place, run: &Run, translator: T) -> Result<Taken>
where
    T: Translator<Order>,
    T::Event<'static>: publisher_core::EventTypes,
{
    match run.contender {
        Contender::Raw => time(run, &mut Raw::new(place, run, ready(place, run, &translator)?)?),
        Contender::Future => time(run, &mut Futures::new(place, run, ready(place, run, &translator)?)?),
        Contender::Batch => time(run, &mut Batches(Ours::new(place, run, translator)?)),
        Contender::Await => time(run, &mut Awaits(Ours::new(place, run, translator)?)),
        Contender::Converter | Contender::PythonTyped | Contender::PythonReady => {
            bail!("{:?} is another program", run.contender)
        }
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

/// The records of all orders, encoded beforehand.
fn ready<T: Translator<Order>>(place: &Place, run: &Run, translator: &T) -> Result<Vec<Ready>> {
    let id = match run.size {
        Size::Flat => place.flat_id,
        Size::Nested => place.nested_id,
    };
    let full_name = match run.size {
        Size::Flat => "com.acme.shop.OrderPlaced",
        Size::Nested => "com.acme.shop.OrderConfirmed",
    };
    let records = encoded(translator, &orders(), id)?.into_iter().map(|(key, value)| {
        let named = |name: &str, value: &str| (name.to_owned(), value.as_bytes().to_vec());
        let mut headers = Vec::new();
        if !run.headers.is_empty() {
            headers.push(named("event_type", full_name));
            headers.push(named(
                "event_id",
                &Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000).to_string(),
            ));
            headers.push(named("source", SOURCE));
        }
        if run.headers == HeaderSet::Default {
            headers.push(named("version", "1"));
            headers.push(named("content-type", "application/avro"));
        }
        Ready { key, value, headers }
    });
    Ok(records.collect())
}
