//! Whether two definitions have the same constraints, as far as a JSON Schema shows them, and the same defaults; in const
//! functions.

use super::contract::same_text;
use super::shape::{Constraint, Literal, Shape};

/// Whether the constraints at this place are the same; those further within are looked at there.
pub(super) const fn same_constraints(one: &Shape, other: &Shape) -> bool {
    match (one, other) {
        (
            Shape::Constrained { shape, constraints },
            Shape::Constrained {
                shape: other,
                constraints: others,
            },
        ) => {
            let mut index = 0;
            while index < constraints.len() && index < others.len() {
                if !same_constraint(&constraints[index], &others[index]) {
                    return false;
                }
                index += 1;
            }
            constraints.len() == others.len() && same_constraints(shape, other)
        }
        (Shape::Constrained { .. }, _) | (_, Shape::Constrained { .. }) => false,
        _ => true,
    }
}

/// Whether two fields have the same default. It says which branch of a union stands first, and so is part of the encoding.
pub(super) const fn same_default(one: Option<Literal>, other: Option<Literal>) -> bool {
    match (one, other) {
        (Some(Literal::Boolean(a)), Some(Literal::Boolean(b))) => a == b,
        (Some(Literal::Integer(a)), Some(Literal::Integer(b))) => a == b,
        (Some(Literal::Float(a)), Some(Literal::Float(b))) | (Some(Literal::String(a)), Some(Literal::String(b))) => {
            same_text(a, b)
        }
        (None, None)
        | (Some(Literal::EmptyArray), Some(Literal::EmptyArray))
        | (Some(Literal::EmptyMap), Some(Literal::EmptyMap)) => true,
        _ => false,
    }
}

const fn same_constraint(one: &Constraint, other: &Constraint) -> bool {
    match (one, other) {
        (Constraint::Min(a), Constraint::Min(b))
        | (Constraint::Max(a), Constraint::Max(b))
        | (Constraint::ExclusiveMin(a), Constraint::ExclusiveMin(b))
        | (Constraint::ExclusiveMax(a), Constraint::ExclusiveMax(b)) => same_text(a.text, b.text),
        (Constraint::MinLength(a), Constraint::MinLength(b))
        | (Constraint::MaxLength(a), Constraint::MaxLength(b))
        | (Constraint::MinItems(a), Constraint::MinItems(b))
        | (Constraint::MaxItems(a), Constraint::MaxItems(b)) => *a == *b,
        (Constraint::Pattern(a), Constraint::Pattern(b)) => same_text(a, b),
        (Constraint::Format(a), Constraint::Format(b)) => *a as u8 == *b as u8,
        (Constraint::AnyOrder, Constraint::AnyOrder) => true,
        _ => false,
    }
}
