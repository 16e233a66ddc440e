//! The parts of an Avro schema, each shown once.
//!
//! Knows no lint. What only a reference's text defines is shown where the schema uses it.

use std::collections::{HashSet, VecDeque};

use super::finding::Position;
use crate::schema::avsc::{AvroSchema, Definition, Field, Form, Kind, Logical, Type, TypeId};
use crate::schema::error::member;

/// A part of a schema.
pub(super) struct AvroPart<'a> {
    pub(super) schema: &'a AvroSchema,
    pub(super) part: Part<'a>,
    pub(super) position: Position,
}

#[derive(Clone, Copy)]
pub(super) enum Part<'a> {
    /// A type where it stands, a union or a name among them.
    Type(&'a Type),
    /// A record, enum or fixed where it is defined.
    Definition(&'a Definition),
    /// A field of a record.
    Field(&'a Field),
}

impl<'a> AvroPart<'a> {
    /// The logical type that begins at this part, with the size of a fixed.
    pub(super) fn logical(&self) -> Option<(&'a Logical, Option<usize>)> {
        match self.part {
            Part::Type(of) => Some((of.logical.as_ref()?, None)),
            Part::Definition(of) => match of.kind {
                Kind::Fixed { size } => Some((of.logical.as_ref()?, Some(size))),
                _ => None,
            },
            Part::Field(_) => None,
        }
    }

    /// The branches, if it is a union.
    pub(super) fn branches(&self) -> Option<&'a [Type]> {
        match self.part {
            Part::Type(Type {
                form: Form::Union(branches),
                ..
            }) => Some(branches),
            _ => None,
        }
    }

    /// The definition, if it is one.
    pub(super) fn definition(&self) -> Option<&'a Definition> {
        match self.part {
            Part::Definition(of) => Some(of),
            _ => None,
        }
    }
}

/// Shows every part that the root reaches.
pub(super) fn walk<'a>(schema: &'a AvroSchema, visit: &mut dyn FnMut(&AvroPart<'a>)) {
    let mut walk = Walk {
        schema,
        visit,
        seen: HashSet::new(),
        line: VecDeque::new(),
    };
    walk.types(schema.root(), None, String::new());
    // By a line and not by recursion: names lead to names as deep as a text is long.
    while let Some(id) = walk.line.pop_front() {
        walk.definition(schema.definition(id));
    }
}

struct Walk<'a, 'v> {
    schema: &'a AvroSchema,
    visit: &'v mut dyn FnMut(&AvroPart<'a>),
    seen: HashSet<TypeId>,
    line: VecDeque<TypeId>,
}

impl<'a> Walk<'a, '_> {
    fn show(&mut self, part: Part<'a>, reference: Option<usize>, pointer: &str) {
        (self.visit)(&AvroPart {
            schema: self.schema,
            part,
            position: Position {
                reference,
                pointer: pointer.to_owned(),
            },
        });
    }

    /// A type and those within it, up to the next names. As deep as the text nests, which its parser bounds.
    fn types(&mut self, of: &'a Type, reference: Option<usize>, pointer: String) {
        self.show(Part::Type(of), reference, &pointer);
        match &of.form {
            Form::Array(items) => self.types(items, reference, member(&pointer, "items")),
            Form::Map(values) => self.types(values, reference, member(&pointer, "values")),
            Form::Union(branches) => {
                for (index, branch) in branches.iter().enumerate() {
                    self.types(branch, reference, member(&pointer, index));
                }
            }
            Form::Named(id) if self.seen.insert(*id) => self.line.push_back(*id),
            _ => {}
        }
    }

    fn definition(&mut self, definition: &'a Definition) {
        self.show(Part::Definition(definition), definition.reference, &definition.pointer);
        if let Kind::Record { fields, .. } = &definition.kind {
            for field in fields {
                self.show(Part::Field(field), field.reference, &field.pointer);
                self.types(&field.field_type, field.reference, member(&field.pointer, "type"));
            }
        }
    }
}
