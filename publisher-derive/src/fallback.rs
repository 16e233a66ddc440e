//! What is implemented when the input is wrong: enough that one mistake gives one message.
//!
//! Nothing of this ever runs, because the crate does not compile.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Fields};

use crate::Derive;
use crate::attr::Attributes;
use crate::check;
use crate::diagnostics::Diagnostics;
use crate::symbol::Place;

/// Implementations that ask nothing of the fields.
pub(crate) fn fallback(derive: Derive, input: &DeriveInput) -> TokenStream {
    let ident = &input.ident;
    let (impl_generics, ty_generics, where_clause) = input.generics.split_for_impl();
    // Reported already, whatever is wrong with the attributes.
    let attributes = Attributes::parse(&input.attrs, Place::Event, &mut Diagnostics::default());
    let core = check::core(&attributes);
    let implement = |name: TokenStream, body: TokenStream| {
        quote! {
            #[automatically_derived]
            impl #impl_generics #core::#name for #ident #ty_generics #where_clause {
                #body
            }
        }
    };
    let data = implement(
        quote!(EventData),
        quote! {
            const SHAPE: #core::Shape = #core::Shape::Boolean;
            fn encode_avro(&self, _: &mut ::std::vec::Vec<u8>) {}
            fn encode_json(&self, _: &mut ::std::vec::Vec<u8>) {}
        },
    );
    let record = implement(
        quote!(RecordData),
        quote! {
            const NAME: &'static str = "";
            const NAMESPACE: ::core::option::Option<&'static str> = ::core::option::Option::None;
            fn encode_json_members(&self, _: &mut ::std::vec::Vec<u8>) {}
        },
    );
    let implementations = match derive {
        Derive::EventData if is_record(input) => quote!(#data #record),
        Derive::EventData => {
            let abilities = [
                implement(
                    quote!(EventKey),
                    quote!(
                        fn write_key(&self, _: &mut ::std::vec::Vec<u8>) {}
                    ),
                ),
                implement(
                    quote!(EventTime),
                    quote! {
                        fn timestamp_ms(&self) -> ::core::option::Option<i64> {
                            ::core::option::Option::None
                        }
                    },
                ),
                implement(
                    quote!(Numeric),
                    quote! {
                        fn satisfies(&self, _: &#core::Bound, _: fn(::core::cmp::Ordering) -> bool) -> bool {
                            true
                        }
                    },
                ),
                implement(
                    quote!(Textual),
                    quote! {
                        fn text(&self) -> ::core::option::Option<&str> {
                            ::core::option::Option::None
                        }
                    },
                ),
                implement(
                    quote!(Countable),
                    quote! {
                        fn count(&self) -> ::core::option::Option<usize> {
                            ::core::option::Option::None
                        }
                    },
                ),
            ];
            quote!(#data #(#abilities)*)
        }
        Derive::Event => {
            let event = implement(
                quote!(Event),
                quote! {
                    fn event_type(&self) -> &'static #core::EventType {
                        loop {}
                    }
                    fn key(&self, _: &mut ::std::vec::Vec<u8>) {}
                    fn write(
                        &self,
                        _: &mut ::std::vec::Vec<u8>,
                    ) -> ::core::result::Result<(), #core::Violations> {
                        ::core::result::Result::Ok(())
                    }
                },
            );
            let key = key_type(input).unwrap_or_else(|| quote!(#core::Unkeyed));
            let types = implement(
                quote!(EventTypes),
                quote! {
                    type Key = #key;
                    fn types() -> ::std::vec::Vec<&'static #core::EventType> {
                        ::std::vec::Vec::new()
                    }
                },
            );
            let data = matches!(input.data, Data::Struct(_)).then(|| quote!(#data #record));
            quote!(#data #event #types)
        }
    };
    quote! {
        const _: () = {
            #implementations
        };
    }
}

fn is_record(input: &DeriveInput) -> bool {
    matches!(&input.data, Data::Struct(data) if matches!(data.fields, Fields::Named(_)) || data.fields.len() > 1)
}

/// The type of the field with `key` in its attributes, if it may be one: an enum around this event wants keys of one
/// type.
fn key_type(input: &DeriveInput) -> Option<TokenStream> {
    let Data::Struct(data) = &input.data else { return None };
    let marked = |field: &&syn::Field| {
        field.attrs.iter().any(|attribute| match &attribute.meta {
            syn::Meta::List(list) if list.path.is_ident("event") => {
                let has = |name: &str| list.tokens.clone().into_iter().any(|token| token.to_string() == name);
                has("key") && !has("flatten")
            }
            _ => false,
        })
    };
    let ty = &data.fields.iter().find(marked)?.ty;
    let mut diagnostics = Diagnostics::default();
    check::published_form(ty, &mut diagnostics);
    diagnostics.is_empty().then(|| quote!(#ty))
}
