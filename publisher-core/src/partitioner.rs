//! [`Partitioner`]: which partition a record goes to, and the hash of Kafka's Java client that decides it by default.
//!
//! Knows no topic and no broker: a producer brings topic, key and the number of partitions to `choice`.

mod choice;
mod rule;

pub(crate) use choice::{Choice, Chooser, no_such_partition};
pub use rule::PartitionRule;

/// Which partition a record goes to that names none itself.
///
/// Chosen once for a producer and all of its topics. Only [`Murmur2`](Self::Murmur2) and rules that look at nothing but
/// the key put the records of one key on one partition, which is what keeps them in order; beside a failure policy that
/// holds keys, `build` refuses those that do not.
///
/// # Examples
/// ```
/// use publisher_core::partitioner::Partitioner;
///
/// // Customers who pay for it have a partition of their own.
/// let premium = Partitioner::prefix("premium-", 0);
/// // By region; what belongs to none is hashed over the partitions that no region has.
/// let regions = Partitioner::prefixes([("us-east", 0), ("us-west", 1), ("eu", 2)]);
/// // Whatever else: this one reads the shard at the end of the key, and leaves keys without one to the hash.
/// let shards = Partitioner::by(|key, partitions| {
///     let shard: i32 = std::str::from_utf8(key?).ok()?.rsplit_once('#')?.1.parse().ok()?;
///     Some(shard.rem_euclid(partitions))
/// });
/// # let _ = (premium, regions, shards);
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub enum Partitioner {
    /// By the hash of the key, as Java's clients put it and look for it. Records without a key keep to one partition for
    /// a while and go to another one then. The default.
    ///
    /// Implements: `murmur2_random` of librdkafka; `BuiltInPartitioner` of Apache Kafka for records with a key.
    #[default]
    Murmur2,
    /// One partition after the other, for each topic; those without a leader are passed over. Keys do not count, so that
    /// **the records of one key lose their order**.
    ///
    /// Implements: `org.apache.kafka.clients.producer.RoundRobinPartitioner`.
    RoundRobin,
    /// One partition for 10 ms, then another one with a leader, at random: fuller batches than
    /// [`RoundRobin`](Self::RoundRobin) makes. Keys do not count, so that **the records of one key lose their order**.
    ///
    /// Implements: KIP-480 for every record, as `UniformStickyPartitioner` of Apache Kafka; by time, as librdkafka's
    /// `sticky.partitioning.linger.ms` has it.
    Sticky,
    /// By a rule; made by [`by`](Self::by), [`prefix`](Self::prefix) and [`prefixes`](Self::prefixes).
    By(PartitionRule),
}

impl Partitioner {
    /// By a function of the key and of the number of the topic's partitions, which is at least 1. `None` leaves the record
    /// to the hash of its key, as [`Murmur2`](Self::Murmur2) does.
    ///
    /// The key is `None` for a record without one. It has its final bytes: of an Avro key the frame with the schema id
    /// comes first, 5 bytes, unless the framing is `Framing::GuidHeaders`.
    ///
    /// The partition is counted from 0. One that the topic lacks ends the record with an error of the kind
    /// [`UnknownTopic`](crate::ProduceErrorKind::UnknownTopic) that names it: surely not sent, not retriable. A panic is
    /// caught, logged once, and the record is left to the hash.
    ///
    /// Called on the thread that sends or on the client's own, perhaps by several threads at once and more than once for a
    /// record, while the client holds a lock: the function must return soon, and must not call the publisher. As long as
    /// the order of a key's records counts, it has to answer the same for the same.
    pub fn by(choose: impl Fn(Option<&[u8]>, i32) -> Option<i32> + Send + Sync + 'static) -> Self {
        Self::By(PartitionRule::function(choose))
    }

    /// Keys that begin with `prefix` go to `partition`; all other records are hashed over the rest. Where there is no
    /// other partition, they go there too.
    pub fn prefix(prefix: impl Into<Vec<u8>>, partition: i32) -> Self {
        Self::prefixes([(prefix, partition)])
    }

    /// Keys that begin with one of these go to its partition, and of several that fit the longest counts; all other
    /// records are hashed over the partitions that are none of these. Where there is none left, they are hashed over
    /// all.
    ///
    /// A partition that the topic lacks ends the records whose keys lead to it, as at [`by`](Self::by).
    pub fn prefixes<P: Into<Vec<u8>>>(prefixes: impl IntoIterator<Item = (P, i32)>) -> Self {
        Self::By(PartitionRule::prefixes(prefixes))
    }

    /// Whether the records of one key keep to one partition, so far as the rule's answers depend on nothing else.
    #[cfg(feature = "kafka")]
    pub(crate) fn keeps_keys_together(&self) -> bool {
        match self {
            Self::Murmur2 | Self::By(_) => true,
            Self::RoundRobin | Self::Sticky => false,
        }
    }
}

/// The 32-bit murmur2 hash of Kafka's Java client.
///
/// # Examples
/// ```
/// # use publisher_core::partitioner::murmur2;
/// assert_eq!(murmur2(b"foobar"), -790332482);
/// ```
///
/// Implements: `org.apache.kafka.common.utils.Utils.murmur2` of Apache Kafka.
#[must_use]
pub fn murmur2(key: &[u8]) -> i32 {
    const SEED: u32 = 0x9747_b28c;
    const M: u32 = 0x5bd1_e995;

    // Java truncates the length to 32 bits as well.
    let mut hash = SEED ^ key.len() as u32;
    let (words, rest) = key.as_chunks::<4>();
    for word in words {
        let mut k = u32::from_le_bytes(*word).wrapping_mul(M);
        k ^= k >> 24;
        hash = hash.wrapping_mul(M) ^ k.wrapping_mul(M);
    }
    if !rest.is_empty() {
        for (index, byte) in rest.iter().enumerate() {
            hash ^= u32::from(*byte) << (8 * index);
        }
        hash = hash.wrapping_mul(M);
    }
    hash ^= hash >> 13;
    hash = hash.wrapping_mul(M);
    (hash ^ (hash >> 15)) as i32
}

/// The partition of a record with this key on a topic with this many partitions.
///
/// The empty key is a key like any other. A record without a key has no fixed partition and is none of this function's
/// business.
///
/// # Panics
/// If `partitions` is less than 1: no topic has so few.
///
/// # Examples
/// ```
/// # use publisher_core::partitioner::partition;
/// assert_eq!(partition(b"foobar", 6), 0);
/// ```
///
/// Implements: `BuiltInPartitioner.partitionForKey` of Apache Kafka (`toPositive(murmur2(key)) % partitions`).
#[must_use]
pub fn partition(key: &[u8], partitions: i32) -> i32 {
    assert!(partitions >= 1, "a topic has at least one partition, not {partitions}");
    // Java's `toPositive` clears the sign; it is not the absolute value.
    (murmur2(key) & i32::MAX) % partitions
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vectors of `UtilsTest.testMurmur2` in Apache Kafka.
    #[test]
    fn hashes_as_the_java_client_does() {
        let check = |key: &str, expected: i32| assert_eq!(murmur2(key.as_bytes()), expected, "{key}");
        check("21", -973_932_308);
        check("foobar", -790_332_482);
        check("a-little-bit-long-string", -985_981_536);
        check("a-little-bit-longer-string", -1_486_304_829);
        check("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58_897_971);
        check("abc", 479_470_107);
    }

    #[test]
    fn partitions_are_the_positive_remainder() {
        let check = |key: &str, partitions: i32, expected: i32| {
            assert_eq!(partition(key.as_bytes(), partitions), expected, "{key}")
        };
        check("foobar", 6, (-790_332_482 & 0x7fff_ffff) % 6);
        check("abc", 6, 479_470_107 % 6);
        check("abc", 1, 0);
        for length in 0..40 {
            let key = vec![b'x'; length];
            assert!((0..7).contains(&partition(&key, 7)));
        }
    }

    #[test]
    #[should_panic(expected = "at least one partition")]
    fn a_topic_without_partitions_is_a_bug_of_the_caller() {
        let _ = partition(b"key", 0);
    }
}
