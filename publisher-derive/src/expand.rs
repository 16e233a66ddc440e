//! Writes the implementations. Receives valid input only and cannot fail.
//!
//! Every path is absolute and every trait method is called through its trait, so that nothing in the user's scope can
//! get in between. Where an error can only come from the types (a field whose type has no published form, a constraint
//! that does not suit it), the tokens have the place of what the user wrote.

mod assertion;
mod borrower;
mod bounds;
mod contract;
mod convert;
mod event;
mod event_enum;
mod fixed;
mod key;
mod name;
mod newtype;
mod record;
mod recursive;
mod symbols;
mod tagged;
mod tokens;
mod union;
mod value;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Item, Kind};

/// The implementations for an item.
pub(crate) fn expand(item: &Item) -> TokenStream {
    let core = &item.core;
    let implementations = match &item.kind {
        Kind::Record(record) => record::expand(core, record),
        Kind::Newtype(newtype) => newtype::expand(core, newtype),
        Kind::Symbols(symbols) => symbols::expand(core, symbols),
        Kind::Tagged(tagged) => tagged::expand(core, tagged),
        Kind::Union(union) => union::expand(core, union),
        Kind::Event(event) => event::expand(core, event),
        Kind::EventEnum(events) => event_enum::expand(core, events),
    };
    let markers = fixed::markers(core, &item.kind);
    let tests = contract::tests(core, &item.kind);
    quote! {
        const _: () = {
            #markers

            #implementations
        };

        #tests
    }
}
