//! The order of the calls is the order in the log, for each key.

use publisher_core::producer::Fault;

use crate::support::{Bench, PLACED, SHIPPED, placed, poll_now, shipped, within};

#[tokio::test]
async fn records_keep_their_order_while_the_schema_is_unresolved() {
    let bench = Bench::new().await;
    bench.registry.hold(PLACED);
    let publishing: Vec<_> = (1..=20)
        .map(|quantity| bench.publisher.publish(placed("7", quantity)))
        .collect();
    bench.registry.called(1).await;
    assert_eq!(bench.broker.records().len(), 0);
    bench.registry.release(PLACED);
    for publishing in publishing.into_iter().rev() {
        within(publishing).await.unwrap();
    }
    assert_eq!(bench.quantities("7"), (1..=20).collect::<Vec<_>>());
}

#[tokio::test]
async fn records_keep_their_order_whether_their_futures_are_polled_or_not() {
    let bench = Bench::warm(|builder| builder.buffer_records(1)).await;
    bench.broker.hold();
    let mut never_polled = Vec::new();
    let mut pending = Vec::new();
    for quantity in 1..=12 {
        let mut publishing = bench.publisher.publish(placed("7", quantity));
        match quantity % 3 {
            0 => never_polled.push(publishing),
            1 => pending.push(publishing),
            _ => {
                assert!(poll_now(&mut publishing).is_pending());
                pending.push(publishing);
            }
        }
    }
    bench.broker.release();
    for publishing in pending.into_iter().rev() {
        within(publishing).await.unwrap();
    }
    within(bench.publisher.flush(crate::support::DEADLINE)).await.unwrap();
    assert_eq!(bench.quantities("7"), (1..=12).collect::<Vec<_>>());
    drop(never_polled);
}

#[tokio::test]
async fn a_record_waits_for_its_entitys_earlier_one_of_another_type() {
    let bench = Bench::warm(|builder| builder).await;
    let route = "elsewhere-com.acme.OrderShipped";
    bench.registry.hold(route);
    // The same topic and key, but a subject without an id.
    let first = bench.publisher.prepare(shipped("7", "first")).topic("elsewhere").send();
    bench.registry.hold("elsewhere-com.acme.OrderPlaced");
    let second = bench.publisher.prepare(placed("7", 2)).topic("elsewhere").send();
    let third = bench.publisher.prepare(placed("8", 3)).topic("elsewhere").send();
    // Another topic is another entity.
    within(bench.publisher.publish(placed("warm", 1))).await.unwrap();
    bench.registry.called(4).await;
    bench.registry.release("elsewhere-com.acme.OrderPlaced");
    within(third).await.unwrap();
    assert_eq!(
        bench.values("7").len(),
        0,
        "another key passes, this one's second record does not"
    );
    bench.registry.release(route);
    within(first).await.unwrap();
    within(second).await.unwrap();
    let values = bench.values("7");
    assert_eq!(
        (values.len(), values[1].last()),
        (2, Some(&4)),
        "the second record comes second"
    );
}

#[tokio::test]
async fn a_tombstone_waits_for_its_entitys_earlier_event() {
    let bench = Bench::new().await;
    bench.registry.hold(PLACED);
    let event = bench.publisher.publish(placed("7", 1));
    let mut tombstone = bench
        .publisher
        .tombstone::<crate::support::OrderPlaced>(&"7".to_owned());
    within(
        bench
            .publisher
            .tombstone::<crate::support::OrderPlaced>(&"8".to_owned()),
    )
    .await
    .unwrap();
    assert!(poll_now(&mut tombstone).is_pending());
    bench.registry.release(PLACED);
    within(event).await.unwrap();
    within(tombstone).await.unwrap();
    let log = bench.broker.records();
    let of_seven: Vec<_> = log
        .iter()
        .filter(|stored| stored.record.key.as_deref() == Some(b"7"))
        .collect();
    assert!(of_seven[0].record.value.is_some() && of_seven[1].record.value.is_none());
}

#[tokio::test]
async fn a_type_whose_registry_hangs_holds_up_no_other() {
    let bench = Bench::with(|builder| builder.buffer_records(100)).await;
    bench.registry.hold(SHIPPED);
    let hanging: Vec<_> = (0..50)
        .map(|order| bench.publisher.publish(shipped(&order.to_string(), "x")))
        .collect();
    for order in 100..200 {
        within(bench.publisher.publish(placed(&order.to_string(), 1)))
            .await
            .unwrap();
    }
    // Without a key there is no order to keep, and so nothing to wait for.
    within(bench.publisher.publish(crate::support::Pinged { number: 1 }))
        .await
        .unwrap();
    assert_eq!(bench.broker.records().len(), 101);
    bench.registry.release(SHIPPED);
    for publishing in hanging {
        within(publishing).await.unwrap();
    }
}

#[tokio::test]
async fn a_producer_without_room_keeps_the_order() {
    let bench = Bench::warm(|builder| builder).await;
    bench.broker.hold();
    let first = bench.publisher.publish(placed("7", 1));
    bench.broker.inject(Fault::Full { sends: 3 });
    let later: Vec<_> = (2..=9)
        .map(|quantity| bench.publisher.publish(placed("7", quantity)))
        .collect();
    bench.broker.release();
    within(first).await.unwrap();
    for publishing in later {
        within(publishing).await.unwrap();
    }
    assert_eq!(bench.quantities("7"), (1..=9).collect::<Vec<_>>());
}

#[tokio::test]
async fn threads_keep_the_order_of_their_own_keys() {
    let bench = Bench::with(|builder| builder.buffer_records(7)).await;
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let publisher = &bench.publisher;
            scope.spawn(move || {
                let key = format!("thread-{thread}");
                let all: Vec<_> = (1..=60)
                    .map(|quantity| publisher.publish(placed(&key, quantity)))
                    .collect();
                // Kept, so that nothing is withdrawn: the runtime that asks the registry runs after this.
                std::mem::forget(all);
            });
        }
    });
    within(bench.publisher.flush(crate::support::DEADLINE)).await.unwrap();
    for thread in 0..4 {
        assert_eq!(
            bench.quantities(&format!("thread-{thread}")),
            (1..=60).collect::<Vec<_>>()
        );
    }
}

/// Nobody's call hands over the records of all others: the reports go on where one stops.
#[tokio::test]
async fn a_long_line_goes_out_in_the_order_of_the_calls() {
    let bench = Bench::with(|builder| builder.buffer_records(4_000)).await;
    bench.registry.hold(PLACED);
    let all: Vec<_> = (0..5_000)
        .map(|order| bench.publisher.publish(placed(&order.to_string(), 1)))
        .collect();
    bench.registry.release(PLACED);
    for publishing in all {
        within(publishing).await.unwrap();
    }
    let keys: Vec<_> = bench
        .broker
        .records()
        .into_iter()
        .map(|stored| stored.record.key.unwrap())
        .collect();
    let expected: Vec<_> = (0..5_000).map(|order| order.to_string().into_bytes()).collect();
    assert_eq!(keys, expected, "other keys too, where nothing stands against it");
}
