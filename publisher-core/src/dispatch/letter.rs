//! A dead letter on its way: the record that it is about, and why that was not delivered.

use std::sync::Arc;

use super::holding::TurnedAway;
use super::kind::{Kind, Sealed};
use super::transit::Transit;
use crate::dead_letter::{FailedRecord, HeldBehind};
use crate::error::{LetterPlace, ProduceError, ProduceErrorKind, PublishError};
use crate::record::{Destination, Record, Timestamp};

pub(crate) struct Letter {
    /// The topic of the letter.
    topic: String,
    /// What the record is.
    pub(super) kind: Kind,
    pub(super) error: ProduceError,
    pub(super) record: Record,
    sealed: Sealed,
    attempts: u32,
    event_id: Option<String>,
    accepted_ms: i64,
    failed_ms: i64,
    behind: Option<Behind>,
}

/// The earlier record because of which this one was not sent.
pub(super) struct Behind {
    event_id: Option<String>,
    position: u64,
    error: ProduceError,
}

impl Behind {
    /// The error of a record that was turned away, and what is to be said of the one that it stands behind.
    pub(super) fn of(turned_away: TurnedAway) -> (Transit, ProduceError, Self) {
        let TurnedAway {
            transit,
            held,
            position,
        } = turned_away;
        let error = ProduceError::new(
            ProduceErrorKind::KeyHeld,
            transit.persistence,
            format!(
                "not sent: an earlier record of its key has failed, this is number {position} behind it; release the key when \
                 that is mended"
            ),
        );
        let behind = Self {
            event_id: held.event_id,
            position,
            error: held.error,
        };
        (transit, error, behind)
    }
}

impl Letter {
    pub(super) fn new(
        topic: impl FnOnce(&str) -> String,
        transit: &mut Transit,
        error: ProduceError,
        event_id: Option<String>,
        behind: Option<Behind>,
    ) -> Self {
        let failed_ms = Timestamp::now().millis();
        let age_ms = i64::try_from(transit.since.elapsed().as_millis()).unwrap_or(i64::MAX);
        let record = transit.take_record();
        Self {
            topic: topic(&record.topic),
            kind: transit.kind.clone(),
            error: error.with_persistence(transit.persistence),
            record,
            sealed: transit.sealed.unwrap_or_default(),
            // One that stands behind another was not handed over at all.
            attempts: if behind.is_some() { 0 } else { transit.attempts() },
            event_id,
            accepted_ms: failed_ms.saturating_sub(age_ms),
            failed_ms,
            behind,
        }
    }

    /// What a letter says.
    pub(super) fn facts(&self) -> FailedRecord<'_> {
        FailedRecord {
            record: &self.record,
            error_code: self.error.kind().code(),
            error: self.error.reason(),
            persistence: self.error.persistence(),
            attempts: self.attempts,
            partition: self.record.partition,
            schema_id: self.sealed.value,
            key_schema_id: self.sealed.key,
            event_id: self.event_id.as_deref(),
            event_type: self.kind.event_type(),
            accepted_ms: self.accepted_ms,
            failed_ms: self.failed_ms,
            held: self.behind.as_ref().map(|behind| HeldBehind {
                event_id: behind.event_id.as_deref(),
                position: behind.position,
                reason: behind.error.reason(),
            }),
        }
    }

    /// The answer to the record's caller, now that the letter lies there.
    pub(super) fn answer(&self, place: LetterPlace) -> PublishError {
        PublishError::DeadLettered {
            source: self.error.clone(),
            letter: Box::new(place),
            record: Box::new(self.record.clone()),
        }
    }

    /// The record again, as it was before there was a letter of it.
    pub(super) fn unwrap(self: &Arc<Self>, mut transit: Transit) -> Transit {
        transit.kind = self.kind.clone();
        transit.record = Some(Box::new(self.record.clone()));
        transit.sealed = Some(self.sealed);
        transit.persistence = self.error.persistence();
        transit
    }

    /// For a line of the log: neither keys nor values.
    pub(super) fn event_id(&self) -> &str {
        self.event_id.as_deref().unwrap_or_default()
    }
}

impl Destination for Letter {
    fn topic(&self) -> &str {
        &self.topic
    }

    fn subject(&self) -> Option<&str> {
        None
    }
}
