//! The contract with a committed schema: an assertion for each field, and a test of the whole text.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;

use super::tokens::{static_target, written};
use crate::contract::{Committed, Contract, VARIABLE};
use crate::model::{Event, Kind, Target, Variant};

/// The comparison in the compiler: what differs is an error at the field.
pub(super) fn assertions(core: &TokenStream, event: &Event) -> TokenStream {
    let Some(contract) = &event.contract else {
        return TokenStream::new();
    };
    let Contract {
        file,
        path,
        siblings,
        committed,
    } = contract;
    // The compiler sees to it that a change of the variable, or of the file, compiles the type anew.
    let watched = quote! {
        const _: ::core::option::Option<&'static str> = ::core::option_env!(#VARIABLE);
    };
    let Some(committed) = committed else {
        return watched;
    };
    let path = path.to_string_lossy();
    let siblings = siblings.iter().map(|path| path.to_string_lossy());
    let target = static_target(&event.record.target);
    let namespace = &event.namespace;
    let assert = match committed {
        Committed::Avro(_) => quote!(#core::assert_avro_field),
        Committed::Json(_) => quote!(#core::assert_json_field),
    };
    let fields = event.record.fields.iter().enumerate().map(|(index, field)| {
        let span = field.ident.span();
        let assert = written(&assert, span);
        let said = committed.of_field(core, field);
        let index = proc_macro2::Literal::usize_unsuffixed(index);
        quote_spanned! {span=>
            const _: () = #assert(&<#target as #core::EventData>::SHAPE, #index, #namespace, #said, #file);
        }
    });
    let names = flattened_names(core, event, committed);
    quote! {
        #watched
        const _: &[u8] = ::core::include_bytes!(#path);
        #(const _: &[u8] = ::core::include_bytes!(#siblings);)*
        #(#fields)*
        #names
    }
}

/// With a flattened record the names of the fields are known to the compiler only.
fn flattened_names(core: &TokenStream, event: &Event, committed: &Committed) -> TokenStream {
    let Some(Contract { file, .. }) = &event.contract else {
        return TokenStream::new();
    };
    if !event.record.fields.iter().any(|field| field.flatten.is_some()) {
        return TokenStream::new();
    }
    let span = event.record.target.ident.span();
    let assert = written(&quote!(#core::assert_field_names), span);
    let target = static_target(&event.record.target);
    let names = committed.names();
    let ordered = matches!(committed, Committed::Avro(_));
    quote_spanned! {span=>
        const _: () = #assert(&<#target as #core::EventData>::SHAPE, &[#(#names),*], #ordered, #file);
    }
}

/// The tests of all contracts of an item. They stand beside the type: in a constant they would not run.
pub(super) fn tests(core: &TokenStream, kind: &Kind) -> TokenStream {
    match kind {
        Kind::Event(event) => test(core, &event.record.target, &event.record.target.ident, event),
        Kind::EventEnum(events) => {
            let records = events.variants.iter().filter_map(|variant| match variant {
                Variant::Record { ident, event, .. } => {
                    let name = format_ident!("{}_{}", events.target.ident.unraw(), ident.unraw());
                    Some(test(core, &events.target, &name, event))
                }
                Variant::Wrapping { .. } => None,
            });
            records.collect()
        }
        _ => TokenStream::new(),
    }
}

/// `owner` is the type whose events have this one among them.
fn test(core: &TokenStream, owner: &Target, name: &Ident, event: &Event) -> TokenStream {
    let Some(Contract { file, path, .. }) = &event.contract else {
        return TokenStream::new();
    };
    let function = format_ident!("__schema_of_{}", name.unraw());
    let owner = static_target(owner);
    let full_name = format!("{}.{}", event.namespace, event.record.name);
    let path = path.to_string_lossy();
    quote! {
        #[cfg(test)]
        #[::core::prelude::v1::test]
        #[allow(non_snake_case)]
        fn #function() {
            #core::check_committed(
                &<#owner as #core::EventTypes>::types(),
                &#core::CommittedSchema {
                    name: #full_name,
                    file: #file,
                    path: #path,
                    mode: ::core::option_env!(#VARIABLE),
                    source: (::core::file!(), ::core::line!()),
                },
            );
        }
    }
}
