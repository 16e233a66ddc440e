//! An enum as a record: the tag says which variant it is, and the variant's data is in an optional field of its own.
//!
//! So a variant that is added later is an added symbol and an added optional field.

use proc_macro2::{Ident, Span};
use quote::quote_spanned;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Type, parse_quote};

use super::fields::Holder;
use super::variants::{self, Around};
use super::{aliases, borrower, default_symbol, names, spelling, symbols, types, value};
use crate::ast;
use crate::attr::Attributes;
use crate::diagnostics::Diagnostics;
use crate::model::{Data, DataVariant, Field, Record, Recursion, Symbols, Tagged, Target, Value};

/// The enum as a record.
pub(super) fn check(
    target: Target,
    attributes: &Attributes,
    doc: Option<String>,
    variants: &[ast::Variant<'_>],
    diagnostics: &mut Diagnostics,
) -> Tagged {
    let name = names::of_type(&target.ident, attributes.name.as_ref(), diagnostics);
    let namespace = names::namespace(attributes.namespace.as_ref(), diagnostics);
    let aliases = aliases::of_type(&attributes.aliases, &name, namespace.as_deref(), diagnostics);
    let case = attributes.rename_all.as_ref().map(|case| case.value);
    let default = default_symbol(variants, diagnostics).map(|variant| spelling(variant, case));
    let symbols = symbols(variants, |variant| spelling(variant, case), diagnostics);
    let around = Around {
        target: &target,
        name: &name,
        namespace: None,
        holder: Holder::Tagged,
    };
    let checked = variants::check(&around, variants, &symbols, diagnostics);
    let tag_name = tag_name(attributes, diagnostics);
    let tag = Symbols {
        target: Target {
            ident: Ident::new("__Tag", Span::call_site()),
            generics: syn::Generics::default(),
        },
        name: format!("{name}Type"),
        namespace: None,
        doc: None,
        aliases: Vec::new(),
        shared: false,
        symbols,
        default,
    };
    name_of_the_tag(&tag.name, variants, &checked, diagnostics);
    let mut fields = vec![field(
        Ident::new("__tag", Span::call_site()),
        parse_quote!(__Tag),
        tag_name.clone(),
        value::plain(),
        Recursion::default(),
    )];
    for variant in &checked {
        let Some(original) = variants
            .iter()
            .find(|original| original.original.ident == variant.ident)
        else {
            continue;
        };
        fields.extend(data_field(original, variant, &fields, &tag_name, diagnostics));
    }
    let shared = names::shared(attributes, diagnostics);
    let published = Record {
        target: borrower::named(
            Ident::new("__Published", Span::call_site()),
            fields.iter().map(|field| &field.ty),
        ),
        name,
        namespace,
        doc,
        aliases,
        template: None,
        shared,
        fields,
    };
    Tagged {
        target,
        published,
        tag,
        variants: checked,
    }
}

fn tag_name(attributes: &Attributes, diagnostics: &mut Diagnostics) -> String {
    match &attributes.tag {
        Some(tag) => {
            names::check(&tag.value, &tag.tokens, true, "tag", diagnostics);
            tag.value.clone()
        }
        None => "type".to_owned(),
    }
}

/// Refuses a record of a variant with the name that the tag's enum has.
fn name_of_the_tag(tag: &str, variants: &[ast::Variant<'_>], checked: &[DataVariant], diagnostics: &mut Diagnostics) {
    for variant in checked {
        let Data::Fields(borrower) = &variant.data else {
            continue;
        };
        let original = variants
            .iter()
            .find(|original| original.original.ident == variant.ident);
        if let (true, Some(original)) = (borrower.record.name == tag, original) {
            diagnostics.error_with_help(
                names::token(original.attributes.name.as_ref(), &variant.ident),
                format_args!(
                    "the record of `{}` is \"{tag}\", which is the name of the tag's type",
                    variant.ident.unraw()
                ),
                "give it another name with `#[event(name = \"...\")]`",
            );
        }
    }
}

/// The optional field for the data of a variant; `None` without data.
fn data_field(
    original: &ast::Variant<'_>,
    variant: &DataVariant,
    others: &[Field],
    tag: &str,
    diagnostics: &mut Diagnostics,
) -> Option<Field> {
    let mut recursion = Recursion::default();
    let (ty, value): (Type, Value) = match &variant.data {
        Data::None => return None,
        Data::Fields(borrower) => (borrowing(&borrower.record.target), value::plain()),
        Data::Converted(newtype) => {
            refuse_option(&newtype.ty, diagnostics);
            (borrowing(&newtype.target), value::plain())
        }
        Data::Value {
            ty,
            value,
            recursion: own,
        } => {
            refuse_option(ty, diagnostics);
            recursion = own.clone();
            // An error about the type has the place of the type.
            let span = Span::call_site().located_at(ty.span());
            let optional = quote_spanned!(span=> ::core::option::Option<&'__event #ty>);
            (parse_quote!(#optional), value.clone())
        }
    };
    let name = snake_case(original);
    let at = || names::token(original.attributes.rename.as_ref(), &variant.ident);
    if name == tag {
        diagnostics.error_with_help(
            at(),
            format_args!(
                "the data of `{}` and the tag are both the field \"{name}\"",
                variant.ident.unraw()
            ),
            "give the tag another name with `#[event(tag = \"...\")]` on the enum, or the variant with \
             `#[event(rename = \"...\")]`",
        );
    } else if let Some(other) = others.iter().find(|other| other.name == name) {
        diagnostics.error_with_help(
            at(),
            format_args!(
                "the data of `{}` and of `{}` are both the field \"{name}\"",
                other.ident.unraw(),
                variant.ident.unraw()
            ),
            "give one of them another name with `#[event(rename = \"...\")]`",
        );
    }
    let mut field = field(variant.ident.clone(), ty, name, value, recursion);
    // A record has the doc comment itself.
    if !matches!(variant.data, Data::Fields(_)) {
        field.doc = original.doc.clone();
    }
    Some(field)
}

fn refuse_option(ty: &Type, diagnostics: &mut Diagnostics) {
    if types::is_option(ty) {
        diagnostics.error_with_help(
            ty,
            "an `Option` in a variant cannot be published: null says that it is another variant",
            "write a variant without data for what is missing, or named fields of which one is the `Option`",
        );
    }
}

/// An optional value of a struct that borrows from the enum.
fn borrowing(target: &Target) -> Type {
    let ident = &target.ident;
    let lifetimes = target.generics.lifetimes().map(|parameter| &parameter.lifetime);
    parse_quote!(::core::option::Option<#ident<#(#lifetimes),*>>)
}

fn field(ident: Ident, ty: Type, name: String, value: Value, recursion: Recursion) -> Field {
    Field {
        ident,
        index: None,
        ty,
        convert: None,
        borrowed: false,
        name,
        doc: None,
        value,
        default: None,
        aliases: Vec::new(),
        flatten: None,
        recursion,
    }
}

/// The name of the variant as fields are named. A name in capitals is one word for each `_`, and so is an acronym.
fn snake_case(variant: &ast::Variant<'_>) -> String {
    let name = match &variant.attributes.rename {
        Some(rename) => rename.value.clone(),
        None => variant.original.ident.unraw().to_string(),
    };
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (index, char) in chars.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| chars[before]);
        let after_word = before.is_some_and(|before| before.is_ascii_lowercase() || before.is_ascii_digit());
        let begins_word = before.is_some_and(|before| before.is_ascii_uppercase())
            && chars.get(index + 1).is_some_and(char::is_ascii_lowercase);
        if char.is_ascii_uppercase() && (after_word || begins_word) {
            out.push('_');
        }
        out.push(char.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::symbol::Place;

    #[test]
    fn variants_are_named_as_fields_are() {
        let cases = [
            ("Card", "card"),
            ("BankTransfer", "bank_transfer"),
            ("SEPA", "sepa"),
            ("SEPATransfer", "sepa_transfer"),
            ("V2Transfer", "v2_transfer"),
            ("r#Move", "move"),
            ("Gift_Card", "gift_card"),
        ];
        for (name, expected) in cases {
            let original: syn::Variant = syn::parse_str(name).expect("a variant");
            let variant = ast::Variant {
                original: &original,
                attributes: Attributes::parse(&[], Place::SymbolVariant, &mut Diagnostics::default()),
                doc: None,
                fields: Vec::new(),
            };
            assert_eq!(snake_case(&variant), expected);
        }
    }
}
