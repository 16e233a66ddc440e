//! A record: a shape of its own, and a call for each field in every method.

use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned;

use super::assertion::{self, Assertion};
use super::bounds::Bounds;
use super::recursive::{guarded, shape_type};
use super::tokens::{line, optional_text, place, static_target, static_type, written};
use super::value::{as_data, assertion, checks, checks_of, integer, shape};
use super::{convert, name};
use crate::model::{DefaultValue, Field, Record, Setting};

pub(super) fn expand(core: &TokenStream, record: &Record) -> TokenStream {
    let Record {
        target,
        namespace,
        doc,
        aliases,
        template,
        shared,
        fields,
        ..
    } = record;
    let ident = &target.ident;
    let generics =
        Bounds::new(core, &target.generics).record(fields, template.as_ref().map(|template| &template.value[..]));
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let (name, constant_name) = (name::in_shape(core, record), name::constant(core, record));
    let namespace = optional_text(namespace.as_deref());
    let is_shared = is_shared(record);
    let doc = optional_text(doc.as_deref());
    let described = fields.iter().map(|field| described(core, field));
    let leads_back = fields.iter().any(|field| !field.recursion.is_empty());
    let check = guarded(leads_back, fields.iter().map(|field| checked(core, field)).collect());
    let avro = fields.iter().map(|field| avro(core, field));
    let json = fields
        .iter()
        .enumerate()
        .map(|(index, field)| json(core, field, index == 0));
    let mut shape = quote! {
        #core::Shape::Record(&#core::Record {
            name: #name,
            namespace: #namespace,
            doc: #doc,
            aliases: &[#(#aliases),*],
            shared: #shared,
            fields: &[#(#described),*],
            source: ::core::file!(),
        })
    };
    let mut assertions = TokenStream::new();
    if assertion::inside(&target.generics) {
        let shape_type = |field: &Field| shape_type(core, &field.ty, &field.recursion);
        shape = assertion::before(&field_assertions(core, fields, shape_type), shape);
    } else {
        let mut outside = field_assertions(core, fields, |field| static_type(&field.ty));
        outside.extend(distinct(core, record));
        assertions = assertion::outside_of(&outside);
    }
    quote! {
        #[automatically_derived]
        impl #impl_generics #core::EventData for #ident #ty_generics #where_clause {
            const SHAPE: #core::Shape = #shape;

            #[inline]
            fn check(&self, at: &#core::Path<'_>, checker: &mut #core::Checker) {
                #check
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
            const NAME: &'static str = #constant_name;
            const NAMESPACE: ::core::option::Option<&'static str> = #namespace;
            #is_shared

            #[inline]
            fn encode_json_members(&self, out: &mut ::std::vec::Vec<u8>) {
                #(#json)*
            }
        }

        #assertions
    }
}

/// What `RecordData` says of a record with a subject of its own; of others it says so by itself.
pub(super) fn is_shared(record: &Record) -> Option<TokenStream> {
    record.shared.then(|| {
        quote!(
            const SHARED: bool = true;
        )
    })
}

fn described(core: &TokenStream, field: &Field) -> TokenStream {
    let Field {
        name,
        doc,
        ty,
        value,
        default,
        aliases,
        flatten,
        recursion,
        ..
    } = field;
    let doc = optional_text(doc.as_deref());
    let shape = shape(core, &convert::in_const(&shape_type(core, ty, recursion)), value);
    let flatten = flatten.is_some();
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
            aliases: &[#(#aliases),*],
            shape: &#shape,
            flatten: #flatten,
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
        convert,
        borrowed,
        flatten,
        ..
    } = field;
    let data = as_data(core, ty, value);
    let member = field.member();
    let place = place(&member, *borrowed, ident.span());
    if flatten.is_some() {
        return quote!(#data::check(#place, at, checker););
    }
    if let Some(convert) = convert {
        let constraints = checks_of(core, value);
        let checks = quote! {
            #data::check(value, at, checker);
            #constraints
        };
        let checked = convert::checked(core, place, ty, convert, &checks);
        return quote! {
            {
                let at = &#core::Path::Field(at, #name);
                #checked
            }
        };
    }
    if value.constraints.is_empty() {
        return quote!(#data::check(#place, &#core::Path::Field(at, #name), checker););
    }
    let checks = checks(core, &member, *borrowed, value);
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
    let place = published(core, field);
    match field.default {
        // The default of a union is of its first branch, so the value's branch stands first.
        Some(_) => quote!(#data::encode_avro_value_first(#place, out);),
        None => quote!(#data::encode_avro(#place, out);),
    }
}

fn json(core: &TokenStream, field: &Field, first: bool) -> TokenStream {
    let place = place(&field.member(), field.borrowed, field.ident.span());
    if field.flatten.is_some() {
        let ty = &field.ty;
        let record = written(&quote!(#core::RecordData), ty.span());
        // A record has at least a member: the next one always has a comma.
        let comma = (!first).then(|| quote!(out.push(b',');));
        return quote! {
            #comma
            <#ty as #record>::encode_json_members(#place, out);
        };
    }
    let data = as_data(core, &field.ty, &field.value);
    let place = published(core, field);
    let comma = if first { "" } else { "," };
    let prefix = Literal::byte_string(format!("{comma}\"{}\":", field.name).as_bytes());
    quote! {
        out.extend_from_slice(#prefix);
        #data::encode_json(#place, out);
    }
}

/// A reference to what is published of the field.
fn published(core: &TokenStream, field: &Field) -> TokenStream {
    let place = place(&field.member(), field.borrowed, field.ident.span());
    convert::value(core, place, &field.ty, field.convert.as_ref())
}

fn field_assertions(core: &TokenStream, fields: &[Field], ty: impl Fn(&Field) -> Type) -> Vec<Assertion> {
    let defaults = fields
        .iter()
        .filter_map(|field| Some(default_check(core, field, &ty(field), field.default.as_ref()?)));
    let items = fields
        .iter()
        .filter_map(|field| assertion(core, &ty(field), &field.value));
    defaults.chain(items).collect()
}

/// The compiler says where the default is none of the type's values.
fn default_check(core: &TokenStream, field: &Field, ty: &Type, default: &Setting<DefaultValue>) -> Assertion {
    default_assertion(core, field, ty, default, &quote!(assert_default))
}

/// The compiler says where the default of a JSON event is an integer that JSON readers need not hold.
pub(super) fn json_defaults(core: &TokenStream, record: &Record) -> TokenStream {
    let integers = record.fields.iter().filter_map(|field| {
        let default = field.default.as_ref()?;
        let is_integer = matches!(&default.value, DefaultValue::Number(number) if number.integer().is_some());
        let assert = quote!(assert_json_default);
        is_integer.then(|| default_assertion(core, field, &static_type(&field.ty), default, &assert))
    });
    assertion::outside_of(&integers.collect::<Vec<_>>())
}

fn default_assertion(
    core: &TokenStream,
    field: &Field,
    ty: &Type,
    default: &Setting<DefaultValue>,
    assert: &TokenStream,
) -> Assertion {
    let span = default
        .tokens
        .clone()
        .into_iter()
        .next()
        .map_or_else(|| default.name.span(), |token| token.span());
    let core = &written(core, span);
    let data = as_data(core, ty, &field.value);
    let literal = literal(core, &default.value);
    let assert = written(assert, span);
    Assertion {
        span,
        call: quote_spanned!(span=> #core::#assert(&#data::SHAPE, #literal)),
    }
}

/// The compiler says where two fields would have one name; of a generic record, where an event holds it.
fn distinct(core: &TokenStream, record: &Record) -> Vec<Assertion> {
    let target = static_target(&record.target);
    let flattened = record.fields.iter().enumerate();
    flattened
        .filter_map(|(index, field)| {
            let span = field.flatten.as_ref()?.span();
            let core = &written(core, span);
            let index = Literal::usize_unsuffixed(index);
            Some(Assertion {
                span,
                call: quote_spanned!(span=> #core::assert_distinct_fields(&<#target as #core::EventData>::SHAPE, #index)),
            })
        })
        .collect()
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
