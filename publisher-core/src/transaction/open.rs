//! An open transaction and its turn: whoever drops it aborts it, and only then is it the next one's turn.

use std::sync::Arc;
use std::thread;

use tokio::sync::OwnedSemaphorePermit;

use super::coordinator::Uncommitted;
use super::{Coordinator, TransactionError};
use crate::lifecycle::on_a_thread;
use crate::producer::TransactionFailure;

pub(super) struct Open {
    coordinator: Arc<Coordinator>,
    number: u64,
    /// `None` once it has ended.
    turn: Option<OwnedSemaphorePermit>,
}

impl Open {
    /// Waits for the turn and begins. Dropping the future lets the next one have its turn.
    pub(super) async fn begin<E>(coordinator: &Arc<Coordinator>) -> Result<Self, TransactionError<E>> {
        let Ok(turn) = coordinator.turn().await else {
            return Err(TransactionError::ShutDown);
        };
        let own = Arc::clone(coordinator);
        // The turn goes along: it is not over before the step is.
        let begun = on_a_thread(move || {
            let number = own.begin()?;
            Ok(Self {
                coordinator: own,
                number,
                turn: Some(turn),
            })
        });
        let begun = begun.await.unwrap_or_else(|| Err(coordinator.no_thread()));
        begun.map_err(TransactionError::not_begun)
    }

    pub(super) async fn commit<E>(mut self) -> Result<(), TransactionError<E>> {
        let (coordinator, number, turn) = (Arc::clone(&self.coordinator), self.number, self.turn.take());
        let committed = on_a_thread(move || {
            let committed = coordinator.commit(number);
            drop(turn);
            committed
        });
        match committed.await {
            Some(Ok(())) => Ok(()),
            Some(Err(Uncommitted::Aborted(failure))) => Err(TransactionError::aborted(failure)),
            Some(Err(Uncommitted::Unknown(failure))) => Err(TransactionError::Unknown(failure)),
            None => {
                let failure = self.coordinator.no_thread();
                self.coordinator.break_off(self.number);
                Err(TransactionError::Aborted(failure))
            }
        }
    }

    /// Aborts it. The failure that ends all transactions of this publisher, if that showed.
    pub(super) async fn abort(mut self) -> Option<TransactionFailure> {
        let (coordinator, number, turn) = (Arc::clone(&self.coordinator), self.number, self.turn.take());
        let aborted = on_a_thread(move || {
            let fenced = coordinator.abort(number);
            drop(turn);
            fenced
        });
        let Some(fenced) = aborted.await else {
            self.coordinator.break_off(self.number);
            return None;
        };
        fenced
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        let Some(turn) = self.turn.take() else { return };
        tracing::debug!("a transaction is aborted: its future was dropped");
        let (coordinator, number) = (Arc::clone(&self.coordinator), self.number);
        let abort = move || {
            coordinator.abort(number);
            drop(turn);
        };
        let aborting = thread::Builder::new().name("publisher-abort".to_owned()).spawn(abort);
        if let Err(error) = aborting {
            tracing::error!(%error, "no thread to abort the transaction; a fresh client will");
            self.coordinator.break_off(self.number);
        }
    }
}
