//! Which texts are schemas, and which of them are the same.
//!
//! Pure: text in, verdict out.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::registry::SchemaType;

/// A schema that another one builds on.
#[derive(Clone, Debug)]
pub(super) struct Referenced<'a> {
    /// What the text that refers to it calls it.
    pub(super) name: String,
    pub(super) text: &'a str,
}

/// The text in the form in which texts are compared: JSON without layout, keys sorted.
///
/// # Errors
/// Why the text is no schema of this type. `references` are texts of the same type, each after those that it needs
/// itself.
pub(super) fn canonical(schema_type: SchemaType, text: &str, references: &[Referenced<'_>]) -> Result<String, String> {
    let value = match schema_type {
        SchemaType::Avro => avro(text, references)?,
        SchemaType::Json => match json(text)? {
            value @ (Value::Object(_) | Value::Bool(_)) => {
                check_places(&value, references)?;
                value
            }
            _ => return Err("a JSON Schema is an object or a boolean".to_owned()),
        },
    };
    Ok(printed(value))
}

/// Refuses a relative `$ref` that no reference has the name of: Java's parser finds no such document.
fn check_places(value: &Value, references: &[Referenced<'_>]) -> Result<(), String> {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(place)) = members.get("$ref") {
                let document = place.split('#').next().unwrap_or_default();
                let known = references
                    .iter()
                    .any(|reference| reference.name == document.strip_prefix("./").unwrap_or(document));
                if !known && !document.is_empty() && !document.contains(':') {
                    return Err(format!("unresolved $ref {place}: no reference has this name"));
                }
            }
            members.values().try_for_each(|member| check_places(member, references))
        }
        Value::Array(items) => items.iter().try_for_each(|item| check_places(item, references)),
        _ => Ok(()),
    }
}

fn avro(text: &str, references: &[Referenced<'_>]) -> Result<Value, String> {
    // Avro allows the bare name of a primitive type, as Java's parser does.
    let value = match json(text) {
        Ok(value) => value,
        Err(_) if text.chars().all(|letter| letter.is_ascii_lowercase()) && !text.is_empty() => {
            Value::String(text.to_owned())
        }
        Err(error) => return Err(error),
    };
    let whole = if references.is_empty() {
        value.clone()
    } else {
        with_references(&value, references)?
    };
    check_definitions(&whole, "", &mut BTreeSet::new())?;
    match apache_avro::Schema::parse(&whole) {
        Ok(_) => Ok(value),
        Err(error) => Err(error.to_string()),
    }
}

/// Refuses a second definition of a name, as Java's parser does; apache-avro takes it.
fn check_definitions<'a>(value: &'a Value, around: &'a str, known: &mut BTreeSet<String>) -> Result<(), String> {
    let (members, around) = match value {
        Value::Array(branches) => {
            return branches
                .iter()
                .try_for_each(|branch| check_definitions(branch, around, known));
        }
        Value::Object(members) => match (text(members, "type"), text(members, "name")) {
            (Some("record" | "error" | "enum" | "fixed"), Some(name)) => {
                let namespace = match name.rsplit_once('.') {
                    Some((namespace, _)) => namespace,
                    None => text(members, "namespace").unwrap_or(around),
                };
                let name = name.rsplit('.').next().unwrap_or_default();
                if !known.insert(format!("{namespace}.{name}")) {
                    return Err(format!("Can't redefine: {namespace}.{name}"));
                }
                (members, namespace)
            }
            _ => (members, around),
        },
        _ => return Ok(()),
    };
    let fields = members.get("fields").and_then(Value::as_array).into_iter().flatten();
    let types = ["type", "items", "values"].map(|name| members.get(name));
    let types = types.into_iter().flatten().chain(fields);
    for inner in types {
        check_definitions(inner, around, known)?;
    }
    Ok(())
}

fn text<'a>(members: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    members.get(name).and_then(Value::as_str)
}

/// A record whose fields are the referenced schemas and then ours: names are then known in this order.
///
/// `Schema::parse_str_with_list` would take the list in the order of a hash map, so that a reference to a type which is
/// nested in another listed schema resolves on some runs only.
fn with_references(value: &Value, references: &[Referenced<'_>]) -> Result<Value, String> {
    let mut types = references
        .iter()
        .map(|reference| json(reference.text))
        .collect::<Result<Vec<_>, _>>()?;
    types.push(value.clone());
    let field = |(index, schema): (usize, Value)| serde_json::json!({ "name": format!("f{index}"), "type": schema });
    let fields = types.into_iter().enumerate().map(field).collect::<Vec<_>>();
    Ok(serde_json::json!({ "type": "record", "name": "__EmbeddedRegistryReferences", "fields": fields }))
}

fn json(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| format!("not JSON: {error}"))
}

fn printed(mut value: Value) -> String {
    // Somebody else's crate may switch serde_json's `preserve_order` on.
    value.sort_all_objects();
    value.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(schema_type: SchemaType, text: &str, references: &[(&str, &str)], expected: Result<&str, &str>) {
        let references = references.iter().map(|(name, text)| Referenced {
            name: (*name).to_owned(),
            text,
        });
        let references = references.collect::<Vec<_>>();
        match (canonical(schema_type, text, &references), expected) {
            (Ok(_), Ok("")) => {}
            (Ok(actual), Ok(expected)) => assert_eq!(actual, expected),
            (Err(actual), Err(expected)) => assert!(actual.contains(expected), "{actual}"),
            (actual, expected) => panic!("{text}: {actual:?}, not {expected:?}"),
        }
    }

    #[test]
    fn layout_and_order_of_keys_do_not_count() {
        let expected = r#"{"fields":[],"name":"A","type":"record"}"#;
        check(
            SchemaType::Avro,
            r#"{"type":"record","name":"A","fields":[]}"#,
            &[],
            Ok(expected),
        );
        check(
            SchemaType::Avro,
            "{ \"name\": \"A\",\n \"type\": \"record\", \"fields\": [ ] }",
            &[],
            Ok(expected),
        );
        check(SchemaType::Avro, "string", &[], Ok("\"string\""));
        check(SchemaType::Json, "true", &[], Ok("true"));
    }

    #[test]
    fn what_is_no_schema_is_refused() {
        check(SchemaType::Avro, r#"{"type":"record","name":"A"}"#, &[], Err("fields"));
        check(SchemaType::Avro, r#"{"type":"nonsense"}"#, &[], Err("nonsense"));
        check(SchemaType::Avro, "{", &[], Err("not JSON"));
        check(SchemaType::Json, "[1]", &[], Err("an object or a boolean"));
    }

    #[test]
    fn references_may_nest_and_cross_namespaces() {
        let money = r#"{"type":"record","name":"Money","namespace":"a.m","fields":[
            {"name":"unit","type":{"type":"enum","name":"Unit","symbols":["EUR"]}}]}"#;
        let line = r#"{"type":"record","name":"Line","namespace":"b","fields":[{"name":"unit","type":"a.m.Unit"}]}"#;
        let order = r#"{"type":"record","name":"Order","namespace":"c","fields":[
            {"name":"line","type":"b.Line"},{"name":"total","type":"a.m.Money"}]}"#;
        let references = [("a.m.Money", money), ("b.Line", line)];
        check(SchemaType::Avro, order, &references, Ok(""));
        check(SchemaType::Avro, r#"["b.Line","a.m.Money"]"#, &references, Ok(""));
        check(SchemaType::Avro, order, &[], Err("b.Line"));
    }

    #[test]
    fn a_name_is_defined_once() {
        let money = r#"{"type":"enum","name":"Money","symbols":["EUR"]}"#;
        let twice = r#"{"type":"record","name":"A","fields":[{"name":"x","type":{"type":"enum","name":"Money","symbols":["EUR"]}}]}"#;
        check(SchemaType::Avro, twice, &[("Money", money)], Err("Money"));
        check(SchemaType::Avro, twice, &[], Ok(""));
    }

    #[test]
    fn a_json_schema_names_its_references() {
        let text = r##"{"items":[{"$ref":"#/definitions/a"},{"$ref":"a.B.json"},{"$ref":"./a.B.json#/definitions/c"},{"$ref":"https://x/y"}]}"##;
        check(SchemaType::Json, text, &[("a.B.json", "true")], Ok(""));
        check(SchemaType::Json, text, &[("a.B", "true")], Err("a.B.json"));
    }
}
