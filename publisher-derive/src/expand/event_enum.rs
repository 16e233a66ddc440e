//! An enum of events: each variant answers for itself, by the event that it holds or as a record of its own.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned;

use super::tokens::{static_target, static_type, written};
use super::{borrower, event, key};
use crate::model::{Event, EventEnum, Variant};

pub(super) fn expand(core: &TokenStream, events: &EventEnum) -> TokenStream {
    let EventEnum { target, variants } = events;
    let ident = &target.ident;
    let (impl_generics, ty_generics, where_clause) = target.generics.split_for_impl();
    let records = variants.iter().filter_map(|variant| match variant {
        Variant::Record { event, .. } => Some(record(core, event)),
        Variant::Wrapping { .. } => None,
    });
    // The fields of a variant are bound by their own names, of which one may be `out`.
    let out = Ident::new("out", Span::mixed_site());
    let event_type = variants.iter().map(|variant| arm(core, variant, "event_type", None));
    let key = variants.iter().map(|variant| arm(core, variant, "key", Some(&out)));
    let timestamp = variants.iter().map(|variant| arm(core, variant, "timestamp_ms", None));
    let write = variants.iter().map(|variant| arm(core, variant, "write", Some(&out)));
    let types = variants.iter().map(|variant| types(core, variant));
    let key_types = key_types(core, variants);
    let same_keys = same_keys(core, variants);
    quote! {
        #(#records)*

        #[automatically_derived]
        impl #impl_generics #core::Event for #ident #ty_generics #where_clause {
            fn event_type(&self) -> &'static #core::EventType {
                match self {
                    #(#event_type)*
                }
            }

            fn key(&self, #out: &mut ::std::vec::Vec<u8>) {
                match self {
                    #(#key)*
                }
            }

            fn timestamp_ms(&self) -> ::core::option::Option<i64> {
                match self {
                    #(#timestamp)*
                }
            }

            fn write(&self, #out: &mut ::std::vec::Vec<u8>) -> ::core::result::Result<(), #core::Violations> {
                match self {
                    #(#write)*
                }
            }
        }

        #[automatically_derived]
        impl #impl_generics #core::EventTypes for #ident #ty_generics #where_clause {
            #key_types

            fn types() -> ::std::vec::Vec<&'static #core::EventType> {
                <[_]>::concat(&[#(#types),*])
            }
        }

        #same_keys
    }
}

/// The struct that borrows a variant's fields, and all that makes it an event.
fn record(core: &TokenStream, event: &Event) -> TokenStream {
    let definition = borrower::definition(&event.record);
    let implementations = event::expand(core, event);
    quote! {
        #definition

        const _: () = {
            #implementations
        };
    }
}

fn arm(core: &TokenStream, variant: &Variant, method: &str, out: Option<&Ident>) -> TokenStream {
    let method = Ident::new(method, Span::call_site());
    let out = out.into_iter();
    match variant {
        Variant::Wrapping { ident, event } => quote! {
            Self::#ident(event) => <#event as #core::Event>::#method(event #(, #out)*),
        },
        Variant::Record { ident, event, skips } => {
            let (pattern, borrower) = borrower::loan(&event.record, *skips);
            quote! {
                Self::#ident #pattern => #core::Event::#method(&#borrower #(, #out)*),
            }
        }
    }
}

fn types(core: &TokenStream, variant: &Variant) -> TokenStream {
    match variant {
        Variant::Wrapping { event, .. } => written(&quote!(<#event as #core::EventTypes>::types()), event.span()),
        Variant::Record { event, .. } => {
            let target = static_target(&event.record.target);
            quote!(<#target as #core::EventTypes>::types())
        }
    }
}

/// The key of a variant, for the variants' common tombstone.
struct VariantKey {
    ty: TokenStream,
    form: TokenStream,
    /// The place that an error about it has.
    span: Span,
}

/// `None` for a record that says it has no key.
fn variant_key(core: &TokenStream, variant: &Variant, whole: impl Fn(&Type) -> Type) -> Option<VariantKey> {
    match variant {
        Variant::Wrapping { event, .. } => {
            let span = event.span();
            let event = whole(event);
            Some(VariantKey {
                ty: written(&quote!(<#event as #core::EventTypes>::Key), span),
                form: written(&quote!(<#event as #core::EventTypes>::KeyForm), span),
                span,
            })
        }
        Variant::Record { event, .. } => Some(VariantKey {
            ty: key::key_type(event, whole),
            form: key::form(core, event),
            span: event.key.first()?.role.span(),
        }),
    }
}

fn key_types(core: &TokenStream, variants: &[Variant]) -> TokenStream {
    let first = variants
        .iter()
        .find_map(|variant| variant_key(core, variant, Type::clone));
    let (ty, form) = match first {
        Some(VariantKey { ty, form, .. }) => (ty, form),
        None => (quote!(#core::Unkeyed), quote!(#core::TextKey)),
    };
    quote! {
        type Key = #ty;
        type KeyForm = #form;
    }
}

/// A tombstone names the key's type and has its form: they must be one for all variants.
fn same_keys(core: &TokenStream, variants: &[Variant]) -> TokenStream {
    let mut keys = variants
        .iter()
        .filter_map(|variant| variant_key(core, variant, static_type));
    let Some(VariantKey { ty: first, form, .. }) = keys.next() else {
        return TokenStream::new();
    };
    keys.map(
        |VariantKey {
             ty,
             form: other_form,
             span,
         }| {
            let (other, other_form) = (written(&ty, span), written(&other_form, span));
            let assert = written(&quote!(#core::assert_same_key), span);
            quote_spanned!(span=> const _: () = #assert::<#first, #form, #other, #other_form>();)
        },
    )
    .collect()
}
