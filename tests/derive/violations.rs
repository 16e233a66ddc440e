//! Violations: all at once, each with its path.

use std::collections::BTreeMap;

use publisher_core::{Event, EventData};
use rust_decimal::Decimal;

use crate::reading::violations;

#[derive(EventData)]
#[event(pattern = "^[A-Z]{3}$")]
struct Code(#[event(max_length = 3)] String);

#[derive(EventData)]
#[event(decimal(5, 2), min = 0)]
struct Price(Decimal);

#[derive(EventData)]
struct Line {
    #[event(min_length = 1, max_length = 4)]
    title: String,
    #[event(max = 100)]
    price: Price,
    #[event(min = 1, max = 10)]
    quantity: Option<u32>,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme")]
enum OrderEvent<'a> {
    Placed {
        #[event(key, format = uuid)]
        order_id: &'a str,
        #[event(min_items = 1)]
        lines: Vec<Line>,
        code: Option<Code>,
        #[event(max_items = 1)]
        prices: BTreeMap<&'a str, Price>,
        #[event(exclusive_min = 0, exclusive_max = 1.5)]
        rate: f64,
    },
}

#[test]
fn all_violations_are_told_at_once() {
    let line = |title: &str, price: Decimal, quantity| Line {
        title: title.to_owned(),
        price: Price(price),
        quantity,
    };
    let event = OrderEvent::Placed {
        order_id: "x",
        lines: vec![
            line("good", Decimal::ONE, None),
            line("", Decimal::new(-1, 0), Some(0)),
            line("éèéèé", Decimal::new(10001, 2), Some(11)),
            line("a", Decimal::new(1, 3), Some(1)),
        ],
        code: Some(Code("abcd".to_owned())),
        prices: BTreeMap::from([("secret", Price(Decimal::new(100_000, 2))), ("b", Price(Decimal::ONE))]),
        rate: f64::NAN,
    };
    assert_eq!(
        violations(&event),
        [
            "order_id is not a uuid",
            "lines[1].title has 0 characters, at least 1 are needed",
            "lines[1].price is less than 0",
            "lines[1].quantity is less than 1",
            "lines[2].title has 5 characters, at most 4 are allowed",
            "lines[2].price is more than 100",
            "lines[2].quantity is more than 10",
            "lines[3].price has more than 2 decimal places: round it before publishing",
            "code has 4 characters, at most 3 are allowed",
            "code does not match the pattern ^[A-Z]{3}$",
            "prices{1} has more than 5 digits at 2 decimal places",
            "prices has 2 items, at most 1 are allowed",
            "rate is not greater than 0",
            "rate is not less than 1.5",
        ]
    );
}

#[test]
fn nothing_is_said_of_a_valid_event() {
    let event = OrderEvent::Placed {
        order_id: "01234567-89AB-cdef-0123-456789abcdef",
        lines: vec![Line {
            title: "éèéè".to_owned(),
            price: Price(Decimal::ONE_HUNDRED),
            quantity: Some(10),
        }],
        code: None,
        prices: BTreeMap::new(),
        rate: 1.4999,
    };
    event.write(&mut Vec::new()).expect("a valid event");
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme", encoding = json)]
struct Wide {
    #[event(key)]
    id: i64,
    rate: f32,
}

#[test]
fn json_refuses_what_its_readers_cannot_hold() {
    assert_eq!(
        violations(&Wide {
            id: 1 << 53,
            rate: f32::INFINITY
        }),
        [
            "id is beyond ±(2^53 − 1), where JSON readers lose digits: publish it as Avro, or as text with `as_string`",
            "rate is not a finite number, which is all that JSON can carry",
        ]
    );
}
