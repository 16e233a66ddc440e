//! A newtype: what it holds, with constraints of its own; it can do what that can.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{GenericParam, parse_quote};

use super::bounds::Bounds;
use super::recursive::{guarded, shape_type};
use super::tokens::{inferred, place, static_target, static_type};
use super::value::{as_data, assertion, checks, checks_of, shape};
use super::{assertion, convert};
use crate::lifetimes::elided;
use crate::model::{Conversion, Newtype, Source, Target};

pub(super) fn expand(core: &TokenStream, newtype: &Newtype) -> TokenStream {
    let Newtype {
        target,
        ty,
        value,
        source,
        recursion,
    } = newtype;
    let generics = Bounds::new(core, &target.generics).newtype(ty, value);
    let data = as_data(core, ty, value);
    let shape_type = shape_type(core, ty, recursion);
    let mut shape = shape(core, &convert::in_const(&shape_type), value);
    // What it holds may have nothing to check, and then a list of it is not walked; a function may fail for any value.
    let may_fail = matches!(source, Source::Field { convert: Some(convert), .. } if convert.with.is_some());
    let checked = (value.constraints.is_empty() && !may_fail).then(|| {
        let data = as_data(core, &convert::in_const(&shape_type), value);
        quote!(const CHECKED: bool = #data::CHECKED;)
    });
    let mut assertions = TokenStream::new();
    if assertion::inside(&target.generics) {
        let inside: Vec<_> = assertion(core, &shape_type, value).into_iter().collect();
        shape = assertion::before(&inside, shape);
    } else {
        let outside: Vec<_> = assertion(core, &static_type(ty), value).into_iter().collect();
        assertions = assertion::outside_of(&outside);
    }
    let checks = match source {
        Source::Field {
            borrowed,
            convert: None,
        } => {
            let place = field(*borrowed);
            let check = guarded(!recursion.is_empty(), quote!(#data::check(#place, at, checker);));
            let checks = checks(core, &syn::Index::from(0), *borrowed, value);
            quote! {
                #check
                #checks
            }
        }
        Source::Field {
            borrowed,
            convert: Some(convert),
        } => {
            let constraints = checks_of(core, value);
            let checks = quote! {
                #data::check(value, at, checker);
                #constraints
            };
            convert::checked(core, field(*borrowed), ty, convert, &checks)
        }
        Source::Whole => {
            let published = convert::of_whole(ty);
            quote!(#data::check(#published, at, checker);)
        }
    };
    let target = Target {
        ident: target.ident.clone(),
        generics,
    };
    let constants = quote! {
        const SHAPE: #core::Shape = #shape;
        #checked
    };
    let implementation = data_implementation(core, &target, &data, &constants, &checks, &published(core, newtype));
    let abilities = abilities(core, newtype);
    quote! {
        #implementation

        #abilities

        #assertions
    }
}

/// The struct of a newtype that exists for the expansion only.
pub(super) fn definition(newtype: &Newtype) -> TokenStream {
    let Newtype { target, ty, source, .. } = newtype;
    let (ident, generics) = (&target.ident, &target.generics);
    let held = match source {
        Source::Field {
            convert: Some(convert), ..
        } => &convert.from,
        _ => ty,
    };
    quote! {
        #[allow(non_camel_case_types)]
        struct #ident #generics(&'__event #held);
    }
}

/// A type that is published as what another one, which borrows from it, is.
pub(super) fn whole(core: &TokenStream, target: &Target, form: &Target) -> TokenStream {
    let ty = inferred(form);
    let data = quote!(<#ty as #core::EventData>);
    let published = convert::of_whole(&ty);
    let checks = quote!(#data::check(#published, at, checker););
    let form = static_target(form);
    let constants = quote!(const SHAPE: #core::Shape = <#form as #core::EventData>::SHAPE;);
    data_implementation(core, target, &data, &constants, &checks, &published)
}

fn field(borrowed: bool) -> TokenStream {
    place(&syn::Index::from(0), borrowed, Span::call_site())
}

/// A reference to what is published.
fn published(core: &TokenStream, newtype: &Newtype) -> TokenStream {
    match &newtype.source {
        Source::Field { borrowed, convert } => convert::value(core, field(*borrowed), &newtype.ty, convert.as_deref()),
        Source::Whole => convert::of_whole(&newtype.ty),
    }
}

/// Every method passes on to that of the published form.
fn data_implementation(
    core: &TokenStream,
    target: &Target,
    data: &TokenStream,
    constants: &TokenStream,
    checks: &TokenStream,
    published: &TokenStream,
) -> TokenStream {
    let ident = &target.ident;
    let (impl_generics, ty_generics, where_clause) = target.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics #core::EventData for #ident #ty_generics #where_clause {
            #constants

            #[inline(always)]
            fn check(&self, at: &#core::Path<'_>, checker: &mut #core::Checker) {
                #checks
            }

            #[inline(always)]
            fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
                #data::encode_avro(#published, out);
            }

            #[inline(always)]
            fn encode_json(&self, out: &mut ::std::vec::Vec<u8>) {
                #data::encode_json(#published, out);
            }

            #[inline(always)]
            fn encode_avro_value_first(&self, out: &mut ::std::vec::Vec<u8>) {
                #data::encode_avro_value_first(#published, out);
            }

            #[inline(always)]
            fn encode_avro_some(&self, out: &mut ::std::vec::Vec<u8>) {
                #data::encode_avro_some(#published, out);
            }
        }
    }
}

/// What a newtype can do if, and only if, what it holds can.
fn abilities(core: &TokenStream, newtype: &Newtype) -> TokenStream {
    let ty = &newtype.ty;
    let (own, borrowed, convert) = match &newtype.source {
        Source::Field { borrowed, convert } => (convert.is_none(), *borrowed, convert.as_deref()),
        Source::Whole => (false, false, None),
    };
    // One that exists for the expansion only needs none, and a bound has no lifetime without name.
    if borrowed || (!own && elided(ty).is_some()) {
        return TokenStream::new();
    }
    // Also asked of values that are not valid.
    let held = |otherwise: TokenStream| match newtype.source {
        Source::Whole => convert::of_whole(ty),
        Source::Field { .. } => convert::accepted(core, field(false), ty, convert, &otherwise),
    };
    let key_of = held(TokenStream::new());
    let key = quote! {
        fn write_key(&self, out: &mut ::std::vec::Vec<u8>) {
            <#ty as #core::EventKey<__Form>>::write_key(#key_of, out);
        }
    };
    let time_of = held(quote!(::core::option::Option::None));
    let time = quote! {
        fn timestamp_ms(&self) -> ::core::option::Option<i64> {
            <#ty as #core::EventTime>::timestamp_ms(#time_of)
        }
    };
    let number_of = held(quote!(true));
    let number = quote! {
        #[inline]
        fn satisfies(&self, bound: &#core::Bound, accept: fn(::core::cmp::Ordering) -> bool) -> bool {
            <#ty as #core::Numeric>::satisfies(#number_of, bound, accept)
        }
    };
    let text_of = held(quote!(::core::option::Option::None));
    let text = quote! {
        fn text(&self) -> ::core::option::Option<&str> {
            <#ty as #core::Textual>::text(#text_of)
        }
    };
    let count_of = held(quote!(::core::option::Option::None));
    let count = quote! {
        fn count(&self) -> ::core::option::Option<usize> {
            <#ty as #core::Countable>::count(#count_of)
        }
    };
    let map_key_of = held(quote!(""));
    let map_key = quote! {
        fn as_text(&self) -> &str {
            <#ty as #core::MapKey>::as_text(#map_key_of)
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
    // What a conversion gives lives no longer than the method.
    .filter(|(name, _)| own || !matches!(*name, "Textual" | "MapKey"))
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
