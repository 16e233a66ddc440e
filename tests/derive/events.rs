//! Events: types, keys, times, enums, inheritance.

use apache_avro::types::Value;
use chrono::{DateTime, Utc};
use publisher_core::{Encoding, Event, EventData, EventKey, EventTypes, events};

use crate::reading::{avro, field, json, key, written};

#[derive(EventData)]
struct OrderId(String);

#[derive(EventData)]
enum Region {
    North,
    #[event(rename = "DEEP_SOUTH")]
    South,
}

/// A customer placed an order.
///
/// Once only.
#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", version = 2)]
struct OrderPlaced {
    #[event(key)]
    order_id: OrderId,
    #[event(time)]
    placed_at: DateTime<Utc>,
}

#[derive(Event)]
#[event(
    topic = "payments",
    namespace = "com.acme.payments",
    key(region, number, order_id),
    encoding = "json",
    model = "open"
)]
struct OrderPaid<'a> {
    order_id: &'a str,
    number: i64,
    region: Region,
    #[event(time)]
    paid_at: Option<DateTime<Utc>>,
}

#[derive(Event)]
#[event(topic = "heartbeats", namespace = "com.acme", name = "Beat", unkeyed)]
struct Heartbeat {
    #[event(rename = "n")]
    number: i32,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", version = 4)]
enum OrderEvent<'a> {
    Placed(Box<OrderPlaced>),
    /// The customer thought better of it.
    Cancelled {
        #[event(key)]
        order_id: OrderId,
        #[event(max_length = 5)]
        reason: Option<&'a str>,
        /// Bound by its own name.
        out: i32,
        #[event(skip)]
        #[allow(dead_code)]
        cache: std::time::Duration,
        #[event(time)]
        at: DateTime<Utc>,
    },
    #[event(topic = "shipments", name = "OrderSent", version = 5, encoding = json, rename_all = "camelCase")]
    Shipped {
        #[event(key)]
        order_id: OrderId,
        parcel_count: u32,
    },
    #[event(unkeyed)]
    Counted {
        orders: i64,
    },
}

fn instant(millis: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(millis).expect("an instant")
}

fn id(text: &str) -> OrderId {
    OrderId(text.to_owned())
}

#[test]
fn an_event_knows_its_type() {
    let placed = OrderPlaced {
        order_id: id("a"),
        placed_at: instant(5),
    };
    let event_type = placed.event_type();
    assert_eq!(event_type.name(), "com.acme.orders.OrderPlaced");
    assert_eq!((event_type.topic(), event_type.version()), ("orders", 2));
    assert_eq!((event_type.encoding(), event_type.is_keyed()), (Encoding::Avro, true));
    assert!(
        event_type
            .schema()
            .text
            .contains(r#""doc":"A customer placed an order.\n\nOnce only.""#)
    );
    assert!(std::ptr::eq(event_type, OrderPlaced::types()[0]));
    assert_eq!(placed.timestamp_ms(), Some(5));
    assert_eq!(key(&placed), "a");
    assert_eq!(written(&placed), b"\x02a\x0a");
}

#[test]
fn a_compound_key_has_the_order_of_its_list() {
    let paid = OrderPaid {
        order_id: "a:b",
        number: -7,
        region: Region::South,
        paid_at: None,
    };
    assert_eq!(key(&paid), r"DEEP_SOUTH:-7:a\:b");
    assert_eq!(paid.timestamp_ms(), None);
    assert_eq!(
        json(&paid),
        r#"{"order_id":"a:b","number":-7,"region":"DEEP_SOUTH","paid_at":null}"#
    );
    assert!(!paid.event_type().schema().text.contains("additionalProperties"));
    let mut out = Vec::new();
    let parts: <OrderPaid<'_> as EventTypes>::Key = (Region::North, 1, "x");
    parts.write_key(&mut out);
    assert_eq!(out, b"North:1:x");
}

#[test]
fn an_unkeyed_event_has_no_key() {
    let beat = Heartbeat { number: 1 };
    assert!(!beat.event_type().is_keyed());
    assert_eq!(
        (beat.event_type().name(), key(&beat).as_str(), beat.timestamp_ms()),
        ("com.acme.Beat", "", None)
    );
    assert_eq!(field(&avro(&beat), "n"), Value::Int(1));
}

#[test]
fn each_variant_is_an_event_of_its_own() {
    let placed = OrderEvent::Placed(Box::new(OrderPlaced {
        order_id: id("a"),
        placed_at: instant(5),
    }));
    assert_eq!(
        (placed.event_type().name(), placed.event_type().version()),
        ("com.acme.orders.OrderPlaced", 2)
    );
    assert_eq!((key(&placed).as_str(), placed.timestamp_ms()), ("a", Some(5)));
    assert_eq!(written(&placed), b"\x02a\x0a");

    let cache = std::time::Duration::ZERO;
    let cancelled = OrderEvent::Cancelled {
        order_id: id("b"),
        reason: Some("late"),
        out: 3,
        cache,
        at: instant(6),
    };
    let event_type = cancelled.event_type();
    assert_eq!(
        (event_type.name(), event_type.topic()),
        ("com.acme.orders.OrderEventCancelled", "orders")
    );
    assert_eq!((event_type.version(), event_type.encoding()), (4, Encoding::Avro));
    assert!(
        event_type
            .schema()
            .text
            .contains(r#""doc":"The customer thought better of it.""#)
    );
    assert_eq!((key(&cancelled).as_str(), cancelled.timestamp_ms()), ("b", Some(6)));
    assert_eq!(field(&avro(&cancelled), "out"), Value::Int(3));
    assert_eq!(written(&cancelled), b"\x02b\x02\x08late\x06\x0c");

    let shipped = OrderEvent::Shipped {
        order_id: id("c"),
        parcel_count: 2,
    };
    let event_type = shipped.event_type();
    assert_eq!(
        (event_type.name(), event_type.topic()),
        ("com.acme.orders.OrderSent", "shipments")
    );
    assert_eq!((event_type.version(), event_type.encoding()), (5, Encoding::Json));
    assert_eq!(json(&shipped), r#"{"orderId":"c","parcelCount":2}"#);

    let counted = OrderEvent::Counted { orders: 9 };
    assert!(!counted.event_type().is_keyed());
    assert_eq!(written(&counted), b"\x12");
}

#[test]
fn the_types_of_events_are_known_without_a_value() {
    let names: Vec<_> = events![OrderEvent<'_>, Heartbeat]
        .iter()
        .map(|event_type| event_type.name())
        .collect();
    let expected = [
        "com.acme.orders.OrderPlaced",
        "com.acme.orders.OrderEventCancelled",
        "com.acme.orders.OrderSent",
        "com.acme.orders.OrderEventCounted",
        "com.acme.Beat",
    ];
    assert_eq!(names, expected);
    fn key_of<E: EventTypes<Key = OrderId>>() {}
    key_of::<OrderEvent<'_>>();
}

#[test]
fn events_of_several_types_fit_one_list() {
    let list: Vec<Box<dyn Event>> = vec![
        Box::new(Heartbeat { number: 1 }),
        Box::new(OrderPlaced {
            order_id: id("a"),
            placed_at: instant(0),
        }),
    ];
    let topics: Vec<_> = list.iter().map(|event| event.event_type().topic()).collect();
    assert_eq!(topics, ["heartbeats", "orders"]);
}

mod geography {
    use publisher_core::EventData;

    #[derive(EventData)]
    pub(super) struct Point {
        pub(super) x: i32,
    }

    /// Keeps its own namespace, which its parts inherit.
    #[derive(EventData)]
    #[event(namespace = "com.acme.geography")]
    pub(super) struct Place {
        pub(super) point: Point,
        pub(super) sign: Sign,
    }

    #[derive(EventData)]
    #[event(namespace = "com.acme.signs", name = "Signpost")]
    pub(super) enum Sign {
        None,
    }
}

#[derive(Event)]
#[event(topic = "walks", namespace = "com.acme.walks")]
struct Walked {
    #[event(key)]
    id: i32,
    point: geography::Point,
    from: geography::Place,
    to: Option<geography::Place>,
    inner: Option<OrderPlaced>,
}

#[test]
fn namespaces_are_inherited_from_the_record_around() {
    let walked = Walked {
        id: 1,
        point: geography::Point { x: 1 },
        from: geography::Place {
            point: geography::Point { x: 2 },
            sign: geography::Sign::None,
        },
        to: None,
        inner: None,
    };
    let expected = concat!(
        r#"{"type":"record","name":"Walked","namespace":"com.acme.walks","fields":["#,
        r#"{"name":"id","type":"int"},"#,
        r#"{"name":"point","type":{"type":"record","name":"Point","fields":[{"name":"x","type":"int"}]}},"#,
        r#"{"name":"from","type":{"type":"record","name":"Place","namespace":"com.acme.geography","#,
        r#""doc":"Keeps its own namespace, which its parts inherit.","fields":["#,
        r#"{"name":"point","type":{"type":"record","name":"Point","fields":[{"name":"x","type":"int"}]}},"#,
        r#"{"name":"sign","type":{"type":"enum","name":"Signpost","namespace":"com.acme.signs","symbols":["None"]}}]}},"#,
        r#"{"name":"to","type":["null","com.acme.geography.Place"],"default":null},"#,
        r#"{"name":"inner","type":["null",{"type":"record","name":"OrderPlaced","namespace":"com.acme.orders","#,
        r#""doc":"A customer placed an order.\n\nOnce only.","fields":["#,
        r#"{"name":"order_id","type":"string"},"#,
        r#"{"name":"placed_at","type":{"type":"long","logicalType":"timestamp-millis"}}]}],"default":null}]}"#,
    );
    assert_eq!(&*walked.event_type().schema().text, expected);
    assert_eq!(
        field(&field(&field(&avro(&walked), "from"), "point"), "x"),
        Value::Int(2)
    );
}
