//! How soon a call goes on that waits for a place in the buffer, once there is one.
//!
//! A small buffer is filled, one more call waits, and the answers of a slow cluster come: the clock starts at the first
//! report and stops when the waiting task runs again.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use publisher_core::testing::{EmbeddedCluster, EmbeddedRegistry};
use publisher_core::{EventTypes as _, Publisher, StartMode, Translator as _};

use super::corpus::orders;
use super::event::{Brief, OrderPlaced, TOPIC};
use super::job::Quantiles;

/// How many places the buffer has.
const PLACES: usize = 100;

/// How long the cluster takes to answer: longer than it takes to fill the buffer.
const ROUND_TRIP: Duration = Duration::from_millis(50);

/// No report yet.
const NONE: u64 = u64::MAX;

/// Measures it so many times; in microseconds.
pub(super) fn measure(times: usize) -> Result<Quantiles> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (cluster, registry) = (EmbeddedCluster::start()?, EmbeddedRegistry::start()?);
    cluster.create_topic(TOPIC, 1)?;
    let began = Instant::now();
    let first_report = Arc::new(AtomicU64::new(NONE));
    let noted = Arc::clone(&first_report);
    let orders = orders();
    runtime.block_on(async {
        let publisher = Publisher::builder()
            .bootstrap_servers(cluster.bootstrap_servers())
            .registry(registry.url())
            .events(OrderPlaced::types())
            .start(StartMode::Strict)
            .linger(Duration::ZERO)
            .buffer_records(PLACES)
            .on_delivery(move |_| {
                let now = began.elapsed().as_nanos() as u64;
                let _later = noted.compare_exchange(NONE, now, Ordering::AcqRel, Ordering::Acquire);
            })
            .build()
            .await?;
        publisher.publish(Brief.translate(&orders[0])?).await?;
        cluster.round_trip_time(ROUND_TRIP)?;
        let mut waits = Vec::with_capacity(times);
        for _ in 0..times {
            let mut pending = Vec::with_capacity(PLACES);
            for order in &orders[..PLACES] {
                pending.push(publisher.try_enqueue(Brief.translate(order)?)?);
            }
            first_report.store(NONE, Ordering::Release);
            let last = publisher.enqueue(Brief.translate(&orders[PLACES])?).await?;
            let resumed = began.elapsed().as_nanos() as u64;
            let reported = first_report.load(Ordering::Acquire);
            // The place may be free, and the task awake, before the report of it is told.
            waits.push(resumed.saturating_sub(reported) as f64 / 1_000.0);
            for answer in pending {
                answer.await?;
            }
            last.await.context("the record that waited was not delivered")?;
        }
        publisher.shutdown(Duration::from_secs(10)).await;
        Ok(Quantiles::of(waits))
    })
}
