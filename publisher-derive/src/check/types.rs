//! Types that can be refused by their tokens, with advice; all others are left to the trait.

use std::fmt::Display;

use syn::{Expr, ExprLit, GenericArgument, Lit, PathArguments, Type};

use super::advice;
use crate::attr::Attributes;
use crate::diagnostics::Diagnostics;
use crate::model::Conversion;
use crate::symbol::Symbol;

/// Refuses types that have no published form in the form that the attributes choose.
pub(super) fn check(ty: &Type, attributes: &Attributes, diagnostics: &mut Diagnostics) {
    use Symbol::{AsString, Decimal, Fixed, Micros};
    // Which form was meant is reported already as not understood.
    let broken = |symbol: &Symbol| matches!(symbol, AsString | Decimal | Fixed | Micros);
    if !attributes.broken.iter().any(broken) {
        let conversion = attributes.conversion.as_ref().map(|conversion| &conversion.value);
        published_form(ty, conversion, diagnostics);
    }
}

/// Looks into the containers that pass on what they hold; anything else may have an implementation of its own.
pub(crate) fn published_form(ty: &Type, conversion: Option<&Conversion>, diagnostics: &mut Diagnostics) {
    let mut refuse = |problem: &dyn Display, help: &str| diagnostics.error_with_help(ty, problem, help);
    match ty {
        Type::Path(path) if path.qself.is_none() => {
            let Some(last) = path.path.segments.last() else { return };
            let name = last.ident.to_string();
            if let Some((problem, help)) = advice::known(&path.path, conversion) {
                return refuse(&problem, help);
            }
            match &last.arguments {
                PathArguments::None => {
                    if path.path.segments.len() == 1
                        && let Some((problem, help)) = advice::primitive(&name, conversion)
                    {
                        refuse(&problem, help);
                    }
                }
                PathArguments::AngleBracketed(arguments) => {
                    let types = arguments.args.iter().filter_map(|argument| match argument {
                        GenericArgument::Type(ty) => Some(ty),
                        _ => None,
                    });
                    // The keys of a map have a rule of their own, which the trait tells.
                    let held: &mut dyn Iterator<Item = &Type> = match name.as_str() {
                        "Option" | "Vec" | "Box" | "Rc" | "Arc" | "Cow" | "VecDeque" | "BTreeSet" | "HashSet"
                        | "NonZero" => &mut types.take(1),
                        "BTreeMap" | "HashMap" => &mut types.skip(1).take(1),
                        _ => return,
                    };
                    for ty in held {
                        if name == "Option" && is_option(ty) {
                            diagnostics.error_with_help(
                                ty,
                                "an `Option` in an `Option` cannot be published: a schema knows one null",
                                "remove one",
                            );
                            return;
                        }
                        published_form(ty, conversion, diagnostics);
                    }
                }
                PathArguments::Parenthesized(_) => {}
            }
        }
        Type::Reference(reference) => published_form(&reference.elem, conversion, diagnostics),
        Type::Slice(slice) => published_form(&slice.elem, conversion, diagnostics),
        Type::Group(group) => published_form(&group.elem, conversion, diagnostics),
        Type::Paren(paren) => published_form(&paren.elem, conversion, diagnostics),
        Type::Tuple(tuple) if tuple.elems.is_empty() => {
            refuse(
                &"`()` has nothing to publish",
                "leave the field out, or mark it `#[event(skip)]`",
            );
        }
        Type::Tuple(_) => refuse(
            &"a tuple cannot be published: its fields have no names",
            "write a struct with named fields that derives `EventData`",
        ),
        // Bytes of one length, which is what the conversion is for.
        Type::Array(array) if matches!(conversion, Some(Conversion::Fixed(_))) && is_byte(&array.elem) => {
            length_of_fixed(&array.len, diagnostics);
        }
        Type::Array(array) => {
            if literal(&array.len).is_some_and(|length| length > u64::from(u32::MAX)) {
                diagnostics.error_with_help(
                    &array.len,
                    "an array of more items than a schema can count",
                    "take a `Vec`, or a shorter array: 4294967295 items at most",
                );
            }
            published_form(&array.elem, conversion, diagnostics);
        }
        Type::FnPtr(_) => refuse(
            &"a function cannot be published",
            "publish what it gives, or `#[event(skip)]` the field",
        ),
        Type::Ptr(_) => refuse(
            &"a pointer cannot be published",
            "publish what it points to, or `#[event(skip)]` the field",
        ),
        Type::TraitObject(_) => refuse(
            &"a trait object cannot be published: its fields are not known when the schema is printed",
            "name the type",
        ),
        Type::Never(_) => refuse(&"`!` has no values to publish", "leave the field out"),
        _ => {}
    }
}

pub(super) fn is_option(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Option"))
}

/// Where the length is a literal, what the compiler would say of it far from the token.
fn length_of_fixed(length: &Expr, diagnostics: &mut Diagnostics) {
    match literal(length) {
        Some(0) => diagnostics.error_with_help(
            length,
            "a fixed of no bytes: readers refuse it",
            "leave the field out, or say how many bytes there are",
        ),
        Some(bytes) if bytes > u64::from(i32::MAX.unsigned_abs()) => diagnostics.error_with_help(
            length,
            "a fixed of more bytes than a reader can hold",
            "leave `fixed` away, or take 2147483647 bytes at most",
        ),
        _ => {}
    }
}

fn literal(length: &Expr) -> Option<u64> {
    match length {
        Expr::Lit(ExprLit {
            lit: Lit::Int(integer), ..
        }) => integer.base10_parse().ok(),
        _ => None,
    }
}

fn is_byte(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident("u8"))
}
