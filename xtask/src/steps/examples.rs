//! The quickstart, run as a user would: embedded by itself, and on the real pair; Avro and JSON.
//!
//! Knows its arguments and its last line; whether the records are right is for the tests and the foreign readers.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, bail, ensure};

use super::{Context, program};
use crate::process;
use crate::workspace::{KAFKA, REGISTRY, without_addresses};

const NAME: &str = "quickstart";
const LIMIT: Duration = Duration::from_secs(300);

/// One input of the quickstart.
struct Input {
    name: &'static str,
    file: PathBuf,
    /// The default input is not named: that the quickstart finds it is part of what is shown.
    is_default: bool,
    /// How many records it makes, where that is known.
    records: Option<u64>,
}

/// A topic on the real pair that the quickstart has filled.
pub(super) struct Written {
    pub(super) topic: String,
    pub(super) encoding: &'static str,
    pub(super) input: PathBuf,
}

pub(super) fn run(context: &mut Context) -> Result<()> {
    let program = program::build(&context.workspace, "examples", &["--bins", "--examples"], NAME)?;
    let mut inputs = vec![Input {
        name: "orders",
        file: context.workspace.root().join("examples/data/orders.jsonl"),
        is_default: true,
        records: None,
    }];
    if let Some(folder) = &context.test_data {
        let file = folder.join("northwind/orders.jsonl");
        ensure!(
            file.is_file(),
            "PUBLISHER_TEST_DATA is set, but there is no {}",
            file.display()
        );
        // 830 orders, 809 of them shipped.
        inputs.push(Input {
            name: "northwind",
            file,
            is_default: false,
            records: Some(1639),
        });
    }
    for input in &inputs {
        for encoding in ["avro", "json"] {
            quickstart(context, &program, input, encoding, false)?;
            if context.pair.is_some() {
                let topic = quickstart(context, &program, input, encoding, true)?;
                context.written.push(Written {
                    topic,
                    encoding,
                    input: input.file.clone(),
                });
            }
        }
    }
    if context.pair.is_none() {
        let reason = context.no_pair.clone();
        context.skip("the quickstart on the real pair", &reason);
    }
    Ok(())
}

/// Runs it once and returns the topic it was given.
fn quickstart(context: &Context, program: &PathBuf, input: &Input, encoding: &str, real: bool) -> Result<String> {
    let topic = format!("{}-{encoding}", input.name);
    let mut command = Command::new(program);
    command
        .current_dir(context.workspace.root())
        .args(["--encoding", encoding, "--topic", &topic]);
    if !input.is_default {
        command.arg("--input").arg(&input.file);
    }
    without_addresses(&mut command);
    if let Some(pair) = context.pair.as_ref().filter(|_| real) {
        command
            .env(KAFKA, pair.bootstrap_servers())
            .env(REGISTRY, pair.registry_url());
    }
    println!(
        "\n{}, {encoding}, {}",
        input.name,
        if real { "real pair" } else { "embedded" }
    );
    let stdout = process::watched(&mut command, LIMIT)?;
    check_last_line(&stdout, input.records)?;
    Ok(topic)
}

/// `delivered N of N`, with N as expected.
fn check_last_line(stdout: &str, records: Option<u64>) -> Result<()> {
    let last = stdout.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
    let counts = last
        .strip_prefix("delivered ")
        .and_then(|counts| counts.split_once(" of "));
    let counts = counts.and_then(|(a, b)| Some((a.parse::<u64>().ok()?, b.parse::<u64>().ok()?)));
    match counts {
        Some((delivered, all)) if delivered == all && all > 0 && records.is_none_or(|records| records == all) => Ok(()),
        _ => {
            let n = records.map_or_else(|| "N".to_owned(), |records| records.to_string());
            bail!("the last line of the quickstart is `{last}`, not `delivered {n} of {n}`")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn judges_the_last_line() {
        assert!(check_last_line("x\ndelivered 12 of 12\n", None).is_ok());
        assert!(check_last_line("delivered 1639 of 1639", Some(1639)).is_ok());
        for (text, records) in [
            ("delivered 12 of 13", None),
            ("delivered 0 of 0", None),
            ("", None),
            ("delivered 12 of 12", Some(13)),
        ] {
            assert!(check_last_line(text, records).is_err(), "{text}");
        }
    }
}
