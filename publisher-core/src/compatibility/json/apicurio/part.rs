//! A JSON Schema as Apicurio Registry reads it: every object is one part, or an `allOf` of the parts of which it has
//! several.
//!
//! Enumerations, combinations, `not`, `const`, types and groups of keywords without a type are parts of their own. Knows
//! no pair and no rule.

use serde_json::{Map, Value};

/// The drafts that the registry tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Draft {
    Four,
    Six,
    Seven,
}

impl Draft {
    /// The draft of a text; `None` for one that the registry cannot compare. Without `$schema` the registry refuses a
    /// text when it is registered, so that there is no verdict to follow: draft-07, as everywhere else.
    pub(super) fn of(root: &Value) -> Option<Self> {
        let Some(url) = root.get("$schema").and_then(Value::as_str) else {
            return Some(Self::Seven);
        };
        let name = url.trim_start_matches("https://").trim_start_matches("http://");
        [
            ("json-schema.org/draft-04/schema", Self::Four),
            ("json-schema.org/draft-06/schema", Self::Six),
            ("json-schema.org/draft-07/schema", Self::Seven),
        ]
        .into_iter()
        .find_map(|(prefix, draft)| name.starts_with(prefix).then_some(draft))
    }

    fn object_keywords(self) -> &'static [&'static str] {
        let all = &[
            "properties",
            "required",
            "minProperties",
            "maxProperties",
            "dependencies",
            "patternProperties",
            "additionalProperties",
            "propertyNames",
        ];
        if self < Self::Six { &all[..7] } else { all }
    }

    fn array_keywords(self) -> &'static [&'static str] {
        let all = &[
            "items",
            "additionalItems",
            "minItems",
            "maxItems",
            "uniqueItems",
            "contains",
        ];
        if self < Self::Six { &all[..5] } else { all }
    }

    /// Whether the registry knows a format; one that it does not know is as none.
    pub(super) fn knows_format(self, format: &str) -> bool {
        const FOUR: &[&str] = &["date-time", "uri", "email", "ipv4", "ipv6", "hostname"];
        const SIX: &[&str] = &["json-pointer", "uri-reference", "uri-template"];
        const SEVEN: &[&str] = &["date", "time", "regex", "relative-json-pointer"];
        FOUR.contains(&format)
            || self >= Self::Six && SIX.contains(&format)
            || self >= Self::Seven && SEVEN.contains(&format)
    }
}

const NUMBER_KEYWORDS: &[&str] = &[
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
];
const STRING_KEYWORDS: &[&str] = &["minLength", "maxLength", "pattern", "format"];
const CONDITIONAL_KEYWORDS: &[&str] = &["if", "then", "else"];

/// How many members of a combination a value has to satisfy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Criterion {
    All,
    Any,
    One,
}

impl Criterion {
    pub(super) fn keyword(self) -> &'static str {
        match self {
            Self::All => "allOf",
            Self::Any => "anyOf",
            Self::One => "oneOf",
        }
    }
}

/// What a schema, or a part of it, is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Part {
    /// `{}`, and `true`.
    Empty,
    False,
    Reference,
    Enum,
    Const,
    Not,
    Conditional,
    /// A keyword such as `oneOf`.
    Combined(Criterion),
    /// A list of types.
    Types,
    /// Several parts in one object.
    Several,
    /// An `anyOf` that the registry puts around a string where the other side has a combination.
    Wrapped,
    Boolean,
    Null,
    String,
    Number {
        integer: bool,
    },
    Object,
    Array,
}

impl Part {
    /// The name for messages.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Empty => "anything",
            Self::False => "nothing",
            Self::Reference => "a reference",
            Self::Enum => "an enumeration",
            Self::Const => "a constant",
            Self::Not => "a `not`",
            Self::Conditional => "a condition",
            Self::Combined(criterion) => match criterion {
                Criterion::All => "an `allOf`",
                Criterion::Any => "an `anyOf`",
                Criterion::One => "a `oneOf`",
            },
            Self::Types => "a list of types",
            Self::Several => "keywords of several kinds",
            Self::Wrapped | Self::String => "a string",
            Self::Boolean => "a boolean",
            Self::Null => "null",
            Self::Number { integer: true } => "an integer",
            Self::Number { integer: false } => "a number",
            Self::Object => "an object",
            Self::Array => "an array",
        }
    }

    /// How a combination combines; `None` for what is none.
    pub(super) fn criterion(self) -> Option<Criterion> {
        match self {
            Self::Combined(criterion) => Some(criterion),
            Self::Several => Some(Criterion::All),
            Self::Types | Self::Wrapped => Some(Criterion::Any),
            _ => None,
        }
    }

    /// Whether two parts are of one class for the registry.
    pub(super) fn same_class(self, other: Self) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }
}

/// What a whole schema is.
pub(super) fn part_of(schema: &Value, draft: Draft) -> Part {
    match schema {
        Value::Bool(false) => Part::False,
        Value::Object(members) => {
            let parts = parts(members, draft);
            match *parts.as_slice() {
                [] => Part::Empty,
                [part] => part,
                _ => Part::Several,
            }
        }
        _ => Part::Empty,
    }
}

/// The parts of an object, in the order in which the registry takes them out.
pub(super) fn parts(members: &Map<String, Value>, draft: Draft) -> Vec<Part> {
    if members.contains_key("$ref") {
        return vec![Part::Reference];
    }
    let mut parts = Vec::new();
    let mut consumed: Vec<&str> = Vec::new();
    if members.contains_key("enum") {
        parts.push(Part::Enum);
    }
    for criterion in [Criterion::All, Criterion::Any, Criterion::One] {
        if members.contains_key(criterion.keyword()) {
            parts.push(Part::Combined(criterion));
        }
    }
    if members.contains_key("not") {
        parts.push(Part::Not);
    }
    if draft >= Draft::Six && members.contains_key("const") {
        parts.push(Part::Const);
    }
    match members.get("type") {
        Some(Value::String(name)) => {
            if let Some(part) = typed(name) {
                consumed.extend_from_slice(keywords(part, draft));
                parts.push(part);
            }
        }
        Some(Value::Array(names)) => {
            for part in names.iter().filter_map(Value::as_str).filter_map(typed) {
                consumed.extend_from_slice(keywords(part, draft));
            }
            parts.push(Part::Types);
        }
        _ => {}
    }
    for part in [Part::Array, Part::Object, Part::Number { integer: false }, Part::String] {
        let left = |keyword: &&str| members.contains_key(*keyword) && !consumed.contains(keyword);
        if keywords(part, draft).iter().any(left) {
            parts.push(part);
        }
    }
    if draft >= Draft::Seven
        && CONDITIONAL_KEYWORDS
            .iter()
            .any(|keyword| members.contains_key(*keyword))
    {
        parts.push(Part::Conditional);
    }
    parts
}

/// The parts that a list of types names.
pub(super) fn listed_types(members: &Map<String, Value>) -> Vec<Part> {
    let names = members.get("type").and_then(Value::as_array);
    names
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .filter_map(typed)
        .collect()
}

fn typed(name: &str) -> Option<Part> {
    Some(match name {
        "string" => Part::String,
        "integer" => Part::Number { integer: true },
        "number" => Part::Number { integer: false },
        "boolean" => Part::Boolean,
        "null" => Part::Null,
        "array" => Part::Array,
        "object" => Part::Object,
        _ => return None,
    })
}

/// The keywords that a typed part takes.
fn keywords(part: Part, draft: Draft) -> &'static [&'static str] {
    match part {
        Part::Array => draft.array_keywords(),
        Part::Object => draft.object_keywords(),
        Part::Number { .. } => NUMBER_KEYWORDS,
        Part::String => STRING_KEYWORDS,
        _ => &[],
    }
}
