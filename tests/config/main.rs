//! Settings by the names that other clients use: how they are read.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

mod applying;
mod canary;
mod java;
mod random;
mod reading;
