//! What Java asks on its way: which branch reads a type, whether one can be read as another, whether two unions are the same.
//!
//! Knows no place and no failure.

use std::collections::{HashMap, HashSet};

use super::MOST_STEPS;
use super::resolve::{Resolve, fields};
use crate::schema::avsc::{Definition, Field, Form, Kind, Type, TypeId};

/// Types within types are followed so far where one verdict needs another.
const DEEPEST: u32 = 100;

impl<'a> Resolve<'a, '_> {
    /// The branch that Java chooses for a type that is no union.
    pub(super) fn first_branch(&mut self, one: &'a Type, types: &'a [Type], depth: u32) -> Option<usize> {
        self.steps += types.len();
        let mut by_parts = None;
        for (index, branch) in types.iter().enumerate() {
            let (Form::Named(id), Form::Named(other_id)) = (&one.form, &branch.form) else {
                if one.form.word() == branch.form.word() {
                    return Some(index);
                }
                continue;
            };
            let (own, other) = (self.older.definition(*id), self.newer.definition(*other_id));
            if kind(own) != kind(other) {
                continue;
            }
            let name = self.renames.name(own);
            if *name == other.name {
                return Some(index);
            }
            if self.are_records(*id, *other_id) && !self.is_record_refused(*id, *other_id, depth + 1) {
                let same = name.simple() == other.name.simple();
                if by_parts.is_none() || same {
                    by_parts = Some(index);
                }
            }
        }
        by_parts.or_else(|| {
            let mut types = types.iter();
            types.position(|branch| is_promoted(&one.form, &branch.form))
        })
    }

    /// Whether Java marks the record as one that cannot be read so.
    fn is_record_refused(&mut self, one: TypeId, other: TypeId, depth: u32) -> bool {
        if let Some(known) = self.refused.get(&(one, other)) {
            return *known;
        }
        self.refused.insert((one, other), false);
        let refused = depth < DEEPEST && self.is_missing_or_refused(one, other, depth);
        self.refused.insert((one, other), refused);
        refused
    }

    fn is_missing_or_refused(&mut self, one: TypeId, other: TypeId, depth: u32) -> bool {
        let own = self.older.definition(one);
        let (Some(of_older), Some(of_newer)) = (fields(own), fields(self.newer.definition(other))) else {
            return true;
        };
        self.steps += of_older.len();
        if self.is_missing(own, of_newer) {
            return true;
        }
        let by_name: HashMap<&str, &Field> = of_newer.iter().map(|field| (&*field.name, field)).collect();
        let renames = self.renames;
        of_older.iter().any(|field| {
            let newer = by_name.get(renames.field(own, field));
            newer.is_some_and(|newer| self.is_refused(&field.field_type, &newer.field_type, depth + 1))
        })
    }

    /// Whether a field is not written and has no default.
    fn is_missing(&mut self, own: &Definition, of_newer: &[Field]) -> bool {
        let of_older = fields(own).unwrap_or_default();
        self.steps += of_older.len() + of_newer.len();
        let written: HashSet<&str> = of_older.iter().map(|field| self.renames.field(own, field)).collect();
        let mut unwritten = of_newer.iter().filter(|field| !written.contains(&*field.name));
        unwritten.any(|field| field.default.is_none())
    }

    /// Whether Java marks the type as one that cannot be read so; what lies within it does not count.
    pub(super) fn is_refused(&mut self, one: &'a Type, other: &'a Type, depth: u32) -> bool {
        self.steps += 1;
        if depth > DEEPEST || self.steps > MOST_STEPS {
            return false;
        }
        match (&one.form, &other.form) {
            (Form::Union(_), _) | (Form::Array(_), Form::Array(_)) | (Form::Map(_), Form::Map(_)) => false,
            (_, Form::Union(types)) => self.first_branch(one, types, depth + 1).is_none(),
            (Form::Named(id), Form::Named(other_id)) => {
                let (own, other) = (self.older.definition(*id), self.newer.definition(*other_id));
                match (&own.kind, &other.kind) {
                    (Kind::Record { .. }, Kind::Record { fields, .. }) => self.is_missing(own, fields),
                    (Kind::Fixed { size: written }, Kind::Fixed { size }) => {
                        written != size || self.renames.name(own).simple() != other.name.simple()
                    }
                    (Kind::Enum { .. }, Kind::Enum { .. }) => self.renames.name(own).simple() != other.name.simple(),
                    _ => true,
                }
            }
            (one, other) => one.word() != other.word() && !is_promoted(one, other),
        }
    }

    /// Whether Java goes by the numbers of the branches.
    pub(super) fn same_union(&mut self, one: &'a Type, other: &'a Type) -> bool {
        let mut hoped = Vec::new();
        let same = self.is_same(one, other, 0, &mut hoped);
        if !same {
            // Some of them were hoped for on the way to the part that is not the same.
            for pair in hoped {
                if self.equal.get(&pair) == Some(&true) {
                    self.equal.remove(&pair);
                }
            }
        }
        same
    }

    fn is_same(&mut self, one: &'a Type, other: &'a Type, depth: u32, hoped: &mut Vec<(TypeId, TypeId)>) -> bool {
        self.steps += 1;
        if depth > DEEPEST || self.steps > MOST_STEPS {
            return true;
        }
        match (&one.form, &other.form) {
            (Form::Array(one), Form::Array(other)) | (Form::Map(one), Form::Map(other)) => {
                self.is_same(one, other, depth + 1, hoped)
            }
            (Form::Union(one), Form::Union(other)) => {
                let mut pairs = one.iter().zip(other);
                one.len() == other.len() && pairs.all(|(one, other)| self.is_same(one, other, depth + 1, hoped))
            }
            (Form::Named(id), Form::Named(other_id)) => {
                let pair = (*id, *other_id);
                if let Some(known) = self.equal.get(&pair) {
                    return *known;
                }
                self.equal.insert(pair, true);
                hoped.push(pair);
                let same = self.is_same_definition(pair, depth, hoped);
                self.equal.insert(pair, same);
                same
            }
            (one, other) => one.word() == other.word(),
        }
    }

    fn is_same_definition(&mut self, pair: (TypeId, TypeId), depth: u32, hoped: &mut Vec<(TypeId, TypeId)>) -> bool {
        let (own, other) = (self.older.definition(pair.0), self.newer.definition(pair.1));
        if self.renames.name(own).simple() != other.name.simple() {
            return false;
        }
        match (&own.kind, &other.kind) {
            (Kind::Fixed { size: one }, Kind::Fixed { size: other }) => one == other,
            (Kind::Enum { symbols: one, .. }, Kind::Enum { symbols: other, .. }) => one == other,
            (Kind::Record { fields: one, .. }, Kind::Record { fields: other, .. }) => {
                let renames = self.renames;
                let mut pairs = one.iter().zip(other);
                one.len() == other.len()
                    && pairs.all(|(one, other)| {
                        renames.field(own, one) == other.name
                            && self.is_same(&one.field_type, &other.field_type, depth + 1, hoped)
                    })
            }
            _ => false,
        }
    }
}

/// The word for the kind; records and errors are one.
fn kind(of: &Definition) -> &'static str {
    match of.kind {
        Kind::Record { .. } => "record",
        _ => of.kind.word(),
    }
}

/// Whether values of one form may be read as another; both ways between texts and bytes.
fn is_promoted(one: &Form, other: &Form) -> bool {
    matches!(
        (one, other),
        (Form::Int, Form::Long | Form::Float | Form::Double)
            | (Form::Long, Form::Float | Form::Double)
            | (Form::Float, Form::Double)
            | (Form::String, Form::Bytes)
            | (Form::Bytes, Form::String)
    )
}
