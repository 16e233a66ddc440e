//! Ours: domain values are translated, checked, encoded and delivered.

use std::collections::VecDeque;
use std::ops::Range;
use std::time::Duration;

use anyhow::{Result, ensure};
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use publisher_core::{Event, EventTypes, Publisher, StandardHeader, StartMode, Translator};
use tokio::runtime::Runtime;

use super::contender::{Deliver, SOURCE};
use super::corpus::{Order, orders};
use super::run::{HeaderSet, Place, Run};

/// How many events a batch has.
const BATCH: usize = 1_000;

/// A publisher and the orders.
pub(super) struct Ours<T> {
    runtime: Runtime,
    publisher: Publisher,
    translator: T,
    orders: Vec<Order>,
    in_flight: usize,
}

impl<T: Translator<Order>> Ours<T> {
    pub(super) fn new(place: &Place, run: &Run, translator: T) -> Result<Self>
    where
        T::Event<'static>: EventTypes,
    {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let publisher = runtime.block_on(publisher::<T::Event<'static>>(place, run))?;
        Ok(Self {
            runtime,
            publisher,
            translator,
            orders: orders(),
            in_flight: run.in_flight,
        })
    }

    fn order(&self, number: usize) -> &Order {
        &self.orders[number % self.orders.len()]
    }
}

/// A publisher that writes these headers, with all schemas resolved.
pub(super) async fn publisher<E: EventTypes>(place: &Place, run: &Run) -> Result<Publisher> {
    let mut builder = Publisher::builder()
        .bootstrap_servers(&place.bootstrap_servers)
        .registry(&place.registry)
        .linger(Duration::from_millis(run.linger_ms.into()))
        .events(E::types())
        .start(StartMode::Strict)
        .librdkafka_property("compression.type", &place.compression);
    if !run.headers.is_empty() {
        builder = builder.source(SOURCE);
    }
    let omitted: &[StandardHeader] = match run.headers {
        HeaderSet::Default => &[],
        HeaderSet::Three => &[StandardHeader::Version, StandardHeader::ContentType],
        HeaderSet::None => &[
            StandardHeader::EventType,
            StandardHeader::EventId,
            StandardHeader::Version,
            StandardHeader::ContentType,
        ],
    };
    for header in omitted {
        builder = builder.omit_header(*header);
    }
    Ok(builder.build().await?)
}

/// By batches of 1,000.
pub(super) struct Batches<T>(pub(super) Ours<T>);

impl<T: Translator<Order>> Deliver for Batches<T> {
    fn deliver(&mut self, events: Range<usize>) -> Result<()> {
        let ours = &self.0;
        ours.runtime.block_on(async {
            let mut on_their_way = VecDeque::new();
            for start in events.clone().step_by(BATCH) {
                if on_their_way.len() * BATCH >= ours.in_flight
                    && let Some(first) = on_their_way.pop_front()
                {
                    delivered(first).await?;
                }
                let mut batch = ours.publisher.batch();
                for number in start..events.end.min(start + BATCH) {
                    batch = batch.add(ours.translator.translate(ours.order(number))?);
                }
                on_their_way.push_back(batch.send());
            }
            for batch in on_their_way {
                delivered(batch).await?;
            }
            Ok(())
        })
    }
}

async fn delivered(batch: publisher_core::BatchPublishing) -> Result<()> {
    for result in batch.await? {
        result?;
    }
    Ok(())
}

/// By a future for each event.
pub(super) struct Awaits<T>(pub(super) Ours<T>);

impl<T: Translator<Order>> Deliver for Awaits<T> {
    fn deliver(&mut self, events: Range<usize>) -> Result<()> {
        let ours = &self.0;
        ours.runtime.block_on(async {
            let mut on_their_way = FuturesUnordered::new();
            for number in events {
                if on_their_way.len() >= ours.in_flight
                    && let Some(result) = on_their_way.next().await
                {
                    result?;
                }
                let event = ours.translator.translate(ours.order(number))?;
                on_their_way.push(ours.publisher.publish(event));
            }
            while let Some(result) = on_their_way.next().await {
                result?;
            }
            Ok(())
        })
    }
}

/// The bytes of all orders, as this translator has them published.
pub(super) fn encoded<T: Translator<Order>>(
    translator: &T,
    orders: &[Order],
    id: u32,
) -> Result<Vec<(Vec<u8>, Vec<u8>)>> {
    let encode = |order| {
        let event = translator.translate(order)?;
        ensure!(event.event_type().is_keyed(), "the event has no key");
        let (mut key, mut value) = (Vec::new(), Vec::new());
        event.key(&mut key);
        publisher_core::wire::begin(&mut value);
        event.write(&mut value)?;
        publisher_core::wire::set_schema_id(&mut value, publisher_core::SchemaId(id));
        Ok((key, value))
    };
    orders.iter().map(encode).collect()
}
