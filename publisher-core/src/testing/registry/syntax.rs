//! Which texts are schemas, and which of them are the same.
//!
//! Pure: text in, verdict out.

use serde_json::Value;

use crate::registry::SchemaType;

/// The text in the form in which texts are compared: JSON without layout, keys sorted.
///
/// # Errors
/// Why the text is no schema of this type. `references` are texts of the same type, each after those that it needs
/// itself.
pub(super) fn canonical(schema_type: SchemaType, text: &str, references: &[&str]) -> Result<String, String> {
    let value = match schema_type {
        SchemaType::Avro => avro(text, references)?,
        SchemaType::Json => match json(text)? {
            value @ (Value::Object(_) | Value::Bool(_)) => value,
            _ => return Err("a JSON Schema is an object or a boolean".to_owned()),
        },
    };
    Ok(printed(value))
}

fn avro(text: &str, references: &[&str]) -> Result<Value, String> {
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
    match apache_avro::Schema::parse(&whole) {
        Ok(_) => Ok(value),
        Err(error) => Err(error.to_string()),
    }
}

/// A record whose fields are the referenced schemas and then ours: names are then known in this order.
///
/// `Schema::parse_str_with_list` would take the list in the order of a hash map, so that a reference to a type which is
/// nested in another listed schema resolves on some runs only.
fn with_references(value: &Value, references: &[&str]) -> Result<Value, String> {
    let mut types = references
        .iter()
        .map(|text| json(text))
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

    fn check(schema_type: SchemaType, text: &str, references: &[&str], expected: Result<&str, &str>) {
        match (canonical(schema_type, text, references), expected) {
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
        assert!(canonical(SchemaType::Avro, order, &[money, line]).is_ok());
        assert!(canonical(SchemaType::Avro, r#"["b.Line","a.m.Money"]"#, &[money, line]).is_ok());
        check(SchemaType::Avro, order, &[], Err("b.Line"));
    }
}
