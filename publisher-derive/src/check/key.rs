//! The key: one field, several, or none.

use proc_macro2::Ident;
use syn::ext::IdentExt;

use super::event::{Inherited, part};
use crate::ast;
use crate::attr::{KeyForm, Setting};
use crate::diagnostics::Diagnostics;
use crate::model::Part;
use crate::symbol::{Symbol, nearest};

/// The form of the key: that of the field which is marked, else text.
pub(super) fn form(fields: &[ast::Field<'_>]) -> KeyForm {
    let mut marked = fields.iter().filter_map(|field| field.attributes.key.as_ref());
    marked.next().map_or(KeyForm::Text, |key| key.value)
}

/// The parts of the key, none for an unkeyed event; `at` is the name of the struct or variant.
pub(super) fn check(
    at: &Ident,
    attributes: &Inherited<'_>,
    fields: &[ast::Field<'_>],
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Part>> {
    let marked: Vec<_> = fields
        .iter()
        .filter_map(|field| Some((field, field.attributes.key.as_ref()?)))
        .collect();
    if attributes.own.unkeyed.is_some() {
        let keys = marked
            .iter()
            .map(|(_, key)| &key.name)
            .chain(attributes.own.key_fields.iter().map(|key| &key.name));
        for key in keys {
            diagnostics.error_with_help(key, "an unkeyed event has no key", "remove `key`, or `unkeyed`");
        }
        return Some(Vec::new());
    }
    if let Some(list) = &attributes.own.key_fields {
        for (_, key) in &marked {
            diagnostics.error_with_help(
                &key.name,
                "the key stands already: `key(...)` lists its fields",
                "remove one of the two, or add this field to the list",
            );
        }
        return compound(list, fields, diagnostics);
    }
    match &marked[..] {
        [(field, key)] => Some(vec![part(field, &key.name)?]),
        [] if attributes.around.unkeyed.is_some() => Some(Vec::new()),
        [] if key_is_broken(attributes, fields) => None,
        [] => {
            diagnostics.error_with_help(
                at,
                format_args!("`{}` has no key", at.unraw()),
                "mark the entity's ID with `#[event(key)]`, list `#[event(key(a, b))]` on the struct or variant, or say \
                 `#[event(unkeyed)]`",
            );
            None
        }
        [(first, _), others @ ..] => {
            for (_, key) in others {
                diagnostics.error_with_help(
                    &key.name,
                    format_args!("a second key: `{}` is the key already", first.rust_name()),
                    "for a compound key write `#[event(key(a, b))]` on the struct or variant",
                );
            }
            None
        }
    }
}

/// Whether a key was meant, but not understood.
fn key_is_broken(attributes: &Inherited<'_>, fields: &[ast::Field<'_>]) -> bool {
    let places = [attributes.own, attributes.around]
        .into_iter()
        .chain(fields.iter().map(|field| &field.attributes));
    places
        .flat_map(|place| &place.broken)
        .any(|symbol| matches!(symbol, Symbol::Key | Symbol::Unkeyed))
}

fn compound(list: &Setting<Vec<Ident>>, fields: &[ast::Field<'_>], diagnostics: &mut Diagnostics) -> Option<Vec<Part>> {
    let mut parts: Vec<Part> = Vec::new();
    for ident in &list.value {
        let Some(field) = fields.iter().find(|field| field.original.ident.as_ref() == Some(ident)) else {
            let names: Vec<_> = fields.iter().map(ast::Field::rust_name).collect();
            let meant = match nearest(&ident.unraw().to_string(), names.iter().map(String::as_str)) {
                Some(name) => format!(", did you mean `{name}`?"),
                None => String::new(),
            };
            diagnostics.error(ident, format_args!("there is no field `{}`{meant}", ident.unraw()));
            continue;
        };
        if field.is_skipped() {
            diagnostics.error_with_help(
                ident,
                "the key is a skipped field",
                "readers find the entity's ID in the value too: publish the field, or take another",
            );
        }
        if field.attributes.flatten.is_some() {
            diagnostics.error_with_help(
                ident,
                "the key is a flattened field",
                "a part of the key is one value: move it out of the flattened record",
            );
        }
        if parts.iter().any(|part| part.ident == *ident) {
            diagnostics.error(ident, format_args!("`{}` stands twice in the key", ident.unraw()));
        }
        // The role's token is the name in the list: an error about the part's type lands there.
        parts.extend(part(field, ident));
    }
    match parts.len() {
        _ if parts.len() < list.value.len() => None,
        2..=4 => Some(parts),
        0 | 1 => {
            diagnostics.error_with_help(
                &list.tokens,
                "a compound key has 2 to 4 fields",
                "for a single field write `#[event(key)]` on that field",
            );
            None
        }
        _ => {
            diagnostics.error_with_help(
                &list.tokens,
                "a compound key has 2 to 4 fields",
                "a key that needs more is a type of its own: a struct in a field with `#[event(key = avro)]`, or one that \
                 implements `EventKey`",
            );
            None
        }
    }
}
