//! What every error means, what the publisher does about it and what is left to you.
#![doc = include_str!("ERRORS.md")]
//!
//! This module is those tables as code, and what a publisher can be told to do with a record that is not delivered:
#![cfg_attr(feature = "kafka", doc = "[`OnFailure`] and [`Retries`].")]
//! It knows no producer and no clock.

#[cfg(any(feature = "kafka", feature = "registry"))]
mod backoff;
#[cfg(feature = "kafka")]
mod policies;
#[cfg(feature = "kafka")]
mod policy;
mod produce_errors;
mod publish_errors;
mod table;

#[cfg(any(feature = "kafka", feature = "registry"))]
pub use backoff::Backoff;
#[cfg(any(feature = "kafka", feature = "registry"))]
pub(crate) use backoff::random;
#[cfg(feature = "kafka")]
pub(crate) use policies::Policies;
#[cfg(feature = "kafka")]
pub use policy::{HeldKeys, OnFailure, Retries};
#[cfg(all(test, feature = "kafka"))]
pub(crate) use produce_errors::ALL;
pub(crate) use produce_errors::of_kind;
pub(crate) use publish_errors::of_publish;
pub use table::{ErrorRow, Resend};
