//! The fields of a record: names, conversions, constraints, defaults.

use proc_macro2::Ident;
use quote::format_ident;
use syn::ext::IdentExt;
use syn::spanned::Spanned;

use super::{aliases, convert, flatten, names, recursion, types, value};
use crate::ast;
use crate::attr::Setting;
use crate::case::Case;
use crate::diagnostics::Diagnostics;
use crate::model::{Field, Target};
use crate::symbol::Symbol;

/// What has the fields.
#[derive(Clone, Copy)]
pub(super) enum Holder {
    /// The target.
    Record,
    /// A variant of the target, an enum of events.
    Variant,
    /// A variant of the target, which is a record with a tag.
    Tagged,
    /// A variant of the target, a union.
    Union,
}

/// The published fields; `at` is the name of the struct or variant.
pub(super) fn published(
    target: &Target,
    at: &Ident,
    fields: &[ast::Field<'_>],
    rename_all: Option<&Setting<Case>>,
    holder: Holder,
    diagnostics: &mut Diagnostics,
) -> Vec<Field> {
    let mut published: Vec<Field> = Vec::new();
    let mut all_aliases = Vec::new();
    for (number, field) in fields.iter().enumerate() {
        if field.is_skipped() {
            skipped(field, diagnostics);
            continue;
        }
        let (ident, index) = match &field.original.ident {
            Some(ident) => (ident.clone(), None),
            None => (
                format_ident!("_{number}", span = field.original.ty.span()),
                Some(number),
            ),
        };
        if index.is_some() {
            without_name(field, number, at, diagnostics);
        }
        flatten::check(field, diagnostics);
        let name = match index {
            Some(_) if field.attributes.rename.is_none() => ident.to_string(),
            _ => name(field, rename_all),
        };
        let token = names::token(field.attributes.rename.as_ref(), &ident);
        let flattened = field.attributes.flatten.is_some();
        if !flattened {
            names::check(&name, &token, field.attributes.rename.is_some(), "rename", diagnostics);
        }
        let same = |other: &&Field| other.name == name && other.flatten.is_none();
        if let Some(other) = published.iter().find(same).filter(|_| !flattened) {
            diagnostics.error_with_help(
                token,
                format_args!(
                    "`{}` and `{}` are both published as \"{name}\"",
                    other.called(),
                    called(&ident, index),
                ),
                "give one of them another name with `#[event(rename = \"...\")]`",
            );
        }
        let (ty, convert) = convert::published_type(field, diagnostics);
        let given = field.attributes.recursive.as_ref();
        let own = &target.ident;
        let recursion = match holder {
            Holder::Record => recursion::of_field(&ty, Some(own), given, diagnostics),
            Holder::Tagged => recursion::of_variant(&ty, own, given, diagnostics),
            Holder::Variant => {
                recursion::of_events(&ty, own, diagnostics);
                recursion::of_field(&ty, None, given, diagnostics)
            }
            Holder::Union => {
                recursion::of_union(&ty, own, diagnostics);
                recursion::of_field(&ty, None, given, diagnostics)
            }
        };
        let value = value::check(&field.attributes, diagnostics);
        types::check(&ty, &field.attributes, diagnostics);
        if let Some(default) = field.attributes.default.as_ref().filter(|_| !flattened) {
            value::check_default(default, &value, diagnostics);
        }
        let aliases = aliases::of_field(&field.attributes.aliases, &name, diagnostics);
        all_aliases.extend(field.attributes.aliases.iter().map(|alias| (published.len(), alias)));
        published.push(Field {
            ident,
            index,
            ty: recursion::without_self(&ty, target),
            convert,
            borrowed: false,
            name,
            doc: field.doc.clone(),
            value,
            default: field.attributes.default.clone(),
            aliases,
            flatten: field.attributes.flatten.as_ref().map(|setting| setting.name.clone()),
            recursion,
        });
    }
    aliases::distinct(&all_aliases, &published, diagnostics);
    if let (Some(case), Some(_)) = (rename_all, fields.iter().find(|field| field.original.ident.is_none())) {
        diagnostics.error_with_help(
            &case.name,
            "`rename_all` has no effect: the fields have no names",
            "each has the name that its `rename` gives",
        );
    }
    if published.is_empty() {
        diagnostics.error_with_help(
            at,
            format_args!("`{}` has no published field", at.unraw()),
            "an event without fields has no bytes, which readers take for a broken record; give it at least one",
        );
    }
    published
}

impl Field {
    /// What messages call the field.
    pub(super) fn called(&self) -> String {
        called(&self.ident, self.index)
    }
}

fn called(ident: &Ident, index: Option<usize>) -> String {
    index.map_or_else(|| ident.unraw().to_string(), |index| index.to_string())
}

/// A field of a tuple struct has no name but the one that is given.
fn without_name(field: &ast::Field<'_>, number: usize, at: &Ident, diagnostics: &mut Diagnostics) {
    let attributes = &field.attributes;
    if attributes.rename.is_none() && attributes.flatten.is_none() && !attributes.broken.contains(&Symbol::Rename) {
        diagnostics.error_with_help(
            &field.original.ty,
            format_args!("field {number} of `{}` has no name, a schema's fields have", at.unraw()),
            "give it one with `#[event(rename = \"...\")]`, or write a struct with named fields",
        );
    }
}

fn name(field: &ast::Field<'_>, rename_all: Option<&Setting<Case>>) -> String {
    let rust_name = field.rust_name();
    match (&field.attributes.rename, rename_all) {
        (Some(rename), _) => rename.value.clone(),
        (None, Some(case)) => case.value.field(&rust_name),
        (None, None) => rust_name,
    }
}

/// A skipped field has no other attribute: it would have no effect.
fn skipped(field: &ast::Field<'_>, diagnostics: &mut Diagnostics) {
    let attributes = &field.attributes;
    if let Some(key) = &attributes.key {
        diagnostics.error_with_help(
            &key.name,
            "the key is a skipped field",
            "readers find the entity's ID in the value too: publish the field, or mark another",
        );
    }
    for (_, name) in attributes
        .given
        .iter()
        .filter(|(symbol, _)| !matches!(symbol, Symbol::Skip | Symbol::Key))
    {
        diagnostics.error(name, format_args!("`{name}` has no effect: the field is skipped"));
    }
}
