//! What a broker of the tests is told: combined with its controller, on a folder of its own, quick to notice that
//! another one has gone and quick to come back.

use std::path::Path;

/// The file that a data folder has to hold before the first start; any 16 bytes in base64 will do for its ids.
pub(super) fn identity(number: usize) -> String {
    format!(
        "version=1\ncluster.id=cHVibGlzaGVyLXRlc3RzIQ\nnode.id={number}\ndirectory.id=AAAAAAAAAAAAAAAAAAAB{number}Q\n"
    )
}

pub(super) fn broker(number: usize, port: u16, controllers: &[u16], data: &Path) -> String {
    let voters: Vec<String> = (1..)
        .zip(controllers)
        .map(|(number, port)| format!("{number}@127.0.0.1:{port}"))
        .collect();
    let (voters, controller, data) = (voters.join(","), controllers[number - 1], data.display());
    let replicas = controllers.len();
    let in_sync = replicas.div_ceil(2);
    // A broker that comes back is refused as long as its old session lasts, 9 s by default.
    format!(
        "\
process.roles=broker,controller
node.id={number}
controller.quorum.voters={voters}
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
log.dirs={data}
auto.create.topics.enable=false
num.partitions=4
default.replication.factor={replicas}
min.insync.replicas={in_sync}
broker.session.timeout.ms=2000
broker.heartbeat.interval.ms=250
controller.quorum.election.timeout.ms=500
controller.quorum.fetch.timeout.ms=1000
controller.quorum.election.backoff.max.ms=300
replica.lag.time.max.ms=2000
unclean.leader.election.enable=false
group.initial.rebalance.delay.ms=0
offsets.topic.replication.factor={replicas}
offsets.topic.num.partitions=1
transaction.state.log.replication.factor={replicas}
transaction.state.log.min.isr={in_sync}
transaction.state.log.num.partitions=1
share.coordinator.state.topic.replication.factor={replicas}
share.coordinator.state.topic.min.isr={in_sync}
share.coordinator.state.topic.num.partitions=1
log.cleaner.dedupe.buffer.size=4194304
"
    )
}
