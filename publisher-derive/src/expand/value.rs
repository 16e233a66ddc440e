//! One value: its conversion, its shape with constraints, its checks.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Type;

use super::assertion::Assertion;
use super::fixed;
use super::tokens::{at, called, place, written};
use crate::attr::{Decimal, Format, Setting};
use crate::model::{Constraint, Conversion, Value};
use crate::number::Number;
use crate::pattern::Pattern;

/// `<Type as EventData>`, with the conversion if there is one.
pub(super) fn as_data(core: &TokenStream, ty: &Type, value: &Value) -> TokenStream {
    let data = data_trait(core, value);
    quote!(<#ty as #data>)
}

/// `EventData`, with the conversion if there is one.
pub(super) fn data_trait(core: &TokenStream, value: &Value) -> TokenStream {
    match conversion(core, value) {
        Some(conversion) => quote!(#core::EventData<#conversion>),
        None => quote!(#core::EventData),
    }
}

/// The marker of the conversion, if there is one.
pub(super) fn conversion(core: &TokenStream, value: &Value) -> Option<TokenStream> {
    Some(match value.conversion.as_ref()? {
        Conversion::Decimal(Decimal {
            precision,
            scale,
            number,
        }) => {
            let precision = Literal::u32_unsuffixed(*precision);
            let scale = Literal::u32_unsuffixed(*scale);
            if *number {
                quote!(#core::AsDecimalNumber<#precision, #scale>)
            } else {
                quote!(#core::AsDecimal<#precision, #scale>)
            }
        }
        Conversion::Micros => quote!(#core::AsMicros),
        Conversion::AsString => quote!(#core::AsString),
        Conversion::Fixed(name) => {
            let marker = fixed::marker(name);
            quote!(#core::AsFixed<#marker>)
        }
    })
}

/// The shape of the value, an expression of type `Shape`.
pub(super) fn shape(core: &TokenStream, ty: &Type, value: &Value) -> TokenStream {
    let data = as_data(core, ty, value);
    if value.constraints.is_empty() {
        return quote!(#data::SHAPE);
    }
    let constraints = value
        .constraints
        .iter()
        .map(|constraint| described(core, &constraint.value));
    quote! {
        #core::Shape::Constrained { shape: &#data::SHAPE, constraints: &[#(#constraints),*] }
    }
}

/// The checks of the value's constraints; `at` and `checker` are in scope.
pub(super) fn checks(core: &TokenStream, member: &impl ToTokens, borrowed: bool, value: &Value) -> TokenStream {
    each_check(core, value, |span| place(member, borrowed, span))
}

/// The same of what `value` is bound to, a reference.
pub(super) fn checks_of(core: &TokenStream, value: &Value) -> TokenStream {
    each_check(core, value, |span| Ident::new("value", at(span)).into_token_stream())
}

fn each_check(core: &TokenStream, value: &Value, place: impl Fn(Span) -> TokenStream) -> TokenStream {
    value
        .constraints
        .iter()
        .map(|constraint| check(core, &place, constraint))
        .collect()
}

fn check(core: &TokenStream, place: impl Fn(Span) -> TokenStream, constraint: &Setting<Constraint>) -> TokenStream {
    let span = at(constraint.name.span());
    let core = &called(core, span);
    let value = place(constraint.name.span());
    let function = Ident::new(constraint.value.symbol().text(), span);
    let argument = match &constraint.value {
        Constraint::Min(number)
        | Constraint::Max(number)
        | Constraint::ExclusiveMin(number)
        | Constraint::ExclusiveMax(number) => {
            let bound = bound(core, number);
            quote!(&#bound)
        }
        Constraint::MinLength(count)
        | Constraint::MaxLength(count)
        | Constraint::MinItems(count)
        | Constraint::MaxItems(count) => {
            let count = Literal::u32_unsuffixed(*count);
            quote!(#count)
        }
        Constraint::Pattern(Pattern { text, regex }) => {
            let new = if text == regex {
                quote!(new(#text))
            } else {
                quote!(with_regex(#text, #regex))
            };
            return quote_spanned! {span=>
                {
                    static PATTERN: #core::Pattern = #core::Pattern::#new;
                    #core::pattern(#value, &PATTERN, at, checker);
                }
            };
        }
        Constraint::Format(format) => format_name(core, *format),
    };
    quote_spanned!(span=> #core::#function(#value, #argument, at, checker);)
}

/// The compiler says where items are counted of what has none.
pub(super) fn assertion(core: &TokenStream, ty: &Type, value: &Value) -> Option<Assertion> {
    let counts = |constraint: &&Setting<Constraint>| {
        matches!(constraint.value, Constraint::MinItems(_) | Constraint::MaxItems(_))
    };
    let span = value.constraints.iter().find(counts)?.name.span();
    let core = &written(core, span);
    let data = as_data(core, ty, value);
    Some(Assertion {
        span,
        call: quote_spanned!(span=> #core::assert_items(&#data::SHAPE)),
    })
}

fn described(core: &TokenStream, constraint: &Constraint) -> TokenStream {
    match constraint {
        Constraint::Min(number) => {
            let bound = bound(core, number);
            quote!(#core::Constraint::Min(#bound))
        }
        Constraint::Max(number) => {
            let bound = bound(core, number);
            quote!(#core::Constraint::Max(#bound))
        }
        Constraint::ExclusiveMin(number) => {
            let bound = bound(core, number);
            quote!(#core::Constraint::ExclusiveMin(#bound))
        }
        Constraint::ExclusiveMax(number) => {
            let bound = bound(core, number);
            quote!(#core::Constraint::ExclusiveMax(#bound))
        }
        Constraint::MinLength(count) => {
            let count = Literal::u32_unsuffixed(*count);
            quote!(#core::Constraint::MinLength(#count))
        }
        Constraint::MaxLength(count) => {
            let count = Literal::u32_unsuffixed(*count);
            quote!(#core::Constraint::MaxLength(#count))
        }
        Constraint::Pattern(Pattern { text, .. }) => quote!(#core::Constraint::Pattern(#text)),
        Constraint::Format(format) => {
            let format = format_name(core, *format);
            quote!(#core::Constraint::Format(#format))
        }
        Constraint::MinItems(count) => {
            let count = Literal::u32_unsuffixed(*count);
            quote!(#core::Constraint::MinItems(#count))
        }
        Constraint::MaxItems(count) => {
            let count = Literal::u32_unsuffixed(*count);
            quote!(#core::Constraint::MaxItems(#count))
        }
    }
}

fn format_name(core: &TokenStream, format: Format) -> TokenStream {
    match format {
        Format::Uuid => quote!(#core::Format::Uuid),
        Format::Email => quote!(#core::Format::Email),
        Format::Uri => quote!(#core::Format::Uri),
        Format::DateTime => quote!(#core::Format::DateTime),
    }
}

fn bound(core: &TokenStream, number: &Number) -> TokenStream {
    let text = &number.text;
    let mantissa = integer(number.mantissa);
    let scale = Literal::u32_unsuffixed(number.scale);
    let double = Literal::f64_unsuffixed(number.double.abs());
    let minus = (number.double < 0.0).then(|| quote!(-));
    quote!(#core::Bound { text: #text, mantissa: #mantissa, scale: #scale, double: #minus #double })
}

/// An integer as source has it: a minus is a token of its own.
pub(super) fn integer(value: i64) -> TokenStream {
    let digits = Literal::u64_unsuffixed(value.unsigned_abs());
    if value < 0 { quote!(-#digits) } else { quote!(#digits) }
}
