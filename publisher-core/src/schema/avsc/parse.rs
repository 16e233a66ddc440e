//! Reads a schema's text.
//!
//! Says the first thing that is wrong and where. Leaves defaults as they stand: what they are worth is in `default`.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::logical::Logical;
use super::model::{AvroSchema, Definition, Field, Form, Json, Kind, Order, Properties, Type, TypeId};
use super::name::{FullName, RULE, is_name};
use crate::schema::error::{SchemaError, member};

impl AvroSchema {
    /// Reads a schema.
    ///
    /// As Java reads it where the specification is silent: a name that its namespace lacks is looked up without one,
    /// and a further member may hold anything. A default that is no value of its type is kept, because registries hold
    /// such schemas; [`check_defaults`](Self::check_defaults) finds it.
    ///
    /// Implements: Apache Avro 1.12 specification, "Schema Declaration", "Names", "Logical Types".
    ///
    /// # Errors
    /// The first place that is no schema.
    pub fn parse(text: &str) -> Result<Self, SchemaError> {
        Self::parse_with(text, &[])
    }

    /// Reads a schema that uses named types of other texts, such as a registry's references. Each text may use the
    /// types of those before it.
    ///
    /// # Errors
    /// The first place that is no schema, a second definition of a name among them.
    pub fn parse_with(text: &str, references: &[&str]) -> Result<Self, SchemaError> {
        let mut parser = Parser::default();
        for (index, reference) in references.iter().enumerate() {
            parser.reference = Some(index);
            parser
                .text(reference)
                .map_err(|error| error.in_reference(Some(index)))?;
        }
        parser.reference = None;
        let root = parser.text(text)?;
        Ok(Self {
            root,
            definitions: parser.definitions,
            by_name: parser.by_name,
        })
    }
}

type Members = Map<String, Value>;

#[derive(Default)]
struct Parser {
    definitions: Vec<Definition>,
    by_name: HashMap<String, TypeId>,
    reference: Option<usize>,
}

impl Parser {
    fn text(&mut self, text: &str) -> Result<Type, SchemaError> {
        let value = serde_json::from_str(text).map_err(|error| SchemaError::no_json(&error))?;
        self.value(&value, "", "")
    }

    /// The type that stands at `at`, within this namespace.
    fn value(&mut self, value: &Value, namespace: &str, at: &str) -> Result<Type, SchemaError> {
        match value {
            Value::String(name) => Ok(plain(self.named(name, namespace, at)?)),
            Value::Array(branches) => Ok(plain(self.union(branches, namespace, at)?)),
            Value::Object(members) => self.object(members, namespace, at),
            _ => Err(SchemaError::new(
                at,
                "is no schema: write a type's name, an object or an array of branches",
            )),
        }
    }

    fn named(&self, name: &str, namespace: &str, at: &str) -> Result<Form, SchemaError> {
        if let Some(form) = Form::primitive(name) {
            return Ok(form);
        }
        let full = FullName::new(name, namespace).map_err(|reason| SchemaError::new(at, reason))?;
        let found = self
            .by_name
            .get(full.full())
            .or_else(|| self.by_name.get(full.simple()));
        match found {
            Some(id) => Ok(Form::Named(*id)),
            None => Err(SchemaError::new(
                at,
                format!(
                    "`{full}` is not known here: define it before its first use, or pass its schema as a reference"
                ),
            )),
        }
    }

    fn object(&mut self, members: &Members, namespace: &str, at: &str) -> Result<Type, SchemaError> {
        let at_type = member(at, "type");
        let word = match members.get("type") {
            Some(Value::String(word)) => word.as_str(),
            Some(_) => {
                return Err(SchemaError::new(
                    at_type,
                    "is no type's name; further objects do not nest here",
                ));
            }
            None => return Err(SchemaError::new(at, "has no `type`")),
        };
        let (form, own): (Form, &[&str]) = match word {
            "record" | "error" | "enum" | "fixed" => {
                return Ok(plain(Form::Named(self.definition(word, members, namespace, at)?)));
            }
            "array" => {
                let items = self.part(members, "items", namespace, at)?;
                (Form::Array(Box::new(items)), &["items"])
            }
            "map" => {
                let values = self.part(members, "values", namespace, at)?;
                (Form::Map(Box::new(values)), &["values"])
            }
            _ => (self.named(word, namespace, &at_type)?, &[]),
        };
        // What a named type means stands with its definition, not with its uses.
        let logical = match form {
            Form::Named(_) => None,
            _ => Logical::of_form(&form, members),
        };
        let properties = properties(members, own, logical.as_ref());
        Ok(Type {
            form,
            logical,
            properties,
        })
    }

    fn part(&mut self, members: &Members, name: &str, namespace: &str, at: &str) -> Result<Type, SchemaError> {
        let value = members
            .get(name)
            .ok_or_else(|| SchemaError::new(at, format!("has no `{name}`")))?;
        self.value(value, namespace, &member(at, name))
    }

    fn union(&mut self, branches: &[Value], namespace: &str, at: &str) -> Result<Form, SchemaError> {
        let mut types = Vec::with_capacity(branches.len());
        let mut seen = HashSet::new();
        for (index, branch) in branches.iter().enumerate() {
            let at = member(at, index);
            let branch = self.value(branch, namespace, &at)?;
            let name = match &branch.form {
                Form::Union(_) => return Err(SchemaError::new(at, "is a union within a union; write one list")),
                Form::Named(id) => self.definitions[id.0].name.full(),
                form => form.word(),
            };
            if !seen.insert(name.to_owned()) {
                return Err(SchemaError::new(
                    at,
                    format!("is a second branch `{name}`; only named types may differ by name"),
                ));
            }
            types.push(branch);
        }
        Ok(Form::Union(types))
    }

    fn definition(&mut self, word: &str, members: &Members, around: &str, at: &str) -> Result<TypeId, SchemaError> {
        let in_member = |name: &str, reason: String| SchemaError::new(member(at, name), reason);
        let name = string(members, "name", at)?.ok_or_else(|| SchemaError::new(at, "has no `name`"))?;
        let namespace = string(members, "namespace", at)?.unwrap_or(around);
        let name = FullName::new(name, namespace).map_err(|reason| in_member("name", reason))?;
        if Form::primitive(name.full()).is_some() {
            return Err(in_member("name", format!("`{name}` is the name of a primitive type")));
        }
        let mut aliases = Vec::new();
        for (index, alias) in strings(members, "aliases", at)?.into_iter().flatten().enumerate() {
            let alias = FullName::new(alias, name.namespace())
                .map_err(|reason| SchemaError::new(member(&member(at, "aliases"), index), reason))?;
            aliases.push(alias);
        }
        let id = TypeId(self.definitions.len());
        if self.by_name.insert(name.full().to_owned(), id).is_some() {
            return Err(in_member(
                "name",
                format!("`{name}` is defined a second time; use its name alone"),
            ));
        }
        let namespace = name.namespace().to_owned();
        // The name stands before its parts are read, because they may use it.
        self.definitions.push(Definition {
            name,
            aliases,
            doc: text(members, "doc"),
            kind: Kind::Fixed { size: 0 },
            logical: None,
            properties: Properties::new(),
            pointer: at.to_owned(),
            reference: self.reference,
        });
        let (kind, own): (Kind, &[&str]) = match word {
            "enum" => (symbols(members, at)?, &["symbols", "default"]),
            "fixed" => (fixed(members, at)?, &["size"]),
            _ => (self.record(word == "error", members, &namespace, at)?, &["fields"]),
        };
        let logical = Logical::of_kind(&kind, members);
        let own = [own, &["name", "namespace", "aliases", "doc"]].concat();
        let definition = &mut self.definitions[id.0];
        definition.properties = properties(members, &own, logical.as_ref());
        (definition.kind, definition.logical) = (kind, logical);
        Ok(id)
    }

    fn record(&mut self, error: bool, members: &Members, namespace: &str, at: &str) -> Result<Kind, SchemaError> {
        let at_fields = member(at, "fields");
        let list = match members.get("fields") {
            Some(Value::Array(list)) => list,
            Some(_) => return Err(SchemaError::new(at_fields, "is no array of fields")),
            None => return Err(SchemaError::new(at, "has no `fields`")),
        };
        let mut fields: Vec<Field> = Vec::with_capacity(list.len());
        let mut seen = HashSet::new();
        for (index, field) in list.iter().enumerate() {
            let at = member(&at_fields, index);
            let field = self.field(field, namespace, at)?;
            if !seen.insert(field.name.clone()) {
                let reason = format!("`{}` is the name of an earlier field", field.name);
                return Err(SchemaError::new(member(&field.pointer, "name"), reason));
            }
            fields.push(field);
        }
        Ok(Kind::Record { fields, error })
    }

    fn field(&mut self, field: &Value, namespace: &str, at: String) -> Result<Field, SchemaError> {
        let Value::Object(members) = field else {
            return Err(SchemaError::new(at, "is no object of a field"));
        };
        let name = string(members, "name", &at)?.ok_or_else(|| SchemaError::new(&*at, "has no `name`"))?;
        check_name(name, member(&at, "name"))?;
        let field_type = self.part(members, "type", namespace, &at)?;
        let order = match string(members, "order", &at)?.map(str::to_ascii_lowercase).as_deref() {
            None | Some("ascending") => Order::Ascending,
            Some("descending") => Order::Descending,
            Some("ignore") => Order::Ignore,
            Some(_) => {
                let reason = "is no order: `ascending`, `descending` or `ignore`";
                return Err(SchemaError::new(member(&at, "order"), reason));
            }
        };
        let mut aliases = Vec::new();
        for (index, alias) in strings(members, "aliases", &at)?.into_iter().flatten().enumerate() {
            check_name(alias, member(&member(&at, "aliases"), index))?;
            aliases.push(alias.to_owned());
        }
        Ok(Field {
            name: name.to_owned(),
            aliases,
            doc: text(members, "doc"),
            field_type,
            default: members.get("default").cloned().map(Json),
            order,
            properties: properties(members, &["name", "aliases", "doc", "default", "order"], None),
            pointer: at,
            reference: self.reference,
        })
    }
}

fn symbols(members: &Members, at: &str) -> Result<Kind, SchemaError> {
    let list = strings(members, "symbols", at)?.ok_or_else(|| SchemaError::new(at, "has no `symbols`"))?;
    let at_symbols = member(at, "symbols");
    let mut seen = HashSet::new();
    for (index, symbol) in list.iter().enumerate() {
        let at = member(&at_symbols, index);
        if !seen.insert(*symbol) {
            return Err(SchemaError::new(at, format!("`{symbol}` stands twice")));
        }
        check_name(symbol, at)?;
    }
    let default = string(members, "default", at)?;
    if let Some(wrong) = default.filter(|default| !seen.contains(default)) {
        return Err(SchemaError::new(
            member(at, "default"),
            format!("`{wrong}` is none of the symbols"),
        ));
    }
    Ok(Kind::Enum {
        symbols: list.into_iter().map(str::to_owned).collect(),
        default: default.map(str::to_owned),
    })
}

fn fixed(members: &Members, at: &str) -> Result<Kind, SchemaError> {
    let size = members
        .get("size")
        .ok_or_else(|| SchemaError::new(at, "has no `size`"))?;
    // Java's limit: a size is an int.
    let size = size.as_u64().filter(|size| *size <= i32::MAX as u64);
    match size.and_then(|size| usize::try_from(size).ok()) {
        Some(size) => Ok(Kind::Fixed { size }),
        None => Err(SchemaError::new(
            member(at, "size"),
            "is no number of bytes from 0 to 2147483647",
        )),
    }
}

fn plain(form: Form) -> Type {
    Type {
        form,
        logical: None,
        properties: Properties::new(),
    }
}

fn check_name(name: &str, at: String) -> Result<(), SchemaError> {
    if is_name(name) {
        return Ok(());
    }
    Err(SchemaError::new(at, format!("`{name}` is no name: {RULE}")))
}

/// A text for people; one that is no string means nothing.
fn text(members: &Members, name: &str) -> Option<String> {
    members.get(name).and_then(Value::as_str).map(str::to_owned)
}

fn string<'a>(members: &'a Members, name: &str, at: &str) -> Result<Option<&'a str>, SchemaError> {
    match members.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(SchemaError::new(member(at, name), "is no string")),
    }
}

fn strings<'a>(members: &'a Members, name: &str, at: &str) -> Result<Option<Vec<&'a str>>, SchemaError> {
    let list = match members.get(name) {
        None => return Ok(None),
        Some(Value::Array(list)) => list.iter().map(Value::as_str).collect::<Option<Vec<&str>>>(),
        Some(_) => None,
    };
    match list {
        Some(list) => Ok(Some(list)),
        None => Err(SchemaError::new(member(at, name), "is no array of strings")),
    }
}

/// The members that the specification does not know at this place.
fn properties(members: &Members, own: &[&str], logical: Option<&Logical>) -> Properties {
    let of_logical: &[&str] = match logical {
        None => &[],
        Some(Logical::Decimal { .. }) => &["logicalType", "precision", "scale"],
        Some(_) => &["logicalType"],
    };
    members
        .iter()
        .filter(|(name, _)| {
            let name = name.as_str();
            name != "type" && !own.contains(&name) && !of_logical.contains(&name)
        })
        .map(|(name, value)| (name.clone(), Json(value.clone())))
        .collect()
}
