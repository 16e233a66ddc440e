//! A record that is an event: its static type, its key, its time.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::tokens::{at, called, place, static_target, written};
use super::{contract, record};
use crate::attr::{Encoding, Model};
use crate::model::{Event, Part};

pub(super) fn expand(core: &TokenStream, event: &Event) -> TokenStream {
    let Event { record, namespace, .. } = event;
    let ident = &record.target.ident;
    let (impl_generics, ty_generics, where_clause) = record.target.generics.split_for_impl();
    let target = static_target(&record.target);
    let data = record::expand(core, record);
    let spec = spec(core, event);
    let span = ident.span();
    let assert = written(&quote!(#core::assert_one_definition_per_name), span);
    let key_type = key_type(core, &event.key);
    let key = key(core, &event.key);
    let time = event.time.as_ref().map(|time| timestamp(core, time));
    let contract = contract::assertions(core, event);
    quote! {
        #data

        #contract

        static TYPE: #core::EventType = #core::EventType::new(#spec);

        #[automatically_derived]
        impl #impl_generics #core::Event for #ident #ty_generics #where_clause {
            fn event_type(&self) -> &'static #core::EventType {
                &TYPE
            }

            #key

            #time

            fn write(&self, out: &mut ::std::vec::Vec<u8>) -> ::core::result::Result<(), #core::Violations> {
                #core::write(self, &TYPE, out)
            }
        }

        #[automatically_derived]
        impl #impl_generics #core::EventTypes for #ident #ty_generics #where_clause {
            #key_type

            fn types() -> ::std::vec::Vec<&'static #core::EventType> {
                <[_]>::to_vec(&[&TYPE])
            }
        }
    }
    .into_iter()
    .chain(quote_spanned! {span=>
        #[allow(long_running_const_eval)]
        const _: () = #assert(&<#target as #core::EventData>::SHAPE, #namespace);
    })
    .collect()
}

fn spec(core: &TokenStream, event: &Event) -> TokenStream {
    let Event {
        record,
        namespace,
        topic,
        json_formats,
        ..
    } = event;
    let target = static_target(&record.target);
    let name = format!("{namespace}.{}", record.name);
    let version = Literal::u32_unsuffixed(event.version);
    let encoding = match event.encoding {
        Encoding::Avro => quote!(#core::Encoding::Avro),
        Encoding::Json => quote!(#core::Encoding::Json),
    };
    let model = match event.model {
        Model::Closed => quote!(#core::JsonModel::Closed),
        Model::Open => quote!(#core::JsonModel::Open),
    };
    let keyed = !event.key.is_empty();
    quote! {
        #core::EventSpec {
            name: #name,
            namespace: #namespace,
            topic: #topic,
            version: #version,
            encoding: #encoding,
            model: #model,
            format_keyword: #json_formats,
            keyed: #keyed,
            shape: &<#target as #core::EventData>::SHAPE,
        }
    }
}

/// The tombstone's side of the key; errors about its type have the type's place, or that of the list.
fn key_type(core: &TokenStream, key: &[Part]) -> TokenStream {
    match key {
        [] => quote!(type Key = #core::Unkeyed;),
        [part] => {
            let ty = &part.ty;
            quote_spanned!(ty.span()=> type Key = #ty;)
        }
        parts => {
            let types = parts.iter().map(|part| &part.ty);
            let span = parts.first().map_or_else(Span::call_site, |part| part.role.span());
            quote_spanned!(span=> type Key = (#(#types),*);)
        }
    }
}

fn key(core: &TokenStream, key: &[Part]) -> TokenStream {
    match key {
        [] => quote! {
            fn key(&self, _: &mut ::std::vec::Vec<u8>) {}
        },
        [part] => {
            let value = place(&part.ident, part.borrowed, part.role.span());
            quote! {
                fn key(&self, out: &mut ::std::vec::Vec<u8>) {
                    #core::write_key::<Self>(#value, out);
                }
            }
        }
        parts => {
            let values = parts
                .iter()
                .map(|part| place(&part.ident, part.borrowed, part.role.span()));
            // An error about a part's type has the place of the list.
            let span = parts.first().map_or_else(Span::call_site, |part| part.role.span());
            let write = called(&quote!(#core::EventKey::write_key), span);
            let values = quote_spanned!(at(span)=> &(#(#values),*));
            quote! {
                fn key(&self, out: &mut ::std::vec::Vec<u8>) {
                    #write(#values, out);
                }
            }
        }
    }
}

fn timestamp(core: &TokenStream, time: &Part) -> TokenStream {
    let read = called(&quote!(#core::EventTime::timestamp_ms), time.role.span());
    let value = place(&time.ident, time.borrowed, time.role.span());
    quote! {
        fn timestamp_ms(&self) -> ::core::option::Option<i64> {
            #read(#value)
        }
    }
}
