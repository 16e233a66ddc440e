//! Which texts are schemas, and in which form they are stored and compared.
//!
//! Pure: text in, verdict out.

use std::borrow::Cow;

use serde_json::Value;

use crate::compatibility::SchemaDocument;
use crate::registry::{SchemaReference, SchemaText, SchemaType};
use crate::schema::avsc::AvroSchema;
use crate::schema::json_normal_form;

/// A text that is a schema.
#[derive(Debug)]
pub(super) struct Syntax {
    /// The text as it is stored and compared: without white space, or in its normal form.
    pub(super) text: String,
    /// The schema with all that it refers to.
    pub(super) document: SchemaDocument,
}

/// Reads a schema whose references are resolved.
///
/// # Errors
/// Why the text is no schema of its type.
pub(super) fn read(schema: &SchemaText, normalize: bool) -> Result<Syntax, String> {
    let text = match schema.schema_type {
        SchemaType::Avro => standard(&schema.text),
        SchemaType::Json => Cow::Borrowed(&*schema.text),
    };
    let value: Value = serde_json::from_str(&text).map_err(|error| format!("not JSON: {error}"))?;
    if schema.schema_type == SchemaType::Json {
        if !value.is_object() && !value.is_boolean() {
            return Err("a JSON Schema is an object or a boolean".to_owned());
        }
        let mut names = Vec::new();
        collect_names(&schema.references, &mut names);
        check_places(&value, &names)?;
    }
    let schema = SchemaText::new(schema.schema_type, text.as_ref()).with_references(schema.references.clone());
    let document = SchemaDocument::parse(&schema).map_err(|error| error.to_string())?;
    let text = match document.avro() {
        _ if !normalize => without_layout(&text),
        Some(avro) => avro.normal_form(),
        None => json_normal_form(&text).map_err(|error| error.to_string())?,
    };
    Ok(Syntax { text, document })
}

/// Refuses a default that is no value of its field's type. A stored schema may have one, a new one may not.
///
/// # Errors
/// The first such default of the schema itself.
pub(super) fn check_defaults(document: &SchemaDocument) -> Result<(), String> {
    let errors = document.avro().map(AvroSchema::check_defaults).unwrap_or_default();
    match errors.iter().find(|error| error.reference().is_none()) {
        Some(error) => Err(format!("invalid default: {error}")),
        None => Ok(()),
    }
}

/// The text as JSON: Avro allows the bare name of a primitive type, as Java's parser does.
fn standard(text: &str) -> Cow<'_, str> {
    if !text.is_empty() && text.chars().all(|letter| letter.is_ascii_lowercase()) {
        return Cow::Owned(format!("\"{text}\""));
    }
    Cow::Borrowed(text)
}

/// The names of all references, of those that they have themselves too.
fn collect_names<'a>(references: &'a [SchemaReference], names: &mut Vec<&'a str>) {
    for reference in references {
        if !names.contains(&&*reference.name) {
            names.push(&reference.name);
            collect_names(&reference.schema.references, names);
        }
    }
}

/// Refuses a relative `$ref` that no reference has the name of: Java's parser finds no such document.
fn check_places(value: &Value, references: &[&str]) -> Result<(), String> {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(place)) = members.get("$ref") {
                let document = place.split('#').next().unwrap_or_default();
                let known = references.contains(&document.strip_prefix("./").unwrap_or(document));
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

/// The JSON text without the white space between its parts: strings and numbers stay as they are written.
fn without_layout(text: &str) -> String {
    let (mut in_string, mut escaped) = (false, false);
    text.chars()
        .filter(|letter| {
            let kept = in_string || !matches!(letter, ' ' | '\t' | '\r' | '\n');
            if *letter == '"' && !escaped {
                in_string = !in_string;
            }
            escaped = in_string && *letter == '\\' && !escaped;
            kept
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(schema_type: SchemaType, text: &str, references: &[(&str, &str)], expected: Result<&str, &str>) {
        let references = references.iter().map(|(name, text)| SchemaReference {
            name: (*name).into(),
            subject: (*name).into(),
            version: None,
            schema: SchemaText::new(schema_type, *text),
        });
        let schema = SchemaText::new(schema_type, text).with_references(references.collect::<Vec<_>>());
        match (read(&schema, false), expected) {
            (Ok(_), Ok("")) => {}
            (Ok(actual), Ok(expected)) => assert_eq!(actual.text, expected),
            (Err(actual), Err(expected)) => assert!(actual.contains(expected), "{actual}"),
            (actual, expected) => panic!("{text}: {actual:?}, not {expected:?}"),
        }
    }

    #[test]
    fn white_space_does_not_count() {
        check(
            SchemaType::Avro,
            "{ \"type\": \"record\",\r\n\t\"name\": \"A\", \"doc\": \"a \\\\\\\" b\", \"fields\": [ ] }",
            &[],
            Ok(r#"{"type":"record","name":"A","doc":"a \\\" b","fields":[]}"#),
        );
        check(SchemaType::Avro, "string", &[], Ok("\"string\""));
        check(
            SchemaType::Json,
            r#" { "maximum": 1.50 } "#,
            &[],
            Ok(r#"{"maximum":1.50}"#),
        );
        check(SchemaType::Json, "true", &[], Ok("true"));
    }

    #[test]
    fn the_normal_form_has_one_order_of_attributes() {
        let normal =
            |schema_type, text: &str| read(&SchemaText::new(schema_type, text), true).map(|syntax| syntax.text);
        let expected = r#"{"name":"n.A","type":"record","fields":[],"doc":"d"}"#;
        for text in [
            r#"{"type":"record","name":"A","namespace":"n","doc":"d","fields":[]}"#,
            r#"{"fields": [], "doc": "d", "name": "n.A", "type": "record"}"#,
        ] {
            assert_eq!(normal(SchemaType::Avro, text).as_deref(), Ok(expected));
        }
        let text = r#"{"type": "object", "required": ["b", "a"]}"#;
        assert_eq!(
            normal(SchemaType::Json, text).as_deref(),
            Ok(r#"{"required":["b","a"],"type":"object"}"#)
        );
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
    fn a_default_is_a_value_of_its_type() {
        let schema = |default: &str| {
            let text =
                format!(r#"{{"type":"record","name":"A","fields":[{{"name":"n","type":"int","default":{default}}}]}}"#);
            read(&SchemaText::new(SchemaType::Avro, text), false).map(|syntax| check_defaults(&syntax.document))
        };
        assert_eq!(schema("1"), Ok(Ok(())));
        let wrong = "invalid default: /fields/0/default: is no int".to_owned();
        assert_eq!(schema("\"one\""), Ok(Err(wrong)));
    }

    #[test]
    fn a_json_schema_names_its_references() {
        let text = r##"{"definitions":{"a":{}},"items":[{"$ref":"#/definitions/a"},{"$ref":"a.B.json"},{"$ref":"./a.B.json#/definitions/c"}]}"##;
        let named = r#"{"definitions":{"c":{}}}"#;
        check(SchemaType::Json, text, &[("a.B.json", named)], Ok(""));
        check(SchemaType::Json, text, &[("a.B", named)], Err("a.B.json"));
        check(
            SchemaType::Json,
            r#"{"$ref":"https://x/y"}"#,
            &[],
            Err("leads nowhere: nothing here is `https://x/y`"),
        );
    }
}
