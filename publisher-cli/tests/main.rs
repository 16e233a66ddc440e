//! The command as a user runs it: files in, text and exit status out.
//!
//! What needs a registry is in the package `tests`, which has the embedded one.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

mod acknowledged;
mod bad_input;
mod check;
#[cfg(unix)]
mod ci;
mod compat;
mod diff;
mod dlq;
mod drift;
mod explain;
mod git;
mod history;
mod process;
mod report_schema;
mod support;
mod verbs;
#[cfg(unix)]
mod workflow;
