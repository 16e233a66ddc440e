//! What publishing costs: contenders that deliver the same orders to the same cluster, each in a process of its own.
//!
//! The cluster and the registry are in the process that starts the others, so that a contender's processor time is the
//! client's alone. Knows no threshold.

pub mod cluster;
mod contender;
mod converter;
pub mod corpus;
pub mod event;
mod expected;
pub mod ffi;
pub mod figures;
mod future;
mod hand_over;
pub mod job;
pub mod options;
mod ours;
pub mod protocol;
mod python;
mod raw;
mod resume;
mod settings;
