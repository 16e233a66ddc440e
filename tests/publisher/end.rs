//! Flush, shutdown and drop: exact counts, whatever is on its way.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use publisher_core::producer::{Fault, MemoryBroker};
use publisher_core::{FlushError, Persistence, ProduceErrorKind, PublishError, Publisher};

use crate::support::{
    Bench, DEADLINE, PLACED, SHIPPED, SHORT, ScriptedRegistry, error, placed, poll_now, ready, shipped, within, word,
};

#[tokio::test]
async fn flush_waits_for_every_record_that_was_accepted() {
    let bench = Bench::with(|builder| builder.buffer_records(3)).await;
    bench.registry.hold(PLACED);
    let all: Vec<_> = (1..=10)
        .map(|quantity| bench.publisher.publish(placed("7", quantity)))
        .collect();
    let publisher = bench.publisher.clone();
    let flush = tokio::spawn(async move { publisher.flush(DEADLINE).await });
    bench.registry.called(1).await;
    bench.registry.release(PLACED);
    within(flush).await.unwrap().unwrap();
    assert_eq!(bench.quantities("7"), (1..=10).collect::<Vec<_>>());
    all.into_iter().for_each(|publishing| drop(ready(publishing).unwrap()));
    within(bench.publisher.flush(Duration::ZERO)).await.unwrap();
    within(bench.publisher.flush(Duration::MAX)).await.unwrap();
}

#[tokio::test]
async fn a_flush_that_does_not_end_says_how_many_remain() {
    let bench = Bench::warm(|builder| builder).await;
    bench.broker.hold();
    bench.registry.hold("elsewhere-com.acme.OrderPlaced");
    let sent = bench.publisher.publish(placed("7", 1));
    let parked = bench.publisher.prepare(placed("7", 2)).topic("elsewhere").send();
    let error = within(bench.publisher.flush(SHORT)).await.unwrap_err();
    assert_eq!(
        error,
        FlushError {
            remaining: 2,
            deadline: SHORT
        }
    );
    assert_eq!(
        error.to_string(),
        "2 records have no delivery report after 20 ms; they stay queued, flush again or shut down"
    );
    assert!(error.is_retriable());
    bench.broker.release();
    bench.registry.release("elsewhere-com.acme.OrderPlaced");
    within(bench.publisher.flush(DEADLINE)).await.unwrap();
    ready(sent).unwrap();
    ready(parked).unwrap();
}

#[tokio::test]
async fn withdrawing_what_remains_ends_a_flush() {
    let bench = Bench::new().await;
    bench.registry.hold(PLACED);
    let parked = bench.publisher.publish(placed("7", 1));
    let publisher = bench.publisher.clone();
    let flush = tokio::spawn(async move { publisher.flush(DEADLINE).await });
    bench.registry.called(1).await;
    drop(parked);
    within(flush).await.unwrap().unwrap();
}

#[tokio::test]
async fn shutdown_reports_what_became_of_everything() {
    let bench = Bench::warm(|builder| builder.buffer_records(4)).await;
    let publisher = &bench.publisher;
    bench.broker.inject(Fault::Fail {
        records: 1,
        error: error(ProduceErrorKind::TimedOut, Persistence::PossiblyPersisted),
    });
    bench.broker.inject(Fault::Fail {
        records: 2,
        error: error(ProduceErrorKind::TimedOut, Persistence::NotPersisted),
    });
    for quantity in 1..=3 {
        within(publisher.publish(placed("7", quantity))).await.unwrap_err();
    }
    bench.broker.hold();
    bench.registry.hold("x-com.acme.OrderPlaced");
    let sent = publisher.publish(placed("7", 4));
    let parked = publisher.prepare(placed("8", 5)).topic("x").send();
    let behind = publisher.prepare(placed("8", 6)).topic("x").send();
    drop(publisher.prepare(placed("8", 7)).topic("x").send());
    let also_sent = publisher.publish(placed("9", 8));
    let waiting = publisher.publish(placed("9", 9));

    let report = within(publisher.shutdown(SHORT)).await;
    assert_eq!((report.delivered, report.failed, report.unknown), (2, 2, 1));
    let returned: Vec<_> = report
        .returned
        .iter()
        .map(|record| crate::support::quantity(record.value.as_ref().unwrap()))
        .collect();
    assert_eq!(
        returned,
        [5, 6, 9, 4, 8],
        "what was never sent, then what the client gave back"
    );
    for publishing in [sent, parked, behind, also_sent, waiting] {
        assert!(matches!(ready(publishing), Err(PublishError::ShutDown)));
    }

    let again = within(publisher.shutdown(DEADLINE)).await;
    assert_eq!(
        (again.delivered, again.failed, again.unknown, again.returned),
        (2, 2, 1, report.returned)
    );
}

#[tokio::test]
async fn after_a_shutdown_every_call_is_refused_and_nobody_is_asked() {
    let bench = Bench::new().await;
    let report = within(bench.publisher.shutdown(DEADLINE)).await;
    assert_eq!(
        (report.delivered, report.failed, report.unknown, report.returned.len()),
        (0, 0, 0, 0)
    );
    let publisher = bench.publisher.clone();
    let refused = ready(publisher.publish(placed("7", 1))).unwrap_err();
    assert!(matches!(refused, PublishError::ShutDown) && refused.is_fatal() && !refused.is_retriable());
    assert!(matches!(
        ready(publisher.enqueue(placed("7", 1))).err(),
        Some(PublishError::ShutDown)
    ));
    assert!(matches!(
        publisher.try_enqueue(placed("7", 1)).err(),
        Some(PublishError::ShutDown)
    ));
    assert!(matches!(
        ready(publisher.prepare(placed("7", 1)).send()),
        Err(PublishError::ShutDown)
    ));
    assert!(matches!(
        ready(publisher.tombstone::<crate::support::OrderPlaced>(&"7".to_owned())),
        Err(PublishError::ShutDown)
    ));
    let batch = ready(publisher.batch().add(placed("7", 1)).send()).unwrap();
    assert!(matches!(batch[0], Err(PublishError::ShutDown)));
    within(publisher.flush(DEADLINE)).await.unwrap();
    tokio::task::yield_now().await;
    assert!(bench.registry.calls().is_empty());
}

#[tokio::test]
async fn a_shutdown_waits_for_what_is_accepted() {
    let bench = Bench::with(|builder| builder.buffer_records(2)).await;
    bench.registry.hold(PLACED);
    let all: Vec<_> = (1..=7)
        .map(|quantity| bench.publisher.publish(placed("7", quantity)))
        .collect();
    let publisher = bench.publisher.clone();
    let shutdown = tokio::spawn(async move { publisher.shutdown(DEADLINE).await });
    bench.registry.called(1).await;
    bench.registry.release(PLACED);
    let report = within(shutdown).await.unwrap();
    assert_eq!((report.delivered, report.returned.len()), (7, 0));
    all.into_iter().for_each(|publishing| drop(ready(publishing).unwrap()));
}

#[tokio::test]
async fn an_answer_that_comes_after_the_shutdown_is_for_nobody() {
    let bench = Bench::new().await;
    bench.registry.hold(PLACED);
    bench.registry.hold(SHIPPED);
    bench.registry.fail(SHIPPED, crate::support::refused());
    let placed_order = bench.publisher.publish(placed("7", 1));
    let shipped_order = bench.publisher.publish(shipped("7", "x"));
    bench.registry.called(2).await;
    let report = within(bench.publisher.shutdown(SHORT)).await;
    assert_eq!(report.returned.len(), 2);
    bench.registry.release(PLACED);
    bench.registry.release(SHIPPED);
    tokio::task::yield_now().await;
    assert_eq!(word(ready(placed_order).as_ref()), "shut down");
    assert_eq!(word(ready(shipped_order).as_ref()), "shut down");
    assert!(bench.broker.records().is_empty());
}

#[tokio::test]
async fn dropping_the_last_handle_flushes() {
    let bench = Bench::warm(|builder| builder.buffer_records(2)).await;
    let all: Vec<_> = (1..=9)
        .map(|quantity| bench.publisher.publish(placed("7", quantity)))
        .collect();
    let Bench { broker, publisher, .. } = bench;
    drop(publisher);
    assert_eq!(broker.records().len(), 11);
    all.into_iter().for_each(|publishing| drop(ready(publishing).unwrap()));
}

#[test]
fn dropping_a_blocking_publisher_flushes_what_its_own_runtime_resolves() {
    let (broker, registry) = (MemoryBroker::new(), ScriptedRegistry::default());
    let builder = Publisher::builder().connect(broker.connect()).registry_client(registry);
    let publisher = builder.build_blocking().unwrap();
    let publishing = publisher.publish(placed("7", 1));
    drop(publisher);
    assert_eq!(broker.records().len(), 1);
    ready(publishing).unwrap();
}

/// The callback drops the last handle: it cannot wait for its own end, so another thread closes the publisher.
#[tokio::test]
async fn dropping_the_last_handle_in_the_callback_blocks_nobody() {
    let slot: Arc<Mutex<Option<Publisher>>> = Arc::default();
    let last = Arc::clone(&slot);
    let bench = Bench::with(|builder| builder.on_delivery(move |_| drop(last.lock().unwrap().take()))).await;
    let Bench { broker, publisher, .. } = bench;
    broker.hold();
    let first = publisher.publish(placed("7", 1));
    let second = publisher.publish(placed("7", 2));
    *slot.lock().unwrap() = Some(publisher);
    let start = Instant::now();
    broker.release();
    within(first).await.unwrap();
    within(second).await.unwrap();
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "nobody waited for the deadline of a drop"
    );
}

#[tokio::test]
async fn futures_outlive_their_publisher() {
    let bench = Bench::warm(|builder| builder).await;
    bench.broker.hold();
    let Bench { broker, publisher, .. } = bench;
    let publishing = publisher.publish(placed("7", 1));
    let dropping = std::thread::spawn(move || drop(publisher));
    broker.release();
    within(publishing).await.unwrap();
    dropping.join().unwrap();
}

/// The registry's error is being spread on another thread, whose callback takes its time.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shutdown_counts_an_end_that_is_under_way() {
    let ((begun, beginning), (go_on, gate)) = (std::sync::mpsc::channel(), std::sync::mpsc::channel::<()>());
    let (gate, begun) = (Mutex::new(gate), Mutex::new(begun));
    let bench = Bench::with(|builder| {
        builder.on_delivery(move |_| {
            begun.lock().unwrap().send(()).unwrap();
            gate.lock().unwrap().recv().unwrap();
        })
    })
    .await;
    bench.registry.fail(PLACED, crate::support::refused());
    let publishing = bench.publisher.publish(placed("7", 1));
    tokio::task::spawn_blocking(move || beginning.recv_timeout(DEADLINE).unwrap())
        .await
        .unwrap();
    let mut shutdown = Box::pin(bench.publisher.shutdown(Duration::ZERO));
    assert!(poll_now(&mut shutdown).is_pending());
    go_on.send(()).unwrap();
    let report = within(shutdown).await;
    assert_eq!((report.failed, report.unknown, report.returned.len()), (1, 0, 0));
    assert_eq!(word(ready(publishing).as_ref()), "registry");
}
