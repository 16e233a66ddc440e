//! The test kit: a publisher that records, and a cluster and a registry in the process.
//!
//! For users' tests as for our own. What each lacks beside the real thing stands in its documentation.

#[cfg(feature = "kafka")]
mod cluster;
mod recording;
#[cfg(feature = "registry")]
mod registry;

#[cfg(feature = "kafka")]
pub use cluster::{
    ClusterError, ConsumedRecord, EmbeddedCluster, ProduceFault, TopicFault, TransactionFault, TransactionRequest,
    read_topic,
};
pub use recording::{Recorded, RecordingPublisher};
#[cfg(feature = "registry")]
pub use registry::EmbeddedRegistry;
