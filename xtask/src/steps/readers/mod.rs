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
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{self, Command};
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};

pub(super) use self::go::run as go;
pub(super) use self::java::{has_compiler, run as java};
pub(super) use self::node::run as node;
pub(super) use self::python::run as python;
use super::{Context, program};
use crate::process::{output, watched};
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

/// Runs a reader over every type and judges its last line, then with one value falsified, which it must notice.
fn every_type(context: &mut Context, reader: impl Fn() -> Command) -> Result<()> {
    let Published { expected, falsified } = published(context)?;
    let addresses = addresses(pair(context)?);
    let with = |file: &Path| {
        let mut reader = reader();
        reader.args(addresses).arg("--expected").arg(file);
        reader
    };
    let stdout = watched(&mut with(&expected), LIMIT)?;
    let last = stdout.lines().next_back().unwrap_or_default();
    ensure!(
        last.starts_with("read ") && last.ends_with(" records, all equal"),
        "the reader ended well, but its last line is `{last}`"
    );
    match output(&mut with(&falsified)) {
        Err(error) if format!("{error:#}").contains(" records, 1 differences") => Ok(()),
        Err(error) => Err(error.context("of one falsified value the reader said something else")),
        Ok(_) => bail!("the reader did not notice a falsified value"),
    }
}

fn addresses(pair: &Pair) -> [&str; 4] {
    [
        "--bootstrap",
        pair.bootstrap_servers(),
        "--registry",
        pair.registry_url(),
    ]
}

/// What the readers should see of every type.
#[derive(Clone)]
pub(super) struct Published {
    expected: PathBuf,
    /// The same but for one value.
    falsified: PathBuf,
}

/// What was published; the first reader that asks has it published.
fn published(context: &mut Context) -> Result<Published> {
    if let Some(published) = &context.every_type {
        return Ok(published.clone());
    }
    let program = program::build(&context.workspace, "tests", &["--bin", PUBLISHER], PUBLISHER)?;
    let folder = context.workspace.testbed();
    let published = Published {
        expected: folder.join("every-type.json"),
        falsified: folder.join("every-type-falsified.json"),
    };
    let mut publisher = Command::new(program);
    publisher.args(addresses(pair(context)?));
    // A real broker keeps its topics as long as it runs: another process may have filled those of an earlier run.
    publisher.args(["--topic-prefix", &format!("every-type-{}", process::id())]);
    watched(publisher.arg("--expected").arg(&published.expected), LIMIT)
        .context("every type could not be published")?;
    let text = fs::read_to_string(&published.expected)?;
    fs::write(&published.falsified, falsified(&text).context("no value is true")?)?;
    context.every_type = Some(published.clone());
    Ok(published)
}

/// The text with its first `true` denied. It is changed as text, so that no number in it is written anew.
fn falsified(text: &str) -> Option<String> {
    let (before, after) = text.split_once(": true")?;
    Some(format!("{before}: false{after}"))
}

/// Copies the files of one kind from `from` into `to`.
fn copy(from: &Path, to: &Path, extension: &str) -> Result<()> {
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let path = entry?.path();
        if path.extension() == Some(OsStr::new(extension)) {
            let target = to.join(path.file_name().unwrap_or_default());
            fs::copy(&path, &target).with_context(|| format!("cannot copy {}", path.display()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn falsifies_one_value() {
        let changed = falsified(r#"{ "a": 1e38, "b": true, "c": true }"#);
        assert_eq!(changed.as_deref(), Some(r#"{ "a": 1e38, "b": false, "c": true }"#));
        assert_eq!(falsified(r#"{ "a": "true" }"#), None);
    }
}
