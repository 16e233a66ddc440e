//! The event that every contender encodes: an order of about 330 bytes, in the types of each of them.
//!
//! The types of the published form derive `Serialize` besides, because the plain serde derive is a contender. What
//! writes Avro through serde wants other forms of time and decimal and has a type of its own, [`ForSerde`].

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use chrono::{DateTime, Utc};
use publisher_core::{EventData, EventTypes};
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};
use uuid::Uuid;

/// How many different orders are encoded in turn: one hot order would let the processor learn its way by heart.
pub const ORDERS: usize = 1024;

/// Where an order stands.
#[derive(Clone, Copy, Debug, EventData, Serialize)]
#[event(rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    /// Not yet paid.
    Placed,
    /// Paid, not yet sent.
    Paid,
    /// On its way.
    Shipped,
}

/// So many of one product.
#[derive(Clone, Debug, EventData, Serialize)]
pub struct Item {
    /// The product.
    pub sku: String,
    /// How many.
    #[event(min = 1)]
    pub quantity: i32,
    /// The price of one, in cents.
    pub unit_cents: i64,
    /// What the shop files it under.
    pub tags: Vec<String>,
}

macro_rules! order {
    ($(#[$doc:meta])* $module:ident: $encoding:ident, $total:ty $(, $conversion:meta)?) => {
        $(#[$doc])*
        pub mod $module {
            use super::*;

            /// A customer placed an order.
            #[derive(publisher_core::Event, Clone, Debug, Serialize)]
            #[event(topic = "orders", namespace = "com.acme.orders", encoding = $encoding)]
            pub struct OrderPlaced {
                /// The order's ID.
                #[event(key)]
                pub order_id: Uuid,
                /// Who ordered.
                #[event(max_length = 40)]
                pub customer: String,
                /// When; to the millisecond, so that every contender prints the same.
                pub placed_at: DateTime<Utc>,
                /// Where the order stands.
                pub status: Status,
                /// What the order costs.
                $(#[$conversion])?
                pub total: $total,
                /// What the customer wants to be known.
                pub note: Option<String>,
                /// What was ordered.
                #[event(min_items = 1)]
                pub items: Vec<Item>,
                /// What the shop wants to be known.
                pub attributes: BTreeMap<String, String>,
            }
        }
    };
}

order! {
    /// As Avro.
    avro: avro, Decimal, event(decimal(18, 2))
}
order! {
    /// As JSON.
    json: json, Decimal, event(decimal(18, 2))
}
order! {
    /// As Avro, with the total in cents, for the contender that cannot write decimals.
    long: avro, i64
}

/// The same for serializers of Avro that go through serde, each with its own idea of a decimal.
#[derive(Clone, Debug, Serialize)]
#[serde(rename = "OrderPlaced")]
#[expect(missing_docs, reason = "the fields are those of the event")]
pub struct ForSerde<Total> {
    #[serde(serialize_with = "hyphenated")]
    pub order_id: Uuid,
    pub customer: String,
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub placed_at: DateTime<Utc>,
    pub status: Status,
    pub total: Total,
    pub note: Option<String>,
    pub items: Vec<Item>,
    pub attributes: BTreeMap<String, String>,
}

/// As text for every serializer: uuid itself gives those that are not for people its sixteen bytes.
pub(crate) fn hyphenated<S: Serializer>(id: &Uuid, serializer: S) -> Result<S::Ok, S::Error> {
    id.as_hyphenated().serialize(serializer)
}

impl<Total> ForSerde<Total> {
    /// The order, with the total as the contender wants it.
    pub fn new(order: &avro::OrderPlaced, total: impl Fn(Decimal) -> Total) -> Self {
        let order = order.clone();
        Self {
            order_id: order.order_id,
            customer: order.customer,
            placed_at: order.placed_at,
            status: order.status,
            total: total(order.total),
            note: order.note,
            items: order.items,
            attributes: order.attributes,
        }
    }
}

impl From<&avro::OrderPlaced> for json::OrderPlaced {
    fn from(order: &avro::OrderPlaced) -> Self {
        let order = order.clone();
        Self {
            order_id: order.order_id,
            customer: order.customer,
            placed_at: order.placed_at,
            status: order.status,
            total: order.total,
            note: order.note,
            items: order.items,
            attributes: order.attributes,
        }
    }
}

impl From<&avro::OrderPlaced> for long::OrderPlaced {
    fn from(order: &avro::OrderPlaced) -> Self {
        let order = order.clone();
        Self {
            order_id: order.order_id,
            customer: order.customer,
            placed_at: order.placed_at,
            status: order.status,
            total: cents(order.total),
            note: order.note,
            items: order.items,
            attributes: order.attributes,
        }
    }
}

/// The text of an event's schema, as it is registered.
///
/// # Errors
/// If the event has no type, which no struct does.
pub fn schema_text<E: EventTypes>() -> Result<&'static str> {
    let types = E::types();
    Ok(&types.first().context("the event has no type")?.schema().text)
}

/// The total in cents. The orders below have no other.
#[must_use]
pub fn cents(total: Decimal) -> i64 {
    i64::try_from(total.mantissa()).unwrap_or(i64::MAX)
}

/// The orders, the same on every run.
#[must_use]
pub fn orders() -> Vec<avro::OrderPlaced> {
    let mut random = Random::new(0x000a_11ce_0f0d_de75);
    (0..ORDERS).map(|_| random.order()).collect()
}

/// SplitMix64.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// A word of `least` to `most` letters.
    pub(crate) fn word(&mut self, least: u64, most: u64) -> String {
        let length = least + self.below(most - least + 1);
        (0..length).map(|_| char::from(b'a' + self.below(26) as u8)).collect()
    }

    fn order(&mut self) -> avro::OrderPlaced {
        // Three digits behind the second, not all zero: chrono's own text has them all then, as ours always has.
        let millis = 1_700_000_000_000 + self.below(100_000_000) as i64 * 1000 + 1 + self.below(999) as i64;
        // From some cents to some millions: one to four bytes.
        let digits = 3 + self.below(6) as u32;
        let total = self.below(10_u64.pow(digits)) as i64;
        avro::OrderPlaced {
            order_id: uuid::Builder::from_random_bytes(
                (u128::from(self.next()) << 64 | u128::from(self.next())).to_be_bytes(),
            )
            .into_uuid(),
            customer: format!("customer-{}", self.below(1_000_000)),
            placed_at: DateTime::from_timestamp_millis(millis).unwrap_or_default(),
            status: [Status::Placed, Status::Paid, Status::Shipped][self.below(3) as usize],
            total: Decimal::new(total, 2),
            note: (self.below(2) == 0)
                .then(|| format!("{} {} {}", self.word(2, 9), self.word(4, 12), self.word(3, 15))),
            items: (0..5).map(|_| self.item()).collect(),
            attributes: ["channel", "campaign", "region"]
                .into_iter()
                .map(|key| (key.to_owned(), self.word(4, 14)))
                .collect(),
        }
    }

    fn item(&mut self) -> Item {
        Item {
            sku: format!("sku-{:07}", self.below(10_000_000)),
            quantity: 1 + self.below(100) as i32,
            unit_cents: self.below(500_000) as i64,
            tags: (0..2).map(|_| self.word(4, 14)).collect(),
        }
    }
}
