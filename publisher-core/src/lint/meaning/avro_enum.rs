//! Symbols that are read as another.
//!
//! Knows no enum without default: whose symbols cannot go without the registry noticing.

use std::collections::HashSet;

use crate::lint::avro_pairs::{AvroPair, Meeting};
use crate::lint::definition::{Check, Lint, LintCase, Severity};
use crate::lint::finding::Found;
use crate::registry::SchemaType;
use crate::schema::avsc::Kind;

const GROWN: LintCase = LintCase::pair(
    "a symbol was added",
    r#"{"type":"enum","name":"com.acme.Status","symbols":["UNKNOWN","OPEN"],"default":"UNKNOWN"}"#,
    r#"{"type":"enum","name":"com.acme.Status","symbols":["UNKNOWN","PAID","OPEN"],"default":"UNKNOWN"}"#,
);

/// A symbol that is gone.
pub(in crate::lint) static REMOVED: Lint = Lint {
    id: "meaning-avro-enum-symbol-removed",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Avro),
    readers: &[],
    levels: &[],
    title: "a symbol was removed and is read as the default",
    explanation: "With a default in the enum the registry approves, and readers with the newer schema silently get the default \
                  for every older event that has the symbol. Who replays the topic counts them wrong. Keep the symbol as \
                  long as events with it are retained, and stop publishing it.",
    source: "Apache Avro 1.12 specification, \"Schema Resolution\": enums; fastavro 1.13 does the same",
    breaches: &[LintCase::pair(
        "one of three",
        r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"status","type":{"type":"enum","name":"Status","symbols":["UNKNOWN","OPEN","PAID"],"default":"UNKNOWN"}}]}"#,
        r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"status","type":{"type":"enum","name":"Status","symbols":["UNKNOWN","OPEN"],"default":"UNKNOWN"}}]}"#,
    )],
    near_misses: &[
        GROWN,
        LintCase::pair(
            "one for another, which has a lint of its own",
            r#"{"type":"enum","name":"com.acme.Status","symbols":["UNKNOWN","OPEN"],"default":"UNKNOWN"}"#,
            r#"{"type":"enum","name":"com.acme.Status","symbols":["UNKNOWN","OPENED"],"default":"UNKNOWN"}"#,
        ),
        LintCase::pair(
            "without default, which the registry refuses",
            r#"{"type":"enum","name":"com.acme.Status","symbols":["OPEN","PAID"]}"#,
            r#"{"type":"enum","name":"com.acme.Status","symbols":["OPEN"]}"#,
        ),
    ],
    check: Check::AvroPair(|pair| {
        let change = change(pair)?;
        change.added.is_empty().then(|| {
            let gone = change.gone.join(", ");
            Found::new(format!("{gone} is read as {}", change.default)).at("symbols")
        })
    }),
};

/// A symbol that is gone, and another in its place.
pub(in crate::lint) static REPLACED: Lint = Lint {
    id: "meaning-avro-enum-symbol-replaced",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Avro),
    readers: &[],
    levels: &[],
    title: "a symbol was replaced by another and is read as the default",
    explanation: "Avro has no aliases of symbols: one that is renamed is one removed and one added. With a default in the enum \
                  the registry approves, and readers with the newer schema silently get the default for every older event. \
                  Keep the old symbol beside the new one.",
    source: "Apache Avro 1.12 specification, \"Schema Resolution\": enums",
    breaches: &[LintCase::pair(
        "a renamed symbol",
        r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"status","type":{"type":"enum","name":"Status","symbols":["UNKNOWN","OPEN"],"default":"UNKNOWN"}}]}"#,
        r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"status","type":{"type":"enum","name":"Status","symbols":["UNKNOWN","OPENED"],"default":"UNKNOWN"}}]}"#,
    )],
    near_misses: &[
        GROWN,
        LintCase::pair(
            "another order",
            r#"{"type":"enum","name":"com.acme.Status","symbols":["UNKNOWN","OPEN"],"default":"UNKNOWN"}"#,
            r#"{"type":"enum","name":"com.acme.Status","symbols":["OPEN","UNKNOWN"],"default":"UNKNOWN"}"#,
        ),
    ],
    check: Check::AvroPair(|pair| {
        let change = change(pair)?;
        (!change.added.is_empty()).then(|| {
            let (gone, added) = (change.gone.join(", "), change.added.join(", "));
            let message = format!("{gone} is read as {}; {added} is new", change.default);
            Found::new(message).at("symbols")
        })
    }),
};

/// Another default.
pub(in crate::lint) static DEFAULT: Lint = Lint {
    id: "meaning-avro-enum-default-changed",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Avro),
    readers: &[],
    levels: &[],
    title: "the default symbol changed",
    explanation: "A symbol that a reader does not know is one thing to readers of the older schema and another to those of the \
                  newer. Choose a default that says that nothing is known, and keep it.",
    source: "Apache Avro 1.12 specification, \"Schema Resolution\": enums; Java's SchemaCompatibility does not compare defaults",
    breaches: &[LintCase::pair(
        "another symbol",
        r#"{"type":"enum","name":"com.acme.Status","symbols":["UNKNOWN","OPEN"],"default":"UNKNOWN"}"#,
        r#"{"type":"enum","name":"com.acme.Status","symbols":["UNKNOWN","OPEN"],"default":"OPEN"}"#,
    )],
    near_misses: &[
        GROWN,
        LintCase::pair(
            "a default where there was none",
            r#"{"type":"enum","name":"com.acme.Status","symbols":["UNKNOWN","OPEN"]}"#,
            r#"{"type":"enum","name":"com.acme.Status","symbols":["UNKNOWN","OPEN"],"default":"UNKNOWN"}"#,
        ),
    ],
    check: Check::AvroPair(|pair| {
        let Meeting::Definitions(older, newer) = pair.parts else {
            return None;
        };
        match (&older.kind, &newer.kind) {
            (
                Kind::Enum {
                    default: Some(older), ..
                },
                Kind::Enum {
                    default: Some(newer), ..
                },
            ) if older != newer => Some(Found::new(format!("the default is {newer}, it was {older}")).at("default")),
            _ => None,
        }
    }),
};

struct Change<'a> {
    gone: Vec<&'a str>,
    added: Vec<&'a str>,
    default: &'a str,
}

/// What became of the symbols, if some are gone and read as the default.
fn change<'a>(pair: &AvroPair<'a>) -> Option<Change<'a>> {
    let Meeting::Definitions(older, newer) = pair.parts else {
        return None;
    };
    let (
        Kind::Enum { symbols: of_older, .. },
        Kind::Enum {
            symbols: of_newer,
            default,
        },
    ) = (&older.kind, &newer.kind)
    else {
        return None;
    };
    let gone = without(of_older, of_newer);
    let change = Change {
        added: without(of_newer, of_older),
        default: default.as_ref()?,
        gone,
    };
    (!change.gone.is_empty()).then_some(change)
}

fn without<'a>(symbols: &'a [String], others: &[String]) -> Vec<&'a str> {
    let others: HashSet<&str> = others.iter().map(String::as_str).collect();
    let symbols = symbols.iter().map(String::as_str);
    symbols.filter(|symbol| !others.contains(symbol)).collect()
}
