//! Fields of the standard library's types and of well-known crates', alone and in containers.
//!
//! Knows no event and no other group.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use publisher_core::{Encoding, EventData};
use rust_decimal::Decimal;
use serde_json::json;
use uuid::Uuid;

use super::{Expected, instant, is_json};

#[derive(EventData)]
#[event(decimal(18, 2))]
pub struct Money(Decimal);

#[derive(EventData)]
#[event(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    New,
    PaidInFull,
    #[event(default)]
    Unknown,
}

/// A record within the record.
#[derive(EventData)]
pub struct Line<'a> {
    title: &'a str,
    price: Money,
}

/// One field of each type.
#[derive(EventData)]
pub struct Values<'a> {
    boolean: bool,
    i8: i8,
    i16: i16,
    i32: i32,
    i64: i64,
    u8: u8,
    u16: u16,
    u32: u32,
    f32: f32,
    f64: f64,
    string: String,
    cow: Cow<'a, str>,
    char: char,
    bytes: Vec<u8>,
    option: Option<&'a str>,
    option_record: Option<Line<'a>>,
    option_long: Option<i64>,
    option_decimal: Option<Money>,
    option_timestamp: Option<DateTime<Utc>>,
    option_list: Option<Vec<Status>>,
    list: Vec<i64>,
    list_of_options: Vec<Option<bool>>,
    map: BTreeMap<String, Money>,
    hash_map: HashMap<&'a str, Vec<f64>>,
    uuid: Uuid,
    timestamp: DateTime<Utc>,
    date: NaiveDate,
    #[event(decimal(28, 10))]
    decimal: Decimal,
    #[event(decimal(9, 0))]
    decimals: Vec<Decimal>,
    status: Status,
    line: Line<'a>,
    lines: Arc<[Line<'a>]>,
    #[event(format = email, max_length = 80)]
    email: &'a str,
    #[event(min = 0, max = 1)]
    ratio: f64,
}

/// As [`super::samples`] has them.
pub fn samples(encoding: Encoding) -> [Expected<Values<'static>>; 4] {
    [ordinary(encoding), greatest(encoding), least(encoding), empty(encoding)]
}

fn line(title: &str, cents: i64) -> Line<'_> {
    Line {
        title,
        price: Money(Decimal::new(cents, 2)),
    }
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

fn ordinary(encoding: Encoding) -> Expected<Values<'static>> {
    Expected {
        value: Values {
            boolean: true,
            i8: -8,
            i16: -1600,
            i32: 32,
            i64: 64_000_000_000,
            u8: 200,
            u16: 60_000,
            u32: 4_000_000_000,
            f32: 0.1,
            f64: 0.1,
            string: "Größe \"XL\" \\ \u{0} \t \n \u{7f} \u{2028} \u{ffff} 🦀".to_owned(),
            cow: Cow::Borrowed("a/b"),
            char: '🦀',
            bytes: vec![0, 1, 0x7f, 0x80, 0xff],
            option: Some("there"),
            option_record: Some(line("optional", 1)),
            option_long: Some(-1),
            option_decimal: Some(Money(Decimal::new(250, 2))),
            option_timestamp: DateTime::from_timestamp_millis(0),
            option_list: Some(vec![Status::New, Status::New, Status::Unknown]),
            list: vec![1, -2, 3],
            list_of_options: vec![Some(true), None, Some(false)],
            map: BTreeMap::from([
                ("é.ü".to_owned(), Money(Decimal::new(100, 2))),
                ("".to_owned(), Money(Decimal::new(-7, 2))),
            ]),
            hash_map: HashMap::from([("k", vec![0.5, -2.0])]),
            uuid: Uuid::from_u128(0x0123_4567_89AB_4DEF_8123_4567_89AB_CDEF),
            timestamp: DateTime::from_timestamp_nanos(1_709_210_096_789_999_999),
            date: day(2024, 2, 29),
            decimal: Decimal::new(-12_345_000_001, 10),
            decimals: vec![Decimal::new(127, 0), Decimal::new(128, 0), Decimal::new(-129, 0)],
            status: Status::PaidInFull,
            line: line("one", -1234),
            lines: [line("two", 0), line("three", 30_000)].into(),
            email: "mail@example.com",
            ratio: 1.0,
        },
        expected: json!({
            "boolean": true,
            "i8": -8,
            "i16": -1600,
            "i32": 32,
            "i64": 64_000_000_000_i64,
            "u8": 200,
            "u16": 60_000,
            "u32": 4_000_000_000_u32,
            // Avro's float is nearest to 0.1, not 0.1 itself; JSON has the shortest digits that name it.
            "f32": if is_json(encoding) { 0.1 } else { f64::from(0.1_f32) },
            "f64": 0.1,
            "string": "Größe \"XL\" \\ \u{0} \t \n \u{7f} \u{2028} \u{ffff} 🦀",
            "cow": "a/b",
            "char": "🦀",
            "bytes": "AAF/gP8=",
            "option": "there",
            "option_record": { "title": "optional", "price": "0.01" },
            "option_long": -1,
            "option_decimal": "2.50",
            "option_timestamp": instant(encoding, "1970-01-01T00:00:00.000"),
            "option_list": ["NEW", "NEW", "UNKNOWN"],
            "list": [1, -2, 3],
            "list_of_options": [true, null, false],
            "map": { "é.ü": "1.00", "": "-0.07" },
            "hash_map": { "k": [0.5, -2] },
            "uuid": "01234567-89ab-4def-8123-456789abcdef",
            "timestamp": instant(encoding, "2024-02-29T12:34:56.789"),
            "date": "2024-02-29",
            "decimal": "-1.2345000001",
            "decimals": ["127", "128", "-129"],
            "status": "PAID_IN_FULL",
            "line": { "title": "one", "price": "-12.34" },
            "lines": [{ "title": "two", "price": "0.00" }, { "title": "three", "price": "300.00" }],
            "email": "mail@example.com",
            "ratio": 1,
        }),
    }
}

fn greatest(encoding: Encoding) -> Expected<Values<'static>> {
    let json = is_json(encoding);
    Expected {
        value: Values {
            boolean: true,
            i8: i8::MAX,
            i16: i16::MAX,
            i32: i32::MAX,
            i64: if json { 9_007_199_254_740_991 } else { i64::MAX },
            u8: u8::MAX,
            u16: u16::MAX,
            u32: u32::MAX,
            f32: f32::MAX,
            f64: f64::MAX,
            string: "long ".repeat(1000),
            cow: Cow::Borrowed("~"),
            char: char::MAX,
            bytes: vec![0xff; 300],
            option: Some("null"),
            option_record: Some(line("", 999_999_999_999_999_999)),
            option_long: Some(if json {
                9_007_199_254_740_991
            } else {
                9_007_199_254_740_992
            }),
            option_decimal: Some(Money(Decimal::new(999_999_999_999_999_999, 2))),
            option_timestamp: DateTime::from_timestamp_millis(253_402_300_799_999),
            option_list: Some(Vec::new()),
            list: vec![
                if json {
                    9_007_199_254_740_991
                } else {
                    9_007_199_254_740_993
                };
                200
            ],
            list_of_options: vec![None; 3],
            map: (0..100)
                .map(|n| (n.to_string(), Money(Decimal::new(999_999_999_999_999_999, 2))))
                .collect(),
            hash_map: HashMap::from([("max", vec![f64::MAX, f64::EPSILON])]),
            uuid: Uuid::max(),
            timestamp: DateTime::from_timestamp_millis(253_402_300_799_999).unwrap_or_default(),
            date: day(9999, 12, 31),
            decimal: Decimal::from_i128_with_scale(9_999_999_999_999_999_999_999_999_999, 10),
            decimals: vec![Decimal::new(999_999_999, 0)],
            status: Status::Unknown,
            line: line("greatest", 999_999_999_999_999_999),
            lines: [].into(),
            email: "a@b.c",
            ratio: 0.999_999_999_999_999_9,
        },
        expected: json!({
            "boolean": true,
            "i8": 127,
            "i16": 32_767,
            "i32": 2_147_483_647,
            "i64": if json { json!(9_007_199_254_740_991_i64) } else { json!("9223372036854775807") },
            "u8": 255,
            "u16": 65_535,
            "u32": 4_294_967_295_u32,
            "f32": if json { 3.402_823_5e38 } else { 3.402_823_466_385_288_6e38 },
            "f64": 1.797_693_134_862_315_7e308,
            "string": "long ".repeat(1000),
            "cow": "~",
            "char": "\u{10ffff}",
            "bytes": "/".repeat(400),
            "option": "null",
            "option_record": { "title": "", "price": "9999999999999999.99" },
            "option_long": if json { json!(9_007_199_254_740_991_i64) } else { json!("9007199254740992") },
            "option_decimal": "9999999999999999.99",
            "option_timestamp": instant(encoding, "9999-12-31T23:59:59.999"),
            "option_list": [],
            "list": vec![if json { json!(9_007_199_254_740_991_i64) } else { json!("9007199254740993") }; 200],
            "list_of_options": [null, null, null],
            "map": (0..100).map(|n| (n.to_string(), json!("9999999999999999.99"))).collect::<serde_json::Map<_, _>>(),
            "hash_map": { "max": [1.797_693_134_862_315_7e308, 2.220_446_049_250_313e-16] },
            "uuid": "ffffffff-ffff-ffff-ffff-ffffffffffff",
            "timestamp": instant(encoding, "9999-12-31T23:59:59.999"),
            "date": "9999-12-31",
            "decimal": "999999999999999999.9999999999",
            "decimals": ["999999999"],
            "status": "UNKNOWN",
            "line": { "title": "greatest", "price": "9999999999999999.99" },
            "lines": [],
            "email": "a@b.c",
            "ratio": 0.999_999_999_999_999_9,
        }),
    }
}

fn least(encoding: Encoding) -> Expected<Values<'static>> {
    let json = is_json(encoding);
    Expected {
        value: Values {
            boolean: false,
            i8: i8::MIN,
            i16: i16::MIN,
            i32: i32::MIN,
            i64: if json { -9_007_199_254_740_991 } else { i64::MIN },
            u8: 0,
            u16: 0,
            u32: 0,
            f32: f32::MIN,
            f64: f64::MIN,
            string: " ".to_owned(),
            cow: Cow::Owned("\u{1}".to_owned()),
            char: '\u{0}',
            bytes: vec![0],
            option: Some(""),
            option_record: Some(line("least", -999_999_999_999_999_999)),
            option_long: Some(if json { -9_007_199_254_740_991 } else { i64::MIN }),
            option_decimal: Some(Money(Decimal::new(-999_999_999_999_999_999, 2))),
            option_timestamp: DateTime::from_timestamp_millis(-62_135_596_800_000),
            option_list: Some(vec![Status::PaidInFull]),
            list: vec![if json {
                -9_007_199_254_740_991
            } else {
                -9_007_199_254_740_993
            }],
            list_of_options: vec![None],
            map: BTreeMap::from([("x".to_owned(), Money(Decimal::new(-999_999_999_999_999_999, 2)))]),
            hash_map: HashMap::from([("min", vec![f64::MIN, 5e-324])]),
            uuid: Uuid::nil(),
            timestamp: DateTime::from_timestamp_millis(-62_135_596_800_000).unwrap_or_default(),
            date: day(1, 1, 1),
            decimal: Decimal::from_i128_with_scale(-9_999_999_999_999_999_999_999_999_999, 10),
            decimals: vec![
                Decimal::new(-999_999_999, 0),
                Decimal::new(-1, 0),
                Decimal::new(-128, 0),
            ],
            status: Status::New,
            line: line("least", -1),
            lines: [line("", -999_999_999_999_999_999)].into(),
            email: "a@b.c",
            ratio: 0.0,
        },
        expected: json!({
            "boolean": false,
            "i8": -128,
            "i16": -32_768,
            "i32": -2_147_483_648_i64,
            "i64": if json { json!(-9_007_199_254_740_991_i64) } else { json!("-9223372036854775808") },
            "u8": 0,
            "u16": 0,
            "u32": 0,
            "f32": if json { -3.402_823_5e38 } else { -3.402_823_466_385_288_6e38 },
            "f64": -1.797_693_134_862_315_7e308,
            "string": " ",
            "cow": "\u{1}",
            "char": "\u{0}",
            "bytes": "AA==",
            "option": "",
            "option_record": { "title": "least", "price": "-9999999999999999.99" },
            "option_long": if json { json!(-9_007_199_254_740_991_i64) } else { json!("-9223372036854775808") },
            "option_decimal": "-9999999999999999.99",
            "option_timestamp": instant(encoding, "0001-01-01T00:00:00.000"),
            "option_list": ["PAID_IN_FULL"],
            "list": [if json { json!(-9_007_199_254_740_991_i64) } else { json!("-9007199254740993") }],
            "list_of_options": [null],
            "map": { "x": "-9999999999999999.99" },
            "hash_map": { "min": [-1.797_693_134_862_315_7e308, 5e-324] },
            "uuid": "00000000-0000-0000-0000-000000000000",
            "timestamp": instant(encoding, "0001-01-01T00:00:00.000"),
            "date": "0001-01-01",
            "decimal": "-999999999999999999.9999999999",
            "decimals": ["-999999999", "-1", "-128"],
            "status": "NEW",
            "line": { "title": "least", "price": "-0.01" },
            "lines": [{ "title": "", "price": "-9999999999999999.99" }],
            "email": "a@b.c",
            "ratio": 0,
        }),
    }
}

fn empty(encoding: Encoding) -> Expected<Values<'static>> {
    Expected {
        value: Values {
            boolean: false,
            i8: 0,
            i16: 0,
            i32: 0,
            i64: 0,
            u8: 0,
            u16: 0,
            u32: 0,
            f32: 0.0,
            f64: -0.0,
            string: String::new(),
            cow: Cow::Borrowed(""),
            char: '/',
            bytes: Vec::new(),
            option: None,
            option_record: None,
            option_long: None,
            option_decimal: None,
            option_timestamp: None,
            option_list: None,
            list: Vec::new(),
            list_of_options: Vec::new(),
            map: BTreeMap::new(),
            hash_map: HashMap::new(),
            uuid: Uuid::from_u128(1),
            // The millisecond before 1970: the finer part is cut towards the past.
            timestamp: DateTime::from_timestamp_nanos(-1),
            date: day(1969, 12, 31),
            decimal: Decimal::ZERO,
            decimals: Vec::new(),
            status: Status::New,
            line: line("", 0),
            lines: [].into(),
            email: "a@b.c",
            ratio: 0.0,
        },
        expected: json!({
            "boolean": false,
            "i8": 0,
            "i16": 0,
            "i32": 0,
            "i64": 0,
            "u8": 0,
            "u16": 0,
            "u32": 0,
            "f32": 0,
            "f64": 0,
            "string": "",
            "cow": "",
            "char": "/",
            "bytes": "",
            "option": null,
            "option_record": null,
            "option_long": null,
            "option_decimal": null,
            "option_timestamp": null,
            "option_list": null,
            "list": [],
            "list_of_options": [],
            "map": {},
            "hash_map": {},
            "uuid": "00000000-0000-0000-0000-000000000001",
            "timestamp": instant(encoding, "1969-12-31T23:59:59.999"),
            "date": "1969-12-31",
            "decimal": "0.0000000000",
            "decimals": [],
            "status": "NEW",
            "line": { "title": "", "price": "0.00" },
            "lines": [],
            "email": "a@b.c",
            "ratio": 0,
        }),
    }
}
