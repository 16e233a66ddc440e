//! The steps that are one call of cargo.
//!
//! They pass cargo's output through; what it means is cargo's business.

use anyhow::Result;

use super::Context;
use crate::process::run;
use crate::workspace::{TEST_KAFKA, TEST_REGISTRY};

pub(super) fn fmt(context: &mut Context) -> Result<()> {
    run(context.workspace.cargo().args(["fmt", "--all", "--check"]))
}

pub(super) fn clippy(context: &mut Context) -> Result<()> {
    run(context
        .workspace
        .cargo()
        .args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}

pub(super) fn doc(context: &mut Context) -> Result<()> {
    run(context
        .workspace
        .cargo()
        .args(["doc", "--workspace", "--no-deps"])
        .env("RUSTDOCFLAGS", "-D warnings"))
}

/// All tests, doc tests among them; those for real servers say that they were skipped when there are none.
pub(super) fn test(context: &mut Context) -> Result<()> {
    let mut cargo = context.workspace.cargo();
    cargo.args(["test", "--workspace", "--no-fail-fast"]);
    match &context.pair {
        Some(pair) => {
            cargo
                .env(TEST_KAFKA, pair.bootstrap_servers())
                .env(TEST_REGISTRY, pair.registry_url());
            pair.brokers().tell(&mut cargo);
        }
        None => {
            let reason = context.no_pair.clone();
            context.skip("the tests' real back ends", &reason);
        }
    }
    run(&mut cargo)?;
    // With the whole workspace the command has Kafka's client; most people build it without.
    run(context
        .workspace
        .cargo()
        .args(["test", "--package", "publisher-cli", "--test", "cli", "dlq"]))
}
