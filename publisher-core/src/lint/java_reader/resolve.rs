//! Java's resolution of the older schema, renamed, with the newer: which part reads which, and which cannot.
//!
//! Knows no values: a part that cannot be read is told, whether or not an event has it.

use std::collections::{HashMap, HashSet, VecDeque};

use super::default::cannot_encode;
use super::rename::Renames;
use super::size::Sizes;
use super::{Cause, Failure, MOST_STEPS};
use crate::lint::finding::Position;
use crate::schema::avsc::{AvroSchema, Definition, Field, Form, Kind, Type, TypeId};

/// What Java cannot resolve, and whether that is all.
pub(super) fn failures<'a>(
    older: &'a AvroSchema,
    newer: &'a AvroSchema,
    renames: &Renames<'a>,
) -> (Vec<Failure>, bool) {
    let mut resolve = Resolve {
        older,
        newer,
        renames,
        written: Sizes::new(older, false),
        read: Sizes::new(newer, true),
        seen: HashSet::new(),
        refused: HashMap::new(),
        equal: HashMap::new(),
        line: VecDeque::new(),
        failures: Vec::new(),
        steps: 0,
    };
    let way = Way {
        context: None,
        tried: false,
        hidden: false,
    };
    resolve.types((older.root(), Position::root()), (newer.root(), Position::root()), way);
    while let Some((one, other, way)) = resolve.line.pop_front() {
        if resolve.steps > MOST_STEPS {
            break;
        }
        resolve.records(one, other, way);
    }
    (resolve.failures, resolve.steps <= MOST_STEPS)
}

/// The state of a resolution; what it asks on its way is in `verdict`.
pub(super) struct Resolve<'a, 'r> {
    pub(super) older: &'a AvroSchema,
    pub(super) newer: &'a AvroSchema,
    pub(super) renames: &'r Renames<'a>,
    written: Sizes<'a>,
    read: Sizes<'a>,
    seen: HashSet<(TypeId, TypeId, Way)>,
    /// Whether a record cannot be read as another; one that is being looked at can, as in Java.
    pub(super) refused: HashMap<(TypeId, TypeId), bool>,
    /// Whether two named types are the same to Java where it compares unions.
    pub(super) equal: HashMap<(TypeId, TypeId), bool>,
    line: VecDeque<(TypeId, TypeId, Way)>,
    failures: Vec<Failure>,
    pub(super) steps: usize,
}

/// How Java came to a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Way {
    /// The choice on the way that explains a failure.
    context: Option<Cause>,
    /// It only tries: what cannot be read does not count, but a default that cannot be encoded ends all.
    tried: bool,
    /// Other lints do not come here, since the names do not match.
    hidden: bool,
}

type At<'a> = (&'a Type, Position);

impl<'a> Resolve<'a, '_> {
    fn types(&mut self, one: At<'a>, other: At<'a>, way: Way) {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return;
        }
        if let Form::Union(branches) = &one.0.form {
            let same = self.same_union(one.0, other.0);
            for (index, branch) in branches.iter().enumerate() {
                let at_older = one.1.within(index);
                match &other.0.form {
                    Form::Union(types) if same => {
                        self.types((branch, at_older), (&types[index], other.1.within(index)), way);
                    }
                    _ => self.types((branch, at_older), (other.0, other.1.clone()), way),
                }
            }
            return;
        }
        match (&one.0.form, &other.0.form) {
            (_, Form::Union(types)) => self.union(one, types, &other.1, way),
            (Form::Array(items), Form::Array(others)) => {
                let (at_older, at_newer) = (one.1.within("items"), other.1.within("items"));
                self.items((items, at_older), (others, at_newer), way);
            }
            (Form::Map(values), Form::Map(others)) => {
                let (at_older, at_newer) = (one.1.within("values"), other.1.within("values"));
                self.items((values, at_older), (others, at_newer), way);
            }
            (Form::Named(id), Form::Named(other_id)) if self.are_records(*id, *other_id) => {
                if self.seen.insert((*id, *other_id, way)) {
                    self.line.push_back((*id, *other_id, way));
                }
            }
            _ => {
                if self.is_refused(one.0, other.0, 0) {
                    self.refuse(one, &other, way);
                }
            }
        }
    }

    /// Items of arrays, or values of maps.
    fn items(&mut self, one: At<'a>, other: At<'a>, way: Way) {
        let (written, read) = (self.written.least(one.0), self.read.least(other.0));
        if read > written && !way.tried {
            self.failures.push(Failure {
                cause: Cause::Items,
                message: format!("Java counts with at least {read} bytes for each, older events have {written}"),
                older: one.1.clone(),
                newer: other.1.clone(),
            });
        }
        self.types(one, other, way);
    }

    /// A failure of a type that is not read as the other.
    fn refuse(&mut self, one: At<'a>, other: &At<'a>, way: Way) {
        if way.tried {
            return;
        }
        let cause = match one.0.form {
            Form::Named(id) if self.is_renamed(id) => Cause::TypeAlias,
            _ => way.context.unwrap_or(Cause::TypeAlias),
        };
        let message = match one.0.form {
            Form::Named(id) if self.is_renamed(id) => {
                let definition = self.older.definition(id);
                let name = self.renames.name(definition);
                format!("the older {} is taken for {name} by an alias", definition.name)
            }
            _ => {
                let (written, read) = (self.older.describe(one.0), self.newer.describe(other.0));
                format!("{written} meets {read}")
            }
        };
        self.failures.push(Failure {
            cause,
            message,
            older: one.1,
            newer: other.1.clone(),
        });
    }

    fn union(&mut self, one: At<'a>, types: &'a [Type], at_newer: &Position, way: Way) {
        self.steps += types.len();
        if let Form::Named(id) = one.0.form {
            // Java tries all records up to that of the full name.
            for branch in types {
                let Form::Named(other) = branch.form else { continue };
                if self.renames.name(self.older.definition(id)).full() == self.newer.definition(other).name.full() {
                    break;
                }
                let tried = Way {
                    tried: true,
                    hidden: true,
                    ..way
                };
                if self.are_records(id, other) && self.seen.insert((id, other, tried)) {
                    self.line.push_back((id, other, tried));
                }
            }
        }
        let Some(index) = self.first_branch(one.0, types, 0) else {
            return self.no_branch(one, types, at_newer, way);
        };
        let branch = &types[index];
        let mut way = way;
        if let (Form::Named(id), Form::Named(other)) = (&one.0.form, &branch.form) {
            let (own, other) = (self.older.definition(*id), self.newer.definition(*other));
            if self.renames.name(own).simple() != other.name.simple() {
                way.hidden = true;
            }
            let shared = types
                .iter()
                .filter(|branch| self.simple(branch) == Some(other.name.simple()));
            if shared.count() > 1 || way.hidden {
                way.context = Some(Cause::SharedName);
            }
        }
        self.types(one, (branch, at_newer.within(index)), way);
    }

    /// A failure of a type for which there is no branch.
    fn no_branch(&mut self, one: At<'a>, types: &'a [Type], at_newer: &Position, way: Way) {
        if way.tried {
            return;
        }
        let Form::Named(id) = one.0.form else {
            let message = format!("the union has no branch for {}", self.older.describe(one.0));
            let cause = way.context.unwrap_or(Cause::TypeAlias);
            return self.failures.push(Failure {
                cause,
                message,
                older: one.1,
                newer: at_newer.clone(),
            });
        };
        let own = self.older.definition(id);
        let name = self.renames.name(own);
        let close = types
            .iter()
            .position(|branch| self.simple(branch) == Some(name.simple()));
        let newer = close.map_or_else(|| at_newer.clone(), |index| at_newer.within(index));
        let found = close.map_or_else(String::new, |index| self.newer.name(&types[index]).to_owned());
        let (cause, message) = if *name != own.name {
            let message = format!("the older {} is taken for {name} by an alias", own.name);
            (Cause::TypeAlias, message)
        } else if close.is_some() && !matches!(own.kind, Kind::Record { .. }) {
            let word = own.kind.word();
            (
                Cause::Moved,
                format!("the union has the {word} {found}, but not {name}"),
            )
        } else {
            let message = format!("the union has no branch for {name}");
            (way.context.unwrap_or(Cause::SharedName), message)
        };
        self.failures.push(Failure {
            cause,
            message,
            older: one.1,
            newer,
        });
    }

    fn records(&mut self, one: TypeId, other: TypeId, way: Way) {
        let (own, other) = (self.older.definition(one), self.newer.definition(other));
        let (Some(of_older), Some(of_newer)) = (fields(own), fields(other)) else {
            return;
        };
        self.steps += of_older.len() + of_newer.len();
        let by_name: HashMap<&str, &Field> = of_newer.iter().map(|field| (&*field.name, field)).collect();
        let mut written: HashSet<&str> = HashSet::new();
        let renames = self.renames;
        for field in of_older {
            let name = renames.field(own, field);
            written.insert(name);
            let Some(newer) = by_name.get(name) else { continue };
            let way = if name == field.name {
                way
            } else {
                Way {
                    context: way.context.or(Some(Cause::FieldAlias)),
                    ..way
                }
            };
            let at_older = Position::of_field(field).within("type");
            let at_newer = Position::of_field(newer).within("type");
            self.types((&field.field_type, at_older), (&newer.field_type, at_newer), way);
        }
        for field in of_newer.iter().filter(|field| !written.contains(&*field.name)) {
            let Some(default) = &field.default else {
                return self.lacks(own, other, field, way);
            };
            let Some(reason) = cannot_encode(self.newer, &field.field_type, &default.0, &mut self.steps) else {
                continue;
            };
            let ours = self.newer.encode_default(&field.field_type, default, &mut Vec::new());
            let cause = match ours {
                Ok(()) => Cause::LaterBranch,
                // Where the record is read for good this has a lint of its own.
                Err(_) if !way.hidden => continue,
                Err(_) => Cause::TriedDefault,
            };
            self.failures.push(Failure {
                cause,
                message: format!("the default {default} of `{}` cannot be encoded: {reason}", field.name),
                older: Position::of_definition(own),
                newer: Position::of_field(field).within("default"),
            });
        }
    }

    /// A failure of a field that is not written and has no default.
    fn lacks(&mut self, own: &'a Definition, other: &'a Definition, field: &'a Field, way: Way) {
        if way.tried {
            return;
        }
        let Some(of_older) = fields(own) else { return };
        let name = self.renames.name(own);
        let taken = of_older.iter().find(|older| older.name == field.name);
        let (cause, message, older) = match taken {
            Some(older) => {
                let taken = self.renames.field(own, older);
                let message = format!("the older `{}` is taken for `{taken}` by an alias", field.name);
                (Cause::FieldAlias, message, Position::of_field(older))
            }
            None if *name != own.name && *name != other.name => {
                let message = format!("the older {} is taken for {name} by an alias", own.name);
                (Cause::TypeAlias, message, Position::of_definition(own))
            }
            // An alias that does not count, since the record moved, has a lint of its own.
            None if !way.hidden && way.context.is_none() && is_alias(field, of_older) => return,
            None => {
                let message = format!("{} is read as {}, which needs `{}`", own.name, other.name, field.name);
                (
                    way.context.unwrap_or(Cause::SharedName),
                    message,
                    Position::of_definition(own),
                )
            }
        };
        self.failures.push(Failure {
            cause,
            message,
            older,
            newer: Position::of_field(field),
        });
    }

    pub(super) fn are_records(&self, one: TypeId, other: TypeId) -> bool {
        fields(self.older.definition(one)).is_some() && fields(self.newer.definition(other)).is_some()
    }

    fn is_renamed(&self, id: TypeId) -> bool {
        let definition = self.older.definition(id);
        *self.renames.name(definition) != definition.name
    }

    /// The name without namespace of a branch that has one.
    fn simple(&self, branch: &Type) -> Option<&'a str> {
        match branch.form {
            Form::Named(id) => Some(self.newer.definition(id).name.simple()),
            _ => None,
        }
    }
}

pub(super) fn fields(of: &Definition) -> Option<&[Field]> {
    match &of.kind {
        Kind::Record { fields, .. } => Some(fields),
        _ => None,
    }
}

/// Whether the field has the name of an older one among its aliases.
fn is_alias(field: &Field, of_older: &[Field]) -> bool {
    let mut aliases = field.aliases.iter();
    aliases.any(|alias| of_older.iter().any(|older| older.name == *alias))
}
