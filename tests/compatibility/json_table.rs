//! The JSON rules of Confluent's registry, a line for each cell of its tables: a pair in, the rules that it breaks out.
//!
//! Own cases; the public ones are in `public`.

use publisher_core::compatibility::{Dialect, SchemaDocument, compare};
use publisher_core::registry::{SchemaText, SchemaType};

pub(crate) fn document(text: &str) -> SchemaDocument {
    let text = SchemaText::new(SchemaType::Json, text);
    SchemaDocument::parse(&text).unwrap_or_else(|error| panic!("{error}: {}", text.text))
}

/// The rules that a newer schema breaks, without their prefix, in one text; `ok` if it breaks none.
pub(crate) fn verdict(older: &SchemaDocument, newer: &SchemaDocument, dialect: Dialect) -> String {
    let findings = match compare(newer, older, dialect) {
        Ok(findings) => findings,
        Err(error) => return error.to_string(),
    };
    let mut rules: Vec<&str> = findings
        .iter()
        .map(|finding| finding.rule.id.strip_prefix("json-").unwrap_or(finding.rule.id))
        .collect();
    rules.sort_unstable();
    rules.dedup();
    match rules.is_empty() {
        true => "ok".to_owned(),
        false => rules.join(" "),
    }
}

/// Lines of `older | newer | verdict`, with a fourth column where the lenient verdict is another.
pub(crate) fn check(table: &str) {
    check_with("", table);
}

/// The same; each schema begins with these members.
fn check_with(members: &str, table: &str) {
    let mut wrong = Vec::new();
    let lines = table.lines().map(str::trim).filter(|line| !line.is_empty());
    for line in lines {
        let columns: Vec<&str> = line.split(" | ").map(str::trim).collect();
        let whole = |text: &str| match text.strip_prefix('{') {
            Some("}") if !members.is_empty() => format!("{{{members}}}"),
            Some(rest) if !members.is_empty() => format!("{{{members},{rest}"),
            _ => text.to_owned(),
        };
        let (older, newer) = (document(&whole(columns[0])), document(&whole(columns[1])));
        let strict = columns[2];
        let lenient = columns.get(3).copied().unwrap_or(strict);
        for (dialect, expected) in [(Dialect::Confluent, strict), (Dialect::ConfluentLenient, lenient)] {
            let found = verdict(&older, &newer, dialect);
            if found != expected {
                wrong.push(format!("{line}\n  {dialect}: {found}, not {expected}"));
            }
            // What a schema says of itself is always compatible.
            for same in [&older, &newer] {
                assert_eq!(verdict(same, same, dialect), "ok", "{line}");
            }
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn strings() {
    check(
        r#"
        {"type":"string","maxLength":5} | {"type":"string","maxLength":6} | ok
        {"type":"string","maxLength":5} | {"type":"string"} | ok
        {"type":"string","maxLength":5} | {"type":"string","maxLength":4} | max-length
        {"type":"string"} | {"type":"string","maxLength":4} | max-length
        {"type":"string","minLength":5} | {"type":"string","minLength":4} | ok
        {"type":"string","minLength":5} | {"type":"string"} | ok
        {"type":"string","minLength":5} | {"type":"string","minLength":6} | min-length
        {"type":"string"} | {"type":"string","minLength":1} | min-length
        {"type":"string","pattern":"^a"} | {"type":"string"} | ok
        {"type":"string","pattern":"^a"} | {"type":"string","pattern":"^a*"} | pattern
        {"type":"string"} | {"type":"string","pattern":"^a"} | pattern
        {"type":"string","maxLength":5} | {"type":"string","minLength":1,"pattern":"a"} | min-length pattern
        {"maxLength":5} | {"maxLength":4} | max-length
        "#,
    );
}

#[test]
fn numbers() {
    check(
        r#"
        {"type":"number","maximum":5} | {"type":"number","maximum":5.5} | ok
        {"type":"number","maximum":5} | {"type":"number"} | ok
        {"type":"number","maximum":5} | {"type":"number","maximum":4} | maximum
        {"type":"number"} | {"type":"number","maximum":4} | maximum
        {"type":"number","minimum":5} | {"type":"number","minimum":4} | ok
        {"type":"number","minimum":5} | {"type":"number"} | ok
        {"type":"number","minimum":5} | {"type":"number","minimum":6} | minimum
        {"type":"number"} | {"type":"number","minimum":6} | minimum
        {"type":"number","exclusiveMaximum":5} | {"type":"number","exclusiveMaximum":6} | ok
        {"type":"number","exclusiveMaximum":5} | {"type":"number"} | ok
        {"type":"number","exclusiveMaximum":5} | {"type":"number","exclusiveMaximum":4} | exclusive-maximum
        {"type":"number","exclusiveMaximum":5,"maximum":9} | {"type":"number","exclusiveMaximum":4,"maximum":9} | exclusive-maximum
        {"type":"number"} | {"type":"number","exclusiveMaximum":4} | exclusive-maximum
        {"type":"number","exclusiveMinimum":5} | {"type":"number","exclusiveMinimum":4} | ok
        {"type":"number","exclusiveMinimum":5} | {"type":"number"} | ok
        {"type":"number","exclusiveMinimum":5} | {"type":"number","exclusiveMinimum":6} | exclusive-minimum
        {"type":"number"} | {"type":"number","exclusiveMinimum":6} | exclusive-minimum
        {"type":"number","minimum":0} | {"type":"number","exclusiveMinimum":-1} | exclusive-minimum
        {"type":"number","exclusiveMaximum":0} | {"type":"number","maximum":1} | maximum
        {"type":"number","multipleOf":6} | {"type":"number","multipleOf":3} | ok
        {"type":"number","multipleOf":0.3} | {"type":"number","multipleOf":0.1} | ok
        {"type":"number","multipleOf":6} | {"type":"number"} | ok
        {"type":"number","multipleOf":3} | {"type":"number","multipleOf":6} | multiple-of
        {"type":"number","multipleOf":6} | {"type":"number","multipleOf":4} | multiple-of
        {"type":"number"} | {"type":"number","multipleOf":6} | multiple-of
        {"type":"integer"} | {"type":"number"} | ok
        {"type":"number"} | {"type":"integer"} | number-narrowed
        {"type":"integer","maximum":5} | {"type":"number","maximum":4} | maximum
        "#,
    );
}

#[test]
fn kinds() {
    check(
        r#"
        {"type":"string"} | {"type":"number"} | type-changed
        {"type":"null"} | {"type":"boolean"} | type-changed
        {"type":"string"} | {} | ok
        {"type":"string"} | true | ok
        {"title":"a"} | {"type":"string"} | type-changed
        false | {"type":"string"} | ok
        {"type":"string"} | false | type-changed
        true | false | type-changed
        {"properties":{}} | {"type":"object"} | ok
        {"type":"string","connect.type":"bytes"} | {"type":"integer","connect.type":"bytes"} | ok
        {"type":"string","connect.type":"bytes"} | {"type":"integer"} | type-changed
        {"type":"string"} | {"type":["string","null"]} | ok
        {"type":["string"]} | {"type":"string"} | ok
        {"type":["string","null"]} | {"type":"string"} | type-changed
        {"type":["string","null"]} | {"type":["null","string"]} | ok
        {"type":["string","null"]} | {"type":["string","null","integer"]} | ok
        {"type":["string","null","integer"]} | {"type":["string","null"]} | combined-members-removed
        {"type":["string","null"]} | {"type":["string","integer"]} | combined-members-changed
        {"type":["integer","null"]} | {"type":["number","null"]} | ok
        "#,
    );
}

#[test]
fn listed_values() {
    check(
        r#"
        {"enum":["a"]} | {"enum":["b","a"]} | ok
        {"enum":["a","b"]} | {"enum":["a"]} | enum-narrowed
        {"enum":["a"]} | {"enum":["A","c"]} | enum-narrowed
        {"enum":["a",1,null]} | {"enum":[null,1,"a"]} | ok
        {"const":"a"} | {"const":"a"} | ok
        {"const":"a"} | {"const":"b"} | enum-narrowed
        {"const":"a"} | {"enum":["a"]} | type-changed
        {"enum":["a"]} | {"const":"a"} | type-changed
        {"type":"string","enum":["a"]} | {"type":"string","enum":["a","b"]} | ok
        {"type":"string","enum":["a","b"]} | {"type":"string","enum":["a"]} | enum-narrowed
        {"type":"string","enum":["a"]} | {"type":"string"} | ok
        {"type":"string","enum":["a"]} | {"enum":["a"]} | ok
        {"enum":["a"]} | {"type":"string","enum":["a"]} | type-changed
        {"enum":["a"]} | {"type":"string"} | type-changed
        {"type":"string"} | {"type":"string","enum":["a"]} | type-changed
        "#,
    );
}

#[test]
fn required_names_and_dependencies() {
    check(
        r#"
        {"properties":{"a":{}},"required":["a"]} | {"properties":{"a":{}}} | ok
        {"properties":{"a":{}}} | {"properties":{"a":{"default":1}},"required":["a"]} | ok
        {"properties":{"a":{}}} | {"properties":{"a":{"default":null}},"required":["a"]} | ok
        {"properties":{"a":{}}} | {"properties":{"a":{}},"required":["a"]} | required-added
        {"properties":{"a":{"default":1}}} | {"properties":{"a":{}},"required":["a"]} | required-added
        {"properties":{"a":{}}} | {"properties":{"a":{}},"required":["b"]} | ok
        {"dependencies":{"a":["b","c"]}} | {"dependencies":{"a":["b"]}} | ok
        {"dependencies":{"a":["b"]}} | {"type":"object"} | ok
        {"dependencies":{"a":["b"]}} | {"dependencies":{"a":["b","c"]}} | dependency-added
        {"dependencies":{"a":["b"]}} | {"dependencies":{"a":["c"]}} | dependency-added
        {"type":"object"} | {"dependencies":{"a":["b"]}} | dependency-added
        {"dependencies":{"a":{"minProperties":2}}} | {"type":"object"} | ok
        {"type":"object"} | {"dependencies":{"a":{"minProperties":2}}} | dependency-added
        {"dependencies":{"a":{"minProperties":2}}} | {"dependencies":{"a":{"minProperties":3}}} | min-properties
        {"dependencies":{"a":{"minProperties":2}}} | {"dependencies":{"a":{"minProperties":1}}} | ok
        "#,
    );
    check_with(
        r#""$schema":"https://json-schema.org/draft/2020-12/schema","type":"object""#,
        r#"
        {"dependentRequired":{"a":["b","c"]}} | {"dependentRequired":{"a":["b"]}} | ok
        {"dependentRequired":{"a":["b"]}} | {} | ok
        {"dependentRequired":{"a":["b"]}} | {"dependentRequired":{"a":["b","c"]}} | dependency-added
        {} | {"dependentRequired":{"a":["b"]}} | dependency-added
        {"dependentSchemas":{"a":{"minProperties":2}}} | {} | ok
        {} | {"dependentSchemas":{"a":{"minProperties":2}}} | dependency-added
        {"dependentSchemas":{"a":{"maxProperties":2}}} | {"dependentSchemas":{"a":{"maxProperties":1}}} | max-properties
        "#,
    );
}

#[test]
fn counts() {
    let mut table = String::new();
    for (kind, noun, part) in [
        ("object", "Properties", "properties"),
        ("array", "Items", "items"),
        ("array", "Contains", "contains"),
    ] {
        let with = |keyword: &str, value: u32| format!(r#"{{"type":"{kind}","{keyword}{noun}":{value}}}"#);
        let without = format!(r#"{{"type":"{kind}"}}"#);
        for (keyword, looser, tighter) in [("max", 6, 4), ("min", 4, 6)] {
            let five = with(keyword, 5);
            table += &format!("{five} | {} | ok\n", with(keyword, looser));
            table += &format!("{five} | {without} | ok\n");
            table += &format!("{five} | {} | {keyword}-{part}\n", with(keyword, tighter));
            table += &format!("{without} | {} | {keyword}-{part}\n", with(keyword, tighter));
        }
    }
    check_with(r#""$schema":"https://json-schema.org/draft/2020-12/schema""#, &table);
    check(
        r#"
        {"type":"array","uniqueItems":true} | {"type":"array"} | ok
        {"type":"array","uniqueItems":true} | {"type":"array","uniqueItems":false} | ok
        {"type":"array"} | {"type":"array","uniqueItems":true} | unique-items
        {"type":"array","uniqueItems":false} | {"type":"array","uniqueItems":true} | unique-items
        "#,
    );
}

#[test]
fn what_is_beyond_the_listed() {
    check_with(
        r#""type":"object""#,
        r#"
        {"additionalProperties":false} | {"additionalProperties":true} | ok
        {"additionalProperties":false} | {} | ok
        {"additionalProperties":false} | {"additionalProperties":{"type":"string"}} | ok
        {"additionalProperties":{"type":"string"}} | {} | ok
        {"additionalProperties":{"type":"string"}} | {"additionalProperties":true} | ok
        {"additionalProperties":true} | {"additionalProperties":false} | additional-properties-removed | ok
        {} | {"additionalProperties":false} | additional-properties-removed | ok
        {"additionalProperties":{"type":"string"}} | {"additionalProperties":false} | additional-properties-removed | ok
        {} | {"additionalProperties":{"type":"string"}} | additional-properties-narrowed | ok
        {"additionalProperties":{"type":"integer"}} | {"additionalProperties":{"type":"number"}} | ok
        {"additionalProperties":{"type":"number"}} | {"additionalProperties":{"type":"integer"}} | number-narrowed
        "#,
    );
    check_with(
        r#""type":"array","items":[{"type":"string"}]"#,
        r#"
        {"additionalItems":false} | {"additionalItems":true} | ok
        {"additionalItems":false} | {} | ok
        {"additionalItems":{"type":"string"}} | {} | ok
        {"additionalItems":true} | {"additionalItems":false} | additional-items-removed
        {} | {"additionalItems":false} | additional-items-removed
        {} | {"additionalItems":{"type":"string"}} | additional-items-narrowed
        {"additionalItems":{"type":"number"}} | {"additionalItems":{"type":"integer"}} | number-narrowed
        "#,
    );
    check_with(
        r#""$schema":"https://json-schema.org/draft/2020-12/schema","type":"object""#,
        r#"
        {"unevaluatedProperties":false} | {"unevaluatedProperties":true} | ok
        {"unevaluatedProperties":false} | {} | ok
        {"unevaluatedProperties":{"type":"string"}} | {} | ok
        {"unevaluatedProperties":true} | {"unevaluatedProperties":false} | additional-properties-removed | ok
        {} | {"unevaluatedProperties":false} | additional-properties-removed | ok
        {} | {"unevaluatedProperties":{"type":"string"}} | additional-properties-narrowed | ok
        {"unevaluatedProperties":{"type":"number"}} | {"unevaluatedProperties":{"type":"integer"}} | number-narrowed
        "#,
    );
    check_with(
        r#""$schema":"https://json-schema.org/draft/2020-12/schema","type":"array""#,
        r#"
        {"unevaluatedItems":false} | {"unevaluatedItems":true} | ok
        {"unevaluatedItems":{"type":"string"}} | {} | ok
        {} | {"unevaluatedItems":false} | additional-items-removed
        {} | {"unevaluatedItems":{"type":"string"}} | additional-items-narrowed
        {"unevaluatedItems":{"type":"number"}} | {"unevaluatedItems":{"type":"integer"}} | number-narrowed
        "#,
    );
}

#[test]
fn combined() {
    let (s, i, n, b) = (
        r#"{"type":"string"}"#,
        r#"{"type":"integer"}"#,
        r#"{"type":"number"}"#,
        r#"{"type":"boolean"}"#,
    );
    let mut table = String::new();
    for sum in ["anyOf", "oneOf"] {
        table += &format!(
            r#"
            {{"{sum}":[{s}]}} | {{"{sum}":[{s},{i}]}} | ok
            {{"{sum}":[{s},{i}]}} | {{"{sum}":[{i},{s}]}} | ok
            {{"{sum}":[{s},{i}]}} | {{"{sum}":[{n},{s}]}} | ok
            {{"{sum}":[{s},{i},{b}]}} | {{"{sum}":[{s},{i}]}} | combined-members-removed
            {{"{sum}":[{s},{n}]}} | {{"{sum}":[{s},{i}]}} | combined-members-changed
            {{"{sum}":[{s},{s},{i}]}} | {{"{sum}":[{s},{i}]}} | ok
            {{"{sum}":[{s},{i}]}} | {s} | type-changed
            {{"{sum}":[{s}]}} | {s} | ok
            {s} | {{"{sum}":[{s}]}} | ok
            {i} | {{"{sum}":[{s},{n}]}} | ok
            {b} | {{"{sum}":[{s},{n}]}} | type-changed
            {{"allOf":[{s}]}} | {{"{sum}":[{s},{i}]}} | ok
            "#
        );
    }
    table += &format!(
        r#"
        {{"allOf":[{i},{n}]}} | {{"allOf":[{n}]}} | ok
        {{"allOf":[{i}]}} | {{"allOf":[{i},{n}]}} | combined-members-added
        {{"allOf":[{i},{n}]}} | {n} | ok
        {{"allOf":[{i},{n}]}} | {s} | type-changed
        {i} | {{"allOf":[{i},{n}]}} | type-changed
        {i} | {{"allOf":[{n}]}} | ok
        {{"oneOf":[{s},{i}]}} | {{"anyOf":[{s},{i}]}} | ok
        {{"allOf":[{s},{i}]}} | {{"anyOf":[{s},{i}]}} | ok
        {{"anyOf":[{s},{i}]}} | {{"oneOf":[{s},{i}]}} | combined-operator
        {{"anyOf":[{s}]}} | {{"oneOf":[{s},{i}]}} | ok
        {{"anyOf":[{s}]}} | {{"allOf":[{s}]}} | ok
        {{"anyOf":[{s},{i}]}} | {{"allOf":[{s},{i}]}} | combined-operator
        {{"oneOf":[{s},{i}]}} | {{"allOf":[{s}]}} | combined-operator
        {{"allOf":[{s},{i}]}} | {{"oneOf":[{s}]}} | ok
        {{"allOf":[{s},{i}]}} | {{"oneOf":[{s},{i}]}} | combined-operator
        {{"not":{i}}} | {{"not":{i}}} | ok
        {{"not":{n}}} | {{"not":{i}}} | ok
        {{"not":{i}}} | {{"not":{n}}} | not-extended
        {{"not":{{"maxLength":5}}}} | {{"not":{{"maxLength":4}}}} | ok
        {{"not":{{"maxLength":5}}}} | {{"not":{{"maxLength":6}}}} | not-extended
        {{"not":{i}}} | {{}} | ok
        {{"type":"string"}} | {{"not":{i}}} | type-changed
        "#
    );
    check(&table);
}

/// Each row of the table of properties, in an open, a covered and a closed object.
#[test]
fn properties_by_content_model() {
    let open = ["", r#","additionalProperties":true"#];
    let closed = [r#","additionalProperties":false"#];
    let covered = [
        r#","additionalProperties":{"type":"number"}"#,
        r#","patternProperties":{"^n":{"type":"number"}}"#,
        r#","patternProperties":{"x":{"type":"string"},"new":{"type":"number"}},"additionalProperties":false"#,
    ];
    let with = |model: &str, property: &str, required: &str| {
        format!(r#"{{"type":"object","properties":{{"id":{{}},"new":{property}}}{required}{model}}}"#)
    };
    let required = r#","required":["new"]"#;
    for (models, name) in [(&open[..], "open"), (&covered[..], "covered"), (&closed[..], "closed")] {
        for model in models {
            let plain = format!(r#"{{"type":"object","properties":{{"id":{{}}}}{model}}}"#);
            let mut table = String::new();
            let mut row =
                |older: &str, newer: &str, verdicts: &str| table += &format!("{older} | {newer} | {verdicts}\n");
            let verdict = |of_open, of_covered, of_closed| match name {
                "open" => of_open,
                "covered" => of_covered,
                _ => of_closed,
            };
            let opened = "property-added-to-open-model | ok";
            let (number, string) = (r#"{"type":"number"}"#, r#"{"type":"string"}"#);
            let (number_7, string_7) = (r#"{"type":"number","default":7}"#, r#"{"type":"string","default":"7"}"#);
            row(&plain, &with(model, number, ""), verdict(opened, "ok", "ok"));
            row(
                &plain,
                &with(model, string, ""),
                verdict(opened, "property-added-not-covered", "ok"),
            );
            row(&plain, &with(model, number_7, required), verdict(opened, "ok", "ok"));
            row(
                &plain,
                &with(model, string_7, required),
                verdict(opened, "property-added-not-covered", "ok"),
            );
            let refused = "required-property-added";
            row(&plain, &with(model, number, required), refused);
            row(&plain, &with(model, "true", ""), "ok");
            row(&plain, &with(model, "{}", ""), "ok");
            row(
                &with(model, number, ""),
                &plain,
                verdict("ok", "ok", "property-removed-from-closed-model | ok"),
            );
            row(
                &with(model, string, ""),
                &plain,
                verdict(
                    "ok",
                    "property-removed-not-covered",
                    "property-removed-from-closed-model | ok",
                ),
            );
            row(&with(model, "false", ""), &plain, "ok");
            check(&table);
        }
    }
    check_with(
        r#""$schema":"https://json-schema.org/draft/2020-12/schema","type":"object""#,
        r#"
        {"unevaluatedProperties":false} | {"properties":{"a":{"type":"string"}},"unevaluatedProperties":false} | ok
        {"properties":{"a":{"type":"string"}},"unevaluatedProperties":false} | {"unevaluatedProperties":false} | property-removed-from-closed-model | ok
        {"unevaluatedProperties":{"type":"string"}} | {"properties":{"a":{"type":"string"}},"unevaluatedProperties":{"type":"string"}} | ok
        {"unevaluatedProperties":{"type":"string"}} | {"properties":{"a":{"type":"number"}},"unevaluatedProperties":{"type":"string"}} | property-added-not-covered
        {"unevaluatedProperties":true} | {"properties":{"a":{"type":"number"}}} | property-added-to-open-model | ok
        "#,
    );
}

/// The same table for the items of a tuple, which LENIENT does not reach, in both spellings.
#[test]
fn items_by_content_model() {
    for (draft, listed, beyond) in [
        ("http://json-schema.org/draft-07/schema#", "items", "additionalItems"),
        ("https://json-schema.org/draft/2020-12/schema", "prefixItems", "items"),
    ] {
        let list = |items: &str, rest: &str| {
            let rest = if rest.is_empty() {
                String::new()
            } else {
                format!(r#","{beyond}":{rest}"#)
            };
            format!(r#"{{"{listed}":[{{"type":"string"}}{items}]{rest}}}"#)
        };
        let mut table = String::new();
        let number = r#"{"type":"number"}"#;
        for (rest, added, added_string, removed, removed_string) in [
            ("", "item-added-to-open-model", "item-added-to-open-model", "ok", "ok"),
            (
                "true",
                "item-added-to-open-model",
                "item-added-to-open-model",
                "ok",
                "ok",
            ),
            (number, "ok", "item-added-not-covered", "ok", "item-removed-not-covered"),
            (
                "false",
                "ok",
                "ok",
                "item-removed-from-closed-model",
                "item-removed-from-closed-model",
            ),
        ] {
            let (plain, string) = (list("", rest), list(r#",{"type":"string"}"#, rest));
            let (numbers, any, none) = (
                list(&format!(",{number}"), rest),
                list(",true", rest),
                list(",false", rest),
            );
            table += &format!("{plain} | {numbers} | {added}\n{plain} | {string} | {added_string}\n");
            table += &format!("{numbers} | {plain} | {removed}\n{string} | {plain} | {removed_string}\n");
            table += &format!("{none} | {plain} | ok\n{plain} | {any} | ok\n");
        }
        check_with(&format!(r#""$schema":"{draft}","type":"array""#), &table);
    }
    check(
        r#"
        {"type":"array","items":{"type":"integer"}} | {"type":"array","items":{"type":"number"}} | ok
        {"type":"array","items":{"type":"number"}} | {"type":"array","items":{"type":"integer"}} | number-narrowed
        {"type":"array","items":{"type":"number"}} | {"type":"array"} | ok
        {"type":"array"} | {"type":"array","items":{"type":"number"}} | subschema-added
        "#,
    );
}

#[test]
fn what_is_recorded_and_what_is_not_looked_at() {
    check(
        r#"
        {"type":"string"} | {"$id":"urn:a","type":"string","title":"T","description":"D","default":"x","examples":["y"],"$comment":"c"} | ok
        {"$id":"urn:a","type":"string","title":"T","description":"D","default":"x"} | {"$id":"urn:b","type":"string","title":"U"} | ok
        {"type":"string"} | {"type":"string","format":"date"} | ok
        {"type":"string","contentEncoding":"base16"} | {"type":"string","contentEncoding":"base64","contentMediaType":"a/b"} | ok
        {"type":"object"} | {"type":"object","propertyNames":{"maxLength":1}} | ok
        {"type":"object","patternProperties":{"a":{"type":"string"}}} | {"type":"object","patternProperties":{"a":{"type":"integer"}}} | ok
        {"type":"array","contains":{"type":"string"}} | {"type":"array","contains":{"type":"integer"}} | ok
        {"type":"object"} | {"type":"object","if":{"minProperties":1},"then":false} | ok
        {"$schema":"http://json-schema.org/draft-04/schema#","type":"number","minimum":1} | {"$schema":"http://json-schema.org/draft-04/schema#","type":"number","minimum":1,"exclusiveMinimum":true} | ok
        {"$schema":"http://json-schema.org/draft-07/schema#","type":"array","items":[{"type":"string"}],"additionalItems":false} | {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"array","prefixItems":[{"type":"string"}],"items":false} | ok
        "#,
    );
}
