//! [`TransactionError`]: how a transaction can end other than committed.

use std::error::Error;
use std::fmt;

use crate::producer::{TransactionFailure, TransactionFailureKind};

/// A transaction that did not end in a commit that is known.
///
/// Where it says aborted, no reader of committed records ever sees a record of it, nor are its offsets committed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransactionError<E> {
    /// The work returned this error. Aborted. Whether it is worth to run it again, the error itself knows.
    Work(E),
    /// It was not begun: nothing was sent. Retriable if the [`TransactionFailure`] is.
    NotBegun(TransactionFailure),
    /// An event was not delivered, the offsets were refused, or it took too long. Aborted. Retriable if the
    /// [`TransactionFailure`] is: run the whole transaction again.
    Aborted(TransactionFailure),
    /// The commit was asked for, and no answer came: it is committed as a whole, or not at all. Not retriable without a look
    /// at what readers see.
    Unknown(TransactionFailure),
    /// Another producer was announced under the transactional id, or the brokers ended the transaction because it was open for
    /// too long. Aborted; this publisher has no transactions any more. Fatal: if no other instance is at work, build a new
    /// publisher.
    Fenced(TransactionFailure),
    /// The call was made by the work of a transaction of the same publisher. Nothing was begun. Not retriable.
    Nested,
    /// The publisher was shut down. Aborted, if it was begun. Not retriable on this publisher.
    ShutDown,
}

impl<E> TransactionError<E> {
    /// Whether the whole transaction may succeed if it is run again, and surely has not. Of an error of the work this is not
    /// known, and false.
    #[must_use]
    pub fn is_retriable(&self) -> bool {
        match self {
            Self::NotBegun(failure) | Self::Aborted(failure) => failure.is_retriable(),
            Self::Work(_) | Self::Unknown(_) | Self::Fenced(_) | Self::Nested | Self::ShutDown => false,
        }
    }

    /// Whether this publisher can run no transaction any more.
    #[must_use]
    pub fn is_fatal(&self) -> bool {
        matches!(self, Self::Fenced(_) | Self::ShutDown)
    }

    /// Why, where it was not the work.
    #[must_use]
    pub fn failure(&self) -> Option<&TransactionFailure> {
        match self {
            Self::NotBegun(failure) | Self::Aborted(failure) | Self::Unknown(failure) | Self::Fenced(failure) => {
                Some(failure)
            }
            Self::Work(_) | Self::Nested | Self::ShutDown => None,
        }
    }

    pub(super) fn not_begun(failure: TransactionFailure) -> Self {
        match failure.kind() {
            TransactionFailureKind::Fenced => Self::Fenced(failure),
            TransactionFailureKind::ShutDown => Self::ShutDown,
            _ => Self::NotBegun(failure),
        }
    }

    pub(super) fn aborted(failure: TransactionFailure) -> Self {
        match failure.kind() {
            TransactionFailureKind::Fenced => Self::Fenced(failure),
            TransactionFailureKind::ShutDown => Self::ShutDown,
            _ => Self::Aborted(failure),
        }
    }
}

impl<E> fmt::Display for TransactionError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Work(_) => "transaction was aborted, because its work failed",
            Self::NotBegun(_) => "transaction was not begun",
            Self::Aborted(_) => "transaction was aborted",
            Self::Unknown(_) => "transaction's end is unknown: it may be committed",
            Self::Fenced(_) => "transaction was aborted, and this publisher can run no other one",
            Self::Nested => {
                "transaction was not begun within another one of the same publisher: publish by the transaction that is open"
            }
            Self::ShutDown => "transaction is not committed, because the publisher is shut down",
        })
    }
}

impl<E: Error + 'static> Error for TransactionError<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Work(error) => Some(error),
            other => other.failure().map(|failure| failure as &(dyn Error + 'static)),
        }
    }
}
