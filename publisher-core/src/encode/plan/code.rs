//! Code as it grows: neighbours that stay become one walk, neighbours that change the same way one step.
//!
//! Knows no schema.

use super::run::Op;
use super::walk::Walk;

/// Code that grows; what is only stepped over gathers until something changes.
#[derive(Default)]
pub(super) struct Code {
    ops: Vec<Op>,
    /// What is stepped over since the last change.
    pub(super) walking: Vec<Walk>,
}

impl Code {
    pub(super) fn push(&mut self, op: Op) {
        match op {
            Op::Walk(steps) => steps
                .into_vec()
                .into_iter()
                .for_each(|step| push(&mut self.walking, step)),
            Op::Insert(bytes) => self.insert(&bytes),
            Op::Drop(steps) => self.drop(steps.into_vec()),
            op => {
                self.settle();
                self.ops.push(op);
            }
        }
    }

    pub(super) fn insert(&mut self, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        self.settle();
        match self.ops.last_mut() {
            Some(Op::Insert(before)) => *before = [before, bytes].concat().into(),
            _ => self.ops.push(Op::Insert(bytes.into())),
        }
    }

    pub(super) fn drop(&mut self, steps: Vec<Walk>) {
        if steps.is_empty() {
            return;
        }
        self.settle();
        match self.ops.last_mut() {
            Some(Op::Drop(before)) => {
                let mut joined = std::mem::take(before).into_vec();
                steps.into_iter().for_each(|step| push(&mut joined, step));
                *before = joined.into();
            }
            _ => self.ops.push(Op::Drop(steps.into())),
        }
    }

    fn settle(&mut self) {
        if !self.walking.is_empty() {
            self.ops.push(Op::Walk(std::mem::take(&mut self.walking).into()));
        }
    }

    pub(super) fn finish(mut self) -> Vec<Op> {
        self.settle();
        self.ops
    }
}

/// Neighbours of known size become one step.
pub(super) fn push(steps: &mut Vec<Walk>, step: Walk) {
    match (steps.last_mut(), step) {
        (_, Walk::Skip(0)) => {}
        (Some(Walk::Skip(before)), Walk::Skip(length)) => *before += length,
        (_, step) => steps.push(step),
    }
}
