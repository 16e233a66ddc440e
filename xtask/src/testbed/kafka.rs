//! Apache Kafka as one KRaft node, straight from its jars.
//!
//! Knows the broker's configuration and how to ask whether it serves; knows no topic.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result};

use super::guarded::{self, Guarded};
use super::java::Java;
use super::{Server, maven, port, store};
use crate::process;

pub(crate) const NAME: &str = "Apache Kafka 4.3.1";
pub(crate) const VERSION: &str = "4.3.1";
/// Kafka's pom names no backend for its logging; without one a broker that cannot start says nothing.
/// The version is that of the log4j-core which Kafka brings.
const LOGGING: [&str; 3] = ["org.apache.logging.log4j", "log4j-slf4j-impl", "2.25.4"];
const HEAP: &str = "-Xmx256m";
/// Seconds on a quiet machine; the rest is for a busy one.
const START_LIMIT: Duration = Duration::from_secs(120);

pub(crate) struct Settings {
    pub(crate) auto_create_topics: bool,
    /// Of topics that are created without saying how many.
    pub(crate) partitions: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            auto_create_topics: true,
            partitions: 6,
        }
    }
}

/// The folder with the jars.
pub(crate) fn fetch(testbed: &Path, java: &Java) -> Result<PathBuf> {
    let dir = testbed.join(format!("kafka-{VERSION}"));
    store::ensure(&dir, &format!("kafka {VERSION} {LOGGING:?}"), |dir| {
        println!("fetching {NAME} with Maven");
        maven::libraries(java, dir, &[["org.apache.kafka", "kafka_2.13", VERSION], LOGGING])
    })?;
    Ok(dir.join("lib"))
}

pub(crate) fn start(java: &Java, libraries: &Path, runs: &Path, settings: &Settings) -> Result<Server> {
    let start = |[broker, controller]: [u16; 2]| {
        let dir = guarded::folder(runs, "kafka", broker);
        fs::create_dir_all(&dir).with_context(|| format!("cannot make {}", dir.display()))?;
        let configuration = dir.join("server.properties");
        fs::write(
            &configuration,
            properties(settings, broker, controller, &dir.join("data")),
        )?;
        let class_path = libraries.join("*");
        format(java, &class_path, &configuration)?;
        let args = [
            HEAP.as_ref(),
            "-XX:+UseSerialGC".as_ref(),
            "-Dorg.apache.logging.log4j.level=INFO".as_ref(),
            "-cp".as_ref(),
            class_path.as_os_str(),
            "kafka.Kafka".as_ref(),
            configuration.as_os_str(),
        ];
        Ok((broker, Guarded::start(NAME, &dir, java.program(), &args)?))
    };
    let ready = |broker: &u16, process: &mut Guarded| process.ready(START_LIMIT, || serves(*broker).unwrap_or(false));
    let (broker, process) = port::retrying(start, ready)?;
    Ok(Server {
        address: format!("127.0.0.1:{broker}"),
        process,
    })
}

/// Gives the data folder its cluster id, which a KRaft node refuses to start without.
fn format(java: &Java, class_path: &Path, configuration: &Path) -> Result<()> {
    let mut tool = Command::new(java.program());
    tool.arg(HEAP)
        .arg("-cp")
        .arg(class_path)
        .args(["kafka.tools.StorageTool", "format"]);
    // Any 16 bytes in base64 will do: the folder lives as long as this run.
    tool.args(["--cluster-id", "cHVibGlzaGVyLXRlc3RzIQ", "--config"])
        .arg(configuration);
    process::output(&mut tool)
        .map(drop)
        .context("Kafka's storage tool could not format the data folder")
}

fn properties(settings: &Settings, broker: u16, controller: u16, data: &Path) -> String {
    let Settings {
        auto_create_topics,
        partitions,
    } = settings;
    let data = data.display();
    // Records carry the event's own time. By the defaults a topic of last year's orders would be deleted as expired
    // half a minute after it was written, and would start a new segment for every week that the events cross.
    format!(
        "\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
listeners=PLAINTEXT://127.0.0.1:{broker},CONTROLLER://127.0.0.1:{controller}
controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
log.dirs={data}
auto.create.topics.enable={auto_create_topics}
num.partitions={partitions}
group.initial.rebalance.delay.ms=0
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
share.coordinator.state.topic.num.partitions=4
log.cleaner.dedupe.buffer.size=4194304
log.retention.ms=-1
log.roll.hours=876000
"
    )
}

/// Whether the broker gives out producer ids: its listener opens only when it may serve, and this comes last of all,
/// so that the first idempotent producer need not wait and warn.
fn serves(port: u16) -> Result<bool> {
    let limit = Duration::from_secs(2);
    let mut stream = TcpStream::connect_timeout(&SocketAddr::from(([127, 0, 0, 1], port)), limit)?;
    stream.set_read_timeout(Some(limit))?;
    stream.write_all(&INIT_PRODUCER_ID)?;
    let mut answer = [0; 14];
    stream.read_exact(&mut answer)?;
    Ok(is_success(answer))
}

/// Length 16; the request header v1: API key 22, version 0, correlation id 7, no client id; then the body: no
/// transactional id, a transaction timeout of 60 s.
const INIT_PRODUCER_ID: [u8; 20] = [
    0, 0, 0, 16, 0, 22, 0, 0, 0, 0, 0, 7, 0xff, 0xff, 0xff, 0xff, 0, 0, 0xea, 0x60,
];

/// Length, correlation id, throttle time, error code.
fn is_success(answer: [u8; 14]) -> bool {
    answer[4..8] == [0, 0, 0, 7] && answer[12..] == [0, 0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_answer_without_an_error_counts() {
        assert!(is_success([0, 0, 0, 20, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0]));
        // 14: the coordinator is still loading.
        assert!(!is_success([0, 0, 0, 20, 0, 0, 0, 7, 0, 0, 0, 0, 0, 14]));
        assert!(!is_success(*b"HTTP/1.1 400 B"));
    }

    #[test]
    fn the_settings_reach_the_properties() {
        let settings = Settings {
            auto_create_topics: false,
            partitions: 3,
        };
        let text = properties(&settings, 1, 2, Path::new("/data"));
        assert!(
            text.contains("auto.create.topics.enable=false\nnum.partitions=3\n"),
            "{text}"
        );
        assert!(
            text.contains("listeners=PLAINTEXT://127.0.0.1:1,CONTROLLER://127.0.0.1:2\n"),
            "{text}"
        );
    }
}
