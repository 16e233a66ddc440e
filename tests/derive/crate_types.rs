//! The types of well-known crates, each alone: apache-avro reads the bytes with the printed schema, jsonschema accepts
//! the text, and both are the same value.

use std::time::{Duration, SystemTime};

use apache_avro::Schema;
use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::types::Value;
use bigdecimal::BigDecimal;
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use publisher_core::schema::{Field, JsonModel, JsonSettings, Layout, Record, avro_schema, json_schema};
use publisher_core::validate::{Checker, Path};
use publisher_core::{AsDecimal, AsDecimalNumber, AsMicros, Encoding, EventData, Plain};
use serde_json::json;

/// A record with one field of this type.
fn record<As, T: EventData<As>>() -> &'static Record {
    let field = Field {
        name: "value",
        doc: None,
        aliases: &[],
        shape: Box::leak(Box::new(T::SHAPE)),
        flatten: false,
        default: None,
        line: 0,
    };
    Box::leak(Box::new(Record {
        name: "One",
        namespace: Some("test"),
        doc: None,
        aliases: &[],
        shared: false,
        fields: Box::leak(Box::new([field])),
        source: "",
    }))
}

fn violations<As, T: EventData<As>>(value: &T, encoding: Encoding) -> Vec<String> {
    let mut checker = Checker::new(encoding);
    value.check(&Path::Field(&Path::Root, "value"), &mut checker);
    match checker.finish("test.One") {
        Ok(()) => Vec::new(),
        Err(violations) => violations.list().iter().map(ToString::to_string).collect(),
    }
}

pub(crate) fn accepted_by_jsonschema<As, T: EventData<As>>(text: &[u8]) -> Result<serde_json::Value, String> {
    let settings = JsonSettings {
        model: JsonModel::Closed,
        format_keyword: false,
    };
    let schema = json_schema(record::<As, T>(), "test", settings, Layout::Compact);
    let validator = jsonschema::draft7::new(&serde_json::from_str(&schema).expect("JSON")).expect("a schema");
    let value = json!({ "value": serde_json::from_slice::<serde_json::Value>(text).expect("JSON") });
    let error = validator
        .iter_errors(&value)
        .next()
        .map(|error| format!("{error}: {value}"));
    error.map_or(Ok(value["value"].clone()), Err)
}

#[track_caller]
pub(crate) fn check<As, T: EventData<As>>(value: T, avro: Value, json: serde_json::Value) {
    let schema = Schema::parse_str(&avro_schema(record::<As, T>(), "test", Layout::Compact)).expect("a schema");
    assert_eq!(violations::<As, T>(&value, Encoding::Avro), [""; 0]);
    let mut bytes = Vec::from(*b"before");
    value.encode_avro(&mut bytes);
    let reader = GenericDatumReader::builder(&schema).build().expect("a reader");
    let mut rest = &bytes[6..];
    let read = reader.read_value(&mut rest).expect("a record");
    assert!(rest.is_empty());
    assert_eq!(read, Value::Record(vec![("value".to_owned(), avro)]));

    assert_eq!(violations::<As, T>(&value, Encoding::Json), [""; 0]);
    let mut text = Vec::new();
    value.encode_json(&mut text);
    let read = accepted_by_jsonschema::<As, T>(&text).expect("a text of the schema");
    assert_eq!(read, json);
}

/// The check refuses the value in this encoding, and says so.
#[track_caller]
pub(crate) fn refused<As, T: EventData<As>>(value: T, encoding: Encoding, expected: &str) {
    let found = violations::<As, T>(&value, encoding);
    assert!(found.len() == 1 && found[0].contains(expected), "{found:?}");
}

const MILLIS: i64 = -1_001;
const NANOS: i128 = -1_000_500_001;
const EARLY: &str = "1969-12-31T23:59:58.999Z";
const EARLY_MICROS: &str = "1969-12-31T23:59:58.999499Z";

/// Half a millisecond and a nanosecond before a second before 1970: floored, not cut.
#[track_caller]
fn instant<T: EventData + EventData<AsMicros> + Clone>(value: T) {
    check::<Plain, T>(value.clone(), Value::TimestampMillis(MILLIS), json!(EARLY));
    check::<AsMicros, T>(value, Value::TimestampMicros(-1_000_501), json!(EARLY_MICROS));
}

#[track_caller]
fn local<T: EventData + EventData<AsMicros> + Clone>(value: T) {
    check::<Plain, T>(
        value.clone(),
        Value::LocalTimestampMillis(MILLIS),
        json!("1969-12-31T23:59:58.999"),
    );
    check::<AsMicros, T>(
        value,
        Value::LocalTimestampMicros(-1_000_501),
        json!("1969-12-31T23:59:58.999499"),
    );
}

#[track_caller]
fn date<T: EventData>(value: T) {
    check::<Plain, T>(value, Value::Date(-1), json!("1969-12-31"));
}

#[track_caller]
fn time_of_day<T: EventData + EventData<AsMicros> + Clone>(value: T) {
    check::<Plain, T>(value.clone(), Value::TimeMillis(86_399_999), json!("23:59:59.999"));
    check::<AsMicros, T>(value, Value::TimeMicros(86_399_999_999), json!("23:59:59.999999"));
}

#[track_caller]
fn duration<T: EventData>(value: T, millis: i64) {
    check::<Plain, T>(value, Value::Long(millis), json!(millis));
}

#[test]
fn the_standard_library() {
    instant(SystemTime::UNIX_EPOCH - Duration::from_nanos(NANOS.unsigned_abs() as u64));
    duration(Duration::from_nanos(1_999_999), 1);
    refused::<Plain, _>(Duration::MAX, Encoding::Avro, "longer than 64 bits");
    refused::<Plain, _>(Duration::from_millis(1 << 53), Encoding::Json, "beyond");
}

#[test]
fn chrono() {
    let utc = DateTime::<Utc>::from_timestamp(-2, 999_499_999).expect("an instant");
    instant(utc);
    instant(utc.with_timezone(&FixedOffset::east_opt(7_200).expect("an offset")));
    local(utc.naive_utc());
    date(NaiveDate::from_ymd_opt(1969, 12, 31).expect("a date"));
    time_of_day(NaiveTime::from_hms_nano_opt(23, 59, 59, 999_999_999).expect("a time"));
    // A leap second: no reader takes a time beyond midnight.
    time_of_day(NaiveTime::from_hms_nano_opt(23, 59, 59, 1_999_999_999).expect("a time"));
    duration(TimeDelta::nanoseconds(-1), -1);
    refused::<Plain, _>(TimeDelta::MAX, Encoding::Json, "beyond");
    refused::<Plain, _>(DateTime::<Utc>::MAX_UTC, Encoding::Json, "0000 to 9999");
    refused::<AsMicros, _>(NaiveDateTime::MIN, Encoding::Json, "0000 to 9999");
}

#[test]
fn time() {
    use time::macros::{date as day, time as clock};
    let utc = time::UtcDateTime::from_unix_timestamp_nanos(NANOS).expect("an instant");
    instant(utc);
    instant(time::OffsetDateTime::from(utc).to_offset(time::UtcOffset::from_hms(2, 0, 0).expect("an offset")));
    local(time::PrimitiveDateTime::new(utc.date(), utc.time()));
    date(day!(1969 - 12 - 31));
    time_of_day(clock!(23:59:59.999_999_999));
    duration(time::Duration::nanoseconds(-1), -1);
    refused::<Plain, _>(time::Duration::MAX, Encoding::Avro, "longer than 64 bits");
}

#[test]
fn jiff() {
    let utc = jiff::Timestamp::from_nanosecond(NANOS).expect("an instant");
    instant(utc);
    let zoned = utc.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(2)));
    instant(zoned);
    local(jiff::tz::TimeZone::UTC.to_datetime(utc));
    date(jiff::civil::date(1969, 12, 31));
    time_of_day(jiff::civil::time(23, 59, 59, 999_999_999));
    duration(jiff::SignedDuration::from_nanos(-1), -1);
    refused::<Plain, _>(jiff::civil::date(-1, 1, 1), Encoding::Json, "0000 to 9999");
}

#[test]
fn decimals() {
    let avro = |units: i64| Value::Decimal(apache_avro::Decimal::from(minimal(units)));
    for (text, units, string) in [
        ("12.3", 1230, "12.30"),
        ("-0.05", -5, "-0.05"),
        ("1e3", 100_000, "1000.00"),
        ("0.000", 0, "0.00"),
    ] {
        let value: BigDecimal = text.parse().expect("a decimal");
        check::<AsDecimal<18, 2>, _>(value.clone(), avro(units), json!(string));
        let number: serde_json::Value = serde_json::from_str(string).expect("a number");
        check::<AsDecimalNumber<18, 2>, _>(value, avro(units), number.clone());
        let value = rust_decimal::Decimal::from_scientific(text)
            .or_else(|_| text.parse())
            .expect("a decimal");
        check::<AsDecimal<18, 2>, _>(value, avro(units), json!(string));
        check::<AsDecimalNumber<18, 2>, _>(value, avro(units), number);
    }
    let big = |text: &str| text.parse::<BigDecimal>().expect("a decimal");
    refused::<AsDecimal<18, 2>, _>(big("0.001"), Encoding::Avro, "more than 2 decimal places");
    refused::<AsDecimal<4, 2>, _>(big("100"), Encoding::Avro, "more than 4 digits");
    refused::<AsDecimal<38, 2>, _>(big("1e400"), Encoding::Avro, "more than 38 digits");
    refused::<AsDecimal<38, 38>, _>(big("1e-400"), Encoding::Avro, "more than 38 decimal places");
    // What the check refuses, the schema refuses too.
    assert!(accepted_by_jsonschema::<AsDecimalNumber<4, 2>, BigDecimal>(b"100.00").is_err());
    assert!(accepted_by_jsonschema::<AsDecimalNumber<4, 2>, BigDecimal>(b"-99.99").is_ok());
}

/// Two's complement, big-endian, as short as it goes.
fn minimal(units: i64) -> Vec<u8> {
    let bytes = units.to_be_bytes();
    let keep = (0..8).rev().find(|start| {
        let rest = &bytes[*start..];
        let mut whole = [if rest[0] & 0x80 == 0 { 0 } else { 0xff }; 8];
        whole[*start..].copy_from_slice(rest);
        i64::from_be_bytes(whole) == units
    });
    bytes[keep.expect("a start")..].to_vec()
}

#[test]
fn urls_bytes_and_values() {
    let url = url::Url::parse("https://example.com/a?b=ü").expect("a url");
    let text = "https://example.com/a?b=%C3%BC";
    check::<Plain, _>(url, Value::String(text.to_owned()), json!(text));
    check::<Plain, _>(
        bytes::Bytes::from_static(&[0, 255]),
        Value::Bytes(vec![0, 255]),
        json!("AP8="),
    );
    for value in [
        json!(null),
        json!({ "a": [1, -2.5, "é\n"], "b": {} }),
        json!("text"),
        json!([vec![1; 100]]),
    ] {
        check::<Plain, _>(value.clone(), Value::String(value.to_string()), value);
    }
    let mut deep = json!(1);
    for _ in 0..101 {
        deep = json!([deep]);
    }
    refused::<Plain, _>(deep, Encoding::Json, "nested more than 100 levels");
    // Null among them, an optional value of any form has one null.
    let schema = avro_schema(record::<Plain, Option<serde_json::Value>>(), "test", Layout::Compact);
    assert!(
        schema.contains(r#""doc":"JSON text.","type":["null","string"],"default":null"#),
        "{schema}"
    );
    assert!(accepted_by_jsonschema::<Plain, Option<serde_json::Value>>(b"null").is_ok());
}
