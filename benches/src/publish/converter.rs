//! `schema_registry_converter`'s Avro encoder before rdkafka's `FutureProducer`, both as their documentation has them.

use std::ops::Range;

use anyhow::Result;
use chrono::{DateTime, Utc};
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use rdkafka::producer::FutureRecord;
use rdkafka::util::Timeout;
use schema_registry_converter::async_impl::avro::AvroEncoder;
use schema_registry_converter::async_impl::schema_registry::SrSettings;
use schema_registry_converter::schema_registry_common::SubjectNameStrategy;
use serde::Serialize;
use tokio::runtime::Runtime;
use uuid::Uuid;

use super::contender::Deliver;
use super::corpus::{Line, Order, State, orders};
use super::event::TOPIC;
use super::future::{Producer, confirmed};
use super::job::{Place, Run, Size};
use super::settings::client_config;
use crate::contenders::Minimal;
use crate::order::hyphenated;

macro_rules! published {
    ($name:ident $(, $lines:ident)?) => {
        /// An order in the form that serde gives to Avro.
        #[derive(Serialize)]
        struct $name<'a> {
            #[serde(serialize_with = "hyphenated")]
            order_id: Uuid,
            customer: &'a str,
            #[serde(with = "chrono::serde::ts_milliseconds")]
            placed_at: DateTime<Utc>,
            status: Status,
            total: Minimal,
            currency: &'a str,
            street: &'a str,
            postal_code: &'a str,
            city: &'a str,
            payment: &'a str,
            note: Option<&'a str>,
            $($lines: Vec<PublishedLine<'a>>,)?
        }

        impl<'a> From<&'a Order> for $name<'a> {
            fn from(order: &'a Order) -> Self {
                Self {
                    order_id: order.id,
                    customer: &order.customer,
                    placed_at: order.placed_at,
                    status: order.state.into(),
                    total: Minimal(order.total),
                    currency: order.currency,
                    street: &order.address.street,
                    postal_code: &order.address.postal_code,
                    city: &order.address.city,
                    payment: &order.payment,
                    note: order.note.as_deref(),
                    $($lines: order.lines.iter().map(PublishedLine::from).collect(),)?
                }
            }
        }
    };
}
published!(OrderPlaced);
published!(OrderConfirmed, lines);

#[derive(Serialize)]
struct PublishedLine<'a> {
    sku: &'a str,
    quantity: i32,
    unit_cents: i64,
    colour: &'a str,
}

impl<'a> From<&'a Line> for PublishedLine<'a> {
    fn from(line: &'a Line) -> Self {
        Self {
            sku: &line.sku,
            quantity: line.quantity,
            unit_cents: line.unit_cents,
            colour: &line.colour,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Status {
    Placed,
    Paid,
    Shipped,
}

impl From<State> for Status {
    fn from(state: State) -> Self {
        match state {
            State::Placed => Self::Placed,
            State::Paid => Self::Paid,
            State::Shipped => Self::Shipped,
        }
    }
}

/// The encoder, the producer and the orders.
pub(super) struct Converter {
    runtime: Runtime,
    encoder: AvroEncoder,
    strategy: SubjectNameStrategy,
    producer: Producer,
    orders: Vec<Order>,
    size: Size,
    in_flight: usize,
}

impl Converter {
    pub(super) fn new(place: &Place, run: &Run) -> Result<Self> {
        // Another part of the process may have chosen one: any is good for plain http.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let settings = SrSettings::new_builder(place.registry.clone()).no_proxy().build()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        Ok(Self {
            runtime,
            encoder: AvroEncoder::new(settings),
            strategy: SubjectNameStrategy::TopicRecordNameStrategy(TOPIC.to_owned(), run.size.event_name().to_owned()),
            producer: client_config(place, run).create()?,
            orders: orders(),
            size: run.size,
            in_flight: run.in_flight,
        })
    }

    async fn publish(&self, order: &Order) -> Result<()> {
        let value = match self.size {
            Size::Flat => {
                let event = OrderPlaced::from(order);
                self.encoder.encode_struct(event, &self.strategy).await?
            }
            Size::Nested => {
                let event = OrderConfirmed::from(order);
                self.encoder.encode_struct(event, &self.strategy).await?
            }
        };
        let record = FutureRecord::to(TOPIC).key(&order.customer).payload(&value);
        confirmed(self.producer.send(record, Timeout::Never).await)
    }
}

impl Deliver for Converter {
    fn deliver(&mut self, events: Range<usize>) -> Result<()> {
        self.runtime.block_on(async {
            let mut on_their_way = FuturesUnordered::new();
            for number in events {
                if on_their_way.len() >= self.in_flight
                    && let Some(result) = on_their_way.next().await
                {
                    result?;
                }
                on_their_way.push(self.publish(&self.orders[number % self.orders.len()]));
            }
            while let Some(result) = on_their_way.next().await {
                result?;
            }
            Ok(())
        })
    }
}
