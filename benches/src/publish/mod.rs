//! The cost of publishing: contenders that deliver the same events to the same cluster, each in a process of its own.
//!
//! Knows no threshold.

pub mod cluster;
pub mod contender;
pub mod corpus;
pub mod event;
pub mod ffi;
mod future;
mod ours;
mod raw;
pub mod run;
mod settings;
