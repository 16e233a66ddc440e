//! Which other schemas a text refers to: in Avro the named types that it uses and does not define, in JSON Schema the
//! documents that `$ref` leads to.
//!
//! Pure. Knows no file: what the names stand for is asked of a [`Lookup`].

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use publisher_core::registry::{SchemaReference, SchemaText, SchemaType};
use serde_json::Value;

const PRIMITIVES: [&str; 8] = ["null", "boolean", "int", "long", "float", "double", "bytes", "string"];

/// The texts that schemas may refer to.
pub(crate) trait Lookup {
    /// The text for a name, and what it is called in errors.
    fn text(&self, schema_type: SchemaType, name: &str) -> Option<Arc<str>>;
}

/// Schemas refer to schemas no deeper than this.
const MAX_LEVELS: usize = 100;

/// The schema with all that it refers to, dependency first. Names that nothing is known of stay as they are: whoever
/// reads the schema then says where they stand.
///
/// # Errors
/// The text is no JSON, or it refers to itself by others.
pub(crate) fn resolve(lookup: &dyn Lookup, schema_type: SchemaType, text: &Arc<str>) -> Result<SchemaText, String> {
    let mut resolving = Resolving {
        lookup,
        schema_type,
        around: Vec::new(),
        known: BTreeMap::new(),
    };
    resolving.schema(text)
}

struct Resolving<'a> {
    lookup: &'a dyn Lookup,
    schema_type: SchemaType,
    around: Vec<String>,
    /// What two schemas refer to is resolved once.
    known: BTreeMap<String, SchemaText>,
}

impl Resolving<'_> {
    fn schema(&mut self, text: &Arc<str>) -> Result<SchemaText, String> {
        let value: Value = serde_json::from_str(text).map_err(|error| format!("is no JSON: {error}"))?;
        let mut references = Vec::new();
        for name in names(self.schema_type, &value) {
            let Some(referenced) = self.lookup.text(self.schema_type, &name) else {
                continue;
            };
            let schema = match self.known.get(&name) {
                Some(schema) => schema.clone(),
                None => self.referenced(&name, &referenced)?,
            };
            references.push(SchemaReference {
                subject: name.as_str().into(),
                name: name.into(),
                version: None,
                schema,
            });
        }
        Ok(SchemaText::new(self.schema_type, Arc::clone(text)).with_references(references))
    }

    fn referenced(&mut self, name: &str, text: &Arc<str>) -> Result<SchemaText, String> {
        if self.around.iter().any(|around| around == name) {
            return Err(format!(
                "refers to itself: {} -> {name}; a registry takes a schema only after those that it refers to",
                self.around.join(" -> ")
            ));
        }
        if self.around.len() == MAX_LEVELS {
            return Err(format!(
                "refers to schemas that refer to others more than {MAX_LEVELS} levels deep"
            ));
        }
        self.around.push(name.to_owned());
        let schema = self.schema(text).map_err(|reason| format!("{name}: {reason}"))?;
        self.around.pop();
        self.known.insert(name.to_owned(), schema.clone());
        Ok(schema)
    }
}

/// The names that the text refers to, in the order in which they first appear.
fn names(schema_type: SchemaType, schema: &Value) -> Vec<String> {
    match schema_type {
        SchemaType::Avro => {
            let mut walk = Walk::default();
            walk.schema(schema, "");
            let Walk { used, defined, .. } = walk;
            let mut seen = defined;
            used.into_iter().filter(|name| seen.insert(name.clone())).collect()
        }
        SchemaType::Json => {
            let mut found = Vec::new();
            documents(schema, &mut found);
            let mut seen = BTreeSet::new();
            found.retain(|name| seen.insert(name.clone()));
            found
        }
    }
}

fn full(name: &str, namespace: &str) -> String {
    if name.contains('.') || namespace.is_empty() {
        name.to_owned()
    } else {
        format!("{namespace}.{name}")
    }
}

#[derive(Default)]
struct Walk {
    used: Vec<String>,
    defined: BTreeSet<String>,
}

impl Walk {
    /// As deep as the parser of JSON lets a text be.
    fn schema(&mut self, schema: &Value, namespace: &str) {
        match schema {
            Value::String(name) if PRIMITIVES.contains(&name.as_str()) => {}
            Value::String(name) => self.used.push(full(name, namespace)),
            Value::Array(branches) => branches.iter().for_each(|branch| self.schema(branch, namespace)),
            Value::Object(members) => match members.get("type").and_then(Value::as_str) {
                Some("record" | "error" | "enum" | "fixed") => self.definition(schema, namespace),
                Some("array") => self.part(schema, "items", namespace),
                Some("map") => self.part(schema, "values", namespace),
                _ => self.part(schema, "type", namespace),
            },
            _ => {}
        }
    }

    fn part(&mut self, schema: &Value, member: &str, namespace: &str) {
        if let Some(part) = schema.get(member) {
            self.schema(part, namespace);
        }
    }

    fn definition(&mut self, schema: &Value, around: &str) {
        let own = schema.get("namespace").and_then(Value::as_str).unwrap_or(around);
        let name = schema.get("name").and_then(Value::as_str).unwrap_or("");
        let name = full(name, own);
        let namespace = name.rsplit_once('.').map_or("", |(namespace, _)| namespace).to_owned();
        self.defined.insert(name);
        for field in schema.get("fields").and_then(Value::as_array).into_iter().flatten() {
            self.part(field, "type", &namespace);
        }
    }
}

/// The documents that `$ref` names, without what is named within them.
fn documents(schema: &Value, found: &mut Vec<String>) {
    match schema {
        Value::Array(items) => items.iter().for_each(|item| documents(item, found)),
        Value::Object(members) => {
            for (name, value) in members {
                match value.as_str() {
                    Some(uri) if name == "$ref" => {
                        let document = uri.split('#').next().unwrap_or("");
                        if !document.is_empty() {
                            found.push(document.to_owned());
                        }
                    }
                    _ => documents(value, found),
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail by a panic")]
mod tests {
    use super::*;

    struct Texts(&'static [(&'static str, &'static str)]);

    impl Lookup for Texts {
        fn text(&self, _: SchemaType, name: &str) -> Option<Arc<str>> {
            let found = self.0.iter().find(|(known, _)| *known == name);
            found.map(|(_, text)| Arc::from(*text))
        }
    }

    /// The references as `name(references within)`.
    fn shown(schema: &SchemaText) -> String {
        let references = schema.references.iter();
        let names: Vec<String> = references
            .map(|reference| format!("{}({})", reference.name, shown(&reference.schema)))
            .collect();
        names.join(" ")
    }

    fn check(schema_type: SchemaType, texts: &'static [(&'static str, &'static str)], expected: &str) {
        let resolved = resolve(&Texts(texts), schema_type, &Arc::from(texts[0].1));
        let actual = resolved.map_or_else(|reason| format!("error: {reason}"), |schema| shown(&schema));
        assert_eq!(actual, expected);
    }

    #[test]
    fn avro_names_are_those_not_defined() {
        check(
            SchemaType::Avro,
            &[
                (
                    "a.Order",
                    r#"{"type":"record","name":"Order","namespace":"a","fields":[
                        {"name":"total","type":"Money"},
                        {"name":"paid","type":["null","a.Money"]},
                        {"name":"next","type":["null","Order"]},
                        {"name":"kind","type":{"type":"enum","name":"b.Kind","symbols":["X"]}},
                        {"name":"kinds","type":{"type":"array","items":"b.Kind"}},
                        {"name":"more","type":{"type":"map","values":{"type":"b.Place"}}},
                        {"name":"unknown","type":"c.Nowhere"}]}"#,
                ),
                (
                    "a.Money",
                    r#"{"type":"record","name":"a.Money","fields":[{"name":"currency","type":"Currency"}]}"#,
                ),
                (
                    "a.Currency",
                    r#"{"type":"enum","name":"Currency","namespace":"a","symbols":["EUR"]}"#,
                ),
                ("b.Place", r#"{"type":"fixed","name":"b.Place","size":2}"#),
            ],
            "a.Money(a.Currency()) b.Place()",
        );
    }

    #[test]
    fn json_names_are_documents() {
        check(
            SchemaType::Json,
            &[
                (
                    "a.Order.json",
                    r##"{"properties":{"b":{"$ref":"a.Money.json#/definitions/x"},"c":{"$ref":"#"},
                        "d":{"items":[{"$ref":"a.Money.json"}]},"e":{"$ref":"https://elsewhere"}}}"##,
                ),
                ("a.Money.json", r#"{"title":"a.Money"}"#),
            ],
            "a.Money.json()",
        );
    }

    #[test]
    fn cycles_come_to_an_end() {
        const PING: (&str, &str) = (
            "a.Ping",
            r#"{"type":"record","name":"a.Ping","fields":[{"name":"b","type":"Pong"}]}"#,
        );
        const PONG: (&str, &str) = (
            "a.Pong",
            r#"{"type":"record","name":"a.Pong","fields":[{"name":"a","type":"Ping"}]}"#,
        );
        check(
            SchemaType::Avro,
            &[PING, PONG],
            "error: a.Pong: a.Ping: refers to itself: a.Pong -> a.Ping -> a.Pong; a registry takes a schema only after \
             those that it refers to",
        );
        let broken = resolve(&Texts(&[]), SchemaType::Avro, &Arc::from("["));
        assert!(broken.is_err_and(|reason| reason.starts_with("is no JSON: EOF")));
        let deep = "[".repeat(10_000);
        let deep = resolve(&Texts(&[]), SchemaType::Json, &Arc::from(deep.as_str()));
        assert!(deep.is_err_and(|reason| reason.contains("recursion limit")));
    }
}
