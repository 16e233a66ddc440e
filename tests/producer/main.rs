//! The contract of a producer, checked over every backend: memory, the embedded cluster, and a real Kafka where
//! `PUBLISHER_TEST_KAFKA` holds its bootstrap servers. What only Kafka can show is in `kafka`.

#![allow(clippy::unwrap_used, reason = "a test ends at what it did not expect")]

mod description;
mod kafka;
mod partitioners;
mod passing;
mod support;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::thread;

use partitioners::{
    check_a_panic_of_the_rule_leaves_the_record_to_the_hash, check_a_partition_that_the_topic_lacks_ends_the_record,
    check_a_round_visits_each_partition, check_prefixes_have_their_partitions, check_what_sticks_ignores_keys,
};
use passing::{check_reports_taken_in_passing_come_once_and_in_order, check_reports_that_nobody_comes_for_are_given};
use publisher_core::Record;
use publisher_core::partitioner::partition;
use publisher_core::producer::{DescribeErrorKind, SendError, Token, TopicDescription};
use publisher_core::{Headers, Persistence, ProduceErrorKind};
use support::{Backend, DEADLINE, Embedded, Memory, Real, record, reports, value};

/// One test for each check and backend.
macro_rules! contract {
    ($($check:ident),+ $(,)?) => {
        mod memory { $(#[test] fn $check() { super::$check(&super::Memory::start()); })+ }
        mod embedded { $(#[test] fn $check() { super::$check(&super::Embedded::start()); })+ }
        mod real {
            $(#[test] fn $check() {
                if let Some(kafka) = super::Real::from_environment() { super::$check(&kafka); }
            })+
        }
    };
}

contract! {
    check_order_per_key,
    check_one_report_for_each_record,
    check_reports_taken_in_passing_come_once_and_in_order,
    check_reports_that_nobody_comes_for_are_given,
    check_null_and_empty_are_told_apart,
    check_timestamps_are_kept,
    check_partitions_are_those_of_java,
    check_a_fixed_partition_wins,
    check_a_round_visits_each_partition,
    check_what_sticks_ignores_keys,
    check_prefixes_have_their_partitions,
    check_a_partition_that_the_topic_lacks_ends_the_record,
    check_a_panic_of_the_rule_leaves_the_record_to_the_hash,
    check_placements_say_where_the_record_lies,
    check_flush_waits_for_all_reports,
    check_flush_pushes_out_what_lingers,
    check_a_record_above_the_limit_is_refused,
    check_invalid_records_are_refused,
    check_reports_may_send_and_panic,
    check_a_panic_costs_no_other_record_its_report,
    check_records_differ_in_everything,
    check_drop_reports_each_record_once,
    check_a_report_may_drop_the_producer,
    check_a_topic_is_described,
}

fn check_order_per_key(backend: &dyn Backend) {
    const KEYS: usize = 7;
    const RECORDS: usize = 500;
    let topic = backend.topic("order", 6);
    let (reports, inbox) = reports();
    let producer = backend.producer(reports);
    for index in 0..RECORDS {
        producer
            .send(
                record(&topic, &format!("key-{}", index % KEYS), &index.to_string()).as_ref(),
                Token(index),
            )
            .unwrap();
    }
    assert_eq!(producer.flush(DEADLINE), 0);
    assert!(inbox.take(RECORDS).iter().all(|(_, outcome)| outcome.is_ok()));

    let mut seen: HashMap<Vec<u8>, Vec<usize>> = HashMap::new();
    for stored in backend.read(&topic) {
        seen.entry(stored.key.clone().unwrap())
            .or_default()
            .push(value(&stored).parse().unwrap());
    }
    assert_eq!(seen.len(), KEYS);
    for (key, values) in seen {
        let key = String::from_utf8(key).unwrap();
        let start: usize = key.trim_start_matches("key-").parse().unwrap();
        assert_eq!(values, (start..RECORDS).step_by(KEYS).collect::<Vec<_>>(), "{key}");
    }
}

fn check_one_report_for_each_record(backend: &dyn Backend) {
    const THREADS: usize = 3;
    const RECORDS: usize = 300;
    let topic = backend.topic("reports", 3);
    let (reports, inbox) = reports();
    let producer = backend.producer(reports);
    thread::scope(|scope| {
        for sender in 0..THREADS {
            let (producer, topic) = (&producer, &topic);
            scope.spawn(move || {
                for index in 0..RECORDS {
                    let token = Token(sender << 32 | index);
                    producer
                        .send(record(topic, &format!("key-{sender}"), "value").as_ref(), token)
                        .unwrap();
                }
            });
        }
    });
    assert_eq!(producer.flush(DEADLINE), 0);
    drop(producer);

    let mut tokens = HashSet::new();
    for (token, outcome) in inbox.rest() {
        assert!(outcome.is_ok(), "{outcome:?}");
        assert!(tokens.insert(token), "{token:?} came twice");
    }
    let expected: HashSet<Token> = (0..THREADS)
        .flat_map(|sender| (0..RECORDS).map(move |index| Token(sender << 32 | index)))
        .collect();
    assert_eq!(tokens, expected);
    assert_eq!(backend.read(&topic).len(), THREADS * RECORDS);
}

fn check_null_and_empty_are_told_apart(backend: &dyn Backend) {
    let topic = backend.topic("nulls", 1);
    let (reports, inbox) = reports();
    let producer = backend.producer(reports);
    let mut headers = Headers::new();
    headers.push("text", "väl");
    headers.push("empty", "");
    headers.push_null("null");
    headers.push("text", "again");

    let mut sent = Vec::new();
    for key in [None, Some(vec![]), Some(b"key".to_vec())] {
        for value in [None, Some(vec![]), Some(b"\0\x01\xff".to_vec())] {
            for headers in [Headers::new(), headers.clone()] {
                let mut record = record(&topic, "", "");
                (record.key, record.value, record.headers) = (key.clone(), value.clone(), headers);
                sent.push(record);
            }
        }
    }
    for (index, record) in sent.iter().enumerate() {
        producer.send(record.as_ref(), Token(index)).unwrap();
    }
    assert_eq!(producer.flush(DEADLINE), 0);
    assert!(inbox.take(sent.len()).iter().all(|(_, outcome)| outcome.is_ok()));

    let read = backend.read(&topic);
    assert_eq!(read.len(), sent.len());
    for (read, sent) in read.iter().zip(&sent) {
        assert_eq!(
            (&read.key, &read.value, &read.headers),
            (&sent.key, &sent.value, &sent.headers)
        );
    }
}

fn check_timestamps_are_kept(backend: &dyn Backend) {
    let topic = backend.topic("times", 1);
    let (reports, inbox) = reports();
    let producer = backend.producer(reports);
    let times = [1, 1_000, 1_700_000_000_123, 1_600_000_000_000];
    for (index, timestamp_ms) in times.into_iter().enumerate() {
        let mut record = record(&topic, "key", "value");
        record.timestamp_ms = timestamp_ms;
        producer.send(record.as_ref(), Token(index)).unwrap();
    }
    let reported: Vec<i64> = inbox
        .take(times.len())
        .into_iter()
        .map(|(_, outcome)| outcome.unwrap().timestamp_ms)
        .collect();
    assert_eq!(reported, times);
    assert_eq!(
        backend
            .read(&topic)
            .iter()
            .map(|stored| stored.timestamp_ms)
            .collect::<Vec<_>>(),
        times
    );
}

fn check_partitions_are_those_of_java(backend: &dyn Backend) {
    const PARTITIONS: i32 = 6;
    let topic = backend.topic("partitions", PARTITIONS);
    let (reports, inbox) = reports();
    let producer = backend.producer(reports);
    let keys: Vec<String> = (0..60)
        .map(|index| format!("ordre-{index}-é"))
        .chain([String::new()])
        .collect();
    for (index, key) in keys.iter().enumerate() {
        producer
            .send(record(&topic, key, "value").as_ref(), Token(index))
            .unwrap();
    }
    for (Token(index), outcome) in inbox.take(keys.len()) {
        assert_eq!(
            outcome.unwrap().partition,
            partition(keys[index].as_bytes(), PARTITIONS),
            "{}",
            keys[index]
        );
    }
    let used: HashSet<i32> = backend.read(&topic).iter().map(|stored| stored.partition).collect();
    assert_eq!(used.len(), PARTITIONS as usize);
}

fn check_a_fixed_partition_wins(backend: &dyn Backend) {
    let topic = backend.topic("fixed", 6);
    let (reports, inbox) = reports();
    let producer = backend.producer(reports);
    let mut wished = record(&topic, "key", "value");
    let other = (partition(b"key", 6) + 1) % 6;
    wished.partition = Some(other);
    producer.send(wished.as_ref(), Token(0)).unwrap();
    assert_eq!(inbox.next().1.unwrap().partition, other);
    // A partition that the topic lacks: refused at once where the metadata is known, as it is now.
    let mut wrong = record(&topic, "key", "value");
    wrong.partition = Some(6);
    let Err(SendError::Refused(refused)) = producer.send(wrong.as_ref(), Token(1)) else {
        panic!("taken")
    };
    assert_eq!(refused.kind(), ProduceErrorKind::UnknownTopic);
    assert!(refused.reason().contains("has no partition 6"), "{}", refused);
}

fn check_placements_say_where_the_record_lies(backend: &dyn Backend) {
    let topic = backend.topic("placements", 3);
    let (reports, inbox) = reports();
    let producer = backend.producer(reports);
    for index in 0..50 {
        producer
            .send(
                record(&topic, &format!("key-{index}"), &index.to_string()).as_ref(),
                Token(index),
            )
            .unwrap();
    }
    let placed: HashMap<_, _> = inbox
        .take(50)
        .into_iter()
        .map(|(Token(index), outcome)| {
            let placement = outcome.unwrap();
            ((placement.partition, placement.offset.unwrap()), index)
        })
        .collect();
    for stored in backend.read(&topic) {
        assert_eq!(placed[&(stored.partition, stored.offset)].to_string(), value(&stored));
    }
    assert_eq!(placed.len(), 50);
}

fn check_flush_waits_for_all_reports(backend: &dyn Backend) {
    let topic = backend.topic("flush", 3);
    let (reports, inbox) = reports();
    let producer = backend.producer(reports);
    assert_eq!(producer.flush(DEADLINE), 0);
    for round in 0..20 {
        for index in 0..10 {
            producer
                .send(
                    record(&topic, &index.to_string(), "value").as_ref(),
                    Token(round * 10 + index),
                )
                .unwrap();
        }
        assert_eq!(producer.flush(DEADLINE), 0);
        // No waiting here: the reports were given before `flush` returned.
        assert_eq!(inbox.so_far().len(), 10);
    }
}

fn check_flush_pushes_out_what_lingers(backend: &dyn Backend) {
    let topic = backend.topic("linger", 1);
    let (reports, inbox) = reports();
    let producer = backend.lingering_producer(reports);
    // The first record pays for the connection.
    producer
        .send(record(&topic, "key", "value").as_ref(), Token(0))
        .unwrap();
    assert_eq!(producer.flush(DEADLINE), 0);
    let start = std::time::Instant::now();
    producer
        .send(record(&topic, "key", "value").as_ref(), Token(1))
        .unwrap();
    assert_eq!(producer.flush(DEADLINE), 0);
    assert_eq!(inbox.so_far().len(), 2);
    assert!(start.elapsed() < support::LINGER / 2, "{:?}", start.elapsed());
}

fn check_a_record_above_the_limit_is_refused(backend: &dyn Backend) {
    let topic = backend.topic("large", 1);
    let (reports, inbox) = reports();
    let producer = backend.producer(reports);
    let large = record(&topic, "key", &"x".repeat(2_000_120));
    let Err(SendError::Refused(refused)) = producer.send(large.as_ref(), Token(0)) else {
        panic!("taken")
    };
    assert_eq!(refused.kind(), ProduceErrorKind::TooLarge);
    assert_eq!(refused.persistence(), Persistence::NotPersisted);
    assert_eq!(
        refused.reason(),
        format!(
            "record is 2000123 bytes, the limit is 1000000: raise `max_record_bytes` here and `max.message.bytes` on topic {topic}, or \
             publish a reference to the content"
        )
    );
    // The largest that passes here passes at the broker too.
    producer
        .send(
            record(&topic, "key", &"x".repeat(1_000_000 - 3 - 36)).as_ref(),
            Token(1),
        )
        .unwrap();
    assert_eq!(producer.flush(DEADLINE), 0);
    drop(producer);
    let reported = inbox.rest();
    assert_eq!(reported.len(), 1);
    assert!(reported[0].1.is_ok(), "{reported:?}");
}

fn check_invalid_records_are_refused(backend: &dyn Backend) {
    let (reports, inbox) = reports();
    let producer = backend.producer(reports);
    let mut with_nul = record("orders", "key", "value");
    with_nul.headers.push("a\0b", "value");
    let mut without_time = record("orders", "key", "value");
    without_time.timestamp_ms = 0;
    for (record, kind, text) in [
        (
            record("bad name", "key", "value"),
            ProduceErrorKind::InvalidTopic,
            "topic name \"bad name\" holds ' '",
        ),
        (
            record("nul\0", "key", "value"),
            ProduceErrorKind::InvalidTopic,
            "holds '\\0'",
        ),
        (
            with_nul,
            ProduceErrorKind::Rejected,
            "header name \"a\\0b\" holds a NUL",
        ),
        (
            without_time,
            ProduceErrorKind::Rejected,
            "timestamp 0 ms cannot be sent",
        ),
    ] {
        let Err(SendError::Refused(refused)) = producer.send(record.as_ref(), Token(0)) else {
            panic!("{record:?} was taken")
        };
        assert_eq!(refused.kind(), kind);
        assert!(refused.reason().contains(text), "{}", refused);
    }
    drop(producer);
    assert!(inbox.rest().is_empty());
}

/// The thread that reports must outlive a report that panics, and must not hold a lock that `send` needs.
fn check_reports_may_send_and_panic(backend: &dyn Backend) {
    let topic = backend.topic("reentrant", 1);
    let (reports, inbox) = support::sending_reports(&topic, 5);
    let producer = backend.producer(Arc::clone(&reports) as _);
    reports.sends_by(&producer);
    producer.send(record(&topic, "key", "0").as_ref(), Token(0)).unwrap();
    let tokens: Vec<usize> = inbox.take(6).into_iter().map(|(token, _)| token.0).collect();
    assert_eq!(tokens, [0, 1, 2, 3, 4, 5]);
    reports.forget();
    assert_eq!(backend.read(&topic).len(), 6);
}

/// Also where several reports come at once.
fn check_a_panic_costs_no_other_record_its_report(backend: &dyn Backend) {
    const RECORDS: usize = 100;
    let topic = backend.topic("panics", 1);
    let (reports, inbox) = support::panicking_reports();
    let producer = backend.producer(reports);
    for index in 0..RECORDS {
        producer
            .send(record(&topic, "key", "value").as_ref(), Token(index))
            .unwrap();
    }
    let tokens: Vec<usize> = inbox.take(RECORDS).into_iter().map(|(token, _)| token.0).collect();
    assert_eq!(tokens, (0..RECORDS).collect::<Vec<_>>());
    assert_eq!(producer.flush(DEADLINE), 0);
}

/// Nothing of one record may show in another one, whatever is used again between them.
fn check_records_differ_in_everything(backend: &dyn Backend) {
    const RECORDS: usize = 600;
    let topics: Vec<String> = (0..3)
        .map(|index| backend.topic(&format!("mixed-{index}"), 1))
        .collect();
    let (reports, inbox) = reports();
    let producer = backend.producer(reports);
    let sent: Vec<Record> = (0..RECORDS)
        .map(|index| {
            let mut headers = Headers::new();
            for number in 0..index % 5 {
                headers.push(format!("name-{}", index % 7 + number), "v".repeat(index * 7 % 900));
            }
            if index % 4 == 1 {
                headers.push_null("null");
            }
            Record {
                topic: topics[index % topics.len()].clone(),
                partition: (index % 2 == 0).then_some(0),
                key: (index % 3 != 0).then(|| format!("key-{index}").into_bytes()),
                value: Some(index.to_string().into_bytes()),
                headers,
                timestamp_ms: 1_700_000_000_000 + index as i64,
            }
        })
        .collect();
    // In turns, so that what the first ones leave is there for the next.
    for (turn, records) in sent.chunks(RECORDS / 4).enumerate() {
        for (index, record) in records.iter().enumerate() {
            // Numbers of every size, as a sender may have them.
            let token = Token((turn * RECORDS / 4 + index) << (index % 3 * 15));
            producer.send(record.as_ref(), token).unwrap();
        }
        for (_, outcome) in inbox.take(records.len()) {
            outcome.unwrap();
        }
    }
    for (number, topic) in topics.iter().enumerate() {
        let expected: Vec<&Record> = sent.iter().skip(number).step_by(topics.len()).collect();
        let read = backend.read(topic);
        assert_eq!(read.len(), expected.len());
        for (read, sent) in read.iter().zip(expected) {
            assert_eq!(
                (&read.key, &read.value, &read.headers, read.timestamp_ms),
                (&sent.key, &sent.value, &sent.headers, sent.timestamp_ms)
            );
        }
    }
}

fn check_drop_reports_each_record_once(backend: &dyn Backend) {
    const RECORDS: usize = 200;
    let topic = backend.topic("drop", 3);
    let (reports, inbox) = reports();
    let producer = backend.lingering_producer(reports);
    for index in 0..RECORDS {
        producer
            .send(record(&topic, &index.to_string(), "value").as_ref(), Token(index))
            .unwrap();
    }
    drop(producer);

    let reported = inbox.rest();
    assert_eq!(
        reported.iter().map(|(token, _)| *token).collect::<HashSet<_>>().len(),
        RECORDS
    );
    assert_eq!(reported.len(), RECORDS);
    let (mut delivered, mut unknown) = (0, 0);
    for (Token(index), outcome) in reported {
        match outcome {
            Ok(_) => delivered += 1,
            Err(undelivered) => {
                assert_eq!(undelivered.error.kind(), ProduceErrorKind::ShutDown);
                assert_eq!(undelivered.record, record(&topic, &index.to_string(), "value"));
                if undelivered.error.persistence() == Persistence::PossiblyPersisted {
                    unknown += 1;
                }
            }
        }
    }
    let stored = backend.read(&topic).len();
    assert!(
        (delivered..=delivered + unknown).contains(&stored),
        "{stored} stored, {delivered} delivered, {unknown} unknown"
    );
}

/// The thread that reports cannot wait for itself.
fn check_a_report_may_drop_the_producer(backend: &dyn Backend) {
    const RECORDS: usize = 50;
    let topic = backend.topic("last", 1);
    let (reports, hand_over, inbox) = support::dropping_reports();
    let producer = backend.producer(reports);
    for index in 0..RECORDS {
        producer
            .send(record(&topic, "key", "value").as_ref(), Token(index))
            .unwrap();
    }
    // The first report waits for this and drops it.
    hand_over.send(producer).unwrap();
    let reported = inbox.rest();
    assert_eq!(reported.len(), RECORDS);
    let tokens: HashSet<Token> = reported.iter().map(|(token, _)| *token).collect();
    assert_eq!(tokens.len(), RECORDS);
}

fn check_a_topic_is_described(backend: &dyn Backend) {
    let topic = backend.topic("described", 3);
    let (reports, inbox) = reports();
    let producer = backend.producer(reports);
    let may_write = backend.tells_permissions().then_some(true);
    assert_eq!(
        producer.describe_topic(&topic, DEADLINE),
        Ok(TopicDescription::existing(&topic, 3, may_write))
    );
    for name in ["", "bad name", "nul\0"] {
        let refused = producer.describe_topic(name, DEADLINE).unwrap_err();
        assert_eq!(refused.kind(), DescribeErrorKind::InvalidTopic, "{name:?}: {refused}");
    }
    assert!(backend.read(&topic).is_empty());
    drop(producer);
    assert!(inbox.rest().is_empty());
}
