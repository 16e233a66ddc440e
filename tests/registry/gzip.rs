//! gzip by hand: a valid small answer, and the pieces of one that unpacks to more than anybody has room for.
//!
//! Implements: RFC 1951 (fixed Huffman codes), RFC 1952.

const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

/// The text in one block that is stored as it is.
pub(crate) fn stored(text: &str) -> Vec<u8> {
    let length = u16::try_from(text.len()).unwrap();
    let mut bytes = HEAD.to_vec();
    bytes.push(1);
    bytes.extend(length.to_le_bytes());
    bytes.extend((!length).to_le_bytes());
    bytes.extend(text.as_bytes());
    bytes.extend(crc(text.as_bytes()).to_le_bytes());
    bytes.extend(u32::from(length).to_le_bytes());
    bytes
}

/// The beginning of a stream, a blank, and what repeats it 2 064 times in 13 bytes, as often as it is sent.
pub(crate) fn bomb() -> (Vec<u8>, Vec<u8>) {
    let mut bits = Bits::default();
    // Not the last block, fixed codes.
    bits.put(0, 1);
    bits.put(1, 2);
    bits.code(0b0011_0000 + u32::from(b' '), 8);
    // Repeats up to the next border of a byte, so that the piece fits behind itself.
    while bits.filled != 0 {
        bits.repeat();
    }
    let first = [&HEAD[..], &bits.bytes].concat();
    let mut again = Bits::default();
    for _ in 0..8 {
        again.repeat();
    }
    (first, again.bytes.repeat(1_000))
}

#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    filled: u32,
}

impl Bits {
    fn put(&mut self, value: u32, count: u32) {
        for bit in 0..count {
            if self.filled == 0 {
                self.bytes.push(0);
            }
            if value >> bit & 1 == 1 {
                *self.bytes.last_mut().unwrap() |= 1 << self.filled;
            }
            self.filled = (self.filled + 1) % 8;
        }
    }

    /// Huffman codes go in with their highest bit first.
    fn code(&mut self, code: u32, count: u32) {
        self.put(code.reverse_bits() >> (32 - count), count);
    }

    /// The last byte 258 times more: length code 285, distance code 0.
    fn repeat(&mut self) {
        self.code(0b1100_0101, 8);
        self.code(0, 5);
    }
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            crc >> 1 ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 }
        })
    })
}
