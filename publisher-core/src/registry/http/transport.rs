//! Makes the HTTP clients: one for the registry, one for the server that gives tokens.
//!
//! Both are told the same of trust, client certificate, proxy and timeouts, and nothing by the environment.

use std::time::Duration;

use ::http::HeaderMap;
use reqwest::redirect::Policy;
use reqwest::{Client, Url};

use super::tls::{self, Identity, Roots};
use crate::error::ConfigError;
use crate::registry::answer::{self, Circumstances};
use crate::registry::auth::{Credentials, Secret, refused, take_userinfo, without_userinfo};

/// How to reach a server.
#[derive(Clone, Debug)]
pub(crate) struct Transport {
    pub(crate) roots: Roots,
    pub(crate) identity: Option<Identity>,
    /// A URL, perhaps with user and password.
    pub(crate) proxy: Option<Secret>,
    pub(crate) connect_timeout: Duration,
    pub(crate) read_timeout: Duration,
}

impl Transport {
    /// A client that sends these headers with each request; `https` says whether any of its addresses needs TLS.
    pub(super) fn client(&self, https: bool, headers: HeaderMap) -> Result<Client, ConfigError> {
        let identity = self.identity.as_ref();
        let unusable =
            |error: reqwest::Error| refused(format!("the HTTP client cannot be built: {}", answer::deepest(&error)));
        let proxy = self.proxy()?;
        // Certificates that were given are read in any case, so that a broken file is told at once.
        let given = self.roots.only.is_some() || self.roots.extra.is_some() || identity.is_some();
        let to_proxy = proxy.as_ref().is_some_and(|(url, _)| url.scheme() == "https");
        let tls = match https || to_proxy || given {
            true => tls::config(&self.roots, identity)?,
            false => tls::nobody()?,
        };
        let mut builder = Client::builder()
            .tls_backend_preconfigured(tls)
            // A proxy in the environment would see the credentials without anybody having asked for it.
            .no_proxy()
            // Those that are followed are followed by hand: reqwest would turn a POST into a GET.
            .redirect(Policy::none())
            .referer(false)
            .connect_timeout(self.connect_timeout)
            .read_timeout(self.read_timeout)
            .user_agent(concat!("publisher-core/", env!("CARGO_PKG_VERSION")))
            .default_headers(headers);
        if let Some((url, credentials)) = proxy {
            let mut proxy = reqwest::Proxy::all(url.clone()).map_err(unusable)?;
            if let Some(credentials) = credentials {
                proxy = proxy.custom_http_auth(credentials.header()?);
            }
            builder = builder.proxy(proxy);
        }
        builder.build().map_err(unusable)
    }

    /// What errors need to know.
    pub(super) fn circumstances(&self) -> Result<Circumstances, ConfigError> {
        Ok(Circumstances {
            connect_timeout: self.connect_timeout,
            read_timeout: self.read_timeout,
            proxy: self
                .proxy()?
                .map(|(url, _)| url.as_str().trim_end_matches('/').to_owned()),
            client_certificate: self.identity.is_some(),
        })
    }

    /// What a proxy's answer must not bring into a text.
    pub(super) fn secrets(&self) -> Result<Vec<Secret>, ConfigError> {
        let Some((_, Some(credentials))) = self.proxy()? else {
            return Ok(Vec::new());
        };
        let header = Secret::of_header(&credentials.header()?);
        Ok(header.into_iter().chain([credentials.secret().clone()]).collect())
    }

    fn proxy(&self) -> Result<Option<(Url, Option<Credentials>)>, ConfigError> {
        let Some(given) = &self.proxy else { return Ok(None) };
        let given = given.expose().trim();
        let shown = without_userinfo(given);
        let wrong = |what: &str| {
            refused(format!(
                "the proxy {shown} {what}; write one like http://proxy.example:3128"
            ))
        };
        let mut url = Url::parse(given).map_err(|error| wrong(&format!("is not a URL: {error}")))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(wrong("has neither http nor https in front"));
        }
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
            return Err(refused("the URL of the proxy must end with its host and port"));
        }
        let credentials = take_userinfo(&mut url, "the URL of the proxy")?;
        Ok(Some((url, credentials)))
    }
}
