//! Node: records fetched with kafkajs, decoded by Confluent's `schemaregistry` package.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use super::{Context, copy, every_type, pair, sources};
use crate::missing::Missing;
use crate::process;
use crate::testbed::store;

/// The oldest release that is still maintained when this was written.
const OLDEST: u32 = 20;
const REMEDY: &str = "install Node.js 20+ with npm (https://nodejs.org, on Debian: nodejs and npm)";

pub(in crate::steps) fn run(context: &mut Context) -> Result<()> {
    pair(context)?;
    let version = find()?;
    let folder = sources(context, "node");
    let installed = context.workspace.testbed().join("node");
    install(&folder, &installed, &version)?;
    // Node looks for packages in the folders above a program.
    copy(&folder, &installed, "mjs")?;
    every_type(context, || {
        let mut reader = Command::new("node");
        reader.arg(installed.join("read_every_type.mjs"));
        reader
    })
}

/// Node's version, when it is new enough and npm is there too.
fn find() -> Result<String> {
    let Ok(version) = process::output(Command::new("node").arg("--version")) else {
        return Err(Missing::new("no Node.js", REMEDY).into());
    };
    let version = version.trim().to_owned();
    if feature_release(&version).is_none_or(|release| release < OLDEST) {
        return Err(Missing::new(format!("Node.js is {version}, {OLDEST} or newer is needed"), REMEDY).into());
    }
    if process::output(Command::new("npm").arg("--version")).is_err() {
        return Err(Missing::new("no npm beside Node.js", REMEDY).into());
    }
    Ok(version)
}

/// 20 of `v20.20.2`.
fn feature_release(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// Puts what the lock file names into `installed`, once for each state of that file.
fn install(folder: &Path, installed: &Path, version: &str) -> Result<()> {
    let files = ["package.json", "package-lock.json"];
    let mut stamp = format!("node {version}\n");
    for file in files {
        let path = folder.join(file);
        stamp += &fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    }
    store::ensure(installed, &stamp, |dir| {
        println!("installing the Node reader's packages with npm");
        for file in files {
            fs::copy(folder.join(file), dir.join(file))?;
        }
        // No script of any package is run: none of these needs one.
        let mut npm = Command::new("npm");
        npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .current_dir(dir);
        process::output(&mut npm)
            .map(drop)
            .context("npm could not install; check the connection to its registry and try again")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_feature_release() {
        assert_eq!(feature_release("v20.20.2"), Some(20));
        assert_eq!(feature_release("v8.1.0"), Some(8));
        assert_eq!(feature_release("node"), None);
    }
}
