//! Reports that who sends takes in passing: they come once and in order, whoever takes them, and also if he never comes again.

use std::collections::HashMap;
use std::thread;
use std::time::Duration;

use publisher_core::producer::Token;

use crate::support::{Backend, record, reports};

const SENDERS: usize = 3;
const RECORDS: usize = 400;

pub(crate) fn check_reports_taken_in_passing_come_once_and_in_order(backend: &dyn Backend) {
    let topic = backend.topic("passing", 2);
    let (reports, inbox) = reports();
    let producer = backend.producer(reports);
    thread::scope(|scope| {
        for sender in 0..SENDERS {
            let (producer, topic) = (&producer, &topic);
            scope.spawn(move || {
                for index in 0..RECORDS {
                    let record = record(topic, &format!("key-{sender}"), "value");
                    producer.send(record.as_ref(), Token(index << 8 | sender)).unwrap();
                    match index % 16 {
                        7 => producer.take_reports(Duration::from_millis(1)),
                        15 => producer.await_reports(),
                        _ => {}
                    }
                }
            });
        }
    });
    let mut next = HashMap::new();
    for (Token(token), outcome) in inbox.take(SENDERS * RECORDS) {
        let (index, sender) = (token >> 8, token & 0xff);
        let expected: &mut (usize, _) = next.entry(sender).or_default();
        assert_eq!(index, expected.0, "of sender {sender}");
        let offset = outcome.unwrap().offset;
        assert!(
            expected.1 < offset,
            "{:?} and {offset:?} of sender {sender}",
            expected.1
        );
        *expected = (index + 1, offset);
    }
    drop(producer);
    assert_eq!(inbox.rest().len(), 0);
}

pub(crate) fn check_reports_that_nobody_comes_for_are_given(backend: &dyn Backend) {
    let topic = backend.topic("nobody", 1);
    let (reports, inbox) = reports();
    let producer = backend.producer(reports);
    for index in 0..20 {
        // As one who means to come again at once, who says that he waits, or both.
        if index % 2 == 0 {
            producer.take_reports(Duration::from_millis(1));
        }
        if index % 3 == 0 {
            producer.await_reports();
        }
        let record = record(&topic, "key", "value");
        producer.send(record.as_ref(), Token(index)).unwrap();
        assert_eq!(inbox.next().0, Token(index));
    }
}
