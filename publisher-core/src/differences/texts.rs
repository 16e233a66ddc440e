//! All texts of a schema, and whether those of two say the same.
//!
//! Pure; knows no keyword of either language itself.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use crate::compatibility::SchemaDocument;
use crate::registry::{SchemaReference, SchemaText, SchemaType};
use crate::schema::avsc::AvroSchema;

/// The texts of a schema by name, its own under the empty one.
pub type Texts = BTreeMap<Arc<str>, Arc<str>>;

/// All texts of a schema, each once, however many others refer to it.
#[must_use]
pub fn texts(schema: &SchemaText) -> Texts {
    let named = schemas(schema).into_iter();
    named.map(|(name, schema)| (name, Arc::clone(&schema.text))).collect()
}

/// Whether two schemas say the same, doc included, whatever their layout, the order of their members, and how names are
/// written: a registry that normalizes gives back the normal form of what it was sent.
#[must_use]
pub fn same(one: &SchemaText, other: &SchemaText) -> bool {
    let (one_schemas, other_schemas) = (schemas(one), schemas(other));
    one.schema_type == other.schema_type
        && one_schemas.len() == other_schemas.len()
        && one_schemas.iter().all(|(name, schema)| {
            let found = other_schemas.get(name);
            found.is_some_and(|found| same_text(schema, found))
        })
}

fn schemas(schema: &SchemaText) -> BTreeMap<Arc<str>, &SchemaText> {
    fn collect<'a>(name: Arc<str>, schema: &'a SchemaText, found: &mut BTreeMap<Arc<str>, &'a SchemaText>) {
        if found.insert(name, schema).is_none() {
            for reference in &*schema.references {
                if !found.contains_key(&reference.name) {
                    collect(Arc::clone(&reference.name), &reference.schema, found);
                }
            }
        }
    }
    let mut found = BTreeMap::new();
    collect(Arc::from(""), schema, &mut found);
    found
}

/// Whether two texts say the same, whatever they refer to.
fn same_text(one: &SchemaText, other: &SchemaText) -> bool {
    if one.text == other.text {
        return true;
    }
    let value = |schema: &SchemaText| serde_json::from_str::<Value>(&schema.text).ok();
    let (Some(one_value), Some(other_value)) = (value(one), value(other)) else {
        return false;
    };
    // Most texts that differ do so in more than their layout, and are not read any further than this if they are JSON.
    one_value == other_value || one.schema_type == SchemaType::Avro && same_normal_form(one, other)
}

fn same_normal_form(one: &SchemaText, other: &SchemaText) -> bool {
    normal_form(one).is_some_and(|form| Some(form) == normal_form(other))
}

/// The normal form of an Avro text, if it is one.
fn normal_form(schema: &SchemaText) -> Option<String> {
    let document = SchemaDocument::parse(schema).ok()?;
    document.avro().map(AvroSchema::normal_form)
}

/// An Avro schema and all that it refers to in their normal forms, so that two are spelled alike; `None` if a text is
/// none.
pub(super) fn normalized(schema: &SchemaText) -> Option<SchemaText> {
    fn within(schema: &SchemaText, done: &mut BTreeMap<Arc<str>, SchemaText>) -> Option<SchemaText> {
        let mut references = Vec::with_capacity(schema.references.len());
        for reference in &*schema.references {
            let normal = match done.get(&reference.name) {
                Some(normal) => normal.clone(),
                None => within(&reference.schema, done)?,
            };
            done.insert(Arc::clone(&reference.name), normal.clone());
            references.push(SchemaReference {
                schema: normal,
                ..reference.clone()
            });
        }
        Some(SchemaText {
            text: normal_form(schema)?.into(),
            ..schema.clone().with_references(references)
        })
    }
    within(schema, &mut BTreeMap::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(one: &SchemaText, other: &SchemaText, expected: bool) {
        assert_eq!(same(one, other), expected, "{} {}", one.text, other.text);
        assert_eq!(same(other, one), expected, "{} {}", other.text, one.text);
    }

    #[test]
    fn layout_and_the_spelling_of_names_do_not_count() {
        let avro = |text: &str| SchemaText::new(SchemaType::Avro, text);
        let one = avro(r#"{"type":"record","name":"A","namespace":"n","doc":"d","fields":[{"name":"x","type":"A"}]}"#);
        for (text, expected) in [
            (
                r#"{"fields":[{"type":"A","name":"x"}],"doc":"d","namespace":"n","name":"A","type":"record"}"#,
                true,
            ),
            (
                r#"{"name":"n.A","type":"record","fields":[{"name":"x","type":"n.A","order":"ascending"}],"doc":"d"}"#,
                true,
            ),
            (
                r#"{"name":"n.A","type":"record","fields":[{"name":"x","type":"n.A","order":"ignore"}],"doc":"d"}"#,
                false,
            ),
            (
                r#"{"name":"n.A","type":"record","fields":[{"name":"x","type":"n.A"}],"doc":"e"}"#,
                false,
            ),
            (
                r#"{"name":"n.A","type":"record","fields":[{"name":"x","type":"B"}]}"#,
                false,
            ),
            ("no JSON", false),
        ] {
            check(&one, &avro(text), expected);
        }
        let json = |text: &str| SchemaText::new(SchemaType::Json, text);
        check(
            &json(r#"{"type":"object","title":"T"}"#),
            &json(r#"{"title": "T", "type": "object"}"#),
            true,
        );
        check(&json(r#"{"type":"object"}"#), &json(r#"{"type":["object"]}"#), false);
        check(&json("{}"), &avro("{}"), false);
    }

    #[test]
    fn what_is_referred_to_counts() {
        let order = |text: &str, money: &str| {
            let money = SchemaReference {
                name: "a.Money".into(),
                subject: "money".into(),
                version: None,
                schema: SchemaText::new(SchemaType::Avro, money),
            };
            SchemaText::new(SchemaType::Avro, text).with_references([money])
        };
        let (text, money) = (
            r#"{"type":"record","name":"b.Order","fields":[{"name":"total","type":"a.Money"}]}"#,
            r#"{"type":"fixed","name":"Money","namespace":"a","size":8}"#,
        );
        let normal =
            r#"{"name":"b.Order","type":"record","fields":[{"name":"total","type":"a.Money","order":"ascending"}]}"#;
        let one = order(text, money);
        check(
            &one,
            &order(normal, r#"{"name":"a.Money","type":"fixed","size":8}"#),
            true,
        );
        check(
            &one,
            &order(normal, r#"{"name":"a.Money","type":"fixed","size":9}"#),
            false,
        );
        check(&one, &SchemaText::new(SchemaType::Avro, text), false);
    }
}
