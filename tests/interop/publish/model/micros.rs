//! Times in microseconds: instants, local times and times of day of every crate.
//!
//! Knows no event and no other group. JSON has six digits after the point here, as the canonical form does.

use std::time::{Duration, SystemTime};

use chrono::{DateTime, FixedOffset, NaiveDateTime, NaiveTime, Utc};
use publisher_core::EventData;
use serde_json::json;

use super::{Expected, Failure};

#[derive(EventData)]
#[event(micros)]
pub struct At(DateTime<Utc>);

/// One field of each type.
#[derive(EventData)]
pub struct Micros {
    #[event(micros)]
    system_time: SystemTime,
    #[event(micros)]
    chrono_instant: DateTime<FixedOffset>,
    #[event(micros)]
    chrono_local: NaiveDateTime,
    #[event(micros)]
    chrono_time: NaiveTime,
    #[event(micros)]
    time_instant: time::OffsetDateTime,
    #[event(micros)]
    time_utc: time::UtcDateTime,
    #[event(micros)]
    time_local: time::PrimitiveDateTime,
    #[event(micros)]
    time_time: time::Time,
    #[event(micros)]
    jiff_instant: jiff::Timestamp,
    #[event(micros)]
    jiff_zoned: jiff::Zoned,
    #[event(micros)]
    jiff_local: jiff::civil::DateTime,
    #[event(micros)]
    jiff_time: jiff::civil::Time,
    #[event(micros)]
    option_local: Option<NaiveDateTime>,
    #[event(micros)]
    times: Vec<NaiveTime>,
    newtype: At,
}

/// As [`super::samples`] has them.
pub fn samples() -> Result<[Expected<Micros>; 4], Failure> {
    Ok([
        expected(1_709_210_096_789_012, "2024-02-29T12:34:56.789012")?,
        expected(253_402_207_199_999_999, "9999-12-30T21:59:59.999999")?,
        expected(-62_135_596_799_999_999, "0001-01-01T00:00:00.000001")?,
        expected(-1, "1969-12-31T23:59:59.999999")?,
    ])
}

fn expected(micros: i64, text: &str) -> Result<Expected<Micros>, Failure> {
    let chrono = DateTime::<Utc>::from_timestamp_micros(micros).ok_or("out of range")?;
    let time = time::OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1_000)?;
    let jiff = jiff::Timestamp::from_microsecond(micros)?;
    let jiff_local = jiff.to_zoned(jiff::tz::TimeZone::UTC).datetime();
    let since_1970 = Duration::from_micros(micros.unsigned_abs());
    let is_empty = micros == -1;
    let value = Micros {
        system_time: match micros {
            ..0 => SystemTime::UNIX_EPOCH - since_1970,
            _ => SystemTime::UNIX_EPOCH + since_1970,
        },
        chrono_instant: chrono.with_timezone(&FixedOffset::east_opt(-3600).ok_or("an offset")?),
        chrono_local: chrono.naive_utc(),
        chrono_time: chrono.time(),
        time_instant: time,
        time_utc: time.to_utc(),
        time_local: time::PrimitiveDateTime::new(time.date(), time.time()),
        time_time: time.time(),
        jiff_instant: jiff,
        jiff_zoned: jiff.to_zoned(jiff::tz::TimeZone::UTC),
        jiff_local,
        jiff_time: jiff_local.time(),
        option_local: (!is_empty).then(|| chrono.naive_utc()),
        times: if is_empty { Vec::new() } else { vec![chrono.time(); 2] },
        newtype: At(chrono),
    };
    let instant = format!("{text}Z");
    let time_of_day = &text["1970-01-01T".len()..];
    let expected = json!({
        "system_time": instant,
        "chrono_instant": instant,
        "chrono_local": text,
        "chrono_time": time_of_day,
        "time_instant": instant,
        "time_utc": instant,
        "time_local": text,
        "time_time": time_of_day,
        "jiff_instant": instant,
        "jiff_zoned": instant,
        "jiff_local": text,
        "jiff_time": time_of_day,
        "option_local": (!is_empty).then_some(text),
        "times": if is_empty { json!([]) } else { json!([time_of_day, time_of_day]) },
        "newtype": instant,
    });
    Ok(Expected { value, expected })
}
