//! The code of records that are used more than once: short code is repeated, long code and that of records that hold
//! themselves is called. So a plan does not grow beyond its schemas.
//!
//! Knows no schema; a record is whatever its key says.

use std::collections::HashMap;
use std::hash::Hash;

use super::run::{Op, Piece};
use super::walk::Walk;

/// A record's code is repeated in place up to this many steps; longer code is called from its second use on.
const MOST_INLINE: usize = 32;

/// The code of records, by our type or by pair.
pub(super) struct Routines<K, T> {
    states: HashMap<K, State<T>>,
    pub(super) code: Vec<Box<[T]>>,
}

enum State<T> {
    /// Being compiled; has a number once it is used within itself.
    Open(Option<usize>),
    /// Used once so far, in place.
    Inline(Vec<T>),
    Routine(usize),
}

/// What to do at the use of a record.
pub(super) enum Use<T> {
    Compile,
    Inline(Vec<T>),
    Call(usize),
}

impl<K: Hash + Eq + Copy, T: Weight> Routines<K, T> {
    pub(super) fn new() -> Self {
        Self {
            states: HashMap::new(),
            code: Vec::new(),
        }
    }

    pub(super) fn enter(&mut self, key: K) -> Use<T> {
        let next = self.code.len();
        let state = match self.states.get_mut(&key) {
            None => {
                self.states.insert(key, State::Open(None));
                return Use::Compile;
            }
            Some(state) => state,
        };
        match state {
            State::Open(Some(routine)) | State::Routine(routine) => Use::Call(*routine),
            State::Inline(code) if weight(code) <= MOST_INLINE => Use::Inline(code.clone()),
            State::Open(None) => {
                *state = State::Open(Some(next));
                self.code.push(Box::default());
                Use::Call(next)
            }
            State::Inline(code) => {
                let code = std::mem::take(code);
                *state = State::Routine(next);
                self.code.push(code.into());
                Use::Call(next)
            }
        }
    }

    pub(super) fn leave(&mut self, key: K, code: Vec<T>) -> Use<T> {
        if let Some(State::Open(Some(routine))) = self.states.get(&key) {
            let routine = *routine;
            self.code[routine] = code.into();
            self.states.insert(key, State::Routine(routine));
            return Use::Call(routine);
        }
        self.states.insert(key, State::Inline(code.clone()));
        Use::Inline(code)
    }
}

/// A step, and how many steps it is in truth.
pub(super) trait Weight: Clone {
    fn weight(&self) -> usize;
}

impl Weight for Walk {
    fn weight(&self) -> usize {
        1 + match self {
            Self::Blocks(steps) => weight(steps),
            Self::Union(branches) => branches.iter().map(|steps| weight(steps)).sum(),
            _ => 0,
        }
    }
}

impl Weight for Op {
    fn weight(&self) -> usize {
        1 + match self {
            Self::Walk(steps) | Self::Drop(steps) => weight(steps),
            Self::Blocks(ops) => weight(ops),
            Self::Union(arms) => arms.iter().map(|arm| 1 + weight(&arm.code)).sum(),
            Self::Reorder(reorder) => {
                let pieces = reorder.pieces.iter().map(|piece| match piece {
                    Piece::Edit(_, ops) => 1 + weight(ops),
                    _ => 1,
                });
                let sections = reorder.sections.iter().map(|steps| 1 + weight(steps));
                pieces.chain(sections).sum()
            }
            _ => 0,
        }
    }
}

fn weight<T: Weight>(code: &[T]) -> usize {
    code.iter().map(Weight::weight).sum()
}
