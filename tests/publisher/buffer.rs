//! The buffer: who waits for a place, who is told that there is none.

use publisher_core::producer::Fault;
use publisher_core::{Persistence, ProduceErrorKind, PublishError, Publisher};

use crate::support::{Bench, DEADLINE, PLACED, error, placed, poll_now, ready, within};

#[tokio::test]
async fn enqueue_resolves_when_the_record_has_its_place() {
    let bench = Bench::warm(|builder| builder.buffer_records(2)).await;
    bench.broker.hold();
    let first = ready(bench.publisher.enqueue(placed("7", 1))).unwrap();
    let second = ready(bench.publisher.enqueue(placed("7", 2))).unwrap();
    let mut third = bench.publisher.enqueue(placed("7", 3));
    assert!(poll_now(&mut third).is_pending());
    assert!(bench.broker.deliver_next());
    let third = ready(third).unwrap();
    bench.broker.release();
    for pending in [first, second, third] {
        within(pending).await.unwrap();
    }
    assert_eq!(bench.quantities("7"), [1, 2, 3]);
}

#[tokio::test]
async fn enqueue_counts_a_parked_record_as_buffered() {
    let bench = Bench::new().await;
    bench.registry.hold(PLACED);
    let pending = ready(bench.publisher.enqueue(placed("7", 1))).unwrap();
    bench.registry.release(PLACED);
    within(pending).await.unwrap();
}

#[tokio::test]
async fn a_dropped_pending_changes_nothing() {
    let bench = Bench::new().await;
    bench.registry.hold(PLACED);
    drop(ready(bench.publisher.enqueue(placed("7", 1))).unwrap());
    drop(bench.publisher.try_enqueue(placed("7", 2)).unwrap());
    bench.registry.release(PLACED);
    within(bench.publisher.flush(DEADLINE)).await.unwrap();
    assert_eq!(bench.quantities("7"), [1, 2]);
}

#[tokio::test]
async fn try_enqueue_says_at_once_that_the_buffer_is_full() {
    let bench = Bench::warm(|builder| builder.buffer_records(2)).await;
    bench.broker.hold();
    let first = bench.publisher.try_enqueue(placed("7", 1)).unwrap();
    let second = bench.publisher.try_enqueue(placed("7", 2)).unwrap();
    let full = bench.publisher.try_enqueue(placed("7", 3)).err().unwrap();
    assert!(full.is_retriable() && !full.is_fatal());
    assert_eq!(full.record().unwrap().key.as_deref(), Some(&b"7"[..]));
    let PublishError::BufferFull { capacity, record, .. } = full else {
        panic!("{full:?}")
    };
    assert_eq!((capacity, record.topic.as_str()), (2, "orders"));

    assert!(bench.broker.deliver_next());
    let fourth = bench.publisher.try_enqueue(placed("7", 4)).unwrap();
    bench.broker.release();
    for pending in [first, second, fourth] {
        within(pending).await.unwrap();
    }
    assert_eq!(bench.quantities("7"), [1, 2, 4]);
}

#[tokio::test]
async fn try_enqueue_does_not_overtake_those_who_wait() {
    let bench = Bench::warm(|builder| builder.buffer_records(1)).await;
    bench.broker.hold();
    let first = bench.publisher.publish(placed("7", 1));
    let second = bench.publisher.publish(placed("7", 2));
    assert!(bench.broker.deliver_next());
    // The second has the place now.
    assert!(matches!(
        bench.publisher.try_enqueue(placed("7", 3)),
        Err(PublishError::BufferFull { capacity: 1, .. })
    ));
    bench.broker.release();
    within(first).await.unwrap();
    within(second).await.unwrap();
    assert_eq!(bench.quantities("7"), [1, 2]);
}

#[tokio::test]
async fn a_full_buffer_asks_no_registry_for_what_it_refuses() {
    let bench = Bench::with(|builder| builder.buffer_records(1)).await;
    bench.broker.hold();
    let tombstone = bench
        .publisher
        .tombstone::<crate::support::OrderPlaced>(&"7".to_owned());
    assert!(matches!(
        bench.publisher.try_enqueue(placed("7", 1)),
        Err(PublishError::BufferFull { .. })
    ));
    bench.broker.release();
    within(tombstone).await.unwrap();
    assert!(bench.registry.calls().is_empty());
}

#[tokio::test]
async fn try_enqueue_gives_the_error_of_a_record_that_is_refused_at_once() {
    let bench = Bench::warm(|builder| builder).await;
    assert!(matches!(
        bench.publisher.try_enqueue(placed("7", 0)),
        Err(PublishError::Invalid(_))
    ));
    bench.broker.inject(Fault::Refuse {
        sends: 1,
        error: error(ProduceErrorKind::TooLarge, Persistence::NotPersisted),
    });
    assert!(matches!(
        bench.publisher.try_enqueue(placed("7", 1)),
        Err(PublishError::Failed { .. })
    ));
}

/// A report is not all that makes room: librdkafka counts the records of a batch until its last report was handled.
#[tokio::test]
async fn a_producer_without_room_is_asked_again_though_no_report_comes() {
    let bench = Bench::warm(|builder| builder).await;
    bench.broker.inject(Fault::Full { sends: 5 });
    let publishing: Vec<_> = (1..=3)
        .map(|quantity| bench.publisher.publish(placed("7", quantity)))
        .collect();
    for publishing in publishing {
        within(publishing).await.unwrap();
    }
    assert_eq!(bench.quantities("7"), [1, 2, 3]);
}

#[tokio::test]
async fn room_that_another_publisher_takes_comes_back() {
    let broker = publisher_core::producer::MemoryBroker::new().capacity(1);
    let registry = crate::support::ScriptedRegistry::default();
    let build = || {
        Publisher::builder()
            .connect(broker.connect())
            .registry_client(registry.clone())
            .build()
    };
    let (one, two) = (build().await.unwrap(), build().await.unwrap());
    within(one.publish(placed("7", 1))).await.unwrap();
    within(two.publish(placed("7", 2))).await.unwrap();
    broker.hold();
    let first = one.publish(placed("7", 3));
    let second = two.publish(placed("7", 4));
    broker.release();
    within(first).await.unwrap();
    within(second).await.unwrap();
}

#[tokio::test]
async fn a_record_for_which_there_never_is_room_fails_in_time() {
    let bench = Bench::warm(|builder| builder.delivery_timeout(crate::support::SHORT)).await;
    bench.broker.inject(Fault::Full { sends: usize::MAX });
    let failed = within(bench.publisher.publish(placed("7", 1))).await.unwrap_err();
    assert!(failed.is_retriable());
    let PublishError::Failed { source, record } = failed else {
        panic!("{failed:?}")
    };
    assert_eq!(
        (source.kind(), source.persistence()),
        (ProduceErrorKind::TimedOut, Persistence::NotPersisted)
    );
    assert!(
        source
            .reason()
            .starts_with("the client had no room for the record for 20 ms"),
        "{source}"
    );
    assert_eq!(record.key.as_deref(), Some(&b"7"[..]));
}

#[tokio::test]
async fn a_buffer_without_a_place_is_refused() {
    let broker = publisher_core::producer::MemoryBroker::new();
    let builder = Publisher::builder()
        .connect(broker.connect())
        .registry_client(crate::support::ScriptedRegistry::default());
    let refused = builder.buffer_records(0).build().await.err().unwrap();
    assert_eq!(refused.to_string(), "buffer_records: must be at least 1");
}
