//! Conversions, constraints and defaults of one value.

use crate::attr::{Constraint, Decimal, DefaultValue, Setting};
use crate::diagnostics::Diagnostics;
use crate::model::Value;
use crate::number::Number;

/// The value's conversion and constraints, which must leave something to publish.
pub(super) fn check(
    decimal: Option<&Setting<Decimal>>,
    constraints: &[Setting<Constraint>],
    diagnostics: &mut Diagnostics,
) -> Value {
    contradictory_bounds(constraints, diagnostics);
    contradictory_counts(constraints, diagnostics);
    let mut constraints = constraints.to_vec();
    constraints.sort_by_key(|constraint| constraint.value.symbol() as u8);
    Value {
        decimal: decimal.map(|decimal| decimal.value),
        constraints,
    }
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
pub(super) fn check_default(
    default: &Setting<DefaultValue>,
    constraints: &[Setting<Constraint>],
    diagnostics: &mut Diagnostics,
) {
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
