//! Ours against a registry's schema that differs from ours everywhere: checked, framed, encoded, written by the plan.

use anyhow::Result;
use publisher_core::{Event, Plan, PlanScratch, SchemaId, wire};

use super::ID;
use crate::measure::Contender;
use crate::order::avro;

/// The derived encoder and a plan made once.
#[derive(Debug)]
pub struct Evolved {
    orders: Vec<avro::OrderPlaced>,
    plan: Plan,
    scratch: PlanScratch,
    ours: Vec<u8>,
}

impl Evolved {
    /// Writes these orders by the plan.
    #[must_use]
    pub fn new(plan: Plan, orders: &[avro::OrderPlaced]) -> Self {
        Self {
            orders: orders.to_vec(),
            plan,
            scratch: PlanScratch::default(),
            ours: Vec::new(),
        }
    }
}

impl Contender for Evolved {
    fn name(&self) -> &'static str {
        "derived, another schema"
    }

    fn orders(&self) -> usize {
        self.orders.len()
    }

    fn encode(&mut self, order: usize, frame: &mut Vec<u8>) -> Result<()> {
        wire::begin(frame);
        self.ours.clear();
        self.orders[order].write(&mut self.ours)?;
        self.plan.write(&self.ours, &mut self.scratch, frame)?;
        wire::set_schema_id(frame, SchemaId(ID));
        Ok(())
    }
}
