//! A type's schema as a registry gets it: its text, and under references the schemas of the shared types within.
//!
//! Where `schema`, which prints, and `registry`, which takes texts, meet; knows no event and makes no call.

use std::collections::BTreeMap;

use crate::event::Encoding;
use crate::registry::{SchemaReference, SchemaText, SchemaType};
use crate::schema::references::{SharedType, full_name, reference_name, shared_types};
use crate::schema::{JsonSettings, Layout, Shape, avro_text, json_text};

/// The text alone; the settings are for JSON.
pub(crate) fn text(
    root: &Shape,
    namespace: &'static str,
    encoding: Encoding,
    settings: JsonSettings,
    layout: Layout,
) -> String {
    match encoding {
        Encoding::Avro => avro_text(root, namespace, layout),
        Encoding::Json => json_text(root, namespace, settings, layout),
    }
}

/// The compact text with its references. Shared types are printed with settings of their own, whatever those of `root`.
pub(crate) fn registered(
    root: &Shape,
    namespace: &'static str,
    encoding: Encoding,
    settings: JsonSettings,
) -> SchemaText {
    let mut registering = Registering {
        encoding,
        open: full_name(root, namespace).into_iter().collect(),
        known: BTreeMap::new(),
    };
    registering.schema(root, namespace, settings)
}

struct Registering {
    encoding: Encoding,
    /// The types around. A shared type that leads back to one of them has no reference to it: the compiler refuses such
    /// types where it sees them, and where it does not, the registry refuses a text with an unknown name.
    open: Vec<String>,
    /// The shared types so far.
    known: BTreeMap<String, SchemaText>,
}

impl Registering {
    fn schema(&mut self, root: &Shape, namespace: &'static str, settings: JsonSettings) -> SchemaText {
        let schema_type = match self.encoding {
            Encoding::Avro => SchemaType::Avro,
            Encoding::Json => SchemaType::Json,
        };
        let text = text(root, namespace, self.encoding, settings, Layout::Compact);
        let references: Vec<_> = shared_types(root, namespace)
            .into_iter()
            .filter_map(|shared| self.reference(shared))
            .collect();
        SchemaText::new(schema_type, text).with_references(references)
    }

    fn reference(&mut self, shared: SharedType) -> Option<SchemaReference> {
        let SharedType {
            full_name,
            around,
            shape,
        } = shared;
        if self.open.contains(&full_name) {
            return None;
        }
        let name = reference_name(&full_name, self.encoding);
        let schema = match self.known.get(&full_name) {
            Some(schema) => schema.clone(),
            None => {
                self.open.push(full_name.clone());
                let schema = self.schema(shape, around, JsonSettings::SHARED);
                self.open.pop();
                self.known.insert(full_name, schema.clone());
                schema
            }
        };
        Some(SchemaReference {
            // One subject has one kind of schema: that of the JSON document has another name than that of the Avro type.
            subject: name.as_str().into(),
            name: name.into(),
            version: None,
            schema,
        })
    }
}
