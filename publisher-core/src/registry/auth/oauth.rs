//! What the user says of the server that gives tokens: [`OAuthClient`].
//!
//! Settings only; who asks that server and when is elsewhere.

use std::fmt;

use super::Secret;

/// The OAuth 2.0 client credentials grant: an access token for the registry, fetched when the first call needs one and
/// again ahead of its end.
///
/// The token is kept in memory. When 80 % of its life are over, or 10 s before its end if that is earlier, the next call
/// starts a refresh and goes on with the old token; while refreshes fail, the old one serves to its end. The server's
/// `expires_in` says how long it lives, 5 minutes if it does not. However many calls need a token at once, one request is
/// made. If the registry answers 401, the token is dropped and fetched once more.
///
/// Requests to the server follow the same timeouts, retries, proxy, trusted certificates and client certificate as those to
/// the registry, but no redirect. The server must be reached by https, unless it is on this machine.
///
/// # Examples
/// ```
/// # use publisher_core::registry::{OAuthClient, RegistryClient};
/// let oauth = OAuthClient::new("https://login.example/oauth2/token", "publisher", "secret")
///     .scope("schema-registry")
///     .logical_cluster("lsrc-123")
///     .identity_pool("pool-9");
/// let registry = RegistryClient::builder("https://registry.example").oauth(oauth).build()?;
/// # Ok::<(), publisher_core::ConfigError>(())
/// ```
///
/// Implements: RFC 6749 section 4.4, with the client's authentication of section 2.3.1 (`client_secret_basic`).
#[derive(Clone)]
pub struct OAuthClient {
    pub(in crate::registry) token_url: Secret,
    pub(in crate::registry) client_id: Secret,
    pub(in crate::registry) client_secret: Secret,
    pub(in crate::registry) scopes: Vec<String>,
    pub(in crate::registry) parameters: Vec<(String, Secret)>,
    pub(in crate::registry) logical_cluster: Option<String>,
    pub(in crate::registry) identity_pool: Option<String>,
}

impl OAuthClient {
    /// The URL of the server's token endpoint (Confluent's `bearer.auth.issuer.endpoint.url`), and the client's id and
    /// secret there (`bearer.auth.client.id`, `bearer.auth.client.secret`).
    #[must_use]
    pub fn new(token_url: impl Into<String>, client_id: impl Into<String>, client_secret: impl Into<String>) -> Self {
        Self {
            token_url: Secret::new(token_url),
            client_id: Secret::new(client_id),
            client_secret: Secret::new(client_secret),
            scopes: Vec::new(),
            parameters: Vec::new(),
            logical_cluster: None,
            identity_pool: None,
        }
    }

    /// Asks for this scope too (`bearer.auth.scope`). Default: none, which leaves it to the server.
    #[must_use]
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scopes.push(scope.into());
        self
    }

    /// Sends this field too, such as `audience` or `resource`. Its value is kept as a secret.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), Secret::new(value)));
        self
    }

    /// The registry's id in Confluent Cloud (`bearer.auth.logical.cluster`), sent to the registry as `target-sr-cluster`.
    /// Default: none.
    #[must_use]
    pub fn logical_cluster(mut self, id: impl Into<String>) -> Self {
        self.logical_cluster = Some(id.into());
        self
    }

    /// The identity pool in Confluent Cloud (`bearer.auth.identity.pool.id`), sent to the registry as
    /// `Confluent-Identity-Pool-Id`. Default: none.
    #[must_use]
    pub fn identity_pool(mut self, id: impl Into<String>) -> Self {
        self.identity_pool = Some(id.into());
        self
    }
}

impl fmt::Debug for OAuthClient {
    /// Neither the URL, which may hold a key in its query, nor id, secret and values.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parameters: Vec<_> = self.parameters.iter().map(|(name, _)| name).collect();
        f.debug_struct("OAuthClient")
            .field("scopes", &self.scopes)
            .field("parameters", &parameters)
            .field("logical_cluster", &self.logical_cluster)
            .field("identity_pool", &self.identity_pool)
            .finish_non_exhaustive()
    }
}
