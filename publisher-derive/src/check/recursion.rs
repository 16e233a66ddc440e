//! Records that hold themselves: where they are seen in a field's type, and where they would have no end.
//!
//! A record's own name is seen by itself; another's, that leads back to the record, is named by `recursive`.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{GenericArgument, GenericParam, Path, PathArguments, Type, TypePath, parse_quote};

use crate::attr::Setting;
use crate::diagnostics::Diagnostics;
use crate::model::{NamePart, Recursion, Target, same_record};

/// The records that a field leads back to; `own` is the record that has the field, if that has a name in Rust.
pub(super) fn of_field(
    ty: &Type,
    own: Option<&Ident>,
    given: Option<&Setting<Path>>,
    diagnostics: &mut Diagnostics,
) -> Recursion {
    let mut records = Vec::new();
    if let Some(own) = own.filter(|own| own_name(ty, own).is_some()) {
        if let Some(endless) = endless(ty, own, false) {
            diagnostics.error_with_help(
                endless,
                format_args!("every `{own}` would hold another one: no value has an end"),
                "an `Option`, a list or a map around it can be empty",
            );
        }
        records.push(Path::from(own.clone()));
    }
    records.extend(named(ty, &records, given, diagnostics));
    Recursion { records }
}

/// As [`of_field`], for the data of a variant: another variant is the end of it.
pub(super) fn of_variant(
    ty: &Type,
    own: &Ident,
    given: Option<&Setting<Path>>,
    diagnostics: &mut Diagnostics,
) -> Recursion {
    let mut records: Vec<_> = own_name(ty, own).map(|_| Path::from(own.clone())).into_iter().collect();
    records.extend(named(ty, &records, given, diagnostics));
    Recursion { records }
}

/// Refuses a type that would be published as itself.
pub(super) fn of_into(ty: &Type, own: &Ident, diagnostics: &mut Diagnostics) {
    if let Some(token) = own_name(ty, own) {
        diagnostics.error_with_help(
            token,
            format_args!("`{own}` would be published as itself: its schema would have no end"),
            "name the type as which it is published",
        );
    }
}

/// Refuses a union within itself.
pub(super) fn of_union(ty: &Type, own: &Ident, diagnostics: &mut Diagnostics) {
    if let Some(token) = own_name(ty, own) {
        diagnostics.error_with_help(
            token,
            format_args!("`{own}` holds itself, and a union has no name in the schema by which it could"),
            "leave `union` away: a record with a tag can hold itself",
        );
    }
}

/// Refuses another instance of a generic record within itself, unless each has a name of its own: a record stands within
/// itself by its name, where nothing else tells the two apart.
pub(super) fn instances(
    ty: &Type,
    target: &Target,
    template: Option<&Setting<Vec<NamePart>>>,
    diagnostics: &mut Diagnostics,
) {
    let Some(own) = mention(ty, |path| is_own(path, &target.ident)) else {
        return;
    };
    let Some(PathArguments::AngleBracketed(given)) = own.path.segments.last().map(|last| &last.arguments) else {
        return;
    };
    let named = |parameter: &Ident| {
        let mut parts = template.iter().flat_map(|template| &template.value);
        parts.any(|part| {
            matches!(part, NamePart::Type(ident) | NamePart::Number(ident) | NamePart::Boolean(ident) if ident == parameter)
        })
    };
    let parameters = target.generics.params.iter().filter_map(|parameter| match parameter {
        GenericParam::Lifetime(_) => None,
        GenericParam::Type(parameter) => Some(&parameter.ident),
        GenericParam::Const(parameter) => Some(&parameter.ident),
    });
    let arguments = given
        .args
        .iter()
        .filter(|argument| !matches!(argument, GenericArgument::Lifetime(_)));
    for (parameter, argument) in parameters.zip(arguments) {
        if *parameter != argument.to_token_stream().to_string() && !named(parameter) {
            diagnostics.error_with_help(
                argument,
                format_args!(
                    "this is another `{}` than the one around it, and both have one name in the schema",
                    target.ident
                ),
                format_args!(
                    "give each a name of its own: `#[event(name = \"{{{parameter}}}{}\")]` on the struct",
                    target.ident
                ),
            );
        }
    }
}

/// The record that a newtype leads back to; not the newtype, because it has no name in the schema.
pub(super) fn of_newtype(
    ty: &Type,
    own: &Ident,
    given: Option<&Setting<Path>>,
    diagnostics: &mut Diagnostics,
) -> Recursion {
    if let Some(token) = own_name(ty, own) {
        diagnostics.error_with_help(
            token,
            format_args!("`{own}` holds itself, and a newtype has no name in the schema by which it could"),
            format_args!("write `struct {own} {{ … }}` with a named field"),
        );
        return Recursion::default();
    }
    Recursion {
        records: named(ty, &[], given, diagnostics).into_iter().collect(),
    }
}

/// Refuses an enum of events within one of them.
pub(super) fn of_events(ty: &Type, own: &Ident, diagnostics: &mut Diagnostics) {
    if let Some(token) = own_name(ty, own) {
        diagnostics.error_with_help(
            token,
            format_args!("`{own}` holds itself: an enum of events is no part of an event"),
            "publish the other's ID, or hold a struct that derives `EventData`",
        );
    }
}

/// The record that `recursive` names.
fn named(ty: &Type, seen: &[Path], given: Option<&Setting<Path>>, diagnostics: &mut Diagnostics) -> Option<Path> {
    let given = given?;
    let record = &given.value;
    let name = record.segments.last().map(|last| last.ident.to_string())?;
    if seen.iter().any(|seen| same_record(seen, record)) || name == "Self" {
        diagnostics.error_with_help(
            &given.tokens,
            "a type's own name is seen without `recursive`",
            "remove `recursive`; it names another record that leads back to this one",
        );
        return None;
    }
    if mention(ty, |path| path.qself.is_none() && same_record(&path.path, record)).is_none() {
        diagnostics.error_with_help(
            &given.tokens,
            format_args!("the type of the field does not mention `{name}`"),
            "`recursive` names a record within the field's type as it is written there; an alias hides it",
        );
        return None;
    }
    Some(record.clone())
}

/// The first mention of the type's own name, or of `Self`.
fn own_name(ty: &Type, own: &Ident) -> Option<TypePath> {
    mention(ty, |path| is_own(path, own))
}

/// `other::Node` is another type.
fn is_own(path: &TypePath, own: &Ident) -> bool {
    let one = path.qself.is_none() && path.path.leading_colon.is_none() && path.path.segments.len() == 1;
    one && path
        .path
        .segments
        .iter()
        .all(|segment| segment.ident == *own || segment.ident == "Self")
}

/// The first path within the type for which the test holds.
pub(crate) fn mention(ty: &Type, is: impl Fn(&TypePath) -> bool) -> Option<TypePath> {
    struct Mentions<F> {
        is: F,
        found: Option<TypePath>,
    }
    impl<F: Fn(&TypePath) -> bool> VisitMut for Mentions<F> {
        fn visit_type_path_mut(&mut self, path: &mut TypePath) {
            if self.found.is_none() && (self.is)(path) {
                self.found = Some(path.clone());
            }
            visit_mut::visit_type_path_mut(self, path);
        }
    }
    let mut mentions = Mentions { is, found: None };
    mentions.visit_type_mut(&mut ty.clone());
    mentions.found
}

/// The type itself behind nothing but pointers. Behind nothing at all rustc says that it has no size.
fn endless<'a>(ty: &'a Type, own: &Ident, behind_pointer: bool) -> Option<&'a TypePath> {
    match ty {
        Type::Path(path) if is_own(path, own) => behind_pointer.then_some(path),
        Type::Path(path) => {
            let last = path.path.segments.last()?;
            let PathArguments::AngleBracketed(arguments) = &last.arguments else {
                return None;
            };
            let pointer = ["Box", "Rc", "Arc", "Cow"].iter().any(|name| last.ident == name);
            let held = arguments.args.iter().find_map(|argument| match argument {
                GenericArgument::Type(ty) => Some(ty),
                _ => None,
            });
            endless(held.filter(|_| pointer)?, own, true)
        }
        Type::Reference(reference) => endless(&reference.elem, own, true),
        Type::Group(group) => endless(&group.elem, own, behind_pointer),
        Type::Paren(paren) => endless(&paren.elem, own, behind_pointer),
        _ => None,
    }
}

/// The type with the target's name for `Self`, so that it can stand outside the implementation too.
pub(super) fn without_self(ty: &Type, target: &Target) -> Type {
    struct Named(Path);
    impl VisitMut for Named {
        fn visit_path_mut(&mut self, path: &mut Path) {
            if path.is_ident("Self") {
                *path = self.0.clone();
            } else {
                visit_mut::visit_path_mut(self, path);
            }
        }
    }
    let ident = &target.ident;
    let arguments = target.generics.params.iter().map(|parameter| -> GenericArgument {
        match parameter {
            GenericParam::Lifetime(parameter) => GenericArgument::Lifetime(parameter.lifetime.clone()),
            GenericParam::Type(parameter) => {
                let ident = &parameter.ident;
                parse_quote!(#ident)
            }
            GenericParam::Const(parameter) => {
                let ident = &parameter.ident;
                parse_quote!(#ident)
            }
        }
    });
    let path = if target.generics.params.is_empty() {
        parse_quote!(#ident)
    } else {
        parse_quote!(#ident<#(#arguments),*>)
    };
    let mut ty = ty.clone();
    Named(path).visit_type_mut(&mut ty);
    ty
}
