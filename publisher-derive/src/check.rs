//! The rules across attributes, fields and variants; turns what was written into what is meant.
//!
//! Every rule that is broken is reported; the model is worth something only if none was.

mod advice;
mod event;
mod fields;
mod key;
mod names;
mod types;
mod value;

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;
use syn::{GenericParam, Generics};

pub(crate) use self::types::published_form;
use crate::ast::{Body, Field, Input, Variant};
use crate::attr::Attributes;
use crate::diagnostics::Diagnostics;
use crate::model::{Item, Kind, Newtype, Record, Symbol, Symbols, Target};

/// The model of the input.
pub(crate) fn check(input: Input<'_>, event: bool, diagnostics: &mut Diagnostics) -> Option<Item> {
    generics(&input.original.generics, diagnostics);
    let core = core(&input.attributes);
    let target = Target {
        ident: input.original.ident.clone(),
        generics: input.original.generics.clone(),
    };
    let Input {
        original,
        attributes,
        doc,
        body,
    } = input;
    let kind = match body {
        Body::Record(fields) if event => Kind::Event(Box::new(event::structure(
            target,
            &attributes,
            doc,
            fields,
            diagnostics,
        )?)),
        Body::Record(fields) => {
            let name = names::of_type(&original.ident, attributes.name.as_ref(), diagnostics);
            let namespace = names::namespace(attributes.namespace.as_ref(), diagnostics);
            let fields = fields::published(
                &target,
                &original.ident,
                &fields,
                attributes.rename_all.as_ref(),
                diagnostics,
            );
            Kind::Record(Record {
                target,
                name,
                namespace,
                doc,
                fields,
            })
        }
        Body::Newtype(mut field) => {
            field.attributes.merge_value(attributes, diagnostics);
            Kind::Newtype(newtype(target, &field, diagnostics))
        }
        Body::Symbols(variants) => {
            let name = names::of_type(&original.ident, attributes.name.as_ref(), diagnostics);
            let namespace = names::namespace(attributes.namespace.as_ref(), diagnostics);
            let case = attributes.rename_all.map(|case| case.value);
            let spelling = |variant: &Variant<'_>| match (&variant.attributes.rename, case) {
                (Some(rename), _) => rename.value.clone(),
                (None, Some(case)) => case.variant(&variant.original.ident.unraw().to_string()),
                (None, None) => variant.original.ident.unraw().to_string(),
            };
            let default = default_symbol(&variants, diagnostics).map(spelling);
            let symbols = symbols(&variants, spelling, diagnostics);
            Kind::Symbols(Symbols {
                target,
                name,
                namespace,
                doc,
                symbols,
                default,
            })
        }
        Body::Events(variants) => Kind::EventEnum(event::enumeration(target, &attributes, variants, diagnostics)),
    };
    Some(Item { core, kind })
}

/// The path to `publisher_core`'s hidden module.
pub(crate) fn core(attributes: &Attributes) -> TokenStream {
    match &attributes.krate {
        Some(path) => {
            let path = &path.value;
            quote!(#path::__private)
        }
        None => quote!(::publisher_core::__private),
    }
}

fn generics(generics: &Generics, diagnostics: &mut Diagnostics) {
    for parameter in &generics.params {
        let name = match parameter {
            GenericParam::Lifetime(_) => continue,
            GenericParam::Type(parameter) => &parameter.ident,
            GenericParam::Const(parameter) => &parameter.ident,
        };
        diagnostics.error_with_help(
            name,
            format_args!("the parameter `{name}` makes many types of one name, a schema has one type for each name"),
            format_args!("write a concrete type for each `{name}`; lifetimes are fine"),
        );
    }
}

fn newtype(target: Target, field: &Field<'_>, diagnostics: &mut Diagnostics) -> Newtype {
    let ty = field.original.ty.clone();
    let value = value::check(&field.attributes, diagnostics);
    types::check(&ty, &target.ident, value.conversion.as_ref(), diagnostics);
    Newtype { target, ty, value }
}

fn default_symbol<'v, 'a>(variants: &'v [Variant<'a>], diagnostics: &mut Diagnostics) -> Option<&'v Variant<'a>> {
    let mut marked = variants
        .iter()
        .filter(|variant| variant.attributes.default_symbol.is_some());
    let first = marked.next()?;
    for second in marked {
        let name = second.attributes.default_symbol.as_ref().map(|setting| &setting.name);
        diagnostics.error(
            name,
            format_args!("an enum has one default symbol, and `{}` is it", first.original.ident),
        );
    }
    Some(first)
}

fn symbols(
    variants: &[Variant<'_>],
    spelling: impl Fn(&Variant<'_>) -> String,
    diagnostics: &mut Diagnostics,
) -> Vec<Symbol> {
    let mut symbols: Vec<Symbol> = Vec::new();
    for variant in variants {
        let text = spelling(variant);
        let ident = &variant.original.ident;
        let at = names::token(variant.attributes.rename.as_ref(), ident);
        names::check(&text, &at, variant.attributes.rename.is_some(), "rename", diagnostics);
        if let Some(other) = symbols.iter().find(|other| other.text == text) {
            diagnostics.error_with_help(
                at,
                format_args!(
                    "`{}` and `{}` are both published as \"{text}\"",
                    other.ident.unraw(),
                    ident.unraw()
                ),
                "give one of them another name with `#[event(rename = \"...\")]`",
            );
        }
        symbols.push(Symbol {
            ident: ident.clone(),
            text,
        });
    }
    symbols
}
