//! Records that hold themselves: by name within their shape, level by level in the check.

use proc_macro2::TokenStream;
use quote::quote;
use syn::visit_mut::{self, VisitMut};
use syn::{Type, TypePath, parse_quote};

use crate::model::Recursion;

/// The type whose shape the field has: in place of each record that leads back, the record's name.
pub(super) fn shape_type(core: &TokenStream, ty: &Type, recursion: &Recursion) -> Type {
    struct ByName<'a> {
        core: &'a TokenStream,
        recursion: &'a Recursion,
    }
    impl VisitMut for ByName<'_> {
        fn visit_type_mut(&mut self, ty: &mut Type) {
            match ty {
                Type::Path(path) if self.recursion.includes(path) => *ty = by_name(self.core, path),
                other => visit_mut::visit_type_mut(self, other),
            }
        }
    }
    let mut ty = ty.clone();
    ByName { core, recursion }.visit_type_mut(&mut ty);
    ty
}

fn by_name(core: &TokenStream, record: &TypePath) -> Type {
    parse_quote!(#core::ByName<#record>)
}

/// The check of a type, one level further down if it leads back; `at` and `checker` are in scope.
pub(super) fn guarded(leads_back: bool, check: TokenStream) -> TokenStream {
    if !leads_back {
        return check;
    }
    quote! {
        if checker.descend(at) {
            #check
            checker.ascend();
        }
    }
}
