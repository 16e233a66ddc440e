//! The rules across attributes, fields and variants; turns what was written into what is meant.
//!
//! Every rule that is broken is reported; the model is worth something only if none was.

mod advice;
mod aliases;
mod borrower;
mod convert;
mod event;
mod fields;
mod flatten;
mod generics;
mod key;
mod names;
mod recursion;
mod tagged;
mod types;
mod union;
mod value;
mod variants;

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;

pub(crate) use self::recursion::mention;
pub(crate) use self::types::published_form;
use crate::ast::{Body, Field, Input, Variant};
use crate::attr::Attributes;
use crate::case::Case;
use crate::diagnostics::Diagnostics;
use crate::model::{Item, Kind, Newtype, Record, Source, Symbol, Symbols, Target};

/// The model of the input.
pub(crate) fn check(input: Input<'_>, event: bool, diagnostics: &mut Diagnostics) -> Option<Item> {
    let of = match &input.body {
        _ if event => generics::Of::Event,
        Body::Symbols(_) => generics::Of::Symbols,
        Body::Data(_) => generics::Of::Variants,
        _ => generics::Of::Data,
    };
    generics::check(&input.original.generics, of, diagnostics);
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
            let template = generics::template(&original.generics, attributes.name.as_ref(), diagnostics);
            let name = match (&template, &attributes.name) {
                (Some(_), Some(name)) => name.value.clone(),
                (_, name) => names::of_type(&original.ident, name.as_ref(), diagnostics),
            };
            let namespace = names::namespace(attributes.namespace.as_ref(), diagnostics);
            let shared = names::shared(&attributes, diagnostics);
            if template.is_some() {
                aliases::of_template(&attributes.aliases, diagnostics);
            }
            let aliases = aliases::of_type(&attributes.aliases, &name, namespace.as_deref(), diagnostics);
            for field in fields.iter().filter(|field| !field.is_skipped()) {
                recursion::instances(&field.original.ty, &target, template.as_ref(), diagnostics);
            }
            let fields = fields::published(
                &target,
                &original.ident,
                &fields,
                attributes.rename_all.as_ref(),
                fields::Holder::Record,
                diagnostics,
            );
            Kind::Record(Record {
                target,
                name,
                namespace,
                doc,
                aliases,
                template,
                shared,
                fields,
            })
        }
        Body::Newtype(mut field) => {
            field.attributes.merge_value(attributes, diagnostics);
            Kind::Newtype(Box::new(newtype(target, &field, diagnostics)))
        }
        Body::Symbols(variants) => {
            let name = names::of_type(&original.ident, attributes.name.as_ref(), diagnostics);
            let namespace = names::namespace(attributes.namespace.as_ref(), diagnostics);
            let shared = names::shared(&attributes, diagnostics);
            without_data(&attributes, diagnostics);
            let aliases = aliases::of_type(&attributes.aliases, &name, namespace.as_deref(), diagnostics);
            let case = attributes.rename_all.map(|case| case.value);
            let spelling = |variant: &Variant<'_>| spelling(variant, case);
            let default = default_symbol(&variants, diagnostics).map(spelling);
            let symbols = symbols(&variants, spelling, diagnostics);
            Kind::Symbols(Symbols {
                target,
                name,
                namespace,
                doc,
                aliases,
                shared,
                symbols,
                default,
            })
        }
        Body::Data(variants) if attributes.union.is_some() => {
            Kind::Union(union::check(target, &attributes, &variants, diagnostics))
        }
        Body::Data(variants) => Kind::Tagged(Box::new(tagged::check(
            target,
            &attributes,
            doc,
            &variants,
            diagnostics,
        ))),
        Body::Converted(into) => Kind::Newtype(Box::new(convert::whole(target, &attributes, &into, diagnostics))),
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

fn newtype(target: Target, field: &Field<'_>, diagnostics: &mut Diagnostics) -> Newtype {
    let (ty, convert) = convert::published_type(field, diagnostics);
    let given = field.attributes.recursive.as_ref();
    let recursion = recursion::of_newtype(&ty, &target.ident, given, diagnostics);
    let ty = recursion::without_self(&ty, &target);
    let value = value::check(&field.attributes, diagnostics);
    types::check(&ty, &field.attributes, diagnostics);
    Newtype {
        target,
        ty,
        source: Source::Field {
            borrowed: false,
            convert: convert.map(Box::new),
        },
        value,
        recursion,
    }
}

/// What a variant is called in the schema.
fn spelling(variant: &Variant<'_>, case: Option<Case>) -> String {
    let own = || variant.original.ident.unraw().to_string();
    match (&variant.attributes.rename, case) {
        (Some(rename), _) => rename.value.clone(),
        (None, Some(case)) => case.variant(&own()),
        (None, None) => own(),
    }
}

/// Refuses what only an enum with data can be.
fn without_data(attributes: &Attributes, diagnostics: &mut Diagnostics) {
    let names = [
        attributes.tag.as_ref().map(|setting| &setting.name),
        attributes.union.as_ref().map(|setting| &setting.name),
    ];
    for name in names.into_iter().flatten() {
        diagnostics.error_with_help(
            name,
            format_args!("`{name}` has no effect: no variant has data, so the enum is a set of symbols"),
            format_args!("remove `{name}`"),
        );
    }
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
