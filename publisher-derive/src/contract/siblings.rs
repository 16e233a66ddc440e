//! The committed schemas that a committed schema refers to: files of shared types, in the same folder.
//!
//! One that is missing is no error here: its type stands by name alone then, and the test that compares the texts says
//! which file there should be.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::attr::Encoding;

/// A file of a shared type.
pub(super) struct Sibling {
    /// What refers to it: the full name, for JSON with `.json`.
    pub(super) reference: String,
    pub(super) path: PathBuf,
    pub(super) schema: Value,
}

/// Every file that `root`, which stands in the file `path`, leads to.
pub(super) fn load(path: &Path, root: &Value, encoding: Encoding) -> Vec<Sibling> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut found: Vec<Sibling> = Vec::new();
    let mut wanted = references(root, encoding);
    while let Some(reference) = wanted.pop() {
        if found.iter().any(|sibling| sibling.reference == reference) {
            continue;
        }
        let file = match encoding {
            Encoding::Avro => format!("{reference}.avsc"),
            Encoding::Json => reference.clone(),
        };
        // A name and nothing more: no reference leads out of the folder.
        let path = folder.join(&file);
        let text = (!file.contains(['/', '\\']))
            .then(|| fs::read_to_string(&path).ok())
            .flatten();
        if let Some(schema) = text.and_then(|text| serde_json::from_str(&text).ok()) {
            wanted.extend(references(&schema, encoding));
            found.push(Sibling {
                reference,
                path,
                schema,
            });
        }
    }
    found
}

/// What a schema may refer to: for Avro every text with a point, of which most are no files.
fn references(schema: &Value, encoding: Encoding) -> Vec<String> {
    let mut all = Vec::new();
    collect(schema, encoding, &mut all);
    all
}

fn collect(value: &Value, encoding: Encoding, all: &mut Vec<String>) {
    match (value, encoding) {
        (Value::String(text), Encoding::Avro) if text.contains('.') && !text.contains(' ') => all.push(text.clone()),
        (Value::Array(items), _) => items.iter().for_each(|item| collect(item, encoding, all)),
        (Value::Object(members), _) => {
            for (name, member) in members {
                match member {
                    Value::String(reference) if name == "$ref" && !reference.starts_with('#') => {
                        all.push(reference.clone());
                    }
                    // Names and documentation are no types.
                    Value::String(_) if !matches!(name.as_str(), "type" | "items" | "values") => {}
                    other => collect(other, encoding, all),
                }
            }
        }
        _ => {}
    }
}
