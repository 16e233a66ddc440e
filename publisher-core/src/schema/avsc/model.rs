//! The tree of a schema: types, definitions, fields.
//!
//! Plain data. Reading it from text is in `parse`, values of it in `default`.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use super::logical::Logical;
use super::name::FullName;

/// An Avro schema: a type, and a table of the named types in it.
#[derive(Clone, Debug)]
pub struct AvroSchema {
    pub(super) root: Type,
    pub(super) definitions: Vec<Definition>,
    pub(super) by_name: HashMap<String, TypeId>,
}

impl AvroSchema {
    /// The type of a datum.
    #[must_use]
    pub fn root(&self) -> &Type {
        &self.root
    }

    /// The definition of a named type. The ID must be of this schema.
    #[must_use]
    pub fn definition(&self, id: TypeId) -> &Definition {
        &self.definitions[id.0]
    }

    /// All named types in the order of their definitions, those of the references first.
    #[must_use]
    pub fn definitions(&self) -> &[Definition] {
        &self.definitions
    }

    /// The named type with this full name.
    #[must_use]
    pub fn find(&self, full_name: &str) -> Option<TypeId> {
        self.by_name.get(full_name).copied()
    }

    /// What tells the branches of a union apart: the full name of a named type, else the word for the form.
    #[must_use]
    pub fn name(&self, of: &Type) -> &str {
        match &of.form {
            Form::Named(id) => self.definition(*id).name.full(),
            form => form.word(),
        }
    }

    /// What a type is called in messages: `string`, `timestamp-millis (long)`, `record com.acme.Order`.
    #[must_use]
    pub fn describe(&self, of: &Type) -> String {
        let (form, logical) = match &of.form {
            Form::Named(id) => {
                let definition = self.definition(*id);
                (
                    format!("{} {}", definition.kind.word(), definition.name),
                    definition.logical.as_ref(),
                )
            }
            Form::Union(branches) => {
                let branches: Vec<String> = branches.iter().map(|branch| self.describe(branch)).collect();
                (format!("union of {}", branches.join(", ")), None)
            }
            Form::Array(items) => (format!("array of {}", self.describe(items)), of.logical.as_ref()),
            Form::Map(values) => (format!("map of {}", self.describe(values)), of.logical.as_ref()),
            primitive => (primitive.word().to_owned(), of.logical.as_ref()),
        };
        match logical {
            Some(logical) => format!("{logical} ({form})"),
            None => form,
        }
    }
}

/// A named type's place in the table of its schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub(super) usize);

/// A type where it stands.
#[derive(Clone, Debug)]
pub struct Type {
    /// What it is on the wire.
    pub form: Form,
    /// What it means beyond that. That of a fixed stands in its [`Definition`].
    pub logical: Option<Logical>,
    /// Members that the specification does not know, a logical type that does not apply among them.
    pub properties: Properties,
}

/// What a type is on the wire.
#[derive(Clone, Debug)]
pub enum Form {
    /// No value, no byte.
    Null,
    /// One byte.
    Boolean,
    /// 32 bits, zig-zag.
    Int,
    /// 64 bits, zig-zag.
    Long,
    /// Four bytes.
    Float,
    /// Eight bytes.
    Double,
    /// A length and bytes.
    Bytes,
    /// A length and UTF-8.
    String,
    /// Items of this type.
    Array(Box<Type>),
    /// Entries from strings to this type.
    Map(Box<Type>),
    /// One of these types.
    Union(Vec<Type>),
    /// A record, an enum or a fixed.
    Named(TypeId),
}

impl Form {
    /// The word of the specification; for a named type only [`Kind::word`] says more.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Int => "int",
            Self::Long => "long",
            Self::Float => "float",
            Self::Double => "double",
            Self::Bytes => "bytes",
            Self::String => "string",
            Self::Array(_) => "array",
            Self::Map(_) => "map",
            Self::Union(_) => "union",
            Self::Named(_) => "named type",
        }
    }

    /// The primitive type of this name.
    pub(super) fn primitive(name: &str) -> Option<Self> {
        Some(match name {
            "null" => Self::Null,
            "boolean" => Self::Boolean,
            "int" => Self::Int,
            "long" => Self::Long,
            "float" => Self::Float,
            "double" => Self::Double,
            "bytes" => Self::Bytes,
            "string" => Self::String,
            _ => return None,
        })
    }
}

/// A record, an enum or a fixed.
#[derive(Clone, Debug)]
pub struct Definition {
    /// The full name.
    pub name: FullName,
    /// Other full names under which readers may know it.
    pub aliases: Vec<FullName>,
    /// What it is, for people.
    pub doc: Option<String>,
    /// Which of the three, and its parts.
    pub kind: Kind,
    /// What it means beyond that; for fixed.
    pub logical: Option<Logical>,
    /// Members that the specification does not know.
    pub properties: Properties,
    /// Where it is defined, as a JSON pointer (RFC 6901).
    pub pointer: String,
    /// Which of the referenced texts defines it, counted from 0; `None` for the schema itself.
    pub reference: Option<usize>,
}

/// Which named type it is.
#[derive(Clone, Debug)]
pub enum Kind {
    /// Fields in the order of their encoding.
    Record {
        /// The fields.
        fields: Vec<Field>,
        /// Whether the schema says `error`, as protocols do.
        error: bool,
    },
    /// One of these symbols.
    Enum {
        /// The symbols in the order of their numbers.
        symbols: Vec<String>,
        /// What readers take for a symbol that they do not know.
        default: Option<String>,
    },
    /// So many bytes.
    Fixed {
        /// How many.
        size: usize,
    },
}

impl Kind {
    /// The word of the specification.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Record { error: false, .. } => "record",
            Self::Record { error: true, .. } => "error",
            Self::Enum { .. } => "enum",
            Self::Fixed { .. } => "fixed",
        }
    }
}

/// A field of a record.
#[derive(Clone, Debug)]
pub struct Field {
    /// The name.
    pub name: String,
    /// Other names under which readers may know it.
    pub aliases: Vec<String>,
    /// What it is, for people.
    pub doc: Option<String>,
    /// The type of its values.
    pub field_type: Type,
    /// What readers take for it where it is missing, as the schema says it; `null` counts. Not checked when the schema
    /// is read, see [`AvroSchema::check_defaults`].
    pub default: Option<Json>,
    /// How it takes part in sorting.
    pub order: Order,
    /// Members that the specification does not know.
    pub properties: Properties,
    /// Where it stands, as a JSON pointer (RFC 6901).
    pub pointer: String,
    /// Which of the referenced texts it stands in, counted from 0; `None` for the schema itself.
    pub reference: Option<usize>,
}

/// How a field takes part in sorting records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// Smaller values first. The default.
    #[default]
    Ascending,
    /// Larger values first.
    Descending,
    /// Not at all.
    Ignore,
}

/// Further members of a schema's object, by name.
pub type Properties = BTreeMap<String, Json>;

/// A JSON value of a schema: a default or a further member. Prints as compact JSON.
#[derive(Clone, Debug, PartialEq)]
pub struct Json(pub(crate) serde_json::Value);

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
