//! The publisher: every call, every way in which a record's way can end, and the order of it all.
//!
//! The memory broker and a scripted registry make each interleaving happen on purpose; the embedded cluster and registry,
//! and the real pair where `PUBLISHER_TEST_KAFKA` and `PUBLISHER_TEST_REGISTRY` name one (`cargo xtask test` sets both),
//! show the whole path.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

mod batch;
mod block_timeout;
mod blocking;
mod buffer;
mod cancelling;
mod clocks;
mod dropped;
mod end;
mod framing;
mod hanging;
mod headers;
mod healing;
mod kept;
mod keys;
mod letters;
mod modes;
mod naming;
mod order;
mod outcomes;
mod panics;
mod partitioners;
mod ports;
mod preflight;
mod producers;
mod random;
mod record;
mod recording;
mod registry;
mod shared;
mod shutdown;
mod support;
mod whole_path;
