//! A random pair with the project's own verdict on it.

use publisher_core::compatibility::{Dialect, SchemaDocument, compare};
use publisher_core::lint;
use publisher_core::registry::{SchemaText, SchemaType};
use serde_json::json;

use super::edit::edit;
use super::generate;
use super::random::Random;
use super::value;

/// So many values of the writer's schema are read with the reader's.
const ROWS: usize = 3;

/// How many edits lead from the older schema to the newer. Some pairs are equal but for the way they are written.
const EDITS: [usize; 8] = [0, 1, 2, 3, 4, 4, 5, 6];

/// A newer schema, the reader's, beside the older, the writer's.
pub(crate) struct Pair {
    pub(crate) number: u64,
    pub(crate) reader: String,
    pub(crate) writer: String,
    pub(crate) ours: Result<Verdict, String>,
    /// Whether one of the texts names a type without namespace from within one.
    pub(crate) beyond_namespace: bool,
    /// Whether the reader has a default of a union in which a branch is a named type, an array or a map.
    pub(crate) default_in_union: bool,
    /// Whether an alias of one of the reader's types is the name of another type.
    pub(crate) alias_is_a_type: bool,
    /// Whether an alias of one of the reader's fields is the name of another field of its record.
    pub(crate) alias_is_a_field: bool,
    /// Whether two of the reader's types part in their namespaces only.
    pub(crate) shared_name: bool,
    /// Values that the writer wrote, in hexadecimal digits; none unless the pair is approved.
    pub(crate) rows: Vec<String>,
}

/// What the project says.
pub(crate) struct Verdict {
    pub(crate) findings: Vec<String>,
    /// The ids of the lints of an approved pair.
    pub(crate) lints: Vec<&'static str>,
    /// Canonical form and fingerprint of reader and writer.
    pub(crate) canonical: [(String, String); 2],
    /// What is wrong with defaults in either.
    pub(crate) default_errors: Vec<String>,
    /// Whether each has a default that is no value of its type.
    pub(crate) invalid_default: [bool; 2],
}

impl Pair {
    pub(crate) fn make(seed: u64, number: u64) -> Self {
        let mut random = Random::new(seed.wrapping_mul(1 << 32).wrapping_add(number));
        let older = generate::schema(&mut random);
        let mut newer = older.clone();
        for _ in 0..EDITS[random.below(EDITS.len())] {
            edit(&mut newer, &mut random);
        }
        let (reader, writer) = (newer.print(&mut random), older.print(&mut random));
        let ours = judge(&reader, &writer);
        let approved = ours.as_ref().is_ok_and(|verdict| verdict.findings.is_empty());
        let mut rows = Vec::new();
        if approved {
            let values = (0..ROWS).filter_map(|_| value::value(&older, &mut random));
            rows.extend(values.map(|value| value.iter().map(|byte| format!("{byte:02x}")).collect()));
        }
        Self {
            number,
            reader,
            writer,
            ours,
            beyond_namespace: older.names_beyond_namespace() || newer.names_beyond_namespace(),
            default_in_union: newer.has_default_in_union(),
            alias_is_a_type: newer.has_alias_of_another_type(&older),
            alias_is_a_field: newer.has_alias_of_another_field(),
            shared_name: newer.has_shared_name(),
            rows,
        }
    }

    pub(crate) fn is_approved(&self) -> bool {
        self.ours.as_ref().is_ok_and(|verdict| verdict.findings.is_empty())
    }

    /// What a foreign program is asked.
    pub(crate) fn question(&self) -> String {
        json!({"id": self.number, "reader": self.reader, "writer": self.writer, "rows": self.rows}).to_string()
    }
}

fn judge(reader: &str, writer: &str) -> Result<Verdict, String> {
    let parse = |text: &str| SchemaDocument::parse(&SchemaText::new(SchemaType::Avro, text));
    let reader = parse(reader).map_err(|error| format!("reader: {error}"))?;
    let writer = parse(writer).map_err(|error| format!("writer: {error}"))?;
    let findings = compare(&reader, &writer, Dialect::Confluent).map_err(|error| error.to_string())?;
    let lints = if findings.is_empty() {
        lint::meaning(&writer, &reader)
    } else {
        Vec::new()
    };
    let avro = [&reader, &writer].map(SchemaDocument::avro);
    Ok(Verdict {
        findings: findings.iter().map(ToString::to_string).collect(),
        lints: lints.iter().map(|found| found.lint.id).collect(),
        canonical: avro.map(|schema| {
            schema.map_or_else(Default::default, |schema| {
                (schema.canonical_form(), schema.fingerprint().to_string())
            })
        }),
        default_errors: avro
            .into_iter()
            .flatten()
            .flat_map(|schema| schema.check_defaults())
            .map(|error| error.to_string())
            .collect(),
        invalid_default: avro.map(|schema| schema.is_some_and(|schema| !schema.check_defaults().is_empty())),
    })
}
