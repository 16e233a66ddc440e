//! All texts of a schema, and whether those of two say the same.
//!
//! Pure: reads JSON, knows no keyword of either language.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use crate::registry::SchemaText;

/// The texts of a schema by name, its own under the empty one.
pub type Texts = BTreeMap<Arc<str>, Arc<str>>;

/// All texts of a schema, each once, however many others refer to it.
#[must_use]
pub fn texts(schema: &SchemaText) -> Texts {
    fn collect(name: Arc<str>, schema: &SchemaText, texts: &mut Texts) {
        if texts.insert(name, Arc::clone(&schema.text)).is_none() {
            for reference in &*schema.references {
                if !texts.contains_key(&reference.name) {
                    collect(Arc::clone(&reference.name), &reference.schema, texts);
                }
            }
        }
    }
    let mut found = BTreeMap::new();
    collect(Arc::from(""), schema, &mut found);
    found
}

/// Whether two schemas say the same, doc included, whatever their layout and the order of their members.
#[must_use]
pub fn same(one: &SchemaText, other: &SchemaText) -> bool {
    let equal = |one: &str, other: &str| {
        let value = |text: &str| serde_json::from_str::<Value>(text).ok();
        one == other || value(one).is_some_and(|read| Some(read) == value(other))
    };
    let (one_texts, other_texts) = (texts(one), texts(other));
    one.schema_type == other.schema_type
        && one_texts.len() == other_texts.len()
        && one_texts
            .iter()
            .all(|(name, text)| other_texts.get(name).is_some_and(|found| equal(text, found)))
}
