//! What `expand` receives: valid by construction, names and inheritance resolved.

use proc_macro2::{Ident, TokenStream};
use syn::{Generics, Type};

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
    Newtype(Newtype),
    Symbols(Symbols),
    Event(Box<Event>),
    EventEnum(EventEnum),
}

/// A type to implement something for; its generics are lifetimes only.
pub(crate) struct Target {
    pub(crate) ident: Ident,
    pub(crate) generics: Generics,
}

pub(crate) struct Record {
    pub(crate) target: Target,
    pub(crate) name: String,
    pub(crate) namespace: Option<String>,
    pub(crate) doc: Option<String>,
    /// The published fields; at least one.
    pub(crate) fields: Vec<Field>,
}

pub(crate) struct Field {
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
    /// Whether the record holds a reference to the value: the record of a variant does.
    pub(crate) borrowed: bool,
    pub(crate) name: String,
    pub(crate) doc: Option<String>,
    pub(crate) value: Value,
    pub(crate) default: Option<Setting<DefaultValue>>,
    /// Whether the fields of its record stand in its place.
    pub(crate) flatten: bool,
}

/// How a value is published, beyond its type.
pub(crate) struct Value {
    pub(crate) conversion: Option<Conversion>,
    /// In the order of their kinds.
    pub(crate) constraints: Vec<Setting<Constraint>>,
}

pub(crate) struct Newtype {
    pub(crate) target: Target,
    pub(crate) ty: Type,
    pub(crate) value: Value,
}

pub(crate) struct Symbols {
    pub(crate) target: Target,
    pub(crate) name: String,
    pub(crate) namespace: Option<String>,
    pub(crate) doc: Option<String>,
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
    pub(crate) ty: Type,
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
