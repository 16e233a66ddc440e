//! The variants of an enum that is published with its data: as what each is published, whatever stands around it.

use proc_macro2::{Ident, Span};
use quote::{ToTokens, format_ident};
use syn::ext::IdentExt;

use super::fields::Holder;
use super::{borrower, convert, fields, names, recursion, types, value};
use crate::ast;
use crate::diagnostics::Diagnostics;
use crate::model::{Borrower, Data, DataVariant, Newtype, Record, Recursion, Source, Target};

/// The enum around the variants.
pub(super) struct Around<'a> {
    pub(super) target: &'a Target,
    /// Its name in the schema, with which the names of the variants' records begin.
    pub(super) name: &'a str,
    /// The namespace of the variants' records.
    pub(super) namespace: Option<&'a str>,
    /// What the variants are.
    pub(super) holder: Holder,
}

/// The variants, in the order of their symbols.
pub(super) fn check<'v>(
    around: &Around<'_>,
    variants: &'v [ast::Variant<'_>],
    symbols: &[crate::model::Symbol],
    diagnostics: &mut Diagnostics,
) -> Vec<DataVariant> {
    let mut records: Vec<(String, &'v Ident)> = Vec::new();
    let mut checked = Vec::new();
    for (variant, symbol) in variants.iter().zip(symbols) {
        let ident = &variant.original.ident;
        let data = match &variant.original.fields {
            syn::Fields::Unit => Data::None,
            syn::Fields::Named(_) => {
                let name = record_name(around, variant, diagnostics);
                if let Some((_, other)) = records.iter().find(|(other, _)| *other == name) {
                    diagnostics.error_with_help(
                        names::token(variant.attributes.name.as_ref(), ident),
                        format_args!(
                            "`{}` and `{}` are both the record \"{name}\"",
                            other.unraw(),
                            ident.unraw()
                        ),
                        "give one of them another name with `#[event(name = \"...\")]`",
                    );
                }
                records.push((name.clone(), ident));
                record(around, variant, name, diagnostics)
            }
            syn::Fields::Unnamed(_) => match &variant.fields[..] {
                [field] => held(around, ident, field, diagnostics),
                _ => continue,
            },
        };
        checked.push(DataVariant {
            ident: ident.clone(),
            symbol: symbol.text.clone(),
            data,
        });
    }
    checked
}

/// The name of a variant's record: the enum's and its own, because a variant's name alone says too little in a namespace.
fn record_name(around: &Around<'_>, variant: &ast::Variant<'_>, diagnostics: &mut Diagnostics) -> String {
    let ident = &variant.original.ident;
    if variant.attributes.name.is_some() {
        return names::of_type(ident, variant.attributes.name.as_ref(), diagnostics);
    }
    let name = format!("{}{}", around.name, ident.unraw());
    // Without another symbol the identifier is the symbol, and refused as that.
    if variant.attributes.rename.is_some() {
        names::check(
            &ident.unraw().to_string(),
            &ident.to_token_stream(),
            false,
            "name",
            diagnostics,
        );
    }
    name
}

fn record(around: &Around<'_>, variant: &ast::Variant<'_>, name: String, diagnostics: &mut Diagnostics) -> Data {
    let ident = &variant.original.ident;
    let rename_all = variant.attributes.rename_all.as_ref();
    let mut published = fields::published(
        around.target,
        ident,
        &variant.fields,
        rename_all,
        around.holder,
        diagnostics,
    );
    for field in &mut published {
        field.borrowed = true;
    }
    Data::Fields(Borrower {
        record: Record {
            target: borrower::of_variant(&around.target.ident, ident, &published),
            name,
            namespace: around.namespace.map(str::to_owned),
            doc: variant.doc.clone(),
            aliases: Vec::new(),
            template: None,
            shared: false,
            fields: published,
        },
        skips: variant.fields.iter().any(ast::Field::is_skipped),
    })
}

fn held(around: &Around<'_>, ident: &Ident, field: &ast::Field<'_>, diagnostics: &mut Diagnostics) -> Data {
    let (ty, convert) = convert::published_type(field, diagnostics);
    let own = &around.target.ident;
    let recursion = match around.holder {
        Holder::Union => {
            recursion::of_union(&ty, own, diagnostics);
            Recursion::default()
        }
        _ => recursion::of_variant(&ty, own, None, diagnostics),
    };
    let value = value::check(&field.attributes, diagnostics);
    types::check(&ty, &field.attributes, diagnostics);
    let ty = recursion::without_self(&ty, around.target);
    let Some(convert) = convert else {
        return Data::Value { ty, value, recursion };
    };
    let name = format_ident!(
        "__{}{}",
        around.target.ident.unraw(),
        ident.unraw(),
        span = Span::call_site()
    );
    Data::Converted(Box::new(Newtype {
        target: borrower::named(name, [&ty, &convert.from]),
        ty,
        source: Source::Field {
            borrowed: true,
            convert: Some(Box::new(convert)),
        },
        value,
        recursion,
    }))
}
