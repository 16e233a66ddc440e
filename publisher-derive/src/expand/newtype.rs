//! A newtype: what it holds, with constraints of its own; it can do what that can.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{GenericParam, parse_quote};

use super::value::{as_data, assertions, checks, shape};
use crate::model::{Conversion, Newtype};

pub(super) fn expand(core: &TokenStream, newtype: &Newtype) -> TokenStream {
    let Newtype { target, ty, value } = newtype;
    let ident = &target.ident;
    let (impl_generics, ty_generics, where_clause) = target.generics.split_for_impl();
    let data = as_data(core, ty, value);
    let shape = shape(core, ty, value);
    let checks = checks(core, &syn::Index::from(0), false, value);
    let abilities = abilities(core, newtype);
    let assertions = assertions(core, ty, value);
    quote! {
        #[automatically_derived]
        impl #impl_generics #core::EventData for #ident #ty_generics #where_clause {
            const SHAPE: #core::Shape = #shape;

            #[inline(always)]
            fn check(&self, at: &#core::Path<'_>, checker: &mut #core::Checker) {
                #data::check(&self.0, at, checker);
                #checks
            }

            #[inline(always)]
            fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
                #data::encode_avro(&self.0, out);
            }

            #[inline(always)]
            fn encode_json(&self, out: &mut ::std::vec::Vec<u8>) {
                #data::encode_json(&self.0, out);
            }

            #[inline(always)]
            fn encode_avro_value_first(&self, out: &mut ::std::vec::Vec<u8>) {
                #data::encode_avro_value_first(&self.0, out);
            }
        }

        #abilities

        #assertions
    }
}

/// What a newtype can do if, and only if, what it holds can.
fn abilities(core: &TokenStream, newtype: &Newtype) -> TokenStream {
    let ty = &newtype.ty;
    let key = quote! {
        fn write_key(&self, out: &mut ::std::vec::Vec<u8>) {
            <#ty as #core::EventKey<__Form>>::write_key(&self.0, out);
        }
    };
    let time = quote! {
        fn timestamp_ms(&self) -> ::core::option::Option<i64> {
            <#ty as #core::EventTime>::timestamp_ms(&self.0)
        }
    };
    let number = quote! {
        #[inline]
        fn satisfies(&self, bound: &#core::Bound, accept: fn(::core::cmp::Ordering) -> bool) -> bool {
            <#ty as #core::Numeric>::satisfies(&self.0, bound, accept)
        }
    };
    let text = quote! {
        fn text(&self) -> ::core::option::Option<&str> {
            <#ty as #core::Textual>::text(&self.0)
        }
    };
    let count = quote! {
        fn count(&self) -> ::core::option::Option<usize> {
            <#ty as #core::Countable>::count(&self.0)
        }
    };
    let map_key = quote! {
        fn as_text(&self) -> &str {
            <#ty as #core::MapKey>::as_text(&self.0)
        }
    };
    // In every form that what it holds has.
    let key = ability(
        core,
        newtype,
        &quote!(EventKey<__Form>),
        Some(parse_quote!(__Form: ?::core::marker::Sized)),
        &key,
    );
    // Published as text it has no bounds in the schema.
    let is_text = matches!(newtype.value.conversion, Some(Conversion::AsString));
    [
        ("EventTime", time),
        ("Numeric", number),
        ("Textual", text),
        ("Countable", count),
        ("MapKey", map_key),
    ]
    .into_iter()
    .filter(|(name, _)| !(is_text && *name == "Numeric"))
    .map(|(name, method)| {
        let name = Ident::new(name, Span::call_site()).into_token_stream();
        ability(core, newtype, &name, None, &method)
    })
    .fold(key, |mut all, ability| {
        all.extend(ability);
        all
    })
}

fn ability(
    core: &TokenStream,
    newtype: &Newtype,
    name: &TokenStream,
    parameter: Option<GenericParam>,
    method: &TokenStream,
) -> TokenStream {
    let Newtype { target, ty, .. } = newtype;
    let ident = &target.ident;
    let mut generics = target.generics.clone();
    // With a lifetime of its own the bound may be false: then the implementation is none, and no error.
    generics
        .make_where_clause()
        .predicates
        .push(parse_quote!(for<'__derive> #ty: #core::#name));
    generics.params.extend(parameter);
    let (_, ty_generics, _) = target.generics.split_for_impl();
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics #core::#name for #ident #ty_generics #where_clause {
            #method
        }
    }
}
