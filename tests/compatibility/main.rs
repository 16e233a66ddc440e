//! The compatibility rules: their own cases, the public ones, and random schemas.
//!
//! The public cases lie in the folder that `PUBLISHER_TEST_DATA` names; where it is not set, `cargo xtask test` says so.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

mod apicurio_bounds;
mod bounds;
mod canonical;
mod datum;
mod frames;
mod histories;
mod hostile_avro;
mod hostile_frames;
mod hostile_json;
mod hostile_pairs;
mod json_documents;
mod json_references;
mod json_replay;
mod json_table;
mod lints;
mod mutation;
mod numbers;
mod public;
mod repairs;
mod rules;
