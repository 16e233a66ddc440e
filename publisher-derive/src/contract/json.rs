//! A `.json` file as the plain data that the compiler compares.
//!
//! Implements: JSON Schema draft-07, as far as our own printer goes; any other form is kept in the words of the file.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::avro::{Default, texts};
use super::siblings::Sibling;
use crate::attr::Model;

/// A property of the object.
pub(crate) struct JsonProperty {
    pub(crate) name: String,
    ty: Type,
    default: Default,
    required: bool,
}

struct Type {
    kind: Kind,
    keywords: Vec<(String, Value)>,
}

enum Kind {
    Any,
    Boolean,
    Integer,
    Number,
    String,
    Enum(Vec<String>),
    Symbols(String, Vec<String>),
    Array(Box<Type>),
    Map(Box<Type>),
    Object(String, Vec<JsonProperty>),
    Optional(Box<Type>),
    Union(Vec<JsonProperty>),
    Named(String),
    Other(String),
}

/// The properties of the object that the file describes.
pub(super) fn read(
    root: &Value,
    siblings: &[Sibling],
    full_name: &str,
    model: Model,
) -> Result<Vec<JsonProperty>, String> {
    match root.get("title").and_then(Value::as_str) {
        Some(title) if title == full_name => {}
        Some(title) => return Err(format!("describes `{title}`, this is `{full_name}`")),
        None => return Err("has no `title`, which is the full name".to_owned()),
    }
    let is_closed = root.get("additionalProperties") == Some(&Value::Bool(false));
    if is_closed != (model == Model::Closed) {
        let (file, ours) = if is_closed {
            ("closed", "open")
        } else {
            ("open", "closed")
        };
        return Err(format!("describes a model that is {file}, this is `model = {ours}`"));
    }
    let mut reader = Reader {
        root,
        siblings,
        open: Vec::new(),
    };
    match reader.ty(root).kind {
        Kind::Object(_, properties) => Ok(properties),
        _ => Err("does not describe an object".to_owned()),
    }
}

struct Reader<'a> {
    /// The document in which the reader is.
    root: &'a Value,
    siblings: &'a [Sibling],
    /// The definitions within which the reader is.
    open: Vec<String>,
}

/// What bounds a value beside its form.
const KEYWORDS: &[&str] = &[
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "contentEncoding",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
];

impl Reader<'_> {
    fn ty(&mut self, value: &Value) -> Type {
        let mut keywords: Vec<(String, Value)> = Vec::new();
        let mut kind = None;
        for branch in value.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            let inner = self.ty(branch);
            keywords.extend(inner.keywords);
            if !matches!(inner.kind, Kind::Any) {
                kind = Some(inner.kind);
            }
        }
        let own = KEYWORDS
            .iter()
            .filter_map(|name| Some(((*name).to_owned(), value.get(name)?.clone())));
        keywords.extend(own);
        Type {
            kind: kind.unwrap_or_else(|| self.kind(value)),
            keywords,
        }
    }

    fn kind(&mut self, value: &Value) -> Kind {
        let other = || Kind::Other(value.to_string());
        if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
            return self.reference(reference);
        }
        if let Some(branches) = value.get("oneOf").and_then(Value::as_array) {
            return self.one_of(branches).unwrap_or_else(other);
        }
        match value.get("type").and_then(Value::as_str) {
            Some("boolean") => Kind::Boolean,
            Some("integer") => Kind::Integer,
            Some("number") => Kind::Number,
            Some("string") if value.get("enum").is_some() => Kind::Enum(texts(value.get("enum"))),
            Some("string") => Kind::String,
            Some("array") => value
                .get("items")
                .map_or_else(other, |items| Kind::Array(Box::new(self.ty(items)))),
            Some("object") if value.get("properties").is_some() => {
                let title = value.get("title").and_then(Value::as_str).unwrap_or_default();
                Kind::Object(title.to_owned(), self.properties(value))
            }
            Some("object") => {
                let values = value.get("additionalProperties");
                values.map_or_else(other, |values| Kind::Map(Box::new(self.ty(values))))
            }
            None if value.get("type").is_none() => Kind::Any,
            _ => other(),
        }
    }

    fn reference(&mut self, reference: &str) -> Kind {
        // The document itself.
        if reference == "#" {
            let title = self.root.get("title").and_then(Value::as_str);
            return Kind::Named(title.unwrap_or_default().to_owned());
        }
        let Some(name) = reference.strip_prefix("#/definitions/") else {
            return self.document(reference);
        };
        let definition = self
            .root
            .get("definitions")
            .and_then(|definitions| definitions.get(name));
        match definition {
            Some(definition) if !self.open.iter().any(|open| open == name) => {
                self.open.push(name.to_owned());
                let kind = self.ty(definition).kind.named(name);
                self.open.pop();
                kind
            }
            _ => Kind::Named(name.to_owned()),
        }
    }

    /// A shared type, which has a document of its own.
    fn document(&mut self, reference: &str) -> Kind {
        let name = reference.strip_suffix(".json").unwrap_or(reference);
        let sibling = self.siblings.iter().find(|sibling| sibling.reference == reference);
        match sibling {
            Some(sibling) if !self.open.iter().any(|open| open == name) => {
                let outer = std::mem::replace(&mut self.root, &sibling.schema);
                self.open.push(name.to_owned());
                let kind = self.ty(&sibling.schema).kind.named(name);
                self.open.pop();
                self.root = outer;
                kind
            }
            _ => Kind::Named(name.to_owned()),
        }
    }

    fn one_of(&mut self, branches: &[Value]) -> Option<Kind> {
        let is_null = |value: &Value| value.get("type").and_then(Value::as_str) == Some("null");
        if let [first, second] = branches
            && is_null(first)
        {
            return Some(Kind::Optional(Box::new(self.ty(second))));
        }
        let mut properties = Vec::new();
        for branch in branches {
            let mut one = self.properties(branch);
            properties.push(one.pop().filter(|_| one.is_empty())?);
        }
        Some(Kind::Union(properties))
    }

    fn properties(&mut self, object: &Value) -> Vec<JsonProperty> {
        let required = texts(object.get("required"));
        let properties = object
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten();
        let mut properties: Vec<_> = properties
            .map(|(name, value)| JsonProperty {
                name: name.clone(),
                ty: self.ty(value),
                default: Default::read(value.get("default")),
                required: required.contains(name),
            })
            .collect();
        // The compiler looks names up by halves.
        properties.sort_by(|a, b| a.name.cmp(&b.name));
        properties
    }
}

impl JsonProperty {
    /// The property as an expression.
    pub(super) fn tokens(&self, core: &TokenStream) -> TokenStream {
        let (name, required) = (&self.name, self.required);
        let (ty, default) = (self.ty.tokens(core), self.default.tokens(core));
        quote!(#core::JsonProperty { name: #name, ty: #ty, default: #default, required: #required })
    }
}

impl Type {
    fn tokens(&self, core: &TokenStream) -> TokenStream {
        let kind = self.kind.tokens(core);
        let keywords = self.keywords.iter().map(|(name, value)| {
            let value = match (value.as_f64(), value.as_str()) {
                (Some(number), _) => {
                    let (number, digits) = (Literal::f64_unsuffixed(number), value.to_string());
                    quote!(#core::JsonValue::Number(#number, #digits))
                }
                (None, Some(text)) => quote!(#core::JsonValue::Text(#text)),
                (None, None) => {
                    let text = value.to_string();
                    quote!(#core::JsonValue::Text(#text))
                }
            };
            quote!((#name, #value))
        });
        quote!(#core::JsonType { kind: #kind, keywords: &[#(#keywords),*] })
    }
}

impl Kind {
    /// The form of a definition.
    fn named(self, name: &str) -> Self {
        match self {
            Self::Object(_, properties) => Self::Object(name.to_owned(), properties),
            Self::Enum(symbols) => Self::Symbols(name.to_owned(), symbols),
            other => other,
        }
    }

    fn tokens(&self, core: &TokenStream) -> TokenStream {
        match self {
            Self::Any => quote!(#core::JsonKind::Any),
            Self::Boolean => quote!(#core::JsonKind::Boolean),
            Self::Integer => quote!(#core::JsonKind::Integer),
            Self::Number => quote!(#core::JsonKind::Number),
            Self::String => quote!(#core::JsonKind::String),
            Self::Enum(symbols) => quote!(#core::JsonKind::Enum(&[#(#symbols),*])),
            Self::Symbols(name, symbols) => quote!(#core::JsonKind::Symbols(#name, &[#(#symbols),*])),
            Self::Array(items) => {
                let items = items.tokens(core);
                quote!(#core::JsonKind::Array(&#items))
            }
            Self::Map(values) => {
                let values = values.tokens(core);
                quote!(#core::JsonKind::Map(&#values))
            }
            Self::Object(name, properties) => {
                let properties = properties.iter().map(|property| property.tokens(core));
                quote!(#core::JsonKind::Object(#name, &[#(#properties),*]))
            }
            Self::Optional(value) => {
                let value = value.tokens(core);
                quote!(#core::JsonKind::Optional(&#value))
            }
            Self::Union(branches) => {
                let branches = branches.iter().map(|branch| branch.tokens(core));
                quote!(#core::JsonKind::Union(&[#(#branches),*]))
            }
            Self::Named(name) => quote!(#core::JsonKind::Named(#name)),
            Self::Other(text) => quote!(#core::JsonKind::Other(#text)),
        }
    }
}
