//! Partitioners at work: the choice is the same on every backend, before and after the client knows the topic.

use std::collections::{HashMap, HashSet};
use std::time::Instant;

use publisher_core::partitioner::{Partitioner, partition};
use publisher_core::producer::{Outcome, Producer, SendError, Token, Undelivered};
use publisher_core::{Persistence, ProduceErrorKind, Record};

use crate::support::{Backend, Inbox, record, reports};

const PARTITIONS: i32 = 4;

/// Sends records with these keys and says where each came to lie.
fn places(producer: &dyn Producer, inbox: &Inbox, topic: &str, keys: &[Option<&str>]) -> Vec<i32> {
    for (index, key) in keys.iter().enumerate() {
        producer.send(keyed(topic, *key).as_ref(), Token(index)).unwrap();
    }
    let places: HashMap<usize, i32> = inbox
        .take(keys.len())
        .into_iter()
        .map(|(Token(index), outcome)| (index, outcome.unwrap().partition))
        .collect();
    (0..keys.len()).map(|index| places[&index]).collect()
}

fn keyed(topic: &str, key: Option<&str>) -> Record {
    Record {
        key: key.map(|key| key.as_bytes().to_vec()),
        ..record(topic, "", "value")
    }
}

/// How one record ends, whether at once or by its report.
fn end(producer: &dyn Producer, inbox: &Inbox, record: Record) -> Outcome {
    match producer.send(record.as_ref(), Token(0)) {
        Ok(()) => inbox.next().1,
        Err(SendError::Refused(error)) => Err(Box::new(Undelivered { error, record })),
        Err(SendError::Full) => panic!("there is room"),
    }
}

pub(crate) fn check_a_round_visits_each_partition(backend: &dyn Backend) {
    let topic = backend.topic("round", PARTITIONS);
    let (reports, inbox) = reports();
    let producer = backend.partitioning_producer(Partitioner::RoundRobin, reports);
    // A client passes over partitions until it has found their leaders, one after the other. What a record has come to lie
    // in has one.
    let mut seen = HashSet::new();
    while seen.len() < PARTITIONS as usize {
        seen.extend(places(&*producer, &inbox, &topic, &[None]));
    }
    for keys in [[Some("key"); 6], [None; 6]] {
        let places = places(&*producer, &inbox, &topic, &keys);
        let each_after_the_other = places.windows(2).all(|pair| pair[1] == (pair[0] + 1) % PARTITIONS);
        assert!(each_after_the_other, "{places:?}");
    }
}

pub(crate) fn check_what_sticks_ignores_keys(backend: &dyn Backend) {
    let topic = backend.topic("sticky", PARTITIONS);
    let (reports, inbox) = reports();
    let producer = backend.partitioning_producer(Partitioner::Sticky, reports);
    let keys: Vec<String> = (0..100).map(|key| key.to_string()).collect();
    let keys: Vec<Option<&str>> = keys.iter().map(|key| Some(key.as_str())).collect();
    // It moves away from a partition whose leader the client has not found yet; what a record has come to lie in has one.
    places(&*producer, &inbox, &topic, &[None]);
    let start = Instant::now();
    let places = places(&*producer, &inbox, &topic, &keys);
    let most = 1 + start.elapsed().as_millis() / 10;
    let moves = places.windows(2).filter(|pair| pair[0] != pair[1]).count();
    assert!(moves as u128 <= most, "{moves} moves where {most} are due");
    assert!(places.iter().all(|place| (0..PARTITIONS).contains(place)));
}

pub(crate) fn check_prefixes_have_their_partitions(backend: &dyn Backend) {
    let topic = backend.topic("prefixes", PARTITIONS);
    let (reports, inbox) = reports();
    let premium = Partitioner::prefix("premium-", 0);
    let producer = backend.partitioning_producer(premium, reports);
    let rest = |key: &str| 1 + partition(key.as_bytes(), PARTITIONS - 1);
    let keys = [
        Some("premium-1"),
        Some("basic-1"),
        Some("premium-2"),
        Some("basic-2"),
        Some(""),
    ];
    let expected = [0, rest("basic-1"), 0, rest("basic-2"), rest("")];
    assert_eq!(places(&*producer, &inbox, &topic, &keys), expected);
    let keyless = places(&*producer, &inbox, &topic, &[None; 20]);
    assert!(
        keyless.iter().all(|place| (1..PARTITIONS).contains(place)),
        "{keyless:?}"
    );
    let named = Record {
        partition: Some(3),
        ..keyed(&topic, Some("premium-1"))
    };
    assert_eq!(
        end(&*producer, &inbox, named).unwrap().partition,
        3,
        "the record's own wish"
    );
}

pub(crate) fn check_a_partition_that_the_topic_lacks_ends_the_record(backend: &dyn Backend) {
    let topic = backend.topic("absent", PARTITIONS);
    let (reports, inbox) = reports();
    let rule = Partitioner::by(|key, _| match key {
        Some(b"above") => Some(PARTITIONS),
        Some(b"below") => Some(-1),
        _ => None,
    });
    let producer = backend.partitioning_producer(rule, reports);
    // The first one before the client knows the topic, the others after.
    for (key, chosen) in [("above", PARTITIONS), ("below", -1), ("above", PARTITIONS)] {
        let sent = keyed(&topic, Some(key));
        let refused = end(&*producer, &inbox, sent.clone()).unwrap_err();
        let text =
            format!("the partitioner chose partition {chosen} of topic {topic}, which has {PARTITIONS}, counted");
        assert!(refused.error.reason().starts_with(&text), "{}", refused.error);
        assert_eq!(
            (
                refused.error.kind(),
                refused.error.persistence(),
                refused.error.is_retriable()
            ),
            (ProduceErrorKind::UnknownTopic, Persistence::NotPersisted, false)
        );
        assert_eq!(refused.record, sent);
    }
    let others = places(&*producer, &inbox, &topic, &[Some("other")]);
    assert_eq!(
        others,
        [partition(b"other", PARTITIONS)],
        "the others are not concerned"
    );
    assert_eq!(backend.read(&topic).len(), 1);
}

pub(crate) fn check_a_panic_of_the_rule_leaves_the_record_to_the_hash(backend: &dyn Backend) {
    let topic = backend.topic("panic", PARTITIONS);
    let (reports, inbox) = reports();
    let rule = Partitioner::by(|_, _| panic!("this panic belongs to the test"));
    let producer = backend.partitioning_producer(rule, reports);
    for _ in 0..2 {
        let places = places(&*producer, &inbox, &topic, &[Some("a"), Some("b"), Some("c")]);
        let expected = [b"a", b"b", b"c"].map(|key| partition(key, PARTITIONS));
        assert_eq!(places, expected);
    }
}
