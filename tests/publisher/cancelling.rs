//! What dropping a future does: before the record is with the client it takes it back, after that nothing.

use crate::support::{Bench, DEADLINE, PLACED, SHIPPED, Seen, placed, poll_now, shipped, within};

#[tokio::test]
async fn dropped_before_it_is_sent_the_record_is_withdrawn() {
    let seen = Seen::default();
    let noted = seen.clone();
    let bench = Bench::with(|builder| builder.on_delivery(move |report| noted.note(report.event_type.unwrap()))).await;
    bench.registry.hold(PLACED);
    let first = bench.publisher.publish(placed("7", 1));
    drop(bench.publisher.publish(placed("7", 2)));
    let third = bench.publisher.publish(placed("7", 3));
    drop(bench.publisher.enqueue(placed("7", 4)));
    bench.registry.release(PLACED);
    within(first).await.unwrap();
    within(third).await.unwrap();
    assert_eq!(bench.quantities("7"), [1, 3]);
    let report = within(bench.publisher.shutdown(DEADLINE)).await;
    assert_eq!(
        (report.delivered, report.failed, report.unknown, report.returned.len()),
        (2, 0, 0, 0)
    );
    assert_eq!(seen.all().len(), 2, "the callback does not see what was withdrawn");
}

#[tokio::test]
async fn dropped_after_it_was_sent_the_record_goes_its_way() {
    let bench = Bench::warm(|builder| builder).await;
    bench.broker.hold();
    let mut publishing = bench.publisher.publish(placed("7", 1));
    assert!(poll_now(&mut publishing).is_pending());
    drop(publishing);
    bench.broker.release();
    let report = within(bench.publisher.shutdown(DEADLINE)).await;
    assert_eq!(bench.quantities("7"), [1]);
    assert_eq!(report.delivered, 3);
}

#[tokio::test]
async fn a_withdrawn_record_gives_its_place_free() {
    let bench = Bench::with(|builder| builder.buffer_records(1)).await;
    bench.registry.hold(PLACED);
    let parked = bench.publisher.publish(placed("7", 1));
    let mut waiting = bench.publisher.enqueue(shipped("8", "x"));
    assert!(poll_now(&mut waiting).is_pending());
    drop(parked);
    within(within(waiting).await.unwrap()).await.unwrap();
}

#[tokio::test]
async fn a_withdrawn_record_holds_up_nobody_behind_it() {
    let bench = Bench::warm(|builder| builder).await;
    let hanging = "x-com.acme.OrderShipped";
    bench.registry.hold(hanging);
    within(bench.publisher.prepare(placed("warm", 1)).topic("x").send())
        .await
        .unwrap();
    let first = bench.publisher.prepare(shipped("7", "a")).topic("x").send();
    let second = bench.publisher.prepare(placed("7", 2)).topic("x").send();
    let other = bench.publisher.prepare(shipped("7", "b")).topic("x").send();
    let last = bench.publisher.prepare(placed("7", 3)).topic("x").send();
    drop(first);
    within(second).await.unwrap();
    assert_eq!(
        bench.quantities("7"),
        [2],
        "the last one stands behind another that hangs"
    );
    drop(other);
    within(last).await.unwrap();
    assert_eq!(bench.quantities("7"), [2, 3]);
    bench.registry.called(4).await;
    assert_eq!(bench.registry.calls_for(hanging), 1);
}

#[tokio::test]
async fn those_who_wait_for_room_can_go() {
    let bench = Bench::warm(|builder| builder.buffer_records(1)).await;
    bench.broker.hold();
    let first = bench.publisher.publish(placed("7", 1));
    let mut waiting: Vec<_> = (2..=9)
        .map(|quantity| bench.publisher.publish(placed("7", quantity)))
        .collect();
    for at in [6, 4, 2, 0] {
        drop(waiting.remove(at));
    }
    bench.broker.release();
    within(first).await.unwrap();
    for publishing in waiting {
        within(publishing).await.unwrap();
    }
    assert_eq!(bench.quantities("7"), [1, 3, 5, 7, 9]);
}

/// One takes its record back, a thousand times, while the registry hangs: nothing may pile up, nothing may slow down.
#[tokio::test]
async fn many_withdrawals_leave_nothing_behind() {
    let bench = Bench::with(|builder| builder.buffer_records(1_000)).await;
    bench.registry.hold(SHIPPED);
    for round in 0..20 {
        let parked: Vec<_> = (0..1_000)
            .map(|order| bench.publisher.publish(shipped(&order.to_string(), "x")))
            .collect();
        let waiting: Vec<_> = (0..1_000)
            .map(|order| bench.publisher.publish(shipped(&order.to_string(), "y")))
            .collect();
        if round % 2 == 0 {
            drop(waiting);
            drop(parked);
        } else {
            drop(parked);
            drop(waiting);
        }
    }
    within(bench.publisher.publish(placed("7", 1))).await.unwrap();
    assert_eq!(bench.broker.records().len(), 1);
    assert_eq!(bench.registry.calls_for(SHIPPED), 1);
    let report = within(bench.publisher.shutdown(DEADLINE)).await;
    assert_eq!((report.delivered, report.returned.len()), (1, 0));
}

#[tokio::test]
async fn polled_after_its_end_a_future_stays_pending() {
    let bench = Bench::new().await;
    let mut publishing = bench.publisher.publish(placed("7", 1));
    within(&mut publishing).await.unwrap();
    assert!(poll_now(&mut publishing).is_pending());
    let mut refused = bench.publisher.publish(placed("7", 0));
    assert!(poll_now(&mut refused).is_ready() && poll_now(&mut refused).is_pending());
    let mut enqueuing = bench.publisher.enqueue(placed("7", 2));
    let mut pending = within(&mut enqueuing).await.unwrap();
    assert!(poll_now(&mut enqueuing).is_pending());
    within(&mut pending).await.unwrap();
    assert!(poll_now(&mut pending).is_pending());
}
