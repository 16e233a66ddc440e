//! House rules that a program can check: on the sources, on the package graph, on the environment.
//!
//! Reads files and `cargo metadata`; changes nothing. The rules themselves are in the files below.

mod deny;
mod graph;
mod licence;
mod rules;
mod source;

use std::env;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::workspace::Workspace;

/// Every breach, as `path:line: what is wrong`.
pub(crate) fn check(workspace: &Workspace) -> Result<Vec<String>> {
    let mut findings = Vec::new();
    let mut files = Vec::new();
    rust_files(workspace.root(), Path::new(""), &mut files)?;
    files.sort();
    for path in &files {
        let text = fs::read_to_string(workspace.root().join(path)).with_context(|| format!("cannot read {path}"))?;
        findings.extend(rules::check(path, &text));
    }
    let deny = fs::read_to_string(workspace.root().join("deny.toml")).context("cannot read deny.toml")?;
    findings.extend(graph::check(&workspace.metadata(&[])?, &deny)?);
    findings.extend(schemas_mode(env::var("PUBLISHER_SCHEMAS").ok().as_deref()));
    println!("{} files read", files.len());
    Ok(findings)
}

/// With `bless` or `off` the compiler does not compare the events with their committed schemas.
fn schemas_mode(value: Option<&str>) -> Option<String> {
    match value {
        None | Some("" | "check") => None,
        Some(value) => Some(format!(
            "PUBLISHER_SCHEMAS is `{value}`: unset it, a test run must hold the schemas to be fixed"
        )),
    }
}

/// Collects the paths of all Rust files, with `/` between folders, relative to `root`.
fn rust_files(root: &Path, folder: &Path, files: &mut Vec<String>) -> Result<()> {
    let at = root.join(folder);
    for entry in fs::read_dir(&at).with_context(|| format!("cannot read {}", at.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = folder.join(&name);
        let is_ours = !name.starts_with('.') && name != "target" && name != "node_modules";
        if entry.file_type()?.is_dir() {
            if is_ours {
                rust_files(root, &path, files)?;
            }
        } else if name.ends_with(".rs") {
            files.push(
                path.components()
                    .map(|part| part.as_os_str().to_string_lossy())
                    .collect::<Vec<_>>()
                    .join("/"),
            );
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemas_must_be_checked() {
        assert_eq!(schemas_mode(None), None);
        assert_eq!(schemas_mode(Some("check")), None);
        assert!(schemas_mode(Some("bless")).is_some());
        assert!(schemas_mode(Some("off")).is_some());
    }
}
