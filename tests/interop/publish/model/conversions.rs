//! Unions in containers and with names of their own, and what is published as another type: fields, newtypes, wholes.
//!
//! Knows no event and no other group.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use chrono::{DateTime, Utc};
use publisher_core::{Encoding, EventData};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::{Expected, instant, is_json};

/// A union whose own records have a namespace; a branch may be a tagged enum, which is a record, and keeps its name.
#[derive(EventData)]
#[event(union, rename_all = "snake_case", namespace = "com.acme.interop.source")]
pub enum Source {
    WebPage {
        url: &'static str,
    },
    #[event(rename = "Phone", name = "Call")]
    Telephone {
        number: &'static str,
    },
    Mixed(Mixed),
}

#[derive(EventData)]
pub enum Mixed {
    Value {
        number: i32,
    },
    #[event(default)]
    None,
}

/// Knows nothing of events.
pub struct Cents(i64);

impl From<&Cents> for i64 {
    fn from(cents: &Cents) -> Self {
        cents.0
    }
}

fn euros(cents: &Cents) -> Decimal {
    Decimal::new(cents.0, 2)
}

fn some_euros(cents: &Option<Cents>) -> Option<Decimal> {
    cents.as_ref().map(euros)
}

fn checked(cents: &Cents) -> Result<u32, std::num::TryFromIntError> {
    u32::try_from(cents.0.unsigned_abs())
}

fn all(cents: &[Cents]) -> Vec<i64> {
    cents.iter().map(|cents| cents.0).collect()
}

fn millis(cents: &Cents) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(cents.0).unwrap_or_default()
}

fn dotted(address: &Ipv4Addr) -> String {
    address.to_string()
}

#[derive(EventData)]
pub struct Host(#[event(as = String, with = dotted, min_length = 7)] Ipv4Addr);

/// As a whole another record.
#[derive(EventData)]
#[event(into = Point)]
pub enum Corner {
    Origin,
    At(i32),
}

#[derive(EventData)]
pub struct Point {
    x: i32,
    y: i32,
}

impl From<&Corner> for Point {
    fn from(corner: &Corner) -> Self {
        match *corner {
            Corner::Origin => Self { x: 0, y: 0 },
            Corner::At(at) => Self { x: at, y: at },
        }
    }
}

/// Of each kind one.
#[derive(EventData)]
pub struct Conversions {
    source: Source,
    option_source: Option<Source>,
    by_name: BTreeMap<&'static str, Source>,
    options: Vec<Option<Source>>,
    #[event(as = i64)]
    cents: Cents,
    #[event(as = Decimal, with = euros, decimal(18, 2))]
    euros: Cents,
    #[event(as = Option<Decimal>, with = some_euros, decimal(18, 2))]
    option_euros: Option<Cents>,
    #[event(as = u32, with = checked, default = 3)]
    checked: Cents,
    #[event(as = Vec<i64>, with = all, max_items = 3)]
    list: Vec<Cents>,
    #[event(as = DateTime<Utc>, with = millis)]
    at: Cents,
    host: Host,
    corner: Corner,
    corners: Option<Vec<Corner>>,
}

/// As [`super::samples`] has them.
pub fn samples(encoding: Encoding) -> [Expected<Conversions>; 4] {
    let page = || Source::WebPage { url: "/é" };
    let call = || Source::Telephone { number: "" };
    let mixed = |number| Source::Mixed(Mixed::Value { number });
    let none = || Source::Mixed(Mixed::None);
    let name = |variant: &str, record: &str| match is_json(encoding) {
        true => variant.to_owned(),
        false => format!("com.acme.interop.{record}"),
    };
    let page_value = json!({ name("web_page", "source.SourceWebPage"): { "url": "/é" } });
    let call_value = json!({ name("Phone", "source.Call"): { "number": "" } });
    let mixed_value =
        |number: i32| json!({ name("mixed", "Mixed"): { "type": "Value", "value": { "number": number } } });
    let none_value = json!({ name("mixed", "Mixed"): { "type": "None", "value": null } });
    let value = |source, cents: i64| Conversions {
        source,
        option_source: None,
        by_name: BTreeMap::new(),
        options: Vec::new(),
        cents: Cents(cents),
        euros: Cents(cents),
        option_euros: None,
        checked: Cents(0),
        list: Vec::new(),
        at: Cents(0),
        host: Host(Ipv4Addr::UNSPECIFIED),
        corner: Corner::Origin,
        corners: None,
    };
    let expected = |source: &Value, cents: i64, euros: &str| {
        json!({
            "source": source,
            "option_source": null,
            "by_name": {},
            "options": [],
            "cents": cents,
            "euros": euros,
            "option_euros": null,
            "checked": 0,
            "list": [],
            "at": instant(encoding, "1970-01-01T00:00:00.000"),
            "host": "0.0.0.0",
            "corner": { "x": 0, "y": 0 },
            "corners": null,
        })
    };
    let with = |mut expected: Value, changed: Value| {
        for (name, value) in changed.as_object().into_iter().flatten() {
            expected[name] = value.clone();
        }
        expected
    };
    [
        Expected {
            value: Conversions {
                option_source: Some(call()),
                by_name: BTreeMap::from([("a", mixed(1)), ("b", page())]),
                options: vec![None, Some(call()), Some(none()), None],
                option_euros: Some(Cents(-7)),
                checked: Cents(-12),
                list: vec![Cents(1), Cents(2)],
                at: Cents(1_709_210_096_789),
                host: Host(Ipv4Addr::LOCALHOST),
                corner: Corner::At(-1),
                corners: Some(vec![Corner::Origin, Corner::At(2)]),
                ..value(page(), 1234)
            },
            expected: with(
                expected(&page_value, 1234, "12.34"),
                json!({
                    "option_source": call_value,
                    "by_name": { "a": mixed_value(1), "b": page_value },
                    "options": [null, call_value, none_value, null],
                    "option_euros": "-0.07",
                    "checked": 12,
                    "list": [1, 2],
                    "at": instant(encoding, "2024-02-29T12:34:56.789"),
                    "host": "127.0.0.1",
                    "corner": { "x": -1, "y": -1 },
                    "corners": [{ "x": 0, "y": 0 }, { "x": 2, "y": 2 }],
                }),
            ),
        },
        Expected {
            value: Conversions {
                option_source: Some(mixed(i32::MAX)),
                checked: Cents(u32::MAX.into()),
                host: Host(Ipv4Addr::BROADCAST),
                ..value(mixed(i32::MAX), 9_007_199_254_740_991)
            },
            expected: with(
                expected(&mixed_value(i32::MAX), 9_007_199_254_740_991, "90071992547409.91"),
                json!({
                    "option_source": mixed_value(i32::MAX),
                    "checked": u32::MAX,
                    "host": "255.255.255.255",
                }),
            ),
        },
        Expected {
            value: Conversions {
                option_source: Some(page()),
                options: vec![None],
                corners: Some(Vec::new()),
                ..value(call(), -9_007_199_254_740_991)
            },
            expected: with(
                expected(&call_value, -9_007_199_254_740_991, "-90071992547409.91"),
                json!({ "option_source": page_value, "options": [null], "corners": [] }),
            ),
        },
        Expected {
            value: value(none(), 0),
            expected: expected(&none_value, 0, "0.00"),
        },
    ]
}
