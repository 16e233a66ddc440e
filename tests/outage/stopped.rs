//! A registry that is stopped before the first record and stays so: all of them arrive, and nobody asks for it.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use publisher_core::testing::EmbeddedRegistry;
use publisher_core::{Delivery, PublishError, Publisher, events};

use crate::support::{
    Broker, Counted, DEADLINE, OrderPlaced, OrderShipped, StockCounted, client, placed, say, shipped, within,
};

const TASKS: u32 = 4;
/// Entities of each task.
const KEYS: u32 = 5;
/// Events of each entity.
const EVENTS: u32 = 1_000;
const TOTAL: u32 = TASKS * KEYS * EVENTS;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn known_types_go_on_in_memory() {
    check(&Broker::memory()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn known_types_go_on_through_kafka() {
    check(&Broker::kafka()).await;
}

async fn check(broker: &Broker) {
    let server = EmbeddedRegistry::start().unwrap();
    let counted = Counted::new(client(server.url()).build().unwrap());
    let builder = broker
        .publisher(counted.clone())
        .events(events![OrderPlaced, OrderShipped, StockCounted]);
    let publisher = within(builder.build()).await.unwrap();
    let (calls, requests) = (counted.calls(), server.requests());
    assert_eq!(requests, 3, "{:?}", server.calls());

    run(&publisher, "first").await;
    let with = run(&publisher, "with").await;
    server.stop().unwrap();
    let without = run(&publisher, "without").await;
    let rate = |time: Duration| f64::from(TOTAL) / time.as_secs_f64();
    say(&format!(
        "{}: {:.0} events/s with the registry, {:.0} without it (unoptimised)",
        broker.name(),
        rate(with),
        rate(without)
    ));

    let report = within(publisher.shutdown(DEADLINE)).await;
    assert_eq!(
        (report.delivered, report.failed, report.unknown, report.returned.len()),
        (u64::from(3 * TOTAL), 0, 0, 0)
    );
    assert_eq!(counted.calls(), calls, "calls of the registry after `build`");
    server.restart().unwrap();
    assert_eq!(server.requests(), requests);

    let expected = |of_stock: bool| {
        (0..EVENTS)
            .filter(|number| is_stock(*number) == of_stock)
            .collect::<Vec<_>>()
    };
    for (topic, of_stock) in [("orders", false), ("stock", true)] {
        let mut found: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for logged in broker.log(topic).await {
            let number = logged.number();
            found.entry(logged.key).or_default().push(number);
        }
        assert_eq!(found.len() as u32, 3 * TASKS * KEYS);
        for (key, numbers) in found {
            assert!(
                numbers == expected(of_stock),
                "{topic} {key} on {}: lost or out of order",
                broker.name()
            );
        }
    }
}

/// Publishes all from several tasks at once; how long that took.
async fn run(publisher: &Publisher, name: &'static str) -> Duration {
    let start = Instant::now();
    let tasks = (0..TASKS).map(|task| {
        let publisher = publisher.clone();
        tokio::spawn(async move {
            let mut pending = Vec::new();
            for number in 0..EVENTS {
                for key in 0..KEYS {
                    let key = format!("{name}-{task}-{key}");
                    pending.push(enqueued(&publisher, &key, number).await.unwrap());
                }
            }
            for pending in pending {
                let _: Delivery = pending.await.unwrap();
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        within(task).await.unwrap();
    }
    start.elapsed()
}

fn is_stock(number: u32) -> bool {
    number % 3 == 2
}

async fn enqueued(publisher: &Publisher, key: &str, number: u32) -> Result<publisher_core::Pending, PublishError> {
    match number % 3 {
        0 => publisher.enqueue(placed(key, number)).await,
        1 => publisher.enqueue(shipped(key, number)).await,
        _ => {
            let product = key.to_owned();
            publisher.enqueue(StockCounted { product, number }).await
        }
    }
}
