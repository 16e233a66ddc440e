//! An enum as a union: each variant is a record, and nothing stands around it.

use syn::ext::IdentExt;

use super::fields::Holder;
use super::variants::{self, Around};
use super::{names, spelling, symbols};
use crate::ast;
use crate::attr::Attributes;
use crate::diagnostics::Diagnostics;
use crate::model::{Target, Union};
use crate::symbol::Symbol;

/// The enum as a union.
pub(super) fn check(
    target: Target,
    attributes: &Attributes,
    variants: &[ast::Variant<'_>],
    diagnostics: &mut Diagnostics,
) -> Union {
    let name = names::of_type(&target.ident, attributes.name.as_ref(), diagnostics);
    let namespace = names::namespace(attributes.namespace.as_ref(), diagnostics);
    let case = attributes.rename_all.as_ref().map(|case| case.value);
    if let Some(tag) = &attributes.tag {
        diagnostics.error_with_help(
            &tag.name,
            "a union has no tag: the branch says which variant it is",
            "remove `tag`, or `union`",
        );
    }
    if let Some(shared) = &attributes.shared {
        diagnostics.error_with_help(
            &shared.name,
            "a union has no name, under which it could be shared",
            "share the records that the variants hold, or remove `union`",
        );
    }
    let own_records = || {
        variants
            .iter()
            .any(|variant| matches!(variant.original.fields, syn::Fields::Named(_)))
    };
    if !own_records() {
        for given in [&attributes.name, &attributes.namespace].into_iter().flatten() {
            diagnostics.error_with_help(
                &given.name,
                format_args!(
                    "`{0}` has no effect: a union has no name, and no variant is a record of its own",
                    given.name
                ),
                format_args!("remove `{}`", given.name),
            );
        }
    }
    for variant in variants {
        for (symbol, name) in variant.fields.iter().flat_map(|field| &field.attributes.given) {
            let held = matches!(variant.original.fields, syn::Fields::Unnamed(_));
            if held && !matches!(symbol, Symbol::As | Symbol::With) {
                diagnostics.error_with_help(
                    name,
                    format_args!("`{name}` does not apply: the branches of a union are records"),
                    "write it on the fields of the record",
                );
            }
        }
        let ident = &variant.original.ident;
        if variant.original.fields == syn::Fields::Unit {
            diagnostics.error_with_help(
                ident,
                format_args!(
                    "`{}` has no data: the branches of a union are records, and a record has a field",
                    ident.unraw()
                ),
                format_args!(
                    "give it named fields, `{} {{ … }}`, or remove `union`: then the enum is a record with a tag",
                    ident.unraw()
                ),
            );
        }
    }
    let symbols = symbols(variants, |variant| spelling(variant, case), diagnostics);
    let around = Around {
        target: &target,
        name: &name,
        namespace: namespace.as_deref(),
        holder: Holder::Union,
    };
    let variants = variants::check(&around, variants, &symbols, diagnostics);
    Union { target, variants }
}
