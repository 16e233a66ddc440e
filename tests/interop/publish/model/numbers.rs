//! Numbers beyond the plain ones: unsigned, never zero, as text, of 128 bits, and decimals that are numbers in JSON.
//!
//! Knows no event and no other group.

use std::num::{NonZero, NonZeroI8, NonZeroI16, NonZeroI32, NonZeroI64, NonZeroU8, NonZeroU16, NonZeroU32, NonZeroU64};

use bigdecimal::BigDecimal;
use publisher_core::{Encoding, EventData};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::{Expected, Failure, is_json, long};

/// A number of 128 bits is a newtype's affair as well as a field's.
#[derive(EventData)]
#[event(as_string)]
pub struct Account(u128);

/// One field of each type.
#[derive(EventData)]
pub struct Numbers {
    u64: u64,
    option_u64: Option<u64>,
    list_u64: Vec<u64>,
    non_zero_i8: NonZeroI8,
    non_zero_i16: NonZeroI16,
    non_zero_i32: NonZeroI32,
    non_zero_i64: NonZeroI64,
    non_zero_u8: NonZeroU8,
    non_zero_u16: NonZeroU16,
    non_zero_u32: NonZeroU32,
    non_zero_u64: NonZeroU64,
    #[event(as_string)]
    text_i64: i64,
    #[event(as_string)]
    text_u64: u64,
    #[event(as_string)]
    text_i128: i128,
    #[event(as_string)]
    text_usize: usize,
    #[event(as_string)]
    text_non_zero: NonZero<u128>,
    #[event(as_string)]
    option_text: Option<isize>,
    #[event(as_string)]
    texts: Vec<i8>,
    account: Account,
    #[event(decimal(15, 2, number))]
    number: Decimal,
    #[event(decimal(12, 3, number), min = -999_999_999, exclusive_max = 1_000_000_000)]
    bounded_number: BigDecimal,
    #[event(decimal(9, 0, number))]
    option_number: Option<Decimal>,
    #[event(decimal(15, 15, number))]
    fractions: Vec<BigDecimal>,
    #[event(decimal(38, 0))]
    whole: BigDecimal,
    #[event(decimal(10, 10))]
    fraction: BigDecimal,
    #[event(decimal(6, 2), min = -1.5, exclusive_max = 100)]
    bounded_decimal: Option<Decimal>,
}

/// What differs from sample to sample.
struct Sample {
    u64: u64,
    /// The least and the greatest of each width are one apart from what is not zero.
    non_zero: [i64; 4],
    non_zero_unsigned: [u64; 4],
    text_i128: i128,
    text_u128: u128,
    text_i64: i64,
    text_u64: u64,
    option_text: Option<isize>,
    texts: Vec<i8>,
    /// Decimals as their text, with all places.
    number: &'static str,
    bounded_number: &'static str,
    option_number: Option<&'static str>,
    fractions: Vec<&'static str>,
    whole: &'static str,
    fraction: &'static str,
    bounded_decimal: Option<&'static str>,
}

/// As [`super::samples`] has them.
pub fn samples(encoding: Encoding) -> Result<[Expected<Numbers>; 4], Failure> {
    let most = if is_json(encoding) { (1 << 53) - 1 } else { i64::MAX };
    let least = if is_json(encoding) { -most } else { i64::MIN };
    Ok([
        expected(encoding, ordinary())?,
        expected(encoding, greatest(most))?,
        expected(encoding, smallest(least))?,
        expected(encoding, empty())?,
    ])
}

fn ordinary() -> Sample {
    Sample {
        u64: 64_000_000_000,
        non_zero: [-8, 1600, -32_000, 64_000_000_000],
        non_zero_unsigned: [8, 1600, 3_200_000_000, 64],
        text_i128: -1_234_567_890_123_456_789_012_345_678,
        text_u128: 1_234_567_890_123_456_789_012_345_678,
        text_i64: 9_007_199_254_740_993,
        text_u64: 10_000_000_000_000_000_001,
        option_text: Some(-7),
        texts: vec![7, 10, -100],
        number: "-1234.50",
        bounded_number: "0.125",
        option_number: Some("1000"),
        fractions: vec!["0.500000000000000", "-0.250000000000000"],
        whole: "-12345678901234567890",
        fraction: "0.0000000001",
        bounded_decimal: Some("99.99"),
    }
}

fn greatest(most: i64) -> Sample {
    Sample {
        u64: most.unsigned_abs(),
        non_zero: [i8::MAX.into(), i16::MAX.into(), i32::MAX.into(), most],
        non_zero_unsigned: [u8::MAX.into(), u16::MAX.into(), u32::MAX.into(), most.unsigned_abs()],
        text_i128: i128::MAX,
        text_u128: u128::MAX,
        text_i64: i64::MAX,
        text_u64: u64::MAX,
        option_text: Some(isize::MAX),
        texts: vec![i8::MAX; 100],
        // No more than the 15 digits that a double keeps.
        number: "9999999999999.99",
        bounded_number: "999999999.999",
        option_number: Some("999999999"),
        fractions: vec!["0.999999999999999"],
        whole: "99999999999999999999999999999999999999",
        fraction: "0.9999999999",
        bounded_decimal: Some("99.99"),
    }
}

fn smallest(least: i64) -> Sample {
    Sample {
        u64: 0,
        non_zero: [i8::MIN.into(), i16::MIN.into(), i32::MIN.into(), least],
        non_zero_unsigned: [1; 4],
        text_i128: i128::MIN,
        text_u128: 1,
        text_i64: i64::MIN,
        text_u64: 0,
        option_text: Some(isize::MIN),
        texts: vec![i8::MIN],
        number: "-9999999999999.99",
        bounded_number: "-999999999.000",
        option_number: Some("-999999999"),
        fractions: vec!["-0.999999999999999"],
        whole: "-99999999999999999999999999999999999999",
        fraction: "-0.9999999999",
        bounded_decimal: Some("-1.50"),
    }
}

fn empty() -> Sample {
    Sample {
        u64: 0,
        non_zero: [1; 4],
        non_zero_unsigned: [1; 4],
        text_i128: 0,
        text_u128: 1,
        text_i64: 0,
        text_u64: 0,
        option_text: None,
        texts: Vec::new(),
        number: "0.00",
        bounded_number: "0.000",
        option_number: None,
        fractions: Vec::new(),
        whole: "0",
        fraction: "0.0000000000",
        bounded_decimal: None,
    }
}

/// A decimal that is a number in JSON.
fn number(encoding: Encoding, text: &str) -> Result<Value, Failure> {
    Ok(if is_json(encoding) {
        json!(text.parse::<f64>()?)
    } else {
        json!(text)
    })
}

fn non_zero<T, N: TryFrom<T>>(value: T) -> Result<N, Failure> {
    N::try_from(value).map_err(|_| "out of range".into())
}

fn expected(encoding: Encoding, sample: Sample) -> Result<Expected<Numbers>, Failure> {
    let [i8, i16, i32, i64] = sample.non_zero.map(|it| NonZeroI64::new(it).ok_or("zero"));
    let [u8, u16, u32, u64] = sample.non_zero_unsigned.map(|it| NonZeroU64::new(it).ok_or("zero"));
    let value = Numbers {
        u64: sample.u64,
        option_u64: Some(sample.u64),
        list_u64: vec![sample.u64; 2],
        non_zero_i8: non_zero(i8?)?,
        non_zero_i16: non_zero(i16?)?,
        non_zero_i32: non_zero(i32?)?,
        non_zero_i64: i64?,
        non_zero_u8: non_zero(u8?)?,
        non_zero_u16: non_zero(u16?)?,
        non_zero_u32: non_zero(u32?)?,
        non_zero_u64: u64?,
        text_i64: sample.text_i64,
        text_u64: sample.text_u64,
        text_i128: sample.text_i128,
        text_usize: usize::try_from(sample.text_u64)?,
        text_non_zero: NonZero::new(sample.text_u128).ok_or("zero")?,
        option_text: sample.option_text,
        texts: sample.texts.clone(),
        account: Account(sample.text_u128),
        number: sample.number.parse()?,
        bounded_number: sample.bounded_number.parse()?,
        option_number: sample.option_number.map(str::parse).transpose()?,
        fractions: sample.fractions.iter().map(|it| it.parse()).collect::<Result<_, _>>()?,
        whole: sample.whole.parse()?,
        fraction: sample.fraction.parse()?,
        bounded_decimal: sample.bounded_decimal.map(str::parse).transpose()?,
    };
    let u64 = long(encoding, sample.u64.cast_signed());
    let texts: Vec<_> = sample.texts.iter().map(ToString::to_string).collect();
    let fractions: Result<Vec<_>, _> = sample.fractions.iter().map(|it| number(encoding, it)).collect();
    let expected = json!({
        "u64": u64,
        "option_u64": u64,
        "list_u64": [u64, u64],
        "non_zero_i8": sample.non_zero[0],
        "non_zero_i16": sample.non_zero[1],
        "non_zero_i32": sample.non_zero[2],
        "non_zero_i64": long(encoding, sample.non_zero[3]),
        "non_zero_u8": sample.non_zero_unsigned[0],
        "non_zero_u16": sample.non_zero_unsigned[1],
        "non_zero_u32": sample.non_zero_unsigned[2],
        "non_zero_u64": long(encoding, sample.non_zero_unsigned[3].cast_signed()),
        "text_i64": sample.text_i64.to_string(),
        "text_u64": sample.text_u64.to_string(),
        "text_i128": sample.text_i128.to_string(),
        "text_usize": sample.text_u64.to_string(),
        "text_non_zero": sample.text_u128.to_string(),
        "option_text": sample.option_text.map(|it| it.to_string()),
        "texts": texts,
        "account": sample.text_u128.to_string(),
        "number": number(encoding, sample.number)?,
        "bounded_number": number(encoding, sample.bounded_number)?,
        "option_number": sample.option_number.map(|it| number(encoding, it)).transpose()?,
        "fractions": fractions?,
        "whole": sample.whole,
        "fraction": sample.fraction,
        "bounded_decimal": sample.bounded_decimal,
    });
    Ok(Expected { value, expected })
}
