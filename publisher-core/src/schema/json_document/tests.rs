//! What is read, what a `$ref` leads to, and what is refused with which words.

use super::*;

fn check(text: &str, references: &[(&str, &str)], expected: Result<&str, &str>) {
    let read = JsonDocument::parse_with(text, references);
    match (read, expected) {
        (Ok(document), Ok(pointer)) => {
            let node = document.resolved(&document.root_node());
            let place = match node.reference {
                Some(index) => format!("{}{}", references[index].0, node.pointer),
                None => node.pointer,
            };
            assert_eq!(place, pointer, "{text}");
        }
        (Err(error), Err(expected)) => assert_eq!(error.to_string(), expected, "{text}"),
        (read, expected) => panic!("{text}: {read:?}, not {expected:?}"),
    }
}

#[test]
fn references_lead_to_definitions_identifiers_and_other_texts() {
    check(r#"{"type":"string"}"#, &[], Ok(""));
    check(
        r##"{"$ref":"#/definitions/a","definitions":{"a":{"$ref":"#/definitions/b~1c"},"b/c":{}}}"##,
        &[],
        Ok("/definitions/b~1c"),
    );
    check(
        r##"{"$ref":"#/$defs/a","definitions":{"a":{}}}"##,
        &[],
        Ok("/definitions/a"),
    );
    check(
        r##"{"$ref":"#/definitions/a%20b","definitions":{"a b":{}}}"##,
        &[],
        Ok("/definitions/a b"),
    );
    check(
        r##"{"$ref":"#Address","definitions":{"x":{"$id":"#Address"}}}"##,
        &[],
        Ok("/definitions/x"),
    );
    check(r##"{"$ref":"#a","$defs":{"x":{"$anchor":"a"}}}"##, &[], Ok("/$defs/x"));
    check(
        r#"{"$id":"https://acme/s/order.json","$ref":"line.json","definitions":{"l":{"$id":"https://acme/s/line.json"}}}"#,
        &[],
        Ok("/definitions/l"),
    );
    let address = ("com.acme.Address.json", r#"{"definitions":{"zip":{"type":"string"}}}"#);
    check(
        r#"{"$ref":"com.acme.Address.json"}"#,
        &[address],
        Ok("com.acme.Address.json"),
    );
    check(
        r##"{"$ref":"./com.acme.Address.json#/definitions/zip"}"##,
        &[address],
        Ok("com.acme.Address.json/definitions/zip"),
    );
    check(
        r#"{"$id":"https://acme/order","$ref":"https://acme/b"}"#,
        &[("https://acme/b", "true")],
        Ok("https://acme/b"),
    );
}

#[test]
fn what_leads_nowhere_is_refused() {
    let nowhere = |reference: &str| {
        format!(
            "/$ref: leads nowhere: nothing here is `{reference}`; pass a schema of another text as a reference of that name"
        )
    };
    check(r#"{"$ref":"other.json"}"#, &[], Err(&nowhere("other.json")));
    check(r##"{"$ref":"#/definitions/x"}"##, &[], Err(&nowhere("#/definitions/x")));
    check(
        r##"{"$ref":"#"}"##,
        &[],
        Err("/$ref: leads through more than 100 others, or in a circle"),
    );
    check(
        r##"{"$ref":"#/title","title":"x"}"##,
        &[],
        Err("/$ref: leads to `#/title`, which is no schema"),
    );
    check(
        r#"{"properties":{"m":{"$ref":"http://json-schema.org/draft-07/schema#"}}}"#,
        &[],
        Ok(""),
    );
    check(r#"{"enum":[{"$ref":"nowhere"}]}"#, &[], Ok(""));
}

#[test]
fn keywords_have_their_types() {
    check(
        "[1]",
        &[],
        Err("is no schema: a JSON Schema is an object, `true` or `false`"),
    );
    check(
        r#"{"type":"nonsense"}"#,
        &[],
        Err("/type: must be one of array, boolean, integer, null, number, object and string, or a list of them"),
    );
    check(
        r#"{"minLength":-1}"#,
        &[],
        Err("/minLength: must be a whole number from 0 on"),
    );
    check(
        r#"{"properties":{"a":{"required":3}}}"#,
        &[],
        Err("/properties/a/required: must be a list of names"),
    );
    check(
        r#"{"properties":[]}"#,
        &[],
        Err("/properties: must be an object whose members are schemas"),
    );
    check(
        r#"{"items":3}"#,
        &[],
        Err("/items: is no schema: write an object, `true` or `false`"),
    );
    check(r#"{"oneOf":{}}"#, &[], Err("/oneOf: must be a list of schemas"));
    check(
        r#"{"maximum":"9"}"#,
        &[("a", "true")],
        Err("/maximum: must be a number"),
    );
    check(
        "true",
        &[("a", r#"{"enum":1}"#)],
        Err("reference 0: /enum: must be a list"),
    );
    let deep = format!("{}{}", r#"{"not":"#.repeat(10_000), "}".repeat(10_000));
    let error = JsonDocument::parse(&deep).map_err(|error| error.to_string());
    assert!(error.is_err_and(|text| text.starts_with("nests more than 128 levels deep at line 1")));
}
