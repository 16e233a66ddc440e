//! How a transaction ends: committed as a whole, or aborted as a whole, with exact counts.

use std::convert::Infallible;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::time::Duration;

use publisher_core::producer::{ConsumerGroup, TransactionFailureKind};
use publisher_core::{PublishError, ShutdownReport, TransactionError};

use crate::support::{Bench, OrderPlaced, consumed, is_pending, later, paid, placed, until, within};

/// What a shutdown reports: delivered, failed, unknown, returned, withdrawn.
#[track_caller]
fn check_counts(report: &ShutdownReport, expected: [u64; 5]) {
    let counted = [
        report.delivered,
        report.failed,
        report.unknown,
        report.returned.len() as u64,
        report.withdrawn,
    ];
    assert_eq!(counted, expected, "{report:?}");
}

/// Goes on with a transaction until its first record is written. Nothing of it is committed, so that the next offset has to
/// tell.
async fn until_written<F: Future>(bench: &Bench, mut transaction: Pin<&mut F>) {
    until("the record is written", || {
        let _pending = is_pending(transaction.as_mut());
        bench.broker.written() == 1
    })
    .await;
}

#[tokio::test]
async fn what_is_published_is_committed_together_in_the_order_of_the_calls() {
    let bench = Bench::start();
    let publisher = bench.publisher().await;
    let value = within(publisher.transaction(async |transaction| {
        let delivery = transaction.publish(placed("1", 1)).await?;
        assert_eq!(delivery.topic(), "orders");
        assert_eq!(bench.committed(), [""; 0], "not committed yet");
        // Not awaited: the commit waits for them.
        transaction.publish(placed("2", 1));
        transaction.publish(paid("3", 900));
        transaction.enqueue(placed("4", 1)).await?.await?;
        transaction.tombstone::<OrderPlaced>(&"5".to_owned());
        let sent = transaction.prepare(placed("6", 1)).header("a", "b").send();
        drop(sent);
        Ok::<_, PublishError>("value")
    }));
    assert_eq!(value.await.unwrap(), "value");
    // The first of a type waits for its schema, and the order is that of each key.
    let (payments, orders): (Vec<_>, Vec<_>) = bench.committed().into_iter().partition(|key| key == "3");
    assert_eq!(payments, ["3"]);
    assert_eq!(orders, ["1", "2", "4", "5", "6"]);

    within(publisher.transaction(async |transaction| {
        transaction.publish(placed("7", 1));
        Ok::<_, Infallible>(())
    }))
    .await
    .unwrap();
    let report = publisher.shutdown(Duration::from_secs(10)).await;
    check_counts(&report, [7, 0, 0, 0, 0]);
    assert_eq!(bench.committed().len(), 7);
}

#[tokio::test]
async fn offsets_are_committed_with_the_records_or_not_at_all() {
    let bench = Bench::start();
    let publisher = bench.publisher().await;
    let group = ConsumerGroup::new("shop");
    let committed = publisher.transaction(async |transaction| {
        transaction.publish(placed("1", 1));
        transaction.offsets(&group, [consumed(0, 5), consumed(1, 7)]).await
    });
    within(committed).await.unwrap();
    let aborted = publisher.transaction(async |transaction| {
        transaction.offsets(&group, [consumed(0, 9)]).await.unwrap();
        Err::<(), _>("no")
    });
    assert_eq!(within(aborted).await, Err(TransactionError::Work("no")));
    assert_eq!(bench.broker.committed_offsets("shop"), [consumed(0, 5), consumed(1, 7)]);
}

#[tokio::test]
async fn an_error_of_the_work_aborts() {
    let bench = Bench::start();
    let publisher = bench.publisher().await;
    let aborted = publisher.transaction(async |transaction| {
        transaction.publish(placed("1", 1)).await.unwrap();
        transaction.publish(placed("2", 1));
        Err::<(), _>("no")
    });
    let error = within(aborted).await.unwrap_err();
    assert_eq!(error, TransactionError::Work("no"));
    assert!(!error.is_retriable() && !error.is_fatal());
    assert_eq!(bench.committed(), [""; 0]);
    let report = publisher.shutdown(Duration::from_secs(10)).await;
    check_counts(&report, [0, 2, 0, 0, 0]);
}

#[tokio::test]
async fn a_panic_aborts_and_goes_on_to_the_caller() {
    let bench = Bench::start();
    let publisher = bench.publisher().await;
    let task = tokio::spawn({
        let publisher = publisher.clone();
        async move {
            publisher
                .transaction(async |transaction| {
                    transaction.publish(placed("1", 1)).await.unwrap();
                    assert!(transaction.publish(placed("2", 1)).await.is_err(), "on purpose");
                    Ok::<_, Infallible>(())
                })
                .await
        }
    });
    let panic = within(task).await.unwrap_err().into_panic();
    assert!(
        panic
            .downcast_ref::<String>()
            .is_some_and(|text| text.contains("on purpose"))
            || panic
                .downcast_ref::<&str>()
                .is_some_and(|text| text.contains("on purpose"))
    );
    assert_eq!(bench.committed(), [""; 0]);
    within(publisher.transaction(async |transaction| {
        transaction.publish(placed("3", 1));
        Ok::<_, Infallible>(())
    }))
    .await
    .unwrap();
    assert_eq!(bench.committed(), ["3"]);
    check_counts(&publisher.shutdown(Duration::from_secs(10)).await, [1, 2, 0, 0, 0]);
}

#[tokio::test]
async fn a_dropped_future_aborts_before_the_next_transaction() {
    let bench = Bench::start();
    let publisher = bench.publisher().await;
    let mut dropped = Box::pin(publisher.transaction(async |transaction| {
        transaction.publish(placed("1", 1)).await.unwrap();
        std::future::pending::<Result<(), Infallible>>().await
    }));
    until_written(&bench, dropped.as_mut()).await;
    drop(dropped);
    let next = publisher.transaction(async |transaction| {
        transaction.publish(placed("2", 1));
        Ok::<_, Infallible>(())
    });
    within(next).await.unwrap();
    assert_eq!(bench.committed(), ["2"]);
    check_counts(&publisher.shutdown(Duration::from_secs(10)).await, [1, 1, 0, 0, 0]);
}

#[tokio::test]
async fn an_event_that_is_refused_aborts_though_nobody_looks() {
    let bench = Bench::start();
    let publisher = bench.publisher().await;
    let aborted = publisher.transaction(async |transaction| {
        transaction.publish(placed("1", 1));
        // Breaks its constraint.
        transaction.publish(placed("2", 0));
        Ok::<_, Infallible>(())
    });
    let error = within(aborted).await.unwrap_err();
    let TransactionError::Aborted(failure) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(failure.kind(), TransactionFailureKind::RecordRefused);
    assert!(failure.reason().contains("quantity"), "{failure}");
    assert!(!error.is_retriable());
    assert_eq!(bench.committed(), [""; 0]);

    let prepared = publisher.transaction(async |transaction| {
        drop(transaction.prepare(placed("3", 0)).send());
        Ok::<_, Infallible>(())
    });
    assert!(matches!(within(prepared).await, Err(TransactionError::Aborted(_))));
    check_counts(&publisher.shutdown(Duration::from_secs(10)).await, [0, 1, 0, 0, 0]);
}

#[tokio::test]
async fn work_that_takes_too_long_is_aborted() {
    let bench = Bench::start();
    let publisher = bench.publisher().await;
    let mut slow = Box::pin(publisher.transaction(async |transaction| {
        transaction.publish(placed("1", 1)).await.unwrap();
        std::future::pending::<Result<(), Infallible>>().await
    }));
    until_written(&bench, slow.as_mut()).await;
    later(Duration::from_secs(120)).await;
    let error = within(slow).await.unwrap_err();
    let TransactionError::Aborted(failure) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(failure.kind(), TransactionFailureKind::TimedOut);
    assert!(error.is_retriable());
    assert_eq!(bench.committed(), [""; 0]);
}

#[tokio::test]
async fn a_shutdown_aborts_what_hangs_in_time() {
    for deadline in [Duration::from_millis(600), Duration::ZERO] {
        let bench = Bench::start();
        let publisher = bench.publisher().await;
        let task = tokio::spawn({
            let publisher = publisher.clone();
            async move {
                publisher
                    .transaction(async |transaction| {
                        transaction.publish(placed("1", 1)).await.unwrap();
                        std::future::pending::<Result<(), Infallible>>().await
                    })
                    .await
            }
        });
        until("the record is written", || bench.broker.written() == 1).await;
        let start = std::time::Instant::now();
        let report = within(publisher.shutdown(deadline)).await;
        assert!(
            start.elapsed() <= deadline + Duration::from_millis(250),
            "{:?}",
            start.elapsed()
        );
        check_counts(&report, [0, 1, 0, 0, 0]);
        assert_eq!(bench.committed(), [""; 0]);
        task.abort();
        let refused = publisher.transaction(async |_| Ok::<_, Infallible>(()));
        assert_eq!(within(refused).await, Err(TransactionError::ShutDown));
    }
}

#[tokio::test]
async fn a_shutdown_lets_a_transaction_end_by_itself() {
    for deadline in [Duration::from_secs(20), Duration::MAX] {
        let bench = Bench::start();
        let publisher = bench.publisher().await;
        let (go_on, gone_on) = tokio::sync::oneshot::channel::<()>();
        let mut open = Box::pin(publisher.transaction(async |transaction| {
            transaction.publish(placed("1", 1)).await.unwrap();
            gone_on.await.unwrap();
            // The publisher takes no more; what it has taken is committed.
            Ok::<_, Infallible>(())
        }));
        until_written(&bench, open.as_mut()).await;
        let mut shutdown = Box::pin(publisher.shutdown(deadline));
        let waiting = tokio::time::timeout(Duration::from_millis(20), shutdown.as_mut());
        waiting.await.expect_err("a transaction is open");
        let committing = async {
            go_on.send(()).unwrap();
            open.await
        };
        let (report, committed) = within(async { tokio::join!(shutdown, committing) }).await;
        committed.unwrap();
        check_counts(&report, [1, 0, 0, 0, 0]);
        assert_eq!(bench.committed(), ["1"]);
    }
}

#[tokio::test]
async fn a_publisher_can_be_dropped_while_an_abort_is_on_its_way() {
    let bench = Bench::start();
    let publisher = bench.publisher().await;
    let mut open = Box::pin(publisher.transaction(async |transaction| {
        transaction.publish(placed("1", 1)).await.unwrap();
        std::future::pending::<Result<(), Infallible>>().await
    }));
    until_written(&bench, open.as_mut()).await;
    drop(open);
    let dropped = tokio::task::spawn_blocking(move || {
        std::panic::catch_unwind(AssertUnwindSafe(move || drop(publisher))).is_ok()
    });
    assert!(within(dropped).await.unwrap());
    assert_eq!(bench.committed(), [""; 0]);
}
