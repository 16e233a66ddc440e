//! TLS and SASL to a real Kafka: who is let in, who is not and what they are told, and that no secret is in any text.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

mod canary;
mod letters;
mod mechanisms;
mod oidc;
mod permissions;
mod refusals;
mod support;
mod tokens;

#[path = "../../publisher-cli/tests/support.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    reason = "shared with the command's own tests, which need more of it"
)]
mod command;
