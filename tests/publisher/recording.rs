//! The recording publisher: what it remembers, and what its assertions say.

use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{DateTime, NaiveDate, Utc};
use publisher_core::testing::RecordingPublisher;
use publisher_core::{Event, EventData, Offset, PublishError};
use rust_decimal::Decimal;
use serde_json::json;
use uuid::Uuid;

use crate::support::{OrderPlaced, OrderShipped, Pinged, SHIPPED_AT_MS, StockCounted, placed, shipped};

fn recording() -> RecordingPublisher {
    let recording = RecordingPublisher::new();
    recording.record(&placed("7", 3)).unwrap();
    recording.record(&shipped("7", "x")).unwrap();
    recording.record(&Pinged { number: 1 }).unwrap();
    recording
}

/// The message of a panic.
fn check(assertion: impl FnOnce(), expected: &str) {
    let panic = catch_unwind(AssertUnwindSafe(assertion)).expect_err("the assertion does not hold");
    let text = panic.downcast_ref::<String>().cloned().unwrap_or_default();
    assert_eq!(text, expected);
}

const PUBLISHED: &str = "published:\n  \
    1. com.acme.OrderPlaced to orders, key 7: {\"order_id\":\"7\",\"quantity\":3}\n  \
    2. com.acme.OrderShipped to orders, key 7: {\"carrier\":\"x\",\"order_id\":\"7\",\"shipped_at\":\"2023-11-14T22:13:20.000Z\"}\n  \
    3. com.acme.Pinged to pings, key (none): {\"number\":1}";

#[test]
fn assertions_that_hold_say_nothing() {
    let recording = recording();
    recording.assert_published::<OrderPlaced>("7", json!({ "quantity": 3 }));
    recording.assert_published::<OrderPlaced>("7", json!({}));
    recording.assert_published::<OrderShipped>("7", json!({ "shipped_at": "2023-11-14T22:13:20.000Z" }));
    recording.assert_not_published::<StockCounted>();
    recording.assert_count(3);
    assert_eq!(recording.to_string(), PUBLISHED);
    recording.clear();
    recording.assert_count(0);
    assert_eq!(recording.to_string(), "published: nothing");
}

#[test]
fn numbers_are_compared_by_value() {
    #[derive(Event)]
    #[event(topic = "numbers", namespace = "com.acme")]
    struct Measured {
        #[event(key)]
        id: String,
        whole: i64,
        ratio: f64,
        many: Vec<i64>,
    }

    let recording = RecordingPublisher::new();
    let event = Measured {
        id: "7".to_owned(),
        whole: 3,
        ratio: 2.0,
        many: vec![1, 2],
    };
    recording.record(&event).unwrap();
    recording.assert_published::<Measured>("7", json!({ "whole": 3.0, "ratio": 2, "many": [1.0, 2] }));
    recording.assert_published::<Measured>("7", json!({ "whole": 3, "ratio": 2.0, "many": [1, 2] }));
    let differs =
        |fields| catch_unwind(AssertUnwindSafe(|| recording.assert_published::<Measured>("7", fields))).is_err();
    assert!(differs(json!({ "whole": 3.5 })) && differs(json!({ "many": [1] })) && differs(json!({ "many": [1, 3] })));

    // As floats these two would be the same.
    let large = Measured {
        whole: i64::MAX,
        ..event
    };
    recording.clear();
    recording.record(&large).unwrap();
    assert!(differs(json!({ "whole": i64::MAX - 1 })));
    recording.assert_published::<Measured>("7", json!({ "whole": i64::MAX }));
}

#[test]
fn a_failed_assertion_shows_what_differs_and_what_was_published() {
    let recording = recording();
    check(
        || recording.assert_published::<OrderPlaced>("7", json!({ "quantity": 4, "colour": "red" })),
        &format!(
            "no com.acme.OrderPlaced with key \"7\" and {{\"colour\":\"red\",\"quantity\":4}} was published\n  \
             under this key, but:\n    colour: no such field\n    quantity: is 3, expected 4\n{PUBLISHED}"
        ),
    );
    check(
        || recording.assert_published::<OrderPlaced>("8", json!({})),
        &format!("no com.acme.OrderPlaced with key \"8\" and {{}} was published\n{PUBLISHED}"),
    );
    check(
        || recording.assert_not_published::<OrderShipped>(),
        &format!("1 events of this type were published, none was expected\n{PUBLISHED}"),
    );
    check(
        || recording.assert_count(2),
        &format!("3 events were published, 2 were expected\n{PUBLISHED}"),
    );
}

#[test]
fn an_invalid_event_is_refused_as_in_production() {
    let recording = RecordingPublisher::new();
    assert!(matches!(
        recording.record(&placed("7", 0)),
        Err(PublishError::Invalid(_))
    ));
    recording.assert_count(0);
}

#[test]
fn deliveries_count_offsets_by_topic() {
    let recording = RecordingPublisher::new();
    let offset = |delivery: publisher_core::Delivery| delivery.offset;
    assert_eq!(offset(recording.record(&placed("1", 1)).unwrap()), Some(Offset(0)));
    assert_eq!(offset(recording.record(&placed("2", 1)).unwrap()), Some(Offset(1)));
    assert_eq!(
        offset(recording.record(&Pinged { number: 1 }).unwrap()),
        Some(Offset(0))
    );
    let delivery = recording.record(&shipped("1", "x")).unwrap();
    assert_eq!(delivery.timestamp_ms, SHIPPED_AT_MS);
    assert_eq!(delivery.subject(), Some("orders-com.acme.OrderShipped"));
}

#[derive(EventData)]
struct Line {
    title: Option<String>,
    #[event(decimal(10, 2))]
    price: Decimal,
}

#[derive(EventData)]
enum Colour {
    Red,
}

macro_rules! everything {
    ($name:ident, $encoding:ident) => {
        #[derive(Event)]
        #[event(topic = "everything", namespace = "com.acme", encoding = $encoding)]
        struct $name {
            #[event(key)]
            id: Uuid,
            at: DateTime<Utc>,
            on: NaiveDate,
            lines: Vec<Line>,
            by_name: std::collections::BTreeMap<String, i64>,
            raw: Vec<u8>,
            colour: Colour,
            ratio: f64,
            small: f32,
            yes: bool,
        }

        impl $name {
            fn make() -> Self {
                let lines = [
                    (Some("tea".to_owned()), Decimal::new(1250, 2)),
                    (None, Decimal::new(-1, 2)),
                ];
                Self {
                    id: Uuid::nil(),
                    at: DateTime::from_timestamp_millis(SHIPPED_AT_MS).unwrap(),
                    on: NaiveDate::from_ymd_opt(2024, 2, 29).unwrap(),
                    lines: lines
                        .into_iter()
                        .map(|(title, price)| Line { title, price })
                        .collect(),
                    by_name: [("a".to_owned(), -1)].into(),
                    raw: vec![0, 255],
                    colour: Colour::Red,
                    ratio: 0.5,
                    small: 1.25,
                    yes: true,
                }
            }
        }
    };
}
everything!(InAvro, avro);
everything!(InJson, json);

#[test]
fn avro_reads_back_as_json_does() {
    let recording = RecordingPublisher::new();
    recording.record(&InAvro::make()).unwrap();
    recording.record(&InJson::make()).unwrap();
    let expected = json!({
        "id": "00000000-0000-0000-0000-000000000000",
        "at": "2023-11-14T22:13:20.000Z",
        "on": "2024-02-29",
        "lines": [{ "title": "tea", "price": "12.50" }, { "title": null, "price": "-0.01" }],
        "by_name": { "a": -1 },
        "raw": "AP8=",
        "colour": "Red",
        "ratio": 0.5,
        "small": 1.25,
        "yes": true,
    });
    let recorded = recording.recorded();
    assert_eq!(recorded[0].value, expected);
    assert_eq!(recorded[1].value, expected);
    assert_eq!(recorded[0].key.as_deref(), Some("00000000-0000-0000-0000-000000000000"));
    assert_eq!(recording.of::<InAvro>().len(), 1);
}
