//! A JSON Schema as Confluent's registry reads it: every schema is of one kind.
//!
//! A list of types is an anyOf of them, keywords of several kinds are an allOf with a part for each, a `$ref` is what it
//! leads to. Knows no rule.

use serde_json::Value;

use crate::schema::json_document::{JsonDocument, Node};

/// A schema, or the part of one that is of one kind.
#[derive(Clone, Debug)]
pub(super) struct View<'a> {
    /// Where it stands; a part stands where the whole does.
    pub(super) node: Node<'a>,
    pub(super) kind: Kind<'a>,
}

#[derive(Clone, Debug)]
pub(super) enum Kind<'a> {
    /// Accepts everything.
    Empty,
    /// Accepts nothing.
    False,
    Null,
    Boolean,
    String,
    Number {
        integer: bool,
    },
    Array,
    Object,
    Enum,
    Const,
    Not,
    Combined {
        operator: Operator,
        members: Vec<View<'a>>,
        /// The keyword that has the members; `None` where the schema's own keywords are put together.
        keyword: Option<&'static str>,
    },
    /// Not looked at yet.
    Unread,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    All,
    Any,
    One,
}

impl Operator {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::All => "allOf",
            Self::Any => "anyOf",
            Self::One => "oneOf",
        }
    }
}

impl Kind<'_> {
    /// A number for each kind, so that parts of one schema can be told apart.
    pub(super) fn number(&self) -> u8 {
        match self {
            Self::Empty => 0,
            Self::False => 1,
            Self::Null => 2,
            Self::Boolean => 3,
            Self::String => 4,
            Self::Number { .. } => 5,
            Self::Array => 6,
            Self::Object => 7,
            Self::Enum => 8,
            Self::Const => 9,
            Self::Not => 10,
            Self::Combined {
                keyword: None,
                operator: Operator::All,
                ..
            } => 11,
            Self::Combined { keyword: None, .. } => 12,
            Self::Combined {
                operator: Operator::All,
                ..
            } => 13,
            Self::Combined {
                operator: Operator::Any,
                ..
            } => 14,
            Self::Combined {
                operator: Operator::One,
                ..
            } => 15,
            Self::Unread => 16,
        }
    }

    /// What it is called in messages.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Empty | Self::Unread => "any value",
            Self::False => "no value",
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::String => "string",
            Self::Number { integer: true } => "integer",
            Self::Number { integer: false } => "number",
            Self::Array => "array",
            Self::Object => "object",
            Self::Enum => "enum",
            Self::Const => "const",
            Self::Not => "not",
            Self::Combined {
                keyword: Some(keyword), ..
            } => keyword,
            Self::Combined {
                operator: Operator::Any,
                ..
            } => "several types",
            Self::Combined { .. } => "keywords of several kinds",
        }
    }
}

const OF_STRING: [&str; 4] = ["format", "maxLength", "minLength", "pattern"];
const OF_NUMBER: [&str; 5] = [
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maximum",
    "minimum",
    "multipleOf",
];
const OF_ARRAY: [&str; 10] = [
    "additionalItems",
    "contains",
    "items",
    "maxContains",
    "maxItems",
    "minContains",
    "minItems",
    "prefixItems",
    "unevaluatedItems",
    "uniqueItems",
];
const OF_OBJECT: [&str; 11] = [
    "additionalProperties",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "maxProperties",
    "minProperties",
    "patternProperties",
    "properties",
    "propertyNames",
    "required",
    "unevaluatedProperties",
];

/// The schema at a node, its `$ref` followed.
pub(super) fn view<'a>(document: &'a JsonDocument, node: &Node<'a>) -> View<'a> {
    let mut parts = Vec::new();
    let mut own = document.resolved(node);
    if node.get("$ref").is_some() && node.draft.reads_beside_ref() && node.members().is_some_and(|all| all.len() > 1) {
        // The keywords beside a `$ref` count too, so both are parts.
        parts.push(view(document, &own));
        own = node.clone();
    } else if own.get("$ref").is_some() && document.target(&own).is_some() {
        return view(document, &own);
    }
    let Some(members) = own.members() else {
        let kind = match own.value {
            Value::Bool(false) => Kind::False,
            _ => Kind::Empty,
        };
        return View { node: own, kind };
    };
    let has = |keywords: &[&str]| keywords.iter().any(|keyword| members.contains_key(*keyword));
    let part = |kind: Kind<'a>| View {
        node: own.clone(),
        kind,
    };
    match members.get("type") {
        Some(Value::Array(types)) => {
            let members: Vec<View<'a>> = types.iter().filter_map(|name| kind(name.as_str()?)).map(part).collect();
            match <[View<'a>; 1]>::try_from(members) {
                Ok([one]) => parts.push(one),
                Err(members) => parts.push(part(Kind::Combined {
                    operator: Operator::Any,
                    members,
                    keyword: None,
                })),
            }
        }
        Some(name) => parts.extend(name.as_str().and_then(kind).map(part)),
        None => {
            for (keywords, kind) in [
                (&OF_STRING[..], Kind::String),
                (&OF_NUMBER[..], Kind::Number { integer: false }),
                (&OF_ARRAY[..], Kind::Array),
                (&OF_OBJECT[..], Kind::Object),
            ] {
                if has(keywords) {
                    parts.push(part(kind));
                }
            }
        }
    }
    if has(&["enum"]) {
        parts.push(part(Kind::Enum));
    }
    if has(&["const"]) {
        parts.push(part(Kind::Const));
    }
    if has(&["not"]) {
        parts.push(part(Kind::Not));
    }
    for (keyword, operator) in [
        ("allOf", Operator::All),
        ("anyOf", Operator::Any),
        ("oneOf", Operator::One),
    ] {
        if has(&[keyword]) {
            parts.push(part(Kind::Combined {
                operator,
                members: own.list(keyword).iter().map(|member| lazy(member)).collect(),
                keyword: Some(keyword),
            }));
        }
    }
    match <[View<'a>; 1]>::try_from(parts) {
        Ok([one]) => one,
        Err(parts) if parts.is_empty() => part(Kind::Empty),
        Err(parts) => part(Kind::Combined {
            operator: Operator::All,
            members: parts,
            keyword: None,
        }),
    }
}

/// A member that is looked at later: it may lead back to where it stands.
pub(super) fn lazy<'a>(node: &Node<'a>) -> View<'a> {
    View {
        node: node.clone(),
        kind: Kind::Unread,
    }
}

fn kind<'a>(name: &str) -> Option<Kind<'a>> {
    Some(match name {
        "null" => Kind::Null,
        "boolean" => Kind::Boolean,
        "string" => Kind::String,
        "number" => Kind::Number { integer: false },
        "integer" => Kind::Number { integer: true },
        "array" => Kind::Array,
        "object" => Kind::Object,
        _ => return None,
    })
}
