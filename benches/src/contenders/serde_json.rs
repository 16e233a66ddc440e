//! `serde_json` on the plain serde derive, with the types' own serde: no checks, same text.

use anyhow::Result;

use super::frame;
use crate::measure::Contender;
use crate::order::json;

/// What a service that publishes JSON writes today.
#[derive(Debug)]
pub struct SerdeJson(pub Vec<json::OrderPlaced>);

impl Contender for SerdeJson {
    fn name(&self) -> &'static str {
        "serde_json"
    }

    fn orders(&self) -> usize {
        self.0.len()
    }

    fn encode(&mut self, order: usize, out: &mut Vec<u8>) -> Result<()> {
        frame(out);
        serde_json::to_writer(out, &self.0[order])?;
        Ok(())
    }
}
