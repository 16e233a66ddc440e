//! The guarantees other than the default: at most once, and transactions.
//!
//! On the memory broker and the embedded cluster, and on the real Kafka that `PUBLISHER_TEST_KAFKA` names (`cargo xtask test`
//! sets it).

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

mod at_most_once;
mod contract;
mod counted;
mod embedded;
mod ends;
mod failures;
mod proxied;
mod real;
mod support;
mod turns;
