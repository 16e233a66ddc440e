//! Pairs of schemas from a seed: an older one and one that grew from it by a few changes.
//!
//! Made of what a registry accepts when it is registered; knows no rule, so that a pair may be compatible or not.

use serde_json::{Map, Value, json};
use tests::random::Random;

/// A JSON Schema of draft-07 and its successor; the titles make them two texts.
pub(crate) fn json_pair(random: &mut Random) -> (Value, Value) {
    let mut older = Map::new();
    older.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
    older.insert("title".to_owned(), json!("older"));
    let root = if random.maybe(7) {
        object(random, 3)
    } else {
        schema(random, 3)
    };
    older.extend(root.as_object().cloned().unwrap_or_default());
    // A reference takes the place of all that stands beside it, so the root has none.
    older.remove("$ref");
    older.insert(
        "definitions".to_owned(),
        json!({"A": object(random, 1), "B": object(random, 1)}),
    );
    let older = Value::Object(older);
    let mut newer = older.clone();
    newer["title"] = json!("newer");
    for _ in 0..=random.below(2) {
        change(random, &mut newer);
    }
    for name in ["A", "B"] {
        // References that lead only to each other lead nowhere.
        if newer["definitions"][name].get("$ref").is_some() {
            newer["definitions"][name] = older["definitions"][name].clone();
        }
    }
    (older, newer)
}

fn limit(random: &mut Random) -> Value {
    json!(random.below(4))
}

/// Some of these members, each as often as not.
fn some(random: &mut Random, members: Vec<(&str, Value)>) -> Map<String, Value> {
    let kept = members.into_iter().filter(|_| random.maybe(3));
    kept.map(|(name, value)| (name.to_owned(), value)).collect()
}

fn object(random: &mut Random, depth: usize) -> Value {
    let mut members = vec![
        ("minProperties", limit(random)),
        ("maxProperties", limit(random)),
        ("additionalProperties", random.pick(&[json!(false), json!(true)])),
        (
            "required",
            json!(random.pick(&[vec!["a"], vec!["a", "b"], vec!["c", "b"]])),
        ),
        (
            "dependencies",
            json!({"a": random.pick(&[vec!["b"], vec!["b", "c"], vec![]])}),
        ),
    ];
    if depth > 0 {
        members.push(("additionalProperties", schema(random, depth - 1)));
        members.push((
            "patternProperties",
            json!({random.pick(&["^x_", "^y_"]): schema(random, depth - 1)}),
        ));
        members.push(("propertyNames", json!({"maxLength": random.below(9)})));
        members.push(("dependencies", json!({"b": schema(random, depth - 1)})));
    }
    let mut made = some(random, members);
    made.insert("type".to_owned(), json!("object"));
    if depth > 0 {
        let names: Vec<&str> = ["a", "b", "c", "d/~e"]
            .into_iter()
            .filter(|_| random.maybe(6))
            .collect();
        let properties: Map<String, Value> = names
            .into_iter()
            .map(|name| (name.to_owned(), schema(random, depth - 1)))
            .collect();
        made.insert("properties".to_owned(), Value::Object(properties));
    }
    Value::Object(made)
}

fn array(random: &mut Random, depth: usize) -> Value {
    let inner = depth.saturating_sub(1);
    let tuple: Vec<Value> = (0..=random.below(2)).map(|_| schema(random, inner)).collect();
    let members = vec![
        ("minItems", limit(random)),
        ("maxItems", limit(random)),
        ("uniqueItems", json!(random.maybe(5))),
        ("contains", schema(random, inner)),
        ("items", schema(random, inner)),
        ("items", Value::Array(tuple)),
        ("additionalItems", json!(false)),
        ("additionalItems", schema(random, inner)),
    ];
    let mut made = some(random, members);
    if random.maybe(9) {
        made.insert("type".to_owned(), json!("array"));
    }
    Value::Object(made)
}

fn string(random: &mut Random) -> Value {
    let members = vec![
        ("minLength", limit(random)),
        ("maxLength", limit(random)),
        ("pattern", json!(random.pick(&["^a", "^[a-z]+$"]))),
        ("format", json!(random.pick(&["date", "email", "uuid", "date-time"]))),
        ("contentEncoding", json!(random.pick(&["base64", "quoted-printable"]))),
        ("contentMediaType", json!("image/png")),
    ];
    let mut made = some(random, members);
    if random.maybe(8) {
        made.insert("type".to_owned(), json!("string"));
    }
    Value::Object(made)
}

fn number(random: &mut Random) -> Value {
    let members = vec![
        ("minimum", limit(random)),
        ("maximum", limit(random)),
        ("exclusiveMinimum", limit(random)),
        ("exclusiveMaximum", limit(random)),
        ("multipleOf", random.pick(&[json!(1), json!(2), json!(4), json!(0.5)])),
    ];
    let mut made = some(random, members);
    if random.maybe(8) {
        made.insert("type".to_owned(), json!(random.pick(&["integer", "number"])));
    }
    Value::Object(made)
}

fn values(random: &mut Random) -> Value {
    let all = [
        json!("x"),
        json!("y"),
        json!(1),
        json!(null),
        json!({"k": [1]}),
        json!(true),
    ];
    let mut kept: Vec<Value> = all.into_iter().filter(|_| random.maybe(4)).collect();
    if kept.is_empty() {
        kept.push(json!("z"));
    }
    Value::Array(kept)
}

fn schema(random: &mut Random, depth: usize) -> Value {
    let simple = 9;
    match random.below(if depth == 0 { simple } else { simple + 9 }) {
        0 | 1 => string(random),
        2 | 3 => number(random),
        4 => json!({"type": random.pick(&["boolean", "null"])}),
        5 => json!({"enum": values(random)}),
        6 => json!({"type": "string", "enum": random.pick(&[vec!["x"], vec!["x", "y"]])}),
        7 => random.pick(&[
            json!(true),
            json!(false),
            json!({}),
            json!({"const": "x"}),
            json!({"const": 1}),
        ]),
        8 => json!({"type": random.pick(&[vec!["string", "null"], vec!["integer", "string"], vec!["number"]])}),
        9 | 10 => object(random, depth),
        11 | 12 => array(random, depth),
        13 | 14 => {
            // Apicurio fails over members that are `true` or `false`.
            let members: Vec<Value> = (0..=random.below(3)).map(|_| schema(random, depth - 1)).collect();
            let members: Vec<Value> = members.into_iter().filter(Value::is_object).collect();
            json!({random.pick(&["anyOf", "oneOf", "allOf"]): members})
        }
        15 => json!({"not": schema(random, depth - 1)}),
        16 => {
            let members = vec![
                ("if", schema(random, depth - 1)),
                ("then", schema(random, depth - 1)),
                ("else", schema(random, depth - 1)),
            ];
            Value::Object(some(random, members))
        }
        _ => json!({"$ref": random.pick(&["#/definitions/A", "#/definitions/B"])}),
    }
}

const ONE: &[&str] = &[
    "additionalProperties",
    "propertyNames",
    "items",
    "additionalItems",
    "contains",
    "not",
    "if",
    "then",
    "else",
];
const SEVERAL: &[&str] = &["properties", "patternProperties", "definitions"];
const LISTED: &[&str] = &["items", "anyOf", "oneOf", "allOf"];
const KEPT: &[&str] = &["$schema", "title", "definitions", "$ref"];

/// One change: of the schema itself, or of one within it.
fn change(random: &mut Random, changed: &mut Value) {
    let Value::Object(members) = changed else {
        *changed = object(random, 1);
        return;
    };
    if random.maybe(7) {
        let mut within: Vec<&mut Value> = Vec::new();
        for (name, value) in members.iter_mut() {
            let name = name.as_str();
            if ONE.contains(&name) && !value.is_array() {
                within.push(value);
            } else if LISTED.contains(&name) {
                within.extend(value.as_array_mut().into_iter().flatten());
            } else if SEVERAL.contains(&name) {
                within.extend(value.as_object_mut().into_iter().flat_map(Map::values_mut));
            }
        }
        if !within.is_empty() {
            let chosen = random.below(within.len());
            change(random, within.swap_remove(chosen));
            return;
        }
    }
    let whole = members.contains_key("$schema");
    match random.below(4) {
        0 => {
            let names: Vec<String> = members
                .keys()
                .filter(|name| !KEPT.contains(&name.as_str()))
                .cloned()
                .collect();
            if !names.is_empty() {
                members.remove(&random.pick(&names));
            }
        }
        1 if !whole => {
            *changed = if random.maybe(5) {
                string(random)
            } else {
                object(random, 1)
            }
        }
        2 => {
            if let Some(properties) = members.get_mut("properties").and_then(Value::as_object_mut) {
                let name = random.pick(&["a", "b", "c", "f"]);
                if properties.remove(name).is_none() {
                    properties.insert(name.to_owned(), schema(random, 1));
                }
            }
        }
        _ => {
            let added = match random.below(4) {
                0 => string(random),
                1 => number(random),
                2 => array(random, 1),
                _ => object(random, 1),
            };
            let added = added.as_object().cloned().unwrap_or_default();
            let same_kind = added.get("type") == members.get("type");
            for (name, value) in added {
                if same_kind || random.maybe(2) {
                    members.insert(name, value);
                }
            }
        }
    }
}

/// An Avro record and its successor.
pub(crate) fn avro_pair(random: &mut Random) -> (Value, Value) {
    let fields: Vec<Value> = (0..=random.below(4)).map(|index| field(random, index)).collect();
    let older = json!({"type": "record", "name": "Placed", "namespace": "com.acme", "fields": fields});
    let mut newer = older.clone();
    newer["doc"] = json!("newer");
    for _ in 0..=random.below(2) {
        change_record(random, &mut newer);
    }
    (older, newer)
}

/// A field whose named types bear its number, so that no name is defined twice.
fn field(random: &mut Random, index: usize) -> Value {
    let mut made = json!({"name": format!("f{index}"), "type": avro_type(random, index, 2)});
    if random.maybe(3) {
        made["type"] = json!(["null", "string"]);
        made["default"] = Value::Null;
    }
    made
}

fn avro_type(random: &mut Random, index: usize, depth: usize) -> Value {
    let primitives = ["boolean", "int", "long", "float", "double", "string", "bytes", "null"];
    match random.below(if depth == 0 { 6 } else { 10 }) {
        0..=3 => json!(random.pick(&primitives)),
        4 => {
            let symbols = random.pick(&[vec!["X"], vec!["X", "Y"], vec!["Y", "Z"]]);
            let mut made = json!({"type": "enum", "name": format!("E{index}"), "symbols": symbols});
            if random.maybe(4) {
                made["default"] = made["symbols"][0].clone();
            }
            made
        }
        5 => json!({"type": "fixed", "name": format!("F{index}"), "size": random.pick(&[8, 16])}),
        6 => json!({"type": "array", "items": avro_type(random, index, depth - 1)}),
        7 => json!({"type": "map", "values": avro_type(random, index, depth - 1)}),
        8 => {
            let mut branches: Vec<&str> = primitives.into_iter().filter(|_| random.maybe(3)).collect();
            if branches.is_empty() {
                branches.push("long");
            }
            json!(branches)
        }
        _ => {
            let inner = json!({"name": "v", "type": avro_type(random, index, depth - 1)});
            json!({"type": "record", "name": format!("R{index}_{depth}"), "fields": [inner]})
        }
    }
}

fn change_record(random: &mut Random, record: &mut Value) {
    let Some(fields) = record["fields"].as_array_mut() else {
        return;
    };
    let fresh = 10 + random.below(1_000);
    let chosen = random.below(fields.len().max(1));
    match random.below(4) {
        0 if !fields.is_empty() => {
            fields.remove(chosen);
        }
        1 if !fields.iter().any(|field| field["name"] == format!("f{fresh}")) => fields.push(field(random, fresh)),
        _ => {
            if let Some(field) = fields.get_mut(chosen) {
                let index = field["name"].as_str().and_then(|name| name[1..].parse().ok()).unwrap();
                field["type"] = avro_type(random, index, 2);
                if let Some(members) = field.as_object_mut() {
                    members.remove("default");
                }
            }
        }
    }
}
