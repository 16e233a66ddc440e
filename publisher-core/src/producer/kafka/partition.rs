//! The partitioner that librdkafka calls back, where the choice is not its own.
//!
//! Knows the chooser and what became of its answers; what is chosen is said in `crate::partitioner`.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use rdkafka::producer::Partitioner as PartitionerCallback;

use crate::error::ProduceError;
use crate::partitioner::{Choice, Chooser, Partitioner, no_such_partition};
use crate::record::RecordRef;

/// Chooses partitions for one client, and remembers the wrong choices until their records have failed.
pub(super) struct Partitioning {
    chooser: Chooser,
    refused: Mutex<VecDeque<Refused>>,
}

/// A choice that librdkafka does not follow. It fails the record at once and does not say what was chosen.
struct Refused {
    topic: String,
    key: Option<Vec<u8>>,
    chosen: i32,
    partitions: i32,
}

impl Partitioning {
    /// `None` where librdkafka's own partitioner is what was asked for, which costs no call back.
    pub(super) fn new(partitioner: &Partitioner) -> Option<Self> {
        match partitioner {
            Partitioner::Murmur2 => None,
            other => Some(Self {
                chooser: Chooser::new(other.clone()),
                refused: Mutex::default(),
            }),
        }
    }

    /// Why this record failed for want of a partition, if it was because of a wrong choice.
    pub(super) fn refusal(&self, record: RecordRef<'_>) -> Option<ProduceError> {
        let mut refused = self.refused();
        // Records of one topic fail in the order of their choices, so that the first one that fits is this record's.
        let at = refused
            .iter()
            .position(|refused| refused.topic == record.topic && refused.key.as_deref() == record.key)?;
        let refused = refused.remove(at)?;
        Some(no_such_partition(&refused.topic, refused.chosen, refused.partitions))
    }

    fn refused(&self) -> MutexGuard<'_, VecDeque<Refused>> {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PartitionerCallback for Partitioning {
    /// Runs under the lock of librdkafka's topic, on the thread that sends or on the one that brings the first metadata.
    fn partition(&self, topic: &str, key: Option<&[u8]>, partitions: i32, available: impl Fn(i32) -> bool) -> i32 {
        match self.chooser.choose(topic, key, partitions, Instant::now(), available) {
            Choice::Partition(chosen) => chosen,
            Choice::NoSuchPartition(chosen) => {
                self.refused().push_back(Refused {
                    topic: topic.to_owned(),
                    key: key.map(<[u8]>::to_vec),
                    chosen,
                    partitions,
                });
                // No topic has it. A negative answer would mean "none yet", and the record would wait for its time-out.
                i32::MAX
            }
        }
    }
}
