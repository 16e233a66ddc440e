//! The foreign readers: programs in other languages that read what was published on the real pair, with the libraries
//! that their users take.
//!
//! Knows how to call them and what they read; the comparison is theirs, in `tests/interop/`. What a language needs is
//! in its own file.

mod go;
mod java;
mod node;
mod python;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{self, Command};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};

pub(super) use self::go::run as go;
pub(super) use self::java::run as java;
pub(super) use self::node::run as node;
pub(super) use self::python::run as python;
use super::{Context, program};
use crate::process::watched;
use crate::testbed::Pair;

const LIMIT: Duration = Duration::from_secs(300);
/// The program that publishes every type.
const PUBLISHER: &str = "publish-every-type";

/// Where the readers are.
fn sources(context: &Context, language: &str) -> PathBuf {
    context.workspace.root().join("tests/interop").join(language)
}

fn pair(context: &Context) -> Result<&Pair> {
    context.pair.as_ref().ok_or_else(|| context.no_pair.clone().into())
}

/// Runs a reader over every type and judges its last line.
fn every_type(context: &mut Context, reader: &mut Command) -> Result<()> {
    let expected = published(context)?;
    let addresses = addresses(pair(context)?);
    let stdout = watched(reader.args(addresses).arg("--expected").arg(expected), LIMIT)?;
    let last = stdout.lines().next_back().unwrap_or_default();
    ensure!(
        last.starts_with("read ") && last.ends_with(" records, all equal"),
        "the reader ended well, but its last line is `{last}`"
    );
    Ok(())
}

fn addresses(pair: &Pair) -> [&str; 4] {
    [
        "--bootstrap",
        pair.bootstrap_servers(),
        "--registry",
        pair.registry_url(),
    ]
}

/// The file that says what was published; the first reader that asks has it published.
fn published(context: &mut Context) -> Result<PathBuf> {
    if let Some(expected) = &context.every_type {
        return Ok(expected.clone());
    }
    let program = program::build(&context.workspace, "tests", &["--bin", PUBLISHER], PUBLISHER)?;
    let expected = context.workspace.testbed().join("every-type.json");
    let mut publisher = Command::new(program);
    publisher.args(addresses(pair(context)?));
    // A real broker keeps its topics as long as it runs: another process may have filled those of an earlier run.
    publisher.args(["--topic-prefix", &format!("every-type-{}", process::id())]);
    watched(publisher.arg("--expected").arg(&expected), LIMIT).context("every type could not be published")?;
    context.every_type = Some(expected.clone());
    Ok(expected)
}

/// Copies the files of one kind from `from` into `to`.
fn copy(from: &Path, to: &Path, extension: &str) -> Result<()> {
    for entry in std::fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let path = entry?.path();
        if path.extension() == Some(OsStr::new(extension)) {
            let target = to.join(path.file_name().unwrap_or_default());
            std::fs::copy(&path, &target).with_context(|| format!("cannot copy {}", path.display()))?;
        }
    }
    Ok(())
}
