//! The bytes that the log has to hold, and whether a record read back is of them.

use std::collections::HashMap;
use std::ops::Range;

use anyhow::{Context as _, Result, bail, ensure};
use apache_avro::Schema;
use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::types::Value;
use publisher_core::{Event as _, SchemaId, Translator, wire};

use super::corpus::{Order, orders};

/// What the log has to hold, by the order's ID.
pub(super) struct Expected {
    schema: Schema,
    id: u32,
    orders: HashMap<Vec<u8>, (Vec<u8>, Value)>,
    pub(super) mean_bytes: usize,
}

/// Where the order's ID begins in a frame, and its length: the first field, 36 letters behind their count.
const ORDER_ID: Range<usize> = 6..42;

impl Expected {
    pub(super) fn new<T: Translator<Order>>(translator: &T, schema: &str, id: u32) -> Result<Self> {
        let mut this = Self {
            schema: Schema::parse_str(schema)?,
            id,
            orders: HashMap::new(),
            mean_bytes: 0,
        };
        let frames = encoded(translator, &orders(), id)?;
        this.mean_bytes = frames.iter().map(|(_, frame)| frame.len()).sum::<usize>() / frames.len();
        for (key, frame) in frames {
            let value = this.decode(&frame)?;
            this.orders.insert(frame[ORDER_ID].to_vec(), (key, value));
        }
        Ok(this)
    }

    fn decode(&self, frame: &[u8]) -> Result<Value> {
        let [0, a, b, c, d, payload @ ..] = frame else {
            bail!("a value is not framed");
        };
        let id = u32::from_be_bytes([*a, *b, *c, *d]);
        ensure!(
            id == self.id,
            "a frame has the schema id {id} in the place of {}",
            self.id
        );
        let mut rest = payload;
        let value = GenericDatumReader::builder(&self.schema)
            .build()?
            .read_value(&mut rest)?;
        ensure!(rest.is_empty(), "{} bytes are left over", rest.len());
        Ok(value)
    }

    /// Whether a record is one of ours.
    pub(super) fn compare(&self, key: Option<&[u8]>, frame: &[u8]) -> Result<()> {
        let decoded = self.decode(frame)?;
        let (expected_key, expected) = self
            .orders
            .get(&frame[ORDER_ID])
            .context("an order is not one of ours")?;
        ensure!(key == Some(expected_key), "a record has another key");
        ensure!(decoded == *expected, "an order differs");
        Ok(())
    }
}

/// Keys and frames of all orders, as this translator has them published.
pub(super) fn encoded<T: Translator<Order>>(
    translator: &T,
    orders: &[Order],
    id: u32,
) -> Result<Vec<(Vec<u8>, Vec<u8>)>> {
    let encode = |order| {
        let event = translator.translate(order)?;
        let (mut key, mut frame) = (Vec::new(), Vec::new());
        event.key(&mut key);
        wire::begin(&mut frame);
        event.write(&mut frame)?;
        wire::set_schema_id(&mut frame, SchemaId(id));
        Ok((key, frame))
    };
    orders.iter().map(encode).collect()
}
