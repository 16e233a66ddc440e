//! Defaults, names, skipped fields: what keeps old and new readers together.

use std::collections::BTreeMap;

use apache_avro::types::Value;
use publisher_core::{Event, EventData};

use crate::reading::{avro, field, json};

#[derive(EventData)]
#[allow(dead_code)]
enum Status {
    New,
    Paid,
}

#[derive(EventData)]
struct Label(Option<String>);

macro_rules! with_defaults {
    ($name:ident, $encoding:ident) => {
        #[derive(Event)]
        #[event(topic = "orders", namespace = "com.acme", encoding = $encoding, rename_all = "camelCase")]
        struct $name {
            #[event(key)]
            order_id: i32,
            #[event(default = true)]
            paid: bool,
            #[event(default = -3)]
            offset: Option<i32>,
            #[event(default = 0.25)]
            rate: f64,
            #[event(default = 2)]
            factor: f32,
            #[event(default = "none")]
            note: Option<String>,
            #[event(default = "quoted \" text")]
            label: Label,
            #[event(default = "Paid")]
            status: Option<Status>,
            #[event(default = [])]
            tags: Vec<String>,
            #[event(default = {})]
            by_name: BTreeMap<String, i32>,
            #[event(skip)]
            #[allow(dead_code)]
            cache: Option<u64>,
            #[event(rename = "last_one")]
            last: Option<i32>,
        }

        impl $name {
            fn new(some: bool) -> Self {
                Self {
                    order_id: 1,
                    paid: false,
                    offset: some.then_some(7),
                    rate: 1.5,
                    factor: 2.5,
                    note: some.then(|| "n".to_owned()),
                    label: Label(some.then(|| "l".to_owned())),
                    status: some.then_some(Status::New),
                    tags: Vec::new(),
                    by_name: BTreeMap::new(),
                    cache: None,
                    last: None,
                }
            }
        }
    };
}
with_defaults!(AsAvro, avro);
with_defaults!(AsJson, json);

#[test]
fn a_union_has_the_branch_of_its_default_first() {
    let expected = concat!(
        r#"{"type":"record","name":"AsAvro","namespace":"com.acme","fields":["#,
        r#"{"name":"orderId","type":"int"},"#,
        r#"{"name":"paid","type":"boolean","default":true},"#,
        r#"{"name":"offset","type":["int","null"],"default":-3},"#,
        r#"{"name":"rate","type":"double","default":0.25},"#,
        r#"{"name":"factor","type":"float","default":2},"#,
        r#"{"name":"note","type":["string","null"],"default":"none"},"#,
        r#"{"name":"label","type":["string","null"],"default":"quoted \" text"},"#,
        r#"{"name":"status","type":[{"type":"enum","name":"Status","symbols":["New","Paid"]},"null"],"default":"Paid"},"#,
        r#"{"name":"tags","type":{"type":"array","items":"string"},"default":[]},"#,
        r#"{"name":"byName","type":{"type":"map","values":"int"},"default":{}},"#,
        r#"{"name":"last_one","type":["null","int"],"default":null}]}"#,
    );
    assert_eq!(&*AsAvro::new(true).event_type().schema().text, expected);
    let union = |branch: u32, value: Value| Value::Union(branch, Box::new(value));
    let full = avro(&AsAvro::new(true));
    assert_eq!(field(&full, "offset"), union(0, Value::Int(7)));
    assert_eq!(field(&full, "note"), union(0, Value::String("n".to_owned())));
    assert_eq!(field(&full, "label"), union(0, Value::String("l".to_owned())));
    assert_eq!(field(&full, "status"), union(0, Value::Enum(0, "New".to_owned())));
    let empty = avro(&AsAvro::new(false));
    for name in ["offset", "note", "label", "status"] {
        assert_eq!(field(&empty, name), union(1, Value::Null), "{name}");
    }
    assert_eq!(field(&empty, "last_one"), union(0, Value::Null));
}

#[test]
fn json_properties_with_a_default_are_not_required() {
    let event = AsJson::new(false);
    assert_eq!(
        json(&event),
        r#"{"orderId":1,"paid":false,"offset":null,"rate":1.5,"factor":2.5,"note":null,"label":null,"status":null,"tags":[],"byName":{},"last_one":null}"#
    );
    assert!(event.event_type().schema().text.contains(r#""required":["orderId"]"#));
}
