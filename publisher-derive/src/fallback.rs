//! What is implemented when the input is wrong: enough that one mistake gives one message.
//!
//! Nothing of this ever runs, because the crate does not compile.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Fields, parse_quote};

use crate::Derive;
use crate::attr::{Attributes, KeyForm};
use crate::check;
use crate::diagnostics::Diagnostics;
use crate::symbol::{Place, Symbol};

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
    let implementations = match derive {
        Derive::EventData if is_record(input) => data,
        Derive::EventData => {
            let abilities = [
                every_key(&core, input),
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
                implement(
                    quote!(MapKey),
                    quote! {
                        fn as_text(&self) -> &str {
                            ""
                        }
                    },
                ),
                implement(
                    quote!(EventData<#core::AsString>),
                    quote! {
                        const SHAPE: #core::Shape = #core::Shape::String;
                        fn encode_avro(&self, _: &mut ::std::vec::Vec<u8>) {}
                        fn encode_json(&self, _: &mut ::std::vec::Vec<u8>) {}
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
            let (key, form) = key(&core, input).unwrap_or_else(|| (quote!(#core::Unkeyed), quote!(#core::TextKey)));
            let types = implement(
                quote!(EventTypes),
                quote! {
                    type Key = #key;
                    type KeyForm = #form;
                    fn types() -> ::std::vec::Vec<&'static #core::EventType> {
                        ::std::vec::Vec::new()
                    }
                },
            );
            let data = matches!(input.data, Data::Struct(_)).then_some(data);
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
    matches!(&input.data, Data::Struct(data) if matches!(data.fields, Fields::Named(_)))
}

/// A newtype is a key of every form, for all that is known.
fn every_key(core: &TokenStream, input: &DeriveInput) -> TokenStream {
    let ident = &input.ident;
    let (_, ty_generics, where_clause) = input.generics.split_for_impl();
    let mut generics = input.generics.clone();
    generics.params.push(parse_quote!(__Form: ?::core::marker::Sized));
    let (impl_generics, ..) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics #core::EventKey<__Form> for #ident #ty_generics #where_clause {
            fn write_key(&self, _: &mut ::std::vec::Vec<u8>) {}
        }
    }
}

/// The type and the form of the field that is marked as the key, if the type may be one: an enum around this event wants
/// keys of one type and form.
fn key(core: &TokenStream, input: &DeriveInput) -> Option<(TokenStream, TokenStream)> {
    let Data::Struct(data) = &input.data else { return None };
    let (ty, form, conversion) = data.fields.iter().find_map(|field| {
        let attributes = Attributes::parse(&field.attrs, Place::EventField, &mut Diagnostics::default());
        let form = match &attributes.key {
            Some(key) => key.value,
            None if attributes.broken.contains(&Symbol::Key) => KeyForm::Text,
            None => return None,
        };
        Some((&field.ty, form, attributes.conversion))
    })?;
    let form = match form {
        KeyForm::Text => quote!(TextKey),
        KeyForm::BigEndian => quote!(BigEndianKey),
        KeyForm::Raw => quote!(RawKey),
        KeyForm::Avro => quote!(AvroKey),
    };
    let mut diagnostics = Diagnostics::default();
    check::published_form(ty, conversion.as_ref().map(|conversion| &conversion.value), &mut diagnostics);
    diagnostics.is_empty().then(|| (quote!(#ty), quote!(#core::#form)))
}
