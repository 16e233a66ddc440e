//! The fault matrix: what becomes of events when brokers, networks and callers misbehave, each fault beside what is
//! expected of it, and all of them in a random campaign. One checker judges all.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

mod answers;
mod away;

mod checker;
mod leaders;
mod network;
mod outage;
mod random;
mod real;
mod room;
mod support;
mod topics;
