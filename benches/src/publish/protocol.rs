//! Who runs when: all contenders in turn, round after round, every second round backwards.
//!
//! A noisy moment hits everybody, and what it does to two contenders of one round cancels out in their ratio.

use std::env;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use serde::de::DeserializeOwned;

use super::cluster::Cluster;
use super::job::{Contender, HeaderSet, Job, Quantiles, Run, Size, Taken, told};
use super::options::Options;
use super::python::Python;

/// How many records are on their way at most: the buffer that ours has by default.
pub const IN_FLIGHT: usize = 20_000;

/// The same where each event is awaited.
pub const AWAITED: usize = 1_000;

/// The same as librdkafka has it by default.
pub const LIBRDKAFKAS_OWN: usize = 100_000;

/// The linger of all who send many records together; librdkafka's default, and ours.
const LINGER_MS: u32 = 5;

/// How many events the way to librdkafka is timed for in each round, a thousand a second.
const HANDED_OVER: usize = 3_000;

/// How often a call is let wait for a place.
const RESUMED: usize = 100;

/// The argument behind which a process of its own finds its job.
pub const JOB: &str = "--job";

/// A run and what it took, one entry a round.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Measured {
    pub run: Run,
    pub taken: Vec<Taken>,
}

/// All that was measured.
#[derive(Clone, Debug)]
pub struct Measurements {
    /// Every run.
    pub runs: Vec<Measured>,
    /// The way to librdkafka: raw and ours, one entry a round; none where only some contenders take part.
    pub hand_over: Vec<(Quantiles, Quantiles)>,
    /// How soon a waiting call goes on; `None` where only some contenders take part.
    pub resume: Option<Quantiles>,
    /// Why there is no Python among the runs; empty if there is.
    pub no_python: String,
}

/// Measures all.
///
/// # Errors
/// That the log does not hold what was confirmed, or a contender's own.
pub fn measure(cluster: &Cluster, options: &Options) -> Result<Measurements> {
    let python = python(options);
    let (python, no_python) = match python {
        Ok(python) => (Some(python), String::new()),
        Err(error) => (None, format!("{error:#}")),
    };
    let mut runs: Vec<Measured> = runs(options.messages)
        .into_iter()
        .filter(|run| python.is_some() || !run.contender.is_python())
        .filter(|run| options.only.is_empty() || options.only.contains(&run.contender))
        .map(|run| Measured { run, taken: Vec::new() })
        .collect();
    let mut hand_over = Vec::new();
    for round in 0..options.warm_up_rounds + options.rounds {
        let counts = round >= options.warm_up_rounds;
        let backwards = round % 2 == 1;
        let mut order: Vec<&mut Measured> = runs.iter_mut().collect();
        if backwards {
            order.reverse();
        }
        for Measured { run, taken } in order {
            let took = one(cluster, options, python.as_ref(), run)?;
            if counts {
                taken.push(took);
            }
        }
        if counts && options.only.is_empty() {
            let time = |contender| -> Result<Quantiles> {
                let place = cluster.place.clone();
                let events = HANDED_OVER;
                in_a_process(&Job::HandOver {
                    contender,
                    place,
                    events,
                })
            };
            // Whoever comes first finds the cluster busy with what went before.
            hand_over.push(if backwards {
                let ours = time(Contender::Await)?;
                (time(Contender::Raw)?, ours)
            } else {
                (time(Contender::Raw)?, time(Contender::Await)?)
            });
        }
        let what = if counts { "" } else { ", which does not count" };
        writeln!(io::stdout(), "round {} is over{what}", round + 1)?;
    }
    Ok(Measurements {
        runs,
        hand_over,
        resume: match options.only[..] {
            [] => Some(in_a_process(&Job::Resume { times: RESUMED })?),
            _ => None,
        },
        no_python,
    })
}

fn one(cluster: &Cluster, options: &Options, python: Option<&Python>, run: &Run) -> Result<Taken> {
    if options.within {
        // Which looks at its log itself.
        let (run, compression) = (*run, options.compression.clone());
        return in_a_process(&Job::DeliverWithin { run, compression });
    }
    let before = cluster.ends()?;
    let taken = match python {
        Some(python) if run.contender.is_python() => python.deliver(&cluster.place, run)?,
        _ => {
            let (run, place) = (*run, cluster.place.clone());
            in_a_process(&Job::Deliver { run, place })?
        }
    };
    cluster.verify(run, &before)?;
    Ok(taken)
}

/// Every run of one round. Those that are compared stand together.
fn runs(messages: usize) -> Vec<Run> {
    use Contender::{Await, Batch, Converter, Future, PythonReady, PythonTyped, Raw};
    let mut runs = Vec::new();
    let mut add = |contender: Contender, size, headers, linger_ms, in_flight| {
        let messages = if contender.is_slow() { messages / 4 } else { messages };
        runs.push(Run {
            contender,
            size,
            headers,
            linger_ms,
            in_flight,
            messages,
        });
    };
    for size in [Size::Flat, Size::Nested] {
        add(Raw, size, HeaderSet::None, LINGER_MS, LIBRDKAFKAS_OWN);
        for headers in [HeaderSet::None, HeaderSet::Three, HeaderSet::Default] {
            add(Raw, size, headers, LINGER_MS, IN_FLIGHT);
            add(Batch, size, headers, LINGER_MS, IN_FLIGHT);
        }
        add(Converter, size, HeaderSet::None, LINGER_MS, IN_FLIGHT);
        add(PythonTyped, size, HeaderSet::None, LINGER_MS, IN_FLIGHT);
        // Without linger: with it both wait for it, and their ratio says nothing.
        add(Await, size, HeaderSet::None, 0, AWAITED);
        add(Future, size, HeaderSet::None, 0, AWAITED);
    }
    add(Future, Size::Flat, HeaderSet::None, LINGER_MS, IN_FLIGHT);
    add(PythonReady, Size::Flat, HeaderSet::None, LINGER_MS, IN_FLIGHT);
    runs
}

fn python(options: &Options) -> Result<Python> {
    ensure!(!options.within, "a cluster cannot be within a Python process");
    // Beside the folder of the program: `target`.
    let program = env::current_exe()?;
    let target: PathBuf = program.ancestors().nth(2).context("the program has no folder")?.into();
    Python::new(&target.join("benches/python"))
}

fn in_a_process<T: DeserializeOwned>(job: &Job) -> Result<T> {
    let mut program = Command::new(env::current_exe()?);
    program.arg(JOB).arg(serde_json::to_string(job)?);
    let output = program.stderr(Stdio::inherit()).output()?;
    ensure!(output.status.success(), "{job:?} ended with {}", output.status);
    told(&String::from_utf8(output.stdout)?)
}
