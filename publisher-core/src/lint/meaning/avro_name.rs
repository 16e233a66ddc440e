//! Named types that get another full name.
//!
//! Knows no parts of them.

use crate::lint::avro_pairs::Meeting;
use crate::lint::definition::{Check, Lint, LintCase, Severity};
use crate::lint::finding::Found;
use crate::lint::java_reader::Cause;
use crate::registry::SchemaType;

/// Another full name.
pub(in crate::lint) static FULL_NAME: Lint = Lint {
    id: "meaning-avro-full-name-changed",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Avro),
    readers: &[],
    levels: &[],
    title: "the full name of a type changed",
    explanation: "The registry compares names without their namespace, or finds the alias. Readers that go by the full name \
                  break: Java's `specific.avro.reader` looks for a class of that name, and does not find it until a new build \
                  is deployed; a reader that tells records of a union apart by name takes none; under the record name \
                  strategy the subject is another, without history. Keep the full name, also when the code moves; here \
                  `#[event(name = \"…\")]` freezes it.",
    source: "Apache Avro 1.12 specification, \"Names\" and \"Schema Resolution\"; Confluent KafkaAvroDeserializer",
    breaches: &[
        LintCase::pair(
            "the namespace of a record",
            r#"{"type":"record","name":"com.acme.Placed","fields":[]}"#,
            r#"{"type":"record","name":"com.acme.sales.Placed","fields":[]}"#,
        ),
        LintCase::pair(
            "the name of a record, with an alias",
            r#"{"type":"record","name":"com.acme.Placed","fields":[]}"#,
            r#"{"type":"record","name":"com.acme.Ordered","aliases":["Placed"],"fields":[]}"#,
        ),
    ],
    near_misses: &[LintCase::pair(
        "the same full name, written in another way",
        r#"{"type":"record","name":"com.acme.Placed","fields":[]}"#,
        r#"{"type":"record","name":"Placed","namespace":"com.acme","fields":[]}"#,
    )],
    check: Check::AvroPair(|pair| match pair.parts {
        Meeting::Definitions(older, newer) if older.name != newer.name => {
            let (word, older, newer) = (newer.kind.word(), &older.name, &newer.name);
            Some(Found::new(format!("the {word} is {newer}, it was {older}")).at("name"))
        }
        _ => None,
    }),
};

/// Another full name, in a union.
pub(in crate::lint) static INTO_UNION: Lint = Lint {
    id: "undecodable-avro-moved-into-union",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Avro),
    readers: &[],
    levels: &[],
    title: "an enum or fixed changed its namespace and is read as a branch of a union that is not the same in all its parts",
    explanation: "The comparison takes names without namespace for equal. Java's decoder looks for the branch by the full name \
                  of an enum or fixed, unless the two unions are the same in all their parts, does not find it, and fails at every such value: \"Found …, expecting union\". Give the \
                  type its old full name as an alias, or change the namespace and the union in two steps.",
    source: "seen with Java Avro 1.12.1; fastavro 1.13 reads it",
    breaches: &[
        LintCase::pair(
            "an enum becomes optional",
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"status","type":{"type":"enum","name":"Status","symbols":["A"]}}]}"#,
            r#"{"type":"record","name":"com.acme.Placed","fields":[{"name":"status","type":["null",{"type":"enum","name":"org.acme.Status","symbols":["A"]}]}]}"#,
        ),
        LintCase::pair(
            "a fixed becomes optional",
            r#"{"type":"fixed","name":"com.acme.Hash","size":4}"#,
            r#"["null",{"type":"fixed","name":"org.acme.Hash","size":4}]"#,
        ),
        LintCase::pair(
            "the union gets a further branch",
            r#"["null",{"type":"fixed","name":"com.acme.Hash","size":4}]"#,
            r#"["null","int",{"type":"fixed","name":"org.acme.Hash","size":4}]"#,
        ),
        LintCase::pair(
            "another branch of the union changes within",
            r#"["null",{"type":"enum","name":"com.acme.Status","symbols":["A"]},{"type":"record","name":"com.acme.Line","fields":[]}]"#,
            r#"["null",{"type":"enum","name":"org.acme.Status","symbols":["A"]},{"type":"record","name":"com.acme.Line","fields":[{"name":"note","type":"string","default":""}]}]"#,
        ),
    ],
    near_misses: &[
        LintCase::pair(
            "with an alias",
            r#"{"type":"fixed","name":"com.acme.Hash","size":4}"#,
            r#"["null",{"type":"fixed","name":"org.acme.Hash","aliases":["com.acme.Hash"],"size":4}]"#,
        ),
        LintCase::pair(
            "no union",
            r#"{"type":"fixed","name":"com.acme.Hash","size":4}"#,
            r#"{"type":"fixed","name":"org.acme.Hash","size":4}"#,
        ),
        LintCase::pair(
            "the same union in all its parts",
            r#"["null",{"type":"fixed","name":"com.acme.Hash","size":4}]"#,
            r#"["null",{"type":"fixed","name":"org.acme.Hash","size":4}]"#,
        ),
        LintCase::pair(
            "a record, which is found by its fields",
            r#"{"type":"record","name":"com.acme.Line","fields":[]}"#,
            r#"["null",{"type":"record","name":"org.acme.Line","fields":[]}]"#,
        ),
        LintCase::pair(
            "the namespace stays",
            r#"{"type":"fixed","name":"com.acme.Hash","size":4}"#,
            r#"["null",{"type":"fixed","name":"com.acme.Hash","size":4}]"#,
        ),
    ],
    check: Check::Java(Cause::Moved),
};

/// Two types of one name.
pub(in crate::lint) static SHARED: Lint = Lint {
    id: "undecodable-avro-shared-name-in-union",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Avro),
    readers: &[],
    levels: &[],
    title: "a union has two types of one name, and Java reads with the one that does not fit",
    explanation: "The comparison takes any branch of a union that can read the older type, and compares names without their \
                  namespace. Java's reader takes the branch of the same full name, or of the same name, and fails at every such \
                  value if that one does not fit. Let the branches of a union differ in their names, and let the branch of \
                  the same full name stay compatible.",
    source: "Java Avro 1.12.1, `Resolver.ReaderUnion`",
    breaches: &[LintCase::pair(
        "the branch of the full name needs a field",
        r#"{"type":"record","name":"com.acme.Order","fields":[]}"#,
        r#"[{"type":"record","name":"org.acme.Order","fields":[]},{"type":"record","name":"com.acme.Order","fields":[{"name":"id","type":"string"}]}]"#,
    )],
    near_misses: &[
        LintCase::pair(
            "the branch of the full name fits",
            r#"{"type":"record","name":"com.acme.Order","fields":[]}"#,
            r#"[{"type":"record","name":"org.acme.Order","fields":[{"name":"id","type":"string"}]},{"type":"record","name":"com.acme.Order","fields":[]}]"#,
        ),
        LintCase::pair(
            "a record becomes optional",
            r#"{"type":"record","name":"com.acme.Order","fields":[]}"#,
            r#"["null",{"type":"record","name":"com.acme.Order","fields":[]}]"#,
        ),
        LintCase::pair(
            "a union gets a further record",
            r#"["null",{"type":"record","name":"com.acme.Order","fields":[]}]"#,
            r#"["null",{"type":"record","name":"com.acme.Order","fields":[]},{"type":"record","name":"com.acme.Line","fields":[{"name":"id","type":"string"}]}]"#,
        ),
    ],
    check: Check::Java(Cause::SharedName),
};
