//! The registry: one contract over the embedded and a real one, every way in which a registry can fail, and the cache
//! before it.
//!
//! `PUBLISHER_TEST_REGISTRY` is the address of a real registry with Confluent's API (`cargo xtask test` sets it).

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

mod api;
mod apicurio_dialect;
mod attempts;
mod cache;
mod calls;
mod contract;
mod credentials;
mod disk;
mod faults;
mod folder;
mod generated;
mod gzip;
mod levels;
mod lock;
mod raw;
mod reasons;
mod references;
mod requests;
mod scripted;
mod secure;
mod tls;
mod verdicts;

use std::io::Write as _;

use publisher_core::registry::{RegistryClient, SchemaText, SchemaType};

/// A client without credentials that asks once.
fn client(url: &str) -> RegistryClient {
    RegistryClient::builder(url).retries(0).build().unwrap()
}

fn avro(text: &str) -> SchemaText {
    SchemaText::new(SchemaType::Avro, text)
}

fn json(text: &str) -> SchemaText {
    SchemaText::new(SchemaType::Json, text)
}

/// A record of this name with these fields (each its JSON).
fn record(name: &str, fields: &[&str]) -> SchemaText {
    avro(&format!(
        r#"{{"type":"record","name":"{name}","namespace":"com.acme","fields":[{}]}}"#,
        fields.join(",")
    ))
}

/// Straight to the stream: the test harness swallows what `eprintln!` says in a test that passes.
fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
