//! Prints the Avro schema of a shape.
//!
//! The order of attributes is fixed, so that every build prints the same bytes.

use std::collections::BTreeSet;

use super::references::names_elsewhere;
use super::shape::{Enum, Field, Fixed, Literal, Record, Shape, TimeUnit};
use super::text::{Json, Layout};
use crate::event::Encoding;

/// The Avro schema of a record under this namespace.
///
/// A named type stands in full where it comes first and by its full name from then on, shared types too: the text needs
/// no other. The same record always gives the same text.
///
/// Implements: Apache Avro 1.12 specification, "Schema Declaration" and "Logical Types".
#[must_use]
pub fn avro_schema(record: &Record, namespace: &str, layout: Layout) -> String {
    let mut printer = Printer {
        printed: BTreeSet::new(),
    };
    printer.record(record, namespace, true).print(layout)
}

/// The Avro schema of any shape as a registry has it: what stands in the texts of its shared types is there by its full
/// name only.
pub(crate) fn avro_text(root: &Shape, namespace: &'static str, layout: Layout) -> String {
    let mut printer = Printer {
        printed: names_elsewhere(root, namespace),
    };
    printer.root(root, namespace).print(layout)
}

/// The Avro schema of a key: of any shape, since a key need not be a record. `"string"`, for example.
///
/// Implements: as [`avro_schema`].
#[must_use]
pub fn avro_key_schema(shape: &Shape, namespace: &str, layout: Layout) -> String {
    let mut printer = Printer {
        printed: BTreeSet::new(),
    };
    printer.root(shape, namespace).print(layout)
}

struct Printer {
    /// The full names of the types that stand already, here or in a text that is read before.
    printed: BTreeSet<String>,
}

impl Printer {
    /// A shape with nothing around it: named types say their namespace.
    fn root(&mut self, shape: &Shape, namespace: &str) -> Json {
        match shape.plain() {
            Shape::Record(record) => self.record(record, namespace, true),
            Shape::Enum(symbols) => with_namespace(self.symbols(symbols, namespace), namespace),
            Shape::Fixed(fixed) => with_namespace(self.fixed(fixed, namespace), namespace),
            Shape::Array(items) => Json::Object(vec![
                ("type", Json::text("array")),
                ("items", self.root(items, namespace)),
            ]),
            Shape::Map(values) => Json::Object(vec![
                ("type", Json::text("map")),
                ("values", self.root(values, namespace)),
            ]),
            Shape::Optional(inner) => {
                let mut branches = branches_of(self.root(inner, namespace));
                branches.insert(0, Json::text("null"));
                Json::Array(branches)
            }
            Shape::Union(union) => {
                let branches = union.branches.iter();
                Json::Array(branches.map(|branch| self.root(branch.shape, namespace)).collect())
            }
            Shape::Recursive(recursive) => self.root((recursive.define)(), namespace),
            other => self.shape(other, namespace, true),
        }
    }

    fn shape(&mut self, shape: &Shape, namespace: &str, null_first: bool) -> Json {
        match shape {
            Shape::Boolean => Json::text("boolean"),
            Shape::Integer(width) => Json::text(if width.fits_int() { "int" } else { "long" }),
            Shape::Float => Json::text("float"),
            Shape::Double => Json::text("double"),
            Shape::String => Json::text("string"),
            Shape::Bytes => Json::text("bytes"),
            Shape::Uuid => logical("string", "uuid"),
            Shape::Timestamp(TimeUnit::Millis) => logical("long", "timestamp-millis"),
            Shape::Timestamp(TimeUnit::Micros) => logical("long", "timestamp-micros"),
            Shape::LocalTimestamp(TimeUnit::Millis) => logical("long", "local-timestamp-millis"),
            Shape::LocalTimestamp(TimeUnit::Micros) => logical("long", "local-timestamp-micros"),
            Shape::TimeOfDay(TimeUnit::Millis) => logical("int", "time-millis"),
            Shape::TimeOfDay(TimeUnit::Micros) => logical("long", "time-micros"),
            Shape::Date => logical("int", "date"),
            Shape::Duration => Json::text("long"),
            Shape::Json => Json::text("string"),
            Shape::Fixed(fixed) => self.fixed(fixed, namespace),
            Shape::Decimal { precision, scale, .. } => Json::Object(vec![
                ("type", Json::text("bytes")),
                ("logicalType", Json::text("decimal")),
                ("precision", Json::raw(precision)),
                ("scale", Json::raw(scale)),
            ]),
            Shape::Optional(inner) => {
                let mut branches = branches_of(self.shape(inner, namespace, true));
                branches.insert(if null_first { 0 } else { branches.len() }, Json::text("null"));
                Json::Array(branches)
            }
            Shape::Array(items) => Json::Object(vec![
                ("type", Json::text("array")),
                ("items", self.shape(items, namespace, true)),
            ]),
            Shape::Map(values) => Json::Object(vec![
                ("type", Json::text("map")),
                ("values", self.shape(values, namespace, true)),
            ]),
            Shape::Enum(symbols) => self.symbols(symbols, namespace),
            Shape::Record(record) => self.record(record, namespace, false),
            Shape::Union(union) => {
                let branches = union.branches.iter();
                Json::Array(
                    branches
                        .map(|branch| self.shape(branch.shape, namespace, true))
                        .collect(),
                )
            }
            Shape::Recursive(recursive) => {
                let namespace_of = recursive.namespace.unwrap_or(namespace);
                let full_name = format!("{namespace_of}.{}", recursive.name);
                if self.printed.contains(&full_name) {
                    return Json::String(full_name);
                }
                self.shape((recursive.define)(), namespace, true)
            }
            Shape::Constrained { shape, .. } => self.shape(shape, namespace, null_first),
        }
    }

    fn symbols(&mut self, symbols: &Enum, around: &str) -> Json {
        let namespace = symbols.namespace.unwrap_or(around);
        if let Some(reference) = self.reference(namespace, symbols.name) {
            return reference;
        }
        let mut members = named("enum", symbols.name, (namespace != around).then_some(namespace));
        members.extend(aliases(symbols.aliases));
        members.extend(symbols.doc.map(|doc| ("doc", Json::text(doc))));
        members.push(("symbols", Json::texts(symbols.symbols)));
        members.extend(symbols.default.map(|symbol| ("default", Json::text(symbol))));
        Json::Object(members)
    }

    fn fixed(&mut self, fixed: &Fixed, around: &str) -> Json {
        let namespace = fixed.namespace.unwrap_or(around);
        if let Some(reference) = self.reference(namespace, fixed.name) {
            return reference;
        }
        let mut members = named("fixed", fixed.name, (namespace != around).then_some(namespace));
        members.push(("size", Json::raw(fixed.size)));
        Json::Object(members)
    }

    fn record(&mut self, record: &Record, around: &str, root: bool) -> Json {
        let namespace = record.namespace.unwrap_or(around);
        if let Some(reference) = self.reference(namespace, record.name) {
            return reference;
        }
        let mut members = named(
            "record",
            record.name,
            (root || namespace != around).then_some(namespace),
        );
        members.extend(aliases(record.aliases));
        members.extend(record.doc.map(|doc| ("doc", Json::text(doc))));
        let fields = record
            .all_fields()
            .into_iter()
            .map(|field| self.field(field, namespace))
            .collect();
        members.push(("fields", Json::Array(fields)));
        Json::Object(members)
    }

    fn field(&mut self, field: &Field, namespace: &str) -> Json {
        let mut members = vec![("name", Json::text(field.name))];
        members.extend(aliases(field.aliases));
        members.extend(field.doc_in(Encoding::Avro).map(|doc| ("doc", Json::text(&doc))));
        // The default of a union must be of its first branch.
        members.push(("type", self.shape(field.shape, namespace, field.default.is_none())));
        match field.default {
            Some(default) => members.push(("default", default.json())),
            None if matches!(field.shape.plain(), Shape::Optional(_)) => members.push(("default", Json::raw("null"))),
            None => {}
        }
        Json::Object(members)
    }

    /// The full name, if the type stands already.
    fn reference(&mut self, namespace: &str, name: &str) -> Option<Json> {
        let full_name = format!("{namespace}.{name}");
        if self.printed.contains(&full_name) {
            return Some(Json::String(full_name));
        }
        self.printed.insert(full_name);
        None
    }
}

/// What stands beside null: a union in a union is none, so its branches do.
fn branches_of(value: Json) -> Vec<Json> {
    match value {
        Json::Array(branches) => branches,
        value => vec![value],
    }
}

/// A definition that says its namespace, where it would inherit this one.
fn with_namespace(mut definition: Json, namespace: &str) -> Json {
    if let Json::Object(members) = &mut definition
        && members.iter().all(|(name, _)| *name != "namespace")
        && let Some(name) = members.iter().position(|(name, _)| *name == "name")
    {
        members.insert(name + 1, ("namespace", Json::text(namespace)));
    }
    definition
}

fn logical(physical: &str, logical: &str) -> Json {
    Json::Object(vec![
        ("type", Json::text(physical)),
        ("logicalType", Json::text(logical)),
    ])
}

fn named(kind: &str, name: &str, namespace: Option<&str>) -> Vec<(&'static str, Json)> {
    let mut members = vec![("type", Json::text(kind)), ("name", Json::text(name))];
    members.extend(namespace.map(|namespace| ("namespace", Json::text(namespace))));
    members
}

fn aliases(aliases: &[&str]) -> Option<(&'static str, Json)> {
    (!aliases.is_empty()).then(|| ("aliases", Json::texts(aliases)))
}

impl Literal {
    pub(super) fn json(self) -> Json {
        match self {
            Self::Boolean(value) => Json::raw(value),
            Self::Integer(value) => Json::raw(value),
            Self::Float(text) => Json::raw(text),
            Self::String(text) => Json::text(text),
            Self::EmptyArray => Json::Array(Vec::new()),
            Self::EmptyMap => Json::Object(Vec::new()),
        }
    }
}
