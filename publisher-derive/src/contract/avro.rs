//! An `.avsc` file as the plain data that the compiler compares.
//!
//! Implements: Apache Avro 1.12 specification, "Schema Declaration", as far as our own printer goes; any other form is
//! kept in the words of the file.

use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

/// A field of the record.
pub(crate) struct AvroField {
    pub(crate) name: String,
    ty: Type,
    default: Default,
}

enum Type {
    Null,
    Primitive(String),
    Logical(String, String),
    Decimal(u32, u32),
    Fixed(String, usize),
    Array(Box<Type>),
    Map(Box<Type>),
    Union(Vec<Type>),
    Enum(String, Vec<String>, Option<String>),
    Record(String, Vec<AvroField>),
    Named(String),
    Other(String),
}

/// The default of a committed field.
pub(super) enum Default {
    None,
    Null,
    Literal(Value),
    Other(String),
}

/// The fields of the record that the file describes.
pub(super) fn read(root: &Value, full_name: &str) -> Result<Vec<AvroField>, String> {
    if root.get("type").and_then(Value::as_str) != Some("record") {
        return Err("does not describe a record".to_owned());
    }
    let mut reader = Reader::default();
    reader.define(root, "");
    match reader.ty(root, "") {
        Type::Record(name, fields) if name == full_name => Ok(fields),
        Type::Record(name, _) => Err(format!("describes `{name}`, this is `{full_name}`")),
        _ => Err("does not describe a record with a name and fields".to_owned()),
    }
}

#[derive(Default)]
struct Reader<'a> {
    /// The definitions by full name, each with the namespace around it.
    definitions: BTreeMap<String, (&'a Value, String)>,
    /// The definitions within which the reader is.
    open: Vec<String>,
}

impl<'a> Reader<'a> {
    /// Notes every definition, so that a name can be replaced by what it stands for.
    fn define(&mut self, value: &'a Value, around: &str) {
        match value {
            Value::Array(branches) => branches.iter().for_each(|branch| self.define(branch, around)),
            Value::Object(_) => {
                let mut namespace = around.to_owned();
                if let Some(name) = full_name(value, around) {
                    namespace = namespace_of(&name).to_owned();
                    self.definitions.entry(name).or_insert((value, around.to_owned()));
                }
                for inner in ["type", "items", "values"].iter().filter_map(|name| value.get(name)) {
                    self.define(inner, &namespace);
                }
                for field in value.get("fields").and_then(Value::as_array).into_iter().flatten() {
                    field.get("type").into_iter().for_each(|ty| self.define(ty, &namespace));
                }
            }
            _ => {}
        }
    }

    fn ty(&mut self, value: &Value, around: &str) -> Type {
        match value {
            Value::String(name) if name == "null" => Type::Null,
            Value::String(name) if PRIMITIVES.contains(&name.as_str()) => Type::Primitive(name.clone()),
            Value::String(name) => self.named(name, around),
            Value::Array(branches) => Type::Union(branches.iter().map(|branch| self.ty(branch, around)).collect()),
            Value::Object(_) => self.object(value, around),
            _ => Type::Other(value.to_string()),
        }
    }

    fn named(&mut self, name: &str, around: &str) -> Type {
        let full_name = qualified(name, around);
        match self.definitions.get(&full_name).cloned() {
            Some((definition, namespace)) if !self.open.contains(&full_name) => self.object(definition, &namespace),
            _ => Type::Named(full_name),
        }
    }

    fn object(&mut self, value: &Value, around: &str) -> Type {
        let text = |name: &str| value.get(name).and_then(Value::as_str);
        let number = |name: &str| {
            value
                .get(name)
                .and_then(Value::as_u64)
                .and_then(|number| u32::try_from(number).ok())
        };
        let other = || Type::Other(value.to_string());
        let kind = match value.get("type") {
            Some(Value::String(kind)) => kind.as_str(),
            Some(inner) => return self.ty(inner, around),
            None => return other(),
        };
        match (kind, full_name(value, around)) {
            ("array", _) => value
                .get("items")
                .map_or_else(other, |items| Type::Array(Box::new(self.ty(items, around)))),
            ("map", _) => value
                .get("values")
                .map_or_else(other, |values| Type::Map(Box::new(self.ty(values, around)))),
            ("fixed", Some(name)) => value.get("size").and_then(Value::as_u64).map_or_else(other, |size| {
                Type::Fixed(name, usize::try_from(size).unwrap_or(usize::MAX))
            }),
            ("enum", Some(name)) => Type::Enum(name, texts(value.get("symbols")), text("default").map(str::to_owned)),
            ("record", Some(name)) => self.record(value, name),
            ("bytes", _) if text("logicalType") == Some("decimal") => match number("precision") {
                Some(precision) => Type::Decimal(precision, number("scale").unwrap_or(0)),
                None => other(),
            },
            (primitive, _) if PRIMITIVES.contains(&primitive) => match text("logicalType") {
                Some(logical) => Type::Logical(primitive.to_owned(), logical.to_owned()),
                None => Type::Primitive(primitive.to_owned()),
            },
            ("null", _) => Type::Null,
            (name, _) => self.named(name, around),
        }
    }

    fn record(&mut self, value: &Value, name: String) -> Type {
        let namespace = namespace_of(&name).to_owned();
        self.open.push(name.clone());
        let fields = value.get("fields").and_then(Value::as_array).into_iter().flatten();
        let fields = fields
            .map(|field| AvroField {
                name: field.get("name").and_then(Value::as_str).unwrap_or_default().to_owned(),
                ty: field
                    .get("type")
                    .map_or_else(|| Type::Other(field.to_string()), |ty| self.ty(ty, &namespace)),
                default: Default::read(field.get("default")),
            })
            .collect();
        self.open.pop();
        Type::Record(name, fields)
    }
}

const PRIMITIVES: &[&str] = &["boolean", "int", "long", "float", "double", "string", "bytes"];

/// The full name of a definition; `None` for what has no name.
fn full_name(value: &Value, around: &str) -> Option<String> {
    if !matches!(value.get("type")?.as_str()?, "record" | "enum" | "fixed") {
        return None;
    }
    let name = value.get("name")?.as_str()?;
    let namespace = value.get("namespace").and_then(Value::as_str).unwrap_or(around);
    Some(qualified(name, namespace))
}

fn qualified(name: &str, namespace: &str) -> String {
    if name.contains('.') || namespace.is_empty() {
        name.to_owned()
    } else {
        format!("{namespace}.{name}")
    }
}

fn namespace_of(full_name: &str) -> &str {
    full_name.rsplit_once('.').map_or("", |(namespace, _)| namespace)
}

pub(super) fn texts(list: Option<&Value>) -> Vec<String> {
    let items = list.and_then(Value::as_array).into_iter().flatten();
    items
        .map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned))
        .collect()
}

impl AvroField {
    /// The field as an expression.
    pub(super) fn tokens(&self, core: &TokenStream) -> TokenStream {
        let (name, ty, default) = (&self.name, self.ty.tokens(core), self.default.tokens(core));
        quote!(#core::AvroField { name: #name, ty: #ty, default: #default })
    }
}

impl Type {
    fn tokens(&self, core: &TokenStream) -> TokenStream {
        match self {
            Self::Null => quote!(#core::AvroType::Null),
            Self::Primitive(name) => quote!(#core::AvroType::Primitive(#name)),
            Self::Logical(physical, name) => quote!(#core::AvroType::Logical(#physical, #name)),
            Self::Decimal(precision, scale) => {
                let (precision, scale) = (Literal::u32_unsuffixed(*precision), Literal::u32_unsuffixed(*scale));
                quote!(#core::AvroType::Decimal(#precision, #scale))
            }
            Self::Fixed(name, size) => {
                let size = Literal::usize_unsuffixed(*size);
                quote!(#core::AvroType::Fixed(#name, #size))
            }
            Self::Array(items) => {
                let items = items.tokens(core);
                quote!(#core::AvroType::Array(&#items))
            }
            Self::Map(values) => {
                let values = values.tokens(core);
                quote!(#core::AvroType::Map(&#values))
            }
            Self::Union(branches) => {
                let branches = branches.iter().map(|branch| branch.tokens(core));
                quote!(#core::AvroType::Union(&[#(#branches),*]))
            }
            Self::Enum(name, symbols, default) => {
                let default = match default {
                    Some(symbol) => quote!(::core::option::Option::Some(#symbol)),
                    None => quote!(::core::option::Option::None),
                };
                quote!(#core::AvroType::Enum(#name, &[#(#symbols),*], #default))
            }
            Self::Record(name, fields) => {
                let fields = fields.iter().map(|field| field.tokens(core));
                quote!(#core::AvroType::Record(#name, &[#(#fields),*]))
            }
            Self::Named(name) => quote!(#core::AvroType::Named(#name)),
            Self::Other(text) => quote!(#core::AvroType::Other(#text)),
        }
    }
}

impl Default {
    pub(super) fn read(value: Option<&Value>) -> Self {
        match value {
            None => Self::None,
            Some(Value::Null) => Self::Null,
            Some(Value::Array(items)) if items.is_empty() => Self::Literal(Value::Array(Vec::new())),
            Some(Value::Object(members)) if members.is_empty() => Self::Literal(Value::Object(members.clone())),
            Some(value @ (Value::Bool(_) | Value::String(_))) => Self::Literal(value.clone()),
            Some(Value::Number(number)) if is_plain(&plain(number)) => Self::Literal(Value::Number(number.clone())),
            Some(other) => Self::Other(other.to_string()),
        }
    }

    pub(super) fn tokens(&self, core: &TokenStream) -> TokenStream {
        let literal = match self {
            Self::None => return quote!(#core::Default::None),
            Self::Null => return quote!(#core::Default::Null),
            Self::Other(text) => return quote!(#core::Default::Other(#text)),
            Self::Literal(literal) => literal,
        };
        let literal = match literal {
            Value::Bool(value) => quote!(#core::Literal::Boolean(#value)),
            Value::String(text) => quote!(#core::Literal::String(#text)),
            Value::Array(_) => quote!(#core::Literal::EmptyArray),
            Value::Object(_) => quote!(#core::Literal::EmptyMap),
            Value::Number(number) => match number.as_i64() {
                Some(value) => {
                    let value = Literal::i64_unsuffixed(value);
                    quote!(#core::Literal::Integer(#value))
                }
                None => {
                    let text = plain(number);
                    quote!(#core::Literal::Float(#text))
                }
            },
            Value::Null => return quote!(#core::Default::Null),
        };
        quote!(#core::Default::Literal(#literal))
    }
}

/// The number without exponent, as our printer writes it: the parser's own text of 0.000001 is `1e-6`.
fn plain(number: &serde_json::Number) -> String {
    match (number.is_f64(), number.as_f64()) {
        (true, Some(double)) => double.to_string(),
        _ => number.to_string(),
    }
}

/// Digits, a point, a sign: what an attribute can say too, and no more of them than a const function counts.
fn is_plain(number: &str) -> bool {
    number.len() <= 20
        && number
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(file: &str, expected: &str) {
        let value: Value = serde_json::from_str(file).expect("JSON");
        let tokens = Default::read(Some(&value)).tokens(&quote!(core)).to_string();
        assert_eq!(tokens, expected);
    }

    #[test]
    fn numbers_have_no_exponent() {
        check(
            "0.000001",
            "core :: Default :: Literal (core :: Literal :: Float (\"0.000001\"))",
        );
        check(
            "1e-9",
            "core :: Default :: Literal (core :: Literal :: Float (\"0.000000001\"))",
        );
        check(
            "1.50",
            "core :: Default :: Literal (core :: Literal :: Float (\"1.5\"))",
        );
        check("-7", "core :: Default :: Literal (core :: Literal :: Integer (- 7))");
        // More than a const function counts: kept in the words of the file.
        check("1e300", "core :: Default :: Other (\"1e+300\")");
    }
}
