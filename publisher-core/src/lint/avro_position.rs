//! Where the named parts of an Avro schema stand.

use super::finding::Position;
use crate::schema::avsc::{Definition, Field};

impl Position {
    pub(super) fn of_definition(definition: &Definition) -> Self {
        Self {
            reference: definition.reference,
            pointer: definition.pointer.clone(),
        }
    }

    pub(super) fn of_field(field: &Field) -> Self {
        Self {
            reference: field.reference,
            pointer: field.pointer.clone(),
        }
    }
}
