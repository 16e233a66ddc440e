//! The parts of two Avro schemas that meet when values of the older are read with the newer, each pair shown once.
//!
//! Knows no lint, and not whether a registry approves: parts that do not match are left out, they are the registry's.
//! Matching is Java's: fields by name and then by the newer field's aliases, named types by their name without namespace
//! or by the newer type's aliases.

use std::collections::{HashMap, HashSet, VecDeque};

use super::finding::Position;
use crate::schema::avsc::{AvroSchema, Definition, Field, Form, Kind, Logical, Type, TypeId};

/// So many parts are looked at. A schema of use has a few thousand.
const MOST_STEPS: usize = 1_000_000;

/// Two parts that meet.
pub(super) struct AvroPair<'a> {
    pub(super) newer_schema: &'a AvroSchema,
    pub(super) parts: Meeting<'a>,
    pub(super) older: Position,
    pub(super) newer: Position,
}

impl<'a> AvroPair<'a> {
    /// The logical types of the two, where both can have one.
    pub(super) fn logicals(&self) -> Option<(Option<&'a Logical>, Option<&'a Logical>)> {
        match self.parts {
            Meeting::Types(older, newer) => Some((older.logical.as_ref(), newer.logical.as_ref())),
            Meeting::Definitions(older, newer) => Some((older.logical.as_ref(), newer.logical.as_ref())),
            _ => None,
        }
    }

    /// The forms of two types that are no unions and have no name.
    pub(super) fn forms(&self) -> Option<(&'a Form, &'a Form)> {
        match self.parts {
            Meeting::Types(older, newer) => Some((&older.form, &newer.form)),
            _ => None,
        }
    }
}

/// What stands at the two places.
pub(super) enum Meeting<'a> {
    /// Two types that are no unions.
    Types(&'a Type, &'a Type),
    /// Two named types where they are defined.
    Definitions(&'a Definition, &'a Definition),
    /// Two fields.
    Fields {
        records: (&'a Definition, &'a Definition),
        older: &'a Field,
        newer: &'a Field,
    },
    /// A field that the older lacks, and the one of the older that is gone and looks like the same, if any. The place in
    /// the older is that of the latter, else of the record.
    NewField { newer: &'a Field, gone: Option<&'a Field> },
}

/// Shows every pair. False if there are more than are looked at.
#[must_use]
pub(super) fn walk<'a>(older: &'a AvroSchema, newer: &'a AvroSchema, visit: &mut dyn FnMut(&AvroPair<'a>)) -> bool {
    let mut walk = Walk {
        older,
        newer,
        visit,
        seen: HashSet::new(),
        line: VecDeque::new(),
        steps: 0,
    };
    walk.types(older.root(), Position::root(), newer.root(), Position::root(), None);
    while let Some((older, newer)) = walk.line.pop_front() {
        if walk.steps > MOST_STEPS {
            break;
        }
        walk.definitions(older, newer);
    }
    walk.steps <= MOST_STEPS
}

struct Walk<'a, 'v> {
    older: &'a AvroSchema,
    newer: &'a AvroSchema,
    visit: &'v mut dyn FnMut(&AvroPair<'a>),
    seen: HashSet<(TypeId, TypeId)>,
    line: VecDeque<(TypeId, TypeId)>,
    steps: usize,
}

/// Where the branches of a union stand, by what matches them.
struct Branches<'a> {
    types: &'a [Type],
    by_name: HashMap<&'a str, usize>,
}

impl<'a> Walk<'a, '_> {
    fn show(&mut self, parts: Meeting<'a>, older: &Position, newer: &Position) {
        (self.visit)(&AvroPair {
            newer_schema: self.newer,
            parts,
            older: older.clone(),
            newer: newer.clone(),
        });
    }

    /// Two types where they stand; `branches` are those of the newer, where the older is a branch itself.
    fn types(
        &mut self,
        older: &'a Type,
        at_older: Position,
        newer: &'a Type,
        at_newer: Position,
        branches: Option<&Branches<'a>>,
    ) {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return;
        }
        if let Form::Union(of_older) = &older.form {
            return self.union(of_older, &at_older, newer, &at_newer);
        }
        let Form::Union(types) = &newer.form else {
            return self.plain(older, &at_older, newer, &at_newer);
        };
        let own;
        let known = match branches {
            Some(branches) => branches,
            None => {
                own = self.branches(types);
                &own
            }
        };
        let Some(index) = self.branch(older, known) else {
            return;
        };
        let (branch, at_newer) = (&types[index], at_newer.within(index));
        self.plain(older, &at_older, branch, &at_newer);
    }

    fn union(&mut self, of_older: &'a [Type], at_older: &Position, newer: &'a Type, at_newer: &Position) {
        let of_newer: &[Type] = match &newer.form {
            Form::Union(types) => types,
            _ => &[],
        };
        if of_older.len() == of_newer.len() && of_older.iter().zip(of_newer).all(|(one, other)| self.alike(one, other))
        {
            // Java's reader then goes by the numbers of the branches.
            for (index, (one, other)) in of_older.iter().zip(of_newer).enumerate() {
                self.types(one, at_older.within(index), other, at_newer.within(index), None);
            }
            return;
        }
        let branches = self.branches(of_newer);
        for (index, branch) in of_older.iter().enumerate() {
            self.types(branch, at_older.within(index), newer, at_newer.clone(), Some(&branches));
        }
    }

    /// Whether two branches are of one form, and named types of one name.
    fn alike(&self, older: &Type, newer: &Type) -> bool {
        match (&older.form, &newer.form) {
            (Form::Named(one), Form::Named(other)) => {
                let (one, other) = (self.older.definition(*one), self.newer.definition(*other));
                one.kind.word() == other.kind.word() && names_match(one, other)
            }
            (one, other) => one.word() == other.word(),
        }
    }

    fn branches(&mut self, types: &'a [Type]) -> Branches<'a> {
        self.steps += types.len();
        let mut by_name = HashMap::new();
        for (index, branch) in types.iter().enumerate() {
            if let Form::Named(id) = branch.form {
                let definition = self.newer.definition(id);
                by_name.entry(definition.name.full()).or_insert(index);
            }
        }
        for (index, branch) in types.iter().enumerate() {
            match branch.form {
                // Behind all full names, so that none of them is hidden.
                Form::Named(id) => {
                    let definition = self.newer.definition(id);
                    for alias in &definition.aliases {
                        by_name.entry(alias.full()).or_insert(index);
                    }
                    by_name.entry(definition.name.simple()).or_insert(index);
                }
                _ => {
                    by_name.entry(branch.form.word()).or_insert(index);
                }
            }
        }
        Branches { types, by_name }
    }

    /// The branch that reads this type: one of the same form or name, else the first that it can be promoted to.
    fn branch(&self, older: &Type, branches: &Branches<'_>) -> Option<usize> {
        if let Form::Named(id) = older.form {
            let definition = self.older.definition(id);
            let names = [definition.name.full(), definition.name.simple()];
            let found = names.into_iter().find_map(|name| branches.by_name.get(name).copied())?;
            return matches!(branches.types[found].form, Form::Named(_)).then_some(found);
        }
        let exact = branches.by_name.get(older.form.word()).copied();
        exact
            .filter(|index| !matches!(branches.types[*index].form, Form::Named(_)))
            .or_else(|| {
                let promoted = promotions(&older.form)
                    .iter()
                    .filter_map(|word| branches.by_name.get(word));
                promoted.copied().min()
            })
    }

    /// Two types that are no unions.
    fn plain(&mut self, older: &'a Type, at_older: &Position, newer: &'a Type, at_newer: &Position) {
        match (&older.form, &newer.form) {
            (Form::Array(one), Form::Array(other)) => {
                self.show(Meeting::Types(older, newer), at_older, at_newer);
                let (at_older, at_newer) = (at_older.within("items"), at_newer.within("items"));
                self.types(one, at_older, other, at_newer, None);
            }
            (Form::Map(one), Form::Map(other)) => {
                self.show(Meeting::Types(older, newer), at_older, at_newer);
                let (at_older, at_newer) = (at_older.within("values"), at_newer.within("values"));
                self.types(one, at_older, other, at_newer, None);
            }
            (Form::Named(one), Form::Named(other)) => {
                if names_match(self.older.definition(*one), self.newer.definition(*other))
                    && self.seen.insert((*one, *other))
                {
                    self.line.push_back((*one, *other));
                }
            }
            (one, other) => {
                if one.word() == other.word() || promotions(one).contains(&other.word()) {
                    self.show(Meeting::Types(older, newer), at_older, at_newer);
                }
            }
        }
    }

    fn definitions(&mut self, older: TypeId, newer: TypeId) {
        let (older, newer) = (self.older.definition(older), self.newer.definition(newer));
        if older.kind.word() != newer.kind.word() {
            return;
        }
        self.steps += parts(older) + parts(newer);
        if self.steps > MOST_STEPS {
            return;
        }
        let (at_older, at_newer) = (Position::of_definition(older), Position::of_definition(newer));
        self.show(Meeting::Definitions(older, newer), &at_older, &at_newer);
        let (Kind::Record { fields: of_older, .. }, Kind::Record { fields: of_newer, .. }) = (&older.kind, &newer.kind)
        else {
            return;
        };
        let by_name: HashMap<&str, &Field> = of_older.iter().map(|field| (&*field.name, field)).collect();
        let mut matched: HashSet<&str> = HashSet::new();
        let mut added = Vec::new();
        for field in of_newer {
            let names = std::iter::once(&field.name).chain(&field.aliases);
            let Some(known) = names.into_iter().find_map(|name| by_name.get(&**name).copied()) else {
                added.push(field);
                continue;
            };
            matched.insert(&known.name);
            let (at_older, at_newer) = (Position::of_field(known), Position::of_field(field));
            let met = Meeting::Fields {
                records: (older, newer),
                older: known,
                newer: field,
            };
            self.show(met, &at_older, &at_newer);
            let (at_older, at_newer) = (at_older.within("type"), at_newer.within("type"));
            self.types(&known.field_type, at_older, &field.field_type, at_newer, None);
        }
        let gone = of_older.iter().filter(|field| !matched.contains(&*field.name));
        let gone = self.by_type(self.older, gone);
        let counts = self.by_type(self.newer, added.iter().copied());
        for field in added {
            let key = value_type(self.newer, &field.field_type);
            // Only where nothing else could be meant.
            let alone = counts.get(&key).is_some_and(|fields| fields.len() == 1);
            let gone = gone.get(&key).filter(|fields| alone && fields.len() == 1);
            let gone = gone.and_then(|fields| fields.first().copied());
            let at_older = gone.map_or_else(|| at_older.clone(), Position::of_field);
            self.show(
                Meeting::NewField { newer: field, gone },
                &at_older,
                &Position::of_field(field),
            );
        }
    }

    fn by_type(&self, schema: &AvroSchema, fields: impl Iterator<Item = &'a Field>) -> HashMap<String, Vec<&'a Field>> {
        let mut found: HashMap<String, Vec<&'a Field>> = HashMap::new();
        for field in fields {
            found
                .entry(value_type(schema, &field.field_type))
                .or_default()
                .push(field);
        }
        found
    }
}

/// How many fields or symbols there are.
fn parts(definition: &Definition) -> usize {
    match &definition.kind {
        Kind::Record { fields, .. } => fields.len(),
        Kind::Enum { symbols, .. } => symbols.len(),
        Kind::Fixed { .. } => 1,
    }
}

/// A type without the `null` beside it.
fn value_type(schema: &AvroSchema, of: &Type) -> String {
    if let Form::Union(branches) = &of.form {
        let mut values = branches.iter().filter(|branch| !matches!(branch.form, Form::Null));
        if let (Some(value), None) = (values.next(), values.next()) {
            return schema.describe(value);
        }
    }
    schema.describe(of)
}

/// Whether a reader with the newer type takes the older for its own.
pub(super) fn names_match(older: &Definition, newer: &Definition) -> bool {
    older.name.simple() == newer.name.simple() || has_alias(older, newer)
}

/// Whether the newer type names the older among its aliases.
pub(super) fn has_alias(older: &Definition, newer: &Definition) -> bool {
    newer.aliases.contains(&older.name)
}

/// The forms that values of this one may be read as.
fn promotions(form: &Form) -> &'static [&'static str] {
    match form {
        Form::Int => &["long", "float", "double"],
        Form::Long => &["float", "double"],
        Form::Float => &["double"],
        Form::String => &["bytes"],
        Form::Bytes => &["string"],
        _ => &[],
    }
}
