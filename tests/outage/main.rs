//! A registry that is away, comes back, or comes back as another one: what a publisher does meanwhile.
//!
//! Over the real client and HTTP; on the broker in memory, and through librdkafka on the embedded cluster where records
//! and their order matter. How the client itself bears faults is tested beside it, in `registry`.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

mod confirmed;
mod disk;
mod faults;
mod latest;
mod new_type;
mod restart;
mod starts;
mod stopped;
mod support;

#[path = "../../publisher-cli/tests/support.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    reason = "shared with the command's own tests, which need more of it"
)]
mod project;
#[path = "../registry/scripted.rs"]
#[allow(dead_code, reason = "shared with the tests of the registry, which need more of it")]
mod scripted;
