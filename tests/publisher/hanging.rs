//! Producers, brokers and callbacks that hang: a shutdown ends in time all the same, and so does a drop, which warns.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, mpsc};
use std::time::{Duration, Instant};

use publisher_core::producer::{Connect, Producer, Reports, SendError, Token};
use publisher_core::testing::EmbeddedCluster;
use publisher_core::{PublishError, Publisher, RecordRef, ShutdownReport};
use tests::log;

use crate::support::{Bench, DEADLINE, PLACED, SHIPPED, SHORT, ScriptedRegistry, placed, ready, shipped, within};

/// What a shutdown may last beyond its deadline.
const GRACE: Duration = Duration::from_millis(250);
/// What a busy machine adds to it.
const BUSY: Duration = Duration::from_secs(3);
/// How long a drop flushes.
const DROP: Duration = Duration::from_secs(5);

/// Shut until it is opened, at the latest when it is dropped.
#[derive(Default)]
struct Gate(Arc<(Mutex<bool>, Condvar)>);

impl Gate {
    /// Blocks the thread until it is open.
    fn pass(of: &(Mutex<bool>, Condvar)) {
        let mut open = of.0.lock().unwrap();
        while !*open {
            open = of.1.wait(open).unwrap();
        }
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        *self.0.0.lock().unwrap() = true;
        self.0.1.notify_all();
    }
}

/// Where a producer hangs.
#[derive(Clone, Copy, Debug, PartialEq)]
enum At {
    Send,
    Flush,
    Purge,
    Drop,
}

/// Takes records, reports nothing, and hangs.
struct Hanging {
    at: At,
    gate: Arc<(Mutex<bool>, Condvar)>,
    sent: mpsc::Sender<()>,
    _reports: Arc<dyn Reports>,
}

impl Hanging {
    fn hang(&self, at: At) {
        if self.at == at {
            Gate::pass(&self.gate);
        }
    }
}

impl Producer for Hanging {
    fn send(&self, _: RecordRef<'_>, _: Token) -> Result<(), SendError> {
        self.sent.send(()).ok();
        self.hang(At::Send);
        Ok(())
    }

    fn flush(&self, _: Duration) -> usize {
        self.hang(At::Flush);
        1
    }

    fn purge(&self) {
        self.hang(At::Purge);
    }
}

impl Drop for Hanging {
    fn drop(&mut self) {
        self.hang(At::Drop);
    }
}

/// A publisher on a producer that hangs, with a record at that producer and one that waits for the registry.
async fn stuck(at: At, gate: &Gate) -> Publisher {
    let (sent, taken) = mpsc::channel();
    let gate = Arc::clone(&gate.0);
    let connect: Connect = Arc::new(move |reports| {
        let (gate, sent) = (Arc::clone(&gate), sent.clone());
        let _reports = reports;
        Ok(Arc::new(Hanging {
            at,
            gate,
            sent,
            _reports,
        }) as Arc<dyn Producer>)
    });
    let registry = ScriptedRegistry::default();
    registry.hold(SHIPPED);
    let builder = Publisher::builder().connect(connect).registry_client(registry.clone());
    let publisher = builder.build().await.unwrap();
    // On a thread of its own, because the call may be what hangs; the future is kept, so that nothing is withdrawn.
    let handle = publisher.clone();
    let call = move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        // The last handle is not to be this one.
        let publishing = handle.publish(placed("7", 1));
        drop(handle);
        drop(runtime.block_on(publishing));
    };
    std::thread::spawn(call);
    registry.called(1).await;
    tokio::task::spawn_blocking(move || taken.recv_timeout(DEADLINE).unwrap())
        .await
        .unwrap();
    let parked = publisher.publish(shipped("8", "x"));
    registry.called(2).await;
    drop(tokio::spawn(parked));
    publisher
}

/// Shuts down, in time.
async fn ends(publisher: &Publisher, deadline: Duration) -> ShutdownReport {
    let start = Instant::now();
    let report = within(publisher.shutdown(deadline)).await;
    let took = start.elapsed();
    assert!(took < deadline + GRACE + BUSY, "{took:?}");
    report
}

fn counts(report: &ShutdownReport) -> [u64; 5] {
    [
        report.delivered,
        report.failed,
        report.unknown,
        report.returned.len() as u64,
        report.withdrawn,
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_producer_that_hangs_keeps_no_shutdown() {
    for at in [At::Send, At::Flush, At::Purge, At::Drop] {
        let gate = Gate::default();
        let publisher = stuck(at, &gate).await;
        let report = ends(&publisher, SHORT).await;
        assert_eq!(counts(&report), [0, 0, 1, 1, 0], "{at:?}");
        assert_eq!(report.returned[0].key.as_deref(), Some(&b"8"[..]), "{at:?}");
        assert_eq!(counts(&ends(&publisher, SHORT).await), [0, 0, 1, 1, 0], "{at:?} again");
        let start = Instant::now();
        drop(publisher);
        assert!(start.elapsed() < BUSY, "{at:?}: the drop took {:?}", start.elapsed());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_producer_that_hangs_keeps_no_drop() {
    log::keep();
    let drops = [At::Flush, At::Purge, At::Drop].map(|at| async move {
        let gate = Gate::default();
        let publisher = stuck(at, &gate).await;
        let dropping = move || {
            let start = Instant::now();
            drop(publisher);
            start.elapsed()
        };
        let took = tokio::task::spawn_blocking(dropping).await.unwrap();
        assert!(took < DROP + GRACE + BUSY, "{at:?}: {took:?}");
    });
    let drops: Vec<_> = drops.into_iter().map(tokio::spawn).collect();
    for drop in drops {
        drop.await.unwrap();
    }
    assert!(log::has(&["WARN", "publisher dropped without `shutdown`", "records=2"]));
    assert!(log::has(&[
        "ERROR",
        "records were lost, or may be",
        "not_sent=1",
        "unknown=1"
    ]));
}

/// The same on Kafka: the broker goes while records are on their way.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broker_that_is_away_keeps_no_drop() {
    log::keep();
    let cluster = EmbeddedCluster::start().unwrap();
    let registry = ScriptedRegistry::default();
    let builder = Publisher::builder()
        .bootstrap_servers(cluster.bootstrap_servers())
        .registry_client(registry);
    let publisher = builder.build().await.unwrap();
    within(publisher.publish(placed("7", 1))).await.unwrap();
    let mut all: Vec<_> = (0..33).map(|_| publisher.publish(placed("7", 2))).collect();
    drop(all.pop());
    within(publisher.flush(DEADLINE)).await.unwrap();
    cluster.broker_down().unwrap();
    let lost: Vec<_> = (0..33).map(|_| publisher.publish(placed("7", 3))).collect();
    let dropping = move || {
        let start = Instant::now();
        drop(publisher);
        start.elapsed()
    };
    let took = tokio::task::spawn_blocking(dropping).await.unwrap();
    assert!(took < DROP + GRACE + BUSY, "{took:?}");
    for publishing in lost {
        let error = ready(publishing).unwrap_err();
        assert!(
            matches!(error, PublishError::ShutDown | PublishError::Unknown { .. }),
            "{error:?}"
        );
    }
    assert!(log::has(&[
        "WARN",
        "publisher dropped without `shutdown`",
        "records=33"
    ]));
    cluster.broker_up().unwrap();
}

/// While the broker is there, a drop loses nothing, whatever lingers.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_drop_on_kafka_sends_what_lingers() {
    let cluster = EmbeddedCluster::start().unwrap();
    let builder = Publisher::builder()
        .bootstrap_servers(cluster.bootstrap_servers())
        .linger(Duration::from_secs(60))
        .registry_client(ScriptedRegistry::default());
    let publisher = builder.build().await.unwrap();
    let lingering: Vec<_> = (0..20)
        .map(|_| ready(publisher.enqueue(placed("7", 1))).unwrap())
        .collect();
    tokio::task::spawn_blocking(move || drop(publisher)).await.unwrap();
    lingering.into_iter().for_each(|pending| drop(ready(pending).unwrap()));
    assert_eq!(cluster.records("orders").unwrap().len(), 20);
}

#[tokio::test]
async fn a_callback_that_hangs_keeps_no_shutdown() {
    let gate = Gate::default();
    let (hanging, armed) = (Arc::clone(&gate.0), Arc::new(AtomicBool::new(false)));
    let arm = Arc::clone(&armed);
    let bench = Bench::warm(|builder| {
        builder.on_delivery(move |_| {
            if armed.load(Ordering::Acquire) {
                Gate::pass(&hanging);
            }
        })
    })
    .await;
    arm.store(true, Ordering::Release);
    let all: Vec<_> = (1..=3)
        .map(|quantity| bench.publisher.publish(placed("warm", quantity)))
        .collect();
    let report = ends(&bench.publisher, SHORT).await;
    let [delivered, failed, unknown, returned, withdrawn] = counts(&report);
    assert_eq!(delivered + failed + unknown + returned + withdrawn, 5, "{report:?}");
    assert!(unknown >= 1, "{report:?}");
    drop(gate);
    for publishing in all {
        // Each has an end, once the callback goes on.
        drop(within(publishing).await);
    }
}

/// The client's thread cannot take the reports of others meanwhile, so that the deadline passes.
#[tokio::test]
async fn a_shutdown_from_within_a_callback_ends_in_time() {
    let slot: Arc<Mutex<Option<Publisher>>> = Arc::default();
    let (told, reports) = mpsc::channel();
    let handle = Arc::clone(&slot);
    let bench = Bench::with(|builder| {
        builder.on_delivery(move |_| {
            let first = handle.lock().unwrap().take();
            if let Some(publisher) = first {
                let start = Instant::now();
                let report = publisher.blocking().shutdown(SHORT);
                told.send((report, start.elapsed())).unwrap();
            }
        })
    })
    .await;
    bench.broker.hold();
    let all: Vec<_> = (1..=3)
        .map(|quantity| bench.publisher.publish(placed("7", quantity)))
        .collect();
    bench.registry.called(1).await;
    while bench.broker.waiting() < 3 {
        tokio::task::yield_now().await;
    }
    *slot.lock().unwrap() = Some(bench.publisher.clone());
    bench.broker.release();
    let (report, took) = tokio::task::spawn_blocking(move || reports.recv_timeout(DEADLINE).unwrap())
        .await
        .unwrap();
    assert!(took < SHORT + GRACE + BUSY, "{took:?}");
    let [delivered, failed, unknown, returned, withdrawn] = counts(&report);
    assert_eq!((delivered, failed, withdrawn), (0, 0, 0));
    assert_eq!(
        (unknown, returned),
        (1, 2),
        "the one whose callback it is, and those behind it"
    );
    for publishing in all {
        drop(within(publishing).await);
    }
    assert_eq!(counts(&ends(&bench.publisher, SHORT).await), [1, 0, 0, 2, 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_shutdowns_at_once_end_with_the_shorter_deadline() {
    let bench = Bench::new().await;
    bench.registry.hold(PLACED);
    let parked = bench.publisher.publish(placed("7", 1));
    bench.registry.called(1).await;
    let long = {
        let publisher = bench.publisher.clone();
        tokio::spawn(async move { publisher.shutdown(Duration::from_secs(600)).await })
    };
    let short = ends(&bench.publisher, SHORT).await;
    assert_eq!(counts(&short), [0, 0, 0, 1, 0]);
    let long = tokio::time::timeout(GRACE + BUSY, long).await.unwrap().unwrap();
    assert_eq!(counts(&long), counts(&short));
    assert_eq!(long.returned, short.returned);
    assert!(matches!(ready(parked), Err(PublishError::ShutDown)));
}
