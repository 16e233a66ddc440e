//! What a letter does not hold, and why: [`LeftOut`], [`LeftOutReason`], [`Missing`].
//!
//! Decides which part goes first; knows no format.

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::{DeadLetters, FailedRecord};
use crate::record::Headers;

/// The parts of an event that its letter does not hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LeftOut {
    /// The value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Missing>,
    /// The key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<Missing>,
    /// All headers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headers: Option<Missing>,
}

/// What stands in the place of a part that is not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Missing {
    /// How many bytes the part has; of headers names and values together.
    pub bytes: u64,
    /// The SHA-256 of a value or a key in hexadecimal digits.
    pub sha256: Option<String>,
    /// Why it is not there.
    pub reason: LeftOutReason,
    /// The same for people.
    pub note: String,
}

/// Why a part of an event is not in its letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum LeftOutReason {
    /// `too_large`: the letter would be larger than [`DeadLetters::max_bytes`].
    TooLarge,
    /// `withheld`: [`DeadLetters::payload`] is off.
    Withheld,
    /// `unsendable`: no client sends it, such as a header with a NUL in its name.
    Unsendable,
}

impl LeftOut {
    /// Whether the letter holds the whole event.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.value.is_none() && self.key.is_none() && self.headers.is_none()
    }

    /// What the settings keep out of every letter.
    pub(super) fn by_settings(settings: &DeadLetters, failed: &FailedRecord<'_>) -> Self {
        let value = failed.record.value.as_deref().filter(|_| !settings.payload);
        Self {
            value: value.map(|value| Missing {
                bytes: value.len() as u64,
                sha256: None,
                reason: LeftOutReason::Withheld,
                note: "the publisher is told to keep values out of dead letters".to_owned(),
            }),
            ..Self::default()
        }
    }

    /// Leaves out headers that no client sends.
    pub(super) fn unsendable_headers(&mut self, headers: &Headers) {
        if headers.iter().any(|(name, _)| name.contains('\0')) {
            self.headers = Some(Missing {
                bytes: headers.as_ref().size() as u64,
                sha256: None,
                reason: LeftOutReason::Unsendable,
                note: "the name of a header holds a NUL, which no Kafka client sends".to_owned(),
            });
        }
    }

    /// Leaves out the largest part that is still there, for a letter that does not fit; `false` if there is none.
    pub(super) fn largest(&mut self, failed: &FailedRecord<'_>, max_bytes: usize) -> bool {
        let record = failed.record;
        let size = |part: Option<usize>, left_out: &Option<Missing>| match left_out {
            Some(_) => 0,
            None => part.unwrap_or_default(),
        };
        let value = size(record.value.as_ref().map(Vec::len), &self.value);
        let key = size(record.key.as_ref().map(Vec::len), &self.key);
        let headers = size(Some(record.headers.as_ref().size()), &self.headers);
        let missing = |what: &str, bytes: usize, content: Option<&[u8]>| {
            Some(Missing {
                bytes: bytes as u64,
                sha256: content.map(sha256),
                reason: LeftOutReason::TooLarge,
                note: format!("{what} of {bytes} bytes does not fit into a dead letter of at most {max_bytes} bytes"),
            })
        };
        // Of equals the value goes first and the key last, for the order of the letters depends on it.
        let largest = value.max(headers).max(key);
        if largest == 0 {
            return false;
        }
        if value == largest {
            self.value = missing("the value", value, record.value.as_deref());
        } else if headers == largest {
            self.headers = missing("the list of headers", headers, None);
        } else {
            self.key = missing("the key", key, record.key.as_deref());
        }
        true
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
