//! Small pieces of tokens.

use proc_macro2::{Group, Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::visit_mut::VisitMut;
use syn::{Generics, Lifetime, Type, parse_quote};

use crate::model::Target;

/// `Some("...")` or `None`, of which the user's scope may have others.
pub(super) fn optional_text(text: Option<&str>) -> TokenStream {
    match text {
        Some(text) => quote!(::core::option::Option::Some(#text)),
        None => quote!(::core::option::Option::None),
    }
}

/// `&self.field`, or `self.field` where it is a reference already, with the place of `span`.
pub(super) fn place(member: &impl ToTokens, borrowed: bool, span: Span) -> TokenStream {
    let span = at(span);
    let member = moved(&member.to_token_stream(), span);
    if borrowed {
        quote_spanned!(span=> self.#member)
    } else {
        quote_spanned!(span=> &self.#member)
    }
}

/// The place of `span` with the hygiene of the derive: what is local to the expansion must be found.
pub(super) fn at(span: Span) -> Span {
    Span::call_site().located_at(span)
}

/// The tokens of a call, with the place of `span`: an error about an argument lands there.
pub(super) fn called(tokens: &TokenStream, span: Span) -> TokenStream {
    moved(tokens, at(span))
}

/// The tokens of a type or a const, as if the user had written them at `span`: an error about them does not speak of
/// the derive.
pub(super) fn written(tokens: &TokenStream, span: Span) -> TokenStream {
    moved(tokens, span)
}

fn moved(tokens: &TokenStream, span: Span) -> TokenStream {
    let relocate = |mut token: TokenTree| {
        if let TokenTree::Group(group) = &token {
            token = TokenTree::Group(Group::new(group.delimiter(), moved(&group.stream(), span)));
        }
        token.set_span(span);
        token
    };
    tokens.clone().into_iter().map(relocate).collect()
}

/// The type for a static, which knows no lifetime but its own.
pub(super) fn static_type(ty: &Type) -> Type {
    struct Static;
    impl VisitMut for Static {
        fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
            *lifetime = Lifetime::new("'static", lifetime.span());
        }
    }
    let mut ty = ty.clone();
    Static.visit_type_mut(&mut ty);
    ty
}

/// The target where the compiler finds the lifetimes.
pub(super) fn inferred(target: &Target) -> Type {
    let ident = &target.ident;
    let lifetimes = target
        .generics
        .lifetimes()
        .map(|_| Lifetime::new("'_", Span::call_site()));
    parse_quote!(#ident<#(#lifetimes),*>)
}

/// The target for a static.
pub(super) fn static_target(target: &Target) -> TokenStream {
    let ident = &target.ident;
    let lifetimes = lifetimes(&target.generics);
    if lifetimes.is_empty() {
        quote!(#ident)
    } else {
        quote!(#ident<#(#lifetimes),*>)
    }
}

fn lifetimes(generics: &Generics) -> Vec<Lifetime> {
    generics
        .lifetimes()
        .map(|_| Lifetime::new("'static", Span::call_site()))
        .collect()
}

/// The line of the user's source; 0 where there is no compiler, as in the tests of the expansions.
pub(super) fn line(span: Span) -> Literal {
    let line = if proc_macro::is_available() {
        span.unwrap().line()
    } else {
        0
    };
    Literal::usize_unsuffixed(line)
}
