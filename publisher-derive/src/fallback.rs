//! What is implemented when the input is wrong: enough that one mistake gives one message.
//!
//! Nothing of this ever runs, because the crate does not compile.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;
use syn::{Data, DeriveInput, Fields, parse_quote};

use crate::Derive;
use crate::attr::{Attributes, KeyForm};
use crate::check;
use crate::diagnostics::Diagnostics;
use crate::lifetimes::elided;
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
    // What is a record stays one: a union around it has no other mistake.
    let name = ident.unraw().to_string();
    let shape = if is_record(input) || has_data(input) {
        quote! {
            #core::Shape::Record(&#core::Record {
                name: #name,
                namespace: ::core::option::Option::None,
                doc: ::core::option::Option::None,
                aliases: &[],
                shared: false,
                fields: &[],
                source: "",
            })
        }
    } else {
        quote!(#core::Shape::Boolean)
    };
    let data = implement(
        quote!(EventData),
        quote! {
            const SHAPE: #core::Shape = #shape;
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

/// Whether it is an enum with data.
fn has_data(input: &DeriveInput) -> bool {
    matches!(&input.data, Data::Enum(data) if data.variants.iter().any(|variant| variant.fields != Fields::Unit))
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
    let (ty, form, published, conversion) = data.fields.iter().find_map(|field| {
        let attributes = Attributes::parse(&field.attrs, Place::EventField, &mut Diagnostics::default());
        // What is flattened is no key, which is reported already.
        if attributes.flatten.is_some() {
            return None;
        }
        let form = match &attributes.key {
            Some(key) => key.value,
            None if attributes.broken.contains(&Symbol::Key) => KeyForm::Text,
            None => return None,
        };
        let published = attributes.published_as.map(|published| published.value);
        Some((&field.ty, form, published, attributes.conversion))
    })?;
    let form = match form {
        KeyForm::Text => quote!(TextKey),
        KeyForm::BigEndian => quote!(BigEndianKey),
        KeyForm::Raw => quote!(RawKey),
        KeyForm::Avro => quote!(AvroKey),
    };
    let ty = published.as_ref().unwrap_or(ty);
    let mut diagnostics = Diagnostics::default();
    let conversion = conversion.as_ref().map(|conversion| &conversion.value);
    check::published_form(ty, conversion, &mut diagnostics);
    (diagnostics.is_empty() && elided(ty).is_none()).then(|| (quote!(#ty), quote!(#core::#form)))
}
