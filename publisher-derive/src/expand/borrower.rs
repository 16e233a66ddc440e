//! The struct that borrows the fields of a variant.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Field, Record};

/// The struct of a record that exists for the expansion only.
pub(super) fn definition(record: &Record) -> TokenStream {
    let (ident, generics) = (&record.target.ident, &record.target.generics);
    let fields = record.fields.iter().map(|field| {
        let (ident, ty) = (&field.ident, field.rust_type());
        if field.borrowed {
            quote!(#ident: &'__event #ty)
        } else {
            quote!(#ident: #ty)
        }
    });
    quote! {
        #[allow(non_camel_case_types, non_snake_case)]
        struct #ident #generics {
            #(#fields),*
        }
    }
}

/// The pattern behind a variant's name that binds the fields, and the struct that takes them.
pub(super) fn loan(record: &Record, skips: bool) -> (TokenStream, TokenStream) {
    let fields: Vec<_> = record.fields.iter().map(|Field { ident, .. }| ident).collect();
    let rest = skips.then(|| quote!(..));
    let borrower = &record.target.ident;
    (quote!({ #(#fields,)* #rest }), quote!(#borrower { #(#fields),* }))
}
