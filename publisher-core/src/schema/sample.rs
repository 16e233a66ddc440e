//! Records and fields for unit tests, with nothing in them but what the test speaks of.

use super::shape::{Field, Record, Shape};

pub(crate) const fn record(name: &'static str, namespace: Option<&'static str>, fields: &'static [Field]) -> Record {
    Record {
        name,
        namespace,
        doc: None,
        aliases: &[],
        shared: false,
        fields,
        source: "",
    }
}

pub(crate) const fn field(name: &'static str, shape: &'static Shape) -> Field {
    Field {
        name,
        doc: None,
        aliases: &[],
        flatten: false,
        shape,
        default: None,
        line: 0,
    }
}
