//! The fields of a schema with their paths, as `lines.quantity`, and from a pointer to the field it lies in.
//!
//! Pure. The paths are those under which the descriptions that `cargo test` leaves know the fields of a Rust type.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::Arc;

use serde_json::Value;

use crate::compatibility::Place;
use crate::registry::{SchemaText, SchemaType};

/// A field where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldPlace {
    /// Where its definition is.
    pub place: Place,
    /// Names from the outermost record on. A list's items and a map's values have its path.
    pub path: String,
}

/// All fields that a schema reaches, each definition once and under the first path that leads to it.
#[derive(Debug)]
pub struct Fields {
    found: Vec<FieldPlace>,
    /// From the text and the pointer to the number of the field.
    by_place: HashMap<Option<Arc<str>>, HashMap<String, usize>>,
}

impl Fields {
    /// Those of this schema.
    #[must_use]
    pub fn of(schema: &SchemaText) -> Self {
        let mut texts = Vec::new();
        collect(None, schema, &mut texts);
        let mut walk = Walk {
            texts: &texts,
            entered: BTreeSet::new(),
            rest: VecDeque::new(),
            found: Vec::new(),
        };
        walk.visit(Step::begin(0), schema.schema_type);
        while let Some(step) = walk.rest.pop_front() {
            walk.visit(step, schema.schema_type);
        }
        let found = walk.found;
        let mut by_place: HashMap<_, HashMap<_, _>> = HashMap::new();
        for (number, field) in found.iter().enumerate() {
            let of_text = by_place.entry(field.place.reference.clone()).or_default();
            of_text.insert(field.place.pointer.clone(), number);
        }
        Self { found, by_place }
    }

    /// The innermost field around a place.
    #[must_use]
    pub fn around(&self, place: &Place) -> Option<&FieldPlace> {
        let of_text = self.by_place.get(&place.reference)?;
        let mut pointer = place.pointer.as_str();
        loop {
            if let Some(number) = of_text.get(pointer) {
                return self.found.get(*number);
            }
            (pointer, _) = pointer.rsplit_once('/')?;
        }
    }

    /// The path of the innermost field around a place; empty for the whole event.
    #[must_use]
    pub fn path_of(&self, place: &Place) -> &str {
        self.around(place).map_or("", |field| field.path.as_str())
    }
}

type Text = (Option<Arc<str>>, Value);

/// The schema's own text first. A text that is no JSON has no fields.
fn collect(name: Option<Arc<str>>, schema: &SchemaText, texts: &mut Vec<Text>) {
    if name.is_some() && texts.iter().any(|(known, _)| *known == name) {
        return;
    }
    texts.push((name, serde_json::from_str(&schema.text).unwrap_or(Value::Null)));
    for reference in &*schema.references {
        collect(Some(reference.name.clone()), &reference.schema, texts);
    }
}

#[derive(Clone)]
struct Step {
    /// Which of the texts.
    text: usize,
    pointer: String,
    path: String,
    namespace: String,
}

impl Step {
    fn begin(text: usize) -> Self {
        Self {
            text,
            pointer: String::new(),
            path: String::new(),
            namespace: String::new(),
        }
    }

    fn at(&self, parts: &[&str]) -> Self {
        let mut next = self.clone();
        for part in parts {
            next.pointer.push('/');
            next.pointer.push_str(&part.replace('~', "~0").replace('/', "~1"));
        }
        next
    }
}

struct Walk<'a> {
    texts: &'a [Text],
    /// Definitions that were looked into: Avro names, and places of JSON.
    entered: BTreeSet<String>,
    /// The fields that are still to be entered. What lies within a field without being one (items, branches, types by
    /// name) goes to the front, what lies in fields to the back: so a definition has its shortest path, and of two the
    /// first in the text.
    rest: VecDeque<Step>,
    found: Vec<FieldPlace>,
}

impl Walk<'_> {
    fn visit(&mut self, step: Step, schema_type: SchemaType) {
        let texts = self.texts;
        let Some(value) = texts.get(step.text).and_then(|(_, text)| text.pointer(&step.pointer)) else {
            return;
        };
        match schema_type {
            SchemaType::Avro => self.avro(step, value),
            SchemaType::Json => self.json(step, value),
        }
    }

    fn field(&mut self, step: &mut Step, name: &str) {
        if !step.path.is_empty() {
            step.path.push('.');
        }
        step.path.push_str(name);
        let reference = self.texts.get(step.text).and_then(|(reference, _)| reference.clone());
        self.found.push(FieldPlace {
            place: Place {
                reference,
                pointer: step.pointer.clone(),
            },
            path: step.path.clone(),
        });
    }

    fn avro(&mut self, step: Step, value: &Value) {
        match value {
            Value::String(name) => self.avro_by_name(&step, name),
            Value::Array(branches) => {
                for index in (0..branches.len()).rev() {
                    self.rest.push_front(step.at(&[&index.to_string()]));
                }
            }
            Value::Object(members) => match members.get("type").and_then(Value::as_str) {
                Some("record" | "error") => self.avro_record(step, value),
                Some("enum" | "fixed") => {}
                Some("array") => self.rest.push_front(step.at(&["items"])),
                Some("map") => self.rest.push_front(step.at(&["values"])),
                _ => self.rest.push_front(step.at(&["type"])),
            },
            _ => {}
        }
    }

    /// A type of another text; one of this text is entered where it is defined.
    fn avro_by_name(&mut self, step: &Step, name: &str) {
        let local = format!("{}.{name}", step.namespace);
        let found = self.texts.iter().position(|(reference, _)| {
            let reference = reference.as_deref();
            reference == Some(name) || (!name.contains('.') && reference == Some(&*local))
        });
        if let Some(text) = found {
            self.rest.push_front(Step {
                path: step.path.clone(),
                ..Step::begin(text)
            });
        }
    }

    fn avro_record(&mut self, mut step: Step, record: &Value) {
        let name = record.get("name").and_then(Value::as_str).unwrap_or("");
        match (record.get("namespace").and_then(Value::as_str), name.rsplit_once('.')) {
            (_, Some((namespace, _))) | (Some(namespace), None) => step.namespace = namespace.to_owned(),
            _ => {}
        }
        if !self.entered.insert(format!("{} {}", step.text, step.pointer)) {
            return;
        }
        let fields = record.get("fields").and_then(Value::as_array);
        for (index, field) in fields.into_iter().flatten().enumerate() {
            let mut next = step.at(&["fields", &index.to_string()]);
            self.field(&mut next, field.get("name").and_then(Value::as_str).unwrap_or("?"));
            self.rest.push_back(next.at(&["type"]));
        }
    }

    fn json(&mut self, step: Step, value: &Value) {
        let Some(members) = value.as_object() else { return };
        if !self.entered.insert(format!("{} {}", step.text, step.pointer)) {
            return;
        }
        if let Some(uri) = members.get("$ref").and_then(Value::as_str) {
            let (document, fragment) = uri.split_once('#').unwrap_or((uri, ""));
            let found = self
                .texts
                .iter()
                .position(|(name, _)| name.as_deref() == Some(document));
            let text = if document.is_empty() { Some(step.text) } else { found };
            if let Some(text) = text {
                self.rest.push_front(Step {
                    pointer: fragment.to_owned(),
                    path: step.path.clone(),
                    ..Step::begin(text)
                });
            }
        }
        for (name, part) in members {
            match (name.as_str(), part) {
                ("properties", Value::Object(properties)) => {
                    for name in properties.keys() {
                        let mut next = step.at(&["properties", name]);
                        self.field(&mut next, name);
                        self.rest.push_back(next);
                    }
                }
                ("items" | "additionalProperties" | "not" | "contains", Value::Object(_)) => {
                    self.rest.push_front(step.at(&[name]));
                }
                ("items" | "prefixItems" | "oneOf" | "anyOf" | "allOf", Value::Array(parts)) => {
                    for index in (0..parts.len()).rev() {
                        self.rest.push_front(step.at(&[name, &index.to_string()]));
                    }
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::SchemaReference;

    fn check(schema: &SchemaText, cases: &[(Option<&str>, &str, &str)]) {
        let fields = Fields::of(schema);
        for (reference, pointer, path) in cases {
            let place = Place {
                reference: reference.map(Into::into),
                pointer: (*pointer).to_owned(),
            };
            assert_eq!(fields.path_of(&place), *path, "{place}: {fields:#?}");
        }
    }

    fn with(schema: SchemaText, name: &str, text: &str) -> SchemaText {
        let reference = SchemaReference {
            name: name.into(),
            subject: name.into(),
            version: None,
            schema: SchemaText::new(schema.schema_type, text),
        };
        schema.with_references([reference])
    }

    #[test]
    fn avro() {
        let order = SchemaText::new(
            SchemaType::Avro,
            r#"{"type":"record","name":"Order","namespace":"a","fields":[
                {"name":"id","type":"string"},
                {"name":"lines","type":{"type":"array","items":{"type":"record","name":"Line","fields":[
                    {"name":"quantity","type":"long"},
                    {"name":"next","type":["null","Line"]}]}}},
                {"name":"total","type":["null","Money"]},
                {"name":"again","type":"a.Money"}]}"#,
        );
        let money = r#"{"type":"record","name":"a.Money","fields":[{"name":"amount","type":"long"}]}"#;
        check(
            &with(order, "a.Money", money),
            &[
                (None, "", ""),
                (None, "/name", ""),
                (None, "/fields/0", "id"),
                (None, "/fields/0/type", "id"),
                (None, "/fields/1/type/items/fields/0/type", "lines.quantity"),
                (None, "/fields/1/type/items/name", "lines"),
                (None, "/fields/1/type/items/fields/1/type/1", "lines.next"),
                (None, "/fields/10", ""),
                (Some("a.Money"), "/fields/0", "total.amount"),
                (Some("a.Money"), "/name", ""),
            ],
        );
    }

    #[test]
    fn json() {
        let order = SchemaText::new(
            SchemaType::Json,
            r##"{"properties":{
                "lines":{"type":"array","items":{"$ref":"#/definitions/a.Line"}},
                "total":{"oneOf":[{"type":"null"},{"$ref":"a.Money.json"}]},
                "a/b":{"properties":{"c~":{}}}},
                "definitions":{"a.Line":{"properties":{"quantity":{"minimum":1},"next":{"$ref":"#/definitions/a.Line"}}}}}"##,
        );
        check(
            &with(order, "a.Money.json", r#"{"properties":{"amount":{}}}"#),
            &[
                (None, "/properties/lines/items", "lines"),
                (None, "/properties/a~1b/properties/c~0", "a/b.c~"),
                (
                    None,
                    "/definitions/a.Line/properties/quantity/minimum",
                    "lines.quantity",
                ),
                (None, "/definitions/a.Line/required", ""),
                (None, "/required", ""),
                (Some("a.Money.json"), "/properties/amount", "total.amount"),
            ],
        );
    }
}
