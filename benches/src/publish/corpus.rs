//! The orders that are published: the domain's own type, which knows nothing of events, made from a seed.
//!
//! All contenders have the same ones: they are made anew in each process, always alike.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::order::Random;

/// How many different orders are published in turn: one hot order would let the processor learn its way by heart.
pub const ORDERS: usize = 1024;

/// How many customers order; the first ones most of all.
const CUSTOMERS: usize = 1024;

/// How many lines an order has.
const LINES: usize = 16;

/// An order, as the domain has it.
#[derive(Clone, Debug)]
pub struct Order {
    /// The order's ID.
    pub id: Uuid,
    /// Who ordered: the entity, and so the key.
    pub customer: String,
    /// When; to the millisecond.
    pub placed_at: DateTime<Utc>,
    /// Where the order stands.
    pub state: State,
    /// What the order costs.
    pub total: Decimal,
    /// The total's currency.
    pub currency: &'static str,
    /// Where it is sent.
    pub address: Address,
    /// What the customer wants to be known.
    pub note: Option<String>,
    /// What was ordered.
    pub lines: Vec<Line>,
}

/// Where an order stands.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub enum State {
    Placed,
    Paid,
    Shipped,
}

/// Where an order is sent.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Address {
    pub street: String,
    pub postal_code: String,
    pub city: String,
}

/// So many of one product.
#[derive(Clone, Debug)]
pub struct Line {
    /// The product.
    pub sku: String,
    /// How many.
    pub quantity: i32,
    /// The price of one, in cents.
    pub unit_cents: i64,
    /// How it looks.
    pub colour: String,
}

/// The orders, the same on every run.
#[must_use]
pub fn orders() -> Vec<Order> {
    let mut random = Random::new(0x0b5e_55ed_0f0d_de75);
    let customers = Zipf::new(CUSTOMERS);
    (0..ORDERS).map(|_| order(&mut random, &customers)).collect()
}

fn order(random: &mut Random, customers: &Zipf) -> Order {
    let seconds = 1_700_000_000 + random.below(100_000_000) as i64;
    let millis = seconds * 1000 + random.below(1000) as i64;
    // From some cents to some hundred thousands: one to four bytes.
    let digits = 3 + random.below(5) as u32;
    let id = u128::from(random.next()) << 64 | u128::from(random.next());
    Order {
        id: uuid::Builder::from_random_bytes(id.to_be_bytes()).into_uuid(),
        customer: format!("customer-{:06}", customers.draw(random)),
        placed_at: DateTime::from_timestamp_millis(millis).unwrap_or_default(),
        state: [State::Placed, State::Paid, State::Shipped][random.below(3) as usize],
        total: Decimal::new(random.below(10_u64.pow(digits)) as i64, 2),
        currency: ["EUR", "USD", "GBP"][random.below(3) as usize],
        address: Address {
            street: format!("{} {}", random.word(8, 20), 1 + random.below(200)),
            postal_code: format!("{:05}", random.below(100_000)),
            city: random.word(4, 12),
        },
        note: (random.below(2) == 0)
            .then(|| format!("{} {} {}", random.word(2, 9), random.word(4, 12), random.word(3, 15))),
        lines: (0..LINES).map(|_| line(random)).collect(),
    }
}

fn line(random: &mut Random) -> Line {
    Line {
        sku: format!("sku-{:07}", random.below(10_000_000)),
        quantity: 1 + random.below(100) as i32,
        unit_cents: random.below(500_000) as i64,
        colour: random.word(4, 14),
    }
}

/// Numbers of which each comes up in proportion to one over its rank.
struct Zipf {
    /// The sum of all weights up to each rank, in millionths.
    sums: Vec<u64>,
}

impl Zipf {
    fn new(ranks: usize) -> Self {
        let weights = (1..=ranks as u64).map(|rank| 1_000_000 / rank);
        let sums = weights.scan(0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        });
        Self { sums: sums.collect() }
    }

    fn draw(&self, random: &mut Random) -> usize {
        let all = self.sums.last().copied().unwrap_or(1);
        let drawn = random.below(all);
        self.sums.partition_point(|sum| *sum <= drawn)
    }
}
