//! What a field may say besides its type: defaults, former names, other names, documentation and constraints.
//!
//! Knows no event and no other group. Readers see of all this the values only, and that they hold what the schemas say.

use std::collections::BTreeMap;

use publisher_core::EventData;
use rust_decimal::Decimal;
use serde_json::json;

use super::Expected;

#[derive(Clone, Copy, EventData)]
#[event(alias = "State", alias = "com.acme.old.Condition")]
pub enum Condition {
    New,
    Used,
}

/// A text with a constraint of its own, to which those of a field add.
#[derive(EventData)]
#[event(pattern = "^[A-Z]", min_length = 1)]
pub struct Code(&'static str);

/// What readers take
/// where a record lacks a field.
///
/// "Quoted", and with a \ in it.
#[derive(EventData)]
#[event(
    name = "Presets",
    alias = "Defaults",
    alias = "com.acme.old.Presets",
    rename_all = "camelCase"
)]
pub struct Defaults {
    #[event(default = true)]
    is_set: bool,
    #[event(default = -1)]
    whole_number: Option<i32>,
    #[event(default = 7)]
    unsigned: u64,
    #[event(default = 0.50)]
    fraction: f64,
    #[event(default = 1)]
    float: f32,
    /// Größe, "quoted".
    #[event(default = "none é \"\\")]
    text: &'static str,
    #[event(default = "")]
    empty_text: Option<&'static str>,
    #[event(default = "Used")]
    condition: Condition,
    #[event(default = "New")]
    option_condition: Option<Condition>,
    #[event(default = "-7", as_string)]
    digits: isize,
    #[event(default = [])]
    list: Vec<i32>,
    #[event(default = [])]
    option_list: Option<Vec<Condition>>,
    #[event(default = {})]
    map: BTreeMap<String, i32>,
    #[event(skip)]
    #[allow(dead_code, reason = "what is skipped is for the program alone")]
    skipped: Option<fn()>,
    #[event(rename = "renamed_to", alias = "renamed_from", alias = "before_that")]
    renamed: i32,
    r#type: bool,
    #[event(min = 1, max = 100)]
    inclusive: i64,
    #[event(exclusive_min = 0, exclusive_max = 1.5)]
    exclusive: f64,
    #[event(min = -0.5)]
    option_float: Option<f32>,
    #[event(min_length = 2, max_length = 3, pattern = "[A-Z]$")]
    code: Code,
    #[event(pattern = "^[0-9]{4}$", default = "0000")]
    pin: &'static str,
    #[event(format = email)]
    email: &'static str,
    #[event(format = uri)]
    uri: &'static str,
    #[event(format = uuid)]
    uuid: &'static str,
    #[event(format = date_time)]
    date_time: Option<&'static str>,
    #[event(decimal(9, 2), exclusive_min = -10, max = 10.5)]
    decimal: Decimal,
}

/// As [`super::samples`] has them.
pub fn samples() -> [Expected<Defaults>; 4] {
    [ordinary(), greatest(), least(), empty()]
}

fn ordinary() -> Expected<Defaults> {
    Expected {
        value: Defaults {
            is_set: false,
            whole_number: Some(3),
            unsigned: 8,
            fraction: 0.25,
            float: 0.5,
            text: "text",
            empty_text: Some("text"),
            condition: Condition::New,
            option_condition: Some(Condition::Used),
            digits: 12,
            list: vec![1],
            option_list: Some(vec![Condition::New, Condition::Used]),
            map: BTreeMap::from([("a".to_owned(), 1)]),
            skipped: None,
            renamed: 1,
            r#type: true,
            inclusive: 50,
            exclusive: 1.0,
            option_float: Some(1.5),
            code: Code("ABC"),
            pin: "1234",
            email: "someone@example.com",
            uri: "https://example.com/a?b=c#d",
            uuid: "01234567-89ab-4def-8123-456789abcdef",
            date_time: Some("2024-02-29T12:34:56Z"),
            decimal: Decimal::new(-150, 2),
        },
        expected: json!({
            "isSet": false,
            "wholeNumber": 3,
            "unsigned": 8,
            "fraction": 0.25,
            "float": 0.5,
            "text": "text",
            "emptyText": "text",
            "condition": "New",
            "optionCondition": "Used",
            "digits": "12",
            "list": [1],
            "optionList": ["New", "Used"],
            "map": { "a": 1 },
            "renamed_to": 1,
            "type": true,
            "inclusive": 50,
            "exclusive": 1,
            "optionFloat": 1.5,
            "code": "ABC",
            "pin": "1234",
            "email": "someone@example.com",
            "uri": "https://example.com/a?b=c#d",
            "uuid": "01234567-89ab-4def-8123-456789abcdef",
            "dateTime": "2024-02-29T12:34:56Z",
            "decimal": "-1.50",
        }),
    }
}

fn greatest() -> Expected<Defaults> {
    let Expected { value, mut expected } = empty();
    let value = Defaults {
        whole_number: Some(i32::MAX),
        option_condition: Some(Condition::Used),
        digits: isize::MAX,
        renamed: i32::MAX,
        inclusive: 100,
        exclusive: 1.499_999_999_999_999_8,
        option_float: Some(1e6),
        code: Code("AZZ"),
        decimal: Decimal::new(1050, 2),
        ..value
    };
    for (name, changed) in [
        ("wholeNumber", json!(2_147_483_647)),
        ("optionCondition", json!("Used")),
        ("digits", json!("9223372036854775807")),
        ("renamed_to", json!(2_147_483_647)),
        ("inclusive", json!(100)),
        ("exclusive", json!(1.499_999_999_999_999_8)),
        ("optionFloat", json!(1_000_000)),
        ("code", json!("AZZ")),
        ("decimal", json!("10.50")),
    ] {
        expected[name] = changed;
    }
    Expected { value, expected }
}

fn least() -> Expected<Defaults> {
    let Expected { value, mut expected } = empty();
    let value = Defaults {
        whole_number: Some(i32::MIN),
        empty_text: Some(""),
        option_condition: Some(Condition::New),
        digits: isize::MIN,
        option_list: Some(Vec::new()),
        renamed: i32::MIN,
        exclusive: 5e-324,
        option_float: Some(-0.5),
        date_time: Some("0001-01-01T00:00:00Z"),
        decimal: Decimal::new(-999, 2),
        ..value
    };
    for (name, changed) in [
        ("wholeNumber", json!(-2_147_483_648_i64)),
        ("emptyText", json!("")),
        ("optionCondition", json!("New")),
        ("digits", json!("-9223372036854775808")),
        ("optionList", json!([])),
        ("renamed_to", json!(-2_147_483_648_i64)),
        ("exclusive", json!(5e-324)),
        ("optionFloat", json!(-0.5)),
        ("dateTime", json!("0001-01-01T00:00:00Z")),
        ("decimal", json!("-9.99")),
    ] {
        expected[name] = changed;
    }
    Expected { value, expected }
}

/// As little as there can be, which is not what the defaults say.
fn empty() -> Expected<Defaults> {
    Expected {
        value: Defaults {
            is_set: false,
            whole_number: None,
            unsigned: 0,
            fraction: 0.0,
            float: 0.0,
            text: "",
            empty_text: None,
            condition: Condition::New,
            option_condition: None,
            digits: 0,
            list: Vec::new(),
            option_list: None,
            map: BTreeMap::new(),
            skipped: None,
            renamed: 0,
            r#type: false,
            inclusive: 1,
            exclusive: 0.5,
            option_float: None,
            code: Code("AB"),
            pin: "0000",
            email: "a@b.c",
            uri: "a:b",
            uuid: "00000000-0000-0000-0000-000000000000",
            date_time: None,
            decimal: Decimal::ZERO,
        },
        expected: json!({
            "isSet": false,
            "wholeNumber": null,
            "unsigned": 0,
            "fraction": 0,
            "float": 0,
            "text": "",
            "emptyText": null,
            "condition": "New",
            "optionCondition": null,
            "digits": "0",
            "list": [],
            "optionList": null,
            "map": {},
            "renamed_to": 0,
            "type": false,
            "inclusive": 1,
            "exclusive": 0.5,
            "optionFloat": null,
            "code": "AB",
            "pin": "0000",
            "email": "a@b.c",
            "uri": "a:b",
            "uuid": "00000000-0000-0000-0000-000000000000",
            "dateTime": null,
            "decimal": "0.00",
        }),
    }
}
