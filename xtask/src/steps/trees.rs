//! What is compiled for whom: light builds stay free of heavy crates.
//!
//! Judges the text of `cargo tree`; builds nothing.

use anyhow::{Result, bail};

use super::{Context, features};
use crate::process;

/// What a crate that only derives events must not compile.
const HEAVY: [&str; 3] = ["rdkafka", "tokio", "reqwest"];
/// Features that may bring these.
const HEAVY_FEATURES: [&str; 5] = ["kafka", "registry", "sasl", "testing", "tls"];
/// What the quickstart must not compile: each needs more from the system than a compiler.
const NATIVE: [&str; 5] = ["openssl-sys", "openssl-src", "native-tls", "sasl2-sys", "curl-sys"];

pub(super) fn run(context: &mut Context) -> Result<()> {
    let mut findings = Vec::new();

    let all = features::features(&context.workspace.metadata(&["--no-deps"])?)?;
    let light: Vec<&str> = all
        .iter()
        .map(String::as_str)
        .filter(|name| !HEAVY_FEATURES.contains(name))
        .collect();
    let mut tree = context.workspace.cargo();
    tree.args([
        "tree",
        "--package",
        "publisher-core",
        "--no-default-features",
        "--edges",
        "normal,build",
    ]);
    tree.args(["--prefix", "none", "--features", &light.join(",")]);
    let heavy = heavy_crates(&process::output(&mut tree)?);
    println!("publisher-core with {}: {} heavy crates", light.join(", "), heavy.len());
    findings.extend(
        heavy
            .into_iter()
            .map(|name| format!("a crate that only derives events compiles {name}")),
    );

    let mut tree = context.workspace.cargo();
    tree.args(["tree", "--package", "publisher-cli", "--edges", "normal,build"]);
    tree.args(["--prefix", "none"]);
    let command = heavy_crates(&process::output(&mut tree)?);
    let kafka: Vec<String> = command.into_iter().filter(|name| name.starts_with("rdkafka")).collect();
    println!("the command `publisher`: {} parts of Kafka's client", kafka.len());
    findings.extend(
        kafka
            .into_iter()
            .map(|name| format!("the command `publisher` compiles {name}")),
    );

    let mut tree = context.workspace.cargo();
    tree.args([
        "tree",
        "--package",
        "examples",
        "--edges",
        "features",
        "--prefix",
        "none",
    ]);
    let native = native_parts(&process::output(&mut tree)?);
    println!("the quickstart: {} native TLS or SASL parts", native.len());
    findings.extend(native.into_iter().map(|part| format!("the quickstart compiles {part}")));

    if findings.is_empty() {
        Ok(())
    } else {
        bail!("{}", findings.join("; "))
    }
}

/// `rdkafka` stands for `rdkafka-sys` too, and so on.
fn heavy_crates(tree: &str) -> Vec<String> {
    let is_heavy = |name: &str| {
        HEAVY.iter().any(|heavy| {
            name.strip_prefix(heavy)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        })
    };
    unique(
        tree.lines()
            .filter_map(crate_name)
            .filter(|name| is_heavy(name))
            .map(str::to_owned),
    )
}

fn native_parts(tree: &str) -> Vec<String> {
    let part = |line: &str| {
        let name = crate_name(line)?;
        let feature = line
            .split_once("feature \"")
            .and_then(|(_, rest)| rest.split('"').next());
        match feature {
            _ if NATIVE.contains(&name) => Some(name.to_owned()),
            Some(feature) if name.starts_with("rdkafka") && is_security(feature) => {
                Some(format!("{name} with the feature {feature}"))
            }
            Some(feature @ ("tls" | "sasl")) if name == "publisher-core" => {
                Some(format!("{name} with the feature {feature}"))
            }
            _ => None,
        }
    };
    unique(tree.lines().filter_map(part))
}

/// `ssl`, `ssl-vendored`, `sasl`, `gssapi-vendored` …
fn is_security(feature: &str) -> bool {
    ["ssl", "sasl", "gssapi"].iter().any(|word| feature.starts_with(word))
}

fn crate_name(line: &str) -> Option<&str> {
    line.split_whitespace().next()
}

fn unique(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut names: Vec<String> = names.collect();
    names.sort();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_heavy_crates() {
        let tree =
            "publisher-core v0.1.0 (/x)\nrdkafka-sys v4.9.0\ntokio v1.54.1\ntokio v1.54.1 (*)\ntokio-util v0.7\n";
        assert_eq!(heavy_crates(tree), ["rdkafka-sys", "tokio", "tokio-util"]);
        assert!(heavy_crates("publisher-core v0.1.0\ntokioish v1.0.0\nserde v1.0.0\n").is_empty());
    }

    #[test]
    fn finds_native_parts() {
        let tree = "examples v0.1.0\nrdkafka-sys feature \"ssl-vendored\"\nrdkafka-sys feature \"libc\"\n\
                    openssl-sys v0.9.1\npublisher-core feature \"tls\"\nrustls feature \"tls12\"\n";
        let expected = [
            "openssl-sys",
            "publisher-core with the feature tls",
            "rdkafka-sys with the feature ssl-vendored",
        ];
        assert_eq!(native_parts(tree), expected);
        assert!(native_parts("openssl-probe v0.1.6\nreqwest feature \"rustls-no-provider\"\n").is_empty());
    }
}
