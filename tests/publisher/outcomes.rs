//! Delivered, failed, unknown; and what `on_delivery` sees of it.

use std::sync::{Arc, OnceLock, Weak};

use publisher_core::producer::Fault;
use publisher_core::{Persistence, ProduceErrorKind, PublishError, Publisher};

use crate::support::{Bench, DEADLINE, PLACED, SHIPPED, Seen, error, placed, poll_now, refused, shipped, within, word};

#[tokio::test]
async fn what_is_surely_not_in_the_log_has_failed() {
    let bench = Bench::new().await;
    bench.broker.inject(Fault::Fail {
        records: 1,
        error: error(ProduceErrorKind::TimedOut, Persistence::NotPersisted),
    });
    let failed = within(bench.publisher.publish(placed("7", 1))).await.unwrap_err();
    assert_eq!(failed.to_string(), "record was not delivered");
    assert!(failed.is_retriable() && !failed.is_fatal());
    assert!(matches!(&failed, PublishError::Failed { source, .. } if source.reason() == "on purpose"));
    let record = failed.into_record().unwrap();
    assert_eq!(
        (record.key.as_deref(), record.value.as_deref()),
        (Some(&b"7"[..]), Some(&b"\0\0\0\0\x01\x027\x02"[..]))
    );
    assert!(bench.broker.records().is_empty());
}

#[tokio::test]
async fn what_may_be_in_the_log_is_unknown() {
    let bench = Bench::new().await;
    bench.broker.inject(Fault::Fail {
        records: 1,
        error: error(ProduceErrorKind::TimedOut, Persistence::PossiblyPersisted),
    });
    let unknown = within(bench.publisher.publish(placed("7", 1))).await.unwrap_err();
    assert!(matches!(unknown, PublishError::Unknown { .. }) && unknown.is_retriable());
    assert_eq!(
        unknown.into_record().unwrap(),
        bench.broker.records()[0].record,
        "the copy that it was"
    );
    let report = within(bench.publisher.shutdown(DEADLINE)).await;
    assert_eq!((report.delivered, report.failed, report.unknown), (0, 0, 1));
}

#[tokio::test]
async fn what_may_be_in_the_log_is_not_tried_again_on_a_producer_at_its_end() {
    use ProduceErrorKind::{BatchRejected, Rejected, ShutDown, TimedOut};
    let bench = Bench::new().await;
    for (kind, retriable) in [
        (TimedOut, true),
        (Rejected, true),
        (BatchRejected, true),
        (ShutDown, false),
    ] {
        bench.broker.inject(Fault::Fail {
            records: 1,
            error: error(kind, Persistence::PossiblyPersisted),
        });
        let unknown = within(bench.publisher.publish(placed("7", 1))).await.unwrap_err();
        assert!(matches!(unknown, PublishError::Unknown { .. }), "{kind:?}");
        assert_eq!(unknown.is_retriable(), retriable, "{kind:?}");
        assert!(!unknown.is_fatal(), "{kind:?}");
    }
}

#[tokio::test]
async fn a_record_over_the_limit_fails_by_itself() {
    let bench = Bench::new().await;
    let long = "x".repeat(1_000_001);
    let failed = within(bench.publisher.publish(shipped("7", &long))).await.unwrap_err();
    assert!(matches!(&failed, PublishError::Failed { source, .. } if source.kind() == ProduceErrorKind::TooLarge));
    within(bench.publisher.publish(shipped("7", "x"))).await.unwrap();
}

#[tokio::test]
async fn on_delivery_sees_each_record_once() {
    let seen = Seen::default();
    let noted = seen.clone();
    let bench = Bench::with(|builder| {
        builder.on_delivery(move |report| {
            noted.note(format!(
                "{} {}",
                report.event_type.unwrap_or("tombstone"),
                word(report.result)
            ))
        })
    })
    .await;
    let publisher = &bench.publisher;
    within(publisher.publish(placed("7", 1))).await.unwrap();
    within(publisher.tombstone::<crate::support::OrderPlaced>(&"7".to_owned()))
        .await
        .unwrap();
    bench.broker.inject(Fault::Fail {
        records: 1,
        error: error(ProduceErrorKind::TimedOut, Persistence::PossiblyPersisted),
    });
    within(publisher.publish(placed("7", 2))).await.unwrap_err();
    bench.broker.inject(Fault::Refuse {
        sends: 1,
        error: error(ProduceErrorKind::Rejected, Persistence::NotPersisted),
    });
    within(publisher.publish(placed("7", 3))).await.unwrap_err();
    bench.registry.fail(SHIPPED, refused());
    within(publisher.publish(shipped("7", "x"))).await.unwrap_err();
    // Refused before it was accepted: the caller alone hears of it.
    within(publisher.publish(placed("7", 0))).await.unwrap_err();
    let expected = [
        "com.acme.OrderPlaced delivered",
        "tombstone delivered",
        "com.acme.OrderPlaced unknown",
        "com.acme.OrderPlaced failed",
        "com.acme.OrderShipped registry",
    ];
    assert_eq!(seen.all(), expected);
}

#[tokio::test]
async fn on_delivery_runs_before_the_future_resolves_and_before_a_flush_returns() {
    let seen = Seen::default();
    let noted = seen.clone();
    let bench = Bench::with(|builder| builder.on_delivery(move |_| noted.note("seen"))).await;
    within(bench.publisher.publish(placed("7", 1))).await.unwrap();
    assert_eq!(seen.all().len(), 1);
    let pending = within(bench.publisher.enqueue(placed("7", 2))).await.unwrap();
    within(bench.publisher.flush(DEADLINE)).await.unwrap();
    assert_eq!(seen.all().len(), 2);
    crate::support::ready(pending).unwrap();
}

#[tokio::test]
async fn a_panic_in_the_callback_harms_nobody() {
    let seen = Seen::default();
    let noted = seen.clone();
    let bench = Bench::with(|builder| {
        builder.on_delivery(move |report| {
            noted.note(word(report.result));
            panic!("this panic belongs to the test");
        })
    })
    .await;
    within(bench.publisher.publish(placed("7", 1))).await.unwrap();
    bench.broker.inject(Fault::Refuse {
        sends: 1,
        error: error(ProduceErrorKind::Rejected, Persistence::NotPersisted),
    });
    within(bench.publisher.publish(placed("7", 2))).await.unwrap_err();
    within(bench.publisher.publish(placed("7", 3))).await.unwrap();
    assert_eq!(seen.all(), ["delivered", "failed", "delivered"]);
    assert_eq!(within(bench.publisher.shutdown(DEADLINE)).await.delivered, 2);
}

/// The callback publishes the next order, from whichever thread it runs on, up to a last one.
#[tokio::test]
async fn the_callback_may_publish() {
    let handle: Arc<OnceLock<Weak<Publisher>>> = Arc::default();
    let own = Arc::clone(&handle);
    let bench = Bench::with(|builder| {
        builder.buffer_records(1).on_delivery(move |report| {
            let publisher = own.get().unwrap().upgrade().unwrap();
            let next = match report.result {
                Ok(delivery) => delivery.offset.unwrap().0 as u32 + 2,
                Err(error) => crate::support::quantity(error.record().unwrap().value.as_ref().unwrap()) + 1,
            };
            if next <= 40 {
                // The place of the record that this call is about is free again.
                drop(publisher.try_enqueue(placed("7", next)).unwrap());
            }
        })
    })
    .await;
    let publisher = Arc::new(bench.publisher.clone());
    handle.set(Arc::downgrade(&publisher)).ok().unwrap();
    bench.registry.hold(PLACED);
    let first = bench.publisher.publish(placed("7", 1));
    bench.registry.release(PLACED);
    within(first).await.unwrap();
    within(bench.publisher.flush(DEADLINE)).await.unwrap();
    assert_eq!(bench.quantities("7"), (1..=40).collect::<Vec<_>>());
    // A record that is refused is reported from within the call that published it.
    bench.broker.inject(Fault::Refuse {
        sends: 30,
        error: error(ProduceErrorKind::Rejected, Persistence::NotPersisted),
    });
    within(bench.publisher.publish(placed("8", 10))).await.unwrap_err();
    within(bench.publisher.flush(DEADLINE)).await.unwrap();
    assert_eq!(within(bench.publisher.shutdown(DEADLINE)).await.failed, 30);
}

#[tokio::test]
async fn a_future_moves_between_tasks() {
    let bench = Bench::warm(|builder| builder).await;
    bench.broker.hold();
    let mut publishing = bench.publisher.publish(placed("7", 1));
    assert!(poll_now(&mut publishing).is_pending());
    let task = tokio::spawn(publishing);
    tokio::task::yield_now().await;
    bench.broker.release();
    within(task).await.unwrap().unwrap();
}
