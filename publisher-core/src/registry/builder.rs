//! The settings of a [`RegistryClient`].

use std::time::Duration;

use super::auth::{Credentials, OAuthClient, Secret, addresses, refused};
use super::client::RegistryClient;
use super::http::{Http, Identity, Patience, Roots, Settings, Transport};
use crate::error::ConfigError;
use crate::failure::Backoff;

/// Settings of a [`RegistryClient`]; made by [`RegistryClient::builder`].
///
/// `Debug` shows timeouts and which kind of credentials is set, never their text, nor certificates and addresses, which may
/// hold keys and credentials.
pub struct RegistryClientBuilder {
    urls: Vec<String>,
    name: Option<String>,
    basic: Option<Credentials>,
    bearer: Option<Credentials>,
    oauth: Option<OAuthClient>,
    transport: Transport,
    patience: Patience,
    normalize: bool,
}

impl RegistryClientBuilder {
    pub(super) fn new(url: String) -> Self {
        Self {
            urls: vec![url],
            name: None,
            basic: None,
            bearer: None,
            oauth: None,
            transport: Transport {
                roots: Roots::default(),
                identity: None,
                proxy: None,
                connect_timeout: Duration::from_secs(5),
                read_timeout: Duration::from_secs(5),
            },
            patience: Patience {
                retries: 3,
                backoff: Backoff::UP_TO_10_S,
                request_timeout: Duration::from_secs(10),
                total_timeout: Duration::from_secs(30),
            },
            normalize: true,
        }
    }

    /// Another address of the same registry, or several with commas between, asked when those before it fail.
    #[must_use]
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.urls.push(url.into());
        self
    }

    /// The name by which caches and lock files know this registry, so that its addresses may change. Default: the first
    /// address without credentials.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// User and password, or an API key and its secret (Confluent's `basic.auth.user.info`), for all addresses. Default:
    /// those in the addresses, else none.
    #[must_use]
    pub fn basic_auth(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.basic = Some(Credentials::basic(user, password));
        self
    }

    /// A token, sent as `Authorization: Bearer …` (Confluent's `bearer.auth.token`). It is not refreshed. Default:
    /// none.
    #[must_use]
    pub fn bearer_token(mut self, token: impl Into<String>) -> Self {
        self.bearer = Some(Credentials::bearer(token));
        self
    }

    /// Tokens from a server that gives them for a client's id and secret (Confluent's
    /// `bearer.auth.credentials.source=OAUTHBEARER`), refreshed ahead of their end. Default: none.
    #[must_use]
    pub fn oauth(mut self, oauth: OAuthClient) -> Self {
        self.oauth = Some(oauth);
        self
    }

    /// The certificates of the authorities to trust, as PEM, in place of the operating system's store; for the server that
    /// gives tokens too. Default: that store, in which Linux heeds `SSL_CERT_FILE` and `SSL_CERT_DIR`.
    #[must_use]
    pub fn root_certificates_pem(mut self, pem: impl Into<String>) -> Self {
        self.transport.roots.only = Some(Secret::new(pem));
        self
    }

    /// The certificates of authorities to trust besides those of the operating system's store, as PEM. Default: none.
    #[must_use]
    pub fn extra_root_certificates_pem(mut self, pem: impl Into<String>) -> Self {
        self.transport.roots.extra = Some(Secret::new(pem));
        self
    }

    /// Our certificate and those between it and its authority, and its private key without a password, all as PEM: what a
    /// registry, or a server that gives tokens, knows us by if it wants client certificates. May stand beside other credentials; all addresses must be
    /// https then. Default: none.
    #[must_use]
    pub fn client_certificate_pem(mut self, chain: impl Into<String>, key: impl Into<String>) -> Self {
        self.transport.identity = Some(Identity {
            chain: Secret::new(chain),
            key: Secret::new(key),
        });
        self
    }

    /// A proxy for all requests, those for tokens included: `http://proxy.example:3128`, perhaps with user and password in
    /// it. Requests to https addresses go through a tunnel. Default: none, whatever the environment says.
    #[must_use]
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.transport.proxy = Some(Secret::new(url));
        self
    }

    /// How long one connection may take, name resolution and TLS included. Default: 5 s, since a registry is near or
    /// not there.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.transport.connect_timeout = timeout;
        self
    }

    /// How long a connection may stay silent while an answer is due. Default: 5 s.
    #[must_use]
    pub fn read_timeout(mut self, timeout: Duration) -> Self {
        self.transport.read_timeout = timeout;
        self
    }

    /// How long one attempt at one address may take from the first byte to the last, connecting included; it ends an answer
    /// that comes drop by drop. Default: 10 s.
    #[must_use]
    pub fn request_timeout(mut self, timeout: Duration) -> Self {
        self.patience.request_timeout = timeout;
        self
    }

    /// How long one request may take with all its attempts and the waits between. Default: 30 s.
    ///
    /// Registering makes a second request where the registry's answer to the first does not say the version, and one for
    /// each schema that is referred to.
    #[must_use]
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.patience.total_timeout = timeout;
        self
    }

    /// How many more rounds over all addresses follow one in which none answered. Default: 3, so that each address is asked
    /// four times at most. Zero asks each once.
    #[must_use]
    pub fn retries(mut self, retries: u32) -> Self {
        self.patience.retries = retries;
        self
    }

    /// The longest wait before the second round, and before any round: the former doubles with each round up to the latter,
    /// and the wait is a random part of it. Default: 100 ms and 10 s.
    #[must_use]
    pub fn retry_backoff(mut self, base: Duration, cap: Duration) -> Self {
        self.patience.backoff = Backoff::new(base, cap);
        self
    }

    /// Whether the registry shall take texts that differ in layout and order of keys alone for the same schema (Confluent's
    /// `normalize.schemas`), when registering, looking up and checking. Default: true, since Apicurio makes a version for
    /// each layout otherwise; Confluent's own default is false.
    #[must_use]
    pub fn normalize(mut self, normalize: bool) -> Self {
        self.normalize = normalize;
        self
    }

    /// Makes the client. Opens no connection and needs no runtime.
    ///
    /// # Errors
    /// [`ConfigError::Invalid`] for the setting `registry`: an address is no http or https URL, has a query or is given
    /// twice; only some of the addresses have credentials; two kinds of credentials are set, or one that fits into no
    /// header; the token endpoint is neither https nor on this machine; certificates or a key are no PEM, do not belong
    /// together, or are for http addresses; the proxy is no http or https URL; a timeout is zero; the name is empty; for
    /// https, the system has no certificates.
    pub fn build(self) -> Result<RegistryClient, ConfigError> {
        let timeouts = [
            ("connect_timeout", self.transport.connect_timeout),
            ("read_timeout", self.transport.read_timeout),
            ("request_timeout", self.patience.request_timeout),
            ("total_timeout", self.patience.total_timeout),
        ];
        if let Some((name, _)) = timeouts.iter().find(|(_, timeout)| timeout.is_zero()) {
            return Err(refused(format!("{name} must be longer than zero")));
        }
        if self.name.as_ref().is_some_and(String::is_empty) {
            return Err(refused("the name is empty; leave it out to use the first address"));
        }
        let addresses = addresses(&self.urls)?;
        if self.transport.identity.is_some()
            && let Some(plain) = addresses.iter().find(|address| address.url.scheme() == "http")
        {
            return Err(refused(format!(
                "client_certificate_pem is set, but {} is not https, so that nobody would see the certificate",
                plain.text()
            )));
        }
        let in_urls = addresses.iter().find_map(|address| address.credentials.as_ref());
        let mut kinds: Vec<_> = [in_urls, self.basic.as_ref(), self.bearer.as_ref()]
            .into_iter()
            .flatten()
            .map(Credentials::kind)
            .collect();
        kinds.extend(self.oauth.as_ref().map(|_| "oauth"));
        if kinds.len() > 1 {
            return Err(refused(
                "more than one of user and password in the URL, basic_auth, bearer_token and oauth is set; keep one",
            ));
        }
        let http = Http::new(Settings {
            addresses,
            credentials: self.basic.or(self.bearer),
            oauth: self.oauth,
            transport: self.transport,
            patience: self.patience,
            normalize: self.normalize,
        })?;
        RegistryClient::new(http, self.name, kinds.first().copied().unwrap_or("none"))
    }
}

impl std::fmt::Debug for RegistryClientBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RegistryClientBuilder")
            .field("name", &self.name)
            .field("basic_auth", &self.basic)
            .field("bearer_token", &self.bearer)
            .field("oauth", &self.oauth)
            .field("transport", &self.transport)
            .field("patience", &self.patience)
            .field("normalize", &self.normalize)
            .finish_non_exhaustive()
    }
}
