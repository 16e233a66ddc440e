//! Whether keywords have values of the types that they must have, and which schemas have identifiers.
//!
//! Follows no `$ref`.

use std::collections::HashMap;

use serde_json::Value;

use super::node::{Draft, Node};
use crate::schema::error::{SchemaError, member};

/// The keywords that hold one schema.
const ONE: [&str; 11] = [
    "additionalItems",
    "additionalProperties",
    "contains",
    "contentSchema",
    "else",
    "if",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];
/// Those that hold a list of schemas.
const LIST: [&str; 4] = ["allOf", "anyOf", "oneOf", "prefixItems"];
/// Those that hold schemas by name.
const NAMED: [&str; 5] = [
    "$defs",
    "definitions",
    "dependentSchemas",
    "patternProperties",
    "properties",
];
/// Those that hold a count.
const COUNT: [&str; 8] = [
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
];
/// Those that hold a number.
const NUMBER: [&str; 3] = ["maximum", "minimum", "multipleOf"];
const BOUND: [&str; 2] = ["exclusiveMaximum", "exclusiveMinimum"];
const TEXT: [&str; 7] = ["$anchor", "$id", "$ref", "$schema", "format", "pattern", "id"];
const TYPES: [&str; 7] = ["array", "boolean", "integer", "null", "number", "object", "string"];

/// Checks a schema and all within it, and notes their identifiers.
pub(super) fn check(node: &Node<'_>, identifiers: &mut HashMap<String, String>) -> Result<(), SchemaError> {
    let Some(members) = node.members() else {
        return match node.value {
            Value::Bool(_) => Ok(()),
            _ => Err(SchemaError::new(
                &*node.pointer,
                "is no schema: write an object, `true` or `false`",
            )),
        };
    };
    for (keyword, value) in members {
        let wrong = |must: &str| Err(SchemaError::new(member(&node.pointer, keyword), must));
        let name = keyword.as_str();
        let valid = match name {
            _ if COUNT.contains(&name) => is_count(value),
            _ if NUMBER.contains(&name) => value.is_number(),
            _ if BOUND.contains(&name) => value.is_number() || value.is_boolean(),
            _ if TEXT.contains(&name) => {
                // A property of a sample or of a draft-04 schema may be called `id` or `format` and be anything else.
                value.is_string() || name == "id"
            }
            "type" => is_type(value),
            "enum" => value.is_array(),
            "required" => is_texts(value) || (value.is_boolean() && node.draft == Draft::Draft4),
            "uniqueItems" => value.is_boolean(),
            _ => true,
        };
        if !valid {
            return wrong(must(name));
        }
    }
    identify(node, identifiers);
    for keyword in ONE {
        if let Some(inner) = node.child(keyword) {
            check(&inner, identifiers)?;
        }
    }
    for keyword in LIST {
        match node.get(keyword) {
            None | Some(Value::Array(_)) => {}
            Some(_) => {
                return Err(SchemaError::new(
                    member(&node.pointer, keyword),
                    "must be a list of schemas",
                ));
            }
        }
        for inner in node.list(keyword) {
            check(&inner, identifiers)?;
        }
    }
    for keyword in NAMED {
        match node.get(keyword) {
            None | Some(Value::Object(_)) => {}
            Some(_) => {
                let must = "must be an object whose members are schemas";
                return Err(SchemaError::new(member(&node.pointer, keyword), must));
            }
        }
        for (_, inner) in node.named(keyword) {
            check(&inner, identifiers)?;
        }
    }
    match node.get("items") {
        Some(Value::Array(_)) => {
            for inner in node.list("items") {
                check(&inner, identifiers)?;
            }
        }
        Some(_) => node.child("items").map_or(Ok(()), |inner| check(&inner, identifiers))?,
        None => {}
    }
    for keyword in ["dependencies", "dependentRequired"] {
        if node.get(keyword).is_some_and(|value| !value.is_object()) {
            return Err(SchemaError::new(member(&node.pointer, keyword), "must be an object"));
        }
        for (_, inner) in node.named(keyword) {
            match inner.value {
                Value::Array(_) if is_texts(inner.value) => {}
                Value::Array(_) => return Err(SchemaError::new(inner.pointer, "must be a list of names")),
                _ if keyword == "dependencies" => check(&inner, identifiers)?,
                _ => return Err(SchemaError::new(inner.pointer, "must be a list of names")),
            }
        }
    }
    Ok(())
}

/// Notes the identifiers of a schema; the first one stands where two have the same.
fn identify(node: &Node<'_>, identifiers: &mut HashMap<String, String>) {
    let id = match node.draft {
        Draft::Draft4 => "id",
        _ => "$id",
    };
    if let Some(id) = node.get(id).and_then(Value::as_str) {
        let plain = id.strip_suffix('#').unwrap_or(id);
        identifiers
            .entry(plain.to_owned())
            .or_insert_with(|| node.pointer.clone());
    }
    for keyword in ["$anchor", "$dynamicAnchor"] {
        if let Some(anchor) = node.get(keyword).and_then(Value::as_str) {
            identifiers
                .entry(format!("#{anchor}"))
                .or_insert_with(|| node.pointer.clone());
        }
    }
}

fn must(keyword: &str) -> &'static str {
    match keyword {
        _ if COUNT.contains(&keyword) => "must be a whole number from 0 on",
        _ if NUMBER.contains(&keyword) || BOUND.contains(&keyword) => "must be a number",
        _ if TEXT.contains(&keyword) => "must be a string",
        "type" => "must be one of array, boolean, integer, null, number, object and string, or a list of them",
        "enum" => "must be a list",
        "uniqueItems" => "must be true or false",
        _ => "must be a list of names",
    }
}

fn is_count(value: &Value) -> bool {
    value.as_u64().is_some()
        || value
            .as_f64()
            .is_some_and(|number| number >= 0.0 && number.fract() == 0.0)
}

fn is_texts(value: &Value) -> bool {
    value.as_array().is_some_and(|items| items.iter().all(Value::is_string))
}

fn is_type(value: &Value) -> bool {
    let known = |value: &Value| value.as_str().is_some_and(|name| TYPES.contains(&name));
    match value {
        Value::Array(items) => items.iter().all(known),
        one => known(one),
    }
}
