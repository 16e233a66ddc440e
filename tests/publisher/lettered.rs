//! Records whose dead letters are on their way at a shutdown's deadline: each counts as what is known of it itself, whatever
//! becomes of its letter.

use std::sync::Arc;
use std::time::Duration;

use publisher_core::dead_letter::DeadLetters;
use publisher_core::producer::{
    Connect, DescribeError, Fault, MemoryBroker, Producer, SendError, Token, TopicDescription,
};
use publisher_core::{
    OnFailure, Persistence, ProduceErrorKind, PublisherBuilder, Publishing, RecordRef, ShutdownReport,
};

use crate::support::{Bench, DEADLINE, SHORT, error, placed, quantity, ready, within, word};

/// A producer of a broker in memory that keeps what it has when it is told to give it up: its records have no answer when
/// a shutdown ends.
struct Keeping(Arc<dyn Producer>);

impl Producer for Keeping {
    fn send(&self, record: RecordRef<'_>, token: Token) -> Result<(), SendError> {
        self.0.send(record, token)
    }

    fn flush(&self, deadline: Duration) -> usize {
        self.0.flush(deadline)
    }

    fn purge(&self) {}

    fn describe_topic(&self, topic: &str, deadline: Duration) -> Result<TopicDescription, DescribeError> {
        self.0.describe_topic(topic, deadline)
    }
}

/// A publisher of dead letters on such a producer, whose broker gives no answer by itself.
async fn kept() -> Bench {
    let broker = MemoryBroker::new();
    let connect = broker.connect();
    let keeping: Connect = Arc::new(move |reports| Ok(Arc::new(Keeping(connect(reports)?)) as Arc<dyn Producer>));
    let settings = |builder: PublisherBuilder| {
        let lettering = builder.on_failure(OnFailure::DeadLetter);
        lettering.dead_letters(DeadLetters::new()).connect(keeping)
    };
    let bench = Bench {
        broker: broker.clone(),
        ..Bench::warm(settings).await
    };
    // The last report may be under way still.
    tests::until(DEADLINE, "nothing is on its way", || broker.waiting() == 0).await;
    broker.hold();
    bench
}

/// The record that has waited longest fails, and its letter is put on its way.
fn fail_next(bench: &Bench, persistence: Persistence) {
    let error = error(ProduceErrorKind::Rejected, persistence);
    bench.broker.inject(Fault::Fail { records: 1, error });
    assert!(bench.broker.deliver_next());
}

/// Delivered (without the two that learn the schemas), failed, unknown, returned; and how many have a letter.
#[track_caller]
fn check(report: &ShutdownReport, accepted: u64, expected: [u64; 4], lettered: u64) {
    let counts = [
        report.delivered - 2,
        report.failed,
        report.unknown,
        report.returned.len() as u64,
    ];
    assert_eq!((counts, report.dead_lettered), (expected, lettered));
    assert_eq!((counts.iter().sum(), report.withdrawn), (accepted, 0));
}

#[tokio::test]
async fn a_record_whose_letter_is_on_its_way_counts_as_what_became_of_it() {
    for (persistence, expected) in [
        (Persistence::NotPersisted, [0, 1, 0, 0]),
        (Persistence::PossiblyPersisted, [0, 0, 1, 0]),
    ] {
        let bench = kept().await;
        let publishing = bench.publisher.publish(placed("7", 1));
        fail_next(&bench, persistence);
        assert_eq!(bench.broker.waiting(), 1, "the letter");
        let report = within(bench.publisher.shutdown(SHORT)).await;
        check(&report, 1, expected, 0);
        // Now that the letter arrives as well, it is the same record as before.
        assert!(bench.broker.deliver_next());
        assert_eq!(word(within(publishing).await.as_ref()), "dead letter");
        check(&within(bench.publisher.shutdown(SHORT)).await, 1, expected, 1);
    }
}

/// Letters on their way and one that waits, beside a record without an answer and one that was never sent.
#[tokio::test]
async fn each_of_many_counts_once_and_as_what_became_of_it() {
    let bench = kept().await;
    let mut all: Vec<Publishing> = (1..=4)
        .map(|quantity| bench.publisher.publish(placed("7", quantity)))
        .collect();
    fail_next(&bench, Persistence::NotPersisted);
    fail_next(&bench, Persistence::PossiblyPersisted);
    bench.broker.inject(Fault::Full { sends: usize::MAX });
    fail_next(&bench, Persistence::NotPersisted);
    all.push(bench.publisher.publish(placed("7", 5)));
    assert_eq!(bench.broker.waiting(), 3, "a record and two letters");

    let report = within(bench.publisher.shutdown(SHORT)).await;
    // The first and the third have surely failed; of the second and the fourth nobody knows.
    check(&report, 5, [0, 2, 2, 1], 0);
    assert_eq!(quantity(report.returned[0].value.as_ref().unwrap()), 5);
    assert_eq!(word(ready(all.pop().unwrap()).as_ref()), "shut down");
    assert_eq!(
        word(ready(all.remove(2)).as_ref()),
        "failed",
        "its letter was never sent"
    );

    assert_eq!(bench.broker.deliver_all(), 3);
    let words: Vec<_> = all.into_iter().map(|answer| word(ready(answer).as_ref())).collect();
    assert_eq!(words, ["dead letter", "dead letter", "delivered"]);
    check(&within(bench.publisher.shutdown(DEADLINE)).await, 5, [1, 2, 1, 1], 2);
}
