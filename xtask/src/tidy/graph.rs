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
            Some(expression) => match licence::is_allowed(expression, &allowed(&deny, name)) {
                Ok(true) => {}
                Ok(false) => findings.push(format!("{known}: `{expression}` is not allowed by deny.toml")),
                Err(error) => findings.push(format!("{known}: {error}")),
            },
        }
        if deny
            .banned
            .iter()
            .any(|banned| banned.name == name && banned.allowed.is_empty())
        {
            findings.push(format!(
                "{known}: banned by deny.toml; `cargo tree --workspace --invert {name}` shows who asks for it"
            ));
        }
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let on = dependency["name"].as_str().unwrap_or_default();
            let reserved = deny
                .banned
                .iter()
                .find(|banned| banned.name == on && !banned.allowed.is_empty());
            if let Some(reserved) = reserved.filter(|reserved| !reserved.allowed.iter().any(|wrapper| wrapper == name))
            {
                findings.push(format!(
                    "{known}: depends on {on}, which deny.toml allows in {} only",
                    reserved.allowed.join(", ")
                ));
            }
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

/// The licences that are good for this crate.
fn allowed(deny: &deny::Deny, name: &str) -> Vec<String> {
    let exceptions = deny.exceptions.iter().filter(|exception| exception.name == name);
    let licences = deny
        .licences
        .iter()
        .chain(exceptions.flat_map(|exception| &exception.allowed));
    licences.cloned().collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const DENY: &str = "\
[licenses]
allow = [
    \"MIT\",
]
exceptions = [
    { crate = \"soft\", allow = [\"MPL-2.0\"] },
]
[bans]
deny = [
    \"native-tls\",
    { crate = \"soft\", wrappers = [\"benches\"] },
]
";

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
    fn an_exception_is_for_one_crate_and_its_wrappers() {
        let soft = json!({ "id": "s", "name": "soft", "version": "1.0.0", "license": "MPL-2.0" });
        let other = json!({ "id": "o", "name": "other", "version": "1.0.0", "license": "MPL-2.0" });
        let depends = |name: &str| json!({ "id": "b", "name": name, "version": "1.0.0", "license": "MIT", "dependencies": [{ "name": "soft" }] });
        let member = json!({ "id": "a", "name": "a", "version": "0.1.0", "license": "MIT", "rust_version": "1.88" });
        assert!(findings(json!([member, soft, depends("benches")])).is_empty());
        let found = findings(json!([member, soft, other, depends("examples")]));
        let expected = [
            "other 1.0.0: `MPL-2.0` is not allowed by deny.toml",
            "examples 1.0.0: depends on soft, which deny.toml allows in benches only",
        ];
        assert_eq!(found, expected);
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
