//! Type and const parameters: where they may stand, and the names of a generic record's instances.

use proc_macro2::Ident;
use syn::{GenericParam, Generics, Type};

use super::names;
use crate::attr::Setting;
use crate::diagnostics::Diagnostics;
use crate::model::NamePart;
use crate::symbol::nearest;

/// What a parameter would be one of.
#[derive(Clone, Copy)]
pub(super) enum Of {
    Event,
    Symbols,
    /// An enum with data.
    Variants,
    Data,
}

/// Refuses type and const parameters where the derive makes one schema for one type.
pub(super) fn check(generics: &Generics, of: Of, diagnostics: &mut Diagnostics) {
    for parameter in &generics.params {
        let name = match parameter {
            GenericParam::Lifetime(_) => continue,
            GenericParam::Type(parameter) => &parameter.ident,
            GenericParam::Const(parameter) => &parameter.ident,
        };
        match of {
            Of::Event => diagnostics.error_with_help(
                name,
                format_args!("an event type is one, with one schema; the parameter `{name}` makes many of it"),
                "let the generic part derive `EventData`, and write an event that holds or flattens it:\n      \
                 struct OrderPlaced { #[event(key)] order_id: OrderId, #[event(flatten)] envelope: Envelope<Order> }",
            ),
            Of::Symbols => diagnostics.error_with_help(
                name,
                format_args!(
                    "the parameter `{name}` makes many types of one name, a schema has one type for each name"
                ),
                "symbols depend on no parameter: remove it",
            ),
            Of::Variants => diagnostics.error_with_help(
                name,
                format_args!("an enum with data has no parameters, and `{name}` is one"),
                "let a variant hold a generic record: a struct with the parameter that derives `EventData`",
            ),
            Of::Data => {}
        }
    }
}

/// The parts of a name that has parameters in braces; `None` if it has none.
pub(super) fn template(
    generics: &Generics,
    given: Option<&Setting<String>>,
    diagnostics: &mut Diagnostics,
) -> Option<Setting<Vec<NamePart>>> {
    let given = given.filter(|given| given.value.contains(['{', '}']) && has_parameters(generics))?;
    Some(Setting {
        name: given.name.clone(),
        value: parts(generics, given, diagnostics),
        tokens: given.tokens.clone(),
    })
}

fn parts(generics: &Generics, given: &Setting<String>, diagnostics: &mut Diagnostics) -> Vec<NamePart> {
    let mut parts = Vec::new();
    let mut rest = given.value.as_str();
    while !rest.is_empty() {
        let (text, behind) = rest.split_once('{').unwrap_or((rest, ""));
        if text.contains('}') || (behind.is_empty() && text.len() < rest.len()) {
            unbalanced(given, diagnostics);
            break;
        }
        if !text.is_empty() {
            // What stands behind another part may begin with a digit.
            let alone = if parts.is_empty() {
                text.to_owned()
            } else {
                format!("_{text}")
            };
            if !names::is_name(&alone) {
                diagnostics.error_with_help(
                    &given.tokens,
                    format_args!("\"{text}\" cannot stand in a schema's name"),
                    names::RULE,
                );
            }
            parts.push(NamePart::Text(text.to_owned()));
        }
        if text.len() == rest.len() {
            break;
        }
        let Some((name, behind)) = behind.split_once('}') else {
            unbalanced(given, diagnostics);
            break;
        };
        parts.extend(parameter(generics, given, name, parts.is_empty(), diagnostics));
        rest = behind;
    }
    parts
}

fn unbalanced(given: &Setting<String>, diagnostics: &mut Diagnostics) {
    diagnostics.error_with_help(
        &given.tokens,
        "the braces in the name do not match",
        "a parameter stands in braces: `name = \"{T}Envelope\"`",
    );
}

fn has_parameters(generics: &Generics) -> bool {
    generics.type_params().next().is_some() || generics.const_params().next().is_some()
}

fn parameter(
    generics: &Generics,
    given: &Setting<String>,
    name: &str,
    first: bool,
    diagnostics: &mut Diagnostics,
) -> Option<NamePart> {
    if let Some(parameter) = generics.type_params().find(|parameter| parameter.ident == name) {
        return Some(NamePart::Type(parameter.ident.clone()));
    }
    if let Some(parameter) = generics.const_params().find(|parameter| parameter.ident == name) {
        return value(&parameter.ident, &parameter.ty, given, first, diagnostics);
    }
    let names = generics.type_params().map(|parameter| parameter.ident.to_string());
    let names: Vec<_> = names
        .chain(generics.const_params().map(|parameter| parameter.ident.to_string()))
        .collect();
    let meant = nearest(name, names.iter().map(String::as_str))
        .map(|name| format!(", did you mean `{{{name}}}`?"))
        .unwrap_or_default();
    diagnostics.error(
        &given.tokens,
        format_args!("there is no type or const parameter `{name}`{meant}"),
    );
    None
}

/// A const parameter's part of a name.
fn value(
    ident: &Ident,
    ty: &Type,
    given: &Setting<String>,
    first: bool,
    diagnostics: &mut Diagnostics,
) -> Option<NamePart> {
    let ty_name = match ty {
        Type::Path(path) => path.path.get_ident().map(ToString::to_string).unwrap_or_default(),
        _ => String::new(),
    };
    match ty_name.as_str() {
        "bool" => Some(NamePart::Boolean(ident.clone())),
        "u8" | "u16" | "u32" | "u64" | "usize" | "i8" | "i16" | "i32" | "i64" | "isize" if first => {
            diagnostics.error_with_help(
                &given.tokens,
                "a name does not begin with a digit",
                format_args!("write `{{{ident}}}` behind other text"),
            );
            None
        }
        "u8" | "u16" | "u32" | "u64" | "usize" | "i8" | "i16" | "i32" | "i64" | "isize" => {
            Some(NamePart::Number(ident.clone()))
        }
        _ => {
            diagnostics.error(
                &given.tokens,
                format_args!("`{ident}` is neither an integer nor a boolean: its value gives no name"),
            );
            None
        }
    }
}
