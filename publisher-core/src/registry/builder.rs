//! The settings of a [`RegistryClient`].

use std::sync::Arc;
use std::time::Duration;

use super::auth::{Credentials, parse_address, refused};
use super::client::RegistryClient;
use super::http::Http;
use crate::error::ConfigError;

/// Settings of a [`RegistryClient`]; made by [`RegistryClient::builder`].
///
/// `Debug` shows the timeouts and which kind of credentials is set, never their text nor the address, which may hold
/// them.
pub struct RegistryClientBuilder {
    url: String,
    basic: Option<Credentials>,
    bearer: Option<Credentials>,
    connect_timeout: Duration,
    request_timeout: Duration,
}

impl RegistryClientBuilder {
    pub(super) fn new(url: String) -> Self {
        Self {
            url,
            basic: None,
            bearer: None,
            connect_timeout: Duration::from_secs(5),
            request_timeout: Duration::from_secs(10),
        }
    }

    /// User and password, or an API key and its secret (Confluent's `basic.auth.user.info`). Default: those in the URL,
    /// else none.
    #[must_use]
    pub fn basic_auth(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.basic = Some(Credentials::Basic {
            user: user.into(),
            password: password.into(),
        });
        self
    }

    /// A token, sent as `Authorization: Bearer …` (Confluent's `bearer.auth.token`). It is not refreshed. Default:
    /// none.
    #[must_use]
    pub fn bearer_token(mut self, token: impl Into<String>) -> Self {
        self.bearer = Some(Credentials::Bearer(token.into()));
        self
    }

    /// How long one connection may take, name resolution and TLS included. Default: 5 s, since a registry is near or
    /// not there.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long one HTTP request may take from the first byte to the last, connecting included. Default: 10 s.
    ///
    /// Registering makes a second request where the registry's answer to the first does not say the version.
    #[must_use]
    pub fn request_timeout(mut self, timeout: Duration) -> Self {
        self.request_timeout = timeout;
        self
    }

    /// Makes the client. Opens no connection and needs no runtime.
    ///
    /// # Errors
    /// [`ConfigError::Invalid`] for the setting `registry`: the address is no http or https URL or has a query; two
    /// kinds of credentials are set, or one that fits into no header; a timeout is zero; for https, the system has no
    /// certificates.
    pub fn build(self) -> Result<RegistryClient, ConfigError> {
        if self.connect_timeout.is_zero() || self.request_timeout.is_zero() {
            return Err(refused("connect_timeout and request_timeout must be longer than zero"));
        }
        let (url, in_url) = parse_address(&self.url)?;
        let mut given = [in_url, self.basic, self.bearer].into_iter().flatten();
        let credentials = given.next();
        if given.next().is_some() {
            return Err(refused(
                "more than one of user and password in the URL, basic_auth and bearer_token is set; keep one",
            ));
        }
        let http = Http::new(&url, credentials.as_ref(), self.connect_timeout, self.request_timeout)?;
        RegistryClient::new(Arc::new(http), credentials)
    }
}

impl std::fmt::Debug for RegistryClientBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RegistryClientBuilder")
            .field("basic_auth", &self.basic)
            .field("bearer_token", &self.bearer)
            .field("connect_timeout", &self.connect_timeout)
            .field("request_timeout", &self.request_timeout)
            .finish_non_exhaustive()
    }
}
