//! The records of batches that the producer holds, as long as each goes the straight way: a number in the batch is all
//! that is kept for one.

use std::sync::Arc;

use tokio::time::Instant;

use super::batch_ticket::BatchTicket;
use super::transit::Transit;
use crate::slab::Slab;

#[derive(Default)]
pub(super) struct Members {
    batches: Slab<Batch>,
    sent: Slab<Member>,
}

/// A batch of which the producer holds records.
struct Batch {
    ticket: Arc<BatchTicket>,
    /// How many records of it are to come out of here yet.
    left: usize,
}

/// A record that the producer holds: its batch, and its number within.
#[derive(Clone, Copy)]
struct Member {
    batch: u32,
    index: u32,
}

impl Members {
    /// How many records the producer holds.
    pub(super) fn len(&self) -> usize {
        self.sent.len()
    }

    /// Takes a batch in, before its records.
    pub(super) fn begin(&mut self, ticket: Arc<BatchTicket>) -> usize {
        let left = ticket.len();
        self.batches.insert(Batch { ticket, left })
    }

    /// Notes that the producer is about to hold a record.
    pub(super) fn send(&mut self, batch: usize, index: usize) -> usize {
        // No buffer has so many records.
        let (batch, index) = (batch as u32, index as u32);
        self.sent.insert(Member { batch, index })
    }

    /// The producer holds a record no longer: its batch, and its number within. `None` if it was reported before.
    pub(super) fn take(&mut self, slot: usize) -> Option<(usize, usize)> {
        let Member { batch, index } = self.sent.remove(slot)?;
        Some((batch as usize, index as usize))
    }

    /// Takes a number that nobody is to have again until it is reported: the one that came free last.
    pub(super) fn block(&mut self, slot: usize) {
        let blocked = self.sent.insert(Member {
            batch: u32::MAX,
            index: 0,
        });
        debug_assert_eq!(blocked, slot, "a slab gives the number that came free last");
    }

    pub(super) fn batch(&self, batch: usize) -> Option<&Arc<BatchTicket>> {
        self.batches.get(batch).map(|batch| &batch.ticket)
    }

    /// So many records of a batch have come out of here. The batch itself does with the last of them.
    pub(super) fn leave(&mut self, batch: usize, records: usize) -> Option<Arc<BatchTicket>> {
        let entry = self.batches.get_mut(batch)?;
        entry.left -= records;
        if entry.left == 0 {
            return self.batches.remove(batch).map(|batch| batch.ticket);
        }
        Some(Arc::clone(&entry.ticket))
    }

    /// A record that leaves the straight way.
    pub(super) fn stray(&mut self, batch: usize, index: usize, buffer_bytes: usize) -> Option<Transit> {
        let ticket = self.leave(batch, 1)?;
        Some(ticket.transit(index, buffer_bytes))
    }

    /// The records that the producer holds: their batch, and their number within.
    pub(super) fn sent(&self) -> impl Iterator<Item = (&Arc<BatchTicket>, usize)> {
        let sent = self.sent.iter();
        sent.filter_map(|member| Some((self.batch(member.batch as usize)?, member.index as usize)))
    }

    /// Those of them that have no answer, with the time when they were sent.
    pub(super) fn unanswered(&self) -> impl Iterator<Item = (Instant, &Arc<BatchTicket>, usize)> {
        let unanswered = self.sent().filter(|(ticket, index)| !ticket.is_answered(*index));
        unanswered.map(|(ticket, index)| (ticket.since(), ticket, index))
    }
}
