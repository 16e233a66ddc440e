//! A producer that is broken for good is replaced, and nothing that was accepted is lost with it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use publisher_core::producer::{Connect, Fault, MemoryBroker};
use publisher_core::{ConfigError, Persistence, ProduceError, ProduceErrorKind, Publisher};

use crate::support::{Bench, DEADLINE, ScriptedRegistry, placed, quantity, within};

fn fatal(persistence: Persistence) -> ProduceError {
    ProduceError::new(ProduceErrorKind::Fatal, persistence, "sequence desynchronization")
}

#[tokio::test]
async fn what_was_on_its_way_is_sent_again_in_order() {
    for persistence in [Persistence::NotPersisted, Persistence::PossiblyPersisted] {
        let bench = Bench::new().await;
        bench.broker.hold();
        let all: Vec<_> = (1..=5)
            .map(|quantity| bench.publisher.publish(placed("7", quantity)))
            .collect();
        bench.broker.inject(Fault::Fail {
            records: 1,
            error: fatal(persistence),
        });
        bench.broker.release();
        for publishing in all {
            within(publishing).await.unwrap();
        }
        let mut quantities = bench.quantities("7");
        if persistence == Persistence::PossiblyPersisted {
            // The first copy of the first one was written.
            assert_eq!(quantities.remove(0), 1);
        }
        assert_eq!(quantities, [1, 2, 3, 4, 5], "{persistence:?}");
        let report = within(bench.publisher.shutdown(DEADLINE)).await;
        assert_eq!((report.delivered, report.failed, report.unknown), (5, 0, 0));
    }
}

#[tokio::test]
async fn a_second_copy_has_the_same_event_id() {
    let bench = Bench::new().await;
    bench.broker.inject(Fault::Fail {
        records: 1,
        error: fatal(Persistence::PossiblyPersisted),
    });
    within(bench.publisher.publish(placed("7", 1))).await.unwrap();
    let records = bench.broker.records();
    assert_eq!(records.len(), 2);
    assert_eq!(records[0].record, records[1].record);
}

#[tokio::test]
async fn a_producer_that_refuses_is_replaced_too() {
    let bench = Bench::new().await;
    bench.broker.inject(Fault::Refuse {
        sends: 1,
        error: fatal(Persistence::NotPersisted),
    });
    let batch = bench
        .publisher
        .batch()
        .extend((1..=60).map(|quantity| placed("7", quantity)));
    for result in within(batch.send()).await.unwrap() {
        result.unwrap();
    }
    assert_eq!(bench.quantities("7"), (1..=60).collect::<Vec<_>>());
}

/// A producer that cannot be made anew at once is asked for again; records wait for it.
#[tokio::test]
async fn the_replacement_is_tried_again() {
    let broker = MemoryBroker::new();
    let made = Arc::new(AtomicUsize::new(0));
    let (counted, inner) = (Arc::clone(&made), broker.connect());
    let connect: Connect = Arc::new(move |reports| match counted.fetch_add(1, Ordering::SeqCst) {
        1 | 2 => Err(ConfigError::Missing(vec!["nothing, but the test says so"])),
        _ => inner(reports),
    });
    let builder = Publisher::builder()
        .connect(connect)
        .registry_client(ScriptedRegistry::default());
    let publisher = builder.build().await.unwrap();
    broker.inject(Fault::Fail {
        records: 1,
        error: fatal(Persistence::NotPersisted),
    });
    within(publisher.publish(placed("7", 1))).await.unwrap();
    within(publisher.publish(placed("7", 2))).await.unwrap();
    assert_eq!(made.load(Ordering::SeqCst), 4);
    let quantities: Vec<_> = broker
        .records()
        .iter()
        .map(|stored| quantity(stored.record.value.as_ref().unwrap()))
        .collect();
    assert_eq!(quantities, [1, 2]);
}

#[tokio::test]
async fn a_shutdown_does_not_wait_for_a_replacement_that_never_comes() {
    let broker = MemoryBroker::new();
    let inner = Mutex::new(Some(broker.connect()));
    let connect: Connect = Arc::new(move |reports| match inner.lock().unwrap().take() {
        Some(connect) => connect(reports),
        None => Err(ConfigError::Missing(vec!["nothing, but the test says so"])),
    });
    let builder = Publisher::builder()
        .connect(connect)
        .registry_client(ScriptedRegistry::default());
    let publisher = builder.build().await.unwrap();
    broker.inject(Fault::Fail {
        records: 1,
        error: fatal(Persistence::NotPersisted),
    });
    let pending = within(publisher.enqueue(placed("7", 1))).await.unwrap();
    let report = within(publisher.shutdown(crate::support::SHORT)).await;
    assert_eq!(
        (report.delivered, report.failed, report.unknown, report.returned.len()),
        (0, 0, 0, 1)
    );
    within(pending).await.unwrap_err();
}
