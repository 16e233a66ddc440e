//! Go: franz-go with its registry client and twmb/avro.

use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result};

use super::{Context, every_type, pair, sources};
use crate::missing::Missing;
use crate::process;

pub(in crate::steps) fn run(context: &mut Context) -> Result<()> {
    pair(context)?;
    let folder = sources(context, "go");
    let module = folder.join("go.mod");
    let module = fs::read_to_string(&module).with_context(|| format!("cannot read {}", module.display()))?;
    find(&module)?;
    let program = context.workspace.testbed().join("read-every-type");
    // Go keeps what it has fetched and built in caches of its own, so this is quick but for the first time.
    let mut build = go();
    build
        .args(["build", "-buildvcs=false", "-mod=readonly", "-o"])
        .arg(&program)
        .arg(".")
        .current_dir(&folder);
    process::output(&mut build).context("Go could not build the reader; check the connection to its module proxy")?;
    every_type(context, || Command::new(&program))
}

/// Go as it is installed: an old one would fetch a newer one by itself.
fn go() -> Command {
    let mut go = Command::new("go");
    go.env("GOTOOLCHAIN", "local");
    go
}

/// That Go is there and at least what the module asks for.
fn find(module: &str) -> Result<()> {
    let needed = needed(module).context("go.mod has no line `go`")?;
    let remedy = format!("install Go {needed}+ (https://go.dev)");
    let Ok(version) = process::output(go().args(["env", "GOVERSION"])) else {
        return Err(Missing::new("no Go", remedy).into());
    };
    let version = version.trim();
    if numbers(version) < numbers(needed) {
        return Err(Missing::new(format!("Go is {version}, {needed} or newer is needed"), remedy).into());
    }
    Ok(())
}

/// The version in go.mod's line `go 1.26.0`.
fn needed(module: &str) -> Option<&str> {
    module.lines().find_map(|line| line.strip_prefix("go ")).map(str::trim)
}

/// `[1, 26, 8]` of `go1.26.8`.
fn numbers(version: &str) -> Vec<u32> {
    version
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|part| part.parse().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_versions() {
        assert_eq!(needed("module x\n\ngo 1.26.0\n\nrequire y v1.2.3\n"), Some("1.26.0"));
        assert!(numbers("go1.26.8") > numbers("1.26.0"));
        assert!(numbers("go1.9.7") < numbers("1.26.0"));
        assert!(numbers("go2.0") > numbers("1.26.0"));
        assert!(numbers("devel") < numbers("1.26.0"));
    }
}
