//! The derive macros of `publisher-core`.

use proc_macro::TokenStream;

/// Stub.
#[proc_macro_derive(Event, attributes(event))]
pub fn event(_: TokenStream) -> TokenStream { TokenStream::new() }

/// Stub.
#[proc_macro_derive(EventData, attributes(event))]
pub fn event_data(_: TokenStream) -> TokenStream { TokenStream::new() }
