//! The names of fixeds: a type for each, because a type parameter cannot be a text.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::model::{Conversion, Kind, Value, Variant};

/// The type that stands for the name. The user's own type for the bytes may have the name itself.
pub(super) fn marker(name: &str) -> Ident {
    format_ident!("__{name}")
}

/// The types for all names of an item, each once.
pub(super) fn markers(core: &TokenStream, kind: &Kind) -> TokenStream {
    let names: BTreeSet<&str> = values(kind)
        .into_iter()
        .filter_map(|value| match &value.conversion {
            Some(Conversion::Fixed(name)) => Some(name.as_str()),
            _ => None,
        })
        .collect();
    let markers = names.into_iter().map(|name| {
        let marker = marker(name);
        quote! {
            // A key's form is as visible as the event and may name it.
            #[allow(non_camel_case_types, unreachable_pub)]
            pub enum #marker {}

            #[automatically_derived]
            impl #core::FixedName for #marker {
                const NAME: &'static str = #name;
            }
        }
    });
    markers.collect()
}

fn values(kind: &Kind) -> Vec<&Value> {
    match kind {
        Kind::Record(record) => record.fields.iter().map(|field| &field.value).collect(),
        Kind::Newtype(newtype) => vec![&newtype.value],
        Kind::Symbols(_) => Vec::new(),
        Kind::Event(event) => event.record.fields.iter().map(|field| &field.value).collect(),
        Kind::EventEnum(events) => events
            .variants
            .iter()
            .flat_map(|variant| match variant {
                Variant::Record { event, .. } => event.record.fields.iter().map(|field| &field.value).collect(),
                Variant::Wrapping { .. } => Vec::new(),
            })
            .collect(),
    }
}
