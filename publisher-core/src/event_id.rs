//! New event ids: uuids of version 7, made without a lock or a call of the system.
//!
//! Unique by 74 random bits, from a generator of each thread that the system's randomness seeds. Those of one thread rise,
//! also within a millisecond and when the clock is put back. Not secret: who sees ids of a thread can guess others of it.

use std::cell::Cell;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hasher as _};

use uuid::Builder;

/// How long an id is as text.
pub(crate) const TEXT_LEN: usize = uuid::fmt::Hyphenated::LENGTH;

/// Writes a new id as text.
///
/// Implements: RFC 9562, version 7, with the random part raised by a random step within a millisecond (section 6.2, method 2).
pub(crate) fn write(now_ms: i64, out: &mut [u8]) {
    let (ms, random) = GENERATOR.with(|generator| {
        let next = generator.get().next(now_ms.unsigned_abs());
        generator.set(next);
        (next.ms, next.random)
    });
    let mut bytes = [0; 10];
    // The builder takes 12 bits of the first two bytes and 62 of the others.
    bytes[..2].copy_from_slice(&((random >> 62) as u16 & 0x0fff).to_be_bytes());
    bytes[2..].copy_from_slice(&(random as u64 & (u64::MAX >> 2)).to_be_bytes());
    let id = Builder::from_unix_timestamp_millis(ms, &bytes).into_uuid();
    id.hyphenated().encode_lower(out);
}

thread_local! {
    static GENERATOR: Cell<Generator> = Cell::new(Generator::seeded());
}

#[derive(Clone, Copy)]
struct Generator {
    /// The time of the last id.
    ms: u64,
    /// The 74 bits of the last id.
    random: u128,
    state: [u64; 2],
}

impl Generator {
    /// Hashing under the keys that `RandomState` takes from the system gives numbers that nobody foresees.
    fn seeded() -> Self {
        let number = || RandomState::new().build_hasher().finish();
        Self {
            ms: 0,
            random: 0,
            // Not both zero, which would stay as they are.
            state: [number() | 1, number()],
        }
    }

    fn next(mut self, now_ms: u64) -> Self {
        if now_ms > self.ms {
            self.ms = now_ms;
            // One bit is left free for the ids that follow within the millisecond.
            self.random = (u128::from(self.draw()) << 64 | u128::from(self.draw())) & (MAX >> 1);
            return self;
        }
        self.random += u128::from(self.draw() >> 8) + 1;
        if self.random > MAX {
            self.ms += 1;
            self.random &= MAX >> 1;
        }
        self
    }

    /// The next number.
    ///
    /// Implements: xoroshiro128++ 1.0 by Blackman and Vigna.
    fn draw(&mut self) -> u64 {
        let [s0, mut s1] = self.state;
        let result = s0.wrapping_add(s1).rotate_left(17).wrapping_add(s0);
        s1 ^= s0;
        self.state = [s0.rotate_left(49) ^ s1 ^ (s1 << 21), s1.rotate_left(28)];
        result
    }
}

/// The highest of the random part.
const MAX: u128 = (1 << 74) - 1;

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn new(now_ms: i64) -> String {
        let mut text = [0; TEXT_LEN];
        write(now_ms, &mut text);
        std::str::from_utf8(&text).map(str::to_owned).unwrap_or_default()
    }

    #[test]
    fn ids_are_of_version_7_with_the_time_in_front() {
        let id = uuid::Uuid::parse_str(&new(1_700_000_000_123));
        let id = id.unwrap_or_default();
        assert_eq!((id.get_version_num(), id.get_variant()), (7, uuid::Variant::RFC4122));
        let time = id.get_timestamp().map(|time| time.to_unix());
        assert_eq!(time, Some((1_700_000_000, 123_000_000)));
    }

    #[test]
    fn those_of_a_thread_rise_whatever_the_clock_does() {
        let mut before = new(5);
        for now_ms in [5, 5, 6, 6, 4, 4, 7, 3].into_iter().cycle().take(20_000) {
            let next = new(now_ms);
            assert!(before < next, "{before} {next}");
            before = next;
        }
    }

    #[test]
    fn no_two_are_the_same() {
        let threads: Vec<_> = (0..4)
            .map(|_| std::thread::spawn(|| (0..10_000).map(|_| new(1)).collect::<Vec<_>>()))
            .collect();
        let mut ids = HashSet::new();
        for thread in threads {
            ids.extend(thread.join().unwrap_or_default());
        }
        assert_eq!(ids.len(), 40_000);
    }
}
