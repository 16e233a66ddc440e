//! Lifetimes without name in types that the user wrote: fine where a value is, not where a type stands alone.

use syn::visit_mut::VisitMut;
use syn::{Lifetime, Type};

/// The first lifetime `'_` of a type.
pub(crate) fn elided(ty: &Type) -> Option<Lifetime> {
    struct Elided(Option<Lifetime>);
    impl VisitMut for Elided {
        fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
            if lifetime.ident == "_" && self.0.is_none() {
                self.0 = Some(lifetime.clone());
            }
        }
    }
    let mut elided = Elided(None);
    elided.visit_type_mut(&mut ty.clone());
    elided.0
}
