//! Random JSON Schemas, edits of them, and documents that mostly keep them.
//!
//! Knows no rule and no lint; a validator says whether a document is one of its schema.

use serde_json::{Map, Value, json};

use crate::numbers::Numbers;

const NAMES: [&str; 4] = ["a", "b", "c", "x1"];
const PATTERNS: [&str; 3] = ["^x", "b|c", "."];

/// A schema of an event: an object.
pub(crate) fn event(numbers: &mut Numbers) -> Value {
    let mut root = object(numbers, 2);
    root["definitions"] = json!({"d": simple(numbers)});
    root
}

/// A schema without others within.
fn simple(numbers: &mut Numbers) -> Value {
    let bound = |numbers: &mut Numbers| json!(numbers.below(6));
    match numbers.below(13) {
        0 => json!({"type": "string"}),
        1 => json!({"type": "string", "maxLength": bound(numbers)}),
        2 => json!({"type": "string", "minLength": bound(numbers), "pattern": "^a"}),
        3 => json!({"type": "string", "format": numbers.of(&["date", "ipv4"])}),
        4 => json!({"type": "integer", "minimum": bound(numbers)}),
        5 => json!({"type": "number", "exclusiveMaximum": bound(numbers)}),
        6 => json!({"type": numbers.of(&["integer", "number"])}),
        7 => json!({"enum": numbers.of(&[vec!["a"], vec!["a", "b"], vec!["a", "b", "c"]])}),
        8 => json!({"const": numbers.of(&["a", "b"])}),
        9 => {
            json!({"type": numbers.of(&[vec!["string", "null"], vec!["integer", "null"], vec!["string", "integer", "null"]])})
        }
        10 => json!({"type": numbers.of(&["null", "boolean"])}),
        11 => json!({"maxLength": bound(numbers)}),
        _ => numbers
            .of(&[json!(true), json!(false), json!({}), json!({"multipleOf": 2})])
            .clone(),
    }
}

/// A schema.
fn schema(numbers: &mut Numbers, depth: usize) -> Value {
    if depth == 0 {
        return simple(numbers);
    }
    let below = depth - 1;
    match numbers.below(14) {
        0..=4 => simple(numbers),
        5..=7 => object(numbers, below),
        8 => json!({"type": "array", "items": schema(numbers, below), "maxItems": numbers.below(4)}),
        9 => json!({"type": "array", "items": [schema(numbers, below), schema(numbers, below)],
            "additionalItems": numbers.of(&[json!(false), json!(true), json!({"type": "integer"})])}),
        10 => json!({"type": "array", "contains": simple(numbers), "uniqueItems": numbers.once_in(2)}),
        11 => json!({"not": simple(numbers)}),
        12 => json!({"$ref": "#/definitions/d"}),
        _ => {
            let members: Vec<Value> = (0..=numbers.below(3)).map(|_| schema(numbers, below)).collect();
            json!({*numbers.of(&["oneOf", "anyOf", "allOf"]): members})
        }
    }
}

fn object(numbers: &mut Numbers, depth: usize) -> Value {
    let mut properties = Map::new();
    for _ in 0..numbers.below(4) {
        properties.insert((*numbers.of(&NAMES)).to_owned(), schema(numbers, depth));
    }
    let mut object = json!({"properties": properties});
    if !numbers.once_in(8) {
        object["type"] = json!("object");
    }
    for keyword in OF_OBJECT {
        if numbers.once_in(6) || keyword == "additionalProperties" {
            object[keyword] = keyword_value(numbers, keyword);
        }
    }
    object
}

const OF_OBJECT: [&str; 9] = [
    "additionalProperties",
    "dependencies",
    "else",
    "if",
    "maxProperties",
    "patternProperties",
    "propertyNames",
    "required",
    "then",
];

fn keyword_value(numbers: &mut Numbers, keyword: &str) -> Value {
    let name = *numbers.of(&NAMES);
    match keyword {
        "additionalProperties" => match numbers.below(4) {
            0 => json!(true),
            1 => simple(numbers),
            _ => json!(false),
        },
        "dependencies" => match numbers.below(2) {
            0 => json!({name: [numbers.of(&NAMES)]}),
            _ => json!({name: {"minProperties": numbers.below(3)}}),
        },
        "maxProperties" => json!(numbers.below(4)),
        "patternProperties" => json!({*numbers.of(&PATTERNS): simple(numbers)}),
        "propertyNames" => json!({"maxLength": 1 + numbers.below(2)}),
        "required" => json!([name]),
        _ => json!({"required": [name]}),
    }
}

/// The places of the schemas within a schema.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    let Some(members) = value.as_object() else { return };
    for (keyword, value) in members {
        let at = format!("{at}/{keyword}");
        match (keyword.as_str(), value) {
            ("properties" | "patternProperties" | "definitions", Value::Object(named)) => {
                for (name, schema) in named {
                    places(schema, &format!("{at}/{name}"), found);
                }
            }
            ("oneOf" | "anyOf" | "allOf" | "items", Value::Array(list)) => {
                for (index, schema) in list.iter().enumerate() {
                    places(schema, &format!("{at}/{index}"), found);
                }
            }
            ("items" | "contains" | "not" | "additionalProperties" | "additionalItems", _) => places(value, &at, found),
            _ => {}
        }
    }
}

/// Changes one place of a schema.
pub(crate) fn edit(numbers: &mut Numbers, root: &mut Value) {
    let mut found = Vec::new();
    places(root, "", &mut found);
    let place = numbers.of(&found).clone();
    let Some(target) = root.pointer_mut(&place) else { return };
    if place.is_empty() || (target.get("properties").is_some() && !numbers.once_in(4)) {
        return edit_object(numbers, target);
    }
    let old = target.clone();
    match numbers.below(6) {
        0 => *target = schema(numbers, 1),
        1 => *target = json!({*numbers.of(&["oneOf", "anyOf", "allOf"]): [old, simple(numbers)]}),
        2 => *target = json!({*numbers.of(&["oneOf", "anyOf", "allOf", "not"]): [old]}),
        _ => {
            let Some(members) = target.as_object_mut() else { return };
            let choice = members.iter_mut().find(|(keyword, _)| keyword.ends_with("Of"));
            if let (Some((_, Value::Array(list))), false) = (choice, numbers.once_in(3)) {
                return match numbers.below(3) {
                    0 if list.len() > 1 => drop(list.pop()),
                    1 => list.push(simple(numbers)),
                    _ => list.reverse(),
                };
            }
            let swapped = [("oneOf", "anyOf"), ("allOf", "anyOf"), ("anyOf", "oneOf")]
                .into_iter()
                .find(|(operator, _)| members.contains_key(*operator));
            if let Some((operator, other)) = swapped {
                let list = members.remove(operator).unwrap_or_default();
                members.insert(other.to_owned(), list);
                return;
            }
            let more = simple(numbers);
            let keywords: Vec<String> = members.keys().cloned().collect();
            match numbers.below(3) {
                0 if !keywords.is_empty() => drop(members.remove(numbers.of(&keywords))),
                1 => drop(members.insert("default".to_owned(), json!("a"))),
                _ => members.extend(more.as_object().cloned().unwrap_or_default()),
            }
        }
    }
    // A `not` of a list is none.
    if let Some(Value::Array(list)) = target.get("not") {
        *target = json!({"not": list[0]});
    }
}

fn edit_object(numbers: &mut Numbers, target: &mut Value) {
    let name = *numbers.of(&NAMES);
    match numbers.below(5) {
        0 => drop(target["properties"].as_object_mut().and_then(|all| all.remove(name))),
        1 => target["properties"][name] = schema(numbers, 1),
        2 => {
            let mut schema = simple(numbers);
            if schema.is_object() {
                schema["default"] = json!("a");
            }
            target["properties"][name] = schema;
            target["required"] = json!([name]);
        }
        3 => {
            let keyword = *numbers.of(&OF_OBJECT);
            target[keyword] = keyword_value(numbers, keyword);
        }
        _ => drop(
            target
                .as_object_mut()
                .and_then(|all| all.remove(*numbers.of(&OF_OBJECT))),
        ),
    }
}

fn anything(numbers: &mut Numbers) -> Value {
    numbers
        .of(&[
            json!(null),
            json!(true),
            json!(0),
            json!(1),
            json!(-3),
            json!(4),
            json!(2.5),
            json!(""),
            json!("a"),
            json!("b"),
            json!("abcdef"),
            json!("2020-01-01"),
            json!([]),
            json!(["a"]),
            json!([1, 1]),
            json!({}),
            json!({"a": "a"}),
            json!({"b": 1, "x1": null}),
        ])
        .clone()
}

/// A document that mostly keeps a schema.
pub(crate) fn document(numbers: &mut Numbers, root: &Value, schema: &Value) -> Value {
    let Some(members) = schema.as_object() else {
        return anything(numbers);
    };
    if schema.get("$ref").is_some() {
        return match root.pointer("/definitions/d") {
            Some(target) if target.get("$ref").is_none() => document(numbers, root, target),
            _ => anything(numbers),
        };
    }
    if numbers.once_in(16) {
        return anything(numbers);
    }
    if let Some(value) = members.get("const") {
        return value.clone();
    }
    if let Some(Value::Array(values)) = members.get("enum") {
        return numbers.of(values).clone();
    }
    if let Some((_, Value::Array(list))) = members.iter().find(|(keyword, _)| keyword.ends_with("Of")) {
        let member = numbers.of(list);
        return document(numbers, root, member);
    }
    let number = |keyword: &str, otherwise: u64| members.get(keyword).and_then(Value::as_u64).unwrap_or(otherwise);
    let kind = match members.get("type") {
        Some(Value::String(kind)) => kind.clone(),
        Some(Value::Array(kinds)) => numbers.of(kinds).as_str().unwrap_or_default().to_owned(),
        _ if numbers.once_in(3) => return anything(numbers),
        _ if members.contains_key("properties") => "object".to_owned(),
        _ if members.contains_key("maxLength") => "string".to_owned(),
        _ => return anything(numbers),
    };
    match kind.as_str() {
        "null" => Value::Null,
        "boolean" => json!(numbers.once_in(2)),
        "string" if members.contains_key("format") && !numbers.once_in(4) => {
            json!(numbers.of(&["2020-01-01", "10.0.0.1"]))
        }
        "string" => {
            let (least, most) = (number("minLength", 0), number("maxLength", 8));
            let length = least + numbers.below(most.saturating_sub(least) as usize + 1) as u64;
            json!("abcdefgh"[..length.min(8) as usize])
        }
        "integer" => json!(
            number("minimum", 0) as i64 + numbers.below(6) as i64 - i64::from(!members.contains_key("minimum")) * 3
        ),
        "number" => json!(number("exclusiveMaximum", 5) as f64 - 0.5 * (1 + numbers.below(6)) as f64),
        "array" => json!(
            (0..numbers.below(4))
                .map(|index| match (members.get("items"), members.get("contains")) {
                    (Some(Value::Array(listed)), _) =>
                        match listed.get(index).or_else(|| members.get("additionalItems")) {
                            Some(schema) => document(numbers, root, schema),
                            None => anything(numbers),
                        },
                    (Some(schema), _) | (None, Some(schema)) => document(numbers, root, schema),
                    _ => anything(numbers),
                })
                .collect::<Vec<Value>>()
        ),
        _ => object_document(numbers, root, members),
    }
}

fn object_document(numbers: &mut Numbers, root: &Value, members: &Map<String, Value>) -> Value {
    let required = members.get("required").and_then(Value::as_array);
    let further = members.get("additionalProperties");
    let mut object = Map::new();
    for name in NAMES {
        let needed = required.is_some_and(|names| names.iter().any(|one| one == name));
        let declared = members.get("properties").and_then(|all| all.get(name));
        let rare = if declared.is_some() { 2 } else { 4 };
        if !needed && !numbers.once_in(rare) {
            continue;
        }
        // Whether a pattern covers a name is not asked: half of the tries are enough.
        let pattern = members
            .get("patternProperties")
            .and_then(|all| all.as_object()?.values().next());
        let schema = match (declared, pattern) {
            (Some(schema), _) => schema,
            (None, Some(schema)) if numbers.once_in(2) => schema,
            _ => further.unwrap_or(&Value::Bool(true)),
        };
        if schema != &Value::Bool(false) {
            object.insert(name.to_owned(), document(numbers, root, schema));
        }
    }
    Value::Object(object)
}
