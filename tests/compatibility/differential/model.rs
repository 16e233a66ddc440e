//! A schema as a table of named types and a root, so that edits need not care where a type is written out.
//!
//! Independent of the project's own parser, which is what is tested. Prints itself as the text of an Avro schema.

use serde_json::{Map, Value, json};

use super::random::Random;

#[derive(Clone, Debug)]
pub(crate) struct Schema {
    pub(crate) named: Vec<Named>,
    pub(crate) root: Type,
}

#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub(crate) name: String,
    /// Empty for none.
    pub(crate) namespace: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) doc: Option<String>,
    pub(crate) kind: Kind,
}

#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Record(Vec<Field>),
    Enum {
        symbols: Vec<String>,
        default: Option<String>,
    },
    Fixed {
        size: usize,
        logical: Option<Logical>,
    },
}

#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) of: Type,
    pub(crate) default: Option<Value>,
    pub(crate) doc: Option<String>,
    pub(crate) order: Option<&'static str>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Type {
    Primitive(&'static str, Option<Logical>),
    Array(Box<Type>),
    Map(Box<Type>),
    Union(Vec<Type>),
    Named(usize),
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Logical {
    pub(crate) name: &'static str,
    /// Precision and scale of a decimal.
    pub(crate) digits: Option<(u32, u32)>,
}

impl Named {
    pub(crate) fn full(&self) -> String {
        if self.namespace.is_empty() {
            self.name.clone()
        } else {
            format!("{}.{}", self.namespace, self.name)
        }
    }
}

impl Named {
    /// An alias without a dot is in the type's own namespace.
    fn full_alias(&self, alias: &str) -> String {
        if alias.contains('.') || self.namespace.is_empty() {
            alias.to_owned()
        } else {
            format!("{}.{alias}", self.namespace)
        }
    }
}

impl Schema {
    /// Whether each name means one type wherever it is written. A type without namespace is also sought from within
    /// one, so its name must not be another's there.
    pub(crate) fn is_unambiguous(&self) -> bool {
        self.named.iter().enumerate().all(|(index, one)| {
            self.named[..index].iter().all(|other| {
                one.name != other.name
                    || (one.namespace != other.namespace && !one.namespace.is_empty() && !other.namespace.is_empty())
            })
        })
    }

    /// Every type in the schema by way of a function that may change it.
    pub(crate) fn types_mut(&mut self) -> Vec<&mut Type> {
        let mut found: Vec<&mut Type> = vec![&mut self.root];
        for named in &mut self.named {
            if let Kind::Record(fields) = &mut named.kind {
                found.extend(fields.iter_mut().map(|field| &mut field.of));
            }
        }
        found
    }

    /// Whether a type without namespace may be named from within one.
    pub(crate) fn names_beyond_namespace(&self) -> bool {
        let without = |named: &Named| named.namespace.is_empty();
        self.named.iter().any(without) && !self.named.iter().all(without)
    }

    /// Whether a field has a default, and a field or the items of one are a union in which a branch is more than a
    /// primitive: the default may be of that union or hold a value of it.
    pub(crate) fn has_default_in_union(&self) -> bool {
        self.records().flatten().any(|field| field.default.is_some())
            && self.records().flatten().any(|field| holds_union(&field.of))
    }

    /// Whether an alias of a type is the name of another type, here or in the older schema, where a type has the same
    /// place in the table.
    pub(crate) fn has_alias_of_another_type(&self, older: &Self) -> bool {
        self.named.iter().enumerate().any(|(index, named)| {
            // A type that is read by its name without namespace counts too.
            let simple = |alias: &str| alias.rsplit('.').next().unwrap_or_default().to_owned();
            let is_simple = |alias: &String| {
                let mut others = self.named.iter().enumerate().filter(|(at, _)| *at != index);
                others.any(|(_, other)| other.name == simple(alias))
            };
            if named.aliases.iter().any(is_simple) {
                return true;
            }
            let others = self.named.iter().enumerate().chain(older.named.iter().enumerate());
            let others: Vec<String> = others
                .filter(|(at, _)| *at != index)
                .map(|(_, other)| other.full())
                .collect();
            named
                .aliases
                .iter()
                .any(|alias| others.contains(&named.full_alias(alias)))
        })
    }

    /// Whether an alias of a field is the name of another field of the record.
    pub(crate) fn has_alias_of_another_field(&self) -> bool {
        self.records().any(|fields| {
            let is_other = |one: &Field, alias: &String| one.name != *alias && fields.iter().any(|f| f.name == *alias);
            fields
                .iter()
                .any(|one| one.aliases.iter().any(|alias| is_other(one, alias)))
        })
    }

    /// Whether two types part in their namespaces only.
    pub(crate) fn has_shared_name(&self) -> bool {
        let mut all = self.named.iter().enumerate();
        all.any(|(index, one)| self.named[..index].iter().any(|other| one.name == other.name))
    }

    /// The fields of each record.
    fn records(&self) -> impl Iterator<Item = &Vec<Field>> {
        self.named.iter().filter_map(|named| match &named.kind {
            Kind::Record(fields) => Some(fields),
            _ => None,
        })
    }

    /// The text; how names and properties are written where there is a choice is random.
    pub(crate) fn print(&self, random: &mut Random) -> String {
        let mut written = vec![false; self.named.len()];
        self.value(&self.root, "", &mut written, random).to_string()
    }

    fn value(&self, of: &Type, space: &str, written: &mut [bool], random: &mut Random) -> Value {
        match of {
            Type::Primitive(name, None) if random.percent(95) => json!(name),
            Type::Primitive(name, logical) => {
                let mut object = Map::new();
                object.insert("type".into(), json!(name));
                add_logical(logical.as_ref(), &mut object);
                Value::Object(object)
            }
            Type::Array(items) => json!({"type": "array", "items": self.value(items, space, written, random)}),
            Type::Map(values) => json!({"type": "map", "values": self.value(values, space, written, random)}),
            Type::Union(branches) => {
                let branches = branches.iter().map(|branch| self.value(branch, space, written, random));
                Value::Array(branches.collect())
            }
            Type::Named(index) => self.named(*index, space, written, random),
        }
    }

    fn named(&self, index: usize, space: &str, written: &mut [bool], random: &mut Random) -> Value {
        let named = &self.named[index];
        if written[index] {
            let short = named.namespace == space && random.percent(70);
            return json!(if short { named.name.clone() } else { named.full() });
        }
        written[index] = true;
        let mut object = Map::new();
        if named.namespace == space && random.percent(60) {
            object.insert("name".into(), json!(named.name));
        } else if !named.namespace.is_empty() && random.percent(50) {
            object.insert("name".into(), json!(named.full()));
        } else {
            object.insert("name".into(), json!(named.name));
            object.insert("namespace".into(), json!(named.namespace));
        }
        if !named.aliases.is_empty() {
            object.insert("aliases".into(), json!(named.aliases));
        }
        if let Some(doc) = &named.doc {
            object.insert("doc".into(), json!(doc));
        }
        match &named.kind {
            Kind::Record(fields) => {
                object.insert("type".into(), json!("record"));
                let fields = fields.iter().map(|field| self.field(field, named, written, random));
                object.insert("fields".into(), Value::Array(fields.collect()));
            }
            Kind::Enum { symbols, default } => {
                object.insert("type".into(), json!("enum"));
                object.insert("symbols".into(), json!(symbols));
                if let Some(default) = default {
                    object.insert("default".into(), json!(default));
                }
            }
            Kind::Fixed { size, logical } => {
                object.insert("type".into(), json!("fixed"));
                object.insert("size".into(), json!(size));
                add_logical(logical.as_ref(), &mut object);
            }
        }
        Value::Object(object)
    }

    fn field(&self, field: &Field, of: &Named, written: &mut [bool], random: &mut Random) -> Value {
        let mut object = Map::new();
        object.insert("name".into(), json!(field.name));
        object.insert("type".into(), self.value(&field.of, &of.namespace, written, random));
        if !field.aliases.is_empty() {
            object.insert("aliases".into(), json!(field.aliases));
        }
        if let Some(default) = &field.default {
            object.insert("default".into(), default.clone());
        }
        if let Some(doc) = &field.doc {
            object.insert("doc".into(), json!(doc));
        }
        if let Some(order) = field.order {
            object.insert("order".into(), json!(order));
        }
        Value::Object(object)
    }
}

fn holds_union(of: &Type) -> bool {
    match of {
        Type::Union(branches) => branches.iter().any(|branch| !matches!(branch, Type::Primitive(..))),
        Type::Array(of) | Type::Map(of) => holds_union(of),
        Type::Primitive(..) | Type::Named(_) => false,
    }
}

fn add_logical(logical: Option<&Logical>, object: &mut Map<String, Value>) {
    if let Some(logical) = logical {
        object.insert("logicalType".into(), json!(logical.name));
        if let Some((precision, scale)) = logical.digits {
            object.insert("precision".into(), json!(precision));
            object.insert("scale".into(), json!(scale));
        }
    }
}
