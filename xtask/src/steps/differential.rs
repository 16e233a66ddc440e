//! Apache Avro's Java, and fastavro, beside the compatibility rules: many random pairs in one process each.
//!
//! Knows what the programs need; what is compared, and what may differ, is in `tests/compatibility/differential/`.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};

use super::readers::has_compiler;
use super::{Context, program};
use crate::missing::Missing;
use crate::process;
use crate::testbed::{java, maven, python, store};

const PAIRS: &str = "20000";
const LIMIT: Duration = Duration::from_secs(300);
const LIBRARIES: [[&str; 3]; 2] = [
    ["org.apache.avro", "avro", "1.12.2"],
    // Avro's log goes nowhere; the version is that of the slf4j-api which it brings.
    ["org.slf4j", "slf4j-nop", "2.0.18"],
];

pub(super) fn run(context: &mut Context) -> Result<()> {
    let testbed = context.workspace.testbed();
    let java = java::find(&testbed)?;
    has_compiler(&java)?;
    let dir = testbed.join("avro");
    store::ensure(&dir, &format!("{LIBRARIES:?}"), |dir| {
        println!("fetching Apache Avro with Maven");
        maven::libraries(&java, dir, &LIBRARIES)
    })?;
    let sources = context.workspace.root().join("tests/compatibility");
    let name = "differential";
    let program = program::build(&context.workspace, "compatibility", &["--bin", name], name)?;
    let mut differential = Command::new(program);
    differential.args(["--pairs", PAIRS]).arg("--java").arg(java.program());
    differential.arg("--class-path").arg(dir.join("lib/*"));
    differential.arg("--judge").arg(sources.join("java/JudgePairs.java"));
    match fastavro(context) {
        Ok(python) => {
            differential.arg("--python").arg(python);
            differential.arg("--reader").arg(sources.join("python/read_pairs.py"));
        }
        Err(error) => match Missing::behind(&error) {
            // Where nothing may be missing the step fails: a skip of a part would pass unseen.
            Some(missing) if !super::is_strict() => {
                let missing = missing.clone();
                context.skip("approved pairs read by fastavro", &missing);
            }
            _ => return Err(error),
        },
    }
    let stdout = process::watched(&mut differential, LIMIT)?;
    let last = stdout.lines().next_back().unwrap_or_default();
    ensure!(last == "0 differences", "the last line is `{last}`");
    ensure!(
        stdout.contains(&format!(": {PAIRS} pairs, ")),
        "not all pairs were judged"
    );
    Ok(())
}

/// The environment of the Python reader, whose client brings fastavro.
fn fastavro(context: &Context) -> Result<PathBuf> {
    let list = context.workspace.root().join("tests/interop/python/requirements.txt");
    let requirements = fs::read_to_string(&list).with_context(|| format!("cannot read {}", list.display()))?;
    python::environment(
        &python::find()?,
        &context.workspace.testbed().join("venv"),
        &requirements,
    )
}
