//! The derive macros of `publisher-core`.
//!
//! `ast` reads, `check` judges, `expand` writes; see the documentation of the two derives.

mod ast;
mod attr;
mod case;
mod check;
mod diagnostics;
mod expand;
mod fallback;
#[cfg(test)]
mod golden;
mod model;
mod number;
mod pattern;
mod symbol;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::ast::Input;
use crate::diagnostics::Diagnostics;

/// Makes a type publishable.
#[proc_macro_derive(Event, attributes(event))]
pub fn event(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    derive(Derive::Event, input.into()).into()
}

/// Makes a type part of events.
#[proc_macro_derive(EventData, attributes(event))]
pub fn event_data(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    derive(Derive::EventData, input.into()).into()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Derive {
    Event,
    EventData,
}

/// The whole way from tokens to tokens, apart from the compiler's own types, so that tests can walk it.
fn derive(derive: Derive, input: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut diagnostics = Diagnostics::default();
    let item = Input::parse(derive, &input, &mut diagnostics)
        .and_then(|parsed| check::check(parsed, derive == Derive::Event, &mut diagnostics));
    match item {
        Some(item) if diagnostics.is_empty() => expand::expand(&item),
        _ => {
            let fallback = fallback::fallback(derive, &input);
            diagnostics.into_compile_errors().into_iter().chain(fallback).collect()
        }
    }
}
