//! A real Kafka broker that lets nobody in without TLS, and what the tests need around it.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

pub mod acls;
pub mod authority;
pub mod broker;
pub mod connections;
pub mod jws;
pub mod lines;
pub mod server;
