//! Java makes the older schema anew when the newer has aliases, and then looks at it more closely than when it was read.
//!
//! Knows nothing of the newer schema but its aliases.

use std::collections::{HashMap, HashSet};

use super::default::{Checked, check};
use super::rename::Renames;
use super::{Cause, Failure, MOST_STEPS};
use crate::lint::finding::Position;
use crate::schema::avsc::{AvroSchema, Definition, Field, Form, Kind, Type, TypeId};

/// What Java refuses while it makes the older schema anew, and whether that is all.
pub(super) fn failures(older: &AvroSchema, newer: &AvroSchema, renames: &Renames<'_>) -> (Vec<Failure>, bool) {
    if renames.is_empty() {
        return (Vec::new(), true);
    }
    let mut rebuild = Rebuild {
        older,
        newer,
        renames,
        seen: HashSet::new(),
        open: HashSet::new(),
        failures: Vec::new(),
        line: Vec::new(),
        steps: 0,
    };
    rebuild.types(older.root(), Position::root());
    while let Some(step) = rebuild.line.pop() {
        rebuild.step(step);
        if rebuild.steps > MOST_STEPS {
            break;
        }
    }
    (rebuild.failures, rebuild.steps <= MOST_STEPS)
}

struct Rebuild<'a, 'r> {
    older: &'a AvroSchema,
    newer: &'a AvroSchema,
    renames: &'r Renames<'a>,
    seen: HashSet<TypeId>,
    /// Records whose fields Java does not know yet.
    open: HashSet<TypeId>,
    failures: Vec<Failure>,
    /// What is still to do, the next last.
    line: Vec<Step<'a>>,
    steps: usize,
}

enum Step<'a> {
    Types(&'a Type, Position),
    Default(&'a Definition, &'a Field),
    Close(TypeId),
}

impl<'a> Rebuild<'a, '_> {
    fn step(&mut self, step: Step<'a>) {
        self.steps += 1;
        match step {
            Step::Types(of, at) => self.types(of, at),
            Step::Default(record, field) => self.default(record, field),
            Step::Close(id) => {
                self.open.remove(&id);
            }
        }
    }

    fn types(&mut self, of: &'a Type, at: Position) {
        match &of.form {
            Form::Array(items) => self.line.push(Step::Types(items, at.within("items"))),
            Form::Map(values) => self.line.push(Step::Types(values, at.within("values"))),
            Form::Union(branches) => {
                self.union(branches, &at);
                for (index, branch) in branches.iter().enumerate().rev() {
                    self.line.push(Step::Types(branch, at.within(index)));
                }
            }
            Form::Named(id) if self.seen.insert(*id) => self.record(*id),
            _ => {}
        }
    }

    fn record(&mut self, id: TypeId) {
        let definition = self.older.definition(id);
        let Kind::Record { fields, .. } = &definition.kind else {
            return;
        };
        self.open.insert(id);
        let mut names: HashMap<&str, &Field> = HashMap::new();
        for field in fields {
            let name = self.renames.field(definition, field);
            if let Some(first) = names.insert(name, field) {
                self.failures.push(Failure {
                    cause: Cause::FieldAlias,
                    message: format!("`{}` and `{}` are both read as `{name}`", first.name, field.name),
                    older: Position::of_field(field),
                    newer: self.field(definition, field),
                });
            }
        }
        self.line.push(Step::Close(id));
        for field in fields.iter().rev() {
            self.line.push(Step::Default(definition, field));
            self.line
                .push(Step::Types(&field.field_type, Position::of_field(field).within("type")));
        }
    }

    fn default(&mut self, record: &'a Definition, field: &'a Field) {
        let Some(default) = &field.default else { return };
        let checked = check(
            self.older,
            self.renames,
            &field.field_type,
            &default.0,
            &self.open,
            &mut self.steps,
        );
        let (cause, what) = match checked {
            Checked::Valid => return,
            Checked::Invalid => (Cause::OldDefault, "is no value of its type under the newer names"),
            Checked::Open => (Cause::OpenRecord, "holds the record that it stands in"),
        };
        self.failures.push(Failure {
            cause,
            message: format!("the older default {default} of `{}` {what}", field.name),
            older: Position::of_field(field).within("default"),
            newer: self.field(record, field),
        });
    }

    fn union(&mut self, branches: &'a [Type], at: &Position) {
        let mut names: HashMap<&str, &Definition> = HashMap::new();
        for (index, branch) in branches.iter().enumerate() {
            let Form::Named(id) = branch.form else { continue };
            let definition = self.older.definition(id);
            let name = self.renames.name(definition).full();
            if let Some(first) = names.insert(name, definition) {
                self.failures.push(Failure {
                    cause: Cause::TypeAlias,
                    message: format!("{} and {} are both read as {name}", first.name, definition.name),
                    older: at.within(index),
                    newer: self.named(name),
                });
            }
        }
    }

    /// Where the newer schema has a type of this name.
    fn named(&self, name: &str) -> Position {
        let found = self.newer.find(name);
        found.map_or_else(Position::root, |id| Position::of_definition(self.newer.definition(id)))
    }

    /// Where the newer schema has the field, or else its record.
    fn field(&self, record: &Definition, field: &Field) -> Position {
        let name = self.renames.name(record).full();
        let found = self.newer.find(name).map(|id| self.newer.definition(id));
        if let Some(Kind::Record { fields, .. }) = found.map(|definition| &definition.kind) {
            let wanted = self.renames.field(record, field);
            if let Some(field) = fields.iter().find(|field| field.name == wanted) {
                return Position::of_field(field);
            }
        }
        self.named(name)
    }
}
