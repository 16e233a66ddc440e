//! The limit: an encoder written for this one event by hand, in safe Rust, with the same checks as the derived one.
//!
//! Uses none of our code but the types of the event.

use uuid::Uuid;

use crate::order::{Item, avro, long};

/// What a check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The customer's name is too long.
    Customer,
    /// The total has no place in a `decimal(18, 2)`.
    Total,
    /// There are no items.
    Items,
    /// An item of which none is ordered.
    Quantity,
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "refused: {self:?}")
    }
}

impl std::error::Error for Refused {}

/// Checks the order and appends frame and encoding.
///
/// # Errors
/// The first thing that is wrong.
pub fn write(order: &avro::OrderPlaced, id: u32, out: &mut Vec<u8>) -> Result<(), Refused> {
    check(&order.customer, &order.items)?;
    let total = order.total.mantissa();
    if order.total.scale() != 2 || total.unsigned_abs() >= 10_u128.pow(18) {
        return Err(Refused::Total);
    }
    frame(id, out);
    uuid(order.order_id, out);
    text(&order.customer, out);
    varint(order.placed_at.timestamp_millis(), out);
    varint(order.status as i64, out);
    // Eighteen digits fit 64 bits.
    decimal(total as i64, out);
    rest(order.note.as_deref(), &order.items, &order.attributes, out);
    Ok(())
}

/// As [`write()`], with the total in cents.
///
/// # Errors
/// The first thing that is wrong.
pub fn write_long(order: &long::OrderPlaced, id: u32, out: &mut Vec<u8>) -> Result<(), Refused> {
    check(&order.customer, &order.items)?;
    frame(id, out);
    uuid(order.order_id, out);
    text(&order.customer, out);
    varint(order.placed_at.timestamp_millis(), out);
    varint(order.status as i64, out);
    varint(order.total, out);
    rest(order.note.as_deref(), &order.items, &order.attributes, out);
    Ok(())
}

#[inline]
fn check(customer: &str, items: &[Item]) -> Result<(), Refused> {
    if customer.len() > 40 && customer.chars().count() > 40 {
        return Err(Refused::Customer);
    }
    if items.is_empty() {
        return Err(Refused::Items);
    }
    if items.iter().any(|item| item.quantity < 1) {
        return Err(Refused::Quantity);
    }
    Ok(())
}

#[inline]
fn rest(
    note: Option<&str>,
    items: &[Item],
    attributes: &std::collections::BTreeMap<String, String>,
    out: &mut Vec<u8>,
) {
    match note {
        None => out.push(0),
        Some(note) => {
            out.push(2);
            text(note, out);
        }
    }
    varint(items.len() as i64, out);
    for item in items {
        text(&item.sku, out);
        varint(i64::from(item.quantity), out);
        varint(item.unit_cents, out);
        if !item.tags.is_empty() {
            varint(item.tags.len() as i64, out);
            for tag in &item.tags {
                text(tag, out);
            }
        }
        out.push(0);
    }
    out.push(0);
    if !attributes.is_empty() {
        varint(attributes.len() as i64, out);
        for (key, value) in attributes {
            text(key, out);
            text(value, out);
        }
    }
    out.push(0);
}

#[inline(always)]
fn frame(id: u32, out: &mut Vec<u8>) {
    let [a, b, c, d] = id.to_be_bytes();
    out.extend_from_slice(&[0, a, b, c, d]);
}

#[inline(always)]
fn uuid(value: Uuid, out: &mut Vec<u8>) {
    let mut buffer = [0; 37];
    buffer[0] = 36 << 1;
    value.hyphenated().encode_lower(&mut buffer[1..]);
    out.extend_from_slice(&buffer);
}

#[inline(always)]
fn text(value: &str, out: &mut Vec<u8>) {
    varint(value.len() as i64, out);
    out.extend_from_slice(value.as_bytes());
}

#[inline(always)]
fn decimal(unscaled: i64, out: &mut Vec<u8>) {
    let bits = 65 - (unscaled ^ (unscaled >> 63)).leading_zeros();
    let length = bits.div_ceil(8).max(1) as usize;
    let bytes = unscaled.to_be_bytes();
    varint(length as i64, out);
    out.extend_from_slice(&bytes[8 - length..]);
}

#[inline(always)]
fn varint(value: i64, out: &mut Vec<u8>) {
    let mut rest = ((value << 1) ^ (value >> 63)) as u64;
    if rest < 0x80 {
        out.push(rest as u8);
        return;
    }
    let mut bytes = [0; 10];
    let mut length = 0;
    while rest >= 0x80 {
        bytes[length] = rest as u8 | 0x80;
        rest >>= 7;
        length += 1;
    }
    bytes[length] = rest as u8;
    out.extend_from_slice(&bytes[..=length]);
}
