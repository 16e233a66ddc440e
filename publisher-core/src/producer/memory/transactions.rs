//! Transactions of the memory broker: what is written but not committed, and who may write.
//!
//! Knows ids, open transactions and committed offsets. A group here has no members: every generation is taken.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::time::Duration;

use super::state::{State, take_one};
use super::{MemoryBroker, MemoryProducer, Stored};
use crate::error::{Persistence, ProduceError, ProduceErrorKind};
use crate::producer::{
    ConsumedOffset, ConsumerGroup, Ended, Producer as _, TransactionClass as Class, TransactionFailure,
    TransactionFailureKind as Kind, Transactions,
};
use crate::record::Offset;

/// A step of a transaction, as a fault names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransactionStep {
    /// The announcement of a producer under its id.
    Init,
    /// The begin.
    Begin,
    /// The offsets of a consumer group.
    SendOffsets,
    /// The commit.
    Commit,
    /// The abort.
    Abort,
}

/// What a broker knows of transactions.
#[derive(Default)]
pub(super) struct Ledger {
    /// The producer that was announced last, by transactional id.
    owners: HashMap<String, u64>,
    /// Everybody who was ever announced: who is fenced must be known.
    announced: HashMap<u64, Announced>,
    committed_offsets: BTreeMap<(String, String, i32), Offset>,
    pub(super) faults: VecDeque<(usize, (TransactionStep, TransactionFailure))>,
}

#[derive(Default)]
struct Announced {
    id: String,
    /// `None` between transactions.
    open: Option<Open>,
    /// Whether a commit took place whose answer was lost.
    unanswered: bool,
}

#[derive(Default)]
struct Open {
    written: Vec<Stored>,
    offsets: Vec<(String, ConsumedOffset)>,
    failed: usize,
}

impl Ledger {
    /// Why this producer may not write at the moment; `None` as well for one that was never announced.
    pub(super) fn refusal(&self, producer: u64) -> Option<ProduceError> {
        let announced = self.announced.get(&producer)?;
        let refused = |kind, reason: String| Some(ProduceError::new(kind, Persistence::NotPersisted, reason));
        let id = &announced.id;
        if self.is_fenced(producer, announced) {
            let reason = format!("another producer is at work under the transactional id {id}");
            return refused(ProduceErrorKind::Fatal, reason);
        }
        if announced.open.is_none() {
            let reason = format!("no transaction of {id} is open: begin one first");
            return refused(ProduceErrorKind::Rejected, reason);
        }
        None
    }

    /// Keeps what was written in a transaction until that is committed. Gives it back if there is none.
    pub(super) fn keep(&mut self, producer: u64, stored: Stored) -> Option<Stored> {
        match self.open(producer) {
            Some(open) => {
                open.written.push(stored);
                None
            }
            None => Some(stored),
        }
    }

    /// A record of this producer was not delivered.
    pub(super) fn note_failure(&mut self, producer: u64) {
        if let Some(open) = self.open(producer) {
            open.failed += 1;
        }
    }

    fn open(&mut self, producer: u64) -> Option<&mut Open> {
        self.announced.get_mut(&producer)?.open.as_mut()
    }

    fn is_fenced(&self, producer: u64, announced: &Announced) -> bool {
        self.owners.get(&announced.id) != Some(&producer)
    }

    fn fault(&mut self, step: TransactionStep) -> Option<TransactionFailure> {
        let (_, (due, _)) = self.faults.iter().find(|(left, _)| *left > 0)?;
        if *due != step {
            return None;
        }
        take_one(&mut self.faults).map(|(_, failure)| failure)
    }
}

impl State {
    /// Ends the transaction of a producer. Without one there is nothing to do.
    fn end(&mut self, producer: u64, commit: bool) {
        let Some(announced) = self.ledger.announced.get_mut(&producer) else {
            return;
        };
        let Some(open) = announced.open.take() else { return };
        if commit {
            self.log.extend(open.written);
            let offsets = open.offsets.into_iter();
            let offsets = offsets.map(|(group, offset)| ((group, offset.topic, offset.partition), offset.next));
            self.ledger.committed_offsets.extend(offsets);
        }
    }
}

impl MemoryBroker {
    /// How far a consumer group has come, by topic and partition, as committed transactions say.
    #[must_use]
    pub fn committed_offsets(&self, group: &str) -> Vec<ConsumedOffset> {
        let state = self.shared.lock();
        let all = state.ledger.committed_offsets.iter();
        all.filter(|((id, ..), _)| id == group)
            .map(|((_, topic, partition), next)| ConsumedOffset {
                topic: topic.clone(),
                partition: *partition,
                next: *next,
            })
            .collect()
    }
}

impl MemoryProducer {
    /// Takes a step, unless a fault is due or the producer may not.
    fn step<T>(
        &self,
        step: TransactionStep,
        take: impl FnOnce(&mut State) -> Result<T, TransactionFailure>,
    ) -> Result<T, TransactionFailure> {
        let mut state = self.broker.shared.lock();
        if step != TransactionStep::Init {
            let Some(announced) = state.ledger.announced.get(&self.id) else {
                return Err(unfit("the producer was not announced: call `init` first".to_owned()));
            };
            if state.ledger.is_fenced(self.id, announced) {
                let id = &announced.id;
                let reason = format!("another producer is at work under the transactional id {id}");
                return Err(TransactionFailure::new(Class::Fatal, Kind::Fenced, reason));
            }
            let outside = announced.open.is_none() && !announced.unanswered;
            if outside && step != TransactionStep::Begin {
                return Err(unfit(format!("no transaction of {} is open", announced.id)));
            }
        }
        if let Some(failure) = state.ledger.fault(step) {
            if failure.may_have_ended() {
                state.end(self.id, step == TransactionStep::Commit);
                if let Some(announced) = state.ledger.announced.get_mut(&self.id) {
                    announced.unanswered = true;
                }
            }
            return Err(failure);
        }
        take(&mut state)
    }

    /// How the transaction was ended, whose last step may have gone unanswered.
    fn ended(&self, state: &mut State) -> Ended {
        let announced = state.ledger.announced.get_mut(&self.id);
        let unanswered = announced.is_some_and(|announced| std::mem::take(&mut announced.unanswered));
        if unanswered { Ended::Again } else { Ended::Once }
    }
}

impl Transactions for MemoryProducer {
    fn init(&self, id: &str, _: Duration) -> Result<(), TransactionFailure> {
        self.step(TransactionStep::Init, |state| {
            if let Some(before) = state.ledger.owners.insert(id.to_owned(), self.id) {
                state.end(before, false);
            }
            let announced = Announced {
                id: id.to_owned(),
                ..Announced::default()
            };
            state.ledger.announced.insert(self.id, announced);
            Ok(())
        })
    }

    fn begin(&self) -> Result<(), TransactionFailure> {
        self.step(TransactionStep::Begin, |state| {
            if let Some(announced) = state.ledger.announced.get_mut(&self.id) {
                if announced.open.is_some() {
                    return Err(unfit(format!("a transaction of {} is open already", announced.id)));
                }
                announced.open = Some(Open::default());
            }
            Ok(())
        })
    }

    fn send_offsets(
        &self,
        group: &ConsumerGroup,
        offsets: &[ConsumedOffset],
        _: Duration,
    ) -> Result<(), TransactionFailure> {
        self.step(TransactionStep::SendOffsets, |state| {
            if let Some(open) = state.ledger.open(self.id) {
                open.offsets
                    .extend(offsets.iter().map(|offset| (group.id.clone(), offset.clone())));
            }
            Ok(())
        })
    }

    fn commit(&self, deadline: Duration) -> Result<Ended, TransactionFailure> {
        if self.flush(deadline) > 0 {
            let reason = "records of the transaction have no report yet";
            return Err(TransactionFailure::new(Class::Retriable, Kind::Unavailable, reason));
        }
        self.step(TransactionStep::Commit, |state| {
            let failed = state.ledger.open(self.id).map_or(0, |open| open.failed);
            if failed > 0 {
                let reason = format!("{failed} records of the transaction were not delivered");
                return Err(TransactionFailure::new(Class::Abortable, Kind::RecordFailed, reason));
            }
            state.end(self.id, true);
            Ok(self.ended(state))
        })
    }

    fn abort(&self, _: Duration) -> Result<Ended, TransactionFailure> {
        let ended = self.step(TransactionStep::Abort, |state| {
            state.end(self.id, false);
            Ok(self.ended(state))
        })?;
        self.give_up(&ProduceError::new(
            ProduceErrorKind::Aborted,
            Persistence::NotPersisted,
            "not written, because its transaction is aborted: run the transaction again",
        ));
        Ok(ended)
    }
}

/// A step that does not go with the state of the producer.
fn unfit(reason: String) -> TransactionFailure {
    TransactionFailure::new(Class::Fatal, Kind::Broken, reason)
}
