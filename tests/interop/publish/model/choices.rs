//! Enums with data, as tagged records and as unions, and types that are published as others.
//!
//! Knows no event and no other group.

use std::borrow::Cow;

use chrono::NaiveDate;
use publisher_core::{Encoding, EventData};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::{Expected, is_json};

/// How it was paid: a record with a tag.
#[derive(EventData)]
pub enum Payment {
    Card {
        last4: &'static str,
        valid_to: Option<NaiveDate>,
    },
    Transfer(Transfer),
    Refund(#[event(decimal(18, 2))] Decimal),
    #[event(default)]
    Voucher,
}

#[derive(EventData)]
pub struct Transfer {
    iban: &'static str,
}

/// A union; two of its records have the same fields, so that only their names tell them apart.
#[derive(EventData)]
#[event(union)]
pub enum Shape {
    Circle { size: f64 },
    Square { size: f64 },
    Sent(Transfer),
}

/// Published as a text.
#[derive(EventData)]
#[event(into = String)]
pub struct Span {
    low: i32,
    high: i32,
}

impl From<&Span> for String {
    fn from(span: &Span) -> Self {
        format!("{}-{}", span.low, span.high)
    }
}

/// Knows nothing of events.
pub struct Foreign(&'static str);

fn text(foreign: &Foreign) -> Cow<'_, str> {
    Cow::Borrowed(foreign.0)
}

/// Choices of each kind.
#[derive(EventData)]
pub struct Choices {
    payment: Payment,
    payments: Vec<Payment>,
    option_payment: Option<Payment>,
    shape: Shape,
    shapes: Vec<Shape>,
    option_shape: Option<Shape>,
    span: Span,
    #[event(as = Cow<'_, str>, with = text)]
    foreign: Foreign,
}

/// As [`super::samples`] has them.
pub fn samples(encoding: Encoding) -> [Expected<Choices>; 4] {
    [ordinary(encoding), greatest(encoding), least(encoding), empty(encoding)]
}

/// The record of a union's variant: Avro has the record's full name, JSON the variant's.
fn branch(encoding: Encoding, variant: &str, record: &str, value: Value) -> Value {
    let name = if is_json(encoding) {
        variant.to_owned()
    } else {
        format!("com.acme.interop.{record}")
    };
    json!({ name: value })
}

fn paid(tag: &str, card: Value, transfer: Value, refund: Value) -> Value {
    json!({ "type": tag, "card": card, "transfer": transfer, "refund": refund })
}

fn voucher() -> Value {
    paid("Voucher", Value::Null, Value::Null, Value::Null)
}

fn ordinary(encoding: Encoding) -> Expected<Choices> {
    let date = NaiveDate::from_ymd_opt(2024, 2, 29);
    Expected {
        value: Choices {
            payment: Payment::Card {
                last4: "4242",
                valid_to: date,
            },
            payments: vec![
                Payment::Transfer(Transfer { iban: "DE00" }),
                Payment::Voucher,
                Payment::Refund(Decimal::new(-150, 2)),
            ],
            option_payment: Some(Payment::Voucher),
            shape: Shape::Square { size: 1.5 },
            shapes: vec![
                Shape::Circle { size: 2.0 },
                Shape::Square { size: 2.0 },
                Shape::Sent(Transfer { iban: "FR00" }),
            ],
            option_shape: Some(Shape::Circle { size: -0.5 }),
            span: Span { low: 1, high: 9 },
            foreign: Foreign("é"),
        },
        expected: json!({
            "payment": paid("Card", json!({ "last4": "4242", "valid_to": "2024-02-29" }), Value::Null, Value::Null),
            "payments": [
                paid("Transfer", Value::Null, json!({ "iban": "DE00" }), Value::Null),
                voucher(),
                paid("Refund", Value::Null, Value::Null, json!("-1.50")),
            ],
            "option_payment": voucher(),
            "shape": branch(encoding, "Square", "ShapeSquare", json!({ "size": 1.5 })),
            "shapes": [
                branch(encoding, "Circle", "ShapeCircle", json!({ "size": 2 })),
                branch(encoding, "Square", "ShapeSquare", json!({ "size": 2 })),
                branch(encoding, "Sent", "Transfer", json!({ "iban": "FR00" })),
            ],
            "option_shape": branch(encoding, "Circle", "ShapeCircle", json!({ "size": -0.5 })),
            "span": "1-9",
            "foreign": "é",
        }),
    }
}

fn greatest(encoding: Encoding) -> Expected<Choices> {
    let dear = Decimal::new(999_999_999_999_999_999, 2);
    Expected {
        value: Choices {
            payment: Payment::Refund(dear),
            payments: (0..100).map(|_| Payment::Refund(dear)).collect(),
            option_payment: Some(Payment::Refund(dear)),
            shape: Shape::Circle { size: f64::MAX },
            shapes: (0..100).map(|_| Shape::Square { size: f64::MAX }).collect(),
            option_shape: Some(Shape::Square { size: f64::MAX }),
            span: Span { low: 0, high: i32::MAX },
            foreign: Foreign("~"),
        },
        expected: {
            let refund = paid("Refund", Value::Null, Value::Null, json!("9999999999999999.99"));
            let square = branch(
                encoding,
                "Square",
                "ShapeSquare",
                json!({ "size": 1.797_693_134_862_315_7e308 }),
            );
            json!({
                "payment": refund,
                "payments": vec![refund.clone(); 100],
                "option_payment": refund,
                "shape": branch(encoding, "Circle", "ShapeCircle", json!({ "size": 1.797_693_134_862_315_7e308 })),
                "shapes": vec![square.clone(); 100],
                "option_shape": square,
                "span": "0-2147483647",
                "foreign": "~",
            })
        },
    }
}

fn least(encoding: Encoding) -> Expected<Choices> {
    Expected {
        value: Choices {
            payment: Payment::Card {
                last4: "",
                valid_to: None,
            },
            payments: vec![Payment::Voucher],
            option_payment: Some(Payment::Transfer(Transfer { iban: "" })),
            shape: Shape::Sent(Transfer { iban: "" }),
            shapes: vec![Shape::Sent(Transfer { iban: "" })],
            option_shape: Some(Shape::Sent(Transfer { iban: "" })),
            span: Span { low: i32::MIN, high: 0 },
            foreign: Foreign(" "),
        },
        expected: {
            let sent = branch(encoding, "Sent", "Transfer", json!({ "iban": "" }));
            json!({
                "payment": paid("Card", json!({ "last4": "", "valid_to": null }), Value::Null, Value::Null),
                "payments": [voucher()],
                "option_payment": paid("Transfer", Value::Null, json!({ "iban": "" }), Value::Null),
                "shape": sent,
                "shapes": [sent],
                "option_shape": sent,
                "span": "-2147483648-0",
                "foreign": " ",
            })
        },
    }
}

fn empty(encoding: Encoding) -> Expected<Choices> {
    Expected {
        value: Choices {
            payment: Payment::Voucher,
            payments: Vec::new(),
            option_payment: None,
            shape: Shape::Circle { size: 0.0 },
            shapes: Vec::new(),
            option_shape: None,
            span: Span { low: 0, high: 0 },
            foreign: Foreign(""),
        },
        expected: json!({
            "payment": voucher(),
            "payments": [],
            "option_payment": null,
            "shape": branch(encoding, "Circle", "ShapeCircle", json!({ "size": 0 })),
            "shapes": [],
            "option_shape": null,
            "span": "0-0",
            "foreign": "",
        }),
    }
}
