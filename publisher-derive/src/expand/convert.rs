//! Conversions: the published form of a value, for the check, for the encoding, and for the key and the time.

use std::borrow::Cow;

use proc_macro2::{Delimiter, Group, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{ExprPath, Type};

use super::tokens::{at, called, static_type};
use crate::lifetimes::elided;
use crate::model::Convert;

/// A reference to the published form of the value at `place`, which is one itself.
pub(super) fn value(core: &TokenStream, place: TokenStream, ty: &Type, convert: Option<&Convert>) -> TokenStream {
    match convert {
        None => place,
        Some(Convert { with: Some(with), .. }) => {
            let given = given(core, with, &place, ty);
            quote!(&#core::converted(#given))
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
            let given = given(core, with, &place, ty);
            quote! {
                if let ::core::option::Option::Some(value) = &#core::checked(#given, at, checker) {
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
            let given = given(core, with, &place, ty);
            quote! {
                match &#given {
                    ::core::result::Result::Ok(value) => value,
                    ::core::result::Result::Err(_) => return #otherwise,
                }
            }
        }
        other => value(core, place, ty, other),
    }
}

/// The published type where no value is: there a lifetime has a name.
pub(super) fn in_const(ty: &Type) -> Cow<'_, Type> {
    if elided(ty).is_some() {
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

/// What the function gives, as a `Result`. The same tokens wherever it is called, so that a mistake is one message.
fn given(core: &TokenStream, with: &ExprPath, place: &TokenStream, ty: &Type) -> TokenStream {
    let span = first_span(with);
    // The call ends in the place where it begins, else an error about it would have that of the derive.
    let mut arguments = Group::new(Delimiter::Parenthesis, called(place, span));
    arguments.set_span(span);
    let core = called(core, span);
    let span = at(span);
    quote_spanned!(span=> #core::published::<#ty>(#with #arguments))
}

fn first_span(tokens: &impl ToTokens) -> Span {
    let first = tokens.to_token_stream().into_iter().next();
    first.map_or_else(Span::call_site, |token| token.span())
}
