//! Confluent's Python client: every type, and every field of what the quickstart wrote.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use super::{Context, LIMIT, addresses, every_type, pair, sources};
use crate::process::watched;
use crate::testbed::python;

pub(in crate::steps) fn run(context: &mut Context) -> Result<()> {
    pair(context)?;
    let folder = sources(context, "python");
    let list = folder.join("requirements.txt");
    let requirements = fs::read_to_string(&list).with_context(|| format!("cannot read {}", list.display()))?;
    let venv = context.workspace.testbed().join("venv");
    let python = python::environment(&python::find()?, &venv, &requirements)?;
    every_type(context, || program(&python, &folder.join("read_every_type.py")))?;

    ensure!(
        !context.written.is_empty(),
        "the quickstart has written nothing to read"
    );
    for written in &context.written {
        let mut command = program(&python, &folder.join("read_orders.py"));
        command.args(addresses(pair(context)?));
        command.args(["--topic", &written.topic, "--encoding", written.encoding]);
        command.arg("--input").arg(&written.input);
        watched(&mut command, LIMIT)?;
    }
    Ok(())
}

/// Without the bytecode of its modules, which would lie beside the sources.
fn program(python: &Path, file: &Path) -> Command {
    let mut command = Command::new(python);
    command.arg("-B").arg(file);
    command
}
