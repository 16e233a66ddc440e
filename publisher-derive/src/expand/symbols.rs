//! An enum without data: its symbols, by number in Avro and by name in JSON, in keys and with `as_string`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::tokens::optional_text;
use crate::model::Symbols;

pub(super) fn expand(core: &TokenStream, symbols: &Symbols) -> TokenStream {
    let Symbols {
        target,
        name,
        namespace,
        doc,
        aliases,
        shared,
        symbols,
        default,
    } = symbols;
    let ident = &target.ident;
    let (impl_generics, ty_generics, where_clause) = target.generics.split_for_impl();
    let namespace = optional_text(namespace.as_deref());
    let doc = optional_text(doc.as_deref());
    let default = optional_text(default.as_deref());
    let variants: Vec<_> = symbols.iter().map(|symbol| &symbol.ident).collect();
    let texts: Vec<_> = symbols.iter().map(|symbol| &symbol.text).collect();
    let quoted = texts.iter().map(|text| format!("\"{text}\""));
    let numbers = (0..symbols.len()).map(Literal::usize_unsuffixed);
    quote! {
        #[automatically_derived]
        impl #impl_generics #core::EventData for #ident #ty_generics #where_clause {
            const SHAPE: #core::Shape = #core::Shape::Enum(&#core::Enum {
                name: #name,
                namespace: #namespace,
                doc: #doc,
                aliases: &[#(#aliases),*],
                shared: #shared,
                symbols: &[#(#texts),*],
                default: #default,
            });
            const CHECKED: bool = false;

            #[inline]
            fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
                let number = match self {
                    #(Self::#variants => #numbers,)*
                };
                #core::avro::long(number, out);
            }

            #[inline]
            fn encode_json(&self, out: &mut ::std::vec::Vec<u8>) {
                let text = match self {
                    #(Self::#variants => #quoted,)*
                };
                out.extend_from_slice(text.as_bytes());
            }
        }

        #[automatically_derived]
        impl #impl_generics #core::EventData<#core::AsString> for #ident #ty_generics #where_clause {
            const SHAPE: #core::Shape = #core::Shape::String;
            const CHECKED: bool = false;

            #[inline]
            fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
                #core::avro::bytes(#core::MapKey::as_text(self).as_bytes(), out);
            }

            #[inline]
            fn encode_json(&self, out: &mut ::std::vec::Vec<u8>) {
                <Self as #core::EventData>::encode_json(self, out);
            }
        }

        #[automatically_derived]
        impl #impl_generics #core::MapKey for #ident #ty_generics #where_clause {
            #[inline]
            fn as_text(&self) -> &str {
                match self {
                    #(Self::#variants => #texts,)*
                }
            }
        }

        #[automatically_derived]
        impl #impl_generics #core::EventKey for #ident #ty_generics #where_clause {
            fn write_key(&self, out: &mut ::std::vec::Vec<u8>) {
                out.extend_from_slice(#core::MapKey::as_text(self).as_bytes());
            }
        }
    }
}
