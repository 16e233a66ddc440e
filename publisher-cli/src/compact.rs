//! A committed text as publishers register it: the same without white space between its parts.
//!
//! Publishers look for their schema by this text, so registering it from the committed file gives it the same id.

use std::collections::BTreeMap;
use std::sync::Arc;

use publisher_core::registry::{SchemaReference, SchemaText};

/// The schema and all that it refers to, compact.
pub(crate) fn compact(schema: &SchemaText) -> SchemaText {
    within(schema, &mut BTreeMap::new())
}

fn within(schema: &SchemaText, known: &mut BTreeMap<Arc<str>, SchemaText>) -> SchemaText {
    let mut references = Vec::with_capacity(schema.references.len());
    for reference in &*schema.references {
        let compacted = match known.get(&reference.name) {
            Some(compacted) => compacted.clone(),
            None => within(&reference.schema, known),
        };
        known.insert(Arc::clone(&reference.name), compacted.clone());
        references.push(SchemaReference {
            schema: compacted,
            ..reference.clone()
        });
    }
    SchemaText::new(schema.schema_type, text(&schema.text)).with_references(references)
}

/// White space outside of strings means nothing in JSON.
fn text(text: &str) -> String {
    let mut compact = String::with_capacity(text.len());
    let (mut quoted, mut escaped) = (false, false);
    for symbol in text.chars() {
        if quoted {
            quoted = escaped || symbol != '"';
            escaped = !escaped && symbol == '\\';
        } else if matches!(symbol, ' ' | '\t' | '\n' | '\r') {
            continue;
        } else {
            quoted = symbol == '"';
        }
        compact.push(symbol);
    }
    compact
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_stay_as_they_are() {
        assert_eq!(
            text("{ \"a\\\" b\" :\n\t[ 1, \"\\\\\" , \" \" ] }\r\n"),
            "{\"a\\\" b\":[1,\"\\\\\",\" \"]}"
        );
        assert_eq!(text(""), "");
    }
}
