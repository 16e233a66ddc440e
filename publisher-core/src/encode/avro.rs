//! Avro's binary encoding of the primitive types.
//!
//! Implements: Apache Avro 1.12 specification, "Binary Encoding".

/// Writes an `int` or a `long`: zig-zag, then seven bits a byte, lowest first.
#[inline(always)]
pub fn long(value: i64, out: &mut Vec<u8>) {
    let zigzag = ((value << 1) ^ (value >> 63)) as u64;
    // Lengths of texts and lists, small numbers: nearly all have one byte.
    if zigzag < 0x80 {
        out.push(zigzag as u8);
    } else {
        several_bytes(zigzag, out);
    }
}

/// Not `inline(always)`, as what is copied to every field of every event in a debug build should be short.
#[inline]
fn several_bytes(mut rest: u64, out: &mut Vec<u8>) {
    // One append from the stack measures faster than a push for each byte.
    let mut bytes = [0_u8; 10];
    let mut length = 0;
    while rest >= 0x80 {
        bytes[length] = rest as u8 | 0x80;
        rest >>= 7;
        length += 1;
    }
    bytes[length] = rest as u8;
    out.extend_from_slice(&bytes[..=length]);
}

/// Writes `bytes`, or a `string` by its UTF-8: the length, then the content.
#[inline(always)]
pub fn bytes(value: &[u8], out: &mut Vec<u8>) {
    long(value.len() as i64, out);
    out.extend_from_slice(value);
}

/// Writes a `boolean`.
#[inline(always)]
pub fn boolean(value: bool, out: &mut Vec<u8>) {
    out.push(u8::from(value));
}

/// Writes a `float`: IEEE 754, little-endian.
#[inline(always)]
pub fn float(value: f32, out: &mut Vec<u8>) {
    out.extend_from_slice(&value.to_le_bytes());
}

/// Writes a `double`: IEEE 754, little-endian.
#[inline(always)]
pub fn double(value: f64, out: &mut Vec<u8>) {
    out.extend_from_slice(&value.to_le_bytes());
}

/// Writes the unscaled value of a decimal as `bytes`: big-endian two's complement, as short as it goes.
#[inline]
pub fn decimal(unscaled: i128, out: &mut Vec<u8>) {
    match i64::try_from(unscaled) {
        Ok(short) => short_decimal(short, out),
        Err(_) => long_decimal(unscaled, out),
    }
}

/// Up to eight bytes, and before them their number: one append.
#[inline]
fn short_decimal(unscaled: i64, out: &mut Vec<u8>) {
    // One bit for the sign, and those that differ from it.
    let bits = 65 - (unscaled ^ (unscaled >> 63)).leading_zeros();
    let length = bits.div_ceil(8) as usize;
    let mut bytes = [0; 9];
    bytes[0] = (length as u8) << 1;
    bytes[1..].copy_from_slice(&(unscaled << (64 - 8 * length)).to_be_bytes());
    out.extend_from_slice(&bytes[..=length]);
}

#[cold]
fn long_decimal(unscaled: i128, out: &mut Vec<u8>) {
    let bits = 129 - (unscaled ^ (unscaled >> 127)).leading_zeros();
    let length = bits.div_ceil(8) as usize;
    bytes(&unscaled.to_be_bytes()[16 - length..], out);
}

/// Writes the start of an array's or map's only block, unless it is empty.
#[inline(always)]
pub fn block_start(count: usize, out: &mut Vec<u8>) {
    if count > 0 {
        long(count as i64, out);
    }
}

/// Writes the end of an array or map: an empty block.
#[inline(always)]
pub fn block_end(out: &mut Vec<u8>) {
    out.push(0);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(write: impl Fn(&mut Vec<u8>), expected: &str) {
        let mut out = Vec::new();
        write(&mut out);
        let hex: String = out.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, expected);
    }

    /// The examples of the specification, and the ends of the range.
    #[test]
    fn longs() {
        for (value, expected) in [
            (0, "00"),
            (-1, "01"),
            (1, "02"),
            (-2, "03"),
            (2, "04"),
            (-64, "7f"),
            (64, "8001"),
        ] {
            check(|out| long(value, out), expected);
        }
        check(|out| long(i64::MAX, out), "feffffffffffffffff01");
        check(|out| long(i64::MIN, out), "ffffffffffffffffff01");
    }

    #[test]
    fn decimals_are_minimal() {
        for (value, expected) in [
            (0, "0200"),
            (-1234, "04fb2e"),
            (127, "027f"),
            (128, "040080"),
            (-128, "0280"),
            (-129, "04ff7f"),
            (200, "0400c8"),
        ] {
            check(|out| decimal(value, out), expected);
        }
        check(|out| decimal(i128::MIN, out), "2080000000000000000000000000000000");
        check(|out| decimal(i128::MAX, out), "207fffffffffffffffffffffffffffffff");
    }

    #[test]
    fn text_and_blocks() {
        check(|out| bytes(b"foo", out), "06666f6f");
        check(
            |out| {
                block_start(0, out);
                block_end(out)
            },
            "00",
        );
        check(
            |out| {
                block_start(2, out);
                long(3, out);
                long(27, out);
                block_end(out)
            },
            "04063600",
        );
    }
}
