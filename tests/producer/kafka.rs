//! What only the Kafka backend can show: addresses that nobody listens at, answers that the broker injects, purges in
//! the middle.

use std::collections::HashSet;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::{Duration, Instant};

use publisher_core::producer::{KafkaProducer, KafkaSettings, Outcome, Producer, SendError, Token, property_names};
use publisher_core::testing::ProduceFault;
use publisher_core::{ConfigError, Persistence, ProduceError, ProduceErrorKind, Record};
use rdkafka::ClientConfig;
use rdkafka::error::KafkaError;
use rdkafka::types::RDKafkaConfRes;

use crate::support::{Backend as _, DEADLINE, Embedded, Real, kafka_producer, record, reports};

const MILLISECOND: Duration = Duration::from_millis(1);

fn error(outcome: Outcome) -> ProduceError {
    outcome.expect_err("the record cannot have been delivered").error
}

#[test]
fn nobody_listens() {
    // A port that was free a moment ago.
    let address = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .to_string();
    let (reports, inbox) = reports();
    let producer = kafka_producer(
        &address,
        |settings| settings.delivery_timeout = Duration::from_secs(2),
        reports,
    );
    let start = Instant::now();
    let sent = record("orders", "key", "value");
    producer.send(sent.as_ref(), Token(1)).unwrap();
    let (token, outcome) = inbox.next();
    assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
    assert_eq!(token, Token(1));
    let undelivered = outcome.unwrap_err();
    assert_eq!(undelivered.error.kind(), ProduceErrorKind::TimedOut);
    assert_eq!(undelivered.error.persistence(), Persistence::NotPersisted);
    assert_eq!(
        undelivered.error.reason(),
        format!(
            "no confirmation within 2 s from {address}: Connect to ipv4#{address} failed: Connection refused; \
             check `bootstrap_servers` and that the brokers run"
        )
    );
    assert_eq!(undelivered.record, sent);
    let start = Instant::now();
    drop(producer);
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
}

#[test]
fn a_host_that_does_not_exist() {
    let (reports, inbox) = reports();
    let change = |settings: &mut KafkaSettings| settings.delivery_timeout = Duration::from_secs(2);
    let producer = kafka_producer("no-such-host.invalid:9092", change, reports);
    producer
        .send(record("orders", "key", "value").as_ref(), Token(1))
        .unwrap();
    let error = error(inbox.next().1);
    assert_eq!(error.kind(), ProduceErrorKind::TimedOut);
    assert!(
        error
            .reason()
            .contains("from no-such-host.invalid:9092: Failed to resolve"),
        "{error}"
    );
}

#[test]
fn something_that_is_no_broker_listens() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (reports, inbox) = reports();
    let change = |settings: &mut KafkaSettings| settings.delivery_timeout = Duration::from_secs(1);
    let producer = kafka_producer(&address, change, reports);
    producer
        .send(record("orders", "key", "value").as_ref(), Token(1))
        .unwrap();
    let error = error(inbox.next().1);
    assert_eq!(error.kind(), ProduceErrorKind::TimedOut);
    assert!(error.reason().contains(&address), "{error}");
    assert!(error.reason().contains("not be a Kafka broker"), "{error}");
    let start = Instant::now();
    drop(producer);
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
}

fn check_unknown_topic(bootstrap_servers: &str) {
    let (reports, inbox) = reports();
    let producer = kafka_producer(
        bootstrap_servers,
        |settings| {
            settings
                .properties
                .push(("allow.auto.create.topics".to_owned(), "false".to_owned()))
        },
        reports,
    );
    let topic = Real::fresh("unknown");
    let start = Instant::now();
    let mut sent = record(&topic, "key", "value");
    sent.partition = Some(3);
    producer.send(sent.as_ref(), Token(1)).unwrap();
    let undelivered = inbox.next().1.unwrap_err();
    assert!(start.elapsed() < Duration::from_secs(9), "{:?}", start.elapsed());
    assert_eq!(undelivered.error.kind(), ProduceErrorKind::UnknownTopic);
    assert_eq!(undelivered.error.persistence(), Persistence::NotPersisted);
    assert_eq!(
        undelivered.error.reason(),
        format!(
            "topic {topic} does not exist at {bootstrap_servers} and is not made on demand: create it, or set \
             `auto.create.topics.enable` on the broker"
        )
    );
    assert_eq!(undelivered.record, sent);
    // Known to be unknown by now: refused at once, without a report.
    let Err(SendError::Refused(refused)) = producer.send(record(&topic, "key", "value").as_ref(), Token(2)) else {
        panic!("taken")
    };
    assert_eq!(refused.kind(), ProduceErrorKind::UnknownTopic);
    drop(producer);
    assert!(inbox.rest().is_empty());
}

#[test]
fn unknown_topic_embedded() {
    check_unknown_topic(Embedded::start().0.bootstrap_servers());
}

#[test]
fn unknown_topic_real() {
    if let Some(kafka) = Real::from_environment() {
        check_unknown_topic(&kafka.bootstrap_servers);
    }
}

/// Sends one record to a broker that answers with a fault.
fn under_fault(fault: ProduceFault) -> (Embedded, Arc<dyn Producer>, crate::support::Inbox, Outcome) {
    let cluster = Embedded::start();
    let topic = cluster.topic("orders", 1);
    let (reports, inbox) = reports();
    let producer = cluster.producer(reports);
    cluster.0.produce_errors(&[fault]).unwrap();
    producer
        .send(record(&topic, "key", "value").as_ref(), Token(1))
        .unwrap();
    let (_, outcome) = inbox.next();
    (cluster, producer, inbox, outcome)
}

#[test]
fn the_broker_finds_the_record_too_large() {
    let (cluster, producer, inbox, outcome) = under_fault(ProduceFault::TooLarge);
    let undelivered = outcome.unwrap_err();
    assert_eq!(undelivered.error.kind(), ProduceErrorKind::TooLarge);
    assert_eq!(undelivered.error.persistence(), Persistence::NotPersisted);
    let servers = cluster.0.bootstrap_servers();
    assert_eq!(
        undelivered.error.reason(),
        format!(
            "the broker at {servers} refuses the record of 18 bytes as too large: raise `max.message.bytes` on topic orders, or publish \
             a reference to the content"
        )
    );
    assert_eq!(undelivered.record, record("orders", "key", "value"));
    // The next one is none of its business.
    producer
        .send(record("orders", "key", "next").as_ref(), Token(2))
        .unwrap();
    assert!(inbox.next().1.is_ok());
    assert_eq!(cluster.read("orders").len(), 1);
}

/// The same on a real broker, whose limit is checked for true.
#[test]
fn a_real_broker_finds_the_record_too_large() {
    let Some(kafka) = Real::from_environment() else { return };
    let topic = kafka.topic("too-large", 1);
    let (reports, inbox) = reports();
    let producer = kafka_producer(
        &kafka.bootstrap_servers,
        |settings| settings.max_record_bytes = 3_000_000,
        reports,
    );
    let mut large = record(&topic, "key", &"x".repeat(2_000_000));
    large.partition = Some(0);
    producer.send(large.as_ref(), Token(1)).unwrap();
    let undelivered = inbox.next().1.unwrap_err();
    assert_eq!(undelivered.error.kind(), ProduceErrorKind::TooLarge);
    assert_eq!(undelivered.error.persistence(), Persistence::NotPersisted);
    assert!(
        undelivered
            .error
            .reason()
            .contains("refuses the record of 2000003 bytes"),
        "{}",
        undelivered.error
    );
    assert_eq!(undelivered.record, large);

    // Further in the future than a broker allows by default.
    let mut early = record(&topic, "key", "value");
    early.timestamp_ms = 9_000_000_000_000;
    producer.send(early.as_ref(), Token(2)).unwrap();
    let undelivered = inbox.next().1.unwrap_err();
    assert_eq!(undelivered.error.kind(), ProduceErrorKind::Rejected);
    assert!(
        undelivered.error.reason().contains("InvalidTimestamp"),
        "{}",
        undelivered.error
    );
    assert_eq!(undelivered.record, early);
}

#[test]
fn a_topic_of_the_embedded_cluster_appears_on_first_use() {
    let cluster = Embedded::start();
    assert!(cluster.read("orders").is_empty());
    let (reports, inbox) = reports();
    let producer = cluster.producer(reports);
    producer
        .send(record("orders", "key", "value").as_ref(), Token(1))
        .unwrap();
    // Fixed in librdkafka; the documentation says so.
    assert_eq!(
        inbox.next().1.unwrap().partition,
        publisher_core::partitioner::partition(b"key", 4)
    );
    assert_eq!(cluster.read("orders").len(), 1);
    assert!(cluster.0.create_topic("orders", 6).is_err());
    assert!(cluster.0.create_topic("none", 0).is_err());
}

#[test]
fn the_broker_refuses_the_client_and_the_record() {
    let (_cluster, _producer, _inbox, outcome) = under_fault(ProduceFault::TopicAuthorisation);
    let unauthorised = error(outcome);
    assert_eq!(unauthorised.kind(), ProduceErrorKind::Unauthorised);
    assert!(
        unauthorised.reason().contains("no permission to write to topic orders"),
        "{unauthorised}"
    );

    let (_cluster, _producer, _inbox, outcome) = under_fault(ProduceFault::InvalidRecord);
    let rejected = error(outcome);
    assert_eq!(rejected.kind(), ProduceErrorKind::Rejected);
    assert!(rejected.reason().contains("InvalidRecord"), "{rejected}");
}

#[test]
fn what_can_be_tried_again_is_delivered() {
    let retried = [
        ProduceFault::NotEnoughReplicas,
        ProduceFault::NotLeader,
        ProduceFault::UnknownTopic,
        ProduceFault::Disconnect,
    ];
    for fault in retried {
        let (cluster, _producer, _inbox, outcome) = under_fault(fault);
        assert!(outcome.is_ok(), "{fault:?}: {outcome:?}");
        assert_eq!(cluster.read("orders").len(), 1, "{fault:?}");
    }
}

#[test]
fn a_duplicate_is_delivered_without_an_offset() {
    let (_cluster, _producer, _inbox, outcome) = under_fault(ProduceFault::Duplicate);
    let placement = outcome.unwrap();
    assert_eq!(placement.offset, None);
    assert_eq!(placement.timestamp_ms, 1_700_000_000_000);
}

#[test]
fn a_fatal_error_ends_the_producer() {
    let (_cluster, producer, inbox, outcome) = under_fault(ProduceFault::OutOfOrderSequence);
    let fatal = error(outcome);
    assert_eq!((fatal.kind(), fatal.is_fatal()), (ProduceErrorKind::Fatal, true));
    assert_eq!(fatal.persistence(), Persistence::PossiblyPersisted);
    assert!(fatal.reason().contains("has to be made anew"), "{fatal}");
    let Err(SendError::Refused(refused)) = producer.send(record("orders", "key", "value").as_ref(), Token(2)) else {
        panic!("taken")
    };
    assert_eq!(refused.kind(), ProduceErrorKind::Fatal);
    assert!(refused.reason().contains("sequence desynchronization"), "{}", refused);
    drop(producer);
    assert!(inbox.rest().is_empty());
}

#[test]
fn the_broker_goes_and_comes_back() {
    let cluster = Embedded::start();
    let topic = cluster.topic("orders", 1);
    let (reports, inbox) = reports();
    let change = |settings: &mut KafkaSettings| settings.delivery_timeout = Duration::from_secs(2);
    let producer = kafka_producer(cluster.0.bootstrap_servers(), change, reports);
    producer.send(record(&topic, "key", "1").as_ref(), Token(1)).unwrap();
    assert!(inbox.next().1.is_ok());
    cluster.0.broker_down().unwrap();
    producer.send(record(&topic, "key", "2").as_ref(), Token(2)).unwrap();
    let away = error(inbox.next().1);
    assert_eq!(away.kind(), ProduceErrorKind::TimedOut);
    assert!(away.reason().contains(cluster.0.bootstrap_servers()), "{away}");
    assert!(!away.reason().contains("reported no error"), "{away}");
    cluster.0.broker_up().unwrap();
    producer.send(record(&topic, "key", "3").as_ref(), Token(3)).unwrap();
    assert!(inbox.next().1.is_ok());
}

#[test]
fn a_full_buffer_gives_the_record_back() {
    let cluster = Embedded::start();
    let topic = cluster.topic("orders", 1);
    let (reports, inbox) = reports();
    let producer = kafka_producer(
        cluster.0.bootstrap_servers(),
        |settings| {
            settings.buffer_records = 3;
            settings.linger = Duration::from_secs(10);
        },
        reports,
    );
    for index in 0..3 {
        producer
            .send(record(&topic, "key", "value").as_ref(), Token(index))
            .unwrap();
    }
    let next = record(&topic, "key", "value");
    assert_eq!(producer.send(next.as_ref(), Token(3)), Err(SendError::Full));
    assert_eq!(producer.flush(DEADLINE), 0);
    producer.send(next.as_ref(), Token(3)).unwrap();
    assert_eq!(producer.flush(DEADLINE), 0);
    assert_eq!(inbox.so_far().len(), 4);
}

/// A batch of records that is answered at once is reported at once, and in order; a panic over one batch takes none of
/// another one's reports away, nor the producer's count.
#[test]
fn the_reports_of_a_batch_come_together() {
    let cluster = Embedded::start();
    let topic = cluster.topic("orders", 1);
    let (reports, lumps) = crate::support::lump_reports(Some(60));
    let producer = kafka_producer(
        cluster.0.bootstrap_servers(),
        |settings| settings.linger = DEADLINE / 2,
        reports,
    );
    for batch in [0..1, 1..50, 50..100, 100..200] {
        for index in batch {
            producer
                .send(record(&topic, "key", "value").as_ref(), Token(index))
                .unwrap();
        }
        assert_eq!(producer.flush(DEADLINE), 0);
    }
    let lumps: Vec<Vec<usize>> = lumps.try_iter().collect();
    assert_eq!(
        lumps,
        [(0..1).collect(), (1..50).collect(), (100..200).collect::<Vec<_>>()]
    );
}

/// Nothing of a failed record is lost, though several fail together and their headers are used again.
#[test]
fn failed_records_come_back_whole() {
    let cluster = Embedded::start();
    let topic = cluster.topic("orders", 2);
    let (reports, inbox) = reports();
    let producer = kafka_producer(
        cluster.0.bootstrap_servers(),
        |settings| settings.linger = DEADLINE / 2,
        reports,
    );
    let sent: Vec<Record> = (0..40)
        .map(|index: usize| {
            let mut sent = record(&topic, &format!("key-{index}"), &index.to_string());
            sent.headers.push_null("null");
            sent.headers.push("empty", "");
            sent.headers.push("large", "x".repeat(index * 40));
            sent.partition = index.is_multiple_of(3).then_some(1);
            if index.is_multiple_of(5) {
                (sent.key, sent.value) = (None, None);
            }
            sent
        })
        .collect();
    for _ in 0..2 {
        for (index, record) in sent.iter().enumerate() {
            producer.send(record.as_ref(), Token(index)).unwrap();
        }
        producer.purge();
        for (Token(index), outcome) in inbox.take(sent.len()) {
            assert_eq!(outcome.unwrap_err().record, sent[index]);
        }
    }
}

#[test]
fn purge_in_the_queue_is_surely_not_in_the_log() {
    let cluster = Embedded::start();
    let topic = cluster.topic("orders", 3);
    let (reports, inbox) = reports();
    let producer = kafka_producer(
        cluster.0.bootstrap_servers(),
        |settings| settings.linger = DEADLINE / 2,
        reports,
    );
    for index in 0..50 {
        producer
            .send(record(&topic, &index.to_string(), "value").as_ref(), Token(index))
            .unwrap();
    }
    // Purged while they linger.
    producer.purge();
    for (Token(index), outcome) in inbox.take(50) {
        let undelivered = outcome.unwrap_err();
        assert_eq!(undelivered.error.kind(), ProduceErrorKind::ShutDown);
        assert_eq!(undelivered.error.persistence(), Persistence::NotPersisted);
        assert_eq!(undelivered.record, record(&topic, &index.to_string(), "value"));
    }
    assert_eq!(producer.flush(MILLISECOND), 0);
    assert!(cluster.read(&topic).is_empty());
}

#[test]
fn purge_in_flight_may_be_in_the_log() {
    let cluster = Embedded::start();
    let topic = cluster.topic("orders", 1);
    let (reports, inbox) = reports();
    let producer = cluster.producer(reports);
    producer
        .send(record(&topic, "key", "first").as_ref(), Token(0))
        .unwrap();
    assert!(inbox.next().1.is_ok());
    cluster.0.round_trip_time(DEADLINE).unwrap();
    let mut sent = record(&topic, "key", "second");
    sent.partition = Some(0);
    producer.send(sent.as_ref(), Token(1)).unwrap();
    // Pushed out, and no answer comes.
    let start = Instant::now();
    assert_eq!(producer.flush(Duration::from_millis(500)), 1);
    assert!(start.elapsed() >= Duration::from_millis(500));
    producer.purge();
    let undelivered = inbox.next().1.unwrap_err();
    assert_eq!(undelivered.error.kind(), ProduceErrorKind::ShutDown);
    assert_eq!(undelivered.error.persistence(), Persistence::PossiblyPersisted);
    assert_eq!(undelivered.record, sent);
    cluster.0.round_trip_time(Duration::ZERO).unwrap();
}

#[test]
fn drop_with_records_in_flight_reports_each_once() {
    let cluster = Embedded::start();
    let topic = cluster.topic("orders", 3);
    let (reports, inbox) = reports();
    let producer = cluster.producer(reports);
    producer
        .send(record(&topic, "key", "first").as_ref(), Token(0))
        .unwrap();
    assert!(inbox.next().1.is_ok());
    cluster.0.round_trip_time(DEADLINE).unwrap();
    for index in 1..=100 {
        producer
            .send(record(&topic, &index.to_string(), "value").as_ref(), Token(index))
            .unwrap();
    }
    assert_eq!(producer.flush(Duration::from_millis(100)), 100);
    let start = Instant::now();
    drop(producer);
    assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
    let reported = inbox.rest();
    assert_eq!(reported.len(), 100);
    assert_eq!(
        reported.iter().map(|(token, _)| *token).collect::<HashSet<_>>().len(),
        100
    );
    assert!(reported.iter().all(|(_, outcome)| outcome.is_err()));
}

#[test]
fn properties_are_checked_when_the_producer_is_made() {
    let made = |name: &str, value: &str| {
        let mut settings = KafkaSettings::new("localhost:9092");
        settings.properties.push((name.to_owned(), value.to_owned()));
        match KafkaProducer::new(&settings, reports().0) {
            Err(ConfigError::Invalid { setting, reason }) => (setting, reason),
            other => panic!("{other:?}"),
        }
    };
    let (setting, reason) = made("linger.ms", "7");
    assert_eq!(setting, "linger.ms");
    assert!(reason.contains("use `linger`"), "{reason}");
    let (setting, reason) = made("no.such.property", "7");
    assert_eq!(setting, "no.such.property");
    assert_eq!(reason, "No such configuration property: \"no.such.property\"");
    // Found by librdkafka only when all are put together.
    let (setting, reason) = made("max.in.flight.requests.per.connection", "6");
    assert_eq!(setting, "max.in.flight.requests.per.connection");
    assert!(reason.contains("enable.idempotence"), "{reason}");
}

/// Which ones there are is librdkafka's to say; those that users set most must be among them.
#[test]
fn every_property_that_is_named_can_be_set() {
    let names = property_names();
    assert!(names.len() > 150, "{names:?}");
    assert!(
        names.windows(2).all(|pair| pair[0] < pair[1]),
        "sorted, each once: {names:?}"
    );
    for name in &names {
        // An empty value is wrong for many of them; the name is looked at first.
        let refused = ClientConfig::new().set(name, "").create_native_config().err();
        let unknown = matches!(
            refused,
            Some(KafkaError::ClientConfig(RDKafkaConfRes::RD_KAFKA_CONF_UNKNOWN, ..))
        );
        let dedicated =
            matches!(&refused, Some(KafkaError::ClientConfig(_, reason, ..)) if reason.contains("dedicated"));
        assert!(!unknown && !dedicated, "{name}: {refused:?}");
    }
    for name in [
        "acks",
        "bootstrap.servers",
        "compression.type",
        "group.id",
        "linger.ms",
        "metadata.broker.list",
        "queue.buffering.max.ms",
        "sasl.password",
        "sasl.username",
        "security.protocol",
        "ssl.ca.location",
    ] {
        assert!(names.iter().any(|known| known == name), "{name} of {names:?}");
    }
    for name in ["dr_msg_cb", "opaque", "ssl_ca", "no.such.property"] {
        assert!(!names.iter().any(|known| known == name), "{name} of {names:?}");
    }
}

#[test]
fn a_property_of_the_escape_hatch_takes_effect() {
    let cluster = Embedded::start();
    let topic = cluster.topic("orders", 1);
    let (reports, inbox) = reports();
    let producer = kafka_producer(
        cluster.0.bootstrap_servers(),
        |settings| {
            settings
                .properties
                .push(("compression.type".to_owned(), "lz4".to_owned()))
        },
        reports,
    );
    for index in 0..100 {
        producer
            .send(record(&topic, "key", &"x".repeat(500)).as_ref(), Token(index))
            .unwrap();
    }
    assert_eq!(producer.flush(DEADLINE), 0);
    assert!(inbox.take(100).iter().all(|(_, outcome)| outcome.is_ok()));
    assert_eq!(cluster.read(&topic).len(), 100);
}
