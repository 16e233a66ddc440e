//! Files as nobody writes them: cut anywhere, and changed at random from a seed, with a right checksum too.
//!
//! Neither panics; what is taken is what was written, or an entry of which the text is the only one.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use super::entry::{Asked, StoredEntry, tests::sample};
use super::format;
use super::lock::SchemaLock;
use crate::record::{SchemaId, SubjectVersion};
use crate::schema::Fingerprint;
use crate::wire::SchemaGuid;

/// Numbers from a seed (SplitMix64, by Guy Steele and others).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % end as u64) as usize
    }
}

/// What is put in: parts of entries, numbers at the edges, what JSON and git know.
const PIECES: [&[u8]; 40] = [
    b"\"id\":",
    b"\"version\":1,",
    b"\"guid\":null",
    b"\"asked\":\"latest\",",
    b"latest",
    b"id 1",
    b"fingerprint 0000000000000001",
    b"fingerprint",
    b"\"schema\":{},",
    b"\"references\":[]",
    b"\"references\":[{}],",
    b"\"text\":\"\",",
    b"\"type\":\"AVRO\"",
    b"PROTOBUF",
    b"\"format\":2",
    b"\"\"",
    b"\"",
    b"\\",
    b"\\u0000",
    b"\\ud800",
    b"\xc3\xa4",
    b"\xff",
    b"\0",
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b"\n",
    b"\r\n",
    b"0",
    b"-1",
    b"1e999",
    b"4294967295",
    b"4294967296",
    b"99999999999999999999",
    b"null",
    b"<<<<<<< HEAD\n",
    b"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
];

/// The bytes after one to four changes: a bit, a part gone, put in, in place of another, or moved.
fn mutated(sample: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = sample.to_vec();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(bytes.len() + 1);
        let end = (at + numbers.below(12)).min(bytes.len());
        let piece = PIECES[numbers.below(PIECES.len())];
        match numbers.below(6) {
            0 => drop(bytes.drain(at..end)),
            1 => drop(bytes.splice(at..end, piece.iter().copied())),
            2 => drop(bytes.splice(at..at, piece.iter().copied())),
            3 => {
                let moved = bytes[at..end].to_vec();
                let to = numbers.below(bytes.len() + 1);
                bytes.splice(to..to, moved);
            }
            // A digit for another leaves an entry more often than the others do.
            4 => {
                let digits: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at].is_ascii_digit()).collect();
                if let Some(&at) = digits.get(numbers.below(digits.len().max(1))) {
                    bytes[at] = b"0123456789abcdef"[numbers.below(16)];
                }
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << numbers.below(8);
                }
            }
        }
    }
    bytes
}

/// Runs over that many mutations; gives how many of them were taken.
fn taken(sample: &[u8], rounds: u64, read: impl Fn(&[u8]) -> bool + std::panic::RefUnwindSafe) -> u64 {
    let mut taken = 0;
    for seed in 0..rounds {
        let bytes = mutated(sample, &mut Numbers(seed));
        match std::panic::catch_unwind(|| read(&bytes)) {
            Ok(is_taken) => taken += u64::from(is_taken),
            Err(_) => panic!("seed {seed}: {}", String::from_utf8_lossy(&bytes)),
        }
    }
    taken
}

#[test]
fn a_file_that_was_changed_is_refused_or_what_it_was() {
    let entry = sample();
    let whole = format::write(&entry).unwrap();
    for end in 0..whole.len() {
        format::read(&whole[..end]).unwrap_err();
    }
    let refused = taken(&whole, 20_000, |bytes| match format::read(bytes) {
        Ok(found) => {
            assert_eq!(found, entry);
            assert_eq!(bytes, whole);
            false
        }
        Err(reason) => {
            assert!(!reason.is_empty());
            true
        }
    });
    assert!(refused > 19_000, "{refused}");
}

#[test]
fn an_entry_with_a_right_checksum_is_refused_or_the_only_one_with_its_text() {
    let text = format!("{}\n", sample().text().unwrap());
    let read = |entry: &[u8]| {
        let found = format::read(&format::with_checksum(entry));
        found
            .map(|found| assert_eq!(found.text().unwrap() + "\n", String::from_utf8_lossy(entry)))
            .is_ok()
    };
    for end in 0..text.len() {
        assert!(!read(&text.as_bytes()[..end]), "cut at {end}");
    }
    let rounds = 20_000;
    let accepted = taken(text.as_bytes(), rounds, read);
    // Some change an id or a name and leave an entry; most leave none.
    assert!(
        accepted > rounds / 50 && accepted < rounds / 2,
        "{accepted} of {rounds}"
    );
}

#[test]
fn a_lock_that_was_changed_is_refused_or_has_one_text() {
    let mut lock = SchemaLock::default();
    for (registry, subject, fingerprint, id) in [("q", "a", 1, 1), ("r", "b-ä \"", 2, 20), ("r", "c", u64::MAX, 300)] {
        let asked = Asked::Content(Fingerprint(fingerprint));
        let mut entry = StoredEntry::new(registry, subject, asked, SchemaId(id));
        entry.version = Some(SubjectVersion(id));
        entry.guid = Some(SchemaGuid([9; 16]));
        lock.set(entry).unwrap();
    }
    let text = lock.text();
    for end in 0..text.len() {
        let Some(cut) = text.get(..end) else { continue };
        match SchemaLock::parse(cut) {
            Ok(found) => assert_eq!((&found, cut), (&lock, text.trim_end())),
            Err(error) => assert!(error.to_string().starts_with("line "), "{error}"),
        }
    }
    let rounds = 20_000;
    let accepted = taken(text.as_bytes(), rounds, |bytes| {
        let Ok(text) = std::str::from_utf8(bytes) else {
            return false;
        };
        let Ok(found) = SchemaLock::parse(text) else {
            return false;
        };
        let again = SchemaLock::parse(&found.text()).unwrap();
        assert_eq!(again, found);
        for entry in found.entries() {
            let Asked::Content(fingerprint) = entry.asked else {
                panic!("{entry:?}")
            };
            assert_eq!(found.find(&entry.registry, &entry.subject, fingerprint), Some(entry));
        }
        true
    });
    assert!(
        accepted > rounds / 50 && accepted < rounds / 2,
        "{accepted} of {rounds}"
    );
}
