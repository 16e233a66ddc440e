//! Bytes at random, and changes of them.

use tests::random::Random;

/// Up to so many bytes.
pub(crate) fn any(random: &mut Random, most: usize) -> Vec<u8> {
    let length = random.below(most + 1);
    (0..length).map(|_| random.next() as u8).collect()
}

/// The bytes after a few changes: cut, flipped, doubled, with pieces that mean something in JSON put in.
pub(crate) fn mutated(random: &mut Random, bytes: &[u8]) -> Vec<u8> {
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
    for _ in 0..=random.below(4) {
        let at = random.below(changed.len() + 1);
        match random.below(6) {
            0 => changed.truncate(at),
            1 if at < changed.len() => changed[at] ^= 1 << random.below(8),
            2 if at < changed.len() => drop(changed.remove(at)),
            3 => {
                let end = (at + random.below(64)).min(changed.len());
                let again = changed[at..end].to_vec();
                changed.splice(at..at, again);
            }
            4 => {
                let end = (at + random.below(8)).min(changed.len());
                let piece = random.pick(&PIECES);
                changed.splice(at..end, piece.bytes());
            }
            _ => {
                let piece = random.pick(&PIECES).repeat(1 + random.below(3));
                changed.splice(at..at, piece.bytes());
            }
        }
    }
    changed
}
