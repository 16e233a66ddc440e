//! Row 22 of the fault matrix: code of the user's that panics. It harms the call that it belongs to, at most: every
//! other record goes its way, every one is counted, every place is given back. The log's subscriber is that of a whole
//! process, and stands with the tests of the life cycle.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use publisher_core::partitioner::Partitioner;
use publisher_core::producer::MemoryBroker;
use publisher_core::{Event, Publish, PublishError, Publisher, TranslationError, Translator};

use crate::support::{
    Bench, DEADLINE, OrderPlaced, PLACED, SHIPPED, SHORT, ScriptedRegistry, placed, ready, refused, shipped, within,
    word,
};

const PANIC: &str = "this panic belongs to the test";
/// How many records the buffers hold.
const PLACES: u32 = 3;

async fn small() -> Bench {
    Bench::warm(|builder| builder.buffer_records(PLACES as usize)).await
}

/// Checks that nothing was left behind: the buffer takes as many records as it has places, and all counts agree. Two
/// were delivered to learn the schemas.
async fn check_whole(bench: &Bench, delivered: u64, failed: u64) {
    bench.broker.hold();
    let enqueue = |quantity| bench.publisher.try_enqueue(placed("whole", quantity));
    let pending: Vec<_> = (1..=PLACES).map(|quantity| enqueue(quantity).unwrap()).collect();
    assert!(matches!(enqueue(9), Err(PublishError::BufferFull { .. })));
    bench.broker.release();
    for pending in pending {
        within(pending).await.unwrap();
    }
    let report = within(bench.publisher.shutdown(DEADLINE)).await;
    assert_eq!(
        (report.delivered, report.failed, report.unknown, report.returned.len()),
        (2 + delivered + u64::from(PLACES), failed, 0, 0)
    );
}

/// The output of a future, or that a poll of it panicked.
async fn outcome<F: Future>(future: F) -> Result<F::Output, ()> {
    let mut future = Box::pin(future);
    poll_fn(
        move |context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
            Ok(poll) => poll.map(Ok),
            Err(_) => Poll::Ready(Err(())),
        },
    )
    .await
}

struct Panicking;

impl Translator<u32> for Panicking {
    type Event<'a> = OrderPlaced;

    fn translate(&self, quantity: &u32) -> Result<OrderPlaced, TranslationError> {
        assert!(*quantity != 2, "{PANIC}");
        Ok(placed("7", *quantity))
    }
}

/// It runs in the caller's own call, and its panic is the caller's.
#[tokio::test]
async fn a_translator() {
    let bench = small().await;
    let publisher = bench.publisher.with(Panicking);
    for quantity in 1..=3 {
        let ended = within(outcome(async { publisher.publish(&quantity).await })).await;
        assert_eq!(ended.is_err(), quantity == 2, "{quantity}");
    }
    assert_eq!(bench.quantities("7"), [1, 3]);
    check_whole(&bench, 2, 0).await;
}

/// Burns down at this conversion: the first is for the check, the second for the encoding.
struct Fuse(Cell<u32>);

fn burn(fuse: &Fuse) -> String {
    fuse.0.set(fuse.0.get() - 1);
    assert!(fuse.0.get() > 0, "{PANIC}");
    "burning".to_owned()
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme")]
struct Lit {
    #[event(key)]
    order_id: String,
    #[event(as = String, with = burn)]
    fuse: Fuse,
}

fn lit(conversions: u32) -> Lit {
    Lit {
        order_id: "7".to_owned(),
        fuse: Fuse(Cell::new(conversions)),
    }
}

#[tokio::test]
async fn an_event_in_its_check_or_its_encoding() {
    let bench = small().await;
    for conversions in 1..=2 {
        let call = || drop(bench.publisher.publish(lit(conversions)));
        assert!(catch_unwind(AssertUnwindSafe(call)).is_err());
        let call = || bench.publisher.try_enqueue(lit(conversions)).is_ok();
        assert!(catch_unwind(AssertUnwindSafe(call)).is_err());
        let call = || {
            let batch = bench.publisher.batch().add(placed("7", 9)).add(lit(conversions));
            drop(batch.send());
        };
        assert!(catch_unwind(AssertUnwindSafe(call)).is_err());
        // The next one finds nothing of what was half written.
        let batch = bench.publisher.batch().add(placed("7", conversions)).send();
        within(batch).await.unwrap().remove(0).unwrap();
    }
    assert_eq!(bench.quantities("7"), [1, 2]);
    check_whole(&bench, 2, 0).await;
}

#[tokio::test]
async fn the_callback_whatever_it_is_told() {
    let bench = Bench::with(|builder| {
        builder
            .buffer_records(PLACES as usize)
            .on_delivery(|_| panic!("{PANIC}"))
    })
    .await;
    bench.registry.hold(SHIPPED);
    bench.registry.fail(SHIPPED, refused());
    within(bench.publisher.publish(placed("7", 1))).await.unwrap();
    let parked: Vec<_> = (0..4).map(|_| bench.publisher.publish(shipped("8", "x"))).collect();
    bench.registry.called(2).await;
    bench.registry.release(SHIPPED);
    for publishing in parked {
        assert_eq!(word(within(publishing).await.as_ref()), "registry");
    }
    within(bench.publisher.batch().add(placed("7", 2)).add(placed("7", 3)).send())
        .await
        .unwrap();
    bench.registry.hold("x-com.acme.OrderPlaced");
    let returned = bench.publisher.prepare(placed("7", 4)).topic("x").send();
    let report = within(bench.publisher.shutdown(SHORT)).await;
    assert_eq!((report.delivered, report.failed, report.returned.len()), (3, 4, 1));
    assert!(matches!(ready(returned), Err(PublishError::ShutDown)));
}

#[tokio::test]
async fn the_function_that_chooses_the_partition() {
    let broker = MemoryBroker::new().partitioner(Partitioner::by(|_, _| panic!("{PANIC}")));
    let builder = Publisher::builder()
        .connect(broker.connect())
        .registry_client(ScriptedRegistry::default());
    let publisher = builder.buffer_records(1).build().await.unwrap();
    for quantity in 1..=3 {
        let delivery = within(publisher.publish(placed("7", quantity))).await.unwrap();
        assert_eq!(delivery.partition, publisher_core::partitioner::partition(b"7", 6));
    }
    assert_eq!(within(publisher.shutdown(DEADLINE)).await.delivered, 3);
}

/// A waker that panics, and counts how often.
#[derive(Default)]
struct Alarm(AtomicUsize);

impl Wake for Alarm {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::AcqRel);
        panic!("{PANIC}");
    }
}

/// A record that waits for its schema id, one that waits for its place, one with the broker and a batch: each is woken
/// with a panic.
#[tokio::test]
async fn wakers() {
    let bench = Bench::with(|builder| builder.buffer_records(PLACES as usize)).await;
    let alarm = Arc::new(Alarm::default());
    let waker = Waker::from(Arc::clone(&alarm));
    let mut context = Context::from_waker(&waker);
    bench.registry.hold(PLACED);
    bench.broker.hold();
    let mut parked = bench.publisher.publish(placed("7", 1));
    let mut batch = bench.publisher.batch().extend([placed("7", 2), placed("7", 3)]).send();
    let mut waiting = bench.publisher.enqueue(placed("7", 4));
    let calm = tokio::spawn(bench.publisher.publish(placed("7", 5)));
    assert!(Pin::new(&mut parked).poll(&mut context).is_pending());
    assert!(Pin::new(&mut batch).poll(&mut context).is_pending());
    assert!(Pin::new(&mut waiting).poll(&mut context).is_pending());
    bench.registry.called(1).await;
    bench.registry.release(PLACED);
    bench.broker.release();
    within(calm).await.unwrap().unwrap();
    ready(parked).unwrap();
    assert!(ready(batch).unwrap().iter().all(Result::is_ok));
    ready(ready(waiting).unwrap()).unwrap();
    assert_eq!(alarm.0.load(Ordering::Acquire), 3);
    assert_eq!(bench.quantities("7"), [1, 2, 3, 4, 5]);
    within(bench.publisher.publish(shipped("8", "x"))).await.unwrap();
    let report = within(bench.publisher.shutdown(DEADLINE)).await;
    assert_eq!((report.delivered, report.failed, report.returned.len()), (6, 0, 0));
}

/// The registry's refusal is spread to many: each of them has its answer, whoever panics when it is woken.
#[tokio::test]
async fn a_waker_among_those_of_a_refusal() {
    let bench = small().await;
    let elsewhere = "x-com.acme.OrderPlaced";
    bench.registry.hold(elsewhere);
    bench.registry.fail(elsewhere, refused());
    let alarm = Waker::from(Arc::new(Alarm::default()));
    let mut all: Vec<_> = (1..=3)
        .map(|quantity| bench.publisher.prepare(placed("7", quantity)).topic("x").send())
        .collect();
    for publishing in &mut all {
        assert!(Pin::new(publishing).poll(&mut Context::from_waker(&alarm)).is_pending());
    }
    let calm = tokio::spawn(bench.publisher.prepare(placed("7", 4)).topic("x").send());
    bench.registry.release(elsewhere);
    assert_eq!(word(within(calm).await.unwrap().as_ref()), "registry");
    for publishing in all {
        assert_eq!(word(ready(publishing).as_ref()), "registry");
    }
    check_whole(&bench, 0, 4).await;
}
