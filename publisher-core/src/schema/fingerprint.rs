//! A number for a schema's text, by which caches and logs know it.

use std::fmt;

/// The CRC-64-AVRO of a text.
///
/// Of the whole text, documentation and layout included: two texts that a registry may tell apart must not share one.
///
/// Implements: Apache Avro 1.12 specification, "Schema Fingerprints" (the hash, not the canonical form).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint(pub u64);

impl Fingerprint {
    /// The fingerprint of these bytes.
    #[must_use]
    pub const fn of(bytes: &[u8]) -> Self {
        let mut crc = EMPTY;
        let mut index = 0;
        while index < bytes.len() {
            crc = (crc >> 8) ^ TABLE[((crc ^ bytes[index] as u64) & 0xff) as usize];
            index += 1;
        }
        Self(crc)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

const EMPTY: u64 = 0xc15d_213a_a4d7_a795;

const TABLE: [u64; 256] = {
    let mut table = [0; 256];
    let mut index = 0;
    while index < 256 {
        let mut crc = index as u64;
        let mut bit = 0;
        while bit < 8 {
            crc = (crc >> 1) ^ (EMPTY & (crc & 1).wrapping_neg());
            bit += 1;
        }
        table[index] = crc;
        index += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::Fingerprint;

    /// Vectors of Avro's own test suite (`schema-tests.txt`), which hash these canonical forms.
    #[test]
    fn agrees_with_avro() {
        assert_eq!(Fingerprint::of(br#""null""#).0 as i64, 7195948357588979594);
        assert_eq!(Fingerprint::of(br#""boolean""#).0 as i64, -6970731678124411036);
        assert_eq!(Fingerprint::of(br#""int""#).0 as i64, 8247732601305521295);
    }
}
