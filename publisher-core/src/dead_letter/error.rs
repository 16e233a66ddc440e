//! [`UnreadableLetter`]: what is no dead letter, or one that contradicts itself.
//!
//! Names members and headers, never what stands in them: that may be personal data.

use thiserror::Error;

/// Bytes that are no dead letter. Not retriable: they will not change.
///
/// Says where it goes wrong and never shows a value.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum UnreadableLetter {
    /// There is no value, and no header that tells of a failure.
    #[error("is no dead letter: it has no envelope and none of the headers of a raw one")]
    NoLetter,
    /// The envelope is no JSON object.
    #[error("is no envelope: {reason}")]
    NoEnvelope {
        /// Where it goes wrong.
        reason: String,
    },
    /// A later version of this library wrote it.
    #[error("has version {found} of the envelope, and this program reads version 1: use the one that wrote it")]
    Version {
        /// The version that it names.
        found: u32,
    },
    /// A later version of this library wrote it, or something else under the same header.
    #[error("the header `dlq_format` names no form that this program reads: use the one that wrote it")]
    Format,
    /// A line of a file is longer than 64 MiB.
    #[error("is longer than 64 MiB, which no dead letter is")]
    TooLong,
    /// It does not say where the event was to go.
    #[error("does not say the topic of the event")]
    NoTopic,
    /// A member or a header is not what it should be.
    #[error("{name} {reason}")]
    Field {
        /// The member or the header; within another one as `held.position`.
        name: String,
        /// What is wrong with it.
        reason: &'static str,
    },
}
