//! The first thing that went wrong in the transaction that is open: it cannot be committed any more.

use std::error::Error as _;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};

use crate::error::PublishError;
use crate::pending::Publishing;
use crate::producer::{TransactionClass, TransactionFailure, TransactionFailureKind as Kind};

/// What went wrong first, if anything has.
#[derive(Default)]
pub(crate) struct Noted(Mutex<Option<TransactionFailure>>);

impl Noted {
    /// A record was refused or not delivered.
    pub(crate) fn event(&self, event_type: Option<&str>, error: &PublishError) {
        let kind = match error {
            PublishError::ShutDown => Kind::ShutDown,
            // A fresh producer heals it.
            error if error.is_fatal() => Kind::Broken,
            error if error.is_retriable() => Kind::RecordFailed,
            _ => Kind::RecordRefused,
        };
        let what = event_type.unwrap_or("a record");
        let mut reason = format!("{what} is not in the log: {error}");
        let mut next = error.source();
        while let Some(source) = next {
            // Writing to a String cannot fail.
            let _ = write!(reason, ": {source}");
            next = source.source();
        }
        self.failure(&TransactionFailure::new(TransactionClass::Abortable, kind, reason));
    }

    /// A step failed.
    pub(super) fn failure(&self, failure: &TransactionFailure) {
        let mut first = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        first.get_or_insert_with(|| failure.clone());
    }

    /// Looks whether a record was refused on the spot, of which no report will come.
    pub(crate) fn check(&self, publishing: Publishing) -> Publishing {
        match publishing.refusal() {
            None => publishing,
            Some(error) => {
                self.event(None, &error);
                Publishing::refused(error)
            }
        }
    }

    pub(super) fn first(&self) -> Option<TransactionFailure> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// For the next transaction.
    pub(super) fn clear(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
