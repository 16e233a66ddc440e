//! Whether two definitions have the same constraints, as far as a JSON Schema shows them; in const functions.

use super::contract::same_text;
use super::shape::{Constraint, Shape};

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
