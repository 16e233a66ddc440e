//! Access tokens for the brokers by the client credentials grant: the same request as for the registry, with a transport of
//! its own.

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;

use super::auth::{OAuthClient, Secret};
use super::http::{Identity, Patience, Roots, TokenServer, Transport};
use crate::error::ConfigError;
use crate::failure::Backoff;
use crate::producer::{AccessToken, TokenError, TokenProvider};

/// How long a question may take, attempts included; the producer gives it up after 30 s.
const TOTAL_TIMEOUT: Duration = Duration::from_secs(25);

/// Gives access tokens for the brokers: an OAuth 2.0 client asks a server for them, by https.
///
/// What [`OAuthClient`] says of the registry's tokens holds for these, but for the time of a refresh, which is the
/// producer's. Its `logical_cluster` and `identity_pool` are told to the brokers as the extensions `logicalCluster` and
/// `identityPoolId`.
///
/// # Examples
/// ```
/// use publisher_core::producer::ClientCredentials;
/// use publisher_core::registry::OAuthClient;
///
/// let client = OAuthClient::new("https://login.example/oauth2/token", "publisher", "secret").scope("kafka");
/// let tokens = ClientCredentials::builder(client).build()?;
/// let builder = publisher_core::Publisher::builder().kafka_oauth(tokens);
/// # drop(builder);
/// # Ok::<(), publisher_core::ConfigError>(())
/// ```
///
/// Implements: RFC 6749 section 4.4, with the client's authentication of section 2.3.1 (`client_secret_basic`); KIP-768.
pub struct ClientCredentials {
    server: TokenServer,
    principal: String,
    extensions: Vec<(String, String)>,
}

impl ClientCredentials {
    /// Settings with this client and its server.
    pub fn builder(client: OAuthClient) -> ClientCredentialsBuilder {
        ClientCredentialsBuilder {
            client,
            transport: Transport {
                roots: Roots::default(),
                identity: None,
                proxy: None,
                connect_timeout: Duration::from_secs(5),
                read_timeout: Duration::from_secs(10),
            },
            extensions: Vec::new(),
        }
    }
}

#[async_trait]
impl TokenProvider for ClientCredentials {
    async fn token(&self) -> Result<AccessToken, TokenError> {
        let (text, life) = (self.server.token().await).map_err(|error| TokenError::new(error.to_string()))?;
        let token = AccessToken::new(text.expose(), life).principal(&self.principal);
        let extensions = self.extensions.iter();
        Ok(extensions.fold(token, |token, (name, value)| token.extension(name, value)))
    }
}

impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCredentials").finish_non_exhaustive()
    }
}

/// Settings for [`ClientCredentials`]. `Debug` shows no secret.
#[must_use = "nothing is made before `build`"]
pub struct ClientCredentialsBuilder {
    client: OAuthClient,
    transport: Transport,
    extensions: Vec<(String, String)>,
}

impl ClientCredentialsBuilder {
    /// Trusts these authorities, as PEM, in place of those of the operating system.
    pub fn root_certificates_pem(mut self, pem: impl Into<String>) -> Self {
        self.transport.roots.only = Some(Secret::new(pem));
        self
    }

    /// Shows this certificate to the server, as PEM: ours first, then those between it and its authority; and its key.
    pub fn client_certificate_pem(mut self, chain: impl Into<String>, key: impl Into<String>) -> Self {
        self.transport.identity = Some(Identity {
            chain: Secret::new(chain),
            key: Secret::new(key),
        });
        self
    }

    /// Goes through this proxy, such as `http://proxy.example:3128`; may carry user and password. Default: none, whatever
    /// the environment says.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.transport.proxy = Some(Secret::new(url));
        self
    }

    /// Tells the brokers this with each token. The name has letters only and is not `auth`.
    pub fn extension(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.extensions.push((name.into(), value.into()));
        self
    }

    /// Makes the provider. Opens no connection and needs no runtime.
    ///
    /// # Errors
    /// [`ConfigError::Invalid`] for the setting `kafka_oauth`: the token endpoint is neither https nor on this machine, or
    /// carries credentials; id or secret are empty; certificates or a key are no PEM; the proxy is no URL. Not retriable.
    pub fn build(self) -> Result<ClientCredentials, ConfigError> {
        let patience = Patience {
            retries: 3,
            backoff: Backoff::new(Duration::from_millis(100), Duration::from_secs(10)),
            request_timeout: Duration::from_secs(10),
            total_timeout: TOTAL_TIMEOUT,
        };
        let server = TokenServer::new(&self.client, &self.transport, patience).map_err(|error| match error {
            ConfigError::Invalid { reason, .. } => ConfigError::Invalid {
                setting: "kafka_oauth".to_owned(),
                reason,
            },
            other => other,
        })?;
        let of_cloud = [
            ("logicalCluster", self.client.logical_cluster),
            ("identityPoolId", self.client.identity_pool),
        ];
        let of_cloud = of_cloud
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value?)));
        Ok(ClientCredentials {
            server,
            principal: self.client.client_id.expose().to_owned(),
            extensions: of_cloud.chain(self.extensions).collect(),
        })
    }
}

impl fmt::Debug for ClientCredentialsBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCredentialsBuilder")
            .field("client", &self.client)
            .field("transport", &self.transport)
            .finish_non_exhaustive()
    }
}
