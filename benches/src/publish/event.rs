//! The published form of an order, flat and nested, and the translators that make it.

use chrono::{DateTime, Utc};
use publisher_core::{Event, EventData, TranslationError, Translator};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::corpus::{Line, Order, State};

/// The topic of both events.
pub const TOPIC: &str = "shop-orders";

/// Where an order stands, as it is published.
#[derive(Clone, Copy, Debug, EventData)]
#[event(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the names say it")]
pub enum OrderStatus {
    Placed,
    Paid,
    Shipped,
}

impl From<State> for OrderStatus {
    fn from(state: State) -> Self {
        match state {
            State::Placed => Self::Placed,
            State::Paid => Self::Paid,
            State::Shipped => Self::Shipped,
        }
    }
}

/// So many of one product, as it is published.
#[derive(Clone, Copy, Debug, EventData)]
#[expect(missing_docs, reason = "the names say it")]
pub struct OrderLine<'a> {
    #[event(max_length = 40)]
    pub sku: &'a str,
    #[event(min = 1)]
    pub quantity: i32,
    #[event(min = 0)]
    pub unit_cents: i64,
    pub colour: &'a str,
}

impl<'a> From<&'a Line> for OrderLine<'a> {
    fn from(line: &'a Line) -> Self {
        Self {
            sku: &line.sku,
            quantity: line.quantity,
            unit_cents: line.unit_cents,
            colour: &line.colour,
        }
    }
}

macro_rules! order {
    ($(#[$doc:meta])* $event:ident by $translator:ident $({ $(#[$check:meta])* $field:ident: $type:ty = $value:expr })?) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Event)]
        #[event(topic = "shop-orders", namespace = "com.acme.shop")]
        #[expect(missing_docs, reason = "the names say it")]
        pub struct $event<'a> {
            pub order_id: Uuid,
            #[event(key, max_length = 40)]
            pub customer: &'a str,
            pub placed_at: DateTime<Utc>,
            pub status: OrderStatus,
            #[event(decimal(18, 2), min = 0)]
            pub total: Decimal,
            #[event(min_length = 3, max_length = 3)]
            pub currency: &'a str,
            pub street: &'a str,
            #[event(max_length = 10)]
            pub postal_code: &'a str,
            pub city: &'a str,
            #[event(max_length = 64)]
            pub payment: &'a str,
            #[event(max_length = 500)]
            pub note: Option<&'a str>,
            $($(#[$check])* pub $field: $type,)?
        }

        #[doc = concat!("Makes [`", stringify!($event), "`] of an order.")]
        #[derive(Clone, Copy, Debug)]
        pub struct $translator;

        impl Translator<Order> for $translator {
            type Event<'a> = $event<'a>;

            fn translate<'a>(&self, order: &'a Order) -> Result<$event<'a>, TranslationError> {
                if order.lines.is_empty() {
                    return Err(TranslationError::new("lines", "is empty"));
                }
                Ok($event {
                    order_id: order.id,
                    customer: &order.customer,
                    placed_at: order.placed_at,
                    status: order.state.into(),
                    total: order.total,
                    currency: order.currency,
                    street: &order.address.street,
                    postal_code: &order.address.postal_code,
                    city: &order.address.city,
                    payment: &order.payment,
                    note: order.note.as_deref(),
                    $($field: ($value)(order),)?
                })
            }
        }
    };
}

order! {
    /// A customer placed an order: about 150 bytes.
    OrderPlaced by Brief
}

order! {
    /// The same with what was ordered: about 600 bytes, 16 records in an array.
    OrderConfirmed by Detailed {
        #[event(min_items = 1)]
        lines: Vec<OrderLine<'a>> = |order: &'a Order| order.lines.iter().map(OrderLine::from).collect()
    }
}
