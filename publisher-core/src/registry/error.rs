//! What can go wrong at a registry, told apart by HTTP status first and `error_code` second.
//!
//! Knows no HTTP client: the client maps its answers onto these.

use std::fmt;
use std::time::Duration;

use thiserror::Error;

/// A call to a registry that failed.
#[derive(Clone, Debug, Error)]
#[non_exhaustive]
pub enum RegistryError {
    /// No usable answer: connection refused, timed out, TLS failure, 5xx, 408, 429, or an answer that is no registry's.
    /// Retriable.
    #[error("schema registry unreachable: {0}")]
    Unreachable(RegistryFailure),
    /// 401, 403 or 407: credentials are missing, wrong or do not permit the call. Not retriable.
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
    /// 404, 405 or 410: no such subject, version, id or content; or no registry at this address, of which the text
    /// warns. Not retriable.
    #[error("schema not found: {0}")]
    NotFound(RegistryFailure),
    /// The answer was 2xx but not what the API promises (HTML from a proxy, cut JSON, an id of 0), or a redirect, which
    /// is never followed. Retriable, never cached.
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
            Self::NotFound(_) | Self::Incompatible(_) | Self::InvalidSchema(_) => Some(Duration::from_secs(30)),
            Self::Unauthorised(_) => Some(Duration::from_secs(10)),
            Self::Unreachable(_) | Self::BadAnswer(_) | Self::Unwritable(_) | Self::Remapped(_) => None,
        }
    }

    /// Names the subject of the call that failed.
    #[cfg(any(feature = "kafka", feature = "registry"))]
    pub(super) fn of_subject(mut self, subject: &str) -> Self {
        let (Self::Unreachable(failure)
        | Self::Unauthorised(failure)
        | Self::Incompatible(failure)
        | Self::InvalidSchema(failure)
        | Self::NotFound(failure)
        | Self::BadAnswer(failure)
        | Self::Unwritable(failure)
        | Self::Remapped(failure)) = &mut self;
        failure.subject = Some(subject.to_owned());
        self
    }

    /// Where and why.
    #[must_use]
    pub fn failure(&self) -> &RegistryFailure {
        match self {
            Self::Unreachable(failure)
            | Self::Unauthorised(failure)
            | Self::Incompatible(failure)
            | Self::InvalidSchema(failure)
            | Self::NotFound(failure)
            | Self::BadAnswer(failure)
            | Self::Unwritable(failure)
            | Self::Remapped(failure) => failure,
        }
    }
}

/// Where a registry call failed and what the registry said.
#[derive(Clone, Debug)]
pub struct RegistryFailure {
    address: String,
    subject: Option<String>,
    status: Option<u16>,
    error_code: Option<u32>,
    reason: String,
    hint: Option<&'static str>,
}

impl RegistryFailure {
    /// A failure at this address (without credentials) for this reason.
    #[must_use]
    pub fn new(address: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            address: address.into(),
            subject: None,
            status: None,
            error_code: None,
            reason: reason.into(),
            hint: None,
        }
    }

    /// Names the subject.
    #[must_use]
    pub fn subject(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self
    }

    /// Names the HTTP status.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// Names the registry's own code (`error_code` of its answer).
    #[must_use]
    pub fn error_code(mut self, code: u32) -> Self {
        self.error_code = Some(code);
        self
    }

    /// Says what to do next.
    #[must_use]
    pub fn hint(mut self, hint: &'static str) -> Self {
        self.hint = Some(hint);
        self
    }

    /// The same with other words.
    #[cfg(feature = "kafka")]
    pub(crate) fn with_reason(self, reason: String) -> Self {
        Self { reason, ..self }
    }

    /// TEMP
    pub fn retry_after(&self) -> Option<std::time::Duration> {
        None
    }

    /// The registry's address without credentials.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The subject, where the call had one.
    #[must_use]
    pub fn subject_name(&self) -> Option<&str> {
        self.subject.as_deref()
    }

    /// The HTTP status; `None` when no answer came.
    #[must_use]
    pub fn http_status(&self) -> Option<u16> {
        self.status
    }

    /// The registry's own code; `None` where the answer had none.
    #[must_use]
    pub fn code(&self) -> Option<u32> {
        self.error_code
    }

    /// The registry's own reason, or why no answer came.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for RegistryFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.address)?;
        if let Some(subject) = &self.subject {
            write!(f, ", subject {subject}")?;
        }
        if let Some(status) = self.status {
            write!(f, ", HTTP {status}")?;
        }
        if let Some(code) = self.error_code {
            write!(f, ", code {code}")?;
        }
        write!(f, ": {}", self.reason)?;
        if let Some(hint) = self.hint {
            write!(f, "; {hint}")?;
        }
        Ok(())
    }
}
