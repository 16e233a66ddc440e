//! rdkafka's `FutureProducer`, with the bytes ready.

use std::future::Future;
use std::ops::Range;
use std::pin::Pin;
use std::time::Duration;

use anyhow::Result;
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use rdkafka::client::DefaultClientContext;
use rdkafka::message::{Header, OwnedHeaders};
use rdkafka::producer::{FutureProducer, FutureRecord};
use rdkafka::util::{AsyncRuntime, Timeout};
use tokio::runtime::Runtime;

use super::contender::{Deliver, Ready};
use super::event::TOPIC;
use super::run::{Place, Run};
use super::settings::client_config;

/// tokio, as rdkafka's own feature has it: the feature would reach other crates of the workspace.
pub(super) struct OnTokio;

impl AsyncRuntime for OnTokio {
    type Delay = Pin<Box<dyn Future<Output = ()> + Send>>;

    fn spawn<T: Future<Output = ()> + Send + 'static>(task: T) {
        tokio::spawn(task);
    }

    fn delay_for(duration: Duration) -> Self::Delay {
        Box::pin(tokio::time::sleep(duration))
    }
}

pub(super) type Producer = FutureProducer<DefaultClientContext, OnTokio>;

pub(super) struct Futures {
    runtime: Runtime,
    producer: Producer,
    records: Vec<Ready>,
    in_flight: usize,
}

impl Futures {
    pub(super) fn new(place: &Place, run: &Run, records: Vec<Ready>) -> Result<Self> {
        Ok(Self {
            runtime: tokio::runtime::Builder::new_current_thread().enable_all().build()?,
            producer: client_config(place, run).create()?,
            records,
            in_flight: run.in_flight,
        })
    }
}

impl Deliver for Futures {
    fn deliver(&mut self, events: Range<usize>) -> Result<()> {
        self.runtime.block_on(async {
            let mut on_their_way = FuturesUnordered::new();
            for number in events {
                if on_their_way.len() >= self.in_flight
                    && let Some(result) = on_their_way.next().await
                {
                    delivered(result)?;
                }
                let Ready { key, value, headers } = &self.records[number % self.records.len()];
                let mut message = FutureRecord::to(TOPIC).key(key).payload(value);
                if !headers.is_empty() {
                    let list = OwnedHeaders::new_with_capacity(headers.len());
                    let insert = |list: OwnedHeaders, (name, value): &(String, Vec<u8>)| {
                        list.insert(Header {
                            key: name,
                            value: Some(value),
                        })
                    };
                    message = message.headers(headers.iter().fold(list, insert));
                }
                on_their_way.push(self.producer.send(message, Timeout::Never));
            }
            while let Some(result) = on_their_way.next().await {
                delivered(result)?;
            }
            Ok(())
        })
    }
}

pub(super) fn delivered(result: rdkafka::producer::future_producer::OwnedDeliveryResult) -> Result<()> {
    let _delivery = result.map_err(|(error, _)| error)?;
    Ok(())
}
