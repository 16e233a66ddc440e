//! Small changes of a schema, as people make them, and some that break it.
//!
//! Whether a change is compatible is not known here.

use super::generate::{self, FIELD_NAMES, NAMESPACES, SYMBOLS, TYPE_NAMES};
use super::model::{Field, Kind, Schema, Type};
use super::random::Random;

/// Changes something; a try that leads to an ambiguous name is undone.
pub(crate) fn edit(schema: &mut Schema, random: &mut Random) {
    let before = schema.clone();
    match random.below(20) {
        0 | 1 => type_name(schema, random),
        2..=5 => add_field(schema, random),
        6..=8 => change_field(schema, random),
        9..=11 => promote(schema, random),
        12..=14 => change_union(schema, random),
        15..=17 => change_symbols_or_size(schema, random),
        18 => replace(schema, random),
        _ => split(schema, random),
    }
    if !schema.is_unambiguous() {
        *schema = before;
    }
}

fn type_name(schema: &mut Schema, random: &mut Random) {
    if schema.named.is_empty() {
        return;
    }
    let index = random.below(schema.named.len());
    let named = &mut schema.named[index];
    let former = named.full();
    match random.below(4) {
        0 => named.name = (*random.pick(&TYPE_NAMES)).to_owned(),
        1 => named.namespace = (*random.pick(&NAMESPACES)).to_owned(),
        2 => named.aliases.push(generate::alias(random)),
        _ => named.doc = Some("Another text.".to_owned()),
    }
    if named.full() != former && random.percent(60) {
        named.aliases.push(former);
    }
}

/// The fields of some record that has been picked.
fn fields<'a>(schema: &'a mut Schema, random: &mut Random) -> Option<&'a mut Vec<Field>> {
    let mut records: Vec<&mut Vec<Field>> = Vec::new();
    for named in &mut schema.named {
        if let Kind::Record(fields) = &mut named.kind {
            records.push(fields);
        }
    }
    (!records.is_empty()).then(|| {
        let index = random.below(records.len());
        records.swap_remove(index)
    })
}

fn add_field(schema: &mut Schema, random: &mut Random) {
    let of = generate::of(schema, random, 3);
    let name = *random.pick(&FIELD_NAMES);
    let mut added = generate::field(name, of, random);
    if random.percent(75) {
        added.default = generate::default(schema, &added.of, random, 0);
    }
    let at = random.below(4);
    let Some(fields) = fields(schema, random) else { return };
    if fields.iter().all(|field| field.name != added.name) {
        fields.insert(at.min(fields.len()), added);
    }
}

fn change_field(schema: &mut Schema, random: &mut Random) {
    let all = schema.clone();
    let Some(fields) = fields(schema, random) else { return };
    if fields.is_empty() {
        return;
    }
    let index = random.below(fields.len());
    match random.below(8) {
        0 | 1 => {
            fields.remove(index);
        }
        2 | 3 => {
            let name = *random.pick(&FIELD_NAMES);
            if fields.iter().all(|field| field.name != name) {
                let former = std::mem::replace(&mut fields[index].name, name.to_owned());
                if random.percent(70) {
                    fields[index].aliases.push(former);
                }
            }
        }
        4 => fields[index].default = None,
        5 => fields[index].default = generate::default(&all, &fields[index].of, random, 0),
        6 => fields.rotate_left(1),
        _ => {
            fields[index].order = Some("ignore");
            fields[index].doc = None;
            fields[index].aliases.push((*random.pick(&FIELD_NAMES)).to_owned());
        }
    }
}

/// Some type in the schema, at any depth.
fn any<'a>(schema: &'a mut Schema, random: &mut Random) -> &'a mut Type {
    let mut all = schema.types_mut();
    let index = random.below(all.len());
    within(all.swap_remove(index), random)
}

fn within<'a>(of: &'a mut Type, random: &mut Random) -> &'a mut Type {
    let is_whole = match of {
        Type::Array(_) | Type::Map(_) => random.percent(40),
        Type::Union(branches) => branches.is_empty() || random.percent(40),
        Type::Primitive(..) | Type::Named(_) => true,
    };
    if is_whole {
        return of;
    }
    match of {
        Type::Array(inner) | Type::Map(inner) => within(inner, random),
        Type::Union(branches) => {
            let index = random.below(branches.len());
            within(&mut branches[index], random)
        }
        plain => plain,
    }
}

fn promote(schema: &mut Schema, random: &mut Random) {
    if let Type::Primitive(name, logical) = any(schema, random) {
        *name = match *name {
            "int" => *random.pick(&["long", "float", "double"]),
            "long" => *random.pick(&["float", "double", "int"]),
            "float" => *random.pick(&["double", "long"]),
            "double" => "float",
            "string" => "bytes",
            "bytes" => "string",
            same => same,
        };
        *logical = if random.percent(20) {
            generate::logical(name, random)
        } else {
            None
        };
    }
}

fn change_union(schema: &mut Schema, random: &mut Random) {
    let added = generate::of(schema, random, 3);
    let mut all = schema.types_mut();
    let index = random.below(all.len());
    let of = all.swap_remove(index);
    match of {
        Type::Union(branches) => match random.below(4) {
            0 if !branches.is_empty() => {
                branches.remove(random.below(branches.len()));
            }
            1 if branches.len() == 1 => *of = branches[0].clone(),
            1 if !branches.is_empty() => branches.rotate_left(1),
            _ if generate::may_join(branches, &added) => branches.push(added),
            _ => {}
        },
        plain => {
            let mut branches = vec![plain.clone()];
            let joined = if random.percent(70) {
                Type::Primitive("null", None)
            } else {
                added
            };
            if generate::may_join(&branches, &joined) {
                branches.insert(random.below(2), joined);
            }
            *plain = Type::Union(branches);
        }
    }
}

fn change_symbols_or_size(schema: &mut Schema, random: &mut Random) {
    let mut found: Vec<&mut Kind> = Vec::new();
    for named in &mut schema.named {
        if !matches!(named.kind, Kind::Record(_)) {
            found.push(&mut named.kind);
        }
    }
    if found.is_empty() {
        return promote(schema, random);
    }
    let index = random.below(found.len());
    match found.swap_remove(index) {
        Kind::Enum { symbols, default } => match random.below(5) {
            0 | 1 => {
                let symbol = (*random.pick(&SYMBOLS)).to_owned();
                if !symbols.contains(&symbol) {
                    symbols.push(symbol);
                }
            }
            2 if symbols.len() > 1 => {
                let removed = symbols.remove(random.below(symbols.len()));
                if default.as_ref() == Some(&removed) {
                    *default = None;
                }
            }
            3 => symbols.rotate_left(1),
            _ => *default = random.percent(70).then(|| random.pick(symbols).clone()),
        },
        Kind::Fixed { size, logical } => {
            *size = *random.pick(&[1, 4, 8, 16]);
            *logical = None;
        }
        Kind::Record(_) => {}
    }
}

fn replace(schema: &mut Schema, random: &mut Random) {
    let mut new = generate::of(schema, random, 3);
    if matches!(new, Type::Union(_)) {
        new = generate::primitive(random);
    }
    *any(schema, random) = new;
}

/// Gives one place a type of its own that was shared.
fn split(schema: &mut Schema, random: &mut Random) {
    let Type::Named(index) = *any(schema, random) else {
        return;
    };
    let kind = schema.named[index].kind.clone();
    let copy = generate::add(schema, random, kind);
    if let Some(place) = schema.types_mut().into_iter().find(|of| **of == Type::Named(index)) {
        *place = copy;
    }
}
