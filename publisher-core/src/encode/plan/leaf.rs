//! Types without parts: which value of ours is one of theirs, and why another is not.
//!
//! Knows no names and no fields.

use super::matching::Node;
use crate::schema::avsc::{Form, Logical, Type};

pub(super) const OTHER_TYPE: &str = "no value of ours is one of theirs; give both the same type";

/// Types without parts and names.
pub(super) fn leaf(ours: &Type, theirs: &Type) -> Result<Node, &'static str> {
    let (own, other) = (known(ours.logical.as_ref()), known(theirs.logical.as_ref()));
    let plain = own.is_none() && other.is_none();
    match (&ours.form, &theirs.form) {
        (own_form, other_form) if own_form.word() == other_form.word() => fits(own, other).map(|()| Node::Same),
        // The same varint.
        (Form::Int, Form::Long) if plain => Ok(Node::Same),
        (Form::Int, Form::Double) if plain => Ok(Node::IntToDouble),
        (Form::Float, Form::Double) if plain => Ok(Node::FloatToDouble),
        // The same length and bytes; a UUID is text too.
        (Form::String, Form::Bytes) if other.is_none() => Ok(Node::Same),
        (Form::Bytes, Form::String) => {
            Err("bytes need not be UTF-8, as a string must; make ours a string, or theirs bytes")
        }
        (Form::Int | Form::Long, Form::Float) | (Form::Long, Form::Double) => {
            Err("it would be rounded; make ours a float type, or theirs a long")
        }
        (Form::Long, Form::Int) | (Form::Double, Form::Float) => {
            Err("theirs is narrower; widen theirs, or narrow ours")
        }
        (Form::Null, _) => Err("ours is null, theirs may not be; add null to theirs"),
        _ if !plain => Err("they mean different things; give both the same logical type"),
        _ => Err(OTHER_TYPE),
    }
}

/// Whether a value keeps its meaning; the form is the same, or holds the same decimals.
pub(super) fn fits(ours: Option<&Logical>, theirs: Option<&Logical>) -> Result<(), &'static str> {
    match (known(ours), known(theirs)) {
        (own, other) if own == other => Ok(()),
        // The text of a UUID says enough.
        (None | Some(Logical::Uuid), None) => Ok(()),
        (
            Some(Logical::Decimal { precision, scale }),
            Some(Logical::Decimal {
                precision: other_precision,
                scale: other_scale,
            }),
        ) => {
            if scale != other_scale {
                Err("the scales differ, so the same digits would be another number; give both the same scale")
            } else if other_precision < precision {
                Err("theirs has fewer digits; raise the precision of theirs, or lower that of ours")
            } else {
                Ok(())
            }
        }
        (Some(_), None) => Err("theirs does not say what the value means; add the logical type to theirs"),
        (None, Some(_)) => Err("ours does not say what the value means; use a type with this logical type in ours"),
        (Some(_), Some(_)) => Err("they mean different things; give both the same logical type"),
    }
}

/// A logical type that the specification does not know is ignored, as it asks.
fn known(logical: Option<&Logical>) -> Option<&Logical> {
    logical.filter(|logical| !matches!(logical, Logical::Other(_)))
}
