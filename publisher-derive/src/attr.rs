//! Reads `#[event(...)]`: each attribute by itself, without regard to the others.
//!
//! A mistake in one does not hide those in the others: what cannot be read is reported and skipped. What the attributes
//! mean together is the business of `check`.

mod item;
mod value;

use proc_macro2::{Ident, TokenStream};

use self::item::{Item, items};
use crate::case::Case;
use crate::diagnostics::Diagnostics;
use crate::number::Number;
use crate::pattern::Pattern;
use crate::symbol::{Place, Symbol, list, nearest};

/// An attribute that was given.
#[derive(Clone)]
pub(crate) struct Setting<T> {
    /// The name as written.
    pub(crate) name: Ident,
    pub(crate) value: T,
    /// The value as written; the name for a flag. Errors about the value underline this.
    pub(crate) tokens: TokenStream,
}

/// All attributes of one place; those that do not belong there are `None`.
#[derive(Default)]
pub(crate) struct Attributes {
    pub(crate) topic: Option<Setting<String>>,
    pub(crate) namespace: Option<Setting<String>>,
    pub(crate) name: Option<Setting<String>>,
    pub(crate) schema: Option<Setting<String>>,
    pub(crate) version: Option<Setting<u32>>,
    pub(crate) encoding: Option<Setting<Encoding>>,
    pub(crate) model: Option<Setting<Model>>,
    pub(crate) json_formats: Option<Setting<()>>,
    /// `key` on a field, with the form that it names.
    pub(crate) key: Option<Setting<KeyForm>>,
    /// `key(a, b)` on a struct or variant.
    pub(crate) key_fields: Option<Setting<Vec<Ident>>>,
    pub(crate) unkeyed: Option<Setting<()>>,
    pub(crate) rename_all: Option<Setting<Case>>,
    pub(crate) krate: Option<Setting<syn::Path>>,
    pub(crate) shared: Option<Setting<()>>,
    pub(crate) time: Option<Setting<()>>,
    pub(crate) rename: Option<Setting<String>>,
    pub(crate) skip: Option<Setting<()>>,
    pub(crate) default: Option<Setting<DefaultValue>>,
    /// `default` on a symbol.
    pub(crate) default_symbol: Option<Setting<()>>,
    pub(crate) conversion: Option<Setting<Conversion>>,
    /// At most one of each kind.
    pub(crate) constraints: Vec<Setting<Constraint>>,
    /// `as` on a field: the type as which it is published.
    pub(crate) published_as: Option<Setting<syn::Type>>,
    pub(crate) with: Option<Setting<syn::ExprPath>>,
    pub(crate) into: Option<Setting<syn::Type>>,
    pub(crate) tag: Option<Setting<String>>,
    pub(crate) union: Option<Setting<()>>,
    /// Whatever was understood, in its order.
    pub(crate) given: Vec<(Symbol, Ident)>,
    /// In their order; perhaps the same twice.
    pub(crate) aliases: Vec<Setting<String>>,
    pub(crate) flatten: Option<Setting<()>>,
    /// The record that the field leads back to.
    pub(crate) recursive: Option<Setting<syn::Path>>,
    /// What was meant, but not understood: it is reported already and must not be missed besides.
    pub(crate) broken: Vec<Symbol>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Avro,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Model {
    Closed,
    Open,
}

/// How a key is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyForm {
    Text,
    BigEndian,
    Raw,
    Avro,
}

/// A published form that is not the type's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Conversion {
    Decimal(Decimal),
    Micros,
    AsString,
    /// The name of the fixed.
    Fixed(String),
}

/// Precision and scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decimal {
    pub(crate) precision: u32,
    pub(crate) scale: u32,
    /// Whether JSON has a number instead of a string.
    pub(crate) number: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum DefaultValue {
    Boolean(bool),
    Number(Number),
    String(String),
    EmptyArray,
    EmptyMap,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Constraint {
    Min(Number),
    Max(Number),
    ExclusiveMin(Number),
    ExclusiveMax(Number),
    MinLength(u32),
    MaxLength(u32),
    Pattern(Pattern),
    Format(Format),
    MinItems(u32),
    MaxItems(u32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Uuid,
    Email,
    Uri,
    DateTime,
}

impl Constraint {
    pub(crate) fn symbol(&self) -> Symbol {
        match self {
            Self::Min(_) => Symbol::Min,
            Self::Max(_) => Symbol::Max,
            Self::ExclusiveMin(_) => Symbol::ExclusiveMin,
            Self::ExclusiveMax(_) => Symbol::ExclusiveMax,
            Self::MinLength(_) => Symbol::MinLength,
            Self::MaxLength(_) => Symbol::MaxLength,
            Self::Pattern(_) => Symbol::Pattern,
            Self::Format(_) => Symbol::Format,
            Self::MinItems(_) => Symbol::MinItems,
            Self::MaxItems(_) => Symbol::MaxItems,
        }
    }
}

impl Attributes {
    /// Reads every `#[event(...)]` among the attributes of this place.
    pub(crate) fn parse(attributes: &[syn::Attribute], place: Place, diagnostics: &mut Diagnostics) -> Self {
        let mut parsed = Self::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("event")) {
            match &attribute.meta {
                syn::Meta::List(list) => {
                    for item in items(list.tokens.clone(), diagnostics) {
                        parsed.read(item, place, diagnostics);
                    }
                }
                other => diagnostics.error(other, "expected attributes in parentheses: `#[event(...)]`"),
            }
        }
        parsed
    }

    fn read(&mut self, item: Item, place: Place, diagnostics: &mut Diagnostics) {
        let written = item.name.to_string();
        let Some(symbol) = Symbol::parse(&written) else {
            let meant = nearest(&written, place.allowed().iter().map(|symbol| symbol.text()));
            self.broken.extend(meant.and_then(Symbol::parse));
            return unknown(&item, meant, place, diagnostics);
        };
        if !place.allowed().contains(&symbol) {
            return misplaced(&item, symbol, place, diagnostics);
        }
        let read = match symbol {
            Symbol::Topic => set(&mut self.topic, &item, item.text()),
            Symbol::Namespace => set(&mut self.namespace, &item, item.text()),
            Symbol::Name => set(&mut self.name, &item, item.text()),
            Symbol::Schema => set(&mut self.schema, &item, item.text()),
            Symbol::Version => set(&mut self.version, &item, item.version()),
            Symbol::Encoding => set(&mut self.encoding, &item, item.encoding()),
            Symbol::Model => set(&mut self.model, &item, item.model()),
            Symbol::JsonFormats => set(&mut self.json_formats, &item, item.flag()),
            Symbol::Key if place == Place::EventField => set(&mut self.key, &item, item.key_form()),
            Symbol::Key => set(&mut self.key_fields, &item, item.key_fields()),
            Symbol::Unkeyed => set(&mut self.unkeyed, &item, item.flag()),
            Symbol::RenameAll => set(&mut self.rename_all, &item, item.case()),
            Symbol::Crate => set(&mut self.krate, &item, item.path()),
            Symbol::Shared => set(&mut self.shared, &item, item.flag()),
            Symbol::Time => set(&mut self.time, &item, item.flag()),
            Symbol::Rename => set(&mut self.rename, &item, item.text()),
            Symbol::Skip => set(&mut self.skip, &item, item.flag()),
            Symbol::Default if place == Place::SymbolVariant => set(&mut self.default_symbol, &item, item.flag()),
            Symbol::Default => set(&mut self.default, &item, item.default()),
            Symbol::Decimal => self.convert(&item, item.decimal().map(Conversion::Decimal)),
            Symbol::Micros => self.convert(&item, item.flag().map(|()| Conversion::Micros)),
            Symbol::AsString => self.convert(&item, item.flag().map(|()| Conversion::AsString)),
            Symbol::Fixed => self.convert(&item, item.text().map(Conversion::Fixed)),
            Symbol::Min => self.constrain(&item, item.number().map(Constraint::Min)),
            Symbol::Max => self.constrain(&item, item.number().map(Constraint::Max)),
            Symbol::ExclusiveMin => self.constrain(&item, item.number().map(Constraint::ExclusiveMin)),
            Symbol::ExclusiveMax => self.constrain(&item, item.number().map(Constraint::ExclusiveMax)),
            Symbol::MinLength => self.constrain(&item, item.count().map(Constraint::MinLength)),
            Symbol::MaxLength => self.constrain(&item, item.count().map(Constraint::MaxLength)),
            Symbol::Pattern => self.constrain(&item, item.pattern().map(Constraint::Pattern)),
            Symbol::Format => self.constrain(&item, item.format().map(Constraint::Format)),
            Symbol::MinItems => self.constrain(&item, item.count().map(Constraint::MinItems)),
            Symbol::MaxItems => self.constrain(&item, item.count().map(Constraint::MaxItems)),
            Symbol::As => set(&mut self.published_as, &item, item.published_type()),
            Symbol::With => set(&mut self.with, &item, item.function()),
            Symbol::Into => set(&mut self.into, &item, item.published_type()),
            Symbol::Tag => set(&mut self.tag, &item, item.text()),
            Symbol::Union => set(&mut self.union, &item, item.flag()),
            Symbol::Alias => item.text().map(|text| self.aliases.push(setting(&item, text))),
            Symbol::Flatten => set(&mut self.flatten, &item, item.flag()),
            Symbol::Recursive => set(&mut self.recursive, &item, item.record()),
        };
        self.given.push((symbol, item.name.clone()));
        if let Err(error) = read {
            self.broken.push(symbol);
            diagnostics.push(error);
        }
    }

    fn convert(&mut self, item: &Item, value: syn::Result<Conversion>) -> syn::Result<()> {
        match &self.conversion {
            Some(first) => Err(second_conversion(&first.name, &item.name)),
            None => set(&mut self.conversion, item, value),
        }
    }

    fn constrain(&mut self, item: &Item, value: syn::Result<Constraint>) -> syn::Result<()> {
        let value = value?;
        if self
            .constraints
            .iter()
            .any(|other| other.value.symbol() == value.symbol())
        {
            return Err(duplicate(&item.name));
        }
        self.constraints.push(Setting {
            name: item.name.clone(),
            value,
            tokens: item.value_tokens(),
        });
        Ok(())
    }

    /// Takes over the conversion and the constraints of another place that means the same value.
    pub(crate) fn merge_value(&mut self, other: Self, diagnostics: &mut Diagnostics) {
        match (&self.conversion, other.conversion) {
            (Some(first), Some(second)) => diagnostics.push(second_conversion(&first.name, &second.name)),
            (None, second @ Some(_)) => self.conversion = second,
            (_, None) => {}
        }
        self.broken.extend(other.broken);
        match (&self.recursive, other.recursive) {
            (Some(_), Some(second)) => diagnostics.push(duplicate(&second.name)),
            (None, second @ Some(_)) => self.recursive = second,
            (_, None) => {}
        }
        for second in other.constraints {
            if self
                .constraints
                .iter()
                .any(|first| first.value.symbol() == second.value.symbol())
            {
                diagnostics.push(duplicate(&second.name));
            } else {
                self.constraints.push(second);
            }
        }
    }
}

fn set<T>(slot: &mut Option<Setting<T>>, item: &Item, value: syn::Result<T>) -> syn::Result<()> {
    if slot.is_some() {
        return Err(duplicate(&item.name));
    }
    *slot = Some(setting(item, value?));
    Ok(())
}

fn second_conversion(first: &Ident, second: &Ident) -> syn::Error {
    if first == second {
        return duplicate(second);
    }
    syn::Error::new(
        second.span(),
        format_args!("`{second}` beside `{first}`: a value has one published form\nhelp: remove one of the two"),
    )
}

fn setting<T>(item: &Item, value: T) -> Setting<T> {
    Setting {
        name: item.name.clone(),
        value,
        tokens: item.value_tokens(),
    }
}

fn duplicate(name: &Ident) -> syn::Error {
    syn::Error::new(
        name.span(),
        format_args!("`{name}` stands twice\nhelp: remove one of the two"),
    )
}

fn unknown(item: &Item, meant: Option<&str>, place: Place, diagnostics: &mut Diagnostics) {
    let (written, allowed) = (&item.name, place.allowed());
    if allowed.is_empty() {
        return diagnostics.error_with_help(
            &item.name,
            format_args!("unknown attribute `{written}`"),
            "the variant is published as the event it holds, whose own attributes rule",
        );
    }
    if item.name == "nanos" && allowed.contains(&Symbol::Micros) {
        return diagnostics.error_with_help(
            &item.name,
            "`nanos` is not offered: no reader of Node takes them for a number, none of Python for a time",
            "write `micros`, the finest unit that readers know; what is finer is floored",
        );
    }
    let meant = meant
        .map(|meant| format!(", did you mean `{meant}`?"))
        .unwrap_or_default();
    diagnostics.error_with_help(
        &item.name,
        format_args!("unknown attribute `{written}`{meant}"),
        format_args!("{place} takes {}", list(allowed)),
    );
}

fn misplaced(item: &Item, symbol: Symbol, place: Place, diagnostics: &mut Diagnostics) {
    let help = match (place, symbol) {
        (Place::WrappingVariant | Place::WrappedEvent, _) => {
            "the variant is published as the event it holds, whose own attributes rule".to_owned()
        }
        (Place::EventEnum, Symbol::Name) => "each variant is a record: name it on the variant".to_owned(),
        (Place::EventEnum, Symbol::RenameAll) => "write it on each variant whose fields it shall rename".to_owned(),
        (Place::EventEnum, Symbol::Key) => {
            "mark a field of each variant with `#[event(key)]`, or list `key(a, b)` on the variant".to_owned()
        }
        (
            Place::Newtype | Place::NewtypeField,
            Symbol::Name | Symbol::Namespace | Symbol::Rename | Symbol::RenameAll | Symbol::Shared,
        ) => "a newtype is published as what it holds and has no name of its own".to_owned(),
        (Place::Event | Place::EventEnum | Place::RecordVariant, Symbol::Shared) => {
            "an event has a subject of its own: share the types within it".to_owned()
        }
        (Place::DataVariant | Place::HoldingVariant, Symbol::Default) => {
            "a reader that takes the default has no data for it: mark a variant without data".to_owned()
        }
        (Place::HoldingVariant, symbol) if Place::HeldValue.allowed().contains(&symbol) => {
            "write it on the value, within the parentheses".to_owned()
        }
        (Place::SymbolVariant | Place::DataVariant | Place::HoldingVariant, Symbol::Alias) => {
            "symbols have no aliases in Avro: keep the old name with `#[event(rename = \"...\")]`".to_owned()
        }
        (Place::Record | Place::Newtype | Place::Symbols, Symbol::Topic | Symbol::Key | Symbol::Unkeyed)
        | (Place::Field | Place::NewtypeField, Symbol::Key) => {
            "an event derives `Event` alone, which makes it event data too: write `#[derive(Event)]`".to_owned()
        }
        (Place::EventEnum, Symbol::Alias) => "each variant is a record: write it on the variant".to_owned(),
        (Place::Newtype | Place::NewtypeField, Symbol::Alias) => {
            "a newtype is published as what it holds and has no name of its own".to_owned()
        }
        (Place::NewtypeField, Symbol::Flatten) => {
            "a newtype is published as what it holds: of a record it has the fields already".to_owned()
        }
        (Place::RecordVariant, Symbol::Rename) => "the record of a variant is named by `name`".to_owned(),
        (Place::Event | Place::Record | Place::Symbols, Symbol::Rename) => "a type is named by `name`".to_owned(),
        _ => format!("it belongs on {}", symbol.home()),
    };
    diagnostics.error_with_help(&item.name, format_args!("{symbol} does not apply to {place}"), help);
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    #[test]
    fn one_mistake_does_not_hide_the_others() {
        let attribute: syn::Attribute =
            parse_quote!(#[event(topc = "a", namespace = 7, = , version = 3, key(a,), name)]);
        let mut diagnostics = Diagnostics::default();
        let attributes = Attributes::parse(&[attribute], Place::Event, &mut diagnostics);
        assert_eq!(attributes.version.map(|version| version.value), Some(3));
        assert_eq!(attributes.key_fields.map(|fields| fields.value.len()), Some(1));
        let messages = diagnostics.into_compile_errors().to_string();
        assert_eq!(messages.matches("compile_error").count(), 4, "{messages}");
    }
}
