//! What transactions ask of the dispatcher: a producer that is replaced between them and not by itself, the end of records
//! that wait when one is aborted, and counts that follow its end.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::Dispatcher;
use super::counts::Counts;
use crate::error::{ConfigError, ProduceError, PublishError};
use crate::producer::{Connect, Producer, Reports};

impl Dispatcher {
    /// As [`connect`](Self::connect), of a producer with transactions. A broken one is not replaced by the dispatcher, for
    /// what it has not confirmed is not to be sent again outside its transaction.
    pub(crate) fn attach(&self, connect: &Connect) -> Result<(), ConfigError> {
        let Some(this) = self.this.upgrade() else { return Ok(()) };
        let producer = connect(this)?;
        if producer.transactions().is_none() {
            return Err(ConfigError::Invalid {
                setting: "connect".to_owned(),
                reason: "the producer has no transactions: connect one that has, or leave out `transactional`"
                    .to_owned(),
            });
        }
        self.lock().producer = Some(producer);
        Ok(())
    }

    /// Puts a fresh producer in the place of the one that is spent, which holds no record. False after the publisher's end.
    pub(crate) fn exchange(self: &Arc<Self>, connect: &Connect) -> Result<bool, ConfigError> {
        let fresh = connect(Arc::clone(self) as Arc<dyn Reports>)?;
        let mut state = self.lock();
        let spent = match &mut state.producer {
            Some(producer) => std::mem::replace(producer, fresh),
            None => fresh,
        };
        let exchanged = state.producer.is_some();
        drop(state);
        // Without the lock: a producer that ends may report.
        drop(spent);
        Ok(exchanged)
    }

    /// The producer; `None` after the publisher's end.
    pub(crate) fn producer(&self) -> Option<Arc<dyn Producer>> {
        self.lock().producer.clone()
    }

    /// Ends the way of everything that was not handed over, with this error. Waits so long for what is being handed over.
    pub(crate) fn abandon(&self, grace: Duration, error: &ProduceError) {
        let start = Instant::now();
        loop {
            let mut state = self.lock();
            let (left, sending) = (state.line.drain(), state.sending);
            drop(state);
            let idle = left.is_empty() && !sending;
            for mut transit in left {
                let record = transit.take_record();
                self.end(transit, Err(PublishError::undelivered(error.clone(), record)));
            }
            let grace = grace.saturating_sub(start.elapsed());
            if idle || grace.is_zero() {
                return;
            }
            // One that is being handed over at this moment may come back for want of room.
            drop(self.wait_while(self.lock(), grace, |state| state.sending));
        }
    }

    /// What was delivered since then, or may have been, has failed: its transaction is aborted.
    pub(crate) fn recount_as_failed(&self, before: Counts) {
        let counts = &mut self.lock().counts;
        let ended = (counts.delivered - before.delivered) + (counts.unknown - before.unknown);
        counts.delivered = before.delivered;
        counts.unknown = before.unknown;
        counts.failed += ended;
    }

    /// What was delivered since then is unknown: its transaction may be committed or not.
    pub(crate) fn recount_as_unknown(&self, before: Counts) {
        let counts = &mut self.lock().counts;
        counts.unknown += counts.delivered - before.delivered;
        counts.delivered = before.delivered;
    }
}
