//! Building one program of the workspace with cargo, and where it is then.
//!
//! Does not know which programs there are or what they do.

use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use crate::workspace::Workspace;

/// Builds targets of a package by itself, with no feature that another member asks for; returns the program `name`.
pub(crate) fn build(workspace: &Workspace, package: &str, targets: &[&str], name: &str) -> Result<PathBuf> {
    let mut cargo = workspace.cargo();
    cargo.args(["build", "--package", package]).args(targets);
    cargo.args(["--message-format", "json-render-diagnostics"]);
    // Cargo shows its own diagnostics on stderr, which is passed through; stdout is for us alone.
    let output = cargo.stderr(Stdio::inherit()).output().context("cannot start cargo")?;
    ensure!(
        output.status.success(),
        "the package `{package}` does not build ({})",
        output.status
    );
    let messages = String::from_utf8_lossy(&output.stdout);
    let program = messages
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .find_map(|message| executable(&message, name));
    program.with_context(|| format!("the package `{package}` has no program `{name}`"))
}

fn executable(message: &Value, name: &str) -> Option<PathBuf> {
    let is_ours = message["reason"] == "compiler-artifact" && message["target"]["name"] == name;
    is_ours
        .then(|| message["executable"].as_str().map(PathBuf::from))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_program_among_the_messages() {
        let message = |name: &str| serde_json::json!({"reason": "compiler-artifact", "target": {"name": name}, "executable": "/t/x"});
        assert_eq!(executable(&message("quickstart"), "quickstart"), Some("/t/x".into()));
        assert_eq!(executable(&message("examples"), "quickstart"), None);
    }
}
