//! Enums with data as unions of records: schema, bytes, text, violations, reading back.

use std::collections::BTreeMap;

use apache_avro::types::Value;
use publisher_core::testing::RecordingPublisher;
use publisher_core::{Event, EventData};

use crate::reading::{avro, field, json, violations};

#[derive(EventData)]
struct Shop {
    #[event(min = 1)]
    number: i32,
}

#[derive(EventData)]
#[event(union, rename_all = "snake_case")]
enum Source<'a> {
    WebPage {
        #[event(min_length = 1)]
        out: &'a str,
        /// Named as what the expansion has.
        at: i32,
    },
    Shop(Shop),
    #[event(rename = "Phone", name = "Call")]
    Telephone {
        number: String,
        #[event(skip)]
        #[allow(dead_code)]
        cache: usize,
    },
    Mixed(Mixed),
}

/// A tagged enum is a record, and so can be a branch.
#[derive(EventData)]
enum Mixed {
    Value { number: i32 },
    None,
}

#[derive(EventData)]
struct Origin<'a>(Source<'a>);

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme", unkeyed)]
struct AsAvro<'a> {
    plain: Source<'a>,
    optional: Option<Source<'a>>,
    newtype: Option<Box<Origin<'a>>>,
    list: Vec<Source<'a>>,
    options: Vec<Option<Source<'a>>>,
    map: BTreeMap<String, Source<'a>>,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme", unkeyed, encoding = json)]
struct AsJson<'a> {
    plain: Source<'a>,
    optional: Option<Source<'a>>,
    list: Vec<Option<Source<'a>>>,
}

fn page(out: &str) -> Source<'_> {
    Source::WebPage { out, at: 1 }
}

fn shop(number: i32) -> Source<'static> {
    Source::Shop(Shop { number })
}

fn phone() -> Source<'static> {
    Source::Telephone {
        number: "110".to_owned(),
        cache: 3,
    }
}

fn record<const N: usize>(fields: [(&str, Value); N]) -> Value {
    Value::Record(fields.map(|(name, value)| (name.to_owned(), value)).to_vec())
}

fn branch(number: u32, value: Value) -> Value {
    Value::Union(number, Box::new(value))
}

fn page_value(out: &str) -> Value {
    record([("out", Value::String(out.to_owned())), ("at", Value::Int(1))])
}

fn shop_value(number: i32) -> Value {
    record([("number", Value::Int(number))])
}

fn event<'a>() -> AsAvro<'a> {
    AsAvro {
        plain: page("a"),
        optional: Some(shop(2)),
        newtype: Some(Box::new(Origin(phone()))),
        list: vec![
            shop(3),
            Source::Mixed(Mixed::Value { number: 9 }),
            Source::Mixed(Mixed::None),
        ],
        options: vec![None, Some(page("b"))],
        map: BTreeMap::from([("k".to_owned(), shop(4))]),
    }
}

#[test]
fn the_branches_stand_beside_null() {
    let text = &event().event_type().schema().text;
    let expected = concat!(
        r#"{"type":"record","name":"AsAvro","namespace":"com.acme","fields":["#,
        r#"{"name":"plain","type":[{"type":"record","name":"SourceWebPage","fields":["#,
        r#"{"name":"out","type":"string"},"#,
        r#"{"name":"at","doc":"Named as what the expansion has.","type":"int"}]},"#,
        r#"{"type":"record","name":"Shop","fields":[{"name":"number","type":"int"}]},"#,
        r#"{"type":"record","name":"Call","fields":[{"name":"number","type":"string"}]},"#,
        r#"{"type":"record","name":"Mixed","doc":"A tagged enum is a record, and so can be a branch.","fields":["#,
        r#"{"name":"type","type":{"type":"enum","name":"MixedType","symbols":["Value","None"]}},"#,
        r#"{"name":"value","type":["null",{"type":"record","name":"MixedValue","fields":["#,
        r#"{"name":"number","type":"int"}]}],"default":null}]}]},"#,
        r#"{"name":"optional","type":["null","com.acme.SourceWebPage","com.acme.Shop","com.acme.Call","com.acme.Mixed"],"default":null},"#,
    );
    assert!(text.starts_with(expected), "{text}");
}

#[test]
fn apache_avro_reads_every_branch() {
    let read = avro(&event());
    let mixed =
        |number, symbol: &str, held| record([("type", Value::Enum(number, symbol.to_owned())), ("value", held)]);
    assert_eq!(field(&read, "plain"), branch(0, page_value("a")));
    assert_eq!(field(&read, "optional"), branch(2, shop_value(2)));
    let call = record([("number", Value::String("110".to_owned()))]);
    assert_eq!(field(&read, "newtype"), branch(3, call));
    let list = vec![
        branch(1, shop_value(3)),
        branch(3, mixed(0, "Value", branch(1, shop_value(9)))),
        branch(3, mixed(1, "None", branch(0, Value::Null))),
    ];
    assert_eq!(field(&read, "list"), Value::Array(list));
    let options = vec![branch(0, Value::Null), branch(1, page_value("b"))];
    assert_eq!(field(&read, "options"), Value::Array(options));
    let map = [("k".to_owned(), branch(1, shop_value(4)))].into_iter().collect();
    assert_eq!(field(&read, "map"), Value::Map(map));
}

#[test]
fn json_names_the_branch() {
    let event = AsJson {
        plain: page("a"),
        optional: Some(shop(2)),
        list: vec![None, Some(phone())],
    };
    assert_eq!(
        json(&event),
        concat!(
            r#"{"plain":{"web_page":{"out":"a","at":1}},"optional":{"shop":{"number":2}},"#,
            r#""list":[null,{"Phone":{"number":"110"}}]}"#
        )
    );
    let event = AsJson {
        plain: shop(1),
        optional: None,
        list: Vec::new(),
    };
    assert_eq!(
        json(&event),
        r#"{"plain":{"shop":{"number":1}},"optional":null,"list":[]}"#
    );
}

#[test]
fn violations_name_the_branch() {
    let event = AsJson {
        plain: page(""),
        optional: Some(shop(0)),
        list: vec![Some(shop(-1))],
    };
    assert_eq!(
        violations(&event),
        [
            "plain.web_page.out has 0 characters, at least 1 are needed",
            "optional.shop.number is less than 1",
            "list[0].shop.number is less than 1",
        ]
    );
}

#[test]
fn a_recording_publisher_reads_unions_as_json_has_them() {
    let recording = RecordingPublisher::new();
    recording.record(&event()).expect("a valid event");
    let recorded = recording.recorded().remove(0).value;
    let expected = serde_json::json!({
        "plain": { "web_page": { "out": "a", "at": 1 } },
        "optional": { "shop": { "number": 2 } },
        "newtype": { "Phone": { "number": "110" } },
        "list": [
            { "shop": { "number": 3 } },
            { "mixed": { "type": "Value", "value": { "number": 9 } } },
            { "mixed": { "type": "None", "value": null } },
        ],
        "options": [null, { "web_page": { "out": "b", "at": 1 } }],
        "map": { "k": { "shop": { "number": 4 } } },
    });
    assert_eq!(recorded, expected);
}
