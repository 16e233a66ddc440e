//! `serde_avro_fast`: its configuration and the buffer are kept. It takes decimals by their text.

use anyhow::Result;
use rust_decimal::Decimal;
use serde_avro_fast::Schema;
use serde_avro_fast::ser::SerializerConfig;

use super::frame;
use crate::measure::Contender;
use crate::order::{ForSerde, avro};

/// The fastest serializer of Avro among the crates.
#[expect(missing_debug_implementations, reason = "what it holds has none")]
pub struct SerdeAvroFast<'a> {
    config: SerializerConfig<'a>,
    orders: Vec<ForSerde<Decimal>>,
}

impl<'a> SerdeAvroFast<'a> {
    /// With everything that can be kept.
    #[must_use]
    pub fn new(schema: &'a Schema, orders: &[avro::OrderPlaced]) -> Self {
        Self {
            config: SerializerConfig::new(schema),
            orders: orders.iter().map(|order| ForSerde::new(order, |total| total)).collect(),
        }
    }
}

impl Contender for SerdeAvroFast<'_> {
    fn name(&self) -> &'static str {
        "serde_avro_fast"
    }

    fn orders(&self) -> usize {
        self.orders.len()
    }

    fn encode(&mut self, order: usize, out: &mut Vec<u8>) -> Result<()> {
        frame(out);
        serde_avro_fast::to_datum(&self.orders[order], out, &mut self.config)?;
        Ok(())
    }
}
