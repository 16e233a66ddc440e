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

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use clap::{Parser, ValueEnum};
use domain::{Order, OrderEvent};
use indicatif::{ProgressBar, ProgressStyle};
use publisher_core::testing::{EmbeddedCluster, EmbeddedRegistry};
use publisher_core::{Event, EventTypes, Pending, Publisher, Translated, Translator, events};
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
    let orders = Orders::open(&args.input)?.collect::<Result<Vec<Order>>>()?;
    let servers = Servers::from_env_or_embedded(&args.topic)?;
    match args.encoding {
        Encoding::Avro => {
            publish_all::<published::avro::OrderEvent<'_>, _>(published::avro::OrderTranslator, &orders, &servers, &args).await
        }
        Encoding::Json => {
            publish_all::<published::json::OrderEvent<'_>, _>(published::json::OrderTranslator, &orders, &servers, &args).await
        }
    }
}
