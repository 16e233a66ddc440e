//! What other teams read, and the translation of the shop's model into it: the anti-corruption layer.
//!
//! The published types are frozen by their schemas; the domain can change behind them. An event type has one encoding.
//! A team chooses one; the quickstart shows both, so that the same form stands here once for each.

use publisher_core::{EventData, TranslationError};
use rust_decimal::prelude::ToPrimitive as _;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::domain;

/// An amount in the shop's currency, to the cent.
#[derive(EventData)]
#[event(decimal(18, 2))]
pub struct Money(Decimal);

/// Where an order goes.
#[derive(EventData)]
pub struct Address<'a> {
    name: &'a str,
    street: &'a str,
    city: &'a str,
    region: Option<&'a str>,
    postal_code: Option<&'a str>,
    country: &'a str,
}

/// So many of one product.
#[derive(EventData)]
pub struct OrderLine<'a> {
    product_id: u32,
    #[event(min_length = 1)]
    product_name: &'a str,
    #[event(min = 0)]
    unit_price: Money,
    #[event(min = 1)]
    quantity: u32,
    /// The part of the price that is taken off.
    #[event(min = 0, max = 1)]
    discount: f64,
}

macro_rules! order_event {
    ($encoding:ident, $placed:literal, $shipped:literal) => {
        pub mod $encoding {
            use std::borrow::Cow;

            use chrono::NaiveDate;
            use publisher_core::{Event, TranslationError, Translator};

            use super::{Address, Money, OrderLine, address, cents, lines, total};
            use crate::domain;

            /// What happened to an order.
            #[derive(Event)]
            #[event(topic = "orders", namespace = "com.acme.orders", encoding = $encoding)]
            pub enum OrderEvent<'a> {
                /// A customer placed an order.
                #[event(name = "OrderPlaced", schema = $placed)]
                Placed {
                    #[event(key)]
                    order_id: String,
                    customer_id: &'a str,
                    customer_name: &'a str,
                    placed_on: NaiveDate,
                    required_on: NaiveDate,
                    ship_to: Address<'a>,
                    freight: Money,
                    #[event(min_items = 1)]
                    lines: Vec<OrderLine<'a>>,
                    /// All lines with their discounts, without freight.
                    total: Money,
                },
                /// An order left the house.
                #[event(name = "OrderShipped", schema = $shipped)]
                Shipped {
                    #[event(key)]
                    order_id: String,
                    shipped_on: NaiveDate,
                    carrier: Cow<'a, str>,
                },
            }

            /// From the shop's model to what is published.
            #[derive(Clone, Copy)]
            pub struct OrderTranslator;

            impl<'d> Translator<domain::OrderEvent<'d>> for OrderTranslator {
                type Event<'a>
                    = OrderEvent<'a>
                where
                    'd: 'a;

                fn translate<'a>(&self, event: &'a domain::OrderEvent<'d>) -> Result<OrderEvent<'a>, TranslationError> {
                    Ok(match event {
                        domain::OrderEvent::Placed(order) => OrderEvent::Placed {
                            order_id: order.id.0.to_string(),
                            customer_id: &order.customer.id.0,
                            customer_name: &order.customer.name,
                            placed_on: order.placed_on,
                            required_on: order.required_on,
                            ship_to: address(&order.ship_to),
                            freight: cents(order.freight),
                            lines: lines(order)?,
                            total: total(order)?,
                        },
                        domain::OrderEvent::Shipped(order, shipment) => OrderEvent::Shipped {
                            order_id: order.id.0.to_string(),
                            shipped_on: shipment.shipped_on,
                            carrier: Cow::Borrowed(&shipment.carrier),
                        },
                    })
                }
            }
        }
    };
}

order_event!(
    avro,
    "schemas/com.acme.orders.OrderPlaced.avsc",
    "schemas/com.acme.orders.OrderShipped.avsc"
);
order_event!(
    json,
    "schemas/com.acme.orders.OrderPlaced.json",
    "schemas/com.acme.orders.OrderShipped.json"
);

fn address(address: &domain::Address) -> Address<'_> {
    Address {
        name: &address.name,
        street: &address.street,
        city: &address.city,
        region: address.region.as_deref(),
        postal_code: address.postal_code.as_deref(),
        country: &address.country,
    }
}

fn lines(order: &domain::Order) -> Result<Vec<OrderLine<'_>>, TranslationError> {
    order
        .lines
        .iter()
        .enumerate()
        .map(|(index, line)| line_of(index, line))
        .collect()
}

fn line_of(index: usize, line: &domain::OrderLine) -> Result<OrderLine<'_>, TranslationError> {
    let beyond = || TranslationError::new(format!("lines[{index}].discount"), "is too large for a number of JSON");
    Ok(OrderLine {
        product_id: line.product_id,
        product_name: &line.product_name,
        unit_price: cents(line.unit_price),
        quantity: line.quantity,
        discount: rounded(line.discount.0).to_f64().ok_or_else(beyond)?,
    })
}

/// What the lines cost, computed exactly from the published prices and rounded once.
fn total(order: &domain::Order) -> Result<Money, TranslationError> {
    let mut total = Decimal::ZERO;
    for (index, line) in order.lines.iter().enumerate() {
        let cost = cost(line).and_then(|cost| total.checked_add(cost));
        let beyond = || TranslationError::new(format!("lines[{index}]"), "costs more than an amount can hold");
        total = cost.ok_or_else(beyond)?;
    }
    Ok(Money(rounded(total)))
}

fn cost(line: &domain::OrderLine) -> Option<Decimal> {
    let price = rounded(line.unit_price.0).checked_mul(Decimal::from(line.quantity))?;
    price.checked_mul(Decimal::ONE.checked_sub(rounded(line.discount.0))?)
}

/// The shop's database keeps prices as four-byte floats: 9.8 comes back as 9.80000019.
fn cents(money: domain::Money) -> Money {
    Money(rounded(money.0))
}

fn rounded(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(2, RoundingStrategy::MidpointNearestEven)
}
