//! For each constraint: our check and the printed JSON Schema accept the same values.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use publisher_core::{Event, EventData};
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use crate::reading::json_schema;

/// An event of one constrained field, with what its JSON would be if it were valid.
macro_rules! constrained {
    ($($name:ident: $ty:ty { $($constraint:tt)* })*) => {$(
        #[derive(Event)]
        #[event(topic = "orders", namespace = "com.acme", unkeyed, encoding = json)]
        struct $name {
            #[event($($constraint)*)]
            value: $ty,
        }
    )*};
}

macro_rules! agree {
    ($event:expr, $json:expr) => {
        let event = $event;
        let json = json!({ "value": $json });
        let accepted = event.write(&mut Vec::new());
        let schema_accepts = json_schema(&event).is_valid(&json);
        prop_assert_eq!(accepted.is_ok(), schema_accepts, "{}: {:?}", json, accepted);
    };
}

constrained! {
    Whole: i32 { min = -2, max = 3 }
    WholeOpen: i64 { exclusive_min = -2.5, exclusive_max = 3 }
    Unsigned: u32 { min = -2, exclusive_max = 2.5 }
    Tiny: Option<i8> { max = 120, exclusive_min = -120 }
    Double: f64 { min = -0.5, exclusive_max = 1e3 }
    Single: Option<f32> { exclusive_min = -0.5, max = 2.25 }
    Tenths: f32 { exclusive_min = 0.1, max = 0.7 }
    OpenTenths: Option<f32> { min = 0.1, exclusive_max = 0.7 }
}

constrained! {
    Decimals: Decimal { decimal(6, 2), min = -1.5, exclusive_max = 250.005 }
    OpenDecimals: Option<Decimal> { decimal(6, 2), exclusive_min = -1.505, max = 99 }
    AllDecimals: Decimal { decimal(4, 1) }
    WideDecimals: Decimal { decimal(38, 30), min = -9223372036854775808, exclusive_max = 1000000000 }
    NoDecimals: Decimal { decimal(38, 30), min = 9223372036854775807 }
}

constrained! {
    Length: String { min_length = 2, max_length = 4 }
    OptionalLength: Option<String> { max_length = 3 }
    Anchored: String { pattern = "^[A-Z]{2}-[0-9]+$" }
    Unanchored: String { pattern = "b.c|[^a-z]" }
    Classes: String { pattern = r"^\w+\W\d?\D$" }
    Escapes: String { pattern = r"^[\u00e9\-\x41]*\.\/?$" }
    Uuids: String { format = uuid }
    Emails: String { format = email }
    Uris: Option<String> { format = uri }
    Instants: String { format = "date-time" }
    Both: String { format = email, pattern = "acme", max_length = 12 }
}

constrained! {
    Items: Vec<i32> { min_items = 1, max_items = 2 }
    Entries: BTreeMap<String, bool> { min_items = 1, max_items = 2 }
    OptionalItems: Option<Vec<i32>> { max_items = 1 }
}

/// Constraints of a newtype and of the field that holds it add up.
#[derive(EventData)]
#[event(min_length = 2, pattern = "^[a-z]+")]
struct Name(String);

constrained! {
    Narrowed: Option<Name> { min_length = 3, pattern = "[a-z]+$" }
}

/// Texts that look right, and the same with something wrong in them.
fn near(samples: &'static [&'static str]) -> impl Strategy<Value = String> {
    const WRONG: &[&str] = &[
        "", "\n", "\r", " ", "\u{a0}", "\u{2028}", "٣", "é", "A", "a", "0", "9", "-", ".", "@", "%", "%2", ":", "/",
        "T", "Z", "_", "\0", "🦀",
    ];
    let sample = proptest::sample::select(samples);
    let wrong = proptest::sample::select(WRONG);
    (sample, any::<prop::sample::Index>(), 0..2_usize, wrong, any::<bool>()).prop_map(
        |(sample, index, removed, wrong, touched)| {
            if !touched {
                return sample.to_owned();
            }
            let mut chars: Vec<char> = sample.chars().collect();
            let at = index.index(chars.len() + 1);
            chars.splice(at..(at + removed).min(chars.len()), wrong.chars());
            chars.into_iter().collect()
        },
    )
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        near(&["", "a", "AB-12", "b\nc", "bxc", "abc", "word 1.", "éA-.", "./"]),
        near(&[
            "01234567-89ab-CDEF-0123-456789abcdef",
            "{01234567-89ab-cdef-0123-456789abcdef}",
            "0123456789abcdef0123456789abcdef"
        ]),
        near(&[
            "a@b",
            "first.last+tag@acme.example",
            "a@-b.c",
            "a@b-.c",
            "a@b..c",
            "\"a b\"@c",
            "a@[1.2.3.4]"
        ]),
        near(&[
            "http://acme.example/a?b=c#d",
            "urn:a",
            "a:",
            "//b",
            "mailto:é@b",
            "http://a/%zz",
            "x-1+.:[]"
        ]),
        near(&[
            "2024-02-29T12:30:00Z",
            "2024-02-29t23:59:60.123456+14:00",
            "2024-13-01T00:00:00Z",
            "2024-01-01 00:00:00Z",
            "2024-01-01T24:00:00Z",
            "2024-01-01T00:00:00"
        ]),
        // A line terminator of ECMA-262 other than the line feed is no `.` for us and for browsers, but is one for the
        // crate `jsonschema`: it must not decide.
        vec(
            any::<char>().prop_filter("ECMA's line terminators", |char| !"\r\u{2028}\u{2029}".contains(*char)),
            0..6
        )
        .prop_map(String::from_iter),
    ]
}

/// A decimal as our JSON has it: with all its places.
fn decimal_text(value: Decimal, scale: u32) -> Json {
    let value = value.normalize();
    if value.scale() <= scale {
        // By hand: `Decimal` prints no more than some thirty digits.
        let point = if value.scale() == 0 && scale > 0 { "." } else { "" };
        let zeros = "0".repeat((scale - value.scale()) as usize);
        json!(format!("{value}{point}{zeros}"))
    } else {
        json!(value.to_string())
    }
}

fn decimals() -> impl Strategy<Value = Decimal> {
    let wide = (any::<i32>(), 0..4_u32).prop_map(|(mantissa, scale)| Decimal::new(mantissa.into(), scale));
    let narrow = (-3000..300_000_i64, 2..4_u32).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale));
    prop_oneof![wide, narrow]
}

proptest! {
    #[test]
    fn numbers(whole in -5..6_i32, tiny in any::<i8>(), eighths in -10_000..10_000_i32, some: bool) {
        agree!(Whole { value: whole }, whole);
        agree!(WholeOpen { value: whole.into() }, whole);
        if let Ok(value) = u32::try_from(whole) {
            agree!(Unsigned { value }, value);
        }
        agree!(Tiny { value: some.then_some(tiny) }, some.then_some(tiny));
        let double = f64::from(eighths) / 8.0;
        agree!(Double { value: double }, double);
        let single = eighths as f32 / 1024.0;
        agree!(Single { value: some.then_some(single) }, some.then_some(single));
    }

    #[test]
    fn doubles(value in proptest::num::f64::NORMAL | proptest::num::f64::ZERO | proptest::num::f64::SUBNORMAL) {
        agree!(Double { value }, value);
    }

    /// A `f32` next to the bounds and elsewhere, as its shortest text.
    #[test]
    fn singles(value in prop_oneof![
        (0..7_u32).prop_map(|step| f32::from_bits(0.1_f32.to_bits() + step - 3)),
        (0..7_u32).prop_map(|step| f32::from_bits(0.7_f32.to_bits() + step - 3)),
        0.0..1.0_f32,
        proptest::num::f32::NORMAL,
    ]) {
        let text: f64 = format!("{value:?}").parse().expect("a number");
        agree!(Tenths { value }, text);
        agree!(OpenTenths { value: Some(value) }, text);
    }

    #[test]
    fn decimal_numbers(value in decimals(), some: bool) {
        agree!(WideDecimals { value }, decimal_text(value, 30));
        agree!(NoDecimals { value }, decimal_text(value, 30));
        agree!(Decimals { value }, decimal_text(value, 2));
        agree!(OpenDecimals { value: some.then_some(value) }, some.then(|| decimal_text(value, 2)));
        agree!(AllDecimals { value }, decimal_text(value, 1));
    }

    #[test]
    fn lengths(value in vec(any::<char>(), 0..7).prop_map(String::from_iter), some: bool) {
        agree!(Length { value: value.clone() }, value.clone());
        let value = some.then_some(value);
        agree!(OptionalLength { value: value.clone() }, value.clone());
    }

    #[test]
    fn patterns(value in texts()) {
        agree!(Anchored { value: value.clone() }, value.clone());
        if !value.contains(['\r', '\u{2028}', '\u{2029}']) {
            agree!(Unanchored { value: value.clone() }, value.clone());
        }
        agree!(Classes { value: value.clone() }, value.clone());
        agree!(Escapes { value: value.clone() }, value.clone());
        agree!(Narrowed { value: Some(Name(value.clone())) }, value.clone());
    }

    #[test]
    fn formats(value in texts()) {
        agree!(Uuids { value: value.clone() }, value.clone());
        agree!(Emails { value: value.clone() }, value.clone());
        agree!(Uris { value: Some(value.clone()) }, value.clone());
        agree!(Instants { value: value.clone() }, value.clone());
        agree!(Both { value: value.clone() }, value.clone());
    }

    #[test]
    fn items(value in vec(any::<i32>(), 0..4), names in vec("[a-c]", 0..4), some in option::of(Just(()))) {
        agree!(Items { value: value.clone() }, value.clone());
        let entries: BTreeMap<String, bool> = names.into_iter().map(|name| (name, true)).collect();
        agree!(Entries { value: entries.clone() }, entries.clone());
        let value = some.map(|()| value);
        agree!(OptionalItems { value: value.clone() }, value.clone());
    }
}
