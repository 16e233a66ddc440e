//! Items that need more bytes in the newer schema.
//!
//! Knows no value.

use crate::lint::definition::{Check, Lint, LintCase, Severity};
use crate::lint::java_reader::Cause;
use crate::registry::SchemaType;

/// Items that grow.
pub(in crate::lint) static GROWN: Lint = Lint {
    id: "undecodable-avro-items-grown",
    severity: Severity::Warning,
    schema_type: Some(SchemaType::Avro),
    readers: &[],
    levels: &[],
    title: "items of an array or map need more bytes in the newer schema",
    explanation: "Since 1.12.2 Java's reader refuses a list for which too few bytes are left, and counts with the newer schema's items \
                  instead of the older's: \"Collection claims … elements\". A long list near the end of an older event fails, others are \
                  read; 1.12.1 and fastavro read all. Keep such a list away from the end of the record, keep the type of its items, \
                  or let readers stay at Avro 1.12.1 until all older events are gone.",
    source: "Java Avro 1.12.2, `GenericDatumReader.ensureAvailableCollectionBytes`",
    breaches: &[
        LintCase::pair(
            "from float to double",
            r#"{"type":"array","items":"float"}"#,
            r#"{"type":"array","items":"double"}"#,
        ),
        LintCase::pair(
            "values of a map",
            r#"{"type":"map","values":"float"}"#,
            r#"{"type":"map","values":"double"}"#,
        ),
        LintCase::pair(
            "a new field of the items",
            r#"{"type":"array","items":{"type":"record","name":"com.acme.Line","fields":[{"name":"sku","type":"string"}]}}"#,
            r#"{"type":"array","items":{"type":"record","name":"com.acme.Line","fields":[{"name":"sku","type":"string"},{"name":"note","type":["null","string"],"default":null}]}}"#,
        ),
    ],
    near_misses: &[
        LintCase::pair(
            "from int to long",
            r#"{"type":"array","items":"int"}"#,
            r#"{"type":"array","items":"long"}"#,
        ),
        LintCase::pair(
            "a field of the items is gone",
            r#"{"type":"array","items":{"type":"record","name":"com.acme.Line","fields":[{"name":"sku","type":"string"},{"name":"note","type":"string"}]}}"#,
            r#"{"type":"array","items":{"type":"record","name":"com.acme.Line","fields":[{"name":"sku","type":"string"}]}}"#,
        ),
        LintCase::pair(
            "optional items",
            r#"{"type":"array","items":"string"}"#,
            r#"{"type":"array","items":["null","string"]}"#,
        ),
        LintCase::pair(
            "a new field beside the list",
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"lines","type":{"type":"array","items":{"type":"record","name":"com.acme.Line","fields":[{"name":"sku","type":"string"}]}}}]}"#,
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"lines","type":{"type":"array","items":{"type":"record","name":"com.acme.Line","fields":[{"name":"sku","type":"string"}]}}},{"name":"note","type":["null","string"],"default":null}]}"#,
        ),
        LintCase::pair("no list", r#""float""#, r#""double""#),
    ],
    check: Check::Java(Cause::Items),
};
