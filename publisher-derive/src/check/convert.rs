//! Conversions: as which type a field, or a whole type, is published.

use syn::{ExprPath, Type};

use super::{recursion, value};
use crate::ast;
use crate::attr::{Attributes, Setting};
use crate::diagnostics::Diagnostics;
use crate::lifetimes::elided;
use crate::model::{Convert, Newtype, Recursion, Source, Target};
use crate::symbol::Symbol;

/// The type as which a field is published, and the conversion into it if that is another than its own.
pub(super) fn published_type(field: &ast::Field<'_>, diagnostics: &mut Diagnostics) -> (Type, Option<Convert>) {
    let own = &field.original.ty;
    let attributes = &field.attributes;
    if let Some(with) = &attributes.with {
        function(with, diagnostics);
    }
    match (&attributes.published_as, &attributes.with) {
        (Some(published), with) => {
            let convert = Convert {
                from: own.clone(),
                with: with.as_ref().map(|with| with.value.clone()),
            };
            (published.value.clone(), Some(convert))
        }
        (None, Some(with)) => {
            if !attributes.broken.contains(&Symbol::As) {
                diagnostics.error_with_help(
                    &with.name,
                    "`with` does not say as what the field is published",
                    "name the type besides: `#[event(as = T, with = ...)]`",
                );
            }
            // Whatever the function gives, it is not the field's own type: nothing is asked of that.
            let convert = Convert {
                from: own.clone(),
                with: Some(with.value.clone()),
            };
            (own.clone(), Some(convert))
        }
        (None, None) => (own.clone(), None),
    }
}

/// The names that stand for values where the function is called.
const LOCAL: [&str; 4] = ["at", "checker", "out", "value"];

fn function(with: &Setting<ExprPath>, diagnostics: &mut Diagnostics) {
    if let Some(name) = with
        .value
        .path
        .get_ident()
        .filter(|name| LOCAL.contains(&name.to_string().as_str()))
    {
        diagnostics.error_with_help(
            name,
            format_args!("`{name}` is the name of a value where the function is called"),
            format_args!("write `self::{name}`, or give the function another name"),
        );
    }
}

/// A type that is published as another, by the conversion of the whole.
pub(super) fn whole(
    target: Target,
    attributes: &Attributes,
    into: &Setting<Type>,
    diagnostics: &mut Diagnostics,
) -> Newtype {
    for (symbol, name) in &attributes.given {
        if !matches!(symbol, Symbol::Into | Symbol::Crate) {
            diagnostics.error_with_help(
                name,
                format_args!("`{name}` has no effect: the type is published as the one that `into` names"),
                format_args!("write `{name}` on that type, or remove `into`"),
            );
        }
    }
    recursion::of_into(&into.value, &target.ident, diagnostics);
    super::types::published_form(&into.value, None, diagnostics);
    Newtype {
        target,
        ty: into.value.clone(),
        source: Source::Whole,
        value: value::plain(),
        recursion: Recursion::default(),
    }
}

/// Refuses a lifetime without name in the type of a key: a tombstone names that type.
pub(super) fn named_lifetimes(ty: &Type, diagnostics: &mut Diagnostics) {
    if let Some(lifetime) = elided(ty) {
        diagnostics.error_with_help(
            lifetime,
            "the type of a key has no lifetime without name: a tombstone names the type",
            "publish the key as a type that owns its value, or name the lifetime",
        );
    }
}
