//! The fewest bytes that a value has.
//!
//! Knows no values.

use std::collections::HashMap;

use crate::schema::avsc::{AvroSchema, Form, Kind, Type, TypeId};

/// Types within types are followed so far; what lies deeper counts as nothing.
const DEEPEST: u32 = 100;

/// Counts the bytes of one schema's types.
pub(super) struct Sizes<'a> {
    schema: &'a AvroSchema,
    known: HashMap<TypeId, u64>,
    /// Java counts a byte for any union, whatever its branches.
    as_java: bool,
}

impl<'a> Sizes<'a> {
    pub(super) fn new(schema: &'a AvroSchema, as_java: bool) -> Self {
        Self {
            schema,
            known: HashMap::new(),
            as_java,
        }
    }

    pub(super) fn least(&mut self, of: &Type) -> u64 {
        self.of(of, 0)
    }

    fn of(&mut self, of: &Type, depth: u32) -> u64 {
        if depth > DEEPEST {
            return 0;
        }
        match &of.form {
            Form::Null => 0,
            Form::Float => 4,
            Form::Double => 8,
            Form::Union(branches) if !self.as_java => {
                let branches = branches.iter().map(|branch| self.of(branch, depth + 1));
                branches.min().unwrap_or(0).saturating_add(1)
            }
            Form::Named(id) => {
                if let Some(known) = self.known.get(id) {
                    return *known;
                }
                // A record within itself counts as nothing.
                self.known.insert(*id, 0);
                let least = match &self.schema.definition(*id).kind {
                    Kind::Record { fields, .. } => fields.iter().fold(0u64, |sum, field| {
                        sum.saturating_add(self.of(&field.field_type, depth + 1))
                    }),
                    Kind::Enum { .. } => 1,
                    Kind::Fixed { size } => *size as u64,
                };
                self.known.insert(*id, least);
                least
            }
            _ => 1,
        }
    }
}
