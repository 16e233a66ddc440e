//! What was measured, as a table for people and as one line of JSON for programs.

use std::io::{self, Write as _};

use serde_json::{Map, Value, json};

use super::job::{Contender, HeaderSet, Quantiles, Run, Size, Taken};
use super::options::Options;
use super::protocol::{AWAITED, IN_FLIGHT, LIBRDKAFKAS_OWN, Measured, Measurements};
use crate::measure::median;

/// One figure: the one in the middle of all rounds, with the least and the most.
#[derive(Clone, Copy, Debug)]
struct Figure {
    middle: f64,
    least: f64,
    most: f64,
}

impl Figure {
    fn of(rounds: Vec<f64>) -> Self {
        Self {
            least: rounds.iter().copied().fold(f64::INFINITY, f64::min),
            most: rounds.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            middle: median(rounds),
        }
    }
}

impl Measured {
    fn cpu_us(&self) -> Vec<f64> {
        self.each(|taken, messages| taken.cpu_s * 1e6 / messages)
    }

    fn rate(&self) -> Vec<f64> {
        self.each(|taken, messages| messages / taken.wall_s)
    }

    fn allocations(&self) -> Vec<f64> {
        self.each(|taken, messages| taken.allocations as f64 / messages)
    }

    fn each(&self, figure: fn(&Taken, f64) -> f64) -> Vec<f64> {
        let messages = self.run.messages as f64;
        self.taken.iter().map(|taken| figure(taken, messages)).collect()
    }
}

/// Prints the table of all runs, and that of the headers.
///
/// # Errors
/// Those of the standard output.
pub fn table(measurements: &Measurements) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if !measurements.no_python.is_empty() {
        writeln!(out, "without Python: {}", measurements.no_python)?;
    }
    writeln!(
        out,
        "{:<13} {:<7} {:>7} {:>6} {:>9} | {:>22} | {:>22} | {:>6}",
        "", "", "headers", "linger", "in flight", "us of processor", "thousand a second", "allocs"
    )?;
    for measured in &measurements.runs {
        let run = &measured.run;
        let (cpu, rate) = (Figure::of(measured.cpu_us()), Figure::of(measured.rate()));
        writeln!(
            out,
            "{:<13} {:<7} {:>7} {:>3} ms {:>9} | {:>7.3} ({:.3}-{:.3}) | {:>7.0} ({:.0}-{:.0}) | {:>6.2}",
            format!("{:?}", run.contender),
            format!("{:?}", run.size),
            run.headers.count(),
            run.linger_ms,
            run.in_flight,
            cpu.middle,
            cpu.least,
            cpu.most,
            rate.middle / 1e3,
            rate.least / 1e3,
            rate.most / 1e3,
            median(measured.allocations()),
        )?;
    }
    Ok(())
}

/// The last line: every figure by its name.
#[must_use]
pub fn line(measurements: &Measurements, options: &Options, bytes: [usize; 2]) -> Value {
    let mut line = Line::default();
    let find = |contender, size, headers, in_flight| {
        let wanted = |run: &Run| {
            run.contender == contender && run.size == size && run.headers == headers && run.in_flight == in_flight
        };
        measurements.runs.iter().find(|measured| wanted(&measured.run))
    };
    let plain = |contender, size| find(contender, size, HeaderSet::None, IN_FLIGHT);
    let awaited = |contender, size| find(contender, size, HeaderSet::None, AWAITED);
    for (size, name) in [(Size::Flat, "150"), (Size::Nested, "600")] {
        let batch = plain(Contender::Batch, size);
        // As librdkafka comes, and with the bound that ours has.
        for (bound, suffix) in [(LIBRDKAFKAS_OWN, ""), (IN_FLIGHT, "_same_bound")] {
            let raw = find(Contender::Raw, size, HeaderSet::None, bound);
            line.ratio(format!("cpu_batch_{name}_vs_raw{suffix}"), batch, raw, Measured::cpu_us);
            line.ratio(format!("rate_batch_{name}_vs_raw{suffix}"), batch, raw, Measured::rate);
        }
        let (awaits, futures) = (awaited(Contender::Await, size), awaited(Contender::Future, size));
        line.ratio(format!("cpu_await_{name}_vs_future"), awaits, futures, Measured::cpu_us);
        // The headline is at 150 bytes.
        let suffix = if size == Size::Flat { "" } else { "_600" };
        let gains = [
            (Contender::Converter, "converter"),
            (Contender::PythonTyped, "python_typed"),
            (Contender::PythonReady, "python_ready"),
            (Contender::Future, "future"),
        ];
        for (contender, against) in gains {
            let other = plain(contender, size);
            if other.is_some() || contender.is_python() && size == Size::Flat {
                line.ratio(format!("cpu_gain_vs_{against}{suffix}"), other, batch, Measured::cpu_us);
            }
        }
        line.rounds(format!("allocs_per_event{suffix}"), batch.map(Measured::allocations));
    }

    let added = |quantile: fn(&Quantiles) -> f64| {
        let pairs = measurements.hand_over.iter();
        let added: Vec<f64> = pairs.map(|(raw, ours)| quantile(ours) - quantile(raw)).collect();
        Some(added).filter(|added| !added.is_empty())
    };
    line.rounds("added_us_p50".to_owned(), added(|quantiles| quantiles.p50));
    line.rounds("added_us_p99".to_owned(), added(|quantiles| quantiles.p99));

    let Line { mut figures, ranges } = line;
    if let Some(Quantiles { p50, p99, most }) = measurements.resume {
        let [p50, p99, most] = [p50, p99, most].map(|micros| rounded(micros / 1e3));
        figures.insert("resume_ms".to_owned(), p99);
        figures.insert("resume_ms_p50".to_owned(), p50);
        figures.insert("resume_ms_most".to_owned(), most);
    }

    let mut headers = Map::new();
    for (size, name) in [(Size::Flat, "150"), (Size::Nested, "600")] {
        for set in [HeaderSet::None, HeaderSet::Three, HeaderSet::Default] {
            let (raw, batch) = (
                find(Contender::Raw, size, set, IN_FLIGHT),
                find(Contender::Batch, size, set, IN_FLIGHT),
            );
            let (Some(raw), Some(batch)) = (raw, batch) else {
                continue;
            };
            let ratio = Figure::of(divided(&batch.cpu_us(), &raw.cpu_us()));
            let row = json!({
                "raw_us": rounded(median(raw.cpu_us())),
                "batch_us": rounded(median(batch.cpu_us())),
                "cpu_vs_raw_same_bound": rounded(ratio.middle),
                "range": [rounded(ratio.least), rounded(ratio.most)],
                "allocs_per_event": rounded(median(batch.allocations())),
            });
            headers.insert(format!("{name}_{}", set.count()), row);
        }
    }
    figures.insert("headers".to_owned(), headers.into());
    figures.insert("ranges".to_owned(), ranges.into());
    figures.insert("rounds".to_owned(), options.rounds.into());
    figures.insert("messages".to_owned(), options.messages.into());
    figures.insert("compression".to_owned(), options.compression.as_str().into());
    let cluster = match (&options.kafka, options.within) {
        (Some(_), _) => "kafka",
        (None, true) => "embedded in the contender",
        (None, false) => "embedded",
    };
    figures.insert("cluster".to_owned(), cluster.into());
    figures.insert("bytes".to_owned(), json!(bytes));
    if !measurements.no_python.is_empty() {
        figures.insert("no_python".to_owned(), measurements.no_python.as_str().into());
    }
    figures.into()
}

#[derive(Default)]
struct Line {
    figures: Map<String, Value>,
    ranges: Map<String, Value>,
}

impl Line {
    /// One contender by another, round by round: what disturbed both in a round cancels out.
    fn ratio(&mut self, name: String, one: Option<&Measured>, other: Option<&Measured>, of: fn(&Measured) -> Vec<f64>) {
        let rounds = one.zip(other).map(|(one, other)| divided(&of(one), &of(other)));
        self.rounds(name, rounds);
    }

    /// Null where a contender is missing.
    fn rounds(&mut self, name: String, rounds: Option<Vec<f64>>) {
        let Some(rounds) = rounds else {
            self.figures.insert(name, Value::Null);
            return;
        };
        let Figure { middle, least, most } = Figure::of(rounds);
        self.ranges.insert(name.clone(), json!([rounded(least), rounded(most)]));
        self.figures.insert(name, rounded(middle));
    }
}

fn divided(ones: &[f64], others: &[f64]) -> Vec<f64> {
    ones.iter().zip(others).map(|(one, other)| one / other).collect()
}

fn rounded(value: f64) -> Value {
    json!((value * 1_000.0).round() / 1_000.0)
}
