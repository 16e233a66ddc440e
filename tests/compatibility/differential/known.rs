//! Differences that are understood, each with its reason. What is not here fails the run.
//!
//! A class is recognised by what the other side says and by what the schemas hold, never by the number of a pair.

use super::pair::{Pair, Verdict};

/// One class of differences.
pub(crate) struct Known {
    pub(crate) name: &'static str,
    pub(crate) reason: &'static str,
    /// Takes the pair, our verdict on it, and what the other side said.
    is: fn(&Pair, &Verdict, &str) -> bool,
}

/// Java refuses a schema that we read. A schema that is stored in a registry has passed Java's parser, so the verdict on
/// a stored pair is not concerned.
pub(crate) const REFUSED_BY_JAVA: &[Known] = &[
    Known {
        name: "name without namespace, from within one, of an unfinished record",
        reason: "Java looks beyond the enclosing namespace only for types that are complete",
        is: |pair, _, said| said.contains("Undefined schema: ") && pair.beyond_namespace,
    },
    Known {
        name: "text as the default of a float or double",
        reason: "Java reads it as a number even where defaults are not checked; we call such a default invalid",
        is: |_, ours, said| said.contains("NumberFormatException") && has_invalid_default(ours),
    },
];

/// Java and we part on whether a default is a value of its type.
pub(crate) const DEFAULTS: &[Known] = &[
    Known {
        name: "default of an enum or fixed that is none of its values",
        reason: "Java asks for a text only and then cannot write it; we ask for a symbol, or for the size",
        is: |_, ours, said| said.is_empty() && ours.default_errors.iter().any(|error| is_wrong_text(error)),
    },
    Known {
        name: "default of a record that is not complete yet",
        reason: "Java's parser has no fields of that record yet and throws",
        is: |_, _, said| said.contains("Schema fields not set yet"),
    },
];

/// Java and we part on whether the reader can read the writer.
pub(crate) const VERDICTS: &[Known] = &[];

/// Approved, no lint, and Java's `GenericDatumReader` fails.
pub(crate) const UNREAD_BY_JAVA: &[Known] = &[];

/// fastavro refuses a schema, or cannot read what Java reads.
pub(crate) const FASTAVRO: &[Known] = &[
    Known {
        name: "fastavro: name without namespace, from within one",
        reason: "fastavro does not look beyond the enclosing namespace, as the specification has it",
        is: |pair, _, said| said.contains("UnknownType") && pair.beyond_namespace,
    },
    Known {
        name: "fastavro: invalid default",
        reason: "fastavro checks the defaults of stored schemas too",
        is: |_, ours, said| said.contains("SchemaParseException: Default value") && has_invalid_default(ours),
    },
    Known {
        name: "fastavro: alias of a type that is the name of another type, or two types of one name",
        reason: "fastavro takes the first branch of a union that has the name, as its own or as an alias",
        is: |pair, _, said| {
            let fails = ["SchemaResolutionError", "KeyError: 'symbols'", "KeyError: 'fields'"];
            (pair.alias_is_a_type || pair.shared_name) && fails.iter().any(|text| said.contains(text))
        },
    },
    Known {
        name: "fastavro: named type by its name in a reader's union",
        reason: "fastavro compares the branch's name as if it were a definition",
        is: |_, _, said| said.contains("string indices must be integers") || said.contains("KeyError: 'fields'"),
    },
    Known {
        name: "fastavro: whole number as the default of a float or double",
        reason: "fastavro asks for a fraction where the type is written as an object",
        is: |pair, _, said| {
            said.contains("SchemaParseException: Default value") && said.contains("must match schema type: ") && {
                pair.reader.contains("{\"type\":\"double\"}") || pair.reader.contains("{\"type\":\"float\"}")
            }
        },
    },
    Known {
        name: "fastavro: alias of a field that is the name of another field",
        reason: "fastavro gives the writer's field to the first that asks for it",
        is: |pair, _, said| pair.alias_is_a_field && said.contains("No default value for field"),
    },
    Known {
        name: "fastavro: record as the default of a union",
        reason: "fastavro looks the default up among names",
        is: |pair, _, said| pair.default_in_union && said.contains("unhashable type"),
    },
];

/// The class of a difference, if it is of one.
pub(crate) fn class(classes: &'static [Known], pair: &Pair, ours: &Verdict, said: &str) -> Option<&'static Known> {
    classes.iter().find(|known| (known.is)(pair, ours, said))
}

fn has_invalid_default(ours: &Verdict) -> bool {
    ours.invalid_default.contains(&true)
}

/// Whether our error is of a text that is no value of an enum or a fixed, alone or somewhere within a branch of a union.
fn is_wrong_text(error: &str) -> bool {
    ["symbol", "is no string of ", "is no value of any branch: "]
        .iter()
        .any(|part| error.contains(part))
}
