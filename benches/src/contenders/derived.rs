//! Ours: checked, framed, encoded by what the derive wrote.

use anyhow::Result;
use publisher_core::{Event, SchemaId, wire};

use super::ID;
use crate::measure::Contender;
use crate::order::{avro, json};

/// The derived encoder, Avro.
#[derive(Debug)]
pub struct DerivedAvro(pub Vec<avro::OrderPlaced>);

impl Contender for DerivedAvro {
    fn name(&self) -> &'static str {
        "derived, Avro"
    }

    fn orders(&self) -> usize {
        self.0.len()
    }

    fn encode(&mut self, order: usize, frame: &mut Vec<u8>) -> Result<()> {
        write(&self.0[order], frame)
    }
}

/// The derived encoder, JSON.
#[derive(Debug)]
pub struct DerivedJson(pub Vec<json::OrderPlaced>);

impl Contender for DerivedJson {
    fn name(&self) -> &'static str {
        "derived, JSON"
    }

    fn orders(&self) -> usize {
        self.0.len()
    }

    fn encode(&mut self, order: usize, frame: &mut Vec<u8>) -> Result<()> {
        write(&self.0[order], frame)
    }
}

fn write(event: &impl Event, frame: &mut Vec<u8>) -> Result<()> {
    wire::begin(frame);
    event.write(frame)?;
    wire::set_schema_id(frame, SchemaId(ID));
    Ok(())
}
