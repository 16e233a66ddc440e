//! `apache-avro`, both of its ways: straight from serde, and by a tree of values.

use anyhow::Result;
use apache_avro::Schema;
use apache_avro::writer::datum::GenericDatumWriter;
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use super::frame;
use crate::measure::Contender;
use crate::order::{ForSerde, avro};

/// A decimal as the bytes that Avro wants: big-endian two's complement, as short as it goes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Minimal(pub(crate) Decimal);

impl Serialize for Minimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let unscaled = self.0.mantissa();
        let bits = 129 - (unscaled ^ (unscaled >> 127)).leading_zeros();
        let length = bits.div_ceil(8) as usize;
        serializer.serialize_bytes(&unscaled.to_be_bytes()[16 - length..])
    }
}

/// The same with all the bytes of the precision: `resolve` of apache-avro 0.22 refuses fewer.
#[derive(Clone, Copy, Debug)]
struct Padded(Decimal);

impl Serialize for Padded {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0.mantissa().to_be_bytes()[8..])
    }
}

/// `GenericDatumWriter::write_ser`, with the writer and the buffer kept.
#[expect(missing_debug_implementations, reason = "what it holds has none")]
pub struct Direct<'a> {
    writer: GenericDatumWriter<'a>,
    orders: Vec<ForSerde<Minimal>>,
}

impl<'a> Direct<'a> {
    /// With everything that can be kept.
    ///
    /// # Errors
    /// apache-avro's, if the schema names what it does not have.
    pub fn new(schema: &'a Schema, orders: &[avro::OrderPlaced]) -> Result<Self> {
        Ok(Self {
            writer: GenericDatumWriter::builder(schema).build()?,
            orders: orders.iter().map(|order| ForSerde::new(order, Minimal)).collect(),
        })
    }
}

impl Contender for Direct<'_> {
    fn name(&self) -> &'static str {
        "apache-avro, write_ser"
    }

    fn orders(&self) -> usize {
        self.orders.len()
    }

    fn encode(&mut self, order: usize, out: &mut Vec<u8>) -> Result<()> {
        frame(out);
        self.writer.write_ser(out, &self.orders[order])?;
        Ok(())
    }
}

/// `to_value`, `resolve`, `to_avro_datum`: what most code does.
#[derive(Debug)]
pub struct ByValue<'a> {
    schema: &'a Schema,
    orders: Vec<ForSerde<Padded>>,
}

impl<'a> ByValue<'a> {
    /// There is nothing to keep.
    #[must_use]
    pub fn new(schema: &'a Schema, orders: &[avro::OrderPlaced]) -> Self {
        Self {
            schema,
            orders: orders.iter().map(|order| ForSerde::new(order, Padded)).collect(),
        }
    }
}

impl Contender for ByValue<'_> {
    fn name(&self) -> &'static str {
        "apache-avro, by Value"
    }

    fn orders(&self) -> usize {
        self.orders.len()
    }

    #[expect(deprecated, reason = "it is what most code calls")]
    fn encode(&mut self, order: usize, out: &mut Vec<u8>) -> Result<()> {
        let value = apache_avro::to_value(&self.orders[order])?.resolve(self.schema)?;
        frame(out);
        out.extend_from_slice(&apache_avro::to_avro_datum(self.schema, value)?);
        Ok(())
    }
}
