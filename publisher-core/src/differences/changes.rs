//! Fields and parts of them that came, went or changed.
//!
//! Whether a difference breaks anybody is not known here.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde_json::Value;

use super::fields::Fields;
use super::texts::{normalized, texts};
use crate::compatibility::Place;
use crate::registry::{SchemaText, SchemaType};

/// Longer values are cut.
const LONGEST_VALUE: usize = 120;

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// Which kind.
    pub kind: ChangeKind,
    /// The field and what of it: `lines.quantity`, `lines.quantity type`.
    pub what: String,
    /// What the older schema has; `None` for an addition.
    pub older: Option<String>,
    /// What the newer schema has; `None` for a removal.
    pub newer: Option<String>,
}

/// Which kind of difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// The newer schema has it alone.
    Added,
    /// The older schema had it alone.
    Removed,
    /// Both have it, and not the same.
    Changed,
}

impl Change {
    /// `+`, `-` or `~`.
    #[must_use]
    pub fn sign(&self) -> &'static str {
        match self.kind {
            ChangeKind::Added => "+",
            ChangeKind::Removed => "-",
            ChangeKind::Changed => "~",
        }
    }

    /// The difference in one line without its sign.
    #[must_use]
    pub fn words(&self) -> String {
        match (&self.older, &self.newer) {
            (Some(older), Some(newer)) => format!("{}: {older} -> {newer}", self.what),
            (Some(value), None) | (None, Some(value)) => format!("{}: {value}", self.what),
            (None, None) => self.what.clone(),
        }
    }
}

/// All differences, the schema's own text first. How an Avro schema spells its names and its attributes is none, as far as
/// both are valid. Texts that are no JSON are passed over.
#[must_use]
pub fn changes(older: &SchemaText, newer: &SchemaText) -> Vec<Change> {
    if (older.schema_type, newer.schema_type) == (SchemaType::Avro, SchemaType::Avro)
        && let (Some(older), Some(newer)) = (normalized(older), normalized(newer))
    {
        return between(&older, &newer);
    }
    between(older, newer)
}

fn between(older: &SchemaText, newer: &SchemaText) -> Vec<Change> {
    let (older_texts, newer_texts) = (texts(older), texts(newer));
    let (older_fields, newer_fields) = (Fields::of(older), Fields::of(newer));
    let mut found = Vec::new();
    for (name, text) in &newer_texts {
        match older_texts.get(name) {
            Some(before) => {
                let mut walk = Walk {
                    reference: (!name.is_empty()).then(|| Arc::clone(name)),
                    older_fields: &older_fields,
                    newer_fields: &newer_fields,
                    found: &mut found,
                };
                walk.texts(before, text);
            }
            None => found.push(Change {
                kind: ChangeKind::Added,
                what: format!("reference to {name}"),
                older: None,
                newer: None,
            }),
        }
    }
    for name in older_texts.keys().filter(|name| !newer_texts.contains_key(*name)) {
        found.push(Change {
            kind: ChangeKind::Removed,
            what: format!("reference to {name}"),
            older: None,
            newer: None,
        });
    }
    found
}

struct Walk<'a> {
    reference: Option<Arc<str>>,
    older_fields: &'a Fields,
    newer_fields: &'a Fields,
    found: &'a mut Vec<Change>,
}

/// A value and its pointer.
#[derive(Clone)]
struct Part<'a>(&'a Value, String);

impl<'a> Part<'a> {
    fn member(&self, name: &str) -> Option<Part<'a>> {
        let value = self.0.get(name)?;
        Some(Part(
            value,
            format!("{}/{}", self.1, name.replace('~', "~0").replace('/', "~1")),
        ))
    }

    fn items(&self) -> Vec<Part<'a>> {
        let items = self.0.as_array().into_iter().flatten().enumerate();
        items
            .map(|(index, item)| Part(item, format!("{}/{index}", self.1)))
            .collect()
    }
}

impl Walk<'_> {
    fn texts(&mut self, older: &str, newer: &str) {
        if let (Ok(older), Ok(newer)) = (serde_json::from_str(older), serde_json::from_str(newer)) {
            self.pair(&Part(&older, String::new()), &Part(&newer, String::new()));
        }
    }

    fn pair(&mut self, older: &Part<'_>, newer: &Part<'_>) {
        if older.0 == newer.0 {
            return;
        }
        match (older.0, newer.0) {
            (Value::Object(before), Value::Object(after)) => {
                for name in after.keys() {
                    match (older.member(name), newer.member(name)) {
                        (Some(older), Some(newer)) => self.pair(&older, &newer),
                        (_, Some(newer)) => self.added(&newer),
                        _ => {}
                    }
                }
                for name in before.keys().filter(|name| !after.contains_key(*name)) {
                    if let Some(gone) = older.member(name) {
                        self.removed(&gone);
                    }
                }
            }
            (Value::Array(before), Value::Array(after)) => match (names(before), names(after)) {
                (Some(before), Some(after)) => self.named(older, &before, newer, &after),
                _ => self.changed(older, newer),
            },
            _ => self.changed(older, newer),
        }
    }

    /// Fields, branches, symbols: things that are known by a name.
    fn named(&mut self, older: &Part<'_>, before: &[String], newer: &Part<'_>, after: &[String]) {
        let (older_items, newer_items) = (older.items(), newer.items());
        let known: HashMap<&String, &Part<'_>> = before.iter().zip(&older_items).collect();
        let left: HashSet<&String> = after.iter().collect();
        for (name, item) in after.iter().zip(&newer_items) {
            match known.get(name) {
                Some(older) => self.pair(older, item),
                None => self.added(item),
            }
        }
        for (name, item) in before.iter().zip(&older_items) {
            if !left.contains(name) {
                self.removed(item);
            }
        }
        let before: Vec<&str> = before
            .iter()
            .filter(|name| left.contains(name))
            .map(String::as_str)
            .collect();
        let after: Vec<&str> = after
            .iter()
            .filter(|name| known.contains_key(name))
            .map(String::as_str)
            .collect();
        if before != after {
            let what = format!("{}order", self.label_of(newer, self.newer_fields));
            self.push(
                ChangeKind::Changed,
                what,
                Some(before.join(", ")),
                Some(after.join(", ")),
            );
        }
    }

    fn added(&mut self, part: &Part<'_>) {
        let what = self.label(part, self.newer_fields);
        self.push(ChangeKind::Added, what, None, Some(shown(part.0)));
    }

    fn removed(&mut self, part: &Part<'_>) {
        let what = self.label(part, self.older_fields);
        self.push(ChangeKind::Removed, what, Some(shown(part.0)), None);
    }

    fn changed(&mut self, older: &Part<'_>, newer: &Part<'_>) {
        let what = self.label(newer, self.newer_fields);
        self.push(ChangeKind::Changed, what, Some(shown(older.0)), Some(shown(newer.0)));
    }

    fn push(&mut self, kind: ChangeKind, what: String, older: Option<String>, newer: Option<String>) {
        self.found.push(Change {
            kind,
            what,
            older,
            newer,
        });
    }

    /// The field that a part is or belongs to, and which part of it.
    fn label(&self, part: &Part<'_>, fields: &Fields) -> String {
        let label = self.label_of(part, fields);
        let label = label.trim_end();
        if label.is_empty() {
            "schema".to_owned()
        } else {
            label.to_owned()
        }
    }

    /// The same with a space behind it, if there is something.
    fn label_of(&self, part: &Part<'_>, fields: &Fields) -> String {
        let place = Place {
            reference: self.reference.clone(),
            pointer: part.1.clone(),
        };
        let field = fields.around(&place);
        let path = field.map_or("", |field| field.path.as_str());
        let rest = field.map_or(part.1.as_str(), |field| &part.1[field.place.pointer.len()..]);
        let mut label = String::new();
        if !path.is_empty() {
            label.push_str(&format!("field {path} "));
        } else if let Some(reference) = &self.reference {
            label.push_str(&format!("{reference} "));
        }
        let rest: Vec<&str> = rest.split('/').filter(|token| !token.is_empty()).collect();
        if !rest.is_empty() {
            label.push_str(&format!("{} ", rest.join(" ")));
        }
        label
    }
}

/// The names of the items, if each has one and no two have the same.
fn names(items: &[Value]) -> Option<Vec<String>> {
    let name = |item: &Value| match item {
        Value::String(text) => Some(text.clone()),
        Value::Object(members) => {
            let named = members
                .get("name")
                .or_else(|| members.get("$ref"))
                .or_else(|| members.get("type"));
            named.and_then(Value::as_str).map(str::to_owned)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => Some(item.to_string()),
        Value::Array(_) => None,
    };
    let names: Vec<String> = items.iter().map(name).collect::<Option<_>>()?;
    let mut sorted = names.clone();
    sorted.sort();
    sorted.dedup();
    (sorted.len() == names.len()).then_some(names)
}

/// A value in one line; of a field its type and what else it has.
fn shown(value: &Value) -> String {
    let text = match value {
        Value::Object(members) if members.contains_key("name") && members.contains_key("type") => {
            // The normal form writes the order that every field has.
            let rest = members.iter().filter(|(name, value)| {
                !["name", "type", "doc"].contains(&name.as_str()) && (*name != "order" || *value != "ascending")
            });
            let rest: String = rest.map(|(name, value)| format!(", {name} {value}")).collect();
            format!("{}{rest}", plain(&members["type"]))
        }
        value => plain(value),
    };
    if text.chars().count() > LONGEST_VALUE {
        let cut: String = text.chars().take(LONGEST_VALUE).collect();
        return format!("{cut}…");
    }
    text
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(schema_type: SchemaType, older: &str, newer: &str, expected: &[&str]) {
        let found = changes(
            &SchemaText::new(schema_type, older),
            &SchemaText::new(schema_type, newer),
        );
        let found: Vec<String> = found
            .iter()
            .map(|change| format!("{} {}", change.sign(), change.words()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn avro() {
        check(
            SchemaType::Avro,
            r#"{"type":"record","name":"Order","doc":"old","fields":[
                {"name":"a","type":"int"},{"name":"b","type":["null","string"],"default":null},
                {"name":"lines","type":{"type":"array","items":{"type":"record","name":"Line","fields":[
                    {"name":"quantity","type":"int"},{"name":"gone","type":"bytes"}]}}},
                {"name":"kind","type":{"type":"enum","name":"Kind","symbols":["X","Y"]}}]}"#,
            r#"{"type":"record","name":"Order","doc":"new","fields":[
                {"name":"b","type":["null","string","long"],"default":null},{"name":"a","type":"long"},
                {"name":"lines","type":{"type":"array","items":{"type":"record","name":"Line","fields":[
                    {"name":"quantity","type":"int","doc":"so many"},{"name":"new","type":"string","default":"x","doc":"d"}]}}},
                {"name":"kind","type":{"type":"enum","name":"Kind","symbols":["X","Z"]}}]}"#,
            &[
                "~ doc: old -> new",
                "+ field b type 2: long",
                "~ field a type: int -> long",
                "+ field lines.quantity doc: so many",
                "+ field lines.new: string, default \"x\"",
                "- field lines.gone: bytes",
                "+ field kind type symbols 1: Z",
                "- field kind type symbols 1: Y",
                "~ fields order: a, b, lines, kind -> b, a, lines, kind",
            ],
        );
    }

    #[test]
    fn json() {
        check(
            SchemaType::Json,
            r#"{"properties":{"a":{"type":"string"},"b":{}},"required":["a","b"],"additionalProperties":false}"#,
            r#"{"properties":{"a":{"type":"string","maxLength":3},"c":{"type":"integer"}},"required":["a"]}"#,
            &[
                "+ field a maxLength: 3",
                "+ field c: {\"type\":\"integer\"}",
                "- field b: {}",
                "- required 1: b",
                "- additionalProperties: false",
            ],
        );
        check(SchemaType::Json, "true", "false", &["~ schema: true -> false"]);
    }

    /// What a registry that normalizes gives back differs from what was sent in nothing that anybody wrote.
    #[test]
    fn the_spelling_of_avro_is_no_difference() {
        let sent = r#"{"type":"record","name":"Order","namespace":"a","fields":[{"name":"id","type":"string"}]}"#;
        let normal =
            r#"{"name":"a.Order","type":"record","fields":[{"name":"id","type":"string","order":"ascending"}]}"#;
        check(SchemaType::Avro, sent, normal, &[]);
        let longer = normal.replace(
            "}]}",
            r#"},{"name":"n","type":"int","order":"ascending","default":0}]}"#,
        );
        check(SchemaType::Avro, sent, &longer, &["+ field n: int, default 0"]);
    }
}
