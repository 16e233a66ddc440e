//! What a producer says of a topic before the first record: topics that do not exist, brokers that do not answer or do
//! not let us.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use publisher_core::producer::{
    DescribeError, DescribeErrorKind, Fault, KafkaSettings, MemoryBroker, Producer, SendError, Token, TopicAccess,
    TopicDescription,
};
use publisher_core::{Persistence, ProduceErrorKind};
use rdkafka::mocking::MockCluster;
use rdkafka::types::RDKafkaRespErr;

use crate::support::{Backend as _, DEADLINE, Embedded, Real, kafka_producer, record, reports};

const SECOND: Duration = Duration::from_secs(1);

/// Describes a topic; an answer that does not come long after its own deadline fails the test.
fn describe(producer: &Arc<dyn Producer>, deadline: Duration) -> Result<TopicDescription, DescribeError> {
    let (sender, answer) = mpsc::channel();
    let producer = Arc::clone(producer);
    // Not joined: it may hang, which is what the wait below finds.
    let asking = move || sender.send(producer.describe_topic("orders", deadline)).ok();
    drop(thread::spawn(asking));
    answer.recv_timeout(DEADLINE).expect("an answer by the deadline")
}

fn check_missing(bootstrap_servers: &str) {
    let producer = kafka_producer(bootstrap_servers, |_| {}, reports().0);
    let topic = Real::fresh("missing");
    // The first question does not make it.
    for _ in 0..2 {
        assert_eq!(
            producer.describe_topic(&topic, DEADLINE),
            Ok(TopicDescription::missing(&topic))
        );
    }
}

#[test]
fn a_missing_topic_is_not_made_embedded() {
    check_missing(Embedded::start().0.bootstrap_servers());
}

#[test]
fn a_missing_topic_is_not_made_real() {
    if let Some(kafka) = Real::from_environment() {
        check_missing(&kafka.bootstrap_servers);
    }
}

/// What the question has found out must not stand against the record.
#[test]
fn a_topic_that_was_missing_appears_on_first_use_all_the_same() {
    let cluster = Embedded::start();
    let (reports, inbox) = reports();
    let producer = cluster.producer(reports);
    let described = || producer.describe_topic("orders", DEADLINE).unwrap().partitions;
    assert_eq!(described(), None);
    producer
        .send(record("orders", "key", "value").as_ref(), Token(1))
        .unwrap();
    inbox.next().1.unwrap();
    assert_eq!(described(), Some(4));
}

#[test]
fn nobody_listens() {
    // A port that was free a moment ago.
    let address = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .to_string();
    let producer = kafka_producer(&address, |_| {}, reports().0);
    let unreachable = describe(&producer, SECOND).unwrap_err();
    assert_eq!(
        (unreachable.kind(), unreachable.is_retriable()),
        (DescribeErrorKind::Unreachable, true)
    );
    assert_eq!(
        unreachable.to_string(),
        format!(
            "no answer about topic orders within 1 s from {address}: Connect to ipv4#{address} failed: Connection refused; \
             check `bootstrap_servers` and that the brokers run"
        )
    );
    let unreachable = describe(&producer, Duration::ZERO).unwrap_err();
    assert_eq!(unreachable.kind(), DescribeErrorKind::Unreachable);
}

#[test]
fn something_that_is_no_broker_listens() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let producer = kafka_producer(&address, |_| {}, reports().0);
    let unreachable = describe(&producer, SECOND).unwrap_err();
    assert_eq!(unreachable.kind(), DescribeErrorKind::Unreachable);
    assert!(unreachable.reason().contains(&address), "{unreachable}");
    assert!(unreachable.reason().contains("not be a Kafka broker"), "{unreachable}");
}

/// The answer to the first question comes long after nobody waits for it any more, and the second has its own.
#[test]
fn the_broker_answers_too_late_and_then_in_time() {
    let cluster = Embedded::start();
    let topic = cluster.topic("orders", 3);
    let (reports, inbox) = reports();
    let producer = cluster.producer(reports);
    producer
        .send(record(&topic, "key", "value").as_ref(), Token(1))
        .unwrap();
    inbox.next().1.unwrap();
    cluster.0.round_trip_time(3 * SECOND).unwrap();
    let late = describe(&producer, SECOND / 10).unwrap_err();
    assert_eq!(late.kind(), DescribeErrorKind::Unreachable);
    assert!(late.reason().contains("within 100 ms"), "{late}");
    cluster.0.round_trip_time(Duration::ZERO).unwrap();
    assert_eq!(
        describe(&producer, DEADLINE / 2),
        Ok(TopicDescription::existing("orders", 3, None))
    );
}

#[test]
fn the_broker_goes_and_comes_back() {
    let cluster = Embedded::start();
    cluster.topic("orders", 3);
    let change = |settings: &mut KafkaSettings| settings.delivery_timeout = SECOND;
    let (reports, inbox) = reports();
    let producer = kafka_producer(cluster.0.bootstrap_servers(), change, reports);
    describe(&producer, DEADLINE / 2).unwrap();
    cluster.0.broker_down().unwrap();
    let away = describe(&producer, SECOND).unwrap_err();
    assert_eq!(away.kind(), DescribeErrorKind::Unreachable);
    assert!(away.reason().contains(cluster.0.bootstrap_servers()), "{away}");
    cluster.0.broker_up().unwrap();
    describe(&producer, DEADLINE / 2).unwrap();
    drop(producer);
    assert!(inbox.rest().is_empty());
}

/// Whenever the connection breaks, before the question or in the middle of it, it is asked again.
#[test]
fn the_connection_breaks_under_the_question() {
    let cluster = Embedded::start();
    cluster.topic("orders", 3);
    let producer = cluster.producer(reports().0);
    for _ in 0..5 {
        describe(&producer, DEADLINE / 2).unwrap();
        cluster.0.round_trip_time(DEADLINE).unwrap();
        thread::scope(|scope| {
            let asked = scope.spawn(|| producer.describe_topic("orders", DEADLINE / 2));
            cluster.0.broker_down().unwrap();
            cluster.0.round_trip_time(Duration::ZERO).unwrap();
            cluster.0.broker_up().unwrap();
            assert_eq!(asked.join().unwrap(), Ok(TopicDescription::existing("orders", 3, None)));
        });
    }
}

/// What the broker says of the topic in the place of its partitions.
fn check_refused(code: RDKafkaRespErr, kind: DescribeErrorKind, text: &str) {
    let cluster = MockCluster::new(1).unwrap();
    cluster.create_topic("orders", 3, 1).unwrap();
    cluster.topic_error("orders", code).unwrap();
    let servers = cluster.bootstrap_servers();
    let producer = kafka_producer(&servers, |_| {}, reports().0);
    let refused = describe(&producer, DEADLINE / 2).unwrap_err();
    assert_eq!(refused.kind(), kind, "{refused}");
    assert_eq!(refused.reason(), text.replace("{servers}", &servers));
}

#[test]
fn the_broker_does_not_let_us_describe_the_topic() {
    check_refused(
        RDKafkaRespErr::RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED,
        DescribeErrorKind::Unauthorised,
        "no permission to describe topic orders at {servers}: grant this client WRITE on it, or check the credentials",
    );
}

#[test]
fn the_broker_cannot_describe_the_topic() {
    check_refused(
        RDKafkaRespErr::RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE,
        DescribeErrorKind::Unreachable,
        "no answer about topic orders from {servers}: Broker: Leader not available; ask again",
    );
    check_refused(
        RDKafkaRespErr::RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION,
        DescribeErrorKind::InvalidTopic,
        "the broker refuses the topic name \"orders\": InvalidTopic (Broker: Invalid topic)",
    );
    check_refused(
        RDKafkaRespErr::RD_KAFKA_RESP_ERR_POLICY_VIOLATION,
        DescribeErrorKind::Rejected,
        "topic orders cannot be described at {servers}: Broker: Policy violation",
    );
}

/// The broker in memory describes a topic as it then treats the records for it.
fn check_access(
    access: TopicAccess,
    expected: Result<TopicDescription, DescribeErrorKind>,
    sent: Option<ProduceErrorKind>,
) {
    let broker = MemoryBroker::new();
    broker.topic_access("orders", access);
    let (reports, inbox) = reports();
    let producer = broker.producer(reports);
    let described = producer.describe_topic("orders", DEADLINE);
    assert_eq!(described.map_err(|error| error.kind()), expected, "{access:?}");
    match (producer.send(record("orders", "key", "value").as_ref(), Token(1)), sent) {
        (Ok(()), None) => assert!(inbox.next().1.is_ok(), "{access:?}"),
        (Err(SendError::Refused(refused)), Some(kind)) => {
            assert_eq!(refused.kind(), kind, "{access:?}");
            assert_eq!(refused.persistence(), Persistence::NotPersisted);
        }
        other => panic!("{access:?}: {other:?}"),
    }
    // Another topic is none of its business.
    assert!(producer.describe_topic("stock", DEADLINE).is_ok());
}

#[test]
fn the_memory_broker_plays_every_access() {
    use TopicAccess::{Hidden, Missing, Open, ReadOnly};
    let unauthorised = Some(ProduceErrorKind::Unauthorised);
    let existing = |may_write| Ok(TopicDescription::existing("orders", 6, Some(may_write)));
    check_access(Open, existing(true), None);
    check_access(ReadOnly, existing(false), unauthorised);
    check_access(Hidden, Err(DescribeErrorKind::Unauthorised), unauthorised);
    check_access(
        Missing,
        Ok(TopicDescription::missing("orders")),
        Some(ProduceErrorKind::UnknownTopic),
    );
}

#[test]
fn the_memory_broker_fails_on_demand() {
    let broker = MemoryBroker::new();
    let error = DescribeError::new(DescribeErrorKind::Unreachable, "on purpose");
    broker.inject(Fault::Describe {
        calls: 2,
        error: error.clone(),
    });
    let producer = broker.producer(reports().0);
    let describe = || producer.describe_topic("orders", DEADLINE);
    assert_eq!([describe(), describe()], [Err(error.clone()), Err(error)]);
    assert!(describe().is_ok());
}
