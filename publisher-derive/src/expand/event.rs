//! A record that is an event: its static type, its key, its time.

use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};

use super::tokens::{called, static_target, written};
use super::{contract, key, record};
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
    let assert = match event.encoding {
        Encoding::Avro => quote!(#core::assert_one_definition_per_name),
        Encoding::Json => quote!(#core::assert_one_definition_per_name_in_json),
    };
    let assert = written(&assert, span);
    let key_types = key::types(core, event);
    let key = key::method(core, event);
    let key_assertion = key::assertion(core, event);
    let time = event.time.as_ref().map(|time| timestamp(core, time));
    let contract = contract::assertions(core, event);
    let defaults = match event.encoding {
        Encoding::Avro => TokenStream::new(),
        Encoding::Json => record::json_defaults(core, record),
    };
    let write = match event.encoding {
        Encoding::Avro => quote!(write_avro),
        Encoding::Json => quote!(write_json),
    };
    quote! {
        #data

        #contract

        #defaults

        static TYPE: #core::EventType = #core::EventType::new(#spec);

        #[automatically_derived]
        impl #impl_generics #core::Event for #ident #ty_generics #where_clause {
            fn event_type(&self) -> &'static #core::EventType {
                &TYPE
            }

            #key

            #time

            fn write(&self, out: &mut ::std::vec::Vec<u8>) -> ::core::result::Result<(), #core::Violations> {
                #core::#write(self, TYPE.name(), out)
            }
        }

        #[automatically_derived]
        impl #impl_generics #core::EventTypes for #ident #ty_generics #where_clause {
            #key_types

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
    .chain(key_assertion)
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
    let key = key::format(core, event);
    quote! {
        #core::EventSpec {
            name: #name,
            namespace: #namespace,
            topic: #topic,
            version: #version,
            encoding: #encoding,
            model: #model,
            format_keyword: #json_formats,
            key: #key,
            shape: &<#target as #core::EventData>::SHAPE,
        }
    }
}

fn timestamp(core: &TokenStream, time: &Part) -> TokenStream {
    let read = called(&quote!(#core::EventTime::timestamp_ms), time.role.span());
    let value = key::part_value(core, time, &quote!(::core::option::Option::None));
    quote! {
        fn timestamp_ms(&self) -> ::core::option::Option<i64> {
            #read(#value)
        }
    }
}
