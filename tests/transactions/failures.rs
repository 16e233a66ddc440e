//! Steps that fail: taken again, aborted, or ended by a fresh client; and zombies.

use std::convert::Infallible;
use std::time::Duration;

use publisher_core::producer::{
    ConsumerGroup, Fault, TransactionClass, TransactionFailure, TransactionFailureKind, TransactionStep,
};
use publisher_core::{
    ConfigError, Persistence, ProduceError, ProduceErrorKind, Publisher, TransactionError, Transactional,
};

use crate::support::{Bench, consumed, placed, within};

fn failure(class: TransactionClass, kind: TransactionFailureKind) -> TransactionFailure {
    TransactionFailure::new(class, kind, "on purpose")
}

fn retriable() -> TransactionFailure {
    failure(TransactionClass::Retriable, TransactionFailureKind::Unavailable)
}

impl Bench {
    fn inject(&self, step: TransactionStep, calls: usize, failure: TransactionFailure) {
        self.broker.inject(Fault::Transaction { calls, step, failure });
    }
}

async fn publish(publisher: &Publisher<Transactional>, key: &str) -> Result<(), TransactionError<Infallible>> {
    let transaction = publisher.transaction(async |transaction| {
        transaction.publish(placed(key, 1));
        Ok(())
    });
    within(transaction).await
}

/// A publisher that has had a transaction, so that none of its steps to come is a first one.
async fn settled(bench: &Bench) -> Publisher<Transactional> {
    let publisher = bench.publisher().await;
    publish(&publisher, "0").await.unwrap();
    publisher
}

#[tokio::test]
async fn a_retriable_failure_of_any_step_is_not_seen() {
    let bench = Bench::start();
    bench.inject(TransactionStep::Init, 3, retriable());
    bench.inject(TransactionStep::Begin, 2, retriable());
    bench.inject(TransactionStep::SendOffsets, 2, retriable());
    bench.inject(TransactionStep::Commit, 2, retriable());
    let publisher = bench.publisher().await;
    let transaction = publisher.transaction(async |transaction| {
        transaction.publish(placed("1", 1));
        transaction.offsets(&ConsumerGroup::new("shop"), [consumed(0, 1)]).await
    });
    within(transaction).await.unwrap();
    bench.inject(TransactionStep::Abort, 2, retriable());
    let aborted = publisher.transaction(async |_| Err::<(), _>("no"));
    assert_eq!(within(aborted).await, Err(TransactionError::Work("no")));
    publish(&publisher, "2").await.unwrap();
    assert_eq!(bench.committed(), ["1", "2"]);
    assert_eq!(bench.broker.clients(), 1, "no fresh client was called for");
}

#[tokio::test]
async fn a_record_that_is_not_delivered_aborts_and_says_whether_to_try_again() {
    async fn check(
        kind: ProduceErrorKind,
        persistence: Persistence,
        expected: TransactionFailureKind,
        retriable: bool,
    ) {
        let bench = Bench::start();
        let publisher = settled(&bench).await;
        let error = ProduceError::new(kind, persistence, "lost on purpose");
        bench.broker.inject(Fault::Fail { records: 1, error });
        let ended = publish(&publisher, "1").await.unwrap_err();
        let TransactionError::Aborted(failure) = &ended else {
            panic!("{ended:?}")
        };
        assert_eq!(failure.kind(), expected, "{failure}");
        assert!(failure.reason().contains("lost on purpose"), "{failure}");
        assert_eq!(ended.is_retriable(), retriable, "{failure}");
        publish(&publisher, "2").await.unwrap();
        assert_eq!(bench.committed(), ["0", "2"]);
        let report = publisher.shutdown(Duration::from_secs(10)).await;
        assert_eq!((report.delivered, report.failed, report.unknown), (2, 1, 0));
    }
    use TransactionFailureKind as Kind;
    let (surely, perhaps) = (Persistence::NotPersisted, Persistence::PossiblyPersisted);
    check(ProduceErrorKind::TimedOut, surely, Kind::RecordFailed, true).await;
    check(ProduceErrorKind::TimedOut, perhaps, Kind::RecordFailed, true).await;
    check(ProduceErrorKind::TooLarge, surely, Kind::RecordRefused, false).await;
    check(ProduceErrorKind::Fatal, perhaps, Kind::Broken, true).await;
}

#[tokio::test]
async fn offsets_that_are_refused_abort_though_the_work_goes_on() {
    let bench = Bench::start();
    let publisher = settled(&bench).await;
    let moved = failure(TransactionClass::Abortable, TransactionFailureKind::GroupMoved);
    bench.inject(TransactionStep::SendOffsets, 1, moved.clone());
    let transaction = publisher.transaction(async |transaction| {
        transaction.publish(placed("1", 1));
        let group = ConsumerGroup::new("shop");
        let sent = transaction.offsets(&group, [consumed(0, 1)]);
        assert_eq!(sent.await.as_ref(), Err(&moved));
        Ok::<_, Infallible>(())
    });
    assert_eq!(within(transaction).await, Err(TransactionError::Aborted(moved.clone())));
    assert!(!TransactionError::<Infallible>::Aborted(moved).is_retriable());
    assert_eq!(bench.committed(), ["0"]);
    assert_eq!(bench.broker.committed_offsets("shop"), []);
}

#[tokio::test]
async fn an_abortable_failure_of_the_commit_aborts() {
    let bench = Bench::start();
    let publisher = settled(&bench).await;
    let refused = failure(TransactionClass::Abortable, TransactionFailureKind::Broken);
    bench.inject(TransactionStep::Commit, 1, refused.clone());
    let error = publish(&publisher, "1").await.unwrap_err();
    assert_eq!(error, TransactionError::Aborted(refused));
    assert!(error.is_retriable());
    publish(&publisher, "2").await.unwrap();
    assert_eq!(bench.committed(), ["0", "2"]);
    assert_eq!(bench.broker.clients(), 1, "the client has aborted it");
}

#[tokio::test]
async fn a_fatal_failure_is_healed_by_a_fresh_client() {
    for step in [TransactionStep::Begin, TransactionStep::Commit] {
        let bench = Bench::start();
        let publisher = settled(&bench).await;
        let broken = failure(TransactionClass::Fatal, TransactionFailureKind::Broken);
        bench.inject(step, 1, broken.clone());
        let ended = publish(&publisher, "1").await;
        if step == TransactionStep::Begin {
            assert_eq!(ended, Ok(()), "nothing was lost by it");
        } else {
            assert_eq!(ended, Err(TransactionError::Aborted(broken)));
        }
        publish(&publisher, "2").await.unwrap();
        assert_eq!(bench.committed().last().unwrap(), "2");
    }
}

#[tokio::test]
async fn no_transaction_begins_on_a_client_of_which_a_commit_was_not_answered() {
    let bench = Bench::start();
    let publisher = settled(&bench).await;
    // It has come about; the answer is missing, and the next one comes.
    bench.inject(TransactionStep::Commit, 1, retriable().after_the_request());
    publish(&publisher, "1").await.unwrap();
    assert_eq!(bench.broker.clients(), 1, "the transaction itself is well");
    publish(&publisher, "2").await.unwrap();
    assert_eq!(
        bench.broker.clients(),
        2,
        "the late request must not find the next transaction"
    );
    publish(&publisher, "3").await.unwrap();
    assert_eq!(bench.broker.clients(), 2);
    assert_eq!(bench.committed(), ["0", "1", "2", "3"]);
}

#[tokio::test]
async fn a_commit_without_any_answer_is_unknown() {
    let bench = Bench::start();
    let publisher = settled(&bench).await;
    let lost = failure(TransactionClass::Fatal, TransactionFailureKind::Broken).after_the_request();
    bench.inject(TransactionStep::Commit, 1, lost.clone());
    let error = publish(&publisher, "1").await.unwrap_err();
    assert_eq!(error, TransactionError::Unknown(lost));
    assert!(!error.is_retriable() && !error.is_fatal());
    publish(&publisher, "2").await.unwrap();
    assert_eq!(bench.broker.clients(), 2);
    let report = publisher.shutdown(Duration::from_secs(10)).await;
    assert_eq!((report.delivered, report.failed, report.unknown), (2, 0, 1));
}

#[tokio::test]
async fn a_zombie_is_fenced_and_writes_nothing_more() {
    let bench = Bench::start();
    let zombie = settled(&bench).await;
    let transaction = zombie.transaction(async |transaction| {
        transaction.publish(placed("zombie-1", 1)).await.unwrap();
        let successor = settled(&bench).await;
        transaction.publish(placed("zombie-2", 1));
        publish(&successor, "1").await.unwrap();
        Ok::<_, Infallible>(successor)
    });
    let error = within(transaction).await.unwrap_err();
    let TransactionError::Fenced(failure) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(failure.kind(), TransactionFailureKind::Fenced);
    assert!(error.is_fatal() && !error.is_retriable());
    let clients = bench.broker.clients();
    assert!(matches!(
        publish(&zombie, "zombie-3").await,
        Err(TransactionError::Fenced(_))
    ));
    assert_eq!(
        bench.broker.clients(),
        clients,
        "a fresh client would fence the successor"
    );
    assert_eq!(bench.committed(), ["0", "0", "1"]);
}

#[tokio::test]
async fn a_successor_aborts_what_was_left_open() {
    let bench = Bench::start();
    let left = settled(&bench).await;
    let mut open = Box::pin(left.transaction(async |transaction| {
        transaction.publish(placed("left", 1)).await.unwrap();
        std::future::pending::<Result<(), Infallible>>().await
    }));
    crate::support::until("the record is written", || {
        let _pending = crate::support::is_pending(open.as_mut());
        bench.broker.written() == 2
    })
    .await;
    let successor = settled(&bench).await;
    publish(&successor, "1").await.unwrap();
    assert_eq!(bench.committed(), ["0", "0", "1"]);
}

#[tokio::test]
async fn what_cannot_be_transactional_is_refused() {
    async fn check(id: &str, timeout: Option<Duration>, setting: &str, text: &str) {
        let bench = Bench::start();
        let builder = Publisher::builder()
            .connect(bench.broker.connect())
            .registry(bench.registry.url())
            .transactional(id);
        let builder = match timeout {
            Some(timeout) => builder.transaction_timeout(timeout),
            None => builder,
        };
        match builder.build().await {
            Err(ConfigError::Invalid { setting: named, reason }) => {
                assert_eq!(named, setting);
                assert!(reason.contains(text), "{reason}");
            }
            other => panic!("{other:?}"),
        }
    }
    check("", None, "transactional", "empty").await;
    check(
        "a",
        Some(Duration::from_secs(1)),
        "transaction_timeout",
        "below `delivery_timeout`",
    )
    .await;
}
