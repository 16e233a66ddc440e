//! Data taken apart for people.

use publisher_core::encode::avro;
use publisher_core::schema::avsc::AvroSchema;
use publisher_core::schema::avsc::datum::{Explanation, explain};
use serde_json::Value;

use crate::public::cases;

fn bytes(hex: &str) -> Vec<u8> {
    let hex: String = hex.split_whitespace().collect();
    let byte = |at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
    (0..hex.len()).step_by(2).map(byte).collect()
}

fn explained(schema: &str, hex: &str) -> Explanation {
    explain(&AvroSchema::parse(schema).unwrap(), &bytes(hex))
}

fn lines(explanation: &Explanation) -> Vec<String> {
    let entries = explanation.entries.iter();
    entries
        .map(|entry| format!("{:?} {} {}: {}", entry.bytes, entry.path, entry.type_name, entry.value))
        .collect()
}

/// Whether a leaf of a decoded datum stands in the explanation.
fn check_leaves(decoded: &Value, path: &str, explanation: &Explanation, id: &Value) -> usize {
    match decoded {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| check_leaves(value, &format!("{path}/{name}"), explanation, id))
            .sum(),
        Value::Array(items) => (0..items.len())
            .map(|index| check_leaves(&items[index], &format!("{path}/{index}"), explanation, id))
            .sum(),
        leaf => {
            let entry = explanation.entries.iter().rev().find(|entry| entry.path == path);
            let entry = entry.unwrap_or_else(|| panic!("{id}: nothing at {path}"));
            let text = leaf.to_string();
            let same = entry.value == text
                || leaf
                    .as_str()
                    .is_some_and(|text| entry.value.starts_with(&format!("{text} (symbol")))
                || entry
                    .value
                    .parse::<f64>()
                    .is_ok_and(|number| leaf.as_f64() == Some(number));
            assert!(same, "{id}: {entry:?}, not {leaf}");
            1
        }
    }
}

#[test]
fn public_data_are_read_whole() {
    let (mut read, mut leaves) = (0, 0);
    for case in cases("avro-decode.json") {
        let Some(hex) = case.get("bytes_hex").and_then(Value::as_str) else {
            continue;
        };
        let explanation = explained(&case["writer"].to_string(), hex);
        assert_eq!(explanation.error, None, "{}", case["id"]);
        assert_eq!(explanation.consumed, hex.len() / 2, "{}", case["id"]);
        read += 1;
        if case["writer"] == case["reader"] {
            leaves += check_leaves(&case["decoded"], "", &explanation, &case["id"]);
        }
    }
    assert_eq!(read > 0, leaves > 0);
}

#[test]
fn every_form_has_its_bytes() {
    let schema = r#"{"type":"record","name":"a.R","fields":[
        {"name":"u","type":["null","string"]},
        {"name":"l","type":{"type":"array","items":"int"}},
        {"name":"m","type":{"type":"map","values":"boolean"}},
        {"name":"e","type":{"type":"enum","name":"E","symbols":["A","B"]}},
        {"name":"f","type":{"type":"fixed","name":"F","size":2}},
        {"name":"n","type":"null"},{"name":"d","type":"double"},{"name":"t","type":"float"}]}"#;
    let explanation = explained(
        schema,
        "02 0461 22 | 02 06 01 02 07 00 | 02 02 6b 01 00 | 02 | ff00 | 000000000000f03f | 0000c07f"
            .replace('|', " ")
            .as_str(),
    );
    assert_eq!(explanation.error, None);
    assert_eq!(
        lines(&explanation),
        [
            "0..30  record a.R: 8 fields",
            "0..1 /u union: branch 1: string",
            r#"1..4 /u string: "a\"""#,
            "4..10 /l array: 2 items",
            "4..5 /l block: 1 items",
            "5..6 /l/0 int: 3",
            "6..8 /l block: 1 items in 1 bytes",
            "8..9 /l/1 int: -4",
            "9..10 /l block: end",
            "10..15 /m map: 1 entries",
            "10..11 /m block: 1 items",
            r#"11..13 /m/k key: "k""#,
            "13..14 /m/k boolean: true",
            "14..15 /m block: end",
            "15..16 /e enum a.E: B (symbol 1)",
            "16..18 /f fixed a.F: ff00",
            "18..18 /n null: null",
            "18..26 /d double: 1.0",
            "26..30 /t float: NaN",
        ]
    );
}

fn leaf(schema: &str, datum: &[u8]) -> String {
    let explanation = explain(&AvroSchema::parse(schema).unwrap(), datum);
    assert_eq!(explanation.error, None, "{schema}");
    explanation.entries[0].value.clone()
}

fn of_long(form: &str, logical: &str, value: i64) -> String {
    let mut datum = Vec::new();
    avro::long(value, &mut datum);
    leaf(&format!(r#"{{"type":"{form}","logicalType":"{logical}"}}"#), &datum)
}

#[test]
fn logical_types_read_as_people_write_them() {
    for (form, logical, value, expected) in [
        ("int", "date", 0, "1970-01-01"),
        ("int", "date", 11_016, "2000-02-29"),
        ("int", "date", -719_529, "-0001-12-31"),
        ("int", "date", 2_932_897, "+10000-01-01"),
        ("int", "time-millis", 86_399_999, "23:59:59.999"),
        ("int", "time-millis", -1, "-1 (no time of day)"),
        ("long", "time-micros", 1, "00:00:00.000001"),
        ("long", "timestamp-millis", -1, "1969-12-31T23:59:59.999Z"),
        (
            "long",
            "timestamp-micros",
            1_700_000_000_123_456,
            "2023-11-14T22:13:20.123456Z",
        ),
        ("long", "timestamp-nanos", i64::MAX, "2262-04-11T23:47:16.854775807Z"),
        ("long", "timestamp-millis", i64::MIN, "-292275055-05-16T16:47:04.192Z"),
        ("long", "local-timestamp-micros", 0, "1970-01-01T00:00:00.000000"),
        ("long", "of-nobody", 5, "5"),
    ] {
        assert_eq!(of_long(form, logical, value), expected, "{logical} {value}");
    }
    for (unscaled, scale, expected) in [
        (0, 2, "0.00"),
        (-1, 2, "-0.01"),
        (12_345, 2, "123.45"),
        (-12_345, 0, "-12345"),
        (i128::MIN, 0, "-170141183460469231731687303715884105728"),
    ] {
        let mut datum = Vec::new();
        avro::decimal(unscaled, &mut datum);
        let schema = format!(r#"{{"type":"bytes","logicalType":"decimal","precision":40,"scale":{scale}}}"#);
        assert_eq!(leaf(&schema, &datum), expected);
    }
    let fixed = |size: usize, logical: &str| {
        format!(r#"{{"type":"fixed","name":"F","size":{size},"logicalType":"{logical}"}}"#)
    };
    let uuid: Vec<u8> = (0..16).collect();
    assert_eq!(leaf(&fixed(16, "uuid"), &uuid), "00010203-0405-0607-0809-0a0b0c0d0e0f");
    assert_eq!(
        leaf(&fixed(12, "duration"), &bytes("010000000200000000010000")),
        "1 months, 2 days, 256 ms"
    );
    // 12.5: unscaled 125, scale 1.
    assert_eq!(
        leaf(r#"{"type":"bytes","logicalType":"big-decimal"}"#, &bytes("06 02 7d 02")),
        "12.5"
    );
}

#[test]
fn what_is_wrong_is_named_and_the_rest_is_kept() {
    let r = r#"{"type":"record","name":"R","fields":[{"name":"a","type":"int"},{"name":"b","type":TYPE}]}"#;
    for (of, hex, error) in [
        (
            r#""int""#,
            "",
            "byte 1, /b: expected int; its number is cut after 0 bytes",
        ),
        (
            r#""int""#,
            "80",
            "byte 1, /b: expected int; its number is cut after 1 bytes",
        ),
        (
            r#""int""#,
            "8080808010",
            "byte 1, /b: expected int of 32 bits, not 2147483648",
        ),
        (
            r#""long""#,
            "ffffffffffffffffff02",
            "byte 1, /b: expected long; its number is longer than 64 bits",
        ),
        (
            r#""string""#,
            "01",
            "byte 1, /b: expected the length of string, which is not -1",
        ),
        (
            r#""string""#,
            "0661",
            "byte 2, /b: expected 3 bytes of string, 1 are left",
        ),
        (
            r#""string""#,
            "0461ff",
            "byte 3, /b: expected UTF-8 of string, not the byte ff",
        ),
        (r#""boolean""#, "02", "byte 1, /b: expected a boolean, 00 or 01, not 02"),
        (
            r#""double""#,
            "00",
            "byte 1, /b: expected 8 bytes of double, 1 are left",
        ),
        (
            r#"["null","int"]"#,
            "04",
            "byte 1, /b: expected one of the 2 branches of the union, not number 2",
        ),
        (
            r#"["null","int"]"#,
            "01",
            "byte 1, /b: expected one of the 2 branches of the union, not number -1",
        ),
        (
            r#"{"type":"enum","name":"E","symbols":["A"]}"#,
            "02",
            "byte 1, /b: expected one of the 1 symbols of enum E, not number 1",
        ),
        (
            r#"{"type":"array","items":"int"}"#,
            "0402",
            "byte 3, /b/1: expected int; its number is cut after 0 bytes",
        ),
        (
            r#"{"type":"array","items":"int"}"#,
            "010402",
            "byte 1, /b: expected a block of 2 bytes, its items have 1",
        ),
        (
            r#"{"type":"array","items":"int"}"#,
            "010102",
            "byte 2, /b: expected a block's size, which is not -1",
        ),
        (
            r#"{"type":"map","values":"int"}"#,
            "0202ff",
            "byte 3, /b: expected UTF-8 of a map's key, not the byte ff",
        ),
        (r#""int""#, "0203", "byte 2: expected the end, 1 bytes are left"),
    ] {
        let explanation = explained(&r.replace("TYPE", of), &format!("0a{hex}"));
        assert_eq!(explanation.error.as_ref().unwrap().to_string(), error);
        assert_eq!(lines(&explanation)[1], "0..1 /a int: 5");
    }
}

#[test]
fn endless_data_end() {
    let mut trillion = Vec::new();
    avro::long(1_000_000_000_000, &mut trillion);
    for items in [
        r#""null""#,
        r#"{"type":"record","name":"R","fields":[]}"#,
        r#"{"type":"fixed","name":"F","size":0}"#,
    ] {
        let schema = AvroSchema::parse(&format!(r#"{{"type":"array","items":{items}}}"#)).unwrap();
        let mut smallest = Vec::new();
        avro::long(i64::MIN, &mut smallest);
        smallest.push(0);
        for datum in [&trillion, &smallest] {
            let explanation = explain(&schema, datum);
            assert!(explanation.error.unwrap().reason.contains("more than 100000 values"));
            assert!(explanation.entries.len() <= 100_002);
        }
    }
    let recursive =
        AvroSchema::parse(r#"{"type":"record","name":"R","fields":[{"name":"r","type":["null","R"]}]}"#).unwrap();
    let deep = explain(&recursive, &[2; 100_000]);
    assert!(deep.error.unwrap().reason.contains("more than 100 levels deep"));
    let endless = AvroSchema::parse(r#"{"type":"record","name":"R","fields":[{"name":"r","type":"R"}]}"#).unwrap();
    assert!(explain(&endless, &[]).error.is_some());
    // An item per block.
    let ints = AvroSchema::parse(r#"{"type":"array","items":"int"}"#).unwrap();
    assert!(explain(&ints, &[2; 1_000_000]).error.is_some());
}
