//! A record on its way: what the line, the producer's reports and the deadlines need to know of it.

use std::sync::Arc;

use tokio::time::Instant;

use super::claim::Claim;
use super::kind::{Kind, Sealed};
use crate::error::{Persistence, ProduceError};
use crate::record::{Record, RecordRef, SchemaId};
use crate::wire;

pub(super) struct Transit {
    /// The number of the call: the order of the records of an entity.
    pub(super) serial: u64,
    /// `None` once it has its answer, while the producer still holds the record.
    pub(super) claim: Option<Claim>,
    pub(super) kind: Kind,
    /// Set once the record is finished.
    pub(super) sealed: Option<Sealed>,
    /// What its place in the buffer costs; 0 for one that has been [abandoned](Self::abandon).
    pub(super) cost: usize,
    /// Until when it may wait for its place; means nothing once it has it. `None` is for ever.
    pub(super) place_until: Option<Instant>,
    /// Since when it waits for a schema's id; `None` where that was known when it joined.
    pub(super) unresolved_since: Option<Instant>,
    /// Since when it has its place: from here on its delivery timeout counts.
    pub(super) since: Instant,
    /// The record, where it is not any more as its caller encoded it: finished with what is more than an id, or given back
    /// by a producer.
    pub(super) record: Option<Box<Record>>,
    /// The worst that is known of its attempts.
    pub(super) persistence: Persistence,
    /// What it has been through, if it was sent again after it had failed.
    pub(super) trouble: Option<Box<Trouble>>,
    /// The key whose gate it has passed, if that has one.
    pub(super) gate: Option<Arc<Entity>>,
    /// Whether the record can be in the log, once a dead letter has taken its place.
    pub(super) lettered: Option<Persistence>,
}

/// The failures of a record that is sent again.
pub(super) struct Trouble {
    pub(super) failures: u32,
    /// Since the first one.
    pub(super) since: Instant,
}

impl Transit {
    /// A record that has just been accepted.
    pub(super) fn new(
        serial: u64,
        claim: Claim,
        kind: Kind,
        sealed: Option<Sealed>,
        cost: usize,
        since: Instant,
    ) -> Self {
        Self {
            claim: Some(claim),
            sealed,
            cost,
            ..Self::bare(serial, kind, since)
        }
    }

    /// Nothing but a number and what stands for it.
    fn bare(serial: u64, kind: Kind, since: Instant) -> Self {
        Self {
            serial,
            claim: None,
            kind,
            sealed: None,
            cost: 0,
            place_until: None,
            unresolved_since: None,
            since,
            record: None,
            persistence: Persistence::NotPersisted,
            trouble: None,
            gate: None,
            lettered: None,
        }
    }

    pub(super) fn view(&self) -> RecordRef<'_> {
        let topic = self.kind.topic();
        match (&self.record, &self.claim) {
            (Some(record), _) => Record::as_ref(record),
            (None, Some(claim)) => claim.view(topic),
            // Nobody looks at a record after its answer.
            (None, None) => RecordRef::empty(topic),
        }
    }

    /// The record, to be given to its caller.
    pub(super) fn take_record(&mut self) -> Record {
        match self.record.take() {
            Some(record) => *record,
            None => self.view().to_record(),
        }
    }

    /// `None` for a record without a key, which has no order to keep.
    pub(super) fn entity(&self) -> Option<Entity> {
        let record = self.view();
        let mut key = record.key?.to_vec();
        if self.kind.has_framed_key() {
            // The id may be filled in or not yet. It is one id for all keys of a topic, so that keys are equal without it.
            wire::set_schema_id(&mut key, SchemaId(0));
        }
        Some((record.topic.to_owned(), key))
    }

    /// A producer has given the record back, as it was handed over.
    pub(super) fn gave_up(&mut self, persistence: Persistence, record: Record) {
        self.record = Some(Box::new(record));
        self.may_be(persistence);
    }

    /// The record as its caller is to have it at its deadline, while the producer still holds it and its place stays taken;
    /// `None` if it has its answer.
    pub(super) fn overdue(&mut self) -> Option<Self> {
        let claim = self.claim.take()?;
        Some(Self {
            record: self.record.take(),
            persistence: self.persistence,
            trouble: self.trouble.take(),
            // The end that its caller sees is the one that counts for its key.
            gate: self.gate.take(),
            lettered: self.lettered,
            ..Self::new(
                self.serial,
                claim,
                self.kind.clone(),
                self.sealed,
                self.cost,
                self.since,
            )
        })
    }

    /// Leaves nothing but the number behind, for a report that may come or not.
    pub(super) fn abandon(&mut self) -> Self {
        let bare = Self::bare(self.serial, self.kind.clone(), self.since);
        std::mem::replace(self, bare)
    }

    /// One of its attempts ended so.
    pub(super) fn may_be(&mut self, persistence: Persistence) {
        if persistence == Persistence::PossiblyPersisted {
            self.persistence = persistence;
        }
    }

    /// How often it was handed to the producer, now that it has failed.
    pub(super) fn attempts(&self) -> u32 {
        self.trouble.as_ref().map_or(0, |trouble| trouble.failures) + 1
    }

    /// Finishes the record where it stands, if it is not finished. For one whose schemas have their ids.
    ///
    /// # Errors
    /// As [`Seals::apply`](super::kind::Seals::apply).
    pub(super) fn seal(&mut self) -> Result<(), ProduceError> {
        if self.sealed.is_some() {
            return Ok(());
        }
        let seals = self.kind.seals();
        self.sealed = Some(seals.sealed());
        let mut record = self.take_record();
        let sealed = seals.apply(&mut record);
        self.record = Some(Box::new(record));
        sealed
    }

    pub(super) fn is_unresolved(&self) -> bool {
        self.sealed.is_none() && self.kind.is_unresolved()
    }
}

/// A topic and a key: what the order of records is kept for.
pub(super) type Entity = (String, Vec<u8>);
