//! Conversions: the published form of a value, for the check, for the encoding, and for the key and the time.

use std::borrow::Cow;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned;

use super::tokens::{at, called, elides, static_type};
use crate::model::Convert;

/// A reference to the published form of the value at `place`, which is one itself.
pub(super) fn value(core: &TokenStream, place: TokenStream, ty: &Type, convert: Option<&Convert>) -> TokenStream {
    match convert {
        None => place,
        Some(Convert { with: Some(with), .. }) => {
            let converted = called(&quote!(#core::converted), first_span(with));
            let call = call(with, &place);
            quote!(&#converted::<#ty>(#call))
        }
        Some(Convert { from, with: None }) => from_reference(ty, from, &place),
    }
}

/// The same for the check: binds it to `value` and runs the checks, if there is one. `at` and `checker` are in scope.
pub(super) fn checked(
    core: &TokenStream,
    place: TokenStream,
    ty: &Type,
    convert: &Convert,
    checks: &TokenStream,
) -> TokenStream {
    match &convert.with {
        Some(with) => {
            let checked = called(&quote!(#core::checked), first_span(with));
            let call = call(with, &place);
            quote! {
                if let ::core::option::Option::Some(value) = &#checked::<#ty>(#call, at, checker) {
                    #checks
                }
            }
        }
        None => {
            let value = from_reference(ty, &convert.from, &place);
            quote! {
                let value = #value;
                #checks
            }
        }
    }
}

/// The same for the key and the time: an event that has no published form has neither, and `otherwise` is what stands for
/// it.
pub(super) fn accepted(
    core: &TokenStream,
    place: TokenStream,
    ty: &Type,
    convert: Option<&Convert>,
    otherwise: &TokenStream,
) -> TokenStream {
    match convert {
        Some(Convert { with: Some(with), .. }) => {
            let accepted = called(&quote!(#core::accepted), first_span(with));
            let call = call(with, &place);
            quote! {
                match &#accepted::<#ty>(#call) {
                    ::core::option::Option::Some(value) => value,
                    ::core::option::Option::None => return #otherwise,
                }
            }
        }
        other => value(core, place, ty, other),
    }
}

/// The published type where no value is: there a lifetime has a name.
pub(super) fn in_const(ty: &Type) -> Cow<'_, Type> {
    if elides(ty) {
        Cow::Owned(static_type(ty))
    } else {
        Cow::Borrowed(ty)
    }
}

/// The published form of the whole.
pub(super) fn of_whole(ty: &Type) -> TokenStream {
    let from: Type = syn::parse_quote!(Self);
    from_reference(ty, &from, &quote!(self))
}

/// An error about the conversion has the place of the published type.
fn from_reference(ty: &Type, from: &Type, place: &TokenStream) -> TokenStream {
    let span = at(ty.span());
    quote_spanned!(span=> &<#ty as ::core::convert::From<&#from>>::from(#place))
}

fn call(with: &impl ToTokens, place: &TokenStream) -> TokenStream {
    let place = called(place, first_span(with));
    quote!(#with(#place))
}

fn first_span(tokens: &impl ToTokens) -> Span {
    let first = tokens.to_token_stream().into_iter().next();
    first.map_or_else(Span::call_site, |token| token.span())
}
