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
mod canary;
mod contexts;
mod contract;
mod credentials;
mod disk;
mod faults;
mod generated;
mod guids;
mod gzip;
mod levels;
mod lock;
mod modes;
mod normalizing;
mod oauth;
mod outages;
mod proxy;
mod raw;
mod reasons;
mod references;
mod requests;
mod scripted;
mod secure;
mod tls;
mod verdicts;

use publisher_core::registry::{RegistryClient, SchemaText, SchemaType};
use publisher_core::schema::avsc::AvroSchema;
use publisher_core::schema::json_normal_form;
use tests::{later, say};

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

/// The text in its normal form. Registries that normalize give that back, others what was sent.
fn normal(schema: &SchemaText) -> String {
    fn collect<'a>(schema: &'a SchemaText, texts: &mut Vec<&'a str>) {
        for reference in &*schema.references {
            collect(&reference.schema, texts);
            if !texts.contains(&&*reference.schema.text) {
                texts.push(&reference.schema.text);
            }
        }
    }
    match schema.schema_type {
        SchemaType::Avro => {
            let mut references = Vec::new();
            collect(schema, &mut references);
            AvroSchema::parse_with(&schema.text, &references).unwrap().normal_form()
        }
        SchemaType::Json => json_normal_form(&schema.text).unwrap(),
    }
}
