//! Generic records: a name for each instance, bounds where the parameters are published.

use std::collections::{BTreeMap, HashMap};

use apache_avro::types::Value;
use publisher_core::{Event, EventData, MapKey};
use rust_decimal::Decimal;

use crate::reading::{avro, field, json};

#[derive(Clone, EventData)]
struct Order {
    id: String,
}

#[derive(EventData)]
#[event(name = "{T}Envelope")]
struct Envelope<'a, T> {
    source: &'a str,
    payload: T,
}

#[derive(EventData)]
#[event(name = "{T}Tree")]
struct Tree<T> {
    value: T,
    #[event(max_items = 2)]
    children: Vec<Tree<T>>,
}

#[derive(EventData)]
#[event(name = "Page{SIZE}Of{T}{LAST}")]
struct Page<T, const SIZE: usize, const LAST: bool> {
    #[event(max_items = 5, default = [])]
    items: Option<Vec<T>>,
}

#[derive(EventData)]
enum Unit {
    Piece,
}

#[derive(EventData)]
struct AtMostTwo<T>(#[event(max_items = 2)] Vec<T>);

#[derive(EventData)]
struct Priced<K, V, S, D>
where
    V: PartialOrd,
{
    #[event(decimal(18, 2))]
    price: D,
    by_name: HashMap<K, Option<V>, S>,
    #[event(min = 1)]
    quantity: V,
}

#[derive(EventData)]
#[event(name = "Flat{T}")]
struct Flat<T> {
    at: i64,
    #[event(flatten)]
    payload: Box<T>,
}

macro_rules! events {
    ($($name:ident $encoding:ident)*) => {$(
        #[derive(Event)]
        #[event(topic = "orders", namespace = "com.acme", unkeyed, encoding = $encoding)]
        struct $name<'a> {
            order: Envelope<'a, Order>,
            text: Envelope<'a, &'a str>,
            list: Envelope<'a, Vec<Option<i64>>>,
            map: Envelope<'a, Option<BTreeMap<String, Unit>>>,
            within: Envelope<'a, Envelope<'a, Order>>,
            tree: Tree<Order>,
            page: Page<Unit, 7, true>,
            few: AtMostTwo<bool>,
            priced: Priced<&'a str, i32, std::hash::RandomState, Option<Decimal>>,
            #[event(flatten)]
            flat: Flat<Order>,
        }
    )*};
}
events! { AsAvro avro AsJson json }

macro_rules! event {
    ($name:ident) => {{
        let order = Order { id: "a".to_owned() };
        let envelope = |source| Envelope {
            source,
            payload: order.clone(),
        };
        let leaf = Tree {
            value: order.clone(),
            children: Vec::new(),
        };
        $name {
            order: envelope("web"),
            text: Envelope {
                source: "b",
                payload: "text",
            },
            list: Envelope {
                source: "c",
                payload: vec![Some(1), None],
            },
            map: Envelope {
                source: "d",
                payload: Some(BTreeMap::from([("u".to_owned(), Unit::Piece)])),
            },
            within: Envelope {
                source: "e",
                payload: envelope("f"),
            },
            tree: Tree {
                value: order.clone(),
                children: vec![leaf],
            },
            page: Page {
                items: Some(vec![Unit::Piece]),
            },
            few: AtMostTwo(vec![true]),
            priced: Priced {
                price: Some(Decimal::new(250, 2)),
                by_name: HashMap::from([("k", Some(3))]),
                quantity: 1,
            },
            flat: Flat {
                at: 5,
                payload: Box::new(order.clone()),
            },
        }
    }};
}

#[test]
fn every_instance_has_its_own_name() {
    let text = &AsAvro::event_type(&event!(AsAvro)).schema().text;
    for name in [
        "OrderEnvelope",
        "StringEnvelope",
        "OptionalLongListEnvelope",
        "OptionalUnitMapEnvelope",
        "OrderEnvelopeEnvelope",
        "OrderTree",
        "Page7OfUnitTrue",
        "Priced",
    ] {
        assert!(
            text.contains(&format!(r#"{{"type":"record","name":"{name}""#)),
            "{name}: {text}"
        );
    }
    assert!(!text.contains(r#""name":"FlatOrder""#), "flattened: {text}");
    assert!(
        text.contains(r#"{"type":"array","items":"com.acme.OrderTree"}"#),
        "{text}"
    );
}

#[test]
fn apache_avro_reads_every_instance() {
    let value = avro(&event!(AsAvro));
    let text = |text: &str| Value::String(text.to_owned());
    let order = || Value::Record(vec![("id".to_owned(), text("a"))]);
    assert_eq!(field(&field(&value, "order"), "payload"), order());
    assert_eq!(field(&field(&value, "text"), "payload"), text("text"));
    assert_eq!(field(&field(&field(&value, "within"), "payload"), "payload"), order());
    let Value::Array(children) = field(&field(&value, "tree"), "children") else {
        panic!("no array")
    };
    assert_eq!(field(&children[0], "value"), order());
    assert_eq!(field(&value, "few"), Value::Array(vec![Value::Boolean(true)]));
    assert_eq!(field(&field(&value, "priced"), "quantity"), Value::Int(1));
    assert_eq!(field(&value, "at"), Value::Long(5));
    assert_eq!(field(&value, "id"), text("a"));
}

#[test]
fn the_json_is_the_same_value() {
    let expected = concat!(
        r#"{"order":{"source":"web","payload":{"id":"a"}},"text":{"source":"b","payload":"text"},"#,
        r#""list":{"source":"c","payload":[1,null]},"map":{"source":"d","payload":{"u":"Piece"}},"#,
        r#""within":{"source":"e","payload":{"source":"f","payload":{"id":"a"}}},"#,
        r#""tree":{"value":{"id":"a"},"children":[{"value":{"id":"a"},"children":[]}]},"#,
        r#""page":{"items":["Piece"]},"few":[true],"#,
        r#""priced":{"price":"2.50","by_name":{"k":3},"quantity":1},"at":5,"id":"a"}"#,
    );
    assert_eq!(json(&event!(AsJson)), expected);
}

#[test]
fn constraints_of_a_generic_type_are_checked() {
    let mut event = event!(AsAvro);
    event.few = AtMostTwo(vec![true; 3]);
    event.priced.quantity = 0;
    event.tree.children.extend([(); 2].map(|()| Tree {
        value: Order { id: String::new() },
        children: Vec::new(),
    }));
    let violations = event.write(&mut Vec::new()).expect_err("three violations");
    let paths: Vec<_> = violations.list().iter().map(|violation| violation.path()).collect();
    assert_eq!(paths, ["tree.children", "few", "priced.quantity"]);
}

/// What a newtype can do is what its parameter can.
#[test]
fn a_generic_newtype_is_a_key_of_a_map() {
    #[derive(EventData)]
    struct Name<T>(T);
    assert_eq!(Name("a").as_text(), "a");
    let mut key = Vec::new();
    <Name<i64> as publisher_core::EventKey>::write_key(&Name(7), &mut key);
    assert_eq!(key, b"7");
}
