//! The calls for programs without a runtime.

use publisher_core::producer::MemoryBroker;
use publisher_core::{PublishError, Publisher};

use crate::support::{Bench, DEADLINE, OrderPlaced, SHORT, ScriptedRegistry, placed, shipped};

fn build() -> (MemoryBroker, ScriptedRegistry, Publisher) {
    let (broker, registry) = (MemoryBroker::new(), ScriptedRegistry::default());
    let builder = Publisher::builder()
        .connect(broker.connect())
        .registry_client(registry.clone());
    let publisher = builder.build_blocking().unwrap();
    (broker, registry, publisher)
}

#[test]
fn everything_works_without_a_runtime() {
    let (broker, _, publisher) = build();
    let blocking = publisher.blocking();
    assert_eq!(blocking.publish(placed("7", 1)).unwrap().topic(), "orders");
    blocking.tombstone::<OrderPlaced>(&"7".to_owned()).unwrap();
    let pending = blocking.wait(publisher.enqueue(placed("7", 2))).unwrap();
    blocking.wait(pending).unwrap();
    let results = blocking
        .wait(publisher.batch().add(placed("7", 3)).add(shipped("7", "x")).send())
        .unwrap();
    assert!(results.iter().all(Result::is_ok));
    blocking
        .wait(publisher.prepare(placed("7", 4)).topic("x").send())
        .unwrap();
    blocking.flush(DEADLINE).unwrap();
    assert_eq!(blocking.shutdown(DEADLINE).delivered, 6);
    assert!(matches!(blocking.publish(placed("7", 1)), Err(PublishError::ShutDown)));
    assert_eq!(broker.records().len(), 6);
}

#[test]
fn a_flush_that_does_not_end_says_so() {
    let (broker, _, publisher) = build();
    broker.hold();
    let _pending = publisher.blocking().wait(publisher.enqueue(placed("7", 1))).unwrap();
    assert_eq!(publisher.blocking().flush(SHORT).unwrap_err().remaining, 1);
    broker.release();
    publisher.blocking().flush(DEADLINE).unwrap();
}

#[test]
fn threads_can_share_it() {
    let (broker, registry, publisher) = build();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let publisher = &publisher;
            scope.spawn(move || {
                for quantity in 1..=20 {
                    publisher
                        .blocking()
                        .publish(placed(&thread.to_string(), quantity))
                        .unwrap();
                }
            });
        }
    });
    assert_eq!((broker.records().len(), registry.calls().len()), (80, 1));
}

#[tokio::test]
async fn it_can_be_built_and_used_beside_another_runtime() {
    let (broker, _, publisher) = build();
    let used = publisher.clone();
    tokio::task::spawn_blocking(move || used.blocking().publish(placed("7", 1)).unwrap())
        .await
        .unwrap();
    publisher.publish(placed("7", 2)).await.unwrap();
    assert_eq!(broker.records().len(), 2);
    drop(publisher);
}

#[tokio::test]
async fn an_async_publisher_can_be_used_from_a_plain_thread() {
    let bench = Bench::new().await;
    let publisher = bench.publisher.clone();
    let publishing = tokio::task::spawn_blocking(move || {
        std::thread::spawn(move || publisher.blocking().publish(placed("7", 1)))
            .join()
            .unwrap()
    });
    publishing.await.unwrap().unwrap();
}

#[tokio::test]
#[should_panic(expected = "Cannot start a runtime from within a runtime")]
async fn blocking_in_async_code_panics_rather_than_waits_for_itself() {
    let bench = Bench::new().await;
    drop(bench.publisher.blocking().publish(placed("7", 1)));
}
