//! Where the project is, and how to call cargo in it.
//!
//! Does not know the steps; the layout it knows is "root, target folder, package graph".

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::process;

/// Where the tests find the real pair. They differ from the quickstart's own variables, so that a test which is meant
/// to run embedded cannot be redirected by what a developer has exported.
pub(crate) const TEST_KAFKA: &str = "PUBLISHER_TEST_KAFKA";
pub(crate) const TEST_REGISTRY: &str = "PUBLISHER_TEST_REGISTRY";
/// Where they find what to start brokers of their own with, which they kill.
pub(crate) const TEST_JAVA: &str = "PUBLISHER_TEST_JAVA";
pub(crate) const TEST_KAFKA_JARS: &str = "PUBLISHER_TEST_KAFKA_JARS";
/// What the examples read.
pub(crate) const KAFKA: &str = "KAFKA_BOOTSTRAP_SERVERS";
pub(crate) const REGISTRY: &str = "SCHEMA_REGISTRY_URL";

pub(crate) struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    pub(crate) fn find() -> Result<Self> {
        let xtask = env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
        let root = xtask
            .parent()
            .context("the xtask crate has no parent folder")?
            .to_owned();
        let mut workspace = Self {
            target: root.join("target"),
            root,
        };
        let metadata = workspace.metadata(&["--no-deps"])?;
        if let Some(target) = metadata["target_directory"].as_str() {
            workspace.target = target.into();
        }
        Ok(workspace)
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Everything that the test bed downloads or writes.
    pub(crate) fn testbed(&self) -> PathBuf {
        self.target.join("testbed")
    }

    /// `cargo metadata`, as cargo prints it.
    pub(crate) fn metadata(&self, args: &[&str]) -> Result<Value> {
        let text = process::output(self.cargo().args(["metadata", "--format-version", "1"]).args(args))?;
        serde_json::from_str(&text).context("`cargo metadata` printed something that is not JSON")
    }

    /// Cargo in the root of the project, without what this process's own `cargo run` has set.
    ///
    /// Build scripts (ring's, for one) ask to be re-run when `CARGO_PKG_NAME` and its like change; passed on, they
    /// would make every `cargo xtask` and every plain `cargo` call rebuild such crates.
    pub(crate) fn cargo(&self) -> Command {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.current_dir(&self.root);
        for (name, _) in env::vars_os() {
            if is_set_by_cargo_run(&name) {
                command.env_remove(name);
            }
        }
        without_addresses(&mut command);
        command
    }
}

/// Takes away every variable that names a broker or a registry, or what to start one with.
pub(crate) fn without_addresses(command: &mut Command) -> &mut Command {
    for name in [KAFKA, REGISTRY, TEST_KAFKA, TEST_REGISTRY, TEST_JAVA, TEST_KAFKA_JARS] {
        command.env_remove(name);
    }
    command
}

fn is_set_by_cargo_run(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") || name == "CARGO_BIN_NAME"
}
