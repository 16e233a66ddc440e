//! Batches: all or nothing at the check, one result for each record after it.

use publisher_core::producer::Fault;
use publisher_core::{BatchError, Persistence, ProduceErrorKind, PublishError, SubjectNameStrategy};

use crate::support::{
    Bench, PLACED, Pinged, SHIPPED, StockCounted, error, placed, poll_now, ready, shipped, within, word,
};

#[tokio::test]
async fn types_and_topics_can_be_mixed() {
    let bench = Bench::new().await;
    let orders = [placed("1", 1), placed("2", 2)];
    let count = StockCounted {
        warehouse: "w".into(),
        product: "p".into(),
        pieces: 1,
    };
    let batch = bench
        .publisher
        .batch()
        .add(shipped("1", "x"))
        .extend(&orders)
        .add(&count)
        .add(Pinged { number: 1 });
    assert_eq!((batch.len(), batch.is_empty()), (5, false));
    let results = within(batch.send()).await.unwrap();
    let topics: Vec<_> = results.iter().map(|result| result.as_ref().unwrap().topic()).collect();
    assert_eq!(topics, ["orders", "orders", "orders", "stock", "pings"]);
    assert_eq!(bench.broker.records().len(), 5);
}

#[tokio::test]
async fn an_empty_batch_resolves_at_once() {
    let bench = Bench::new().await;
    assert!(bench.publisher.batch().is_empty());
    assert_eq!(ready(bench.publisher.batch().send()).unwrap().len(), 0);
}

#[tokio::test]
async fn one_invalid_event_keeps_the_whole_batch_back() {
    let bench = Bench::new().await;
    let batch = bench
        .publisher
        .batch()
        .add(placed("1", 1))
        .add(placed("2", 0))
        .add(shipped("3", "x"))
        .add(shipped("4", ""));
    let refused: BatchError = ready(batch.send()).unwrap_err();
    assert_eq!(refused.total(), 4);
    let list: Vec<_> = refused
        .refused()
        .iter()
        .map(|(index, error)| {
            let PublishError::Invalid(violations) = error else {
                panic!("{error:?}")
            };
            let paths: Vec<_> = violations.list().iter().map(|violation| violation.path()).collect();
            (*index, violations.event_type(), paths)
        })
        .collect();
    assert_eq!(
        list,
        [
            (1, "com.acme.OrderPlaced", vec!["quantity"]),
            (3, "com.acme.OrderShipped", vec!["carrier"])
        ]
    );
    let text = refused.to_string();
    assert!(
        text.starts_with(
            "nothing of the batch was sent: 2 of 4 events are refused: event 1: com.acme.OrderPlaced: quantity "
        ),
        "{text}"
    );
    assert!(text.contains("; event 3: com.acme.OrderShipped: carrier "), "{text}");
    assert!(!text.contains('\n'), "{text}");

    within(bench.publisher.flush(crate::support::DEADLINE)).await.unwrap();
    assert!(bench.registry.calls().is_empty());
    assert!(bench.broker.records().is_empty());
    let report = within(bench.publisher.shutdown(crate::support::DEADLINE)).await;
    assert_eq!((report.delivered, report.failed, report.returned.len()), (0, 0, 0));
}

/// What shows only when the record is to be sent is found before the first one goes, and listed with the rest.
#[tokio::test]
async fn a_record_that_cannot_be_sent_keeps_the_whole_batch_back() {
    let bench = Bench::with(|builder| {
        builder
            .rename_topic("stock", "orders")
            .subject_strategy(SubjectNameStrategy::Topic)
    })
    .await;
    let count = StockCounted {
        warehouse: "w".into(),
        product: "p".into(),
        pieces: 1,
    };
    let batch = bench
        .publisher
        .batch()
        .add(placed("1", 1))
        .add(placed("2", 0))
        .add(count)
        .add(Pinged { number: 1 });
    let refused = ready(batch.send()).unwrap_err();
    assert_eq!(refused.total(), 4);
    assert!(matches!(
        refused.refused(),
        [(1, PublishError::Invalid(_)), (2, PublishError::SharedSubject(_))]
    ));
    within(bench.publisher.flush(crate::support::DEADLINE)).await.unwrap();
    assert!(bench.registry.calls().is_empty() && bench.broker.records().is_empty());

    // The epoch is a time that no broker takes.
    let mut early = shipped("3", "x");
    early.shipped_at = chrono::DateTime::UNIX_EPOCH;
    let bench = Bench::new().await;
    let refused = ready(bench.publisher.batch().add(placed("1", 1)).add(&early).send()).unwrap_err();
    let text = refused.to_string();
    let expected = "nothing of the batch was sent: 1 of 2 events are refused: event 1: record was not delivered: timestamp 0 ms \
                    cannot be sent: it must lie after 1970-01-01T00:00:00Z";
    assert_eq!(text, expected);

    within(bench.publisher.flush(crate::support::DEADLINE)).await.unwrap();
    assert!(bench.registry.calls().is_empty() && bench.broker.records().is_empty());
}

#[tokio::test]
async fn each_record_has_a_result_of_its_own() {
    let bench = Bench::new().await;
    bench.registry.fail(SHIPPED, crate::support::refused());
    bench.broker.inject(Fault::Refuse {
        sends: 1,
        error: error(ProduceErrorKind::Rejected, Persistence::NotPersisted),
    });
    let batch = bench
        .publisher
        .batch()
        .add(placed("1", 1))
        .add(shipped("1", "x"))
        .add(placed("2", 1));
    let results = within(batch.send()).await.unwrap();
    let words: Vec<_> = results.iter().map(|result| word(result.as_ref())).collect();
    assert_eq!(words, ["failed", "registry", "delivered"]);
}

#[tokio::test]
async fn a_dropped_batch_withdraws_what_was_not_sent() {
    let bench = Bench::new().await;
    bench.registry.hold(SHIPPED);
    within(bench.publisher.publish(placed("warm", 1))).await.unwrap();
    let mut sending = bench
        .publisher
        .batch()
        .add(placed("1", 1))
        .add(shipped("1", "x"))
        .add(placed("1", 2))
        .send();
    assert!(poll_now(&mut sending).is_pending());
    drop(sending);
    within(bench.publisher.publish(placed("1", 3))).await.unwrap();
    assert_eq!(
        bench.quantities("1"),
        [1, 3],
        "the first had been sent, the others had not"
    );
    let report = within(bench.publisher.shutdown(crate::support::DEADLINE)).await;
    assert_eq!((report.delivered, report.returned.len()), (3, 0));
}

#[tokio::test]
async fn a_batch_polled_after_its_end_stays_pending() {
    let bench = Bench::new().await;
    let mut sending = bench.publisher.batch().add(placed("1", 1)).send();
    within(&mut sending).await.unwrap();
    assert!(poll_now(&mut sending).is_pending());
    let mut refused = bench.publisher.batch().add(placed("1", 0)).send();
    assert!(poll_now(&mut refused).is_ready());
    assert!(poll_now(&mut refused).is_pending());
    assert_eq!(bench.registry.calls_for(PLACED), 1);
}
