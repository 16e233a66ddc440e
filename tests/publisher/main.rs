//! The publisher: every call, every way in which a record's way can end, and the order of it all.
//!
//! The memory broker and a scripted registry make each interleaving happen on purpose; the embedded cluster and registry,
//! and the real pair where `PUBLISHER_TEST_KAFKA` and `PUBLISHER_TEST_REGISTRY` name one (`cargo xtask test` sets both),
//! show the whole path.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

mod backends;
mod batch;
mod block_timeout;
mod blocking;
mod buffer;
mod cancelling;
mod circuit;
mod clocks;
mod dead_letters;
mod dropped;
mod end;
mod failing;
mod framing;
mod hanging;
mod headers;
mod healing;
mod holding;
mod kept;
mod keys;
mod lettered;
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
mod random_failures;
mod record;
mod recording;
mod registry;
mod shared;
mod shutdown;
mod support;
mod whole_path;
