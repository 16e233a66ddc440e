//! Publishers that are told to end by a signal. A signal is for a whole process, so that each of them is a process of its
//! own: this program again, which publishes until it is asked to end and then says what became of each event.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

mod child;
mod killed;
mod order;
mod process;
mod transacting;
mod transactions;
