//! Which partition a key belongs to, as Kafka's Java client and `murmur2_random` of librdkafka choose it.
//!
//! Pure arithmetic. Knows no topic and no broker: the caller brings the number of partitions.

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
