//! Publishes orders from a file: for each order `OrderPlaced`, for each that was shipped `OrderShipped`.
//!
//! With no variables set it starts a cluster and a registry in the process; with `KAFKA_BOOTSTRAP_SERVERS` and
//! `SCHEMA_REGISTRY_URL` set it publishes there.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program talks to its user")]
#![allow(unreachable_pub, missing_docs, reason = "an example is read as a whole")]

mod domain;
mod published;
mod report;
mod source;
#[cfg(test)]
mod tests;

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use clap::{Parser, ValueEnum};
use domain::{Order, OrderEvent};
use indicatif::{ProgressBar, ProgressStyle};
use publisher_core::testing::{EmbeddedCluster, EmbeddedRegistry};
use publisher_core::{EventTypes, Pending, PublishError, Publisher, Translator, events};
use report::Deliveries;
use source::Orders;

#[derive(Parser)]
#[command(about = "Publishes orders from a file to Kafka")]
struct Args {
    /// The orders: one JSON object a line.
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/data/orders.jsonl"))]
    input: PathBuf,
    /// How the records are written.
    #[arg(long, default_value = "avro")]
    encoding: Encoding,
    /// The topic, in the place of the events' own.
    #[arg(long, default_value = "orders")]
    topic: String,
    /// How long a record may take to be delivered, in seconds.
    #[arg(long, default_value_t = 15)]
    delivery_timeout: u64,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Encoding {
    Avro,
    Json,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Args::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(args: Args) -> Result<()> {
    let orders = Orders::open(&args.input).and_then(|orders| orders.collect::<Result<Vec<Order>>>());
    let servers = || Servers::from_env_or_embedded(&args.topic);
    let (orders, servers) = match orders.and_then(|orders| Ok((orders, servers()?))) {
        Ok(ready) => ready,
        Err(error) => {
            println!("delivered 0 of 0");
            return Err(error);
        }
    };
    use published::{avro, json};
    match args.encoding {
        Encoding::Avro => publish_all::<avro::OrderEvent<'_>, _>(avro::OrderTranslator, &orders, &servers, &args).await,
        Encoding::Json => publish_all::<json::OrderEvent<'_>, _>(json::OrderTranslator, &orders, &servers, &args).await,
    }
}

/// Where the run publishes to.
struct Servers {
    brokers: String,
    registry: String,
    /// Kept alive for the length of the run.
    embedded: Option<(EmbeddedCluster, EmbeddedRegistry)>,
}

impl Servers {
    fn from_env_or_embedded(topic: &str) -> Result<Self> {
        let set = |name| env::var(name).ok().filter(|value| !value.is_empty());
        match (set("KAFKA_BOOTSTRAP_SERVERS"), set("SCHEMA_REGISTRY_URL")) {
            (Some(brokers), Some(registry)) => Ok(Self {
                brokers,
                registry,
                embedded: None,
            }),
            (None, None) => {
                let (cluster, registry) = (EmbeddedCluster::start()?, EmbeddedRegistry::start()?);
                cluster.create_topic(topic, 6)?;
                let brokers = cluster.bootstrap_servers().to_owned();
                Ok(Self {
                    brokers,
                    registry: registry.url().to_owned(),
                    embedded: Some((cluster, registry)),
                })
            }
            _ => bail!(
                "only one of KAFKA_BOOTSTRAP_SERVERS and SCHEMA_REGISTRY_URL is set; set both, or neither for an \
                 embedded cluster"
            ),
        }
    }
}

/// Publishes every event of every order and says what came of it. The last line is the count, whatever happens.
async fn publish_all<E, T>(translator: T, orders: &[Order], servers: &Servers, args: &Args) -> Result<()>
where
    E: EventTypes,
    T: for<'d> Translator<OrderEvent<'d>> + Copy,
{
    let events: Vec<OrderEvent<'_>> = orders.iter().flat_map(Order::events).collect();
    let embedded = servers.embedded.is_some();
    let note = if embedded {
        " (embedded: ends with this program)"
    } else {
        ""
    };
    println!("kafka {}{note}", servers.brokers);
    println!("{} orders make {} events", orders.len(), events.len());

    let mut deliveries = Deliveries::default();
    let started = Instant::now();
    let outcome = publish::<E, T>(translator, &events, servers, args, &mut deliveries).await;
    let took = started.elapsed();

    let report = async {
        let Some((first, delivery)) = deliveries.first() else {
            return Ok(());
        };
        print!(
            "{}",
            report::schemas(&servers.registry, &E::types(), &deliveries).await?
        );
        print!("{}", report::summary(&deliveries, &args.topic, took));
        print!(
            "{}",
            report::hex_line(delivery, &translator.translate(&events[first])?)?
        );
        let json = args.encoding == Encoding::Json;
        print!(
            "{}",
            report::read_elsewhere(&servers.brokers, &servers.registry, &args.topic, json, embedded)
        );
        Ok(())
    };
    let reported = report.await;
    println!("delivered {} of {}", deliveries.total(), events.len());
    outcome.and(reported)
}

/// Publishes the events in order and counts what is delivered. After the first failure nothing more is sent, but what
/// was is waited for.
async fn publish<'d, E, T>(
    translator: T,
    events: &[OrderEvent<'d>],
    servers: &Servers,
    args: &Args,
    deliveries: &mut Deliveries,
) -> Result<()>
where
    E: EventTypes,
    T: Translator<OrderEvent<'d>>,
{
    let progress = progress_bar(events.len());
    let delivered = progress.clone();
    let publisher = Publisher::builder()
        .bootstrap_servers(&servers.brokers)
        .registry(&servers.registry)
        .source("quickstart")
        .events(events![E])
        .rename_topic("orders", &args.topic)
        .delivery_timeout(Duration::from_secs(args.delivery_timeout))
        .on_delivery(move |report| delivered.inc(u64::from(report.result.is_ok())))
        .build()
        .await?;
    let orders = publisher.with(translator);

    let mut pending: Vec<Pending> = Vec::with_capacity(events.len());
    let mut not_accepted = None;
    for event in events {
        match orders.enqueue(event).await {
            Ok(delivery) => pending.push(delivery),
            Err(error) => {
                not_accepted = Some(about(event, error));
                break;
            }
        }
    }
    let mut not_delivered = None;
    for (index, delivery) in pending.into_iter().enumerate() {
        match delivery.await {
            Ok(delivery) => deliveries.count(index, delivery),
            Err(error) => not_delivered = not_delivered.or_else(|| Some(about(&events[index], error))),
        }
    }
    publisher.shutdown(Duration::from_secs(args.delivery_timeout)).await;
    progress.finish_and_clear();
    // What was buffered came before what was not accepted.
    not_delivered.or(not_accepted).map_or(Ok(()), Err)
}

fn about(event: &OrderEvent<'_>, error: PublishError) -> anyhow::Error {
    let (OrderEvent::Placed(order) | OrderEvent::Shipped(order, _)) = event;
    anyhow::Error::new(error).context(format!("order {} was not published", order.id.0))
}

/// A bar on a terminal, nothing elsewhere.
fn progress_bar(events: usize) -> ProgressBar {
    let bar = ProgressBar::new(events as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} delivered") {
        bar.set_style(style);
    }
    bar
}
