//! Canonical forms and fingerprints are those of Java; normal forms.

use publisher_core::schema::avsc::AvroSchema;
use publisher_core::schema::json_normal_form;

use crate::public::cases;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn public_forms_and_fingerprints_are_those_of_java() {
    let mut differences = Vec::new();
    for case in cases("avro-canonical.json") {
        let schema = match AvroSchema::parse(case["input"].as_str().unwrap()) {
            Ok(schema) => schema,
            Err(error) => {
                differences.push(format!("{}: {error}", case["id"]));
                continue;
            }
        };
        let crc = schema.fingerprint().0;
        for (member, ours) in [
            ("canonical", schema.canonical_form()),
            ("crc64_i64", (crc as i64).to_string()),
            ("crc64_le_hex", hex(&crc.to_le_bytes())),
            ("md5", hex(&schema.md5())),
            ("sha256", hex(&schema.sha256())),
        ] {
            // A number stands without quotes.
            let Some(theirs) = case.get(member) else { continue };
            let theirs = theirs.as_str().map_or_else(|| theirs.to_string(), str::to_owned);
            if ours != theirs {
                differences.push(format!("{} {member}: {ours}, Java: {theirs}", case["id"]));
            }
        }
        let again = AvroSchema::parse(&schema.canonical_form()).unwrap();
        assert_eq!(again.canonical_form(), schema.canonical_form(), "{}", case["id"]);
        let again = AvroSchema::parse(&schema.normal_form()).unwrap();
        assert_eq!(again.normal_form(), schema.normal_form(), "{}", case["id"]);
        assert_eq!(again.canonical_form(), schema.canonical_form(), "{}", case["id"]);
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn all_public_schemas_parse() {
    let mut refused = Vec::new();
    for (file, members) in [
        ("pairs-avro.json", ["older", "newer"]),
        ("avro-decode.json", ["writer", "reader"]),
    ] {
        for case in cases(file) {
            for member in members {
                if let Err(error) = AvroSchema::parse(&case[member].to_string()) {
                    refused.push(format!("{} {member}: {error}", case["id"]));
                }
            }
        }
    }
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

const EVENT: &str = r#"{"type":"error","name":"Paid","namespace":"acme","doc":"","aliases":["Z","old.Paid"],"owner":"till",
    "fields":[
        {"name":"amount","doc":"","order":"IGNORE","aliases":["sum","cost"],"z":1,"b":[2],
            "type":{"type":"bytes","logicalType":"decimal","scale":0,"precision":4}},
        {"name":"at","type":{"type":"long","logicalType":"timestamp-millis","x":{"b":1,"a":2}}},
        {"name":"kind","type":{"type":"enum","name":"Kind","doc":"how","symbols":["CARD","CASH"],"default":"CASH"}},
        {"name":"same","type":["null","Kind"],"default":null},
        {"name":"rate","type":"double","default":1},
        {"name":"unit","type":{"type":"fixed","namespace":"","name":"F","size":2,"logicalType":"decimal","precision":3,"scale":1}},
        {"name":"more","type":{"type":"map","m":0,"values":{"items":"Paid","type":"array"}}}]}"#;

#[test]
fn a_canonical_form_keeps_what_reading_needs() {
    assert_eq!(
        AvroSchema::parse(EVENT).unwrap().canonical_form(),
        concat!(
            r#"{"name":"acme.Paid","type":"record","fields":[{"name":"amount","type":"bytes"},{"name":"at","type":"long"},"#,
            r#"{"name":"kind","type":{"name":"acme.Kind","type":"enum","symbols":["CARD","CASH"]}},"#,
            r#"{"name":"same","type":["null","acme.Kind"]},{"name":"rate","type":"double"},"#,
            r#"{"name":"unit","type":{"name":"F","type":"fixed","size":2}},"#,
            r#"{"name":"more","type":{"type":"map","values":{"type":"array","items":"acme.Paid"}}}]}"#
        )
    );
}

#[test]
fn a_normal_form_keeps_all_but_the_layout() {
    assert_eq!(
        AvroSchema::parse(EVENT).unwrap().normal_form(),
        concat!(
            r#"{"name":"acme.Paid","type":"record","fields":["#,
            r#"{"name":"amount","type":{"type":"bytes","logicalType":"decimal","precision":4},"order":"ignore","doc":"","#,
            r#""aliases":["cost","sum"],"b":[2],"z":1},"#,
            r#"{"name":"at","type":{"type":"long","logicalType":"timestamp-millis","x":{"a":2,"b":1}},"order":"ascending"},"#,
            r#"{"name":"kind","type":{"name":"acme.Kind","type":"enum","symbols":["CARD","CASH"],"doc":"how","default":"CASH"},"order":"ascending"},"#,
            r#"{"name":"same","type":["null","acme.Kind"],"order":"ascending","default":null},"#,
            r#"{"name":"rate","type":"double","order":"ascending","default":1.0},"#,
            r#"{"name":"unit","type":{"name":"F","type":"fixed","size":2,"logicalType":"decimal","precision":3,"scale":1},"order":"ascending"},"#,
            r#"{"name":"more","type":{"type":"map","values":{"type":"array","items":"acme.Paid"},"m":0},"order":"ascending"}"#,
            r#"],"aliases":["acme.Z","old.Paid"],"owner":"till"}"#
        )
    );
}

#[test]
fn references_are_written_out_in_one_form_and_named_in_the_other() {
    let money = r#"{"type":"fixed","name":"acme.Money","size":8}"#;
    let line = r#"{"type":"record","name":"acme.Line","fields":[{"name":"price","type":"Money"}]}"#;
    let order =
        r#"{"type":"record","name":"acme.Order","fields":[{"name":"l","type":"Line"},{"name":"m","type":"Money"}]}"#;
    let schema = AvroSchema::parse_with(order, &[money, line]).unwrap();
    assert_eq!(
        schema.canonical_form(),
        concat!(
            r#"{"name":"acme.Order","type":"record","fields":[{"name":"l","type":{"name":"acme.Line","type":"record","fields":["#,
            r#"{"name":"price","type":{"name":"acme.Money","type":"fixed","size":8}}]}},{"name":"m","type":"acme.Money"}]}"#
        )
    );
    assert_eq!(
        schema.normal_form(),
        concat!(
            r#"{"name":"acme.Order","type":"record","fields":[{"name":"l","type":"acme.Line","order":"ascending"},"#,
            r#"{"name":"m","type":"acme.Money","order":"ascending"}]}"#
        )
    );
}

#[test]
fn a_long_chain_of_references_needs_no_stack() {
    let mut texts = vec![r#"{"type":"record","name":"R0","fields":[]}"#.to_owned()];
    for index in 1..20_000 {
        let before = index - 1;
        texts.push(format!(
            r#"{{"type":"record","name":"R{index}","fields":[{{"name":"a","type":"R{before}"}}]}}"#
        ));
    }
    let references: Vec<&str> = texts.iter().map(String::as_str).collect();
    let schema = AvroSchema::parse_with("\"R19999\"", &references).unwrap();
    let form = schema.canonical_form();
    assert!(form.starts_with(r#"{"name":"R19999","type":"record","fields":[{"name":"a","type":{"name":"R19998""#));
    assert_eq!(schema.normal_form(), "\"R19999\"");
}

#[test]
fn the_normal_form_of_json_sorts_members_and_nothing_else() {
    assert_eq!(
        json_normal_form(" {\"type\": \"object\",\n \"required\": [\"b\", \"a\"], \"properties\": {\"b\": {\"z\": 1.50, \"a\": null}, \"a\": true}}").unwrap(),
        r#"{"properties":{"a":true,"b":{"a":null,"z":1.5}},"required":["b","a"],"type":"object"}"#
    );
    assert!(json_normal_form("{").unwrap_err().to_string().starts_with("is no JSON"));
}
