//! The named types of an event, by full name, for const functions: which have no lists that grow.
//!
//! Knows nothing of what makes two definitions the same.

use super::super::shape::Shape;
use super::same_text;
use super::sharing::Shared;

/// How many different named types an event may have: const functions have no lists that grow.
pub(super) const MOST_DEFINITIONS: usize = 1024;

/// Where each full name was met first: a table by the hash of the name, twice as large as it may get full.
pub(super) struct Definitions {
    pub(super) slots: [Option<Definition>; 2 * MOST_DEFINITIONS],
    pub(super) count: usize,
    /// The shared type in whose schema the walk is.
    pub(super) within: Option<Shared>,
    /// Whether constraints are part of a definition.
    pub(super) json: bool,
}

impl Definitions {
    pub(super) const fn new(json: bool) -> Self {
        Self {
            slots: [None; 2 * MOST_DEFINITIONS],
            count: 0,
            within: None,
            json,
        }
    }
}

#[derive(Clone, Copy)]
pub(super) struct Definition {
    pub(super) namespace: &'static str,
    pub(super) name: &'static str,
    pub(super) shape: &'static Shape,
    /// The shared type whose schema has the definition; none: the event's own.
    pub(super) within: Option<Shared>,
}

/// The slot of the full name, or the free one that it may take.
pub(super) const fn find(namespace: &str, name: &str, definitions: &Definitions) -> usize {
    let mut slot = slot_of(name, slot_of(namespace, 0));
    while let Some(known) = &definitions.slots[slot] {
        if same_text(known.name, name) && same_text(known.namespace, namespace) {
            return slot;
        }
        slot = (slot + 1) % definitions.slots.len();
    }
    slot
}

/// The place in the table where the search for the text begins.
const fn slot_of(text: &str, seed: usize) -> usize {
    let (mut slot, mut rest) = (seed, text.as_bytes());
    while let [byte, behind @ ..] = rest {
        (slot, rest) = ((slot * 31 + *byte as usize) % (2 * MOST_DEFINITIONS), behind);
    }
    slot
}
