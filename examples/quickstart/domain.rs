//! The shop's own model: what an order is and what happens to it.
//!
//! Knows nothing of events' published form, of schemas or of Kafka. Amounts are as the shop's database has them.

use chrono::NaiveDate;
use rust_decimal::Decimal;

/// Which order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderId(pub u64);

/// Which customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerId(pub String);

/// An amount, as exact as its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money(pub Decimal);

/// The part of a price that is taken off, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Discount(pub Decimal);

/// What a customer ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    pub id: OrderId,
    pub customer: Customer,
    pub placed_on: NaiveDate,
    pub required_on: NaiveDate,
    pub ship_to: Address,
    pub freight: Money,
    pub lines: Vec<OrderLine>,
    pub shipment: Option<Shipment>,
}

/// Who ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    pub id: CustomerId,
    pub name: String,
}

/// Where an order goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    pub name: String,
    pub street: String,
    pub city: String,
    pub region: Option<String>,
    pub postal_code: Option<String>,
    pub country: String,
}

/// So many of one product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderLine {
    pub product_id: u32,
    pub product_name: String,
    pub unit_price: Money,
    pub quantity: u32,
    pub discount: Discount,
}

/// When and with whom an order left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shipment {
    pub shipped_on: NaiveDate,
    pub carrier: String,
}

/// What happened to an order.
#[derive(Clone, Copy, Debug)]
pub enum OrderEvent<'a> {
    Placed(&'a Order),
    Shipped(&'a Order, &'a Shipment),
}

impl Order {
    /// What happened to the order, first to last.
    pub fn events(&self) -> impl Iterator<Item = OrderEvent<'_>> {
        let shipped = self
            .shipment
            .as_ref()
            .map(|shipment| OrderEvent::Shipped(self, shipment));
        std::iter::once(OrderEvent::Placed(self)).chain(shipped)
    }
}
