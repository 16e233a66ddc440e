//! A record: a shape of its own, and a call for each field in every method.

use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};

use super::tokens::{line, optional_text, place, static_type, written};
use super::value::{as_data, assertions, checks, integer, shape};
use crate::model::{DefaultValue, Field, Record, Setting};

pub(super) fn expand(core: &TokenStream, record: &Record) -> TokenStream {
    let Record {
        target,
        name,
        namespace,
        doc,
        fields,
    } = record;
    let ident = &target.ident;
    let (impl_generics, ty_generics, where_clause) = target.generics.split_for_impl();
    let namespace = optional_text(namespace.as_deref());
    let doc = optional_text(doc.as_deref());
    let described = fields.iter().map(|field| described(core, field));
    let checked = fields.iter().map(|field| checked(core, field));
    let avro = fields.iter().map(|field| avro(core, field));
    let json = fields
        .iter()
        .enumerate()
        .map(|(index, field)| json(core, field, index == 0));
    let defaults = fields
        .iter()
        .filter_map(|field| Some(default_check(core, field, field.default.as_ref()?)));
    let assertions = fields.iter().map(|field| assertions(core, &field.ty, &field.value));
    quote! {
        #[automatically_derived]
        impl #impl_generics #core::EventData for #ident #ty_generics #where_clause {
            const SHAPE: #core::Shape = #core::Shape::Record(&#core::Record {
                name: #name,
                namespace: #namespace,
                doc: #doc,
                aliases: &[],
                shared: false,
                fields: &[#(#described),*],
                source: ::core::file!(),
            });

            #[inline]
            fn check(&self, at: &#core::Path<'_>, checker: &mut #core::Checker) {
                #(#checked)*
            }

            #[inline]
            fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
                #(#avro)*
            }

            #[inline]
            fn encode_json(&self, out: &mut ::std::vec::Vec<u8>) {
                out.push(b'{');
                #core::RecordData::encode_json_members(self, out);
                out.push(b'}');
            }
        }

        #[automatically_derived]
        impl #impl_generics #core::RecordData for #ident #ty_generics #where_clause {
            const NAME: &'static str = #name;
            const NAMESPACE: ::core::option::Option<&'static str> = #namespace;

            #[inline]
            fn encode_json_members(&self, out: &mut ::std::vec::Vec<u8>) {
                #(#json)*
            }
        }

        #(#defaults)*
        #(#assertions)*
    }
}

fn described(core: &TokenStream, field: &Field) -> TokenStream {
    let Field {
        name,
        doc,
        ty,
        value,
        default,
        ..
    } = field;
    let doc = optional_text(doc.as_deref());
    let shape = shape(core, ty, value);
    let line = line(field.ident.span());
    let default = match default {
        Some(default) => {
            let literal = literal(core, &default.value);
            quote!(::core::option::Option::Some(#literal))
        }
        None => quote!(::core::option::Option::None),
    };
    quote! {
        #core::Field {
            name: #name,
            doc: #doc,
            aliases: &[],
            shape: &#shape,
            flatten: false,
            default: #default,
            line: #line,
        }
    }
}

fn checked(core: &TokenStream, field: &Field) -> TokenStream {
    let Field {
        ident,
        name,
        ty,
        value,
        borrowed,
        ..
    } = field;
    let data = as_data(core, ty, value);
    let place = place(ident, *borrowed, ident.span());
    if value.constraints.is_empty() {
        return quote!(#data::check(#place, &#core::Path::Field(at, #name), checker););
    }
    let checks = checks(core, ident, *borrowed, value);
    quote! {
        {
            let at = &#core::Path::Field(at, #name);
            #data::check(#place, at, checker);
            #checks
        }
    }
}

fn avro(core: &TokenStream, field: &Field) -> TokenStream {
    let data = as_data(core, &field.ty, &field.value);
    let place = place(&field.ident, field.borrowed, field.ident.span());
    match field.default {
        // The default of a union is of its first branch, so the value's branch stands first.
        Some(_) => quote!(#data::encode_avro_value_first(#place, out);),
        None => quote!(#data::encode_avro(#place, out);),
    }
}

fn json(core: &TokenStream, field: &Field, first: bool) -> TokenStream {
    let data = as_data(core, &field.ty, &field.value);
    let place = place(&field.ident, field.borrowed, field.ident.span());
    let comma = if first { "" } else { "," };
    let prefix = Literal::byte_string(format!("{comma}\"{}\":", field.name).as_bytes());
    quote! {
        out.extend_from_slice(#prefix);
        #data::encode_json(#place, out);
    }
}

/// The compiler says where the default is none of the type's values.
fn default_check(core: &TokenStream, field: &Field, default: &Setting<DefaultValue>) -> TokenStream {
    default_assertion(core, field, default, &quote!(assert_default))
}

/// The compiler says where the default of a JSON event is an integer that JSON readers need not hold.
pub(super) fn json_defaults(core: &TokenStream, record: &Record) -> TokenStream {
    let integers = record.fields.iter().filter_map(|field| {
        let default = field.default.as_ref()?;
        let is_integer = matches!(&default.value, DefaultValue::Number(number) if number.integer().is_some());
        is_integer.then(|| default_assertion(core, field, default, &quote!(assert_json_default)))
    });
    integers.collect()
}

fn default_assertion(
    core: &TokenStream,
    field: &Field,
    default: &Setting<DefaultValue>,
    assert: &TokenStream,
) -> TokenStream {
    let span = default
        .tokens
        .clone()
        .into_iter()
        .next()
        .map_or_else(|| default.name.span(), |token| token.span());
    let core = &written(core, span);
    let data = as_data(core, &static_type(&field.ty), &field.value);
    let literal = literal(core, &default.value);
    let assert = written(assert, span);
    quote_spanned!(span=> const _: () = #core::#assert(&#data::SHAPE, #literal);)
}

fn literal(core: &TokenStream, default: &DefaultValue) -> TokenStream {
    match default {
        DefaultValue::Boolean(value) => quote!(#core::Literal::Boolean(#value)),
        DefaultValue::Number(number) => match number.integer() {
            Some(value) => {
                let value = integer(value);
                quote!(#core::Literal::Integer(#value))
            }
            None => {
                let text = &number.text;
                quote!(#core::Literal::Float(#text))
            }
        },
        DefaultValue::String(text) => quote!(#core::Literal::String(#text)),
        DefaultValue::EmptyArray => quote!(#core::Literal::EmptyArray),
        DefaultValue::EmptyMap => quote!(#core::Literal::EmptyMap),
    }
}
