//! A schema that differs from the order's own at every level, as a registry may hold it.

use anyhow::{Context as _, Result, ensure};
use apache_avro::Schema;
use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::types::Value;
use serde_json::{Value as Json, json};

use crate::measure::Contender;

/// The schema with other places for the fields, one that ours lacks and one that it lacks, on both levels; with a field
/// that may be null, one that is wider, and other numbers for the symbols.
///
/// # Errors
/// If the text is not the order's schema.
pub fn other_schema(ours: &str) -> Result<String> {
    let mut schema: Json = serde_json::from_str(ours)?;
    let fields = fields(&mut schema)?;
    fields.retain(|field| field["name"] != "note");
    fields.rotate_left(3);
    fields.insert(2, json!({ "name": "channel", "type": "string", "default": "web" }));
    let status = find(fields, "status")?;
    status["type"]["symbols"]
        .as_array_mut()
        .context("the symbols of the status")?
        .reverse();
    let items = &mut find(fields, "items")?["type"]["items"];
    let of_items = items["fields"].as_array_mut().context("the fields of an item")?;
    of_items.retain(|field| field["name"] != "sku");
    find(of_items, "quantity")?["type"] = json!("long");
    let cents = find(of_items, "unit_cents")?;
    cents["type"] = json!(["null", "long"]);
    of_items.push(json!({ "name": "discount_cents", "type": "long", "default": 0 }));
    Ok(schema.to_string())
}

fn fields(schema: &mut Json) -> Result<&mut Vec<Json>> {
    schema["fields"].as_array_mut().context("the fields of the order")
}

fn find<'a>(fields: &'a mut [Json], name: &str) -> Result<&'a mut Json> {
    let found = fields.iter_mut().find(|field| field["name"] == name);
    found.with_context(|| format!("the field {name}"))
}

/// Decodes every order with the other schema and compares what both have with the direct encoding.
///
/// # Errors
/// What differs or cannot be read.
pub fn verify(ours: &Schema, theirs: &Schema, direct: &mut dyn Contender, evolved: &mut dyn Contender) -> Result<()> {
    let (mut direct_frame, mut evolved_frame) = (Vec::new(), Vec::new());
    for order in 0..direct.orders() {
        direct_frame.clear();
        evolved_frame.clear();
        direct.encode(order, &mut direct_frame)?;
        evolved.encode(order, &mut evolved_frame)?;
        let (one, other) = (read(ours, &direct_frame)?, read(theirs, &evolved_frame)?);
        ensure!(same(&one, &other), "order {order}: {one:?} became {other:?}");
    }
    Ok(())
}

fn read(schema: &Schema, frame: &[u8]) -> Result<Value> {
    let mut payload = frame.get(5..).context("a frame")?;
    let value = GenericDatumReader::builder(schema).build()?.read_value(&mut payload)?;
    ensure!(payload.is_empty(), "{} bytes are left over", payload.len());
    Ok(value)
}

/// Whether the other value has what the one has under the same names, and defaults for the rest.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Record(ours), Value::Record(theirs)) => {
            theirs
                .iter()
                .all(|(name, value)| match ours.iter().find(|(own, _)| own == name) {
                    Some((_, own)) => same(own, value),
                    None => *value == Value::String("web".to_owned()) || *value == Value::Long(0),
                })
        }
        (Value::Array(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(one, other)| same(one, other))
        }
        (Value::Enum(_, one), Value::Enum(_, other)) => one == other,
        (Value::Int(one), Value::Long(other)) => i64::from(*one) == *other,
        (one, Value::Union(1, other)) if !matches!(one, Value::Union(..)) => same(one, other),
        (one, other) => one == other,
    }
}
