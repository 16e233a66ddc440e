//! Row 21 of the fault matrix: callers that drop any of a publisher's futures at any moment, by a time-out, by `select!`
//! or by their own end. No record and no place is lost by it: afterwards the buffer takes exactly as many records as it
//! has places, and every end reached the counts and the callback.
//!
//! A failure prints its seed; `PUBLISHER_TEST_SEED` runs that one alone.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use publisher_core::producer::Fault;
use publisher_core::{Persistence, ProduceErrorKind, PublishError};
use tests::random::Random;

use crate::support::{Bench, DEADLINE, OrderPlaced, PLACED, SHIPPED, error, placed, refused, shipped, within};

const SEEDS: u64 = 60;
const CALLERS: u64 = 4;
const CALLS: usize = 40;
const PLACES: usize = 5;
const TOPICS: [&str; 2] = ["orders", "x"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn callers_who_go_at_any_moment_leave_nothing_behind() {
    let asked = std::env::var("PUBLISHER_TEST_SEED").ok();
    let seeds = asked.map_or(0..SEEDS, |seed| {
        let seed = seed.parse().unwrap();
        seed..seed + 1
    });
    for seed in seeds {
        let run = tokio::spawn(run(seed));
        assert!(run.await.is_ok(), "failed with PUBLISHER_TEST_SEED={seed}");
    }
}

/// What became of records.
#[derive(Default)]
struct Counted {
    /// By the calls.
    accepted: AtomicU64,
    /// By the callback.
    ended: AtomicU64,
}

async fn run(seed: u64) {
    let counted = Arc::new(Counted::default());
    let heard = Arc::clone(&counted);
    let bench = Bench::with(|builder| {
        let heard = move |_: publisher_core::DeliveryReport<'_>| {
            heard.ended.fetch_add(1, Ordering::AcqRel);
        };
        builder.buffer_records(PLACES).on_delivery(heard)
    })
    .await;
    let bench = Arc::new(bench);
    let callers: Vec<_> = (0..CALLERS)
        .map(|number| tokio::spawn(call(Arc::clone(&bench), Arc::clone(&counted), seed * 100 + number)))
        .collect();
    let world = tokio::spawn(disturb(Arc::clone(&bench), seed));
    for caller in callers {
        within(caller).await.unwrap();
    }
    within(world).await.unwrap();
    within(bench.publisher.flush(DEADLINE)).await.unwrap();

    // What was injected and met nobody.
    let mut sound = false;
    while !sound {
        counted.accepted.fetch_add(1, Ordering::AcqRel);
        sound = within(bench.publisher.publish(placed("well", 1))).await.is_ok();
    }
    let places = bench.places().await;
    assert_eq!(places, PLACES);
    counted.accepted.fetch_add(places as u64, Ordering::AcqRel);

    let mut random = Random::new(seed);
    go(&mut random, bench.publisher.shutdown(Duration::ZERO)).await;
    let report = within(bench.publisher.shutdown(DEADLINE)).await;
    let accepted = counted.accepted.load(Ordering::Acquire);
    let ended = report.delivered + report.failed + report.unknown + report.returned.len() as u64;
    assert_eq!(accepted, ended + report.withdrawn, "{report:?}");
    assert_eq!(counted.ended.load(Ordering::Acquire), ended, "{report:?}");
    assert_eq!(bench.broker.records().len() as u64, report.delivered + report.unknown);
}

/// One caller's calls, each of which it leaves when it pleases.
async fn call(bench: Arc<Bench>, counted: Arc<Counted>, seed: u64) {
    let mut random = Random::new(seed);
    let publisher = &bench.publisher;
    let accept = |records: u64| {
        counted.accepted.fetch_add(records, Ordering::AcqRel);
    };
    for _ in 0..CALLS {
        let key = random.below(3_u32).to_string();
        match random.below(8) {
            0 => {
                accept(1);
                go(&mut random, publisher.publish(placed(&key, 1))).await;
            }
            1 => {
                accept(1);
                let topic = random.pick(&TOPICS);
                go(&mut random, publisher.prepare(shipped(&key, "x")).topic(topic).send()).await;
            }
            2 => {
                accept(1);
                go(&mut random, publisher.tombstone::<OrderPlaced>(&key)).await;
            }
            3 => {
                accept(1);
                let pending = go(&mut random, publisher.enqueue(placed(&key, 1))).await;
                if let Some(Ok(pending)) = pending {
                    go(&mut random, pending).await;
                }
            }
            4 => match publisher.try_enqueue(placed(&key, 1)) {
                Ok(pending) => {
                    accept(1);
                    go(&mut random, pending).await;
                }
                Err(PublishError::BufferFull { .. }) => {}
                // Accepted, and ended before the call did.
                Err(_) => accept(1),
            },
            5 | 6 => {
                let records = random.below(8_u32);
                accept(u64::from(records));
                let events = (0..records).map(|_| placed(&key, 1));
                go(&mut random, publisher.batch().extend(events).send()).await;
            }
            _ => {
                go(&mut random, publisher.flush(Duration::from_millis(5))).await;
            }
        }
    }
}

/// Polls a future for as long as it pleases, and drops it.
async fn go<F: Future>(random: &mut Random, future: F) -> Option<F::Output> {
    match random.below(4) {
        // Never polled.
        0 => None,
        1 => {
            let patience = Duration::from_micros(random.below(300_u64));
            tokio::time::timeout(patience, future).await.ok()
        }
        2 => {
            let turns = random.below(6_u32);
            let yields = async {
                for _ in 0..turns {
                    tokio::task::yield_now().await;
                }
            };
            tokio::select! {
                biased;
                output = future => Some(output),
                () = yields => None,
            }
        }
        _ => {
            let patience = Duration::from_millis(2 + random.below(5_u64));
            tokio::time::timeout(patience, future).await.ok()
        }
    }
}

/// A registry and a broker that hold, fail and have no room; all is well again at the end.
async fn disturb(bench: Arc<Bench>, seed: u64) {
    let mut random = Random::new(seed ^ u64::MAX);
    for _ in 0..CALLS {
        match random.below(8) {
            0 => bench.broker.hold(),
            1 | 2 => bench.broker.release(),
            3 => bench.registry.hold(PLACED),
            4 => bench.registry.fail(SHIPPED, refused()),
            5 => bench.broker.inject(Fault::Full { sends: 3 }),
            6 => bench.broker.inject(Fault::Fail {
                records: 2,
                error: error(
                    ProduceErrorKind::TimedOut,
                    random.pick(&[Persistence::NotPersisted, Persistence::PossiblyPersisted]),
                ),
            }),
            _ => bench.registry.release(PLACED),
        }
        for _ in 0..random.below(20_u32) {
            tokio::task::yield_now().await;
        }
    }
    bench.registry.release(PLACED);
    bench.broker.release();
}

impl Bench {
    /// How many records the buffer takes; they are delivered afterwards.
    async fn places(&self) -> usize {
        self.broker.hold();
        let mut pending = Vec::new();
        while let Ok(enqueued) = self.publisher.try_enqueue(placed("well", 1)) {
            pending.push(enqueued);
        }
        self.broker.release();
        for enqueued in &mut pending {
            within(enqueued).await.unwrap();
        }
        pending.len()
    }
}
