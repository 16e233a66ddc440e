//! An enum as a record: a struct that borrows from it is published in its stead.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::{inferred, static_target};
use super::{borrower, newtype, record, symbols};
use crate::model::{Data, DataVariant, Tagged};

pub(super) fn expand(core: &TokenStream, tagged: &Tagged) -> TokenStream {
    let Tagged {
        target,
        published,
        tag,
        variants,
    } = tagged;
    let data: TokenStream = variants.iter().map(|variant| definition(core, variant)).collect();
    let tags = tag.symbols.iter().map(|symbol| &symbol.ident);
    let tag_data = symbols::expand(core, tag);
    let definition = borrower::definition(published);
    let published_data = record::expand(core, published);
    let loan = loan(tagged);
    let implementations = newtype::whole(core, target, &published.target);
    let ident = &target.ident;
    let (impl_generics, ty_generics, where_clause) = target.generics.split_for_impl();
    let whole = static_target(&published.target);
    let form = inferred(&published.target);
    let is_shared = record::is_shared(published);
    quote! {
        #data

        #[allow(non_camel_case_types)]
        enum __Tag {
            #(#tags),*
        }

        #tag_data

        #definition

        const _: () = {
            #published_data
        };

        #loan

        #implementations

        #[automatically_derived]
        impl #impl_generics #core::RecordData for #ident #ty_generics #where_clause {
            const NAME: &'static str = <#whole as #core::RecordData>::NAME;
            const NAMESPACE: ::core::option::Option<&'static str> = <#whole as #core::RecordData>::NAMESPACE;
            #is_shared

            #[inline]
            fn encode_json_members(&self, out: &mut ::std::vec::Vec<u8>) {
                let published = <#form as ::core::convert::From<&Self>>::from(self);
                #core::RecordData::encode_json_members(&published, out);
            }
        }
    }
}

/// What is published of a variant's data, where that is no type of the user's.
pub(super) fn definition(core: &TokenStream, variant: &DataVariant) -> TokenStream {
    match &variant.data {
        Data::Fields(borrowed) => {
            let definition = borrower::definition(&borrowed.record);
            let implementations = record::expand(core, &borrowed.record);
            quote! {
                #definition

                const _: () = {
                    #implementations
                };
            }
        }
        Data::Converted(converted) => {
            let definition = newtype::definition(converted);
            let implementations = newtype::expand(core, converted);
            quote! {
                #definition

                const _: () = {
                    #implementations
                };
            }
        }
        Data::None | Data::Value { .. } => TokenStream::new(),
    }
}

/// The pattern behind a variant's name that binds the data, and a value that is published of it; `None` without data.
pub(super) fn bound(variant: &DataVariant) -> Option<(TokenStream, TokenStream)> {
    match &variant.data {
        Data::None => None,
        Data::Fields(borrowed) => Some(borrower::loan(&borrowed.record, borrowed.skips)),
        Data::Value { .. } => Some((quote!((value)), quote!(value))),
        Data::Converted(converted) => {
            let ident = &converted.target.ident;
            Some((quote!((value)), quote!(#ident(value))))
        }
    }
}

/// The struct takes what it needs of the enum.
fn loan(tagged: &Tagged) -> TokenStream {
    let Tagged {
        target,
        published,
        variants,
        ..
    } = tagged;
    let ident = &target.ident;
    let form = &published.target.ident;
    let (_, ty_generics, where_clause) = target.generics.split_for_impl();
    let (_, form_generics, _) = published.target.generics.split_for_impl();
    let parameters = &target.generics.params;
    let all: Vec<_> = variants.iter().map(|variant| &variant.ident).collect();
    let fields = variants.iter().filter_map(|variant| {
        let (pattern, value) = bound(variant)?;
        let name = &variant.ident;
        let others = (variants.len() > 1).then(|| quote!(_ => ::core::option::Option::None,));
        Some(quote! {
            #name: match value {
                #ident::#name #pattern => ::core::option::Option::Some(#value),
                #others
            }
        })
    });
    quote! {
        #[automatically_derived]
        impl<'__event, #parameters> ::core::convert::From<&'__event #ident #ty_generics> for #form #form_generics
        #where_clause
        {
            #[inline]
            fn from(value: &'__event #ident #ty_generics) -> Self {
                Self {
                    __tag: match value {
                        #(#ident::#all { .. } => __Tag::#all,)*
                    },
                    #(#fields),*
                }
            }
        }
    }
}
