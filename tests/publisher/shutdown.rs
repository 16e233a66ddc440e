//! Shutdown, whatever the records are doing: in time, with exact counts, and with every record that was never sent.

use std::time::{Duration, Instant};

use publisher_core::producer::Fault;
use publisher_core::{PublishError, PublisherBuilder, Record};

use crate::support::{Bench, PLACED, SHORT, error, placed, poll_now, quantity, ready, shipped, within};
use publisher_core::{Persistence, ProduceErrorKind};

/// What a shutdown may last beyond its deadline, and what a busy machine adds to it.
const MOST: Duration = Duration::from_millis(3_250);

fn quantities(records: &[Record]) -> Vec<u32> {
    records
        .iter()
        .map(|record| quantity(record.value.as_ref().unwrap()))
        .collect()
}

/// Publishes three orders of one key, shuts down, and says how many ended how: delivered, failed, unknown; and which came
/// back.
async fn check(
    settings: impl FnOnce(PublisherBuilder) -> PublisherBuilder,
    prepare: impl FnOnce(&Bench),
    expected: [u64; 3],
    returned: &[u32],
) {
    let bench = Bench::warm(settings).await;
    prepare(&bench);
    let all: Vec<_> = (1..=3)
        .map(|quantity| bench.publisher.publish(placed("7", quantity)))
        .collect();
    let start = Instant::now();
    let report = within(bench.publisher.shutdown(SHORT)).await;
    assert!(start.elapsed() < SHORT + MOST, "{:?}", start.elapsed());
    // Two were delivered to learn the schemas.
    assert_eq!([report.delivered - 2, report.failed, report.unknown], expected);
    assert_eq!(quantities(&report.returned), returned);
    let shut_down = all
        .into_iter()
        .map(ready)
        .filter(|answer| matches!(answer, Err(PublishError::ShutDown)))
        .count();
    assert_eq!(shut_down, returned.len(), "each caller has its answer");
}

#[tokio::test]
async fn nothing_stands_in_the_way() {
    check(|builder| builder, |_| {}, [3, 0, 0], &[]).await;
}

#[tokio::test]
async fn the_records_are_with_a_broker_that_does_not_answer() {
    check(|builder| builder, |bench| bench.broker.hold(), [0, 0, 0], &[1, 2, 3]).await;
}

#[tokio::test]
async fn the_client_has_no_room() {
    let full = |bench: &Bench| bench.broker.inject(Fault::Full { sends: usize::MAX });
    check(|builder| builder, full, [0, 0, 0], &[1, 2, 3]).await;
}

#[tokio::test]
async fn the_buffer_has_one_place() {
    check(
        |builder| builder.buffer_records(1),
        |bench| bench.broker.hold(),
        [0, 0, 0],
        // Those that waited for a place, then what the client gave back.
        &[2, 3, 1],
    )
    .await;
}

#[tokio::test]
async fn the_broker_fails_what_it_gets() {
    let failing = |persistence| {
        move |bench: &Bench| {
            bench.broker.inject(Fault::Fail {
                records: 3,
                error: error(ProduceErrorKind::TimedOut, persistence),
            });
        }
    };
    check(|builder| builder, failing(Persistence::NotPersisted), [0, 3, 0], &[]).await;
    check(
        |builder| builder,
        failing(Persistence::PossiblyPersisted),
        [0, 0, 3],
        &[],
    )
    .await;
}

#[tokio::test]
async fn a_batch_is_on_its_way() {
    let bench = Bench::warm(|builder| builder.buffer_records(2)).await;
    bench.broker.hold();
    let mut batch = bench
        .publisher
        .batch()
        .extend((1..=4).map(|quantity| placed("7", quantity)))
        .add(shipped("8", "x"))
        .send();
    assert!(poll_now(&mut batch).is_pending());
    let report = within(bench.publisher.shutdown(SHORT)).await;
    assert_eq!((report.delivered, report.returned.len()), (2, 5));
    let results = ready(batch).unwrap();
    assert!(
        results
            .iter()
            .all(|result| matches!(result, Err(PublishError::ShutDown))),
        "{results:?}"
    );
}

/// The answer of the registry is on its way to the publisher while that ends.
#[tokio::test]
async fn the_registry_answers_at_the_same_time() {
    for _ in 0..50 {
        let bench = Bench::new().await;
        bench.registry.hold(PLACED);
        let publishing = bench.publisher.publish(placed("7", 1));
        bench.registry.called(1).await;
        let publisher = bench.publisher.clone();
        let shutdown = tokio::spawn(async move { publisher.shutdown(Duration::ZERO).await });
        tokio::task::yield_now().await;
        bench.registry.release(PLACED);
        let report = within(shutdown).await.unwrap();
        let delivered = bench.broker.records().len() as u64;
        assert_eq!(
            (report.delivered, report.returned.len() as u64),
            (delivered, 1 - delivered)
        );
        assert_eq!(ready(publishing).is_ok(), delivered == 1);
    }
}

#[tokio::test]
async fn a_shutdown_that_nobody_waits_for_goes_on() {
    let bench = Bench::warm(|builder| builder).await;
    bench.broker.hold();
    let publishing = bench.publisher.publish(placed("7", 1));
    {
        let mut shutdown = Box::pin(bench.publisher.shutdown(Duration::from_secs(600)));
        assert!(poll_now(&mut shutdown).is_pending());
    }
    assert!(matches!(
        ready(bench.publisher.publish(placed("7", 2))),
        Err(PublishError::ShutDown)
    ));
    bench.broker.release();
    within(publishing).await.unwrap();
    let report = within(bench.publisher.shutdown(Duration::ZERO)).await;
    assert_eq!((report.delivered, report.returned.len()), (3, 0));
}

/// No fresh producer is better than the last one, for as long as the publisher tries.
#[tokio::test]
async fn the_producer_is_being_replaced() {
    let broken = |bench: &Bench| {
        bench.broker.inject(Fault::Refuse {
            sends: usize::MAX,
            error: error(ProduceErrorKind::Fatal, Persistence::NotPersisted),
        });
    };
    check(|builder| builder, broken, [0, 0, 0], &[1, 2, 3]).await;
}
