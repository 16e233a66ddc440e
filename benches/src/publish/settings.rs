//! The configuration that all contenders on librdkafka share, as ours has it.

use rdkafka::ClientConfig;

use super::run::{Place, Run};

/// Idempotent, `acks=all`, keys to partitions as Java does.
pub(super) fn client_config(place: &Place, run: &Run) -> ClientConfig {
    let mut config = ClientConfig::new();
    config
        .set("bootstrap.servers", &place.bootstrap_servers)
        .set("enable.idempotence", "true")
        .set("acks", "all")
        .set("partitioner", "murmur2_random")
        .set("linger.ms", run.linger_ms.to_string())
        .set("compression.type", &place.compression)
        // What ours asks for with its own bound.
        .set("queue.buffering.max.messages", (run.in_flight * 2).to_string());
    config
}
