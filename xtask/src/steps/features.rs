//! Each feature of `publisher-core` compiles alone without a warning, and so do none of them and the default ones.
//!
//! Features are read from the package graph: a new one is covered the day it appears.

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use super::Context;
use crate::process;

const PACKAGE: &str = "publisher-core";

pub(super) fn run(context: &mut Context) -> Result<()> {
    let features = features(&context.workspace.metadata(&["--no-deps"])?)?;
    let mut failed = Vec::new();
    let mut check = |name: &str, args: &[&str]| {
        let mut cargo = context.workspace.cargo();
        if let Err(error) = process::run(
            cargo
                .args(["clippy", "--package", PACKAGE])
                .args(args)
                .args(["--", "-D", "warnings"]),
        ) {
            println!("error: {error:#}");
            failed.push(name.to_owned());
        }
    };
    check("(none)", &["--no-default-features"]);
    for feature in &features {
        check(feature, &["--no-default-features", "--features", feature]);
    }
    check("(default)", &[]);
    if failed.is_empty() {
        Ok(())
    } else {
        bail!("does not compile with the features {}", failed.join(", "))
    }
}

/// The names of all features except `default`.
pub(super) fn features(metadata: &Value) -> Result<Vec<String>> {
    let packages = metadata["packages"]
        .as_array()
        .context("cargo metadata names no packages")?;
    let package = packages.iter().find(|package| package["name"] == PACKAGE);
    let features = package.and_then(|package| package["features"].as_object());
    let features = features.with_context(|| format!("there is no package {PACKAGE}"))?;
    Ok(features.keys().filter(|name| *name != "default").cloned().collect())
}
