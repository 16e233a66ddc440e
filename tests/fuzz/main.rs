//! What others control, at random: a registry's answers, frames, files of the disk cache and lock files. Nothing panics,
//! nothing hangs, and memory stays bounded: all of it runs in one process of its own, whose peak is read at the end.
//!
//! Bounded and seeded: `PUBLISHER_FUZZ_SEED` and `PUBLISHER_FUZZ_ROUNDS` say otherwise. A failure names its seed and its
//! input.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

mod answers;
mod bytes;

use std::panic::{AssertUnwindSafe, catch_unwind};

use publisher_core::registry::{Asked, DiskCache, SchemaLock, SchemaText, SchemaType, StoredEntry};
use publisher_core::schema::Fingerprint;
use publisher_core::wire::{Frame, message_indexes};
use publisher_core::{SchemaId, SubjectVersion};
use tests::folder::Folder;
use tests::random::Random;

/// What the process may have held at its peak, in KiB: the program, a body of 4 MiB a few times over as bytes, text and
/// tree, and not the 50 MB that some answers have.
const MOST_KIB: u64 = 192 * 1024;

/// One test, so that nothing else runs beside the measurement.
#[test]
fn hostile_input_ends_in_an_error_and_in_bounded_memory() {
    let seed = setting("PUBLISHER_FUZZ_SEED").unwrap_or(6);
    let rounds = setting("PUBLISHER_FUZZ_ROUNDS").unwrap_or(3_000);
    let mut random = Random::new(seed);
    answers::run(&mut random, seed, rounds);
    frames(&mut random, seed, rounds * 50);
    locks(&mut random, seed, rounds);
    files(&mut random, seed, rounds / 3);
    if let Some(peak) = peak_kib() {
        assert!(
            peak < MOST_KIB,
            "seed {seed}: the process held {peak} KiB at its peak, more than {MOST_KIB}"
        );
    }
}

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|value| value.parse().unwrap())
}

/// The peak of the process's memory; `None` where the system does not tell it in this way.
fn peak_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

/// Runs what must not panic.
fn check(seed: u64, what: &str, input: &[u8], run: impl FnOnce()) {
    if catch_unwind(AssertUnwindSafe(run)).is_err() {
        let shown = String::from_utf8_lossy(&input[..input.len().min(4_096)]).into_owned();
        panic!("seed {seed}: {what} panicked on {} bytes: {shown:?}", input.len());
    }
}

fn frames(random: &mut Random, seed: u64, rounds: u64) {
    for _ in 0..rounds {
        let mut bytes = bytes::any(random, 40);
        if let Some(first) = bytes.first_mut() {
            *first = random.pick(&[0, 1, 2, *first]);
        }
        let header = random.maybe(3).then(|| bytes::any(random, 24));
        check(seed, "a frame", &bytes, || {
            let frame = Frame::of_record(header.as_deref(), Some(&bytes));
            if let Ok(Some(frame)) = frame {
                assert!(frame.payload.len() <= bytes.len());
                let _ = frame.message_indexes();
            }
            let _ = message_indexes(&bytes);
        });
    }
}

fn entry(random: &mut Random) -> StoredEntry {
    let subject = random.pick(&["orders-value", "", ":.ctx:a/b", "ä\"\\\n"]);
    let mut entry = StoredEntry::new("http://r", subject, Asked::Content(Fingerprint(7)), SchemaId(41));
    entry.version = random.maybe(5).then_some(SubjectVersion(3));
    entry
}

fn locks(random: &mut Random, seed: u64, rounds: u64) {
    let mut lock = SchemaLock::default();
    for id in 1..=5 {
        let asked = Asked::Content(Fingerprint(u64::from(id)));
        lock.set(StoredEntry::new("http://r", format!("s{id}"), asked, SchemaId(id)))
            .unwrap();
    }
    let right = lock.text();
    for _ in 0..rounds {
        let text = bytes::mutated(random, right.as_bytes());
        check(seed, "a lock file", &text, || {
            // Whatever is taken is a whole lock: it says itself again.
            if let Ok(lock) = SchemaLock::parse(&String::from_utf8_lossy(&text)) {
                assert_eq!(SchemaLock::parse(&lock.text()).unwrap(), lock);
            }
        });
    }
}

fn files(random: &mut Random, seed: u64, rounds: u64) {
    let folder = Folder::new();
    let cache = DiskCache::at(folder.path.join("cache"));
    for _ in 0..rounds {
        let mut kept = entry(random);
        kept.schema = random.maybe(3).then(|| SchemaText::new(SchemaType::Avro, "\"string\""));
        cache.keep(&kept).unwrap();
        let file = std::fs::read_dir(cache.folder())
            .unwrap()
            .next()
            .unwrap()
            .unwrap()
            .path();
        let bytes = bytes::mutated(random, &std::fs::read(&file).unwrap());
        std::fs::write(&file, &bytes).unwrap();
        check(seed, "a file of the disk cache", &bytes, || {
            // A wrong answer would be a wrong id in every record.
            if let Some(found) = cache.find(&kept.registry, &kept.subject, kept.asked) {
                assert_eq!(found, kept);
            }
        });
        std::fs::remove_file(&file).unwrap();
    }
}
