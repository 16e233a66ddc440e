//! Whether keywords have values of the types that they must have, and which schemas have identifiers.
//!
//! Follows no `$ref`.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::node::Draft;
use super::path::Path;
use crate::schema::error::SchemaError;

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

/// Checks the schemas of a text and notes their identifiers.
pub(super) fn check(root: &Value, draft: Draft, identifiers: &mut HashMap<String, String>) -> Result<(), SchemaError> {
    Check { draft, identifiers }.schema(root, &Path::Root)
}

struct Check<'c> {
    draft: Draft,
    identifiers: &'c mut HashMap<String, String>,
}

type Checked = Result<(), SchemaError>;

fn wrong(at: &Path<'_>, reason: &str) -> Checked {
    Err(SchemaError::new(at.pointer(), reason))
}

impl Check<'_> {
    fn schema(&mut self, value: &Value, at: &Path<'_>) -> Checked {
        let members = match value {
            Value::Object(members) => members,
            Value::Bool(_) => return Ok(()),
            _ => return wrong(at, "is no schema: write an object, `true` or `false`"),
        };
        for (keyword, value) in members {
            if !self.is_valid(keyword, value) {
                return wrong(&Path::Member(at, keyword), must(keyword));
            }
        }
        self.identify(members, at);
        for keyword in ONE {
            if let Some(inner) = members.get(keyword) {
                self.schema(inner, &Path::Member(at, keyword))?;
            }
        }
        for keyword in LIST {
            let at = Path::Member(at, keyword);
            match members.get(keyword) {
                None => {}
                Some(Value::Array(list)) => self.list(list, &at)?,
                Some(_) => return wrong(&at, "must be a list of schemas"),
            }
        }
        for keyword in NAMED {
            let at = Path::Member(at, keyword);
            match members.get(keyword) {
                None => {}
                Some(Value::Object(named)) => {
                    for (name, inner) in named {
                        self.schema(inner, &Path::Member(&at, name))?;
                    }
                }
                Some(_) => return wrong(&at, "must be an object whose members are schemas"),
            }
        }
        let at_items = Path::Member(at, "items");
        match members.get("items") {
            None => {}
            Some(Value::Array(list)) => self.list(list, &at_items)?,
            Some(inner) => self.schema(inner, &at_items)?,
        }
        for keyword in ["dependencies", "dependentRequired"] {
            if let Some(value) = members.get(keyword) {
                self.dependencies(value, keyword == "dependencies", &Path::Member(at, keyword))?;
            }
        }
        Ok(())
    }

    fn list(&mut self, list: &[Value], at: &Path<'_>) -> Checked {
        let mut items = list.iter().enumerate();
        items.try_for_each(|(index, inner)| self.schema(inner, &Path::Item(at, index)))
    }

    /// Names by property, or also schemas.
    fn dependencies(&mut self, value: &Value, schemas: bool, at: &Path<'_>) -> Checked {
        let Value::Object(named) = value else {
            return wrong(at, "must be an object");
        };
        for (name, inner) in named {
            let at = Path::Member(at, name);
            match inner {
                Value::Array(_) if is_texts(inner) => {}
                Value::Array(_) => return wrong(&at, "must be a list of names"),
                _ if schemas => self.schema(inner, &at)?,
                _ => return wrong(&at, "must be a list of names"),
            }
        }
        Ok(())
    }

    fn is_valid(&self, keyword: &str, value: &Value) -> bool {
        match keyword {
            _ if COUNT.contains(&keyword) => is_count(value),
            _ if NUMBER.contains(&keyword) => value.is_number(),
            _ if BOUND.contains(&keyword) => value.is_number() || value.is_boolean(),
            // A property of a sample or of a draft-04 schema may be called `id` or `format` and be anything else.
            _ if TEXT.contains(&keyword) => value.is_string() || keyword == "id",
            "type" => is_type(value),
            "enum" => value.is_array(),
            "required" => is_texts(value) || (value.is_boolean() && self.draft == Draft::Draft4),
            "uniqueItems" => value.is_boolean(),
            _ => true,
        }
    }

    /// Notes the identifiers of a schema; the first one stands where two have the same.
    fn identify(&mut self, members: &Map<String, Value>, at: &Path<'_>) {
        let id = match self.draft {
            Draft::Draft4 => "id",
            _ => "$id",
        };
        if let Some(id) = members.get(id).and_then(Value::as_str) {
            let plain = id.strip_suffix('#').unwrap_or(id);
            let entry = self.identifiers.entry(plain.to_owned());
            entry.or_insert_with(|| at.pointer());
        }
        for keyword in ["$anchor", "$dynamicAnchor"] {
            if let Some(anchor) = members.get(keyword).and_then(Value::as_str) {
                let entry = self.identifiers.entry(format!("#{anchor}"));
                entry.or_insert_with(|| at.pointer());
            }
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
