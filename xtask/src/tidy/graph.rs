//! The rules for the package graph: licences, bans, and the oldest Rust that each member supports.
//!
//! Judges what `cargo metadata` prints; calls nothing.

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::{deny, licence};

pub(super) fn check(metadata: &Value, deny: &str) -> Result<Vec<String>> {
    let deny = deny::parse(deny)?;
    let packages = metadata["packages"]
        .as_array()
        .context("cargo metadata names no packages")?;
    let members = metadata["workspace_members"]
        .as_array()
        .context("cargo metadata names no members")?;
    let mut findings = Vec::new();
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        let known = format!("{name} {}", package["version"].as_str().unwrap_or_default());
        match package["license"].as_str() {
            None => findings.push(format!("{known}: declares no licence")),
            Some(expression) => match licence::is_allowed(expression, &deny.licences) {
                Ok(true) => {}
                Ok(false) => findings.push(format!("{known}: `{expression}` is not allowed by deny.toml")),
                Err(error) => findings.push(format!("{known}: {error}")),
            },
        }
        if deny.banned.iter().any(|banned| banned == name) {
            findings.push(format!(
                "{known}: banned by deny.toml; `cargo tree --workspace --invert {name}` shows who asks for it"
            ));
        }
    }
    let members: Vec<&Value> = packages
        .iter()
        .filter(|package| members.contains(&package["id"]))
        .collect();
    let oldest = members.iter().find_map(|member| member["rust_version"].as_str());
    for member in &members {
        if member["rust_version"].as_str() != oldest || oldest.is_none() {
            let name = member["name"].as_str().unwrap_or_default();
            findings.push(format!("{name}: has to declare `rust-version.workspace = true`"));
        }
    }
    Ok(findings)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const DENY: &str = "[licenses]\nallow = [\n\"MIT\",\n]\n[bans]\ndeny = [\n\"native-tls\",\n]\n";

    fn findings(packages: Value) -> Vec<String> {
        check(&json!({ "packages": packages, "workspace_members": ["a"] }), DENY).expect("metadata")
    }

    #[test]
    fn a_clean_graph_has_no_findings() {
        let packages = json!([
            { "id": "a", "name": "a", "version": "0.1.0", "license": "MIT", "rust_version": "1.88" },
            { "id": "b", "name": "b", "version": "1.0.0", "license": "MIT OR X" },
        ]);
        assert!(findings(packages).is_empty());
    }

    #[test]
    fn each_breach_is_named() {
        let packages = json!([
            { "id": "a", "name": "a", "version": "0.1.0", "license": "MIT" },
            { "id": "b", "name": "b", "version": "1.0.0", "license": "GPL-3.0" },
            { "id": "c", "name": "native-tls", "version": "1.0.0", "license": null },
        ]);
        let found = findings(packages).join("\n");
        for part in [
            "a: has to declare",
            "b 1.0.0: `GPL-3.0`",
            "native-tls 1.0.0: declares no",
            "native-tls 1.0.0: banned",
        ] {
            assert!(found.contains(part), "{part}: {found}");
        }
    }
}
