//! [`PartitionRule`]: what a user says of keys and partitions, by a function or by a table of prefixes.
//!
//! Pure, but for the user's function. Knows no state: what goes round or sticks is in `choice`.

use std::fmt;
use std::sync::Arc;

type Function = dyn Fn(Option<&[u8]>, i32) -> Option<i32> + Send + Sync;

/// The rule of [`Partitioner::By`](super::Partitioner::By). A handle: clones share the function.
#[derive(Clone)]
pub struct PartitionRule(Kind);

#[derive(Clone)]
enum Kind {
    Function(Arc<Function>),
    Prefixes(Arc<Prefixes>),
}

struct Prefixes {
    /// The longest first, so that the first one that fits counts.
    partitions: Vec<(Vec<u8>, i32)>,
    /// The partitions in the table, each once and in ascending order.
    taken: Vec<i32>,
}

/// What a rule says of one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ruling<'a> {
    /// This partition, which the topic may lack.
    Partition(i32),
    /// By hash, over the partitions that are none of these; they are in ascending order.
    Others(&'a [i32]),
}

impl PartitionRule {
    pub(super) fn function(choose: impl Fn(Option<&[u8]>, i32) -> Option<i32> + Send + Sync + 'static) -> Self {
        Self(Kind::Function(Arc::new(choose)))
    }

    pub(super) fn prefixes<P: Into<Vec<u8>>>(prefixes: impl IntoIterator<Item = (P, i32)>) -> Self {
        let mut partitions: Vec<(Vec<u8>, i32)> = prefixes
            .into_iter()
            .map(|(prefix, partition)| (prefix.into(), partition))
            .collect();
        // Stable: of two equal prefixes the first counts.
        partitions.sort_by_key(|(prefix, _)| std::cmp::Reverse(prefix.len()));
        let mut taken: Vec<i32> = partitions.iter().map(|(_, partition)| *partition).collect();
        taken.sort_unstable();
        taken.dedup();
        Self(Kind::Prefixes(Arc::new(Prefixes { partitions, taken })))
    }

    /// What it says of a record. Panics as the user's function does.
    pub(super) fn rule(&self, key: Option<&[u8]>, partitions: i32) -> Ruling<'_> {
        match &self.0 {
            Kind::Function(choose) => choose(key, partitions).map_or(Ruling::Others(&[]), Ruling::Partition),
            Kind::Prefixes(table) => {
                let of_key = key.and_then(|key| table.partitions.iter().find(|(prefix, _)| key.starts_with(prefix)));
                of_key.map_or(Ruling::Others(&table.taken), |(_, partition)| {
                    Ruling::Partition(*partition)
                })
            }
        }
    }
}

impl fmt::Debug for PartitionRule {
    /// Prefixes are parts of keys and may be personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Kind::Function(_) => "a function",
            Kind::Prefixes(_) => "prefixes",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_prefix_counts_and_the_rest_is_told() {
        let rule = PartitionRule::prefixes([("us", 3), ("us-east", 1), ("eu", 1), ("eu", 5)]);
        let check = |key: Option<&str>, expected| {
            assert_eq!(rule.rule(key.map(str::as_bytes), 9), expected, "{key:?}");
        };
        check(Some("us-east-1"), Ruling::Partition(1));
        check(Some("us-west"), Ruling::Partition(3));
        check(Some("eu"), Ruling::Partition(1));
        check(Some("asia"), Ruling::Others(&[1, 3, 5]));
        check(Some(""), Ruling::Others(&[1, 3, 5]));
        check(None, Ruling::Others(&[1, 3, 5]));
    }

    #[test]
    fn a_function_answers_or_leaves_it_to_the_hash() {
        let rule = PartitionRule::function(|key, partitions| key.map(|key| key.len() as i32 + partitions));
        assert_eq!(rule.rule(Some(b"ab"), 6), Ruling::Partition(8));
        assert_eq!(rule.rule(None, 6), Ruling::Others(&[]));
    }

    #[test]
    fn debug_shows_no_part_of_a_key() {
        let shown = format!("{:?}", PartitionRule::prefixes([("canary", 0)]));
        assert_eq!(shown, "prefixes");
    }
}
