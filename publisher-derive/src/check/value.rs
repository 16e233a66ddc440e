//! Conversions, constraints and defaults of one value.

use super::names;
use crate::attr::{Attributes, Constraint, Conversion, DefaultValue, Setting};
use crate::diagnostics::Diagnostics;
use crate::model::Value;
use crate::number::Number;

/// The value's conversion and constraints, which must leave something to publish.
pub(super) fn check(attributes: &Attributes, diagnostics: &mut Diagnostics) -> Value {
    let (conversion, constraints) = (&attributes.conversion, &attributes.constraints);
    if let Some(conversion) = conversion {
        named(conversion, diagnostics);
        for constraint in constraints {
            suits(conversion, constraint, diagnostics);
        }
    }
    contradictory_bounds(constraints, diagnostics);
    contradictory_counts(constraints, diagnostics);
    let mut constraints = constraints.clone();
    constraints.sort_by_key(|constraint| constraint.value.symbol() as u8);
    Value {
        conversion: conversion.as_ref().map(|conversion| conversion.value.clone()),
        constraints,
    }
}

/// That of a value without attributes.
pub(super) fn plain() -> Value {
    Value {
        conversion: None,
        constraints: Vec::new(),
    }
}

/// The name of a fixed stands in the schema.
fn named(conversion: &Setting<Conversion>, diagnostics: &mut Diagnostics) {
    if let Conversion::Fixed(name) = &conversion.value {
        names::check(name, &conversion.tokens, true, "fixed", diagnostics);
        names::not_primitive(name, &conversion.tokens, diagnostics);
    }
}

/// Refuses constraints of which the published form knows nothing.
fn suits(conversion: &Setting<Conversion>, constraint: &Setting<Constraint>, diagnostics: &mut Diagnostics) {
    // They count the values of a list, whatever their form.
    if matches!(constraint.value, Constraint::MinItems(_) | Constraint::MaxItems(_)) {
        return;
    }
    let number = matches!(
        constraint.value,
        Constraint::Min(_) | Constraint::Max(_) | Constraint::ExclusiveMin(_) | Constraint::ExclusiveMax(_)
    );
    let (reason, help) = match &conversion.value {
        Conversion::AsString if number => (
            "the value is published as text, of which no schema can say how large a number it may be",
            "remove one of the two: an `i64` or `u64` needs no `as_string` in Avro, and none in JSON up to 2^53 − 1",
        ),
        Conversion::AsString => (
            "the text is made by `as_string`, its form is known",
            "remove it; for a text of your own rule publish a `String`",
        ),
        Conversion::Fixed(_) => ("a fixed is bytes, of a length that the type says", "remove it"),
        Conversion::Decimal(_) | Conversion::Micros => return,
    };
    diagnostics.error_with_help(
        &constraint.name,
        format_args!(
            "`{}` does not apply beside `{}`: {reason}",
            constraint.name, conversion.name
        ),
        help,
    );
}

fn contradictory_bounds(constraints: &[Setting<Constraint>], diagnostics: &mut Diagnostics) {
    for lower in constraints {
        let (low, low_open) = match &lower.value {
            Constraint::Min(bound) => (bound, false),
            Constraint::ExclusiveMin(bound) => (bound, true),
            _ => continue,
        };
        for upper in constraints {
            let (high, high_open) = match &upper.value {
                Constraint::Max(bound) => (bound, false),
                Constraint::ExclusiveMax(bound) => (bound, true),
                _ => continue,
            };
            if low.units() > high.units() || (low.units() == high.units() && (low_open || high_open)) {
                diagnostics.error_with_help(
                    &upper.tokens,
                    format_args!(
                        "no number satisfies both `{} = {}` and `{} = {}`",
                        lower.name, low.text, upper.name, high.text
                    ),
                    format_args!("`{}` must be above `{}`", upper.name, lower.name),
                );
            }
        }
    }
}

fn contradictory_counts(constraints: &[Setting<Constraint>], diagnostics: &mut Diagnostics) {
    for lower in constraints {
        for upper in constraints {
            let (least, most) = match (&lower.value, &upper.value) {
                (Constraint::MinLength(least), Constraint::MaxLength(most))
                | (Constraint::MinItems(least), Constraint::MaxItems(most)) => (least, most),
                _ => continue,
            };
            if least > most {
                diagnostics.error_with_help(
                    &upper.tokens,
                    format_args!("`{} = {most}` is less than `{} = {least}`", upper.name, lower.name),
                    "no value satisfies both",
                );
            }
        }
    }
}

/// A reader takes the default where a record lacks the field: it must be a value that could have been published.
pub(super) fn check_default(default: &Setting<DefaultValue>, value: &Value, diagnostics: &mut Diagnostics) {
    let Value {
        conversion,
        constraints,
    } = value;
    if let (Some(Conversion::AsString), DefaultValue::Number(number)) = (conversion, &default.value) {
        diagnostics.error_with_help(
            &default.tokens,
            "the default is a number, the value is published as text",
            format_args!("write `default = \"{}\"`", number.text),
        );
    }
    for constraint in constraints {
        if !satisfies(&default.value, &constraint.value) {
            diagnostics.error_with_help(
                &default.tokens,
                format_args!("the default does not satisfy the field's own `{}`", constraint.name),
                "readers take the default for a value that was published; change either",
            );
        }
    }
}

fn satisfies(default: &DefaultValue, constraint: &Constraint) -> bool {
    let length = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    match (default, constraint) {
        (DefaultValue::Number(value), Constraint::Min(bound)) => value.units() >= bound.units(),
        (DefaultValue::Number(value), Constraint::Max(bound)) => value.units() <= bound.units(),
        (DefaultValue::Number(value), Constraint::ExclusiveMin(bound)) => value.units() > bound.units(),
        (DefaultValue::Number(value), Constraint::ExclusiveMax(bound)) => value.units() < bound.units(),
        (DefaultValue::String(text), Constraint::MinLength(least)) => length(text) >= *least,
        (DefaultValue::String(text), Constraint::MaxLength(most)) => length(text) <= *most,
        (DefaultValue::String(text), Constraint::Pattern(pattern)) => pattern.matches(text),
        (DefaultValue::String(text), Constraint::Format(format)) => format.matches(text),
        (DefaultValue::EmptyArray | DefaultValue::EmptyMap, Constraint::MinItems(least)) => *least == 0,
        // The types do not fit each other: the compiler tells.
        _ => true,
    }
}

impl Number {
    /// The number as Avro's and JSON's integers have it.
    pub(crate) fn integer(&self) -> Option<i64> {
        self.is_whole().then_some(self.mantissa)
    }
}
