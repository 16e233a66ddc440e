//! An enum as a union: the number of the branch, then its record.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::tagged::{bound, definition};
use super::tokens::{static_target, written};
use super::value::{as_data, shape};
use crate::model::{Data, DataVariant, Union};

pub(super) fn expand(core: &TokenStream, union: &Union) -> TokenStream {
    let Union { target, variants } = union;
    let ident = &target.ident;
    let (impl_generics, ty_generics, where_clause) = target.generics.split_for_impl();
    let data: TokenStream = variants.iter().map(|variant| definition(core, variant)).collect();
    // The fields of a variant are bound by their own names.
    let [at, checker, out] = ["at", "checker", "out"].map(|name| Ident::new(name, Span::mixed_site()));
    let branches = variants.iter().map(|variant| branch(core, variant));
    let check = variants.iter().map(|variant| {
        let symbol = &variant.symbol;
        let path = quote!(&#core::Path::Field(#at, #symbol));
        arm(core, variant, &TokenStream::new(), "check", &quote!(#path, #checker))
    });
    let avro = |shift: usize| {
        let arms = variants.iter().enumerate().map(|(index, variant)| {
            let number = Literal::usize_unsuffixed(index + shift);
            let number = quote!(#core::avro::long(#number, #out););
            arm(core, variant, &number, "encode_avro", &quote!(#out))
        });
        arms.collect::<TokenStream>()
    };
    let (alone, beside_null) = (avro(0), avro(1));
    let json = variants.iter().map(|variant| {
        let prefix = Literal::byte_string(format!("{{\"{}\":", variant.symbol).as_bytes());
        let prefix = quote!(#out.extend_from_slice(#prefix););
        arm(core, variant, &prefix, "encode_json", &quote!(#out))
    });
    let records = variants
        .iter()
        .enumerate()
        .map(|(index, variant)| is_record(core, union, index, variant));
    quote! {
        #data

        #[automatically_derived]
        impl #impl_generics #core::EventData for #ident #ty_generics #where_clause {
            const SHAPE: #core::Shape = #core::Shape::Union(&#core::Union {
                branches: &[#(#branches),*],
            });

            #[inline]
            fn check(&self, #at: &#core::Path<'_>, #checker: &mut #core::Checker) {
                match self {
                    #(#check)*
                }
            }

            #[inline]
            fn encode_avro(&self, #out: &mut ::std::vec::Vec<u8>) {
                match self {
                    #alone
                }
            }

            #[inline]
            fn encode_avro_some(&self, #out: &mut ::std::vec::Vec<u8>) {
                match self {
                    #beside_null
                }
            }

            #[inline]
            fn encode_json(&self, #out: &mut ::std::vec::Vec<u8>) {
                match self {
                    #(#json)*
                }
                #out.push(b'}');
            }
        }

        #(#records)*
    }
}

fn branch(core: &TokenStream, variant: &DataVariant) -> TokenStream {
    let symbol = &variant.symbol;
    let shape = match &variant.data {
        Data::Value { ty, value, .. } => shape(core, ty, value),
        Data::Fields(borrowed) => of(core, &static_target(&borrowed.record.target)),
        Data::Converted(converted) => of(core, &static_target(&converted.target)),
        Data::None => TokenStream::new(),
    };
    quote! {
        #core::Branch {
            name: #symbol,
            shape: &#shape,
        }
    }
}

fn of(core: &TokenStream, target: &TokenStream) -> TokenStream {
    quote!(<#target as #core::EventData>::SHAPE)
}

/// What a method does for a variant: `before`, then the method of its record.
fn arm(
    core: &TokenStream,
    variant: &DataVariant,
    before: &TokenStream,
    method: &str,
    arguments: &TokenStream,
) -> TokenStream {
    let Some((pattern, value)) = bound(variant) else {
        return TokenStream::new();
    };
    let ident = &variant.ident;
    let method = Ident::new(method, Span::call_site());
    let call = match &variant.data {
        Data::Value { ty, value: how, .. } => {
            let data = as_data(core, ty, how);
            quote!(#data::#method(#value, #arguments))
        }
        _ => quote!(#core::EventData::#method(&#value, #arguments)),
    };
    quote! {
        Self::#ident #pattern => {
            #before
            #call;
        }
    }
}

/// The compiler says where a variant holds no record, or the record of another.
fn is_record(core: &TokenStream, union: &Union, index: usize, variant: &DataVariant) -> TokenStream {
    let span = match &variant.data {
        Data::Value { ty, .. } => ty.span(),
        Data::Converted(converted) => converted.ty.span(),
        Data::Fields(_) | Data::None => variant.ident.span(),
    };
    let core = &written(core, span);
    let target = static_target(&union.target);
    let index = Literal::usize_unsuffixed(index);
    quote_spanned! {span=>
        const _: () = #core::assert_branch(&<#target as #core::EventData>::SHAPE, #index, "");
    }
}
