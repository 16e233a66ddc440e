//! The names that the older schema's types and fields get from the newer's aliases.
//!
//! Knows nothing of what follows from them.

use std::collections::{HashMap, HashSet};

use crate::schema::avsc::{AvroSchema, Definition, Field, Form, FullName, Kind, Type, TypeId};

/// Aliases by the name that they replace.
pub(super) struct Renames<'a> {
    types: HashMap<&'a str, &'a FullName>,
    /// By the full name of the record in the newer schema.
    fields: HashMap<&'a str, HashMap<&'a str, &'a str>>,
    /// How often Java applies them: when the reader asks for a resolution, and when that is made, but not to a schema that
    /// is equal to the newer by then.
    times: u32,
}

impl<'a> Renames<'a> {
    /// Those of the newer schema; none where the two are the same but for names that nobody asks for.
    pub(super) fn of(older: &AvroSchema, newer: &'a AvroSchema) -> Self {
        let mut renames = Self {
            types: HashMap::new(),
            fields: HashMap::new(),
            times: 0,
        };
        for definition in newer.definitions() {
            // The last alias counts.
            for alias in &definition.aliases {
                renames.types.insert(alias.full(), &definition.name);
            }
            let Kind::Record { fields, .. } = &definition.kind else {
                continue;
            };
            for field in fields {
                for alias in &field.aliases {
                    let of_record = renames.fields.entry(definition.name.full()).or_default();
                    of_record.insert(alias, &field.name);
                }
            }
        }
        while renames.times < 2 && !renames.maps_nothing() && !same(older, newer, &renames) {
            renames.times += 1;
        }
        renames
    }

    fn maps_nothing(&self) -> bool {
        self.types.is_empty() && self.fields.is_empty()
    }

    /// Whether the older schema stays as it is.
    pub(super) fn is_empty(&self) -> bool {
        self.times == 0
    }

    /// The name that Java gives to a type of the older schema.
    pub(super) fn name<'b>(&self, of: &'b Definition) -> &'b FullName
    where
        'a: 'b,
    {
        (0..self.times).fold(&of.name, |name, _| self.once(name))
    }

    /// The name that Java gives to a field of this record of the older schema.
    pub(super) fn field<'b>(&self, record: &'b Definition, field: &'b Field) -> &'b str
    where
        'a: 'b,
    {
        let names = (&record.name, &*field.name);
        let (_, name) = (0..self.times).fold(names, |(record, name), _| {
            let record = self.once(record);
            (record, self.field_once(record, name))
        });
        name
    }

    fn once<'b>(&self, name: &'b FullName) -> &'b FullName
    where
        'a: 'b,
    {
        self.types.get(name.full()).copied().unwrap_or(name)
    }

    fn field_once<'b>(&self, record: &FullName, name: &'b str) -> &'b str
    where
        'a: 'b,
    {
        let renamed = self.fields.get(record.full());
        renamed.and_then(|fields| fields.get(name).copied()).unwrap_or(name)
    }
}

/// Whether Java calls the older schema, as it is named by now, equal to the newer; aliases do not count there.
fn same(older: &AvroSchema, newer: &AvroSchema, renames: &Renames<'_>) -> bool {
    let mut line = vec![(older.root(), newer.root())];
    let mut seen: HashSet<(TypeId, TypeId)> = HashSet::new();
    while let Some((one, other)) = line.pop() {
        if one.logical != other.logical {
            return false;
        }
        match (&one.form, &other.form) {
            (Form::Array(one), Form::Array(other)) | (Form::Map(one), Form::Map(other)) => line.push((one, other)),
            (Form::Union(one), Form::Union(other)) => {
                if one.len() != other.len() {
                    return false;
                }
                line.extend(one.iter().zip(other));
            }
            (Form::Named(one), Form::Named(other)) => {
                if !seen.insert((*one, *other)) {
                    continue;
                }
                let Some(types) = same_definition(older.definition(*one), newer.definition(*other), renames) else {
                    return false;
                };
                line.extend(types);
            }
            (one, other) => {
                if one.word() != other.word() {
                    return false;
                }
            }
        }
    }
    true
}

/// The types that have to be the same, if the definitions are so far.
fn same_definition<'a>(
    one: &'a Definition,
    other: &'a Definition,
    renames: &Renames<'_>,
) -> Option<Vec<(&'a Type, &'a Type)>> {
    let alike = *renames.name(one) == other.name && one.logical == other.logical;
    match (&one.kind, &other.kind) {
        (
            Kind::Record { fields: own, error },
            Kind::Record {
                fields,
                error: is_error,
            },
        ) => {
            let alike = alike && error == is_error && own.len() == fields.len();
            let mut pairs = own.iter().zip(fields);
            let named =
                pairs.all(|(a, b)| renames.field(one, a) == b.name && a.default == b.default && a.order == b.order);
            (alike && named).then(|| {
                let types = own.iter().zip(fields);
                types.map(|(a, b)| (&a.field_type, &b.field_type)).collect()
            })
        }
        (Kind::Enum { symbols: own, .. }, Kind::Enum { symbols, .. }) => (alike && own == symbols).then(Vec::new),
        (Kind::Fixed { size: own }, Kind::Fixed { size }) => (alike && own == size).then(Vec::new),
        _ => None,
    }
}
