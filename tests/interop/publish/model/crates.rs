//! Fields of the types of well-known crates: times of all kinds, numbers, bytes, addresses and JSON.
//!
//! Knows no event and no other group.

use std::time::{Duration, SystemTime};

use bigdecimal::BigDecimal;
use bytes::Bytes;
use chrono::{DateTime, FixedOffset, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use publisher_core::{Encoding, EventData};
use serde_json::{Value, json};
use url::Url;

use super::{Expected, Failure, instant, is_json, local};

/// One field of each type.
#[derive(EventData)]
pub struct Crates {
    system_time: SystemTime,
    duration: Duration,
    chrono_instant: DateTime<FixedOffset>,
    chrono_local: NaiveDateTime,
    chrono_time: NaiveTime,
    chrono_delta: TimeDelta,
    time_instant: time::OffsetDateTime,
    time_utc: time::UtcDateTime,
    time_local: time::PrimitiveDateTime,
    time_date: time::Date,
    time_time: time::Time,
    time_duration: time::Duration,
    jiff_instant: jiff::Timestamp,
    jiff_zoned: jiff::Zoned,
    jiff_local: jiff::civil::DateTime,
    jiff_date: jiff::civil::Date,
    jiff_time: jiff::civil::Time,
    jiff_duration: jiff::SignedDuration,
    option_time: Option<NaiveTime>,
    #[event(decimal(38, 4))]
    big_decimal: BigDecimal,
    bytes: Bytes,
    url: Url,
    json: Value,
    option_json: Option<Value>,
}

/// What differs from sample to sample.
struct Sample {
    /// The instant in milliseconds since 1970, and its text.
    millis: i64,
    text: &'static str,
    /// A length of time in milliseconds, not negative.
    span: i64,
    big_decimal: &'static str,
    bytes: (&'static [u8], &'static str),
    url: &'static str,
    /// A value and its text.
    json: (Value, &'static str),
}

/// As [`super::samples`] has them.
pub fn samples(encoding: Encoding) -> Result<[Expected<Crates>; 4], Failure> {
    let ordinary = Sample {
        millis: 1_709_210_096_789,
        text: "2024-02-29T12:34:56.789",
        span: 90_061_001,
        big_decimal: "-12345678901234567890.1234",
        bytes: (b"\x00\xfe", "AP4="),
        url: "https://example.com/%C3%A9?a=b&c=%20#d",
        json: (
            json!({ "a": [1, null, "é\n", -1.5, { "b": true }] }),
            r#"{"a":[1,null,"é\n",-1.5,{"b":true}]}"#,
        ),
    };
    let greatest = Sample {
        millis: 253_402_207_199_999,
        text: "9999-12-30T21:59:59.999",
        span: 9_007_199_254_740_991,
        big_decimal: "9999999999999999999999999999999999.9999",
        bytes: (&[0xff; 3], "////"),
        url: "mailto:someone@example.com",
        json: (json!(9_007_199_254_740_991_i64), "9007199254740991"),
    };
    let least = Sample {
        millis: -62_135_596_800_000,
        text: "0001-01-01T00:00:00.000",
        span: 1,
        big_decimal: "-9999999999999999999999999999999999.9999",
        bytes: (&[0], "AA=="),
        url: "a:b",
        json: (json!("text"), r#""text""#),
    };
    let empty = Sample {
        millis: -1,
        text: "1969-12-31T23:59:59.999",
        span: 0,
        big_decimal: "0.0000",
        bytes: (&[], ""),
        url: "http://[::1]/",
        json: (json!({}), "{}"),
    };
    Ok([
        expected(encoding, ordinary)?,
        expected(encoding, greatest)?,
        expected(encoding, least)?,
        expected(encoding, empty)?,
    ])
}

fn expected(encoding: Encoding, sample: Sample) -> Result<Expected<Crates>, Failure> {
    let Sample { millis, text, span, .. } = sample;
    let (day, time_of_day) = text.split_at("1970-01-01".len());
    let time_of_day = local(encoding, &time_of_day[1..]);
    let chrono = DateTime::<Utc>::from_timestamp_millis(millis).ok_or("out of range")?;
    let time = time::OffsetDateTime::from_unix_timestamp_nanos(i128::from(millis) * 1_000_000)?;
    let jiff = jiff::Timestamp::from_millisecond(millis)?;
    let jiff_local = jiff.to_zoned(jiff::tz::TimeZone::UTC).datetime();
    let length = Duration::from_millis(span.unsigned_abs());
    let since_1970 = Duration::from_millis(millis.unsigned_abs());
    let (json, json_text) = sample.json;
    let value = Crates {
        system_time: match millis {
            ..0 => SystemTime::UNIX_EPOCH - since_1970,
            _ => SystemTime::UNIX_EPOCH + since_1970,
        },
        duration: length,
        chrono_instant: chrono.with_timezone(&FixedOffset::east_opt(-3600).ok_or("an offset")?),
        chrono_local: chrono.naive_utc(),
        chrono_time: chrono.time(),
        chrono_delta: TimeDelta::milliseconds(-span),
        time_instant: time,
        time_utc: time.to_utc(),
        time_local: time::PrimitiveDateTime::new(time.date(), time.time()),
        time_date: time.date(),
        time_time: time.time(),
        time_duration: time::Duration::milliseconds(-span),
        jiff_instant: jiff,
        jiff_zoned: jiff.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(-2))),
        jiff_local,
        jiff_date: jiff_local.date(),
        jiff_time: jiff_local.time(),
        jiff_duration: jiff::SignedDuration::from_millis(-span),
        option_time: Some(chrono.time()),
        big_decimal: sample.big_decimal.parse()?,
        bytes: Bytes::from_static(sample.bytes.0),
        url: sample.url.parse()?,
        json: json.clone(),
        option_json: None,
    };
    let expected = json!({
        "system_time": instant(encoding, text),
        "duration": span,
        "chrono_instant": instant(encoding, text),
        "chrono_local": local(encoding, text),
        "chrono_time": time_of_day,
        "chrono_delta": -span,
        "time_instant": instant(encoding, text),
        "time_utc": instant(encoding, text),
        "time_local": local(encoding, text),
        "time_date": day,
        "time_time": time_of_day,
        "time_duration": -span,
        "jiff_instant": instant(encoding, text),
        "jiff_zoned": instant(encoding, text),
        "jiff_local": local(encoding, text),
        "jiff_date": day,
        "jiff_time": time_of_day,
        "jiff_duration": -span,
        "option_time": time_of_day,
        "big_decimal": sample.big_decimal,
        "bytes": sample.bytes.1,
        "url": sample.url,
        // Avro has no type for any JSON: there it is its text.
        "json": if is_json(encoding) { json } else { json!(json_text) },
        "option_json": null,
    });
    Ok(Expected { value, expected })
}
