//! The backends behind one face, and a receiver of reports that waits with a deadline.

use std::io::Write as _;
use std::sync::{Arc, Mutex, Once, Weak, mpsc};
use std::time::{Duration, SystemTime};

use publisher_core::partitioner::Partitioner;
use publisher_core::producer::{KafkaProducer, KafkaSettings, MemoryBroker, Outcome, Producer, Reports, Token};
use publisher_core::testing::{ConsumedRecord, EmbeddedCluster, read_topic};
use publisher_core::{Headers, Record};
use rdkafka::ClientConfig;
use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::client::DefaultClientContext;

/// Longer than anything here takes on a busy machine; a test that reaches it has failed.
pub(crate) const DEADLINE: Duration = Duration::from_secs(30);
/// Of the producers that are to hold back what they have.
pub(crate) const LINGER: Duration = Duration::from_secs(10);

/// Where producers write to.
pub(crate) trait Backend {
    /// A topic of its own with this many partitions.
    fn topic(&self, name: &str, partitions: i32) -> String;
    fn producer(&self, reports: Arc<dyn Reports>) -> Arc<dyn Producer>;
    /// A producer that waits for `LINGER`, if its backend knows waiting.
    fn lingering_producer(&self, reports: Arc<dyn Reports>) -> Arc<dyn Producer>;
    /// A producer that chooses partitions so.
    fn partitioning_producer(&self, partitioner: Partitioner, reports: Arc<dyn Reports>) -> Arc<dyn Producer>;
    /// All of a topic by partition and offset.
    fn read(&self, topic: &str) -> Vec<ConsumedRecord>;
    /// Whether its broker says what a client may do; all of them let everybody write.
    fn tells_permissions(&self) -> bool {
        true
    }
}

pub(crate) struct Memory(Mutex<MemoryBroker>);

impl Memory {
    pub(crate) fn start() -> Self {
        Self(Mutex::new(MemoryBroker::new()))
    }

    fn broker(&self) -> MemoryBroker {
        self.0.lock().unwrap().clone()
    }
}

impl Backend for Memory {
    fn topic(&self, name: &str, partitions: i32) -> String {
        let _same_broker = self.broker().partitions(partitions);
        name.to_owned()
    }

    fn producer(&self, reports: Arc<dyn Reports>) -> Arc<dyn Producer> {
        Arc::new(self.broker().producer(reports))
    }

    fn lingering_producer(&self, reports: Arc<dyn Reports>) -> Arc<dyn Producer> {
        self.producer(reports)
    }

    fn partitioning_producer(&self, partitioner: Partitioner, reports: Arc<dyn Reports>) -> Arc<dyn Producer> {
        Arc::new(self.broker().partitioner(partitioner).producer(reports))
    }

    fn read(&self, topic: &str) -> Vec<ConsumedRecord> {
        let stored = self
            .broker()
            .records()
            .into_iter()
            .filter(|stored| stored.record.topic == topic);
        let mut records: Vec<_> = stored
            .map(|stored| ConsumedRecord {
                partition: stored.placement.partition,
                offset: stored.placement.offset.unwrap(),
                timestamp_ms: stored.placement.timestamp_ms,
                key: stored.record.key,
                value: stored.record.value,
                headers: stored.record.headers,
            })
            .collect();
        records.sort_by_key(|record| (record.partition, record.offset));
        records
    }
}

pub(crate) struct Embedded(pub(crate) EmbeddedCluster);

impl Embedded {
    pub(crate) fn start() -> Self {
        Self(EmbeddedCluster::start().unwrap())
    }
}

impl Backend for Embedded {
    fn topic(&self, name: &str, partitions: i32) -> String {
        self.0.create_topic(name, partitions).unwrap();
        name.to_owned()
    }

    fn producer(&self, reports: Arc<dyn Reports>) -> Arc<dyn Producer> {
        kafka_producer(self.0.bootstrap_servers(), |_| {}, reports)
    }

    fn lingering_producer(&self, reports: Arc<dyn Reports>) -> Arc<dyn Producer> {
        kafka_producer(self.0.bootstrap_servers(), |settings| settings.linger = LINGER, reports)
    }

    fn partitioning_producer(&self, partitioner: Partitioner, reports: Arc<dyn Reports>) -> Arc<dyn Producer> {
        kafka_producer(
            self.0.bootstrap_servers(),
            |settings| settings.partitioner = partitioner,
            reports,
        )
    }

    fn read(&self, topic: &str) -> Vec<ConsumedRecord> {
        self.0.records(topic).unwrap()
    }

    fn tells_permissions(&self) -> bool {
        false
    }
}

pub(crate) struct Real {
    pub(crate) bootstrap_servers: String,
}

impl Real {
    /// The Kafka that the environment names; else one line that it was skipped.
    pub(crate) fn from_environment() -> Option<Self> {
        static SKIPPED: Once = Once::new();
        match std::env::var("PUBLISHER_TEST_KAFKA") {
            Ok(bootstrap_servers) => Some(Self { bootstrap_servers }),
            Err(_) => {
                SKIPPED.call_once(|| {
                    // Past the capture of the test harness, which would hide it.
                    let line = "skipped: the producer's contract on a real Kafka; set PUBLISHER_TEST_KAFKA to its bootstrap servers\n";
                    std::io::stderr().write_all(line.as_bytes()).ok();
                });
                None
            }
        }
    }

    /// A name that no other run uses.
    pub(crate) fn fresh(name: &str) -> String {
        let now = SystemTime::now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap()
            .as_nanos();
        format!("producer-{name}-{}-{now}", std::process::id())
    }
}

impl Backend for Real {
    fn topic(&self, name: &str, partitions: i32) -> String {
        let topic = Self::fresh(name);
        let admin: AdminClient<DefaultClientContext> = ClientConfig::new()
            .set("bootstrap.servers", &self.bootstrap_servers)
            .create()
            .unwrap();
        let new = NewTopic::new(&topic, partitions, TopicReplication::Fixed(1));
        let options = AdminOptions::new().operation_timeout(Some(DEADLINE));
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let created = runtime.block_on(admin.create_topics([&new], &options)).unwrap();
        assert!(created.iter().all(Result::is_ok), "{created:?}");
        topic
    }

    fn producer(&self, reports: Arc<dyn Reports>) -> Arc<dyn Producer> {
        kafka_producer(&self.bootstrap_servers, |_| {}, reports)
    }

    fn lingering_producer(&self, reports: Arc<dyn Reports>) -> Arc<dyn Producer> {
        kafka_producer(&self.bootstrap_servers, |settings| settings.linger = LINGER, reports)
    }

    fn partitioning_producer(&self, partitioner: Partitioner, reports: Arc<dyn Reports>) -> Arc<dyn Producer> {
        kafka_producer(
            &self.bootstrap_servers,
            |settings| settings.partitioner = partitioner,
            reports,
        )
    }

    fn read(&self, topic: &str) -> Vec<ConsumedRecord> {
        read_topic(&self.bootstrap_servers, topic, DEADLINE).unwrap()
    }
}

pub(crate) fn kafka_producer(
    bootstrap_servers: &str,
    change: impl FnOnce(&mut KafkaSettings),
    reports: Arc<dyn Reports>,
) -> Arc<dyn Producer> {
    let mut settings = KafkaSettings::new(bootstrap_servers);
    settings.delivery_timeout = DEADLINE;
    change(&mut settings);
    Arc::new(KafkaProducer::new(&settings, reports).unwrap())
}

pub(crate) fn record(topic: &str, key: &str, value: &str) -> Record {
    let mut headers = Headers::new();
    headers.push("source", "test");
    Record {
        topic: topic.to_owned(),
        partition: None,
        key: Some(key.as_bytes().to_vec()),
        value: Some(value.as_bytes().to_vec()),
        headers: if value.len() < 1_000 { headers } else { Headers::new() },
        timestamp_ms: 1_700_000_000_000,
    }
}

pub(crate) fn value(record: &ConsumedRecord) -> &str {
    std::str::from_utf8(record.value.as_deref().unwrap()).unwrap()
}

struct Collected(mpsc::Sender<(Token, Outcome)>);

impl Reports for Collected {
    fn report(&self, token: Token, outcome: Outcome) {
        // The test may have seen enough.
        self.0.send((token, outcome)).ok();
    }
}

/// What receives the reports of a producer.
pub(crate) struct Inbox(mpsc::Receiver<(Token, Outcome)>);

pub(crate) fn reports() -> (Arc<dyn Reports>, Inbox) {
    let (sender, receiver) = mpsc::channel();
    (Arc::new(Collected(sender)), Inbox(receiver))
}

impl Inbox {
    pub(crate) fn next(&self) -> (Token, Outcome) {
        self.0.recv_timeout(DEADLINE).expect("a report within the deadline")
    }

    pub(crate) fn take(&self, count: usize) -> Vec<(Token, Outcome)> {
        (0..count).map(|_| self.next()).collect()
    }

    /// The reports that were given already.
    pub(crate) fn so_far(&self) -> Vec<(Token, Outcome)> {
        self.0.try_iter().collect()
    }

    /// The reports until the producer is gone.
    pub(crate) fn rest(&self) -> Vec<(Token, Outcome)> {
        let mut rest = Vec::new();
        loop {
            match self.0.recv_timeout(DEADLINE) {
                Ok(report) => rest.push(report),
                Err(mpsc::RecvTimeoutError::Disconnected) => return rest,
                Err(mpsc::RecvTimeoutError::Timeout) => panic!("the producer still holds its reports"),
            }
        }
    }
}

/// Reports that send the next record from inside the report, and panic after it.
pub(crate) struct Sending {
    collected: Collected,
    topic: String,
    last: usize,
    producer: Mutex<Weak<dyn Producer>>,
}

pub(crate) fn sending_reports(topic: &str, last: usize) -> (Arc<Sending>, Inbox) {
    let (sender, receiver) = mpsc::channel();
    let none: Weak<KafkaProducer> = Weak::new();
    let sending = Sending {
        collected: Collected(sender),
        topic: topic.to_owned(),
        last,
        producer: Mutex::new(none),
    };
    (Arc::new(sending), Inbox(receiver))
}

impl Sending {
    pub(crate) fn sends_by(&self, producer: &Arc<dyn Producer>) {
        *self.producer.lock().unwrap() = Arc::downgrade(producer);
    }

    pub(crate) fn forget(&self) {
        let none: Weak<KafkaProducer> = Weak::new();
        *self.producer.lock().unwrap() = none;
    }
}

impl Reports for Sending {
    fn report(&self, token: Token, outcome: Outcome) {
        let next = token.0 + 1;
        if next <= self.last {
            let producer = self.producer.lock().unwrap().upgrade().unwrap();
            producer
                .send(record(&self.topic, "key", &next.to_string()).as_ref(), Token(next))
                .unwrap();
        }
        self.collected.report(token, outcome);
        if token.0 == 2 {
            panic!("this panic belongs to the test");
        }
    }
}

/// Reports that panic for every third record, after they have told.
struct Panicking(Collected);

impl Reports for Panicking {
    fn report(&self, token: Token, outcome: Outcome) {
        self.0.report(token, outcome);
        if token.0.is_multiple_of(3) {
            panic!("this panic belongs to the test");
        }
    }
}

pub(crate) fn panicking_reports() -> (Arc<dyn Reports>, Inbox) {
    let (sender, receiver) = mpsc::channel();
    (Arc::new(Panicking(Collected(sender))), Inbox(receiver))
}

/// Reports taken as they come: the tokens of each lump. Those of `lost` are never told: the lump ends in a panic.
pub(crate) struct Lumps {
    lumps: mpsc::Sender<Vec<usize>>,
    lost: Option<usize>,
}

pub(crate) fn lump_reports(lost: Option<usize>) -> (Arc<dyn Reports>, mpsc::Receiver<Vec<usize>>) {
    let (lumps, receiver) = mpsc::channel();
    (Arc::new(Lumps { lumps, lost }), receiver)
}

impl Reports for Lumps {
    fn report(&self, _: Token, _: Outcome) {
        panic!("a receiver of lumps is given lumps");
    }

    fn report_all(&self, reports: &mut Vec<(Token, Outcome)>) {
        let tokens: Vec<usize> = reports.drain(..).map(|(token, _)| token.0).collect();
        if self.lost.is_some_and(|lost| tokens.contains(&lost)) {
            panic!("this panic belongs to the test");
        }
        self.lumps.send(tokens).ok();
    }
}

/// Reports of which the first drops the producer that is handed over.
struct Dropping {
    collected: Collected,
    producer: Mutex<Option<mpsc::Receiver<Arc<dyn Producer>>>>,
}

pub(crate) fn dropping_reports() -> (Arc<dyn Reports>, mpsc::Sender<Arc<dyn Producer>>, Inbox) {
    let (sender, receiver) = mpsc::channel();
    let (hand_over, handed_over) = mpsc::channel();
    let dropping = Dropping {
        collected: Collected(sender),
        producer: Mutex::new(Some(handed_over)),
    };
    (Arc::new(dropping), hand_over, Inbox(receiver))
}

impl Reports for Dropping {
    fn report(&self, token: Token, outcome: Outcome) {
        // Not held during the drop, which reports what is left.
        let handed_over = self.producer.lock().unwrap().take();
        if let Some(handed_over) = handed_over {
            drop(handed_over.recv_timeout(DEADLINE).unwrap());
        }
        self.collected.report(token, outcome);
    }
}
