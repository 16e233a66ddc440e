//! What the compiler is asked about a type: in a constant of its own, or within the shape of a generic one.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Generics;

/// A call of a const function that panics if something is wrong.
pub(super) struct Assertion {
    pub(super) span: Span,
    pub(super) call: TokenStream,
}

/// A constant outside of an implementation knows no parameters: the assertions of a generic type are part of its shape,
/// and are evaluated for each instance.
pub(super) fn inside(generics: &Generics) -> bool {
    generics.type_params().next().is_some() || generics.const_params().next().is_some()
}

/// Each in a constant of its own.
pub(super) fn outside_of(assertions: &[Assertion]) -> TokenStream {
    assertions
        .iter()
        .map(|Assertion { span, call }| quote_spanned!(*span=> const _: () = #call;))
        .collect()
}

/// The expression after all of them.
pub(super) fn before(assertions: &[Assertion], shape: TokenStream) -> TokenStream {
    if assertions.is_empty() {
        return shape;
    }
    let calls = assertions
        .iter()
        .map(|Assertion { span, call }| quote_spanned!(*span=> #call;));
    quote! {
        {
            #(#calls)*
            #shape
        }
    }
}
