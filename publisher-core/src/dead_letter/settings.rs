//! [`DeadLetters`]: where letters go, in which form, and how large they may be.
//!
//! Makes a letter of a failed record; sends nothing and decides about no failure.

use std::path::PathBuf;

use super::{DeadLetterFile, FailedRecord, envelope, raw};
use crate::error::ConfigError;
use crate::producer::invalid_topic;
use crate::record::Record;

/// The smallest bound: an envelope without value, key and headers fits for certain.
const LEAST_MAX_BYTES: usize = 16_384;
/// The largest record that a Kafka client sends.
const MOST_MAX_BYTES: usize = 1_000_000_000;

/// What a dead letter looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DeadLetterFormat {
    /// A JSON object that holds the event and tells why it failed. Any tool shows it, also where the event's schema is
    /// unknown. The default.
    #[default]
    Envelope,
    /// The event as it was, value and headers, with further headers that tell why it failed. For consumers that read the
    /// topic of the letters with the reader of the events.
    Raw(DeadLetterHeaders),
}

/// The names of the headers that a raw letter tells its failure by.
///
/// What a family has no name for, such as attempts and persistence, stands under our own names in each of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DeadLetterHeaders {
    /// `dlq_original_topic`, `dlq_error` and so on; every value is text. The default.
    #[default]
    Publisher,
    /// Spring's `kafka_dlt-original-topic`, `kafka_dlt-exception-message` and so on. Partition, offset and timestamp are
    /// big-endian numbers of 4, 8 and 8 bytes; an event that never got into a log has the offset -1, and the partition -1
    /// where none was chosen. The class of the exception is the code of the error; there is no stack trace.
    ///
    /// Implements: Spring for Apache Kafka, `DeadLetterPublishingRecoverer`.
    Spring,
    /// Kafka Connect's `__connect.errors.topic`, `__connect.errors.exception.message` and so on; every value is text. The
    /// offset is -1 as at Spring, the stage is `KAFKA_PRODUCE`, the class of the exception is the code of the error. There
    /// is no connector, no task and no stack trace.
    ///
    /// Implements: KIP-298, context headers.
    Connect,
}

/// How dead letters are written: to the topic of the event with a suffix, as an envelope, of at most 900,000 bytes, with
/// the payload, and to no file.
///
/// # Examples
/// ```
/// use publisher_core::dead_letter::{DeadLetterFormat, DeadLetterHeaders, DeadLetters};
///
/// let letters = DeadLetters::new()
///     .topic_suffix("-dead")
///     .format(DeadLetterFormat::Raw(DeadLetterHeaders::Spring))
///     .file("/var/lib/shop/dead-letters.jsonl");
/// assert_eq!(letters.topic("orders"), "orders-dead");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadLetters {
    suffix: String,
    pub(super) format: DeadLetterFormat,
    pub(super) max_bytes: usize,
    pub(super) payload: bool,
    file: Option<PathBuf>,
    max_file_bytes: u64,
}

impl Default for DeadLetters {
    fn default() -> Self {
        Self {
            suffix: ".dlq".to_owned(),
            format: DeadLetterFormat::default(),
            max_bytes: 900_000,
            payload: true,
            file: None,
            max_file_bytes: 1024 * 1024 * 1024,
        }
    }
}

impl DeadLetters {
    /// The defaults.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What is put behind the topic of an event to make that of its letter. `.dlq`. Not empty, and of the characters that
    /// a topic may have.
    #[must_use]
    pub fn topic_suffix(mut self, suffix: impl Into<String>) -> Self {
        self.suffix = suffix.into();
        self
    }

    /// What a letter looks like. [`DeadLetterFormat::Envelope`].
    #[must_use]
    pub fn format(mut self, format: DeadLetterFormat) -> Self {
        self.format = format;
        self
    }

    /// The largest letter in bytes, as a record counts: key, value, headers and the overhead of the format; an envelope
    /// holds its event as base64, which is a third longer. 900,000, which is below the 1,048,588 of Kafka's
    /// `max.message.bytes`. From 16,384 to 1,000,000,000. For a producer that sends less, see
    /// [`within`](Self::within).
    ///
    /// What does not fit is left out whole, never cut: see the [module](crate::dead_letter).
    #[must_use]
    pub fn max_bytes(mut self, bytes: usize) -> Self {
        self.max_bytes = bytes;
        self
    }

    /// Whether letters hold the value of the event. `true`. With `false` the size of the value stands in its place, for
    /// events whose values nobody but their consumers may see. It gets no digest then: whoever can guess a value could
    /// prove the guess. Key and headers are kept: order, and the way back to the event, depend on them.
    ///
    /// A letter without the value cannot be replayed.
    #[must_use]
    pub fn payload(mut self, payload: bool) -> Self {
        self.payload = payload;
        self
    }

    /// The file for letters that the topic cannot take, because it is down as well. None by default: such an event goes
    /// back to the caller alone. See [`DeadLetterFile`] for what the file must be.
    #[must_use]
    pub fn file(mut self, path: impl Into<PathBuf>) -> Self {
        self.file = Some(path.into());
        self
    }

    /// How large the file may become, in bytes. 1 GiB. An event beyond it goes back to the caller.
    #[must_use]
    pub fn max_file_bytes(mut self, bytes: u64) -> Self {
        self.max_file_bytes = bytes;
        self
    }

    /// The topic of the letters for the events of this topic.
    #[must_use]
    pub fn topic(&self, original: &str) -> String {
        format!("{original}{}", self.suffix)
    }

    /// The letter for a failed record: a record for its [`topic`](Self::topic) with the same key, no fixed partition and
    /// the time of the failure, because a topic that deletes by age would lose a letter with the time of an old event at
    /// once.
    ///
    /// A letter has no letter: one that fails goes to the file or to the caller. Pass no letter to this function.
    #[must_use]
    pub fn letter(&self, failed: &FailedRecord<'_>) -> Record {
        match self.format {
            DeadLetterFormat::Envelope => envelope::letter(self, failed),
            DeadLetterFormat::Raw(headers) => raw::letter(self, headers, failed),
        }
    }

    /// The line for a failed record in a file: the envelope as JSON, with no line break in it and none behind it. Of any
    /// size, for no broker has to take it; without the value only if [`payload`](Self::payload) says so.
    #[must_use]
    pub fn line(&self, failed: &FailedRecord<'_>) -> String {
        envelope::line(self, failed)
    }

    /// The file that [`file`](Self::file) names, if any; opens nothing yet.
    #[must_use]
    pub fn letter_file(&self) -> Option<DeadLetterFile> {
        let path = self.file.as_ref()?;
        Some(DeadLetterFile::at(path).max_bytes(self.max_file_bytes))
    }

    /// Refuses settings with which no letter could be sent.
    ///
    /// # Errors
    /// [`ConfigError::Invalid`] names the setting. Not retriable.
    pub fn check(&self) -> Result<(), ConfigError> {
        let invalid = |setting: &str, reason: String| {
            Err(ConfigError::Invalid {
                setting: format!("dead_letters.{setting}"),
                reason,
            })
        };
        if self.suffix.is_empty() {
            let reason = "is empty: letters would go among the events; name one such as `.dlq`".to_owned();
            return invalid("topic_suffix", reason);
        }
        // The rule for a topic's whole name forbids more than that for its end.
        if let Some(reason) = invalid_topic(&self.topic("topic")) {
            return invalid("topic_suffix", format!("{:?} makes no topic: {reason}", self.suffix));
        }
        if !(LEAST_MAX_BYTES..=MOST_MAX_BYTES).contains(&self.max_bytes) {
            let reason = format!("{} is not between 16,384 and 1,000,000,000", self.max_bytes);
            return invalid("max_bytes", reason);
        }
        Ok(())
    }

    /// The same, with letters no larger than the records that a producer sends.
    #[must_use]
    pub fn within(mut self, max_record_bytes: usize) -> Self {
        self.max_bytes = self.max_bytes.min(max_record_bytes);
        self
    }
}
