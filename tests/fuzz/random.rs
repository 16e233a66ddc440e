//! Numbers from a seed, and changes of bytes.

/// SplitMix64, by Guy Steele and others.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.next() % count as u64).unwrap()
    }

    /// So often in ten.
    pub(crate) fn maybe(&mut self, times: usize) -> bool {
        self.below(10) < times
    }

    pub(crate) fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    pub(crate) fn bytes(&mut self, most: usize) -> Vec<u8> {
        let length = self.below(most + 1);
        (0..length).map(|_| self.next() as u8).collect()
    }

    /// The bytes after a few changes: cut, flipped, doubled, with pieces that mean something in JSON put in.
    pub(crate) fn mutated(&mut self, bytes: &[u8]) -> Vec<u8> {
        const PIECES: [&str; 16] = [
            "0",
            "-1",
            "4294967296",
            "1e400",
            "null",
            "true",
            "\"\"",
            "[]",
            "{}",
            "{",
            "]",
            ",",
            "\\u0000",
            "\"id\":",
            "\n",
            "\u{feff}",
        ];
        let mut changed = bytes.to_vec();
        for _ in 0..=self.below(4) {
            let at = self.below(changed.len() + 1);
            match self.below(6) {
                0 => changed.truncate(at),
                1 if at < changed.len() => changed[at] ^= 1 << self.below(8),
                2 if at < changed.len() => drop(changed.remove(at)),
                3 => {
                    let end = (at + self.below(64)).min(changed.len());
                    let again = changed[at..end].to_vec();
                    changed.splice(at..at, again);
                }
                4 => {
                    let end = (at + self.below(8)).min(changed.len());
                    let piece = self.pick(&PIECES);
                    changed.splice(at..end, piece.bytes());
                }
                _ => {
                    let piece = self.pick(&PIECES).repeat(1 + self.below(3));
                    changed.splice(at..at, piece.bytes());
                }
            }
        }
        changed
    }
}
