//! The configuration of all contenders on librdkafka: as ours gives it, and the rest at its defaults.

use rdkafka::ClientConfig;

use super::job::{Contender, Place, Run};

/// The property that bounds how many records are on their way, those included that are not sent yet.
const BOUND: &str = "queue.buffering.max.messages";

/// Idempotent, `acks=all`, keys to partitions as the Java client has it.
pub(super) fn client_config(place: &Place, run: &Run) -> ClientConfig {
    let mut config = ClientConfig::new();
    for (name, value) in properties(place, run) {
        config.set(name, value);
    }
    config
}

/// The same as names and values.
///
/// The bound is that of the run, where nobody but librdkafka keeps it: beyond it a raw producer waits for reports. The others
/// keep it themselves.
pub(super) fn properties(place: &Place, run: &Run) -> Vec<(&'static str, String)> {
    let mut properties = vec![
        ("bootstrap.servers", place.bootstrap_servers.clone()),
        ("enable.idempotence", "true".to_owned()),
        ("acks", "all".to_owned()),
        ("partitioner", "murmur2_random".to_owned()),
        ("linger.ms", run.linger_ms.to_string()),
        ("compression.type", place.compression.clone()),
    ];
    if run.contender == Contender::Raw || run.contender.is_python() {
        properties.push((BOUND, run.in_flight.to_string()));
    }
    properties
}
