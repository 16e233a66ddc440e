//! The way from the whole text to a place in it, of which a pointer is made only when somebody asks.
//!
//! A pointer for every place would cost more than reading the text, and as much memory as its square where names are long.

use crate::schema::error::member;

/// A place in a text.
#[derive(Clone, Copy)]
pub(super) enum Path<'p> {
    /// The whole.
    Root,
    /// A member of an object.
    Member(&'p Path<'p>, &'p str),
    /// An item of an array.
    Item(&'p Path<'p>, usize),
}

impl Path<'_> {
    /// As a JSON pointer (RFC 6901).
    pub(super) fn pointer(&self) -> String {
        match self {
            Self::Root => String::new(),
            Self::Member(of, name) => member(&of.pointer(), name),
            Self::Item(of, index) => member(&of.pointer(), index),
        }
    }
}
