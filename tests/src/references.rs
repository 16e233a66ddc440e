//! Foreign readers of a schema that refers to others: what apache-avro and jsonschema need to be given.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

use apache_avro::Schema;
use jsonschema::{Retrieve, Uri, Validator};
use publisher_core::registry::SchemaText;
use serde_json::{Map, Value};

/// The Avro schema with all that it refers to, each definition where its name stands first. By hand, because
/// apache-avro's own list of schemas does not find what is nested in another schema of the list.
///
/// # Panics
/// If a text is no schema, or a name is not defined.
pub fn avro(text: &SchemaText) -> Schema {
    let mut whole = Whole::default();
    whole.collect(text);
    let mut schema = serde_json::from_str(&text.text).unwrap();
    whole.resolve(&mut schema, "");
    Schema::parse(&schema).unwrap()
}

/// A validator of draft-07, which finds the documents that the schema refers to and nothing else.
///
/// # Panics
/// If a text is no schema of draft-07, or a reference leads nowhere.
pub fn json(text: &SchemaText) -> Validator {
    let mut documents = Documents::default();
    documents.collect(text);
    let schema = serde_json::from_str(&text.text).unwrap();
    jsonschema::draft7::meta::validate(&schema).unwrap();
    jsonschema::draft7::options()
        .with_retriever(documents)
        .build(&schema)
        .unwrap()
}

#[derive(Default)]
struct Whole {
    /// The definitions of the referenced texts, by full name.
    definitions: BTreeMap<String, Value>,
    /// The full names that stand already.
    placed: BTreeSet<String>,
}

impl Whole {
    fn collect(&mut self, text: &SchemaText) {
        for reference in &*text.references {
            self.collect(&reference.schema);
            self.define(&serde_json::from_str(&reference.schema.text).unwrap(), "");
        }
    }

    /// Takes up every definition of a text, by itself and under its whole name.
    fn define(&mut self, value: &Value, around: &str) {
        let Value::Object(members) = value else {
            value
                .as_array()
                .into_iter()
                .flatten()
                .for_each(|branch| self.define(branch, around));
            return;
        };
        let namespace = namespace(members, around);
        if let Some(name) = name(members) {
            let mut own = members.clone();
            own.insert("name".to_owned(), name.into());
            own.insert("namespace".to_owned(), namespace.clone().into());
            self.definitions.insert(format!("{namespace}.{name}"), own.into());
        }
        let fields = members.get("fields").and_then(Value::as_array).into_iter().flatten();
        let types = ["type", "items", "values"]
            .into_iter()
            .filter_map(|name| members.get(name));
        types.chain(fields).for_each(|inner| self.define(inner, &namespace));
    }

    /// Puts the definition in the place of each name that is met for the first time.
    fn resolve(&mut self, value: &mut Value, around: &str) {
        match value {
            Value::String(name) => {
                let full_name = if name.contains('.') {
                    name.clone()
                } else {
                    format!("{around}.{name}")
                };
                if let Some(definition) = self.definitions.get(&full_name) {
                    *value = definition.clone();
                    self.resolve(value, around);
                }
            }
            Value::Array(branches) => branches.iter_mut().for_each(|branch| self.resolve(branch, around)),
            Value::Object(members) => {
                let namespace = namespace(members, around);
                if let Some(name) = name(members) {
                    let full_name = format!("{namespace}.{name}");
                    if !self.placed.insert(full_name.clone()) {
                        *value = full_name.into();
                        return;
                    }
                }
                for place in ["type", "items", "values", "fields"] {
                    if let Some(inner) = members.get_mut(place) {
                        self.resolve(inner, &namespace);
                    }
                }
            }
            _ => {}
        }
    }
}

/// The name of a definition without its namespace.
fn name(members: &Map<String, Value>) -> Option<&str> {
    let name = full_name(members)?;
    Some(name.rsplit_once('.').map_or(name, |(_, name)| name))
}

/// The name of a definition as it stands there: a registry that normalizes writes it with its namespace.
fn full_name(members: &Map<String, Value>) -> Option<&str> {
    let named = ["record", "enum", "fixed"].map(Value::from);
    let name = members.get("name").filter(|_| named.contains(&members["type"]));
    name.and_then(Value::as_str)
}

fn namespace(members: &Map<String, Value>, around: &str) -> String {
    let of_name = full_name(members).and_then(|name| name.rsplit_once('.'));
    let own = members.get("namespace").and_then(Value::as_str);
    of_name
        .map(|(namespace, _)| namespace)
        .or(own)
        .unwrap_or(around)
        .to_owned()
}

#[derive(Default)]
struct Documents(BTreeMap<String, Value>);

impl Documents {
    fn collect(&mut self, text: &SchemaText) {
        for reference in &*text.references {
            self.collect(&reference.schema);
            let schema = serde_json::from_str(&reference.schema.text).unwrap();
            self.0.insert(reference.name.to_string(), schema);
        }
    }
}

impl Retrieve for Documents {
    fn retrieve(&self, uri: &Uri<String>) -> Result<Value, Box<dyn Error + Send + Sync>> {
        let name = uri.path().as_str().trim_start_matches('/');
        Ok(self.0.get(name).ok_or_else(|| format!("no document {name}"))?.clone())
    }
}
