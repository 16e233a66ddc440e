//! The names of fixeds: a type for each, because a type parameter cannot be a text.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::model::{Conversion, Data, DataVariant, Kind, Record, Value, Variant};

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
        Kind::Record(record) => of_record(record),
        Kind::Newtype(newtype) => vec![&newtype.value],
        Kind::Symbols(_) => Vec::new(),
        Kind::Tagged(tagged) => of_variants(&tagged.variants),
        Kind::Union(union) => of_variants(&union.variants),
        Kind::Event(event) => of_record(&event.record),
        Kind::EventEnum(events) => events
            .variants
            .iter()
            .flat_map(|variant| match variant {
                Variant::Record { event, .. } => of_record(&event.record),
                Variant::Wrapping { .. } => Vec::new(),
            })
            .collect(),
    }
}

fn of_record(record: &Record) -> Vec<&Value> {
    record.fields.iter().map(|field| &field.value).collect()
}

fn of_variants(variants: &[DataVariant]) -> Vec<&Value> {
    variants
        .iter()
        .flat_map(|variant| match &variant.data {
            Data::None => Vec::new(),
            Data::Fields(borrower) => of_record(&borrower.record),
            Data::Value { value, .. } => vec![value],
            Data::Converted(newtype) => vec![&newtype.value],
        })
        .collect()
}
