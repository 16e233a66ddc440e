//! Random pairs of Avro schemas, judged by the rules and by Apache Avro's Java, and read by it and by fastavro.
//!
//! Every difference in verdict, canonical form or fingerprint, and every approved pair whose values cannot be read though
//! no lint says so, is printed with its number and both schemas; the same seed gives the same pairs. Which programs judge
//! is for the caller to say: `--java PROGRAM --class-path PATH --judge FILE [--python PROGRAM --reader FILE]`.

#![allow(clippy::print_stdout, reason = "its report is what it is for")]

mod edit;
mod foreign;
mod generate;
mod known;
mod model;
mod pair;
mod random;
mod report;
mod value;

use std::env;
use std::error::Error;
use std::process::{Command, ExitCode};

use serde_json::Value;

use self::pair::Pair;
use self::report::Report;

/// How many pairs are judged unless `--pairs` says otherwise.
const PAIRS: u64 = 20_000;
/// Of these one in so many goes to fastavro too.
const SAMPLE: usize = 5;
const SEED: u64 = 5;

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            println!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Says whether all agree.
fn run() -> Result<bool, Box<dyn Error>> {
    let given: Vec<String> = env::args().skip(1).collect();
    let option = |name: &str| {
        let at = given.iter().position(|word| word == name)?;
        given.get(at + 1).cloned()
    };
    let needed = |name: &str| option(name).ok_or_else(|| format!("{name} is needed"));
    let count = option("--pairs").map_or(Ok(PAIRS), |text| text.parse())?;
    let seed = option("--seed").map_or(Ok(SEED), |text| text.parse())?;

    let pairs: Vec<Pair> = (0..count).map(|number| Pair::make(seed, number)).collect();
    let mut java = Command::new(needed("--java")?);
    java.args(["-XX:TieredStopAtLevel=1", "-Xss4m", "-cp"]);
    java.arg(needed("--class-path")?).arg(needed("--judge")?);
    let answers = foreign::ask(&mut java, pairs.iter().map(Pair::question).collect())?;
    let mut report = Report::new(seed);
    for (pair, answer) in pairs.iter().zip(&answers) {
        report.judged(pair, answer);
    }

    if let Some(python) = option("--python") {
        let approved = pairs.iter().filter(|pair| pair.is_approved() && !pair.rows.is_empty());
        let sample: Vec<&Pair> = approved.step_by(SAMPLE).collect();
        let mut python = Command::new(python);
        python.arg("-B").arg(needed("--reader")?);
        let answers: Vec<Value> = foreign::ask(&mut python, sample.iter().map(|pair| pair.question()).collect())?;
        for (pair, answer) in sample.iter().zip(&answers) {
            report.read_by_fastavro(pair, answer);
        }
    }
    print!("{report}");
    Ok(report.is_clean())
}
