//! Where and why a call to a registry failed: [`RegistryFailure`], with one [`RegistryAttempt`] for each address.
//!
//! Holds texts that a user may read in a log; whoever makes one leaves credentials out.

use std::fmt;
use std::time::Duration;

use super::RegistryErrorCode;
#[cfg(feature = "registry")]
use crate::registry::auth::{Secret, hidden};

/// Where a registry call failed and what the registry said.
///
/// `Display` gives the address that was asked last, what it said, how often it was asked, what the other addresses said,
/// and what to do.
#[derive(Clone)]
pub struct RegistryFailure {
    // An error is moved through many results; so it is small.
    facts: Box<Facts>,
}

#[derive(Clone)]
struct Facts {
    address: String,
    subject: Option<String>,
    status: Option<u16>,
    error_code: Option<u32>,
    reason: String,
    hint: Option<&'static str>,
    retry_after: Option<Duration>,
    attempts: Vec<RegistryAttempt>,
}

/// One address of a registry that was asked in vain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistryAttempt {
    address: String,
    times: u32,
    reason: String,
}

impl RegistryAttempt {
    #[cfg(feature = "registry")]
    pub(in crate::registry) fn new(address: &str) -> Self {
        Self {
            address: address.to_owned(),
            times: 0,
            reason: String::new(),
        }
    }

    /// Counts a try of this address that ended so.
    #[cfg(feature = "registry")]
    pub(in crate::registry) fn failed(&mut self, failure: &RegistryFailure) {
        self.times = self.times.saturating_add(1);
        self.reason = match failure.http_status() {
            Some(status) => format!("HTTP {status}: {}", failure.reason()),
            None => failure.reason().to_owned(),
        };
    }

    /// The address without credentials.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// How often it was asked within the call.
    #[must_use]
    pub fn times(&self) -> u32 {
        self.times
    }

    /// Why the last of these times failed.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl RegistryFailure {
    /// A failure at this address (without credentials) for this reason.
    #[must_use]
    pub fn new(address: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            facts: Box::new(Facts {
                address: address.into(),
                subject: None,
                status: None,
                error_code: None,
                reason: reason.into(),
                hint: None,
                retry_after: None,
                attempts: Vec::new(),
            }),
        }
    }

    /// Names the subject.
    #[must_use]
    pub fn subject(mut self, subject: impl Into<String>) -> Self {
        self.facts.subject = Some(subject.into());
        self
    }

    /// Names the HTTP status.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.facts.status = Some(status);
        self
    }

    /// Names the registry's own code (`error_code` of its answer).
    #[must_use]
    pub fn error_code(mut self, code: u32) -> Self {
        self.facts.error_code = Some(code);
        self
    }

    /// Says what to do next.
    #[must_use]
    pub fn hint(mut self, hint: &'static str) -> Self {
        self.facts.hint = Some(hint);
        self
    }

    /// Whether a 404 is a registry's own word: its code is one of 40401 to 40499, or it came without HTTP. Anything else says
    /// that the question reached no registry.
    #[cfg(any(feature = "kafka", feature = "registry"))]
    pub(crate) fn is_of_registry(&self) -> bool {
        self.facts.status.is_none()
            || self
                .facts
                .error_code
                .is_some_and(|code| (40_401..=40_499).contains(&code))
    }

    /// The same with other words.
    #[cfg(feature = "kafka")]
    pub(crate) fn with_reason(mut self, reason: String) -> Self {
        self.facts.reason = reason;
        self
    }

    /// Names the subject of a failure that somebody else holds.
    #[cfg(any(feature = "kafka", feature = "registry"))]
    pub(super) fn set_subject(&mut self, subject: &str) {
        self.facts.subject = Some(subject.to_owned());
    }

    /// Takes secrets out of what the other side said.
    #[cfg(feature = "registry")]
    pub(in crate::registry) fn hide(&mut self, secrets: &[Secret]) {
        self.facts.reason = hidden(std::mem::take(&mut self.facts.reason), secrets);
    }

    #[cfg(feature = "registry")]
    pub(in crate::registry) fn with_retry_after(mut self, wait: Option<Duration>) -> Self {
        self.facts.retry_after = wait;
        self
    }

    /// Names each address that was asked, in the order of the settings.
    #[cfg(feature = "registry")]
    pub(in crate::registry) fn set_attempts(&mut self, attempts: Vec<RegistryAttempt>) {
        self.facts.attempts = attempts;
    }

    /// The registry's address without credentials; of several, the one that was asked last.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.facts.address
    }

    /// The subject, where the call had one.
    #[must_use]
    pub fn subject_name(&self) -> Option<&str> {
        self.facts.subject.as_deref()
    }

    /// The HTTP status; `None` when no answer came.
    #[must_use]
    pub fn http_status(&self) -> Option<u16> {
        self.facts.status
    }

    /// The registry's own code as a number; `None` where the answer had none.
    #[must_use]
    pub fn code(&self) -> Option<u32> {
        self.facts.error_code
    }

    /// The registry's own code by its name; `None` where the answer had none.
    #[must_use]
    pub fn named_code(&self) -> Option<RegistryErrorCode> {
        self.facts.error_code.map(RegistryErrorCode::from)
    }

    /// The registry's own reason, or why no answer came.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.facts.reason
    }

    /// How long the registry asked to be left alone (`Retry-After`), counted from its answer; `None` where it did not.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.facts.retry_after
    }

    /// Each address that was asked in vain, how often and why, in the order of the settings; empty if nothing was sent or
    /// the first answer was final.
    #[must_use]
    pub fn attempts(&self) -> &[RegistryAttempt] {
        &self.facts.attempts
    }
}

impl fmt::Display for RegistryFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let facts = &*self.facts;
        write!(f, "{}", facts.address)?;
        if let Some(subject) = &facts.subject {
            write!(f, ", subject {subject}")?;
        }
        if let Some(status) = facts.status {
            write!(f, ", HTTP {status}")?;
        }
        if let Some(code) = facts.error_code {
            write!(f, ", code {code}")?;
        }
        write!(f, ": {}", facts.reason)?;
        let (here, elsewhere): (Vec<_>, Vec<_>) =
            (facts.attempts.iter()).partition(|attempt| attempt.address == facts.address);
        if let Some(attempt) = here.iter().find(|attempt| attempt.times > 1) {
            write!(f, " (asked {} times)", attempt.times)?;
        }
        for attempt in elsewhere {
            write!(f, "; {}: {}", attempt.address, attempt.reason)?;
            if attempt.times > 1 {
                write!(f, " (asked {} times)", attempt.times)?;
            }
        }
        if let Some(wait) = facts.retry_after {
            write!(f, "; it asks to be left alone for {wait:?}")?;
        }
        if let Some(hint) = facts.hint {
            write!(f, "; {hint}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for RegistryFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let facts = &*self.facts;
        f.debug_struct("RegistryFailure")
            .field("address", &facts.address)
            .field("subject", &facts.subject)
            .field("status", &facts.status)
            .field("error_code", &facts.error_code)
            .field("reason", &facts.reason)
            .field("hint", &facts.hint)
            .field("retry_after", &facts.retry_after)
            .field("attempts", &facts.attempts)
            .finish()
    }
}
