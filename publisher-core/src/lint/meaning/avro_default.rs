//! Defaults at which Java's reader fails though older events have the field, or though the default is right.
//!
//! Knows no new field whose default is wrong; that is with `avro_field`.

use crate::lint::definition::{Check, Lint, LintCase, Severity};
use crate::lint::java_reader::Cause;
use crate::registry::SchemaType;

/// A default of the older schema.
pub(in crate::lint) static OLD: Lint = Lint {
    id: "undecodable-avro-older-default",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Avro),
    readers: &[],
    levels: &[],
    title: "the older schema has a default that is no value of its type under the names that the newer's aliases give",
    explanation: "Where the newer schema has an alias, whichever it is, Java's reader makes the older schema anew under the new names, \
                  and then checks all its defaults, which it did not before. A default of a record does not fit either when a field \
                  of that record is renamed. Each older event fails: \"Invalid default for field\". The older \
                  schema cannot be corrected any more: add the new field without an alias, or publish under a new subject.",
    source: "Java Avro 1.12.1, `Schema.applyAliases`",
    breaches: &[
        LintCase::pair(
            "an alias of another field",
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"id","type":"int","default":null}]}"#,
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"id","type":"int","default":null},{"name":"total","type":"int","default":3,"aliases":["sum"]}]}"#,
        ),
        LintCase::pair(
            "the default is corrected, and the record has an alias",
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"id","type":"int","default":null}]}"#,
            r#"{"type":"record","name":"com.acme.A","aliases":["B"],"fields":[{"name":"id","type":"int"}]}"#,
        ),
        LintCase::pair(
            "a field within the default is renamed",
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"sum","type":{"type":"record","name":"Sum","fields":[{"name":"cents","type":"long"}]},"default":{"cents":0}}]}"#,
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"sum","type":{"type":"record","name":"Sum","fields":[{"name":"units","type":"long","aliases":["cents"]}]},"default":{"units":0}}]}"#,
        ),
    ],
    near_misses: &[
        LintCase::pair(
            "no alias",
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"id","type":"int","default":null}]}"#,
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"id","type":"int","default":null},{"name":"total","type":"int","default":3}]}"#,
        ),
        LintCase::pair(
            "an alias, and the default is right",
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"id","type":"int","default":0}]}"#,
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"id","type":"int","default":0},{"name":"total","type":"int","default":3,"aliases":["sum"]}]}"#,
        ),
        LintCase::pair(
            "a value of a later branch",
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"id","type":["null","int"],"default":0}]}"#,
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"no","type":["null","int"],"default":0,"aliases":["id"]}]}"#,
        ),
    ],
    check: Check::Java(Cause::OldDefault),
};

/// A default of a record within that record.
pub(in crate::lint) static OPEN: Lint = Lint {
    id: "undecodable-avro-default-within-record",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Avro),
    readers: &[],
    levels: &[],
    title: "a default in the older schema holds the record that it stands in, and the newer has aliases",
    explanation: "Where the newer schema has an alias, whichever it is, Java's reader makes the older schema anew and checks each default \
                  as soon as it has the field. The record around it has no fields then, and each older event fails: \"Schema fields not set \
                  yet\". Add the new field without an alias, or publish under a new subject; give such a field the default null.",
    source: "Java Avro 1.12.1, `Schema.applyAliases`",
    breaches: &[LintCase::pair(
        "an alias of another field",
        r#"{"type":"record","name":"com.acme.A","fields":[{"name":"lines","type":{"type":"array","items":{"type":"record","name":"com.acme.Line","fields":[{"name":"order","type":["null","com.acme.A"],"default":{"lines":[]}}]}}}]}"#,
        r#"{"type":"record","name":"com.acme.A","fields":[{"name":"lines","type":{"type":"array","items":{"type":"record","name":"com.acme.Line","fields":[{"name":"order","type":["null","com.acme.A"],"default":{"lines":[]}}]}}},{"name":"total","type":"int","default":3,"aliases":["sum"]}]}"#,
    )],
    near_misses: &[
        LintCase::pair(
            "no alias",
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"lines","type":{"type":"array","items":{"type":"record","name":"com.acme.Line","fields":[{"name":"order","type":["null","com.acme.A"],"default":{"lines":[]}}]}}}]}"#,
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"lines","type":{"type":"array","items":{"type":"record","name":"com.acme.Line","fields":[{"name":"order","type":["null","com.acme.A"],"default":{"lines":[]}}]}}},{"name":"total","type":"int","default":3}]}"#,
        ),
        LintCase::pair(
            "the default is null",
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"lines","type":{"type":"array","items":{"type":"record","name":"com.acme.Line","fields":[{"name":"order","type":["null","com.acme.A"],"default":null}]}}}]}"#,
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"lines","type":{"type":"array","items":{"type":"record","name":"com.acme.Line","fields":[{"name":"order","type":["null","com.acme.A"],"default":null}]}}},{"name":"total","type":"int","default":3,"aliases":["sum"]}]}"#,
        ),
    ],
    check: Check::Java(Cause::OpenRecord),
};

/// A default in a record that older events do not have.
pub(in crate::lint) static TRIED: Lint = Lint {
    id: "undecodable-avro-default-in-union",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Avro),
    readers: &[],
    levels: &[],
    title: "a default in a record of a union is no value of its type, and Java tries that record first",
    explanation: "Java's reader looks for the branch of an older record by trying all records of the union up to that of the full name, \
                  and encodes the defaults of the fields that the older lacks. A registry that was told not to validate new schemas takes a \
                  wrong default, and every older event fails. Correct the default.",
    source: "Java Avro 1.12.1, `Resolver.ReaderUnion`",
    breaches: &[LintCase::pair(
        "in the branch before it",
        r#"{"type":"record","name":"com.acme.A","fields":[]}"#,
        r#"[{"type":"record","name":"com.acme.B","fields":[{"name":"id","type":"int","default":null}]},{"type":"record","name":"com.acme.A","fields":[]}]"#,
    )],
    near_misses: &[
        LintCase::pair(
            "in the branch behind it",
            r#"{"type":"record","name":"com.acme.A","fields":[]}"#,
            r#"[{"type":"record","name":"com.acme.A","fields":[]},{"type":"record","name":"com.acme.B","fields":[{"name":"id","type":"int","default":null}]}]"#,
        ),
        LintCase::pair(
            "the default is right",
            r#"{"type":"record","name":"com.acme.A","fields":[]}"#,
            r#"[{"type":"record","name":"com.acme.B","fields":[{"name":"id","type":"int","default":0}]},{"type":"record","name":"com.acme.A","fields":[]}]"#,
        ),
    ],
    check: Check::Java(Cause::TriedDefault),
};

/// A default that is taken for another branch's.
pub(in crate::lint) static LATER: Lint = Lint {
    id: "undecodable-avro-default-of-later-branch",
    severity: Severity::Error,
    schema_type: Some(SchemaType::Avro),
    readers: &[],
    levels: &[],
    title: "a new field's default is of a branch behind a record or an enum, which Java takes for its own",
    explanation: "Since Avro 1.12 the default of a union may be of any branch, but Java's reader takes a record or an enum, where one comes \
                  first, for the branch of whatever stands there, cannot encode it, and fails at every older event. Put the branch of the \
                  default first.",
    source: "Java Avro 1.12.1, `ResolvingGrammarGenerator.isCompatible`; before 1.12 only the first branch counts",
    breaches: &[
        LintCase::pair(
            "a number behind the record itself",
            r#"{"type":"record","name":"com.acme.Line","fields":[]}"#,
            r#"{"type":"record","name":"com.acme.Line","fields":[{"name":"total","type":["Line","long"],"default":36}]}"#,
        ),
        LintCase::pair(
            "a text behind an enum",
            r#"{"type":"record","name":"com.acme.A","fields":[]}"#,
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"state","type":[{"type":"enum","name":"State","symbols":["OPEN"]},"string"],"default":"none"}]}"#,
        ),
        LintCase::pair(
            "a number behind a record",
            r#"{"type":"record","name":"com.acme.A","fields":[]}"#,
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"total","type":[{"type":"record","name":"Sum","fields":[{"name":"cents","type":"long"}]},"long"],"default":36}]}"#,
        ),
    ],
    near_misses: &[
        LintCase::pair(
            "the branch of the default comes first",
            r#"{"type":"record","name":"com.acme.A","fields":[]}"#,
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"total","type":["long",{"type":"record","name":"Sum","fields":[{"name":"cents","type":"long"}]}],"default":36}]}"#,
        ),
        LintCase::pair(
            "null behind which comes a record",
            r#"{"type":"record","name":"com.acme.A","fields":[]}"#,
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"total","type":["null",{"type":"record","name":"Sum","fields":[{"name":"cents","type":"long"}]}],"default":null}]}"#,
        ),
        LintCase::pair(
            "a symbol of the enum",
            r#"{"type":"record","name":"com.acme.A","fields":[]}"#,
            r#"{"type":"record","name":"com.acme.A","fields":[{"name":"state","type":[{"type":"enum","name":"State","symbols":["OPEN"]},"string"],"default":"OPEN"}]}"#,
        ),
        LintCase::pair(
            "older events have the field",
            r#"{"type":"record","name":"com.acme.Line","fields":[{"name":"total","type":["Line","long"]}]}"#,
            r#"{"type":"record","name":"com.acme.Line","fields":[{"name":"total","type":["Line","long"],"default":36}]}"#,
        ),
    ],
    check: Check::Java(Cause::LaterBranch),
};
