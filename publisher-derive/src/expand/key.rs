//! The key of an event: its type, its form, how it is written and what is checked of it.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned;

use super::convert;
use super::tokens::{at, called, place, static_type, written};
use super::value::{as_data, conversion};
use crate::attr::KeyForm;
use crate::model::{Event, Part, Value};

/// The tombstone's side of the key: its type and its form.
pub(super) fn types(core: &TokenStream, event: &Event) -> TokenStream {
    let Some(span) = type_span(event) else {
        return quote! {
            type Key = #core::Unkeyed;
            type KeyForm = #core::TextKey;
        };
    };
    let key = key_type(event, Type::clone);
    let form = form(core, event);
    let form = written(&form, span);
    quote_spanned! {span=>
        type Key = #key;
        type KeyForm = #form;
    }
}

/// The type of the key, `change`d in each of its parts.
pub(super) fn key_type(event: &Event, change: impl Fn(&Type) -> Type) -> TokenStream {
    match &event.key[..] {
        [part] => change(&part.ty).to_token_stream(),
        parts => {
            let types = parts.iter().map(|part| change(&part.ty));
            quote!((#(#types),*))
        }
    }
}

/// The marker of the key's form.
pub(super) fn form(core: &TokenStream, event: &Event) -> TokenStream {
    match event.key_form {
        KeyForm::Text => quote!(#core::TextKey),
        KeyForm::BigEndian => quote!(#core::BigEndianKey),
        KeyForm::Raw => quote!(#core::RawKey),
        KeyForm::Avro => match value(event).and_then(|value| conversion(core, value)) {
            Some(conversion) => quote!(#core::AvroKey<#conversion>),
            None => quote!(#core::AvroKey),
        },
    }
}

/// What readers of the key are told: an `Option<KeyFormat>`.
pub(super) fn format(core: &TokenStream, event: &Event) -> TokenStream {
    let format = match (&event.key[..], event.key_form) {
        ([], _) => return quote!(::core::option::Option::None),
        (_, KeyForm::Text) => quote!(Text),
        (_, KeyForm::BigEndian) => quote!(BigEndian),
        (_, KeyForm::Raw) => quote!(Raw),
        (_, KeyForm::Avro) => {
            let data = data(core, event);
            quote!(Avro(&#data::SHAPE))
        }
    };
    quote!(::core::option::Option::Some(#core::KeyFormat::#format))
}

/// The method that writes the key.
pub(super) fn method(core: &TokenStream, event: &Event) -> TokenStream {
    match &event.key[..] {
        [] => quote! {
            fn key(&self, _: &mut ::std::vec::Vec<u8>) {}
        },
        [part] => {
            let value = part_value(core, part, &TokenStream::new());
            quote! {
                fn key(&self, out: &mut ::std::vec::Vec<u8>) {
                    #core::write_key::<Self>(#value, out);
                }
            }
        }
        parts => {
            let values = parts.iter().map(|part| part_value(core, part, &TokenStream::new()));
            // An error about a part's type has the place of the list.
            let span = list_span(parts);
            let write = called(&quote!(#core::EventKey::<#core::TextKey>::write_key), span);
            let values = quote_spanned!(at(span)=> &(#(#values),*));
            quote! {
                fn key(&self, out: &mut ::std::vec::Vec<u8>) {
                    #write(#values, out);
                }
            }
        }
    }
}

/// A reference to what is published of the field; for an event that is not valid the method gives `otherwise`.
pub(super) fn part_value(core: &TokenStream, part: &Part, otherwise: &TokenStream) -> TokenStream {
    let place = place(&part.ident, part.borrowed, part.role.span());
    convert::accepted(core, place, &part.ty, part.convert.as_ref(), otherwise)
}

/// The compiler says where equal keys could have different bytes.
pub(super) fn assertion(core: &TokenStream, event: &Event) -> TokenStream {
    let (KeyForm::Avro, Some(span)) = (event.key_form, type_span(event)) else {
        return TokenStream::new();
    };
    let assert = written(&quote!(#core::assert_key), span);
    let data = written(&data(core, event), span);
    quote_spanned!(span=> const _: () = #assert(&#data::SHAPE);)
}

/// `<Type as EventData>` of the key for a static.
fn data(core: &TokenStream, event: &Event) -> TokenStream {
    let key: Type = syn::Type::Verbatim(key_type(event, static_type));
    match value(event) {
        Some(value) => as_data(core, &key, value),
        None => quote!(<#key as #core::EventData>),
    }
}

/// How the key's field is published.
fn value(event: &Event) -> Option<&Value> {
    let [part] = &event.key[..] else { return None };
    let mut fields = event.record.fields.iter();
    Some(&fields.find(|field| field.ident == part.ident)?.value)
}

/// Errors about the key's type have the type's place, or that of the list; `None` for an unkeyed event.
fn type_span(event: &Event) -> Option<Span> {
    match &event.key[..] {
        [] => None,
        [part] => Some(part.ty.span()),
        parts => Some(list_span(parts)),
    }
}

fn list_span(parts: &[Part]) -> Span {
    parts.first().map_or_else(Span::call_site, |part| part.role.span())
}
