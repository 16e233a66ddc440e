//! `alias`: names of before, by which readers of older schemas find a type or a field.
//!
//! Implements: Apache Avro 1.12 specification, "Aliases".

use super::names;
use crate::attr::Setting;
use crate::diagnostics::Diagnostics;
use crate::model::Field;

/// The aliases of a type: names, or full names where the type had another namespace.
pub(super) fn of_type(
    aliases: &[Setting<String>],
    name: &str,
    namespace: Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    let own = namespace.map(|namespace| format!("{namespace}.{name}"));
    for (index, alias) in aliases.iter().enumerate() {
        let text = &alias.value;
        for segment in text.split('.') {
            names::check(segment, &alias.tokens, true, "alias", diagnostics);
        }
        if text == name || Some(text) == own.as_ref() {
            same_as_name(alias, diagnostics);
        }
        if aliases[..index].iter().any(|other| other.value == *text) {
            twice(alias, diagnostics);
        }
    }
    texts(aliases)
}

/// An alias is one name, and a generic record has one for each instance.
pub(super) fn of_template(aliases: &[Setting<String>], diagnostics: &mut Diagnostics) {
    for alias in aliases {
        diagnostics.error_with_help(
            &alias.name,
            "the instances of this record have names of their own, the alias would be that of all",
            "write a record of its own for the instance that had another name",
        );
    }
}

/// The aliases of a field; those of the others are looked at when all names are known.
pub(super) fn of_field(aliases: &[Setting<String>], name: &str, diagnostics: &mut Diagnostics) -> Vec<String> {
    for (index, alias) in aliases.iter().enumerate() {
        names::check(&alias.value, &alias.tokens, true, "alias", diagnostics);
        if alias.value == name {
            same_as_name(alias, diagnostics);
        }
        if aliases[..index].iter().any(|other| other.value == alias.value) {
            twice(alias, diagnostics);
        }
    }
    texts(aliases)
}

/// Refuses an alias that another field has as its name or alias: a reader could take either.
pub(super) fn distinct(aliases: &[(usize, &Setting<String>)], fields: &[Field], diagnostics: &mut Diagnostics) {
    for (owner, alias) in aliases {
        for (index, field) in fields.iter().enumerate() {
            let before = index < *owner && field.aliases.contains(&alias.value);
            if index != *owner && field.flatten.is_none() && (field.name == alias.value || before) {
                diagnostics.error_with_help(
                    &alias.tokens,
                    format_args!("`{}` has the name \"{}\" too", field.called(), alias.value),
                    "readers find a field by its alias: one name leads to one field",
                );
            }
        }
    }
}

fn same_as_name(alias: &Setting<String>, diagnostics: &mut Diagnostics) {
    diagnostics.error_with_help(
        &alias.tokens,
        format_args!("\"{}\" is the name already", alias.value),
        "an alias is a name of before: remove it",
    );
}

fn twice(alias: &Setting<String>, diagnostics: &mut Diagnostics) {
    diagnostics.error(
        &alias.tokens,
        format_args!("the alias \"{}\" stands twice", alias.value),
    );
}

fn texts(aliases: &[Setting<String>]) -> Vec<String> {
    aliases.iter().map(|alias| alias.value.clone()).collect()
}
