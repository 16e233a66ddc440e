//! What `expand` receives: valid by construction, names and inheritance resolved.

use proc_macro2::{Ident, TokenStream};
use syn::{ExprPath, Generics, Member, Path, Type, TypePath};

use crate::attr::{Encoding, KeyForm, Model};
use crate::contract::Contract;

pub(crate) use crate::attr::{Constraint, Conversion, DefaultValue, Setting};

/// A derive's input, checked.
pub(crate) struct Item {
    /// The path to `publisher_core`'s hidden module.
    pub(crate) core: TokenStream,
    pub(crate) kind: Kind,
}

pub(crate) enum Kind {
    Record(Record),
    Newtype(Box<Newtype>),
    Symbols(Symbols),
    Tagged(Box<Tagged>),
    Union(Union),
    Event(Box<Event>),
    EventEnum(EventEnum),
}

/// A type to implement something for; those of an event are lifetimes only.
pub(crate) struct Target {
    pub(crate) ident: Ident,
    pub(crate) generics: Generics,
}

pub(crate) struct Record {
    pub(crate) target: Target,
    pub(crate) name: String,
    pub(crate) namespace: Option<String>,
    pub(crate) doc: Option<String>,
    pub(crate) aliases: Vec<String>,
    /// The parts of the name, if it names the parameters; then `name` is the template as written.
    pub(crate) template: Option<Setting<Vec<NamePart>>>,
    /// Whether it has a subject of its own; it has a namespace then.
    pub(crate) shared: bool,
    /// The published fields; at least one.
    pub(crate) fields: Vec<Field>,
}

/// A part of the name of a generic record.
pub(crate) enum NamePart {
    Text(String),
    Type(Ident),
    Number(Ident),
    Boolean(Ident),
}

pub(crate) struct Field {
    /// The name in Rust; for a field without one, what messages call it.
    pub(crate) ident: Ident,
    /// The number of a field without name.
    pub(crate) index: Option<usize>,
    /// The type as which it is published.
    pub(crate) ty: Type,
    pub(crate) convert: Option<Convert>,
    /// Whether the record holds a reference to the value: the record of a variant does.
    pub(crate) borrowed: bool,
    pub(crate) name: String,
    pub(crate) doc: Option<String>,
    pub(crate) value: Value,
    pub(crate) default: Option<Setting<DefaultValue>>,
    pub(crate) aliases: Vec<String>,
    /// The word that says so.
    pub(crate) flatten: Option<Ident>,
    pub(crate) recursion: Recursion,
}

impl Field {
    /// What stands behind `self.`
    pub(crate) fn member(&self) -> Member {
        match self.index {
            Some(index) => Member::from(index),
            None => Member::from(self.ident.clone()),
        }
    }
}

/// The records that a field leads back to, none for most: within its shape they stand by their names.
#[derive(Clone, Default)]
pub(crate) struct Recursion {
    /// Without parameters.
    pub(crate) records: Vec<Path>,
}

impl Recursion {
    pub(crate) fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Whether the type is one of the records.
    pub(crate) fn includes(&self, ty: &TypePath) -> bool {
        ty.qself.is_none() && self.records.iter().any(|record| same_record(&ty.path, record))
    }
}

/// Whether two paths end alike, without regard to parameters: the one may be more complete than the other.
pub(crate) fn same_record(one: &Path, other: &Path) -> bool {
    let mut ends = one.segments.iter().rev().zip(other.segments.iter().rev());
    ends.all(|(one, other)| one.ident == other.ident)
}

impl Field {
    /// The type of the value in Rust.
    pub(crate) fn rust_type(&self) -> &Type {
        self.convert.as_ref().map_or(&self.ty, |convert| &convert.from)
    }
}

/// How a value is published, beyond its type.
#[derive(Clone)]
pub(crate) struct Value {
    pub(crate) conversion: Option<Conversion>,
    /// In the order of their kinds.
    pub(crate) constraints: Vec<Setting<Constraint>>,
}

impl Value {
    /// Whether it has another form than its type's own.
    pub(crate) fn is_converted(&self) -> bool {
        self.conversion.is_some()
    }
}

pub(crate) struct Newtype {
    pub(crate) target: Target,
    /// The type as which it is published.
    pub(crate) ty: Type,
    pub(crate) source: Source,
    pub(crate) value: Value,
    pub(crate) recursion: Recursion,
}

/// Where a newtype has its value from.
pub(crate) enum Source {
    /// From its field, which may be a reference to the value.
    Field {
        borrowed: bool,
        convert: Option<Box<Convert>>,
    },
    /// From the whole, by `From<&Self>`.
    Whole,
}

/// A conversion into the type as which a value is published.
#[derive(Clone)]
pub(crate) struct Convert {
    /// The type of the value in Rust.
    pub(crate) from: Type,
    /// The function; without one it is `From`.
    pub(crate) with: Option<ExprPath>,
}

pub(crate) struct Symbols {
    pub(crate) target: Target,
    pub(crate) name: String,
    pub(crate) namespace: Option<String>,
    pub(crate) doc: Option<String>,
    pub(crate) aliases: Vec<String>,
    /// Whether it has a subject of its own; it has a namespace then.
    pub(crate) shared: bool,
    pub(crate) symbols: Vec<Symbol>,
    pub(crate) default: Option<String>,
}

pub(crate) struct Symbol {
    pub(crate) ident: Ident,
    pub(crate) text: String,
}

pub(crate) struct Event {
    pub(crate) record: Record,
    pub(crate) namespace: String,
    pub(crate) topic: String,
    pub(crate) version: u32,
    pub(crate) encoding: Encoding,
    pub(crate) model: Model,
    pub(crate) json_formats: bool,
    /// None: unkeyed; one: the key is of its type; several: compound, which is text.
    pub(crate) key: Vec<Part>,
    pub(crate) key_form: KeyForm,
    pub(crate) time: Option<Part>,
    /// The committed schema.
    pub(crate) contract: Option<Contract>,
}

/// A field that has a role, and the token that gives it the role.
#[derive(Clone)]
pub(crate) struct Part {
    pub(crate) ident: Ident,
    /// The type as which it is published.
    pub(crate) ty: Type,
    pub(crate) convert: Option<Convert>,
    pub(crate) borrowed: bool,
    pub(crate) role: Ident,
}

pub(crate) struct EventEnum {
    pub(crate) target: Target,
    pub(crate) variants: Vec<Variant>,
}

pub(crate) enum Variant {
    /// Delegates to the event that it holds.
    Wrapping { ident: Ident, event: Box<Type> },
    /// Is a record of its own.
    Record {
        ident: Ident,
        /// Its target is a struct that borrows the fields of the variant.
        event: Box<Event>,
        /// Whether the variant has fields that are not published.
        skips: bool,
    },
}

/// An enum that is published as a record: a tag and an optional field for each variant with data.
pub(crate) struct Tagged {
    pub(crate) target: Target,
    /// Its target is a struct that borrows from the enum: `tag`, then a field for each variant with data.
    pub(crate) published: Record,
    /// Its target is an enum of the same variants without data.
    pub(crate) tag: Symbols,
    pub(crate) variants: Vec<DataVariant>,
}

/// An enum that is published as one of several records.
pub(crate) struct Union {
    pub(crate) target: Target,
    /// Each has data.
    pub(crate) variants: Vec<DataVariant>,
}

pub(crate) struct DataVariant {
    pub(crate) ident: Ident,
    /// What it is called in the schema.
    pub(crate) symbol: String,
    pub(crate) data: Data,
}

pub(crate) enum Data {
    None,
    /// Named fields; the record's target is a struct that borrows them.
    Fields(Borrower),
    /// One value, published as what it is.
    Value {
        ty: Type,
        value: Value,
        recursion: Recursion,
    },
    /// One value, published as another type; the newtype borrows it.
    Converted(Box<Newtype>),
}

/// A struct that borrows the fields of a variant.
pub(crate) struct Borrower {
    pub(crate) record: Record,
    /// Whether the variant has fields that are not published.
    pub(crate) skips: bool,
}
