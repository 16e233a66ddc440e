//! That all contenders write the same orders, seen before anything is timed.

use anyhow::{Context as _, Result, bail, ensure};
use apache_avro::Schema;
use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::types::Value;

use crate::measure::Contender;

/// Decodes every order of every contender by apache-avro and compares it with the first contender's.
///
/// # Errors
/// What differs or cannot be read.
pub fn avro(schema: &Schema, contenders: &mut [Box<dyn Contender + '_>]) -> Result<()> {
    let reader = GenericDatumReader::builder(schema).build()?;
    let decode = |mut payload: &[u8]| -> Result<Value> {
        let value = reader.read_value(&mut payload)?;
        ensure!(payload.is_empty(), "{} bytes are left over", payload.len());
        Ok(value)
    };
    all_equal(contenders, decode)
}

/// Parses every text of every contender and compares it with the first contender's.
///
/// # Errors
/// What differs or is no JSON.
pub fn json(contenders: &mut [Box<dyn Contender + '_>]) -> Result<()> {
    all_equal(contenders, |payload| {
        Ok(serde_json::from_slice::<serde_json::Value>(payload)?)
    })
}

fn all_equal<T: PartialEq>(
    contenders: &mut [Box<dyn Contender + '_>],
    decode: impl Fn(&[u8]) -> Result<T>,
) -> Result<()> {
    let mut expected: Vec<T> = Vec::new();
    let mut frame = Vec::new();
    for contender in contenders {
        for order in 0..contender.orders() {
            frame.clear();
            contender.encode(order, &mut frame)?;
            let [0, _, _, _, _, payload @ ..] = &frame[..] else {
                bail!("{}: order {order} is not framed", contender.name());
            };
            let value = decode(payload).with_context(|| format!("{}: order {order}", contender.name()))?;
            match expected.get(order) {
                None => expected.push(value),
                Some(expected) => ensure!(value == *expected, "{}: order {order} differs", contender.name()),
            }
        }
    }
    Ok(())
}
