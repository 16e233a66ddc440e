//! Real Kafka brokers as processes that a test may kill, stop, and start again on the same data.
//!
//! Wants a Java runtime and Kafka's jars, which the environment names: `cargo xtask test` has both. Without them a test
//! that asks for a broker is told so, and a line says that it was skipped.

mod keeper;
mod port;
mod properties;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use publisher_core::testing::read_topic;
use rdkafka::ClientConfig;
use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::client::DefaultClientContext;
use rdkafka::consumer::{BaseConsumer, Consumer as _};

use crate::say;
use keeper::Keeper;

/// The program `java`.
const JAVA: &str = "PUBLISHER_TEST_JAVA";
/// The folder with Kafka's jars.
const JARS: &str = "PUBLISHER_TEST_KAFKA_JARS";
/// A few seconds on a quiet machine; the rest is for a busy one.
const START_LIMIT: Duration = Duration::from_secs(120);
/// For a question to a broker that runs.
const ANSWER_LIMIT: Duration = Duration::from_secs(60);

/// A cluster of brokers, numbered from 1. All end with it, and with this process, however that ends.
pub struct Kafka {
    nodes: Vec<Node>,
    java: PathBuf,
    jars: PathBuf,
    // Last: it removes the folder once the processes are gone.
    keeper: Keeper,
}

struct Node {
    address: SocketAddr,
    configuration: PathBuf,
    /// `None` while it is down.
    process: Mutex<Option<Child>>,
}

impl Kafka {
    /// Starts so many brokers and waits until they answer; `None` where the environment names no Kafka, with a line that
    /// says which tests were skipped.
    #[must_use]
    pub fn start(brokers: usize) -> Option<Self> {
        Self::with_properties(brokers, &[])
    }

    /// The same with properties of Kafka's own, which go over those of the tests.
    #[must_use]
    pub fn with_properties(brokers: usize, properties: &[(&str, &str)]) -> Option<Self> {
        static SKIPPED: Once = Once::new();
        let (Some(java), Some(jars)) = (std::env::var_os(JAVA), std::env::var_os(JARS)) else {
            SKIPPED.call_once(|| {
                say(&format!(
                    "SKIPPED: faults on real Kafka brokers; set {JAVA} to a Java program and {JARS} to a folder with \
                     Kafka's jars, or run `cargo xtask test`"
                ));
            });
            return None;
        };
        let mut kafka = Self {
            nodes: Vec::new(),
            java: java.into(),
            jars: jars.into(),
            keeper: Keeper::start(),
        };
        let ports: Vec<_> = (0..brokers).map(|_| (port::free(), port::free())).collect();
        let controllers: Vec<u16> = ports.iter().map(|(_, controller)| *controller).collect();
        for (number, (broker, _)) in (1..).zip(&ports) {
            let folder = kafka.keeper.folder().join(number.to_string());
            let data = folder.join("data");
            fs::create_dir_all(&data).unwrap();
            fs::write(data.join("meta.properties"), properties::identity(number)).unwrap();
            let mut text = properties::broker(number, *broker, &controllers, &data);
            for (name, value) in properties {
                text.push_str(&format!("{name}={value}\n"));
            }
            let configuration = folder.join("server.properties");
            fs::write(&configuration, text).unwrap();
            kafka.nodes.push(Node {
                address: SocketAddr::from(([127, 0, 0, 1], *broker)),
                configuration,
                process: Mutex::new(None),
            });
        }
        (1..=brokers).for_each(|number| kafka.launch(number));
        kafka.wait_until_all_serve();
        Some(kafka)
    }

    /// Where they are, in their order.
    #[must_use]
    pub fn bootstrap_servers(&self) -> String {
        let addresses: Vec<_> = self.nodes.iter().map(|node| node.address.to_string()).collect();
        addresses.join(",")
    }

    /// How many there are.
    #[must_use]
    pub fn brokers(&self) -> usize {
        self.nodes.len()
    }

    /// Kills one (SIGKILL).
    pub fn kill(&self, broker: usize) {
        let mut process = self.process(broker);
        let mut running = process.take().unwrap();
        // Before the process is waited for: its number may be another's from then on.
        self.keeper.forget(&running);
        running.kill().unwrap();
        running.wait().unwrap();
    }

    /// Starts one again that was killed, and waits until it serves.
    pub fn restart(&self, broker: usize) {
        self.launch(broker);
        self.wait_until_serves(broker);
    }

    /// Starts one again that was killed; it will serve some time.
    pub fn launch(&self, broker: usize) {
        let node = self.node(broker);
        let folder = node.configuration.parent().unwrap();
        let log = File::options()
            .create(true)
            .append(true)
            .open(folder.join("log.txt"))
            .unwrap();
        let mut command = Command::new(&self.java);
        command
            .args(["-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"])
            .args(["-Dorg.apache.logging.log4j.level=INFO", "-cp"])
            .arg(self.jars.join("*"))
            .arg("kafka.Kafka")
            .arg(&node.configuration)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log);
        let process = command.spawn().unwrap();
        self.keeper.remember(&process);
        let before = self.process(broker).replace(process);
        assert!(before.is_none(), "broker {broker} runs already");
    }

    /// Stops one as it is (SIGSTOP).
    pub fn pause(&self, broker: usize) {
        self.signal(broker, "STOP");
    }

    /// Lets one go on that was paused (SIGCONT).
    pub fn resume(&self, broker: usize) {
        self.signal(broker, "CONT");
    }

    /// Waits until one gives out producer ids, which comes last of all when a broker starts.
    pub fn wait_until_serves(&self, broker: usize) {
        let end = Instant::now() + START_LIMIT;
        while !serves(self.node(broker).address).unwrap_or(false) {
            let ended = self.process(broker).as_mut().unwrap().try_wait().unwrap();
            assert!(
                ended.is_none() && Instant::now() < end,
                "broker {broker} does not serve ({ended:?}); its log ends with:\n{}",
                self.log(broker)
            );
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Makes a topic and waits until its leaders are known.
    pub fn create_topic(&self, topic: &str, partitions: i32, replicas: i32) {
        let admin: AdminClient<DefaultClientContext> = self.client().create().unwrap();
        let new = NewTopic::new(topic, partitions, TopicReplication::Fixed(replicas));
        let options = AdminOptions::new().operation_timeout(Some(ANSWER_LIMIT));
        // On a thread and a runtime of its own: the caller's thread may belong to a runtime already.
        let create = || {
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            runtime.block_on(admin.create_topics([&new], &options)).unwrap()
        };
        let created = thread::scope(|scope| scope.spawn(create).join().unwrap());
        assert!(created.iter().all(Result::is_ok), "{created:?}");
        let end = Instant::now() + ANSWER_LIMIT;
        while self.leaders(topic).len() < partitions as usize {
            assert!(Instant::now() < end, "topic {topic} has no leaders");
            thread::sleep(Duration::from_millis(20));
        }
        assert_eq!(
            read_topic(&self.bootstrap_servers(), topic, ANSWER_LIMIT),
            Ok(Vec::new())
        );
    }

    /// The leader of each partition of a topic that has one.
    #[must_use]
    pub fn leaders(&self, topic: &str) -> BTreeMap<i32, usize> {
        let consumer: BaseConsumer = self.client().create().unwrap();
        let Ok(metadata) = consumer.fetch_metadata(Some(topic), ANSWER_LIMIT) else {
            return BTreeMap::new();
        };
        let topics = metadata.topics().iter();
        let partitions = topics.flat_map(|topic| topic.partitions());
        partitions
            .filter_map(|partition| Some((partition.id(), usize::try_from(partition.leader()).ok()?)))
            .collect()
    }

    fn wait_until_all_serve(&self) {
        (1..=self.brokers()).for_each(|number| self.wait_until_serves(number));
        let consumer: BaseConsumer = self.client().create().unwrap();
        let end = Instant::now() + START_LIMIT;
        let known = || {
            consumer
                .fetch_metadata(None, ANSWER_LIMIT)
                .map_or(0, |metadata| metadata.brokers().len())
        };
        while known() < self.brokers() {
            assert!(Instant::now() < end, "the brokers do not find each other");
            thread::sleep(Duration::from_millis(50));
        }
    }

    fn client(&self) -> ClientConfig {
        let mut config = ClientConfig::new();
        config.set("bootstrap.servers", self.bootstrap_servers());
        config
    }

    fn signal(&self, broker: usize, signal: &str) {
        let process = self.process(broker);
        let number = process.as_ref().unwrap().id().to_string();
        // A builtin of the shell: there may be no such program.
        let sent = Command::new("bash")
            .args(["-c", "kill -s \"$0\" \"$1\"", signal, &number])
            .status();
        assert!(sent.unwrap().success(), "broker {broker} gets no SIG{signal}");
    }

    fn log(&self, broker: usize) -> String {
        let folder = self.node(broker).configuration.parent().unwrap();
        let log = fs::read_to_string(folder.join("log.txt")).unwrap_or_default();
        let lines: Vec<_> = log.lines().collect();
        lines[lines.len().saturating_sub(20)..].join("\n")
    }

    fn node(&self, broker: usize) -> &Node {
        &self.nodes[broker - 1]
    }

    fn process(&self, broker: usize) -> MutexGuard<'_, Option<Child>> {
        self.node(broker).process.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Kafka {
    fn drop(&mut self) {
        for number in 1..=self.brokers() {
            let running = self.process(number).is_some();
            if running {
                self.kill(number);
            }
        }
    }
}

fn serves(address: SocketAddr) -> std::io::Result<bool> {
    let limit = Duration::from_secs(2);
    let mut stream = TcpStream::connect_timeout(&address, limit)?;
    stream.set_read_timeout(Some(limit))?;
    // Length 16; the header, version 1: API key 22, version 0, number 7, no client id; then no transactional id and a
    // transaction timeout of 60 s.
    stream.write_all(&[
        0, 0, 0, 16, 0, 22, 0, 0, 0, 0, 0, 7, 0xff, 0xff, 0xff, 0xff, 0, 0, 0xea, 0x60,
    ])?;
    let mut answer = [0; 14];
    stream.read_exact(&mut answer)?;
    // Length, number, throttle time, error.
    Ok(answer[4..8] == [0, 0, 0, 7] && answer[12..] == [0, 0])
}
