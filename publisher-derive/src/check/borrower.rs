//! Structs that borrow the fields of a variant, so that the variant can be a record of its own.

use proc_macro2::{Ident, Span};
use quote::format_ident;
use syn::ext::IdentExt;
use syn::visit_mut::VisitMut;
use syn::{GenericParam, Generics, Lifetime, LifetimeParam, Type};

use crate::model::{Field, Target};

/// The struct for a variant of an enum.
pub(super) fn of_variant(enumeration: &Ident, variant: &Ident, fields: &[Field]) -> Target {
    let ident = format_ident!("__{}{}", enumeration.unraw(), variant.unraw(), span = Span::call_site());
    named(ident, fields.iter().flat_map(types))
}

/// A struct with the lifetime of the loan, then those that its types mention.
pub(super) fn named<'a>(ident: Ident, types: impl IntoIterator<Item = &'a Type>) -> Target {
    struct Lifetimes(Vec<Lifetime>);
    impl VisitMut for Lifetimes {
        fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
            if lifetime.ident != "static" && lifetime.ident != "_" && !self.0.contains(lifetime) {
                self.0.push(lifetime.clone());
            }
        }
    }
    let mut lifetimes = Lifetimes(vec![Lifetime::new("'__event", Span::call_site())]);
    for ty in types {
        lifetimes.visit_type_mut(&mut ty.clone());
    }
    let mut generics = Generics::default();
    generics.params.extend(
        lifetimes
            .0
            .into_iter()
            .map(LifetimeParam::new)
            .map(GenericParam::Lifetime),
    );
    Target { ident, generics }
}

/// The types that a field mentions: the one in Rust and the published one.
fn types(field: &Field) -> impl Iterator<Item = &Type> {
    [Some(&field.ty), field.convert.as_ref().map(|convert| &convert.from)]
        .into_iter()
        .flatten()
}
