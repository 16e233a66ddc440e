//! The fields of a record: names, conversions, constraints, defaults.

use proc_macro2::Ident;
use syn::ext::IdentExt;

use super::{names, types, value};
use crate::ast;
use crate::attr::Setting;
use crate::case::Case;
use crate::diagnostics::Diagnostics;
use crate::model::{Field, Target};

/// The published fields; `at` is the name of the struct or variant.
pub(super) fn published(
    target: &Target,
    at: &Ident,
    fields: &[ast::Field<'_>],
    rename_all: Option<&Setting<Case>>,
    diagnostics: &mut Diagnostics,
) -> Vec<Field> {
    let mut published: Vec<Field> = Vec::new();
    for field in fields {
        let Some(ident) = field.original.ident.clone() else {
            continue;
        };
        if field.is_skipped() {
            skipped(field, diagnostics);
            continue;
        }
        let name = name(field, rename_all);
        let token = names::token(field.attributes.rename.as_ref(), &ident);
        names::check(&name, &token, field.attributes.rename.is_some(), "rename", diagnostics);
        if let Some(other) = published.iter().find(|other| other.name == name) {
            diagnostics.error_with_help(
                token,
                format_args!(
                    "`{}` and `{}` are both published as \"{name}\"",
                    other.ident.unraw(),
                    ident.unraw()
                ),
                "give one of them another name with `#[event(rename = \"...\")]`",
            );
        }
        let value = value::check(&field.attributes, diagnostics);
        types::check(&field.original.ty, &target.ident, value.conversion.as_ref(), diagnostics);
        if let Some(default) = &field.attributes.default {
            value::check_default(default, &value, diagnostics);
        }
        published.push(Field {
            ident,
            ty: field.original.ty.clone(),
            borrowed: false,
            name,
            doc: field.doc.clone(),
            value,
            default: field.attributes.default.clone(),
            flatten: false,
        });
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
    let others = [
        attributes.time.as_ref().map(|setting| &setting.name),
        attributes.rename.as_ref().map(|setting| &setting.name),
        attributes.default.as_ref().map(|setting| &setting.name),
        attributes.conversion.as_ref().map(|setting| &setting.name),
    ];
    let constraints = attributes.constraints.iter().map(|setting| &setting.name);
    for name in others.into_iter().flatten().chain(constraints) {
        diagnostics.error(name, format_args!("`{name}` has no effect: the field is skipped"));
    }
}
