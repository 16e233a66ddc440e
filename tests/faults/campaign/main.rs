//! `campaign`: the faults of the tests for as long as one likes. `cargo xtask chaos` and `cargo xtask soak` call it; the
//! test of an outage runs it as a process of its own, whose memory it may look at.
//!
//! Prints what it does, and ends in one line of JSON.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a campaign may end by a panic, and printing is what it is for"
)]

use std::process::ExitCode;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::campaign::{self, Ground};
use tests::checker::Repeats;
use tests::kafka::Kafka;
use tests::load::Load;
use tests::{kills, outage};

const USAGE: &str = "\
usage: campaign chaos SEED SECONDS     random faults on an embedded cluster and on a real Kafka, at the same time
       campaign kills SEED TIMES       a real broker is killed so many times under load
       campaign outage SECONDS         brokers away under load, with a bound of 32 MiB
       campaign soak SEED              50 kills, 10 minutes of chaos, 2 minutes of outage
";
const BOUND: usize = 32 << 20;

#[tokio::main]
async fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let figures = match words[..] {
        ["chaos", seed, seconds] => match (seed.parse(), seconds.parse()) {
            (Ok(seed), Ok(seconds)) => chaos(seed, Duration::from_secs(seconds)).await,
            _ => return usage(),
        },
        ["kills", seed, times] => match (seed.parse(), times.parse()) {
            (Ok(seed), Ok(times)) => kill(seed, times).await,
            _ => return usage(),
        },
        ["outage", seconds] => match seconds.parse() {
            Ok(seconds) => away(Duration::from_secs(seconds)).await,
            Err(_) => return usage(),
        },
        ["soak", seed] => match seed.parse() {
            Ok(seed) => soak(seed).await,
            Err(_) => return usage(),
        },
        _ => return usage(),
    };
    match figures {
        Ok(figures) => {
            println!("{figures}");
            ExitCode::SUCCESS
        }
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprint!("{USAGE}");
    ExitCode::FAILURE
}

/// `null` stands for what a machine without Kafka cannot do.
async fn chaos(seed: u64, time: Duration) -> Result<Value, String> {
    let real = async {
        let ground = tokio::task::spawn_blocking(|| Ground::real(3)).await.unwrap();
        match ground {
            Some(ground) => campaign::run(seed, time, &ground, |line| println!("{line}"))
                .await
                .map(Some),
            None => Ok(None),
        }
    };
    let ground = Ground::embedded();
    let embedded = campaign::run(seed, time, &ground, |line| println!("{line}"));
    let (embedded, real) = tokio::join!(embedded, real);
    Ok(json!({ "seed": seed, "embedded": embedded?, "real": real? }))
}

async fn kill(seed: u64, times: u32) -> Result<Value, String> {
    let started = tokio::task::spawn_blocking(|| {
        let kafka = Kafka::start(1)?;
        kafka.create_topic("kills", 6, 1);
        Some(kafka)
    });
    let Some(kafka) = started.await.unwrap() else {
        return Ok(Value::Null);
    };
    let servers = kafka.bootstrap_servers();
    let load = Load::start(&servers, "kills", seed, |builder| builder).await;
    let start = Instant::now();
    let pause = Duration::from_millis(2);
    let writers = [0, 1].map(|writer| load.write(seed.wrapping_add(writer), pause, 2 * writer));
    let recorder = load.recorder.clone();
    let killed = tokio::task::spawn_blocking(move || {
        for number in 1..=times {
            kills::kill_and_restart(&kafka, 1, 1, || recorder.delivered());
            println!("killed {number} times, {} delivered", recorder.delivered());
        }
        kafka
    });
    // Until the log was read.
    let kafka = killed.await.map_err(|error| format!("seed {seed}: {error}"))?;
    for writer in writers {
        writer.stop().await;
    }
    let shutdown = load.shutdown(Duration::from_secs(60)).await;
    let report = load.judge(&shutdown, &servers, Repeats::Refused).await;
    drop(kafka);
    if !report.violations.is_empty() {
        return Err(format!("after {times} kills: {report}"));
    }
    let mut figures = campaign::Figures::default();
    figures.add(&report, u64::from(times));
    figures.seconds = start.elapsed().as_secs_f64();
    Ok(json!(figures))
}

async fn away(time: Duration) -> Result<Value, String> {
    let figures = outage::run(time, BOUND).await?;
    Ok(json!(figures))
}

async fn soak(seed: u64) -> Result<Value, String> {
    let kills = kill(seed, 50).await?;
    let chaos = chaos(seed, Duration::from_secs(600)).await?;
    let outage = away(Duration::from_secs(120)).await?;
    Ok(json!({ "seed": seed, "kills": kills, "chaos": chaos, "outage": outage }))
}
