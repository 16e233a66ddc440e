//! The verbs of the `publisher` command that ask a registry or a broker, against the embedded ones.
//!
//! What needs neither is tested beside the command.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

mod check;
mod dlq;
mod lock;
mod pull;
mod register;
#[path = "../../publisher-cli/tests/support.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    reason = "shared with the command's own tests, which need more of it"
)]
mod support;
#[path = "../../publisher-cli/tests/workflow.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    reason = "shared with the command's own tests, which need more of it"
)]
mod workflow;

use publisher_core::testing::EmbeddedRegistry;
use support::Project;

const ID: &str = r#"{"name": "id", "type": "string"}"#;
const TOTAL: &str = r#"{"name": "total", "type": "a.Money"}"#;
const AMOUNT: &str = r#"{"name": "amount", "type": "long"}"#;
const CHANNEL: &str = r#"{"name": "channel", "type": "string"}"#;
const CHANNEL_WITH_DEFAULT: &str = r#"{"name": "channel", "type": "string", "default": "web"}"#;
const PLACED: &str = "schemas/a.Placed.avsc";
const MONEY: &str = "schemas/a.Money.avsc";

/// An order that refers to money, and a registry that knows nothing of them.
fn orders() -> (EmbeddedRegistry, Project) {
    let registry = EmbeddedRegistry::start().unwrap();
    let project = Project::new().variable("SCHEMA_REGISTRY_URL", registry.url());
    project
        .write("schemas/publisher.toml", "[types.'a.Placed']\ntopics = ['orders']\n")
        .write(PLACED, support::record("a.Placed", &[ID, TOTAL]))
        .write(MONEY, support::record("a.Money", &[AMOUNT]));
    (registry, project)
}

/// The same, registered.
fn registered_orders() -> (EmbeddedRegistry, Project) {
    let (registry, project) = orders();
    project.run("register --yes").has(0, &["ok: 2 schemas at "]);
    (registry, project)
}
