//! Prints the JSON Schema of a shape.
//!
//! Draft-07, because that is what Java's and Node's readers take by default; no keyword and no format that a strict
//! reader refuses as unknown.

use std::collections::{BTreeMap, BTreeSet};

use super::references::{full_name, reference_name};
use super::shape::{Constraint, DecimalForm, Enum, Field, Integer, Record, Shape, TimeUnit, Union};
use super::text::{Json, Layout};
use super::{base64, range};
use crate::event::Encoding;

/// Whether readers must refuse properties that the schema does not name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JsonModel {
    /// `additionalProperties: false`. An optional property may be added later under BACKWARD compatibility. The default.
    Closed,
    /// Any further property is allowed. A property may be removed later under FORWARD compatibility.
    Open,
}

/// How a JSON Schema is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct JsonSettings {
    /// Whether further properties are refused.
    pub model: JsonModel,
    /// Whether the `format` keyword stands beside the pattern. Strict readers (Ajv) refuse formats they do not know;
    /// default off.
    pub format_keyword: bool,
}

/// The JSON Schema of a record under this namespace; its title is the full name.
///
/// Named types stand under `definitions` by their full names, shared types too: the text needs no other. The same record
/// always gives the same text.
///
/// Implements: JSON Schema draft-07.
#[must_use]
pub fn json_schema(record: &Record, namespace: &str, settings: JsonSettings, layout: Layout) -> String {
    let printer = Printer {
        settings,
        definitions: BTreeMap::new(),
        open: BTreeSet::new(),
        referring: None,
    };
    let namespace = record.namespace.unwrap_or(namespace);
    let title = format!("{namespace}.{}", record.name);
    printer.document(title, layout, |printer| printer.object(record, namespace))
}

/// The JSON Schema of a record or an enum as a registry has it: a shared type within it is a `$ref` to its own document.
pub(crate) fn json_text(root: &Shape, namespace: &str, settings: JsonSettings, layout: Layout) -> String {
    let title = full_name(root, namespace).unwrap_or_default();
    let printer = Printer {
        settings,
        definitions: BTreeMap::new(),
        open: BTreeSet::new(),
        referring: Some(title.clone()),
    };
    printer.document(title, layout, |printer| match root.plain() {
        Shape::Record(record) => printer.object(record, record.namespace.unwrap_or(namespace)),
        Shape::Enum(symbols) => symbol_members(symbols),
        other => printer.shape(other, &[], namespace),
    })
}

impl JsonSettings {
    /// How shared types are printed, whatever the event around them says: one subject has one text of a type.
    pub(crate) const SHARED: Self = Self {
        model: JsonModel::Closed,
        format_keyword: false,
    };
}

type Members = Vec<(&'static str, Json)>;

struct Printer {
    settings: JsonSettings,
    /// By full name; sorted, so that the text does not depend on where a type is met first.
    definitions: BTreeMap<String, Members>,
    /// The records within which the printer is: one that holds itself refers to itself.
    open: BTreeSet<String>,
    /// The full name of the document's own type, if shared types stand in documents of their own.
    referring: Option<String>,
}

impl Printer {
    fn document(mut self, title: String, layout: Layout, root: impl FnOnce(&mut Self) -> Members) -> String {
        let mut members = vec![
            ("$schema", Json::text("http://json-schema.org/draft-07/schema#")),
            ("title", Json::String(title)),
        ];
        members.extend(root(&mut self));
        let definitions: Vec<_> = std::mem::take(&mut self.definitions)
            .into_iter()
            .map(|(name, members)| (name, Json::Object(members)))
            .collect();
        if !definitions.is_empty() {
            members.push(("definitions", Json::Named(definitions)));
        }
        Json::Object(members).print(layout)
    }

    /// The reference to the document of a shared type, or to the one around.
    fn elsewhere(&self, shared: bool, full_name: &str) -> Option<Members> {
        let own = self.referring.as_ref().filter(|_| shared)?;
        let place = if own == full_name {
            "#".to_owned()
        } else {
            reference_name(full_name, Encoding::Json)
        };
        Some(vec![("$ref", Json::String(place))])
    }

    fn shape(&mut self, shape: &Shape, constraints: &[Constraint], namespace: &str) -> Members {
        let map = matches!(shape, Shape::Map(_));
        let members = match shape {
            Shape::Boolean => typed("boolean"),
            Shape::Integer(width) => return integer(*width, constraints),
            Shape::Float | Shape::Double => typed("number"),
            Shape::String => typed("string"),
            Shape::Bytes => return bytes(base64::exact_count(constraints)),
            Shape::Fixed(fixed) => return bytes(Some(fixed.size as u32)),
            Shape::Uuid | Shape::Timestamp(_) | Shape::LocalTimestamp(_) | Shape::TimeOfDay(_) | Shape::Date => {
                self.formatted(shape)
            }
            Shape::Duration => return integer(Integer::I64, constraints),
            Shape::Json => Vec::new(),
            Shape::Decimal { precision, scale, json } => {
                return match json {
                    DecimalForm::String => decimal(*precision, *scale, constraints),
                    DecimalForm::Number => decimal_number(*precision, *scale, constraints),
                };
            }
            // Whatever a value of any form is, null is one.
            Shape::Optional(inner) if matches!(inner.plain(), Shape::Json) => Vec::new(),
            Shape::Optional(inner) => {
                let value = Json::Object(self.shape(inner, constraints, namespace));
                return vec![("oneOf", Json::Array(vec![Json::Object(typed("null")), value]))];
            }
            Shape::Array(items) => {
                let mut members = typed("array");
                members.push(("items", Json::Object(self.shape(items, &[], namespace))));
                members
            }
            Shape::Map(values) => {
                let mut members = typed("object");
                members.push(("additionalProperties", Json::Object(self.shape(values, &[], namespace))));
                members
            }
            Shape::Enum(symbols) => self.symbols(symbols, namespace),
            Shape::Record(record) => self.record(record, namespace),
            Shape::Union(union) => self.union(union, namespace),
            Shape::Recursive(recursive) => {
                let around = recursive.namespace.unwrap_or(namespace);
                let full_name = format!("{around}.{}", recursive.name);
                if self.open.contains(&full_name) || self.definitions.contains_key(&full_name) {
                    reference(&full_name)
                } else {
                    self.shape((recursive.define)(), &[], namespace)
                }
            }
            Shape::Constrained {
                shape,
                constraints: inner,
            } => {
                let all: Vec<Constraint> = inner.iter().chain(constraints).copied().collect();
                return self.shape(shape, &all, namespace);
            }
        };
        let mut all_of = AllOf {
            members,
            branches: Vec::new(),
        };
        for constraint in constraints {
            match constraint {
                Constraint::Min(bound) => all_of.add("minimum", Json::raw(bound.text)),
                Constraint::Max(bound) => all_of.add("maximum", Json::raw(bound.text)),
                Constraint::ExclusiveMin(bound) => all_of.add("exclusiveMinimum", Json::raw(bound.text)),
                Constraint::ExclusiveMax(bound) => all_of.add("exclusiveMaximum", Json::raw(bound.text)),
                Constraint::MinLength(length) => all_of.add("minLength", Json::raw(length)),
                Constraint::MaxLength(length) => all_of.add("maxLength", Json::raw(length)),
                Constraint::Pattern(pattern) => all_of.add("pattern", Json::text(pattern)),
                Constraint::Format(format) => {
                    if self.settings.format_keyword {
                        all_of.add("format", Json::text(format.keyword()));
                    }
                    all_of.add("pattern", Json::text(format.pattern()));
                }
                Constraint::MinItems(items) if map => all_of.add("minProperties", Json::raw(items)),
                Constraint::MaxItems(items) if map => all_of.add("maxProperties", Json::raw(items)),
                Constraint::MinItems(items) => all_of.add("minItems", Json::raw(items)),
                Constraint::MaxItems(items) => all_of.add("maxItems", Json::raw(items)),
                Constraint::AnyOrder => {}
            }
        }
        all_of.finish()
    }

    fn formatted(&self, shape: &Shape) -> Members {
        let mut members = typed("string");
        if let Some(keyword) = text_format(shape).filter(|_| self.settings.format_keyword) {
            members.push(("format", Json::text(keyword)));
        }
        members.extend(text_pattern(shape).map(|pattern| ("pattern", Json::text(pattern))));
        members
    }

    fn symbols(&mut self, symbols: &Enum, around: &str) -> Members {
        let full_name = format!("{}.{}", symbols.namespace.unwrap_or(around), symbols.name);
        if let Some(reference) = self.elsewhere(symbols.shared, &full_name) {
            return reference;
        }
        self.definitions.insert(full_name.clone(), symbol_members(symbols));
        reference(&full_name)
    }

    fn record(&mut self, record: &Record, around: &str) -> Members {
        let namespace = record.namespace.unwrap_or(around);
        let full_name = format!("{namespace}.{}", record.name);
        if let Some(reference) = self.elsewhere(record.shared, &full_name) {
            return reference;
        }
        if !self.definitions.contains_key(&full_name) && self.open.insert(full_name.clone()) {
            let members = self.object(record, namespace);
            self.open.remove(&full_name);
            self.definitions.insert(full_name.clone(), members);
        }
        reference(&full_name)
    }

    /// Exactly one property, named by the branch: what the value is stands before it, as it does in Avro.
    fn union(&mut self, union: &Union, namespace: &str) -> Members {
        let branches = union.branches.iter().map(|branch| {
            let value = Json::Object(self.shape(branch.shape, &[], namespace));
            Json::Object(vec![
                ("type", Json::text("object")),
                ("properties", Json::Named(vec![(branch.name.to_owned(), value)])),
                ("required", Json::texts(&[branch.name])),
                ("additionalProperties", Json::raw(false)),
            ])
        });
        vec![("oneOf", Json::Array(branches.collect()))]
    }

    fn object(&mut self, record: &Record, namespace: &str) -> Members {
        let mut members: Members = Vec::new();
        members.extend(record.doc.map(|doc| ("description", Json::text(doc))));
        members.push(("type", Json::text("object")));
        let fields = record.all_fields();
        let properties = fields
            .iter()
            .map(|field| (field.name.to_owned(), self.property(field, namespace)))
            .collect();
        members.push(("properties", Json::Named(properties)));
        let required: Vec<_> = fields
            .iter()
            .filter(|field| required(field))
            .map(|field| field.name)
            .collect();
        if !required.is_empty() {
            members.push(("required", Json::texts(&required)));
        }
        if self.settings.model == JsonModel::Closed {
            members.push(("additionalProperties", Json::raw(false)));
        }
        members
    }

    fn property(&mut self, field: &Field, namespace: &str) -> Json {
        let shape = self.shape(field.shape, &[], namespace);
        let mut annotations: Members = Vec::new();
        annotations.extend(
            field
                .doc_in(Encoding::Json)
                .map(|doc| ("description", Json::text(&doc))),
        );
        match field.default {
            Some(default) => annotations.push(("default", default.json())),
            None if optional(field.shape) => annotations.push(("default", Json::raw("null"))),
            None => {}
        }
        // Draft-07 ignores whatever stands beside `$ref`.
        let alone = shape.iter().any(|(name, _)| *name == "$ref") && !annotations.is_empty();
        annotations.extend(if alone {
            vec![("allOf", Json::Array(vec![Json::Object(shape)]))]
        } else {
            shape
        });
        Json::Object(annotations)
    }
}

macro_rules! date {
    () => {
        "[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
    };
}

/// A time of day with so many places behind the second.
macro_rules! time {
    ($places:literal) => {
        concat!("(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\\.[0-9]{", $places, "}")
    };
}

/// The regular expression of a value that is written as text of one form, as the encoder writes it.
pub(super) const fn text_pattern(shape: &Shape) -> Option<&'static str> {
    use TimeUnit::{Micros, Millis};
    Some(match shape {
        Shape::Uuid => "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
        Shape::Date => concat!("^", date!(), "$"),
        Shape::Timestamp(Millis) => concat!("^", date!(), "T", time!(3), "Z$"),
        Shape::Timestamp(Micros) => concat!("^", date!(), "T", time!(6), "Z$"),
        Shape::LocalTimestamp(Millis) => concat!("^", date!(), "T", time!(3), "$"),
        Shape::LocalTimestamp(Micros) => concat!("^", date!(), "T", time!(6), "$"),
        Shape::TimeOfDay(Millis) => concat!("^", time!(3), "$"),
        Shape::TimeOfDay(Micros) => concat!("^", time!(6), "$"),
        _ => return None,
    })
}

/// The format of such a text, where JSON Schema has one.
const fn text_format(shape: &Shape) -> Option<&'static str> {
    match shape {
        Shape::Uuid => Some("uuid"),
        Shape::Date => Some("date"),
        Shape::Timestamp(_) => Some("date-time"),
        _ => None,
    }
}

fn optional(shape: &Shape) -> bool {
    matches!(shape.plain(), Shape::Optional(_))
}

/// A property that has a default or may be null can be left out by writers of other versions.
fn required(field: &Field) -> bool {
    field.default.is_none() && !optional(field.shape)
}

fn typed(kind: &str) -> Members {
    vec![("type", Json::text(kind))]
}

fn symbol_members(symbols: &Enum) -> Members {
    let mut members = typed("string");
    members.extend(symbols.doc.map(|doc| ("description", Json::text(doc))));
    members.push(("enum", Json::texts(symbols.symbols)));
    members
}

fn reference(full_name: &str) -> Members {
    vec![("$ref", Json::String(format!("#/definitions/{full_name}")))]
}

/// The members of a schema; a keyword that stands already (the type has a constraint of its own, and so has the field)
/// goes into a branch of `allOf`, because an object has each name once.
struct AllOf {
    members: Members,
    branches: Vec<Json>,
}

impl AllOf {
    fn add(&mut self, keyword: &'static str, value: Json) {
        if self.members.iter().any(|(name, _)| *name == keyword) {
            self.branches.push(Json::Object(vec![(keyword, value)]));
        } else {
            self.members.push((keyword, value));
        }
    }

    fn finish(mut self) -> Members {
        if !self.branches.is_empty() {
            self.members.push(("allOf", Json::Array(self.branches)));
        }
        self.members
    }
}

/// An integer within the bounds of its width.
fn integer(width: Integer, constraints: &[Constraint]) -> Members {
    let (min, max) = width.json_range();
    bounded(
        "integer",
        (min as f64, min.to_string()),
        (max as f64, max.to_string()),
        constraints,
    )
}

/// The bounds of the type and those of the constraints, of which the narrower stands.
fn bounded(kind: &str, mut min: (f64, String), mut max: (f64, String), constraints: &[Constraint]) -> Members {
    let mut exclusive = AllOf {
        members: Vec::new(),
        branches: Vec::new(),
    };
    for constraint in constraints {
        match constraint {
            Constraint::Min(bound) if bound.double > min.0 => min = (bound.double, bound.text.to_owned()),
            Constraint::Max(bound) if bound.double < max.0 => max = (bound.double, bound.text.to_owned()),
            Constraint::ExclusiveMin(bound) => exclusive.add("exclusiveMinimum", Json::raw(bound.text)),
            Constraint::ExclusiveMax(bound) => exclusive.add("exclusiveMaximum", Json::raw(bound.text)),
            _ => {}
        }
    }
    let mut members = typed(kind);
    members.extend([("minimum", Json::raw(min.1)), ("maximum", Json::raw(max.1))]);
    members.extend(exclusive.finish());
    members
}

/// A string of digits with exactly `scale` places; bounds become patterns, as `minimum` says nothing of strings.
fn decimal(precision: u32, scale: u32, constraints: &[Constraint]) -> Members {
    let mut members = typed("string");
    members.push((
        "pattern",
        Json::String(range::decimal_pattern(precision, scale, constraints)),
    ));
    members
}

/// Text in base64; that of a known number of bytes has one length and one end.
fn bytes(count: Option<u32>) -> Members {
    let mut members = typed("string");
    if let Some(count) = count {
        let length = base64::text_length(count);
        members.push(("minLength", Json::raw(length)));
        members.push(("maxLength", Json::raw(length)));
        members.push(("pattern", Json::text(base64::text_pattern(count))));
    }
    members.push(("contentEncoding", Json::text("base64")));
    members
}

/// A number within what precision and scale hold. No `multipleOf`: readers check that with a division of doubles.
fn decimal_number(precision: u32, scale: u32, constraints: &[Constraint]) -> Members {
    let mut most = "9".repeat(precision as usize);
    if scale > 0 {
        most.insert((precision - scale) as usize, '.');
    }
    if precision == scale {
        most.insert(0, '0');
    }
    let limit = most.parse().unwrap_or(f64::MAX);
    bounded("number", (-limit, format!("-{most}")), (limit, most), constraints)
}
