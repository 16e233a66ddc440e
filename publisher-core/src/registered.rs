//! A type's schema as a registry gets it: its text, and under references the schemas of the shared types within.
//!
//! Where `schema`, which prints, and `registry`, which takes texts, meet; knows no event and makes no call.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

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

/// The name of the file in which the schema of a type is committed.
pub(crate) fn file_name(full_name: &str, encoding: Encoding) -> String {
    match encoding {
        Encoding::Avro => format!("{full_name}.avsc"),
        Encoding::Json => format!("{full_name}.json"),
    }
}

/// The laid out texts of all shared types within, each under the name of its file.
pub(crate) fn shared_files(root: &Shape, namespace: &'static str, encoding: Encoding) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut rest = shared_types(root, namespace);
    while let Some(SharedType {
        full_name,
        around,
        shape,
    }) = rest.pop()
    {
        if let Entry::Vacant(entry) = files.entry(file_name(&full_name, encoding)) {
            entry.insert(text(shape, around, encoding, JsonSettings::SHARED, Layout::Pretty));
            rest.extend(shared_types(shape, around));
        }
    }
    files
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::sample::{self, field};
    use crate::schema::{Field, Record, Recursive};

    const fn record(name: &'static str, fields: &'static [Field]) -> Record {
        Record {
            shared: true,
            ..sample::record(name, Some("a"), fields)
        }
    }

    const NODE_BY_NAME: Shape = Shape::Recursive(Recursive {
        name: "Node",
        namespace: Some("a"),
        shared: true,
        define: || &NODE,
    });
    const NODE: Shape = Shape::Record(&record("Node", &[field("parent", &Shape::Optional(&NODE_BY_NAME))]));
    const LEAF: Shape = Shape::Record(&record("Leaf", &[field("node", &NODE_BY_NAME)]));

    #[test]
    fn a_shared_type_may_hold_itself() {
        let node = registered(&NODE, "a", Encoding::Avro, JsonSettings::SHARED);
        assert!(node.references.is_empty());
        assert!(node.text.contains(r#"["null","a.Node"]"#), "{}", node.text);
        let node = registered(&NODE, "a", Encoding::Json, JsonSettings::SHARED);
        assert!(node.text.contains(r##"{"$ref":"#"}"##), "{}", node.text);

        for (encoding, subject) in [(Encoding::Avro, "a.Node"), (Encoding::Json, "a.Node.json")] {
            let leaf = registered(&LEAF, "a", encoding, JsonSettings::SHARED);
            assert_eq!(leaf.references.len(), 1);
            assert_eq!(&*leaf.references[0].subject, subject);
            assert!(leaf.text.contains(&format!("\"{subject}\"")), "{}", leaf.text);
        }
    }

    /// No event with them compiles; whoever builds shapes by hand must not hang for it.
    #[test]
    fn two_that_lead_to_each_other_come_to_an_end() {
        const PING: Shape = Shape::Record(&record(
            "Ping",
            &[field(
                "pong",
                &Shape::Recursive(Recursive {
                    name: "Pong",
                    namespace: Some("a"),
                    shared: true,
                    define: || &PONG,
                }),
            )],
        ));
        const PONG: Shape = Shape::Record(&record(
            "Pong",
            &[field(
                "ping",
                &Shape::Recursive(Recursive {
                    name: "Ping",
                    namespace: Some("a"),
                    shared: true,
                    define: || &PING,
                }),
            )],
        ));
        let ping = registered(&PING, "a", Encoding::Avro, JsonSettings::SHARED);
        assert_eq!(ping.references.len(), 1);
        assert!(ping.references[0].schema.references.is_empty());
    }
}
