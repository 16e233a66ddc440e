//! Runs a program over an event of ours.
//!
//! What stays is not copied value by value: the span grows until a change, then goes out in one piece. Allocates nothing
//! once the buffers have grown. Knows no schema.

use super::NotOurs;
use super::walk::{Walk, block, branch_of, bytes_end, long, walk};
use crate::encode::avro;

/// What a plan does to an event.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) root: Box<[Op]>,
    pub(super) edits: Vec<Box<[Op]>>,
    pub(super) walks: Vec<Box<[Walk]>>,
}

/// A step that may change bytes.
#[derive(Clone, Debug)]
pub(super) enum Op {
    /// Takes this as it is.
    Walk(Box<[Walk]>),
    /// Takes all the rest as it is.
    ToEnd,
    /// Leaves this out.
    Drop(Box<[Walk]>),
    /// Puts these bytes in.
    Insert(Box<[u8]>),
    IntToDouble,
    FloatToDouble,
    /// The size of the fixed.
    ToFixed(usize),
    /// Their numbers of our symbols.
    Enum(Box<[i64]>),
    /// Items with changes; for a map the key is part of the item.
    Blocks(Box<[Op]>),
    /// One for each of our branches.
    Union(Box<[Arm]>),
    /// Fields in another order.
    Reorder(Box<Reorder>),
    /// A record that holds itself, or that stands in many places.
    Call(usize),
}

/// A branch of ours.
#[derive(Clone, Debug)]
pub(super) struct Arm {
    /// What stands for the branch's number: `None` as it is, empty where theirs is no union.
    pub(super) number: Option<Box<[u8]>>,
    pub(super) code: Box<[Op]>,
}

/// A stretch of our fields, cut into sections, and the order in which they go out.
#[derive(Clone, Debug)]
pub(super) struct Reorder {
    pub(super) sections: Box<[Box<[Walk]>]>,
    pub(super) pieces: Box<[Piece]>,
}

#[derive(Clone, Debug)]
pub(super) enum Piece {
    /// A section as it is.
    Copy(usize),
    /// A section with changes.
    Edit(usize, Box<[Op]>),
    Insert(Box<[u8]>),
}

impl Program {
    pub(super) fn run(&self, input: &[u8], marks: &mut Vec<usize>, out: &mut Vec<u8>) -> Result<(), NotOurs> {
        marks.clear();
        let mut run = Run {
            program: self,
            input,
            at: 0,
            from: 0,
            marks,
            out,
        };
        run.ops(&self.root)?;
        if run.at != input.len() {
            return Err(NotOurs);
        }
        run.flush()
    }
}

struct Run<'a> {
    program: &'a Program,
    input: &'a [u8],
    /// How far the event has been read.
    at: usize,
    /// From here to `at` it goes out as it is.
    from: usize,
    /// Where sections begin, a stack.
    marks: &'a mut Vec<usize>,
    out: &'a mut Vec<u8>,
}

impl Run<'_> {
    fn ops(&mut self, ops: &[Op]) -> Result<(), NotOurs> {
        for op in ops {
            match op {
                Op::Walk(steps) => self.at = self.walk(steps, self.at)?,
                Op::ToEnd => self.at = self.input.len(),
                Op::Drop(steps) => {
                    self.flush()?;
                    let end = self.walk(steps, self.at)?;
                    self.resume(end);
                }
                Op::Insert(bytes) => self.insert(bytes)?,
                Op::IntToDouble => {
                    let (value, end) = long(self.input, self.at)?;
                    self.flush()?;
                    avro::double(value as f64, self.out);
                    self.resume(end);
                }
                Op::FloatToDouble => {
                    let float = self.input.get(self.at..).and_then(<[u8]>::first_chunk::<4>);
                    let float = f32::from_le_bytes(*float.ok_or(NotOurs)?);
                    self.flush()?;
                    avro::double(f64::from(float), self.out);
                    self.resume(self.at + 4);
                }
                Op::ToFixed(size) => self.fixed(*size)?,
                Op::Enum(numbers) => {
                    let (symbol, end) = long(self.input, self.at)?;
                    self.flush()?;
                    avro::long(*branch_of(numbers, symbol)?, self.out);
                    self.resume(end);
                }
                Op::Blocks(ops) => self.blocks(ops)?,
                Op::Union(arms) => {
                    let (branch, end) = long(self.input, self.at)?;
                    let arm = branch_of(arms, branch)?;
                    match &arm.number {
                        None => self.at = end,
                        Some(number) => {
                            self.insert(number)?;
                            self.resume(end);
                        }
                    }
                    self.ops(&arm.code)?;
                }
                Op::Reorder(reorder) => self.reorder(reorder)?,
                Op::Call(routine) => self.ops(&self.program.edits[*routine])?,
            }
        }
        Ok(())
    }

    #[inline]
    fn walk(&self, steps: &[Walk], at: usize) -> Result<usize, NotOurs> {
        walk(steps, &self.program.walks, self.input, at)
    }

    /// Writes what has been stepped over since the last change.
    #[inline]
    fn flush(&mut self) -> Result<(), NotOurs> {
        if self.from != self.at {
            let span = self.input.get(self.from..self.at).ok_or(NotOurs)?;
            self.out.extend_from_slice(span);
            self.from = self.at;
        }
        Ok(())
    }

    /// Goes on behind a part that does not go out as it is.
    #[inline]
    fn resume(&mut self, at: usize) {
        (self.from, self.at) = (at, at);
    }

    #[inline]
    fn insert(&mut self, bytes: &[u8]) -> Result<(), NotOurs> {
        self.flush()?;
        self.out.extend_from_slice(bytes);
        Ok(())
    }

    fn blocks(&mut self, ops: &[Op]) -> Result<(), NotOurs> {
        loop {
            let (count, items) = block(self.input, self.at)?;
            self.at = items;
            if count == 0 {
                return Ok(());
            }
            for _ in 0..count {
                self.ops(ops)?;
            }
        }
    }

    fn reorder(&mut self, reorder: &Reorder) -> Result<(), NotOurs> {
        let start = self.at;
        let first = self.marks.len();
        let mut end = start;
        for steps in &reorder.sections {
            self.marks.push(end);
            end = self.walk(steps, end)?;
        }
        self.marks.push(end);
        for piece in &reorder.pieces {
            match piece {
                Piece::Copy(section) => {
                    self.jump(self.marks[first + section])?;
                    self.at = self.marks[first + section + 1];
                }
                Piece::Edit(section, ops) => {
                    self.jump(self.marks[first + section])?;
                    self.ops(ops)?;
                }
                Piece::Insert(bytes) => self.insert(bytes)?,
            }
        }
        self.marks.truncate(first);
        self.jump(end)
    }

    /// Goes on at another place; a span goes on where it left off.
    #[inline]
    fn jump(&mut self, to: usize) -> Result<(), NotOurs> {
        if to != self.at {
            self.flush()?;
            self.resume(to);
        }
        Ok(())
    }

    /// The number of a decimal, with its sign repeated up to the size.
    fn fixed(&mut self, size: usize) -> Result<(), NotOurs> {
        let end = bytes_end(self.input, self.at)?;
        let (_, start) = long(self.input, self.at)?;
        let digits = self.input.get(start..end).ok_or(NotOurs)?;
        let negative = digits.first().is_some_and(|first| *first >= 0x80);
        let sign = if negative { 0xff } else { 0x00 };
        self.flush()?;
        // Ours is as short as it goes and its precision fits, so that nothing is cut off.
        let missing = size.checked_sub(digits.len()).ok_or(NotOurs)?;
        self.out.extend(std::iter::repeat_n(sign, missing));
        self.out.extend_from_slice(digits);
        self.resume(end);
        Ok(())
    }
}
