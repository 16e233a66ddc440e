//! Types that can be refused by their tokens, with advice; all others are left to the trait.

use std::fmt::Display;

use syn::{GenericArgument, PathArguments, Type};

use crate::diagnostics::Diagnostics;

/// Looks into the containers that pass on what they hold; anything else may have an implementation of its own.
pub(crate) fn published_form(ty: &Type, diagnostics: &mut Diagnostics) {
    let mut refuse = |problem: &dyn Display, help: &str| diagnostics.error_with_help(ty, problem, help);
    match ty {
        Type::Path(path) if path.qself.is_none() => {
            let Some(last) = path.path.segments.last() else { return };
            let name = last.ident.to_string();
            match &last.arguments {
                PathArguments::None => {
                    if let Some((problem, help)) = primitive(&name).filter(|_| path.path.segments.len() == 1) {
                        refuse(&format_args!("`{name}` cannot be published: {problem}"), help);
                    }
                }
                PathArguments::AngleBracketed(arguments) => {
                    let types = arguments.args.iter().filter_map(|argument| match argument {
                        GenericArgument::Type(ty) => Some(ty),
                        _ => None,
                    });
                    // The keys of a map have a rule of their own, which the trait tells.
                    let held: &mut dyn Iterator<Item = &Type> = match name.as_str() {
                        "Option" | "Vec" | "Box" | "Rc" | "Arc" | "Cow" => &mut types.take(1),
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
                        published_form(ty, diagnostics);
                    }
                }
                PathArguments::Parenthesized(_) => {}
            }
        }
        Type::Reference(reference) => published_form(&reference.elem, diagnostics),
        Type::Slice(slice) => published_form(&slice.elem, diagnostics),
        Type::Group(group) => published_form(&group.elem, diagnostics),
        Type::Paren(paren) => published_form(&paren.elem, diagnostics),
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
        Type::Array(_) => refuse(
            &"an array of fixed length cannot be published: no schema keeps the length",
            "use `Vec<T>` or `&[T]`, with `#[event(min_items = N, max_items = N)]`",
        ),
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

fn primitive(name: &str) -> Option<(&'static str, &'static str)> {
    let unsigned = "no reader has an unsigned 64-bit integer";
    let width = "its width differs from machine to machine";
    let wide = "no reader has an integer of 128 bits";
    let half = "no reader has a float of this width";
    match name {
        "u64" => Some((unsigned, "use `i64`, or `u32`, or a `String` of digits")),
        "usize" => Some((width, "use `u32` or `i64`")),
        "isize" => Some((width, "use `i32` or `i64`")),
        "u128" | "i128" => Some((
            wide,
            "use `i64`, a `Decimal` with `#[event(decimal(38, 0))]`, or a `String` of digits",
        )),
        "f16" => Some((half, "use `f32`")),
        "f128" => Some((half, "use `f64`")),
        _ => None,
    }
}
