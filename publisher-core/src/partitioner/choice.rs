//! [`Chooser`]: a partitioner at work, with the little that it remembers of each topic.
//!
//! Knows no client: who calls brings the number of partitions, which of them have a leader, and the time.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::rule::Ruling;
use super::{PartitionRule, Partitioner, partition};
use crate::error::{Persistence, ProduceError, ProduceErrorKind};

/// How long a topic's records keep to one partition where their keys do not decide: librdkafka's default of
/// `sticky.partitioning.linger.ms`.
const STICKY: Duration = Duration::from_millis(10);

/// What was chosen for one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    Partition(i32),
    /// The rule answered with a partition that the topic lacks.
    NoSuchPartition(i32),
}

/// A partitioner at work for one producer.
pub(crate) struct Chooser {
    partitioner: Partitioner,
    topics: Mutex<HashMap<String, Position>>,
    /// Whether a panic of the rule was logged.
    told: AtomicBool,
    random: RandomState,
}

/// Where a topic's round and its stickiness stand.
#[derive(Default)]
struct Position {
    next: i32,
    sticky: Option<(i32, Instant)>,
    /// How often it moved, as a source of random numbers.
    moves: u64,
}

impl Chooser {
    pub(crate) fn new(partitioner: Partitioner) -> Self {
        Self {
            partitioner,
            topics: Mutex::default(),
            told: AtomicBool::new(false),
            random: RandomState::new(),
        }
    }

    /// Chooses for a record of a topic with so many partitions, of which `available` tells those with a leader.
    /// Never panics: it is called from C.
    pub(crate) fn choose(
        &self,
        topic: &str,
        key: Option<&[u8]>,
        partitions: i32,
        now: Instant,
        available: impl Fn(i32) -> bool,
    ) -> Choice {
        // No client asks for a topic without partitions; if one did, its own check would end the record.
        let partitions = partitions.max(1);
        // The whole of it, because the log's subscriber is a user's code as well.
        let chosen = catch_unwind(AssertUnwindSafe(|| match &self.partitioner {
            Partitioner::Murmur2 => self.by_hash(topic, key, partitions, &[], now, &available),
            Partitioner::RoundRobin => Choice::Partition(self.next(topic, partitions, &available)),
            Partitioner::Sticky => Choice::Partition(self.sticky(topic, partitions, &[], now, &available)),
            Partitioner::By(rule) => match self.ruling(rule, topic, key, partitions) {
                Ruling::Partition(chosen) if (0..partitions).contains(&chosen) => Choice::Partition(chosen),
                Ruling::Partition(absent) => Choice::NoSuchPartition(absent),
                Ruling::Others(taken) => self.by_hash(topic, key, partitions, taken, now, &available),
            },
        }));
        chosen.unwrap_or_else(|_| Choice::Partition(key.map_or(0, |key| partition(key, partitions))))
    }

    fn ruling<'a>(&self, rule: &'a PartitionRule, topic: &str, key: Option<&[u8]>, partitions: i32) -> Ruling<'a> {
        catch_unwind(AssertUnwindSafe(|| rule.rule(key, partitions))).unwrap_or_else(|_| {
            if !self.told.swap(true, Ordering::Relaxed) {
                tracing::error!(
                    topic,
                    "the partitioner's function panicked; its records go by the hash of their keys. Told once"
                );
            }
            Ruling::Others(&[])
        })
    }

    /// By the hash of the key over the partitions that are not taken; without a key, one of them for a while.
    fn by_hash(
        &self,
        topic: &str,
        key: Option<&[u8]>,
        partitions: i32,
        taken: &[i32],
        now: Instant,
        available: &impl Fn(i32) -> bool,
    ) -> Choice {
        let (taken, free) = rest(taken, partitions);
        Choice::Partition(match key {
            Some(key) => nth(partition(key, free), taken),
            None => self.sticky(topic, partitions, taken, now, available),
        })
    }

    fn next(&self, topic: &str, partitions: i32, available: &impl Fn(i32) -> bool) -> i32 {
        self.with(topic, |position| {
            // A topic has more partitions only ever, but it may be made anew with less.
            let first = position.next % partitions;
            let round = (0..partitions).map(|step| (first + step) % partitions);
            let chosen = round.clone().find(|candidate| available(*candidate)).unwrap_or(first);
            position.next = (chosen + 1) % partitions;
            chosen
        })
    }

    fn sticky(
        &self,
        topic: &str,
        partitions: i32,
        taken: &[i32],
        now: Instant,
        available: &impl Fn(i32) -> bool,
    ) -> i32 {
        let free = partitions - taken.len() as i32;
        self.with(topic, |position| {
            let before = position.sticky;
            if let Some((chosen, since)) = before
                && now.saturating_duration_since(since) < STICKY
                && chosen < partitions
                && available(chosen)
            {
                return chosen;
            }
            position.moves += 1;
            let start = (self.random.hash_one((topic, position.moves)) % free.unsigned_abs() as u64) as i32;
            let mut round = (0..free).map(|step| nth((start + step) % free, taken));
            let fits = |candidate: &i32| before.is_none_or(|(old, _)| old != *candidate) && available(*candidate);
            // Where no other one has a leader, the old one or any.
            let chosen = round.find(fits).unwrap_or_else(|| match before {
                Some((old, _)) if old < partitions => old,
                _ => nth(start, taken),
            });
            position.sticky = Some((chosen, now));
            chosen
        })
    }

    fn with<T>(&self, topic: &str, work: impl FnOnce(&mut Position) -> T) -> T {
        let mut topics = self.topics.lock().unwrap_or_else(PoisonError::into_inner);
        match topics.get_mut(topic) {
            Some(position) => work(position),
            None => work(topics.entry(topic.to_owned()).or_default()),
        }
    }
}

/// The taken partitions that the topic has, in ascending order, and how many are left beside them; none is taken where
/// nothing would be left.
fn rest(taken: &[i32], partitions: i32) -> (&[i32], i32) {
    let start = taken.partition_point(|partition| *partition < 0);
    let end = taken.partition_point(|partition| *partition < partitions);
    let present = &taken[start..end];
    match partitions - present.len() as i32 {
        0 => (&[], partitions),
        free => (present, free),
    }
}

/// The partition at this place among those that are not taken.
fn nth(index: i32, taken: &[i32]) -> i32 {
    taken
        .iter()
        .fold(index, |at, taken| if *taken <= at { at + 1 } else { at })
}

/// The error of a record for which the rule chose a partition that the topic lacks; `partitions` is how many it has.
pub(crate) fn no_such_partition(topic: &str, chosen: i32, partitions: i32) -> ProduceError {
    let reason = format!(
        "the partitioner chose partition {chosen} of topic {topic}, which has {partitions}, counted from 0: answer with one \
         of them, or with `None` for the hash of the key"
    );
    ProduceError::new(ProduceErrorKind::UnknownTopic, Persistence::NotPersisted, reason)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn all(_: i32) -> bool {
        true
    }

    /// The choices for these keys, one after the other, at one moment.
    fn check(
        partitioner: Partitioner,
        partitions: i32,
        available: impl Fn(i32) -> bool,
        cases: &[(Option<&str>, i32)],
    ) {
        let (chooser, now) = (Chooser::new(partitioner), Instant::now());
        for (key, expected) in cases {
            let chosen = chooser.choose("orders", key.map(str::as_bytes), partitions, now, &available);
            assert_eq!(chosen, Choice::Partition(*expected), "{key:?} of {cases:?}");
        }
    }

    fn hash(key: &str, partitions: i32) -> i32 {
        partition(key.as_bytes(), partitions)
    }

    #[test]
    fn keys_go_by_their_hash() {
        let keys = ["21", "foobar", "a-little-bit-long-string", "", "abc"];
        let cases = keys.map(|key| (Some(key), hash(key, 6)));
        check(Partitioner::Murmur2, 6, all, &cases);
        // Whether there is a leader makes no difference: the key's place is its place.
        check(Partitioner::Murmur2, 6, |_| false, &cases);
    }

    #[test]
    fn a_round_passes_over_partitions_without_a_leader() {
        let round = |partitions: &[i32]| partitions.iter().map(|at| (Some("k"), *at)).collect::<Vec<_>>();
        check(Partitioner::RoundRobin, 4, all, &round(&[0, 1, 2, 3, 0, 1]));
        check(
            Partitioner::RoundRobin,
            4,
            |at| at != 1 && at != 3,
            &round(&[0, 2, 0, 2]),
        );
        check(Partitioner::RoundRobin, 3, |_| false, &round(&[0, 1, 2, 0]));
        check(Partitioner::RoundRobin, 1, all, &round(&[0, 0]));
    }

    #[test]
    fn each_topic_has_its_own_round() {
        let (chooser, now) = (Chooser::new(Partitioner::RoundRobin), Instant::now());
        for expected in [0, 1, 2] {
            for topic in ["a", "b"] {
                assert_eq!(chooser.choose(topic, None, 3, now, all), Choice::Partition(expected));
            }
        }
        // Made anew with fewer partitions.
        assert_eq!(chooser.choose("a", None, 2, now, all), Choice::Partition(0));
    }

    #[test]
    fn what_sticks_moves_after_its_time_and_away_from_where_no_leader_is() {
        let (chooser, start) = (Chooser::new(Partitioner::Sticky), Instant::now());
        let choose =
            |at: Instant, available: &dyn Fn(i32) -> bool| match chooser.choose("orders", Some(b"k"), 5, at, available)
            {
                Choice::Partition(chosen) => chosen,
                other => panic!("{other:?}"),
            };
        let mut seen = HashSet::new();
        let mut last = None;
        for step in 0..100 {
            let now = start + STICKY * step;
            let chosen = choose(now, &all);
            assert_ne!(last, Some(chosen), "it moves");
            assert_eq!(choose(now + STICKY / 2, &all), chosen, "it stays");
            assert_eq!(choose(start, &all), chosen, "an older time is no reason to move");
            seen.insert(chosen);
            last = Some(chosen);
        }
        assert_eq!(seen.len(), 5, "all have their turn");
        let now = start + STICKY * 200;
        let chosen = choose(now, &all);
        let other = choose(now, &|at| at != chosen);
        assert_ne!(other, chosen, "no leader");
        assert_eq!(choose(now + STICKY, &|at| at == other), other, "no other leader");
        assert_eq!(choose(now + STICKY, &|_| false), other, "none at all");
    }

    #[test]
    fn premium_keys_have_a_partition_and_the_others_the_rest() {
        let premium = || Partitioner::prefix("premium-", 0);
        check(
            premium(),
            6,
            all,
            &[
                (Some("premium-7"), 0),
                (Some("basic-7"), 1 + hash("basic-7", 5)),
                (Some("premium"), 1 + hash("premium", 5)),
                (Some(""), 1 + hash("", 5)),
            ],
        );
        check(
            premium(),
            1,
            all,
            &[(Some("premium-7"), 0), (Some("basic-7"), 0), (None, 0)],
        );
        let (chooser, now) = (Chooser::new(Partitioner::prefix("premium-", 1)), Instant::now());
        for step in 0..50 {
            let chosen = chooser.choose("orders", None, 3, now + STICKY * step, all);
            assert_ne!(
                chosen,
                Choice::Partition(1),
                "a record without a key is none of the premium ones"
            );
        }
    }

    #[test]
    fn regions_have_their_partitions() {
        let regions = || Partitioner::prefixes([("us-east", 3), ("us-west", 1), ("eu", 8)]);
        // 0, 2, 4 and 5 are left of 6.
        let rest = [0, 2, 4, 5];
        let over_the_rest = |key: &'static str| (Some(key), rest[hash(key, 4) as usize]);
        check(
            regions(),
            6,
            all,
            &[
                (Some("us-east-1:7"), 3),
                (Some("us-west:7"), 1),
                over_the_rest("asia"),
                over_the_rest("us"),
                over_the_rest("africa"),
                over_the_rest("d"),
            ],
        );
        let (chooser, now) = (Chooser::new(regions()), Instant::now());
        assert_eq!(
            chooser.choose("orders", Some(b"eu:7"), 6, now, all),
            Choice::NoSuchPartition(8)
        );
        check(
            Partitioner::prefixes([("a", 0), ("b", 1)]),
            2,
            all,
            &[(Some("x"), hash("x", 2))],
        );
    }

    #[test]
    fn a_function_decides_or_leaves_it_to_the_hash() {
        let by = |answer: Option<i32>| Partitioner::by(move |_, _| answer);
        check(by(Some(5)), 6, all, &[(Some("k"), 5), (None, 5)]);
        check(by(None), 6, all, &[(Some("k"), hash("k", 6))]);
        for absent in [6, -1, i32::MIN, i32::MAX] {
            let (chooser, now) = (Chooser::new(by(Some(absent))), Instant::now());
            assert_eq!(
                chooser.choose("orders", None, 6, now, all),
                Choice::NoSuchPartition(absent)
            );
        }
        assert_eq!(
            no_such_partition("orders", 6, 6).to_string(),
            "the partitioner chose partition 6 of topic orders, which has 6, counted from 0: answer with one of them, or with \
             `None` for the hash of the key"
        );
    }

    #[test]
    fn a_panic_leaves_the_record_to_the_hash() {
        let panicking = Partitioner::by(|_, _| panic!("this panic belongs to the test"));
        check(
            panicking,
            6,
            all,
            &[(Some("a"), hash("a", 6)), (Some("b"), hash("b", 6))],
        );
    }
}
