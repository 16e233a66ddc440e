//! A random schema of any shape, from few names, so that two schemas meet often.
//!
//! Knows no pair; `edit` makes the second of one.

use serde_json::{Value, json};

use super::model::{Field, Kind, Logical, Named, Schema, Type};
use super::random::Random;

pub(crate) const FIELD_NAMES: [&str; 7] = ["id", "at", "name", "total", "lines", "kind", "note"];
pub(crate) const TYPE_NAMES: [&str; 6] = ["Order", "Line", "Kind", "Money", "Hash", "Node"];
pub(crate) const NAMESPACES: [&str; 3] = ["", "acme", "acme.shop"];
pub(crate) const SYMBOLS: [&str; 5] = ["NEW", "PAID", "SENT", "LOST", "OTHER"];
const MOST_NAMED: usize = 5;
const DEEPEST: usize = 4;

/// A schema without an ambiguous name.
pub(crate) fn schema(random: &mut Random) -> Schema {
    let mut schema = Schema {
        named: Vec::new(),
        root: Type::Primitive("null", None),
    };
    schema.root = if random.percent(80) {
        record(&mut schema, random, 0)
    } else {
        of(&mut schema, random, 0)
    };
    set_defaults(&mut schema, random);
    schema
}

/// Any type; named ones are added to the schema's table.
pub(crate) fn of(schema: &mut Schema, random: &mut Random, depth: usize) -> Type {
    let choices = if depth >= DEEPEST { 5 } else { 12 };
    match random.below(choices) {
        0..=3 => primitive(random),
        4 if schema.named.is_empty() => primitive(random),
        // By name, which may be that of a record that is being made: it then holds itself.
        4 => Type::Named(random.below(schema.named.len())),
        5 => Type::Array(Box::new(of(schema, random, depth + 1))),
        6 => Type::Map(Box::new(of(schema, random, depth + 1))),
        7 | 8 => union(schema, random, depth + 1),
        9 => record(schema, random, depth + 1),
        10 => enumeration(schema, random),
        _ => fixed(schema, random),
    }
}

pub(crate) fn primitive(random: &mut Random) -> Type {
    const NAMES: [&str; 8] = ["null", "boolean", "int", "long", "float", "double", "bytes", "string"];
    let name = *random.pick(&NAMES);
    Type::Primitive(
        name,
        if random.percent(20) {
            logical(name, random)
        } else {
            None
        },
    )
}

pub(crate) fn logical(of: &str, random: &mut Random) -> Option<Logical> {
    let names: &[&'static str] = match of {
        "int" => &["date", "time-millis"],
        "long" => &[
            "time-micros",
            "timestamp-millis",
            "timestamp-micros",
            "local-timestamp-millis",
        ],
        "string" => &["uuid"],
        "bytes" => &["decimal"],
        _ => return None,
    };
    let name = *random.pick(names);
    let digits = (name == "decimal").then(|| (9, u32::try_from(random.below(4)).unwrap_or(0)));
    Some(Logical { name, digits })
}

/// Branches that may stand together: one of a kind, but for named types. Now and then none.
fn union(schema: &mut Schema, random: &mut Random, depth: usize) -> Type {
    let mut branches: Vec<Type> = Vec::new();
    if random.percent(3) {
        return Type::Union(branches);
    }
    if random.percent(60) {
        branches.push(Type::Primitive("null", None));
    }
    for _ in 0..=random.below(3) {
        let branch = of(schema, random, depth);
        if may_join(&branches, &branch) {
            branches.push(branch);
        }
    }
    if !branches.is_empty() && random.percent(30) {
        branches.rotate_left(1);
    }
    Type::Union(branches)
}

/// Whether a union may have this branch too.
pub(crate) fn may_join(branches: &[Type], branch: &Type) -> bool {
    branches.iter().all(|other| match (other, branch) {
        (_, Type::Union(_)) => false,
        (Type::Primitive(one, _), Type::Primitive(other, _)) => one != other,
        (Type::Array(_), Type::Array(_)) | (Type::Map(_), Type::Map(_)) => false,
        (Type::Named(one), Type::Named(other)) => one != other,
        _ => true,
    }) && !matches!(branch, Type::Union(_))
}

/// Adds a named type with a name that is free, or takes one that is there.
pub(crate) fn add(schema: &mut Schema, random: &mut Random, kind: Kind) -> Type {
    for _ in 0..20 {
        schema.named.push(Named {
            name: (*random.pick(&TYPE_NAMES)).to_owned(),
            namespace: (*random.pick(&NAMESPACES)).to_owned(),
            aliases: Vec::new(),
            doc: random.percent(10).then(|| "What it is.".to_owned()),
            kind: kind.clone(),
        });
        if schema.named.len() <= MOST_NAMED && schema.is_unambiguous() {
            let index = schema.named.len() - 1;
            if random.percent(15) {
                schema.named[index].aliases.push(alias(random));
            }
            return Type::Named(index);
        }
        schema.named.pop();
    }
    if schema.named.is_empty() {
        primitive(random)
    } else {
        Type::Named(random.below(schema.named.len()))
    }
}

/// A former name of a type, with or without its namespace.
pub(crate) fn alias(random: &mut Random) -> String {
    let (space, name) = (*random.pick(&NAMESPACES), *random.pick(&TYPE_NAMES));
    if space.is_empty() {
        name.to_owned()
    } else {
        format!("{space}.{name}")
    }
}

fn record(schema: &mut Schema, random: &mut Random, depth: usize) -> Type {
    let made = add(schema, random, Kind::Record(Vec::new()));
    let Type::Named(index) = made else { return made };
    if !matches!(&schema.named[index].kind, Kind::Record(fields) if fields.is_empty()) {
        return made;
    }
    let mut fields: Vec<Field> = Vec::new();
    for _ in 0..random.below(5) {
        let name = *random.pick(&FIELD_NAMES);
        if fields.iter().all(|field| field.name != name) {
            let of = of(schema, random, depth + 1);
            fields.push(field(name, of, random));
        }
    }
    schema.named[index].kind = Kind::Record(fields);
    made
}

pub(crate) fn field(name: &str, of: Type, random: &mut Random) -> Field {
    Field {
        name: name.to_owned(),
        aliases: if random.percent(8) {
            vec![(*random.pick(&FIELD_NAMES)).to_owned()]
        } else {
            Vec::new()
        },
        of,
        default: None,
        doc: random.percent(10).then(|| "What it says.".to_owned()),
        order: random
            .percent(10)
            .then(|| *random.pick(&["ascending", "descending", "ignore"])),
    }
}

fn enumeration(schema: &mut Schema, random: &mut Random) -> Type {
    let count = 1 + random.below(4);
    let start = random.below(SYMBOLS.len());
    let symbols: Vec<String> = (0..count)
        .map(|index| SYMBOLS[(start + index) % SYMBOLS.len()].to_owned())
        .collect();
    let default = random.percent(30).then(|| random.pick(&symbols).clone());
    add(schema, random, Kind::Enum { symbols, default })
}

fn fixed(schema: &mut Schema, random: &mut Random) -> Type {
    let size = *random.pick(&[1, 4, 8, 16]);
    let logical = match size {
        8 if random.percent(30) => Some(Logical {
            name: "decimal",
            digits: Some((9, 2)),
        }),
        _ => None,
    };
    add(schema, random, Kind::Fixed { size, logical })
}

/// Gives some fields a default, when all types are known.
fn set_defaults(schema: &mut Schema, random: &mut Random) {
    for index in 0..schema.named.len() {
        let Kind::Record(fields) = &schema.named[index].kind else {
            continue;
        };
        let mut fields = fields.clone();
        for field in &mut fields {
            if random.percent(35) {
                field.default = default(schema, &field.of, random, 0);
            }
        }
        schema.named[index].kind = Kind::Record(fields);
    }
}

/// A default of a type, now and then of another; none for what has no value.
pub(crate) fn default(schema: &Schema, of: &Type, random: &mut Random, depth: usize) -> Option<Value> {
    if depth > 6 {
        return None;
    }
    if random.percent(3) {
        return Some(
            random
                .pick(&[json!(null), json!("x"), json!(7), json!({}), json!([])])
                .clone(),
        );
    }
    Some(match of {
        Type::Primitive("null", _) => Value::Null,
        Type::Primitive("boolean", _) => json!(random.percent(50)),
        Type::Primitive("int" | "long", _) => json!(random.below(100)),
        Type::Primitive("float" | "double", _) => json!(0.5),
        Type::Primitive("string", Some(_)) => json!("01234567-89ab-4def-8123-456789abcdef"),
        Type::Primitive(..) => json!(*random.pick(&["", "a", "\u{ff}"])),
        Type::Array(_) => json!([]),
        Type::Map(_) => json!({}),
        // Any branch will do since Avro 1.12, before that the first.
        Type::Union(branches) if branches.is_empty() => return None,
        Type::Union(branches) => {
            let branch = if random.percent(80) {
                &branches[0]
            } else {
                random.pick(branches)
            };
            default(schema, branch, random, depth + 1)?
        }
        Type::Named(index) => match &schema.named[*index].kind {
            Kind::Enum { symbols, .. } => json!(random.pick(symbols)),
            Kind::Fixed { size, .. } => json!("\u{1}".repeat(*size)),
            Kind::Record(fields) => {
                let mut members = serde_json::Map::new();
                for field in fields {
                    // What has a default itself may be left out.
                    if field.default.is_none() || random.percent(50) {
                        members.insert(field.name.clone(), default(schema, &field.of, random, depth + 1)?);
                    }
                }
                Value::Object(members)
            }
        },
    })
}
