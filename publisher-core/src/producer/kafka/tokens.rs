//! What settings say of access tokens: who gives them, and where they are fetched. And of secrets: what must not be shown.
//!
//! Knows no token.

#[cfg(feature = "sasl")]
use std::sync::Arc;

#[cfg(feature = "sasl")]
use super::oauth;
use super::oidc;
use super::scrub::Scrubber;
use super::settings::KafkaSettings;
#[cfg(feature = "sasl")]
use crate::error::ConfigError;
#[cfg(feature = "sasl")]
use crate::producer::TokenProvider;

/// Where access tokens are fetched, and from whom.
#[cfg(feature = "sasl")]
pub(super) type TokenSource = (tokio::runtime::Handle, Arc<dyn TokenProvider>);

impl KafkaSettings {
    /// Who gives access tokens, if anybody.
    #[cfg(feature = "sasl")]
    pub(super) fn token_provider(&self) -> Result<Option<Arc<dyn TokenProvider>>, ConfigError> {
        #[cfg(feature = "registry")]
        let described = oidc::provider(&self.properties)?;
        #[cfg(not(feature = "registry"))]
        let described = None;
        match (self.oauth.clone(), described) {
            (Some(_), Some(_)) => Err(ConfigError::Invalid {
                setting: "kafka_oauth".to_owned(),
                reason: "a provider of tokens is given, and `sasl.oauthbearer.method=oidc` names another; keep one"
                    .to_owned(),
            }),
            (given, described) => Ok(given.or(described)),
        }
    }

    /// Who gives access tokens, and where they are fetched.
    #[cfg(feature = "sasl")]
    pub(super) fn token_source(&self) -> Result<Option<TokenSource>, ConfigError> {
        let Some(provider) = self.token_provider()? else {
            return Ok(None);
        };
        let runtime = match &self.runtime {
            Some(runtime) => runtime.clone(),
            None => tokio::runtime::Handle::try_current().map_err(|_| ConfigError::NoRuntime)?,
        };
        Ok(Some((runtime, provider)))
    }

    /// Shows a client that is to live for a short time who we are: fetches a token, if one is wanted. Blocks for half a minute
    /// at the most, and needs no runtime.
    ///
    /// # Errors
    /// Why there is no token.
    pub(crate) fn show_token<C: rdkafka::ClientContext>(
        &self,
        client: &rdkafka::client::Client<C>,
        scrubber: &Scrubber,
    ) -> Result<(), String> {
        #[cfg(feature = "sasl")]
        if let Some(provider) = self.token_provider().map_err(|error| error.to_string())? {
            oauth::show_once(provider, client, scrubber)?;
        }
        #[cfg(not(feature = "sasl"))]
        let _ = (client, scrubber);
        Ok(())
    }

    /// Keeps the secrets among the properties out of what a client of these settings logs.
    pub(crate) fn scrubber(&self) -> Scrubber {
        Scrubber::new(&self.properties)
    }

    /// Whether somebody gives access tokens.
    pub(super) fn has_tokens(&self) -> bool {
        #[cfg(feature = "sasl")]
        if self.oauth.is_some() {
            return true;
        }
        oidc::is_served("sasl.oauthbearer.method") && oidc::is_asked(&self.properties)
    }
}
