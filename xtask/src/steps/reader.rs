//! The foreign reader: Confluent's own Python client reads every topic that the quickstart wrote on the real pair.
//!
//! Knows how to call it; the comparison is in `tests/interop/python/read_orders.py`.

use std::fs;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};

use super::Context;
use crate::process;
use crate::testbed::python;

const LIMIT: Duration = Duration::from_secs(300);

pub(super) fn run(context: &mut Context) -> Result<()> {
    let Some(pair) = &context.pair else {
        return Err(context.no_pair.clone().into());
    };
    ensure!(
        !context.written.is_empty(),
        "the quickstart has written nothing to read"
    );
    let folder = context.workspace.root().join("tests/interop/python");
    let list = folder.join("requirements.txt");
    let requirements = fs::read_to_string(&list).with_context(|| format!("cannot read {}", list.display()))?;
    let venv = context.workspace.testbed().join("venv");
    let python = python::environment(&python::find()?, &venv, &requirements)?;
    for written in &context.written {
        let mut command = Command::new(&python);
        command.arg(folder.join("read_orders.py"));
        command.args([
            "--bootstrap",
            pair.bootstrap_servers(),
            "--registry",
            pair.registry_url(),
        ]);
        command.args(["--topic", &written.topic, "--encoding", written.encoding]);
        command.arg("--input").arg(&written.input);
        process::watched(&mut command, LIMIT)?;
    }
    Ok(())
}
