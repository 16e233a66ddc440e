//! One record with every type of the table at `EventData`.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use apache_avro::types::Value;
use chrono::{DateTime, NaiveDate, Utc};
use publisher_core::{Event, EventData};
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::reading::{avro, field, json};

#[derive(EventData)]
struct OrderId(Uuid);

#[derive(EventData)]
#[event(decimal(18, 2))]
struct Money(Decimal);

/// How far it is.
#[derive(EventData)]
#[event(rename_all = "SCREAMING_SNAKE_CASE")]
enum Status {
    New = 7,
    #[event(default)]
    PaidInFull = 3,
}

#[derive(EventData)]
struct Line<'a> {
    title: &'a str,
    price: Money,
}

/// All of them.
#[derive(EventData)]
struct Everything<'a> {
    boolean: bool,
    tiny: i8,
    small: i16,
    int: i32,
    long: i64,
    byte: u8,
    word: u16,
    unsigned: u32,
    /// In single precision.
    float: f32,
    double: f64,
    string: String,
    text: &'a str,
    cow: Cow<'a, str>,
    letter: char,
    bytes: Vec<u8>,
    slice: &'a [u8],
    some: Option<i32>,
    none: Option<Box<str>>,
    list: Vec<Option<i32>>,
    borrowed: &'a [&'a str],
    ordered: BTreeMap<String, i64>,
    hashed: HashMap<&'a str, Vec<bool>>,
    uuid: Uuid,
    instant: DateTime<Utc>,
    date: NaiveDate,
    #[event(decimal(5, 3))]
    decimal: Decimal,
    #[event(decimal(4, 1))]
    decimals: Option<Vec<Decimal>>,
    id: OrderId,
    status: Status,
    line: Line<'a>,
    lines: Vec<Line<'a>>,
    boxed: Box<i32>,
    counted: Rc<Line<'a>>,
    shared: Arc<[i32]>,
    other: Option<Status>,
}

#[derive(Event)]
#[event(topic = "all", namespace = "com.acme", unkeyed)]
struct AsAvro<'a> {
    it: &'a Everything<'a>,
}

#[derive(Event)]
#[event(topic = "all", namespace = "com.acme", unkeyed, encoding = json)]
struct AsJson<'a> {
    it: &'a Everything<'a>,
}

fn line(title: &str) -> Line<'_> {
    Line {
        title,
        price: Money(Decimal::new(-1234, 2)),
    }
}

fn everything() -> Everything<'static> {
    Everything {
        boolean: true,
        tiny: -8,
        small: -16,
        int: i32::MIN,
        long: -9_007_199_254_740_991,
        byte: 255,
        word: u16::MAX,
        unsigned: u32::MAX,
        float: 0.5,
        double: -1e300,
        string: String::from("é\n\""),
        text: "b",
        cow: Cow::Borrowed("c"),
        letter: '🦀',
        bytes: vec![0, 255],
        slice: b"hi!",
        some: Some(7),
        none: None,
        list: vec![Some(1), None],
        borrowed: &["x", "y"],
        ordered: BTreeMap::from([(String::from("a"), 1), (String::from("b"), -1)]),
        hashed: HashMap::from([("k", vec![true, false])]),
        uuid: Uuid::from_u128(0x0123_4567_89AB_CDEF_0123_4567_89AB_CDEF),
        instant: "1969-12-31T23:59:59.9989Z".parse().expect("an instant"),
        date: "2024-02-29".parse().expect("a date"),
        decimal: Decimal::new(-5, 1),
        decimals: Some(vec![Decimal::new(9999, 1), Decimal::ZERO]),
        id: OrderId(Uuid::nil()),
        status: Status::New,
        line: line("one"),
        lines: vec![line("two")],
        boxed: Box::new(1),
        counted: Rc::new(line("three")),
        shared: Arc::new([1, 2]),
        other: Some(Status::PaidInFull),
    }
}

#[test]
fn the_avro_schema_is_the_expected_text() {
    let expected = concat!(
        r#"{"type":"record","name":"AsAvro","namespace":"com.acme","fields":[{"name":"it","type":"#,
        r#"{"type":"record","name":"Everything","doc":"All of them.","fields":["#,
        r#"{"name":"boolean","type":"boolean"},"#,
        r#"{"name":"tiny","type":"int"},"#,
        r#"{"name":"small","type":"int"},"#,
        r#"{"name":"int","type":"int"},"#,
        r#"{"name":"long","type":"long"},"#,
        r#"{"name":"byte","type":"int"},"#,
        r#"{"name":"word","type":"int"},"#,
        r#"{"name":"unsigned","type":"long"},"#,
        r#"{"name":"float","doc":"In single precision.","type":"float"},"#,
        r#"{"name":"double","type":"double"},"#,
        r#"{"name":"string","type":"string"},"#,
        r#"{"name":"text","type":"string"},"#,
        r#"{"name":"cow","type":"string"},"#,
        r#"{"name":"letter","type":"string"},"#,
        r#"{"name":"bytes","type":"bytes"},"#,
        r#"{"name":"slice","type":"bytes"},"#,
        r#"{"name":"some","type":["null","int"],"default":null},"#,
        r#"{"name":"none","type":["null","string"],"default":null},"#,
        r#"{"name":"list","type":{"type":"array","items":["null","int"]}},"#,
        r#"{"name":"borrowed","type":{"type":"array","items":"string"}},"#,
        r#"{"name":"ordered","type":{"type":"map","values":"long"}},"#,
        r#"{"name":"hashed","type":{"type":"map","values":{"type":"array","items":"boolean"}}},"#,
        r#"{"name":"uuid","type":{"type":"string","logicalType":"uuid"}},"#,
        r#"{"name":"instant","type":{"type":"long","logicalType":"timestamp-millis"}},"#,
        r#"{"name":"date","type":{"type":"int","logicalType":"date"}},"#,
        r#"{"name":"decimal","type":{"type":"bytes","logicalType":"decimal","precision":5,"scale":3}},"#,
        r#"{"name":"decimals","type":["null",{"type":"array","items":"#,
        r#"{"type":"bytes","logicalType":"decimal","precision":4,"scale":1}}],"default":null},"#,
        r#"{"name":"id","type":{"type":"string","logicalType":"uuid"}},"#,
        r#"{"name":"status","type":{"type":"enum","name":"Status","doc":"How far it is.","#,
        r#""symbols":["NEW","PAID_IN_FULL"],"default":"PAID_IN_FULL"}},"#,
        r#"{"name":"line","type":{"type":"record","name":"Line","fields":["#,
        r#"{"name":"title","type":"string"},"#,
        r#"{"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":18,"scale":2}}]}},"#,
        r#"{"name":"lines","type":{"type":"array","items":"com.acme.Line"}},"#,
        r#"{"name":"boxed","type":"int"},"#,
        r#"{"name":"counted","type":"com.acme.Line"},"#,
        r#"{"name":"shared","type":{"type":"array","items":"int"}},"#,
        r#"{"name":"other","type":["null","com.acme.Status"],"default":null}"#,
        r#"]}}]}"#,
    );
    let it = everything();
    assert_eq!(&*AsAvro { it: &it }.event_type().schema().text, expected);
}

#[test]
fn the_avro_bytes_decode_to_the_same_values() {
    let it = everything();
    let it = field(&avro(&AsAvro { it: &it }), "it");
    let text = |text: &str| Value::String(text.to_owned());
    let union = |branch: u32, value: Value| Value::Union(branch, Box::new(value));
    let decimal = |unscaled: i128| Value::Decimal(unscaled.to_be_bytes().into());
    let line = |title: &str| {
        Value::Record(vec![
            ("title".to_owned(), text(title)),
            ("price".to_owned(), decimal(-1234)),
        ])
    };
    let expected = [
        ("boolean", Value::Boolean(true)),
        ("tiny", Value::Int(-8)),
        ("small", Value::Int(-16)),
        ("int", Value::Int(i32::MIN)),
        ("long", Value::Long(-9_007_199_254_740_991)),
        ("byte", Value::Int(255)),
        ("word", Value::Int(65_535)),
        ("unsigned", Value::Long(4_294_967_295)),
        ("float", Value::Float(0.5)),
        ("double", Value::Double(-1e300)),
        ("string", text("é\n\"")),
        ("text", text("b")),
        ("cow", text("c")),
        ("letter", text("🦀")),
        ("bytes", Value::Bytes(vec![0, 255])),
        ("slice", Value::Bytes(b"hi!".to_vec())),
        ("some", union(1, Value::Int(7))),
        ("none", union(0, Value::Null)),
        (
            "list",
            Value::Array(vec![union(1, Value::Int(1)), union(0, Value::Null)]),
        ),
        ("borrowed", Value::Array(vec![text("x"), text("y")])),
        (
            "ordered",
            Value::Map(HashMap::from([
                ("a".to_owned(), Value::Long(1)),
                ("b".to_owned(), Value::Long(-1)),
            ])),
        ),
        (
            "hashed",
            Value::Map(HashMap::from([(
                "k".to_owned(),
                Value::Array(vec![Value::Boolean(true), Value::Boolean(false)]),
            )])),
        ),
        (
            "uuid",
            Value::Uuid(Uuid::from_u128(0x0123_4567_89AB_CDEF_0123_4567_89AB_CDEF)),
        ),
        ("instant", Value::TimestampMillis(-2)),
        ("date", Value::Date(19_782)),
        ("decimal", decimal(-500)),
        ("decimals", union(1, Value::Array(vec![decimal(9999), decimal(0)]))),
        ("id", Value::Uuid(Uuid::nil())),
        ("status", Value::Enum(0, "NEW".to_owned())),
        ("line", line("one")),
        ("lines", Value::Array(vec![line("two")])),
        ("boxed", Value::Int(1)),
        ("counted", line("three")),
        ("shared", Value::Array(vec![Value::Int(1), Value::Int(2)])),
        ("other", union(1, Value::Enum(1, "PAID_IN_FULL".to_owned()))),
    ];
    let Value::Record(fields) = &it else {
        panic!("{it:?} is no record")
    };
    assert_eq!(fields.len(), expected.len());
    for (name, expected) in expected {
        assert_eq!(field(&it, name), expected, "{name}");
    }
}

#[test]
fn the_json_text_is_the_expected_one() {
    let line = |title: &str| format!(r#"{{"title":"{title}","price":"-12.34"}}"#);
    let expected = [
        r#"{"it":{"boolean":true,"tiny":-8,"small":-16,"int":-2147483648,"long":-9007199254740991,"#,
        r#""byte":255,"word":65535,"unsigned":4294967295,"float":0.5,"double":-1e300,"#,
        r#""string":"é\n\"","text":"b","cow":"c","letter":"🦀","bytes":"AP8=","slice":"aGkh","#,
        r#""some":7,"none":null,"list":[1,null],"borrowed":["x","y"],"ordered":{"a":1,"b":-1},"#,
        r#""hashed":{"k":[true,false]},"uuid":"01234567-89ab-cdef-0123-456789abcdef","#,
        r#""instant":"1969-12-31T23:59:59.998Z","date":"2024-02-29","decimal":"-0.500","#,
        r#""decimals":["999.9","0.0"],"id":"00000000-0000-0000-0000-000000000000","status":"NEW","#,
        &format!(
            r#""line":{},"lines":[{}],"boxed":1,"counted":{},"#,
            line("one"),
            line("two"),
            line("three")
        ),
        r#""shared":[1,2],"other":"PAID_IN_FULL"}}"#,
    ]
    .concat();
    let it = everything();
    assert_eq!(json(&AsJson { it: &it }), expected);
}
