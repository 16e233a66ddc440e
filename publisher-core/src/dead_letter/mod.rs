//! Dead letters: what becomes of an event that could not be delivered, so that nobody loses it and a person can look.
//!
//! [`DeadLetters`] says how letters are written and makes one from a [`FailedRecord`]; [`DeadLetterFile`] keeps them where
//! no broker takes them; [`DeadLetter`] is one read back, from a record or from a line. Which failure makes a letter, and when
//! it is sent, is decided elsewhere.
//!
//! # Too large for a letter
//! A letter has a bound ([`DeadLetters::max_bytes`]), because it has to pass where its event did not. What does not fit is
//! never cut and never spread over several letters: a reader of half a value reads a wrong value, and parts in several
//! records arrive apart, or not all of them. The part is left out whole; its size and its SHA-256 stand in its place, so
//! that whoever has the original can prove that it is the one. [`DeadLetter::left_out`] says so to the reader, and a replay
//! passes over a letter that is not whole. Publish a reference to large contents instead.

mod envelope;
mod error;
mod failed;
mod fields;
mod file;
mod file_error;
mod left_out;
mod letter;
mod lines;
mod names;
mod raw;
mod settings;
#[cfg(test)]
mod tests;

pub use error::UnreadableLetter;
pub use failed::{FailedRecord, HeldBehind};
pub use file::DeadLetterFile;
pub use file_error::DeadLetterFileError;
pub use left_out::{LeftOut, LeftOutReason, Missing};
pub use letter::{DeadLetter, Held};
pub use lines::{DeadLetterLine, DeadLetterLines};
pub use settings::{DeadLetterFormat, DeadLetterHeaders, DeadLetters};
