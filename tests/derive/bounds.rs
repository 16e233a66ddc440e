//! For each bound that a type has by itself or a constraint gives it: our check and the printed JSON Schema accept the
//! same values. `agreement` does so for texts and the narrower numbers.

use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};
use std::num::{NonZeroI16, NonZeroU64};
use std::time::Duration;

use bigdecimal::BigDecimal;
use chrono::{DateTime, NaiveDate, Utc};
use proptest::collection::vec;
use proptest::prelude::*;
use publisher_core::{Event, EventData};
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};
use uuid::Uuid;

use crate::reading::{json_schema, violations};

macro_rules! constrained {
    ($($name:ident: $ty:ty { $($constraint:tt)* })*) => {$(
        #[derive(Event)]
        #[event(topic = "bounds", namespace = "com.acme", unkeyed, encoding = json)]
        struct $name {
            #[event($($constraint)*)]
            value: $ty,
        }
    )*};
}

/// Our verdict and the schema's on the value, whose JSON is made here by hand.
macro_rules! agree {
    ($name:ident, $value:expr, $json:expr) => {{
        let json: Json = json!({ "value": $json });
        let event = $name { value: $value };
        let accepted = event.write(&mut Vec::new());
        let schema_accepts = json_schema(&event).is_valid(&json);
        prop_assert_eq!(accepted.is_ok(), schema_accepts, "{}: {}: {:?}", stringify!($name), json, accepted);
    }};
}

constrained! {
    Bytes: u8 {}
    Longs: i64 {}
    WideLongs: i64 { min = -9007199254740993, max = 9007199254740993 }
    NarrowLongs: i64 { exclusive_min = -9007199254740990, exclusive_max = 9007199254740990 }
    Unsigned: u64 {}
    NarrowUnsigned: u64 { min = 2, max = 9007199254740990 }
    WideUnsigned: Option<u64> { exclusive_max = 9223372036854775807 }
    NonZero: NonZeroU64 { max = 9007199254740990 }
    NonZeroSmall: NonZeroI16 { min = -3, exclusive_max = 3 }
    Texts: u128 { as_string }
    Lengths: Duration {}
    Dates: NaiveDate {}
    Instants: DateTime<Utc> { micros }
}

constrained! {
    Numbers: Decimal { decimal(6, 2, number) }
    BoundNumbers: Option<Decimal> { decimal(6, 2, number), min = -1.5, exclusive_max = 250.005 }
    OpenNumbers: Decimal { decimal(4, 4, number), exclusive_min = -0.5, max = 0.25 }
    BigNumbers: BigDecimal { decimal(6, 2), exclusive_min = -2, max = 9999.99 }
}

/// Constraints of a newtype and of the field that holds it add up.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, EventData)]
#[event(min_length = 2, max_length = 3)]
struct Name(String);

#[derive(Debug, EventData)]
#[event(min = 1)]
struct Count(u64);

#[derive(Debug, EventData)]
struct Line {
    name: Option<Name>,
    #[event(max = 10)]
    count: Count,
}

#[derive(Debug, EventData)]
enum Choice {
    Line(Box<Line>),
    Named {
        #[event(min_length = 3)]
        name: Name,
    },
    Count(#[event(max = 5)] Count),
}

#[derive(Debug, EventData)]
#[event(union)]
enum Either {
    Line(Line),
    Named { name: Name },
}

constrained! {
    Arrays: Vec<[i32; 2]> { min_items = 1, max_items = 2 }
    Deques: VecDeque<Name> { min_items = 1 }
    Keys: BTreeMap<Name, i32> { max_items = 2 }
    Sets: BTreeSet<i32> { min_items = 1, max_items = 2 }
    HashSets: Option<HashSet<i32>> { max_items = 2 }
    Lines: Vec<Line> { max_items = 2 }
    Choices: BTreeMap<String, Choice> { max_items = 2 }
    Unions: Option<Vec<Either>> { max_items = 2 }
}

constrained! {
    Five: [u8; 5] {}
    Four: [u8; 4] {}
    Three: Vec<[u8; 3]> {}
    Empty: [u8; 0] {}
    FixedOne: [u8; 1] { fixed = "One" }
    FixedTwo: Option<[u8; 2]> { fixed = "Two" }
    FixedThree: [u8; 3] { fixed = "Three" }
    FixedId: Uuid { fixed = "Id" }
}

const SAFE: i64 = (1 << 53) - 1;

/// Numbers next to the ends of every width, and anywhere.
fn longs() -> impl Strategy<Value = i64> {
    let near = proptest::sample::select(&[0, 255, SAFE, -SAFE, i64::MAX, i64::MIN, i32::MAX as i64][..]);
    prop_oneof![
        (near, -4..5_i64).prop_map(|(near, by)| near.saturating_add(by)),
        any::<i64>()
    ]
}

fn unsigned() -> impl Strategy<Value = u64> {
    let near = proptest::sample::select(&[0, SAFE as u64, i64::MAX as u64, u64::MAX][..]);
    prop_oneof![
        (near, 0..5_u64, any::<bool>()).prop_map(|(near, by, up)| if up {
            near.saturating_add(by)
        } else {
            near.saturating_sub(by)
        }),
        any::<u64>()
    ]
}

/// Decimals next to the bounds, with as many places as the schema has or one more.
fn decimals() -> impl Strategy<Value = Decimal> {
    let near = proptest::sample::select(
        &[
            0,
            -150_000,
            25_000_500,
            999_999_000,
            -999_999_000,
            -50_000,
            25_000,
            -200_000,
        ][..],
    );
    prop_oneof![
        (near, -3..4_i64, 0..4_u32).prop_map(|(near, by, places)| {
            let step = 10_i64.pow(3 - places.min(3)) * 10;
            Decimal::new(near + by * step / 10, 5)
        }),
        (any::<i32>(), 0..5_u32).prop_map(|(digits, scale)| Decimal::new(digits.into(), scale)),
    ]
}

/// A number's text as the nearest double. What has more places than the schema is refused by us alone: the schema does
/// not say `multipleOf`, which readers check by a division of doubles.
fn number(value: Decimal) -> Json {
    json!(value.to_string().parse::<f64>().expect("a number"))
}

fn year_text(year: i32) -> String {
    if (0..=9999).contains(&year) {
        format!("{year:04}")
    } else {
        format!("{year:+}")
    }
}

fn names() -> impl Strategy<Value = String> {
    vec(prop_oneof![Just('a'), Just('é'), Just('🦀')], 0..5).prop_map(String::from_iter)
}

prop_compose! {
    fn line()(name in proptest::option::of(names()), count in 0..13_u64) -> (Line, Json) {
        let json = json!({ "name": name, "count": count });
        (Line { name: name.map(Name), count: Count(count) }, json)
    }
}

fn choice() -> impl Strategy<Value = (Choice, Json)> {
    let tagged = |tag: &str, name: &str, held: Json| {
        let mut json = json!({ "type": tag, "line": null, "named": null, "count": null });
        json[name] = held;
        json
    };
    prop_oneof![
        line().prop_map(move |(line, json)| (Choice::Line(Box::new(line)), tagged("Line", "line", json))),
        names().prop_map(move |name| {
            let json = tagged("Named", "named", json!({ "name": name }));
            (Choice::Named { name: Name(name) }, json)
        }),
        (0..8_u64).prop_map(move |count| (Choice::Count(Count(count)), tagged("Count", "count", json!(count)))),
    ]
}

fn either() -> impl Strategy<Value = (Either, Json)> {
    prop_oneof![
        line().prop_map(|(line, json)| (Either::Line(line), json!({ "Line": json }))),
        names().prop_map(|name| {
            let json = json!({ "Named": { "name": name } });
            (Either::Named { name: Name(name) }, json)
        }),
    ]
}

proptest! {
    #[test]
    fn integers(long in longs(), value in unsigned(), digits: u128) {
        agree!(Longs, long, long);
        agree!(WideLongs, long, long);
        agree!(NarrowLongs, long, long);
        agree!(Unsigned, value, value);
        agree!(NarrowUnsigned, value, value);
        agree!(WideUnsigned, Some(value), value);
        agree!(Texts, digits, digits.to_string());
        if let Ok(value) = u8::try_from(long) {
            agree!(Bytes, value, value);
        }
        if let Ok(value) = NonZeroU64::try_from(value) {
            agree!(NonZero, value, value);
        }
        if let Some(value) = NonZeroI16::new((long % 6) as i16) {
            agree!(NonZeroSmall, value, value);
        }
    }

    #[test]
    fn times(millis in unsigned(), days in -800_000..3_000_000_i32, micros in prop_oneof![
        -62_167_219_200_000_003..-62_167_219_199_999_997_i64,
        253_402_300_799_999_997..253_402_300_800_000_003_i64,
        any::<i32>().prop_map(i64::from),
    ]) {
        use chrono::{Datelike, Timelike};
        agree!(Lengths, Duration::from_millis(millis), millis);
        let date_text = |date: NaiveDate| format!("{}-{:02}-{:02}", year_text(date.year()), date.month(), date.day());
        let date = NaiveDate::from_epoch_days(days).expect("within chrono's range");
        agree!(Dates, date, date_text(date));
        let at = DateTime::from_timestamp_micros(micros).expect("within chrono's range");
        let time = at.time();
        let parts = (time.hour(), time.minute(), time.second(), time.nanosecond() / 1000);
        let date = date_text(at.date_naive());
        agree!(Instants, at, format!("{date}T{:02}:{:02}:{:02}.{:06}Z", parts.0, parts.1, parts.2, parts.3));
    }

    #[test]
    fn decimal_numbers(value in decimals(), some: bool) {
        let fits = |places: u32| value.normalize().scale() <= places;
        if fits(2) {
            agree!(Numbers, value, number(value));
            agree!(BoundNumbers, some.then_some(value), some.then(|| number(value)));
            let text = format!("{:.2}", value);
            agree!(BigNumbers, value.to_string().parse().expect("a decimal"), text);
        } else {
            let found = violations(&Numbers { value });
            prop_assert!(found[0].contains("places"), "{:?}", found);
        }
        if fits(4) {
            agree!(OpenNumbers, value, number(value));
        }
    }

    #[test]
    fn items(pairs in vec(any::<[i32; 2]>(), 0..4), texts in vec(names(), 0..3), set in vec(0..5_i32, 0..4), some: bool) {
        agree!(Arrays, pairs.clone(), pairs);
        agree!(Deques, texts.iter().cloned().map(Name).collect(), &texts);
        // The constraints of a newtype say nothing of it as a key, neither to us nor in the schema.
        let keys: BTreeMap<Name, i32> = texts.iter().cloned().map(|text| (Name(text), 1)).collect();
        let json: serde_json::Map<_, _> = texts.into_iter().map(|text| (text, json!(1))).collect();
        agree!(Keys, keys, json);
        let set: BTreeSet<i32> = set.into_iter().collect();
        agree!(Sets, set.clone(), set);
        agree!(HashSets, some.then(|| set.iter().copied().collect()), some.then_some(&set));
    }

    #[test]
    fn constraints_within(lines in vec(line(), 0..4), choices in vec(choice(), 0..4), eithers in vec(either(), 0..4)) {
        let (values, json): (Vec<_>, Vec<_>) = lines.into_iter().unzip();
        agree!(Lines, values, json);
        let keyed = choices.into_iter().enumerate().map(|(key, (value, json))| {
            ((key.to_string(), value), (key.to_string(), json))
        });
        let (values, json): (BTreeMap<_, _>, serde_json::Map<_, _>) = keyed.unzip();
        agree!(Choices, values, json);
        let (values, json): (Vec<_>, Vec<_>) = eithers.into_iter().unzip();
        agree!(Unions, Some(values), json);
    }
}

/// A value of any size is compared, not counted out.
#[test]
fn the_widest_decimals_have_bounds() {
    for (text, expected) in [
        ("1e1000000000", "more than 9999.99"),
        ("-1e1000000000", "not greater than -2"),
        (
            "-2.000000000000000000000000000000000000000000001",
            "not greater than -2",
        ),
    ] {
        let value = text.parse().expect("a decimal");
        let found = violations(&BigNumbers { value });
        assert!(found.iter().any(|line| line.contains(expected)), "{text}: {found:?}");
    }
}

/// The text of any number of bytes is one of the schema's exactly when it is the type's number.
#[test]
fn bytes_have_one_length() {
    const TEXTS: [&str; 9] = [
        "", "AP8=", "/w==", "AP8H", "AP8HCA==", "AP8HCAk=", "AP8HCAkK", "/x==", "AP9=",
    ];
    const BYTES: [Option<usize>; 9] = [
        Some(0),
        Some(2),
        Some(1),
        Some(3),
        Some(4),
        Some(5),
        Some(6),
        None,
        None,
    ];
    let check = |event: &dyn Event, length: usize, wrap: fn(&str) -> Json| {
        let schema = json_schema(event);
        let mut written = Vec::new();
        event
            .write(&mut written)
            .expect("bytes of an array have no constraint to break");
        assert!(schema.is_valid(&serde_json::from_slice(&written).expect("JSON")));
        for (text, bytes) in TEXTS.iter().zip(BYTES) {
            let json = json!({ "value": wrap(text) });
            assert_eq!(schema.is_valid(&json), bytes == Some(length), "{length}: {json}");
        }
        // What is no base64 at all.
        let digits = length.div_ceil(3) * 4;
        assert!(length == 0 || !schema.is_valid(&json!({ "value": wrap(&"*".repeat(digits)) })));
    };
    let plain: fn(&str) -> Json = |text| json!(text);
    check(&Five { value: [7; 5] }, 5, plain);
    check(&Four { value: [7; 4] }, 4, plain);
    check(&Three { value: vec![[7; 3]] }, 3, |text| json!([text]));
    check(&Empty { value: [] }, 0, plain);
    check(&FixedOne { value: [255] }, 1, plain);
    check(&FixedTwo { value: Some([255; 2]) }, 2, plain);
    check(&FixedThree { value: [255; 3] }, 3, plain);
    let id = FixedId {
        value: Uuid::from_u128(u128::MAX),
    };
    check(&id, 16, plain);
    for (text, is_id) in [("/////////////////////w==", true), ("//////////////////////8=", false)] {
        assert_eq!(json_schema(&id).is_valid(&json!({ "value": text })), is_id, "{text}");
    }
}
