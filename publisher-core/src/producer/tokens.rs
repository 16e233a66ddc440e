//! Access tokens for the brokers (SASL/OAUTHBEARER): what one is, and who gives it.
//!
//! Knows no broker and no server that gives tokens: when a token is asked for is decided by the backend, and where it
//! comes from by the provider.

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use thiserror::Error;

/// Gives the access tokens that a producer shows to the brokers.
///
/// A producer asks for the first token when it starts, and for the next one when about four fifths of the life of the last
/// are over; after a failure again, after waits that grow from a random part of a second to one of 30 s. It asks on the
/// runtime that the publisher was built on, one question at a time, and gives one up after 30 s. The brokers are not
/// connected to before there is a token, and connections live on with the next one.
///
/// # Examples
/// ```
/// use std::time::Duration;
///
/// use publisher_core::producer::{AccessToken, TokenError, TokenProvider};
///
/// struct FromFile;
///
/// #[async_trait::async_trait]
/// impl TokenProvider for FromFile {
///     async fn token(&self) -> Result<AccessToken, TokenError> {
///         let text = std::fs::read_to_string("/run/secrets/kafka-token")
///             .map_err(|error| TokenError::new(format!("/run/secrets/kafka-token cannot be read: {error}")))?;
///         Ok(AccessToken::new(text.trim(), Duration::from_secs(600)))
///     }
/// }
/// ```
///
/// Implements: RFC 7628 (SASL/OAUTHBEARER), KIP-255, KIP-768.
#[async_trait]
pub trait TokenProvider: Send + Sync {
    /// A token that the brokers take now.
    ///
    /// # Errors
    /// [`TokenError`] says why there is none. It is asked again later, whatever the reason, and the text stands in the errors
    /// of the records that could not be delivered meanwhile: it must not hold a secret.
    ///
    /// # Cancel safety
    /// The future is dropped when the producer is, and when it takes longer than 30 s.
    async fn token(&self) -> Result<AccessToken, TokenError>;
}

/// An access token and what the brokers are told with it. `Debug` shows neither token nor extensions.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessToken {
    pub(crate) text: String,
    pub(crate) life: Duration,
    pub(crate) principal: String,
    pub(crate) extensions: Vec<(String, String)>,
}

impl AccessToken {
    /// A token in the form in which the brokers expect it, such as a JWT, and how long it is valid still. Its life is
    /// counted from the question for it, so that the time on the way makes it shorter and never longer.
    #[must_use]
    pub fn new(text: impl Into<String>, life: Duration) -> Self {
        Self {
            text: text.into(),
            life,
            principal: "publisher".to_owned(),
            extensions: Vec::new(),
        }
    }

    /// Whom the token stands for, for librdkafka's own log: the brokers read it from the token. Default: `publisher`.
    #[must_use]
    pub fn principal(mut self, name: impl Into<String>) -> Self {
        self.principal = name.into();
        self
    }

    /// Tells the brokers this too, such as `logicalCluster` in Confluent Cloud. The name has letters only and is not `auth`.
    ///
    /// Implements: SASL extensions of KIP-342.
    #[must_use]
    pub fn extension(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.extensions.push((name.into(), value.into()));
        self
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessToken")
            .field("life", &self.life)
            .field("principal", &self.principal)
            .finish_non_exhaustive()
    }
}

/// Why there is no access token. Retriable: the next question may be answered.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{reason}")]
pub struct TokenError {
    reason: String,
}

impl TokenError {
    /// `reason` names the server or the file and says what to do; it holds no secret.
    #[must_use]
    pub fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into() }
    }

    /// The facts.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }
}
