//! The name of a record: a text, or for a generic one what its template makes of the parameters.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::written;
use crate::model::{NamePart, Record};

/// The constant of the record's name, an expression of type `&'static str`.
pub(super) fn constant(core: &TokenStream, record: &Record) -> TokenStream {
    let Some(template) = &record.template else {
        let name = &record.name;
        return quote!(#name);
    };
    let parts = template.value.iter().map(|part| match part {
        NamePart::Text(text) => quote!(#core::NamePart::Text(#text)),
        NamePart::Type(parameter) => quote!(#core::NamePart::Type(&<#parameter as #core::EventData>::SHAPE)),
        NamePart::Number(parameter) => quote!(#core::NamePart::Number(#parameter as i128)),
        NamePart::Boolean(parameter) => quote!(#core::NamePart::Boolean(#parameter)),
    });
    let span = template.tokens.clone().into_iter().next().map(|token| token.span());
    written(
        &quote!(const { &#core::Name::of(&[#(#parts),*]) }.text()),
        span.unwrap_or_else(|| template.name.span()),
    )
}

/// The name where the record's shape has it.
pub(super) fn in_shape(core: &TokenStream, record: &Record) -> TokenStream {
    match record.template {
        Some(_) => quote!(<Self as #core::RecordData>::NAME),
        None => constant(core, record),
    }
}
