//! A long outage under load, in a process of its own whose memory is watched: row 39 of the matrix.
//!
//! The brokers go, calls go on at a fixed rate until the buffer has no more room, and wait from then on. When the brokers
//! are back everything that was accepted is delivered.

use std::fs;
use std::time::{Duration, Instant};

use publisher_core::testing::EmbeddedCluster;
use publisher_core::{Pending, PublishError, Publisher, events};
use serde::{Deserialize, Serialize};

use crate::checker::{Accepted, Counts, End, History, Place, Repeats, check};
use crate::counted::{Call, Calls, Counted, TOPIC, read_back};
use crate::load::within;

/// Calls a second while there is room.
const RATE: u32 = 10_000;
const KEYS: u64 = 100;
/// Bytes of padding in each event.
const PADDING: usize = 500;
/// How often the memory is looked at.
const LOOK: Duration = Duration::from_millis(20);

/// What an outage came to.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Figures {
    /// How long the brokers were away.
    pub seconds: f64,
    /// How many calls a second there would have been.
    pub rate: u32,
    /// The bound that was configured.
    pub bound_bytes: u64,
    /// By how much the process grew.
    pub grown_bytes: u64,
    /// How many events were accepted while the brokers were away.
    pub accepted: u64,
    /// For how long there was no room.
    pub waited_seconds: f64,
    /// How many of all were delivered.
    pub delivered: u64,
}

/// Plays it, with a buffer of so many bytes.
///
/// # Errors
/// What does not go together afterwards.
pub async fn run(time: Duration, bound: usize) -> Result<Figures, String> {
    let cluster = EmbeddedCluster::start().unwrap();
    // The cluster keeps 5 MiB of a partition, so there are many.
    cluster.create_topic("outage", 24).unwrap();
    let registry = publisher_core::testing::EmbeddedRegistry::start().unwrap();
    let builder = Publisher::builder()
        .bootstrap_servers(cluster.bootstrap_servers())
        .registry(registry.url())
        .rename_topic(TOPIC, "outage")
        .events(events![Counted])
        // The bytes are what ends the room.
        .buffer_records(1_000_000)
        .buffer_bytes(bound)
        // No event is given up.
        .delivery_timeout(time + Duration::from_secs(120));
    let publisher = builder.build().await.unwrap();
    let mut calls = Calls::default();
    let mut pending = Vec::new();
    // Connections, threads and what allocators keep are there before the first look.
    for _ in 0..2_000 {
        pending.push(enqueue(&publisher, &mut calls, pending.len()).await);
    }
    publisher
        .flush(Duration::from_secs(60))
        .await
        .map_err(|error| error.to_string())?;

    cluster.broker_down().unwrap();
    let (before, mut peak) = (resident(), 0);
    let start = Instant::now();
    let (mut waited, mut looked, first) = (Duration::ZERO, Instant::now(), pending.len());
    while start.elapsed() < time {
        let made = (pending.len() - first) as u32;
        let due = Duration::from_secs(1) * made / RATE;
        if due > start.elapsed() + LOOK {
            tokio::time::sleep(LOOK).await;
        }
        let call = enqueue(&publisher, &mut calls, pending.len());
        tokio::pin!(call);
        loop {
            let since = Instant::now();
            let looked_in = LOOK.saturating_sub(looked.elapsed());
            let enqueued = tokio::time::timeout(looked_in, &mut call).await;
            if looked.elapsed() >= LOOK {
                peak = peak.max(resident());
                looked = Instant::now();
            }
            match enqueued {
                Ok(call) => {
                    pending.push(call);
                    break;
                }
                Err(_) if start.elapsed() < time => waited += since.elapsed(),
                // The last one, which has waited until the brokers are back.
                Err(_) => {
                    cluster.broker_up().unwrap();
                    pending.push(within(&mut call).await);
                    break;
                }
            }
        }
    }
    let accepted = (pending.len() - first) as u64;
    cluster.broker_up().unwrap();

    let mut history = History::default();
    let mut calls = Calls::default();
    for (number, pending) in pending.into_iter().enumerate() {
        let call = next(&mut calls, number);
        history.events.push(Accepted {
            key: call.key,
            sequence: call.sequence,
            event_id: None,
            end: Some(end(within(pending).await)),
        });
    }
    let shutdown = publisher.shutdown(Duration::from_secs(60)).await;
    let servers = cluster.bootstrap_servers().to_owned();
    let log = tokio::task::spawn_blocking(move || read_back(&servers, "outage"))
        .await
        .unwrap();
    let counted = Counts::from(&shutdown);
    let report = check(&history, &log, &[counted], Repeats::Appended);
    if !report.violations.is_empty() || report.counts.delivered != report.counts.accepted() {
        return Err(report.to_string());
    }
    Ok(Figures {
        seconds: time.as_secs_f64(),
        rate: RATE,
        bound_bytes: bound as u64,
        grown_bytes: peak.saturating_sub(before),
        accepted,
        waited_seconds: waited.as_secs_f64(),
        delivered: report.counts.delivered,
    })
}

fn next(calls: &mut Calls, number: usize) -> Call {
    calls.next(&format!("key-{}", number as u64 % KEYS))
}

async fn enqueue(publisher: &Publisher, calls: &mut Calls, number: usize) -> Pending {
    publisher.enqueue(next(calls, number).event(PADDING)).await.unwrap()
}

fn end(answer: Result<publisher_core::Delivery, PublishError>) -> End {
    match answer {
        Ok(delivery) => End::Delivered(delivery.offset.map(|offset| Place {
            partition: delivery.partition,
            offset: offset.0,
        })),
        Err(PublishError::Unknown { .. }) => End::Unknown,
        Err(_) => End::Failed,
    }
}

/// The memory that the process has, in bytes.
fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().unwrap();
    kilobytes * 1024
}
