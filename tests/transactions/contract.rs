//! What every producer with transactions keeps to, one after the other: in memory, the embedded cluster, a real Kafka.

use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use publisher_core::producer::{
    Connect, ConsumerGroup, Ended, KafkaMode, KafkaSettings, MemoryBroker, Outcome, Producer, Reports, SendError,
    Token, TransactionClass, TransactionFailure, TransactionFailureKind, Transactions,
};
use publisher_core::testing::{EmbeddedCluster, read_topic};
use publisher_core::{Headers, Record};

use crate::support::{DEADLINE, consumed, fresh};

const SLICE: Duration = Duration::from_millis(200);

/// Where the producers write to.
struct Backend {
    name: &'static str,
    topic: String,
    connect: Box<dyn Fn(&str) -> Connect>,
    /// The keys of what is committed; `None` where everything is read.
    committed: Option<Box<dyn Fn() -> Vec<String>>>,
    fences: bool,
}

fn kafka(bootstrap_servers: String) -> impl Fn(&str) -> Connect {
    move |id| {
        let mut settings = KafkaSettings::new(&bootstrap_servers);
        settings.delivery_timeout = DEADLINE;
        settings.mode = KafkaMode::Transactional {
            id: id.to_owned(),
            timeout: None,
        };
        settings.connect()
    }
}

fn key(key: Option<Vec<u8>>) -> String {
    String::from_utf8(key.unwrap()).unwrap()
}

struct Taken(mpsc::Sender<Outcome>);

impl Reports for Taken {
    fn report(&self, _: Token, outcome: Outcome) {
        self.0.send(outcome).ok();
    }
}

struct Client {
    producer: Arc<dyn Producer>,
    reports: mpsc::Receiver<Outcome>,
    topic: String,
}

impl Client {
    fn start(backend: &Backend, id: &str) -> Self {
        let (sender, reports) = mpsc::channel();
        let client = Self {
            producer: (backend.connect)(id)(Arc::new(Taken(sender))).unwrap(),
            reports,
            topic: backend.topic.clone(),
        };
        client.resume(|transactions| transactions.init(id, SLICE)).unwrap();
        client
    }

    /// Takes a step until it is taken.
    fn resume<T>(
        &self,
        step: impl Fn(&dyn Transactions) -> Result<T, TransactionFailure>,
    ) -> Result<T, TransactionFailure> {
        let start = Instant::now();
        loop {
            match step(self.producer.transactions().unwrap()) {
                Err(failure) if failure.class() == TransactionClass::Retriable && start.elapsed() < DEADLINE => {}
                other => return other,
            }
        }
    }

    fn begin(&self) -> Result<(), TransactionFailure> {
        self.resume(|transactions| transactions.begin())
    }

    fn commit(&self) -> Result<Ended, TransactionFailure> {
        self.resume(|transactions| transactions.commit(SLICE))
    }

    fn abort(&self) -> Result<Ended, TransactionFailure> {
        self.resume(|transactions| transactions.abort(SLICE))
    }

    fn send(&self, key: &str) -> Result<(), SendError> {
        let record = Record {
            topic: self.topic.clone(),
            partition: None,
            key: Some(key.as_bytes().to_vec()),
            value: Some(b"value".to_vec()),
            headers: Headers::new(),
            timestamp_ms: 1_700_000_000_000,
        };
        self.producer.send(record.as_ref(), Token(0))
    }

    fn deliver(&self, key: &str) {
        self.send(key).unwrap();
        self.reports.recv_timeout(DEADLINE).unwrap().unwrap();
    }
}

/// The whole contract.
fn check(backend: &Backend) {
    let name = backend.name;
    let id = fresh("contract");
    let client = Client::start(backend, &id);
    let refused = client.send("outside");
    assert!(matches!(refused, Err(SendError::Refused(_))), "{name}: {refused:?}");
    let seen = |expected: &[&str]| {
        if let Some(committed) = &backend.committed {
            assert_eq!(committed(), expected, "{name}");
        }
    };

    client.begin().unwrap();
    client.deliver("1");
    client.deliver("2");
    seen(&[]);
    assert_eq!(client.commit(), Ok(Ended::Once), "{name}");
    seen(&["1", "2"]);

    client.begin().unwrap();
    client.deliver("aborted");
    client.send("aborted").unwrap();
    assert_eq!(client.abort(), Ok(Ended::Once), "{name}");
    client.producer.flush(DEADLINE);
    assert!(client.reports.try_recv().is_ok(), "{name}: each record has its report");
    seen(&["1", "2"]);

    client.begin().unwrap();
    client.deliver("3");
    let group = ConsumerGroup::new(fresh("group"));
    let offsets = [publisher_core::producer::ConsumedOffset {
        topic: backend.topic.clone(),
        ..consumed(0, 2)
    }];
    client
        .resume(|transactions| transactions.send_offsets(&group, &offsets, DEADLINE))
        .unwrap();
    assert_eq!(client.commit(), Ok(Ended::Once), "{name}");
    seen(&["1", "2", "3"]);

    client.begin().unwrap();
    assert_eq!(client.commit(), Ok(Ended::Once), "{name}: one without records");

    client.begin().unwrap();
    client.deliver("left");
    let successor = Client::start(backend, &id);
    successor.begin().unwrap();
    successor.deliver("4");
    assert_eq!(successor.commit(), Ok(Ended::Once), "{name}");
    seen(&["1", "2", "3", "4"]);
    if backend.fences {
        let failure = client.commit().unwrap_err();
        assert_eq!(failure.kind(), TransactionFailureKind::Fenced, "{name}: {failure}");
        assert_eq!(failure.class(), TransactionClass::Fatal, "{name}: {failure}");
        assert!(client.begin().is_err(), "{name}");
        assert!(client.send("zombie").is_err(), "{name}");
        seen(&["1", "2", "3", "4"]);
    }
}

#[test]
fn in_memory() {
    let broker = MemoryBroker::new();
    let read = broker.clone();
    check(&Backend {
        name: "memory",
        topic: "orders".to_owned(),
        connect: Box::new(move |_| broker.connect()),
        committed: Some(Box::new(move || {
            let records = read.records().into_iter();
            records.map(|stored| key(stored.record.key)).collect()
        })),
        fences: true,
    });
}

#[test]
fn on_the_embedded_cluster() {
    let cluster = EmbeddedCluster::start().unwrap();
    cluster.create_topic("orders", 1).unwrap();
    check(&Backend {
        name: "embedded",
        topic: "orders".to_owned(),
        connect: Box::new(kafka(cluster.bootstrap_servers().to_owned())),
        committed: None,
        fences: false,
    });
}

#[tokio::test]
async fn on_a_real_kafka() {
    let Some(real) = crate::real::Real::start("contract", "1000000").await else {
        return;
    };
    let (servers, topic) = (real.servers.clone(), real.topic.clone());
    let checked = tokio::task::spawn_blocking(move || {
        check(&Backend {
            name: "Kafka",
            topic: topic.clone(),
            connect: Box::new(kafka(servers.clone())),
            committed: Some(Box::new(move || {
                let records = read_topic(&servers, &topic, DEADLINE).unwrap().into_iter();
                records.map(|record| key(record.key)).collect()
            })),
            fences: true,
        });
    });
    crate::support::within(checked).await.unwrap();
}
