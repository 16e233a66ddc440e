//! What can go wrong at a registry, told apart by HTTP status first and `error_code` second.
//!
//! Knows no HTTP client: the client maps its answers onto these.

mod code;
mod failure;

use std::time::Duration;

pub use code::RegistryErrorCode;
pub use failure::{RegistryAttempt, RegistryFailure};

use thiserror::Error;

/// A call to a registry that failed.
#[derive(Clone, Debug, Error)]
#[non_exhaustive]
pub enum RegistryError {
    /// No usable answer from any address: connection refused, timed out, TLS failure, 5xx, 408 or 429; each address that
    /// was asked is named. Retriable.
    #[error("schema registry unreachable: {0}")]
    Unreachable(RegistryFailure),
    /// 401, 403 or 407, from the registry, a proxy or the server that gives tokens: credentials are missing, wrong or do
    /// not permit the call. Not retriable.
    #[error("schema registry refused the credentials: {0}")]
    Unauthorised(RegistryFailure),
    /// 409: the subject's compatibility level forbids the schema; the registry's own reason stands in the text. Not
    /// retriable.
    #[error("schema incompatible with the subject's earlier versions: {0}")]
    Incompatible(RegistryFailure),
    /// 422, 400 or another 4xx: the registry does not accept the schema, the subject or the request; or the schema or
    /// subject is one that this client cannot handle (the subject `..`, a Protobuf schema). Not retriable.
    #[error("schema refused as invalid: {0}")]
    InvalidSchema(RegistryFailure),
    /// 42205: the registry or the subject is in a mode that forbids this write (`READONLY`, `IMPORT`, `FORWARD`). Not
    /// retriable: look the schema up instead, or have the mode changed.
    #[error("schema registry forbids the write: {0}")]
    ReadOnly(RegistryFailure),
    /// 404, 405 or 410: no such subject, version, id or content; or no registry at this address, of which the text
    /// warns. Not retriable.
    #[error("schema not found: {0}")]
    NotFound(RegistryFailure),
    /// The answer was 2xx but not what the API promises (HTML from a proxy, cut JSON, an id of 0, more than 4 MiB), or a
    /// redirect that is not followed. Retriable, never cached.
    #[error("schema registry's answer cannot be read: {0}")]
    BadAnswer(RegistryFailure),
    /// The schema that the registry named, its latest version or that of an id, is one that events of the type cannot be
    /// written with; every reason stands in the text. Not retriable: the event or the registry's schema has to change.
    #[error("event cannot be written with the registry's schema: {0}")]
    Unwritable(RegistryFailure),
    /// The id by which a disk cache or a lock file knew the schema means another one to the registry, or none: it was
    /// replaced or restored from elsewhere. Nothing of the type is sent any more. Not retriable.
    #[error("schema id means another schema now: {0}")]
    Remapped(RegistryFailure),
}

impl RegistryError {
    /// Whether the same call may succeed later without a change on our side.
    #[must_use]
    pub fn is_retriable(&self) -> bool {
        matches!(self, Self::Unreachable(_) | Self::BadAnswer(_))
    }

    /// How long a cache gives this answer to whoever asks the same, instead of asking again: a refusal of the schema or the
    /// question 30 s, of the credentials 10 s; whatever may heal by itself not at all.
    #[must_use]
    pub fn kept_for(&self) -> Option<Duration> {
        match self {
            Self::NotFound(_) | Self::Incompatible(_) | Self::InvalidSchema(_) | Self::ReadOnly(_) => {
                Some(Duration::from_secs(30))
            }
            Self::Unauthorised(_) => Some(Duration::from_secs(10)),
            Self::Unreachable(_) | Self::BadAnswer(_) | Self::Unwritable(_) | Self::Remapped(_) => None,
        }
    }

    /// Names the subject of the call that failed.
    #[cfg(any(feature = "kafka", feature = "registry"))]
    pub(super) fn of_subject(mut self, subject: &str) -> Self {
        self.failure_mut().set_subject(subject);
        self
    }

    #[cfg(any(feature = "kafka", feature = "registry"))]
    pub(super) fn failure_mut(&mut self) -> &mut RegistryFailure {
        match self {
            Self::Unreachable(failure)
            | Self::Unauthorised(failure)
            | Self::Incompatible(failure)
            | Self::InvalidSchema(failure)
            | Self::ReadOnly(failure)
            | Self::NotFound(failure)
            | Self::BadAnswer(failure)
            | Self::Unwritable(failure)
            | Self::Remapped(failure) => failure,
        }
    }

    /// Where and why.
    #[must_use]
    pub fn failure(&self) -> &RegistryFailure {
        match self {
            Self::Unreachable(failure)
            | Self::Unauthorised(failure)
            | Self::Incompatible(failure)
            | Self::InvalidSchema(failure)
            | Self::ReadOnly(failure)
            | Self::NotFound(failure)
            | Self::BadAnswer(failure)
            | Self::Unwritable(failure)
            | Self::Remapped(failure) => failure,
        }
    }
}
