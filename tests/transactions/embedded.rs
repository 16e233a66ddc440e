//! Transactions through librdkafka, on an embedded cluster that answers each request of a transaction as it is told.

use std::convert::Infallible;
use std::time::{Duration, Instant};

use publisher_core::TransactionError;
use publisher_core::producer::{ConsumerGroup, TransactionFailureKind as Kind};
use publisher_core::testing::{ProduceFault, TransactionFault as Fault, TransactionRequest as Request};

use crate::counted::Counted;
use crate::support::{Pair, consumed, paid, placed, within};

#[tokio::test]
async fn records_and_offsets_are_committed() {
    let pair = Pair::start();
    let counted = Counted::start(&pair).await;
    let group = ConsumerGroup::new("shop");
    let transaction = counted.publisher.transaction(async |transaction| {
        let delivery = transaction.publish(placed("1", 1)).await.unwrap();
        assert_eq!(delivery.offset.unwrap().0, 0);
        transaction.publish(placed("2", 1));
        transaction.publish(paid("2", 900));
        transaction.offsets(&group, [consumed(0, 5)]).await
    });
    within(transaction).await.unwrap();
    counted.publish("3").await.unwrap();
    assert_eq!(pair.keys().await, ["1", "2", "3"]);
    let report = within(counted.publisher.shutdown(Duration::from_secs(10))).await;
    assert_eq!((report.delivered, report.failed, report.unknown), (4, 0, 0));
    assert_eq!(counted.clients(), 1);
}

#[tokio::test]
async fn an_error_of_the_work_aborts_and_the_next_transaction_is_well() {
    let pair = Pair::start();
    let counted = Counted::start(&pair).await;
    let aborted = counted.publisher.transaction(async |transaction| {
        transaction.publish(placed("1", 1)).await.unwrap();
        transaction.publish(placed("2", 1));
        Err::<(), _>("no")
    });
    assert_eq!(within(aborted).await, Err(TransactionError::Work("no")));
    counted.publish("3").await.unwrap();
    let report = within(counted.publisher.shutdown(Duration::from_secs(10))).await;
    assert_eq!((report.delivered, report.failed, report.unknown), (1, 2, 0));
    assert_eq!(counted.clients(), 1);
}

#[tokio::test]
async fn what_the_coordinator_answers_for_the_moment_is_not_seen() {
    for (request, fault) in [
        (Request::InitProducerId, Fault::CoordinatorNotAvailable),
        (Request::AddPartitions, Fault::CoordinatorNotAvailable),
        (Request::AddPartitions, Fault::ConcurrentTransactions),
        (Request::EndTransaction, Fault::CoordinatorNotAvailable),
        (Request::EndTransaction, Fault::NotCoordinator),
        (Request::EndTransaction, Fault::ConcurrentTransactions),
    ] {
        let pair = Pair::start();
        pair.cluster.transaction_errors(request, &[fault; 2]).unwrap();
        let counted = Counted::start(&pair).await;
        assert_eq!(counted.publish("1").await, Ok(()), "{request:?} {fault:?}");
        assert_eq!(counted.publish("2").await, Ok(()), "{request:?} {fault:?}");
        assert_eq!(pair.keys().await, ["1", "2"], "{request:?} {fault:?}");
        assert_eq!(counted.clients(), 1, "{request:?} {fault:?}");
    }
}

#[tokio::test]
async fn what_the_coordinator_refuses_aborts_and_the_next_transaction_is_well() {
    async fn check(request: Request, fault: Fault, kind: Kind, clients: usize) {
        let pair = Pair::start();
        let counted = Counted::start(&pair).await;
        counted.publish("1").await.unwrap();
        pair.cluster.transaction_errors(request, &[fault]).unwrap();
        let transaction = counted.publisher.transaction(async |transaction| {
            transaction.publish(placed("2", 1)).await.ok();
            let offsets = transaction.offsets(&ConsumerGroup::new("shop"), [consumed(0, 5)]).await;
            let _looked_at = offsets;
            Ok::<_, Infallible>(())
        });
        let error = within(transaction).await.unwrap_err();
        let TransactionError::Aborted(failure) = &error else {
            panic!("{request:?} {fault:?}: {error:?}")
        };
        assert_eq!(failure.kind(), kind, "{request:?} {fault:?}: {failure}");
        assert_eq!(counted.publish("3").await, Ok(()), "{request:?} {fault:?}");
        assert_eq!(counted.clients(), clients, "{request:?} {fault:?}");
        let report = within(counted.publisher.shutdown(Duration::from_secs(10))).await;
        assert_eq!((report.delivered, report.failed, report.unknown), (2, 1, 0));
    }
    check(
        Request::AddPartitions,
        Fault::TopicAuthorisation,
        Kind::RecordRefused,
        2,
    )
    .await;
    check(Request::CommitOffsets, Fault::IllegalGeneration, Kind::GroupMoved, 1).await;
    check(Request::EndTransaction, Fault::UnknownProducer, Kind::Broken, 1).await;
    check(Request::EndTransaction, Fault::InvalidState, Kind::Broken, 2).await;
}

#[tokio::test]
async fn a_record_that_the_broker_refuses_aborts() {
    let pair = Pair::start();
    let counted = Counted::start(&pair).await;
    counted.publish("1").await.unwrap();
    pair.cluster.produce_errors(&[ProduceFault::TooLarge]).unwrap();
    let error = counted.publish("2").await.unwrap_err();
    let TransactionError::Aborted(failure) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(failure.kind(), Kind::RecordRefused, "{failure}");
    assert!(failure.reason().contains("too large"), "{failure}");
    counted.publish("3").await.unwrap();
    assert_eq!(pair.keys().await, ["1", "3"]);
    assert_eq!(counted.clients(), 2, "the old one counts on from the refused record");
}

#[tokio::test]
async fn who_is_fenced_stays_fenced() {
    for request in [Request::AddPartitions, Request::EndTransaction] {
        let pair = Pair::start();
        let counted = Counted::start(&pair).await;
        counted.publish("1").await.unwrap();
        pair.cluster.transaction_errors(request, &[Fault::Fenced]).unwrap();
        for attempt in ["2", "3"] {
            let error = counted.publish(attempt).await.unwrap_err();
            let TransactionError::Fenced(failure) = &error else {
                panic!("{request:?}: {error:?}")
            };
            assert!(failure.reason().contains("shop-1"), "{failure}");
            assert!(error.is_fatal());
        }
        assert_eq!(counted.clients(), 1, "a fresh client would fence the other producer");
        let report = within(counted.publisher.shutdown(Duration::from_secs(10))).await;
        assert_eq!(
            (report.delivered, report.failed, report.unknown),
            (1, 1, 0),
            "{request:?}"
        );
    }
}

#[tokio::test]
async fn an_id_that_may_not_be_used_is_told() {
    let pair = Pair::start();
    pair.cluster
        .transaction_errors(Request::InitProducerId, &[Fault::Unauthorised; 20])
        .unwrap();
    let counted = Counted::start(&pair).await;
    let error = counted.publish("1").await.unwrap_err();
    let TransactionError::NotBegun(failure) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(failure.kind(), Kind::Unauthorised, "{failure}");
    assert!(!error.is_retriable());
}

#[tokio::test]
async fn a_client_of_which_a_commit_was_not_answered_is_replaced_before_the_next_transaction() {
    let pair = Pair::start();
    let counted = Counted::start(&pair).await;
    counted.publish("1").await.unwrap();
    pair.cluster
        .transaction_errors(Request::EndTransaction, &[Fault::Disconnect])
        .unwrap();
    counted.publish("2").await.unwrap();
    assert_eq!(counted.clients(), 1, "the second request was answered");
    counted.publish("3").await.unwrap();
    assert_eq!(counted.clients(), 2, "the first one may still arrive");
    counted.publish("4").await.unwrap();
    assert_eq!(counted.clients(), 2);
    assert_eq!(pair.keys().await, ["1", "2", "3", "4"]);
}

#[tokio::test]
async fn a_commit_that_is_never_answered_is_unknown() {
    let pair = Pair::start();
    let counted = Counted::with_timeout(&pair, Duration::from_secs(2)).await;
    counted.publish("1").await.unwrap();
    let transaction = counted.publisher.transaction(async |transaction| {
        transaction.publish(placed("2", 1)).await.unwrap();
        pair.cluster.broker_down().unwrap();
        Ok::<_, Infallible>(())
    });
    let error = within(transaction).await.unwrap_err();
    assert!(matches!(error, TransactionError::Unknown(_)), "{error:?}");
    pair.cluster.broker_up().unwrap();
    counted.publish("3").await.unwrap();
    assert_eq!(counted.clients(), 2);
    let report = within(counted.publisher.shutdown(Duration::from_secs(10))).await;
    assert_eq!((report.delivered, report.failed, report.unknown), (2, 0, 1));
}

#[tokio::test]
async fn a_coordinator_that_is_away_is_told_as_retriable() {
    let pair = Pair::start();
    let counted = Counted::with_timeout(&pair, Duration::from_secs(1)).await;
    counted.publish("1").await.unwrap();
    pair.cluster.broker_down().unwrap();
    let error = counted.publish("2").await.unwrap_err();
    assert!(matches!(error, TransactionError::Aborted(_)), "{error:?}");
    assert!(error.is_retriable(), "{error:?}");
    pair.cluster.broker_up().unwrap();
    counted.publish("3").await.unwrap();
    let report = within(counted.publisher.shutdown(Duration::from_secs(10))).await;
    assert_eq!((report.delivered, report.failed, report.unknown), (2, 1, 0));

    pair.cluster.broker_down().unwrap();
    let late = Counted::with_timeout(&pair, Duration::from_secs(1)).await;
    let error = late.publish("4").await.unwrap_err();
    assert!(matches!(error, TransactionError::NotBegun(_)), "{error:?}");
    assert!(error.is_retriable(), "{error:?}");
}

/// The brokers answer no more, neither an abort nor a commit.
#[tokio::test]
async fn a_shutdown_counts_an_open_transaction_by_its_end() {
    const MOST: Duration = Duration::from_millis(250);
    /// What a busy machine adds to it.
    const BUSY: Duration = Duration::from_secs(3);
    for (deadline, commits) in [(0, false), (600, false), (0, true), (600, true)] {
        let deadline = Duration::from_millis(deadline);
        let pair = Pair::start();
        let counted = Counted::start(&pair).await;
        counted.publish("1").await.unwrap();
        let (written, seen) = tokio::sync::oneshot::channel();
        let publisher = counted.publisher.clone();
        let open = tokio::spawn(async move {
            let transaction = publisher.transaction(async |transaction| {
                transaction.publish(placed("2", 1)).await.unwrap();
                pair.cluster.broker_down().unwrap();
                written.send(()).unwrap();
                if !commits {
                    std::future::pending::<()>().await;
                }
                Ok::<_, Infallible>(())
            });
            transaction.await
        });
        within(seen).await.unwrap();
        let start = Instant::now();
        let report = within(counted.publisher.shutdown(deadline)).await;
        assert!(start.elapsed() < deadline + MOST + BUSY, "{:?}", start.elapsed());
        let expected = if commits {
            match within(open).await.unwrap() {
                Err(TransactionError::Unknown(_)) => (1, 0, 1),
                Err(TransactionError::ShutDown | TransactionError::Aborted(_)) => (1, 1, 0),
                other => panic!("{other:?}"),
            }
        } else {
            open.abort();
            (1, 1, 0)
        };
        assert_eq!(
            (report.delivered, report.failed, report.unknown),
            expected,
            "{deadline:?} {commits}"
        );
    }
}
