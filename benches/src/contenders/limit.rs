//! The hand-written encoder, in both forms of the total.

use anyhow::Result;

use super::ID;
use crate::handwritten;
use crate::measure::Contender;
use crate::order::{avro, long};

/// The limit.
#[derive(Debug)]
pub struct Handwritten(pub Vec<avro::OrderPlaced>);

impl Contender for Handwritten {
    fn name(&self) -> &'static str {
        "hand-written"
    }

    fn orders(&self) -> usize {
        self.0.len()
    }

    fn encode(&mut self, order: usize, frame: &mut Vec<u8>) -> Result<()> {
        handwritten::write(&self.0[order], ID, frame)?;
        Ok(())
    }
}

/// The limit where the total is a `long`.
#[derive(Debug)]
pub struct HandwrittenLong(pub Vec<long::OrderPlaced>);

impl Contender for HandwrittenLong {
    fn name(&self) -> &'static str {
        "hand-written, total as long"
    }

    fn orders(&self) -> usize {
        self.0.len()
    }

    fn encode(&mut self, order: usize, frame: &mut Vec<u8>) -> Result<()> {
        handwritten::write_long(&self.0[order], ID, frame)?;
        Ok(())
    }
}
