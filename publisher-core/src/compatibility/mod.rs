//! Whether readers with one schema read what writers with another wrote, as a registry judges it, and why not.
//!
//! [`compare`] judges a pair, [`History::judge`] a change against all earlier versions at a [`Level`]. Every rule is a
//! module of its own under `avro/` and `json/`, with its explanation and its cases; [`rules`] lists them. Pure: does no
//! I/O and knows no Kafka, HTTP or runtime.

pub(crate) mod avro;
mod compare;
mod dialect;
mod document;
mod finding;
mod history;
pub(crate) mod json;
mod level;
mod repair;
mod rule;
mod stack;

pub use compare::{CompareError, compare};
pub use dialect::{Dialect, UnknownDialect};
pub use document::{SchemaDocument, UnreadableSchema};
pub use finding::{Finding, Place};
pub use history::{Break, EarlierVersion, History, Verdict};
pub use level::{Direction, Level, UnknownLevel};
pub use repair::{Repair, repairs};
pub use rule::{Case, Rule, rule, rules};
