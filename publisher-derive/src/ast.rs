//! The input as the derive sees it: original nodes with their attributes read, nothing judged yet but the outer form.

use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Data, DeriveInput, Fields};

use crate::Derive;
use crate::attr::{Attributes, Setting};
use crate::diagnostics::Diagnostics;
use crate::symbol::Place;

/// A type that a derive stands on.
pub(crate) struct Input<'a> {
    pub(crate) original: &'a DeriveInput,
    pub(crate) attributes: Attributes,
    pub(crate) doc: Option<String>,
    pub(crate) body: Body<'a>,
}

pub(crate) enum Body<'a> {
    /// A struct with named fields, or a tuple struct with several.
    Record(Vec<Field<'a>>),
    /// A tuple struct with one field.
    Newtype(Box<Field<'a>>),
    /// An enum of which no variant has data.
    Symbols(Vec<Variant<'a>>),
    /// An enum that derives `EventData`, of which some variants have data.
    Data(Vec<Variant<'a>>),
    /// A type of which nothing but the conversion of the whole counts.
    Converted(Box<Setting<syn::Type>>),
    /// An enum of events.
    Events(Vec<Variant<'a>>),
}

pub(crate) struct Field<'a> {
    pub(crate) original: &'a syn::Field,
    pub(crate) attributes: Attributes,
    pub(crate) doc: Option<String>,
}

pub(crate) struct Variant<'a> {
    pub(crate) original: &'a syn::Variant,
    pub(crate) attributes: Attributes,
    pub(crate) doc: Option<String>,
    /// The named fields, the one event or value, or none for a symbol.
    pub(crate) fields: Vec<Field<'a>>,
}

impl<'a> Input<'a> {
    /// Reads the type; `None` if its form is none that the derive knows.
    pub(crate) fn parse(derive: Derive, original: &'a DeriveInput, diagnostics: &mut Diagnostics) -> Option<Self> {
        let attributes = Attributes::parse(&original.attrs, place(derive, &original.data), diagnostics);
        let body = match (&original.data, derive) {
            (Data::Struct(_) | Data::Enum(_), _) if attributes.into.is_some() => {
                within_converted(original, diagnostics);
                Body::Converted(Box::new(attributes.into.clone()?))
            }
            (Data::Struct(data), _) => match (&data.fields, derive) {
                (Fields::Named(named), Derive::Event) => {
                    Body::Record(fields(&named.named, Place::EventField, diagnostics))
                }
                (Fields::Named(named), Derive::EventData) => {
                    Body::Record(fields(&named.named, Place::Field, diagnostics))
                }
                (Fields::Unnamed(unnamed), Derive::EventData) if unnamed.unnamed.len() > 1 => {
                    Body::Record(fields(&unnamed.unnamed, Place::Field, diagnostics))
                }
                (Fields::Unnamed(unnamed), Derive::EventData) if unnamed.unnamed.len() == 1 => Body::Newtype(Box::new(
                    fields(&unnamed.unnamed, Place::NewtypeField, diagnostics).pop()?,
                )),
                (other, _) => {
                    wrong_struct(derive, original, other, diagnostics);
                    return None;
                }
            },
            (Data::Enum(data), _) if data.variants.is_empty() => {
                diagnostics.error(&original.ident, "an enum without variants has no values to publish");
                return None;
            }
            (Data::Enum(data), Derive::Event) => Body::Events(events(data, diagnostics)),
            (Data::Enum(data), Derive::EventData) => {
                let variants = variants(data, diagnostics);
                if data.variants.iter().all(|variant| variant.fields == Fields::Unit) {
                    Body::Symbols(variants)
                } else {
                    Body::Data(variants)
                }
            }
            (Data::Union(data), _) => {
                diagnostics.error_with_help(
                    data.union_token,
                    "a union cannot be published: nothing says which of its fields holds",
                    "write a struct, or an enum",
                );
                return None;
            }
        };
        Some(Self {
            original,
            attributes,
            doc: doc(&original.attrs),
            body,
        })
    }
}

/// What the attributes of the whole are written on; for a form that the derive does not know, the nearest.
fn place(derive: Derive, data: &Data) -> Place {
    match (data, derive) {
        (Data::Struct(data), Derive::EventData) if is_newtype(&data.fields) => Place::Newtype,
        (Data::Enum(_), Derive::Event) => Place::EventEnum,
        (Data::Enum(_), Derive::EventData) => Place::Symbols,
        (_, Derive::Event) => Place::Event,
        (_, Derive::EventData) => Place::Record,
    }
}

/// Or looks like one: a tuple struct of several fields is a record.
fn is_newtype(fields: &Fields) -> bool {
    matches!(fields, Fields::Unnamed(unnamed) if unnamed.unnamed.len() < 2)
}

impl Field<'_> {
    /// The name in Rust, without `r#`; empty for the field of a newtype.
    pub(crate) fn rust_name(&self) -> String {
        self.original
            .ident
            .as_ref()
            .map(|ident| ident.unraw().to_string())
            .unwrap_or_default()
    }

    pub(crate) fn is_skipped(&self) -> bool {
        self.attributes.skip.is_some()
    }
}

fn fields<'a>(
    originals: impl IntoIterator<Item = &'a syn::Field>,
    place: Place,
    diagnostics: &mut Diagnostics,
) -> Vec<Field<'a>> {
    originals
        .into_iter()
        .map(|original| {
            let attributes = Attributes::parse(&original.attrs, place, diagnostics);
            Field {
                original,
                attributes,
                doc: doc(&original.attrs),
            }
        })
        .collect()
}

fn events<'a>(data: &'a syn::DataEnum, diagnostics: &mut Diagnostics) -> Vec<Variant<'a>> {
    let mut variants = Vec::new();
    for original in &data.variants {
        let (place, field_place) = match &original.fields {
            Fields::Named(_) => (Place::RecordVariant, Place::EventField),
            Fields::Unnamed(unnamed) if unnamed.unnamed.len() == 1 => (Place::WrappingVariant, Place::WrappedEvent),
            Fields::Unnamed(unnamed) => {
                diagnostics.error_with_help(
                    unnamed,
                    format_args!(
                        "`{}` holds {} values, which have no names",
                        original.ident,
                        unnamed.unnamed.len()
                    ),
                    format_args!(
                        "name them, `{0} {{ … }}`, or hold one event, `{0}({0}Event)`",
                        original.ident
                    ),
                );
                continue;
            }
            Fields::Unit => {
                diagnostics.error_with_help(
                    &original.ident,
                    format_args!(
                        "`{}` has nothing to publish: an event has at least a field",
                        original.ident
                    ),
                    format_args!(
                        "give it named fields, `{0} {{ … }}`, or an event, `{0}({0}Event)`; \
                         an enum of mere symbols derives `EventData`",
                        original.ident
                    ),
                );
                continue;
            }
        };
        variants.push(Variant {
            original,
            attributes: Attributes::parse(&original.attrs, place, diagnostics),
            doc: doc(&original.attrs),
            fields: fields(&original.fields, field_place, diagnostics),
        });
    }
    variants
}

fn variants<'a>(data: &'a syn::DataEnum, diagnostics: &mut Diagnostics) -> Vec<Variant<'a>> {
    let mut variants = Vec::new();
    for original in &data.variants {
        let (place, field_place) = match &original.fields {
            Fields::Unit => (Place::SymbolVariant, Place::Field),
            Fields::Named(_) => (Place::DataVariant, Place::Field),
            Fields::Unnamed(unnamed) if unnamed.unnamed.len() == 1 => (Place::HoldingVariant, Place::HeldValue),
            Fields::Unnamed(unnamed) if unnamed.unnamed.is_empty() => {
                diagnostics.error_with_help(
                    unnamed,
                    format_args!("`{}` holds nothing", original.ident),
                    format_args!("write `{}` alone", original.ident),
                );
                continue;
            }
            Fields::Unnamed(unnamed) => {
                diagnostics.error_with_help(
                    unnamed,
                    format_args!(
                        "`{}` holds {} values, which have no names",
                        original.ident,
                        unnamed.unnamed.len()
                    ),
                    format_args!("name them: `{} {{ … }}`", original.ident),
                );
                continue;
            }
        };
        variants.push(Variant {
            original,
            attributes: Attributes::parse(&original.attrs, place, diagnostics),
            doc: doc(&original.attrs),
            fields: fields(&original.fields, field_place, diagnostics),
        });
    }
    variants
}

/// Refuses attributes within a type that is published as another.
fn within_converted(original: &DeriveInput, diagnostics: &mut Diagnostics) {
    let mut refuse = |attributes: &[syn::Attribute]| {
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("event")) {
            diagnostics.error_with_help(
                &attribute.meta,
                format_args!(
                    "this has no effect: `{}` is published as the type that `into` names",
                    original.ident
                ),
                "write it on that type, or remove `into`",
            );
        }
    };
    match &original.data {
        Data::Struct(data) => data.fields.iter().for_each(|field| refuse(&field.attrs)),
        Data::Enum(data) => {
            for variant in &data.variants {
                refuse(&variant.attrs);
                variant.fields.iter().for_each(|field| refuse(&field.attrs));
            }
        }
        Data::Union(_) => {}
    }
}

fn wrong_struct(derive: Derive, original: &DeriveInput, fields: &Fields, diagnostics: &mut Diagnostics) {
    let name = &original.ident;
    let (at, problem) = match fields {
        Fields::Unnamed(unnamed) if unnamed.unnamed.len() == 1 => (
            unnamed.to_token_stream(),
            format!("`{name}` is a newtype, an event is a record with named fields"),
        ),
        Fields::Unnamed(unnamed) if unnamed.unnamed.is_empty() => {
            (unnamed.to_token_stream(), format!("`{name}` has no fields"))
        }
        Fields::Unnamed(unnamed) => (
            unnamed.to_token_stream(),
            format!("the fields of `{name}` have no names, a record's fields need them"),
        ),
        Fields::Named(_) | Fields::Unit => (name.to_token_stream(), format!("`{name}` has no fields")),
    };
    let help = match derive {
        Derive::Event => {
            format!("write `struct {name} {{ … }}` with named fields; a newtype within it derives `EventData`")
        }
        Derive::EventData => {
            format!(
                "write `struct {name} {{ … }}` with named fields, or a newtype `struct {name}(…);` around one value"
            )
        }
    };
    diagnostics.error_with_help(at, problem, help);
}

/// The doc comment: the lines of a paragraph joined by a space, so that wrapping a comment anew changes no schema.
fn doc(attributes: &[syn::Attribute]) -> Option<String> {
    let mut paragraphs = vec![String::new()];
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("doc")) {
        let syn::Meta::NameValue(syn::MetaNameValue {
            value: syn::Expr::Lit(value),
            ..
        }) = &attribute.meta
        else {
            continue;
        };
        let syn::Lit::Str(text) = &value.lit else { continue };
        for line in text.value().split('\n') {
            let line = line.trim();
            match paragraphs.last_mut() {
                Some(paragraph) if !line.is_empty() => {
                    if !paragraph.is_empty() {
                        paragraph.push(' ');
                    }
                    paragraph.push_str(line);
                }
                _ => paragraphs.push(String::new()),
            }
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    (!paragraphs.is_empty()).then(|| paragraphs.join("\n\n"))
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    #[test]
    fn doc_comments_join_their_lines() {
        let input: DeriveInput = parse_quote! {
            /// A customer placed
            /// an order.
            ///
            /// Once only.
            #[doc(hidden)]
            struct OrderPlaced {}
        };
        assert_eq!(
            doc(&input.attrs).as_deref(),
            Some("A customer placed an order.\n\nOnce only.")
        );
        assert_eq!(doc(&[]), None);
    }
}
