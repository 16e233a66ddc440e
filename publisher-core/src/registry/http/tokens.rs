//! Asks the server that gives access tokens.
//!
//! When it is asked is decided by [`TokenCache`]; this file knows the request and what its answers mean. No error repeats
//! the client's secret, not even one that the server wrote back.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use ::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, RETRY_AFTER};
use ::http::{Method, StatusCode};
use reqwest::{Client, Request, Url};
use serde_json::Value;
use tokio::time::{Instant, timeout_at};

use super::attempts::{Addresses, Patience};
use super::transport::Transport;
use super::{header, read, retry_after};
use crate::error::ConfigError;
use crate::registry::answer::{self, Circumstances};
use crate::registry::auth::{Credentials, OAuthClient, Secret, Token, TokenCache, bearer, hidden, refused};
use crate::registry::error::{RegistryError, RegistryFailure};

/// No answer with a token is larger.
const MAX_BODY_BYTES: usize = 256 * 1024;
/// How long a token is taken to live whose server does not say.
const UNSAID_LIFE: Duration = Duration::from_secs(5 * 60);

/// The server that gives tokens, and the one that it gave.
pub(super) struct Tokens {
    client: Client,
    url: Url,
    /// Without a query, for errors.
    address: String,
    addresses: Addresses,
    authorization: HeaderValue,
    form: Secret,
    secrets: Vec<Secret>,
    patience: Patience,
    circumstances: Circumstances,
    cache: TokenCache,
}

impl Tokens {
    pub(super) fn new(oauth: &OAuthClient, transport: &Transport, patience: Patience) -> Result<Self, ConfigError> {
        let url = endpoint(oauth.token_url.expose())?;
        if oauth.client_id.expose().is_empty() || oauth.client_secret.expose().is_empty() {
            return Err(refused("the client id or the client secret of oauth is empty"));
        }
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        let client = transport.client(url.scheme() == "https", headers)?;
        // RFC 6749 section 2.3.1 wants both encoded like the values of a form. An empty name leaves `=` before the value.
        let value = |text: &Secret| encoded(&url, &[("", text.expose())]).split_off(1);
        let credentials = Credentials::basic(value(&oauth.client_id), value(&oauth.client_secret));
        let mut plain = url.clone();
        plain.set_query(None);
        let address = plain.to_string();
        let mut secrets = vec![oauth.client_secret.clone()];
        secrets.extend(oauth.parameters.iter().map(|(_, value)| value.clone()));
        let authorization = credentials.header()?;
        secrets.extend(Secret::of_header(&authorization));
        secrets.extend(transport.secrets()?);
        Ok(Self {
            client,
            addresses: Addresses::new(vec![address.clone()]),
            address,
            authorization,
            form: fields(oauth, &url)?,
            secrets,
            patience,
            circumstances: transport.circumstances()?,
            cache: TokenCache::default(),
            url,
        })
    }

    /// The token as a header for the registry.
    pub(super) async fn header(self: &Arc<Self>, deadline: Instant) -> Result<HeaderValue, RegistryError> {
        let fetch = || {
            let this = Arc::clone(self);
            async move { this.fetch(deadline).await }
        };
        match timeout_at(deadline, self.cache.get(fetch)).await {
            Ok(outcome) => outcome,
            Err(_) => {
                let reason = format!("no access token within {:?}", self.patience.total_timeout);
                Err(RegistryError::Unreachable(RegistryFailure::new(&self.address, reason)))
            }
        }
    }

    /// Drops a token that the registry refuses.
    pub(super) fn discard(&self, token: &HeaderValue) {
        self.cache.discard(token);
    }

    /// A token fresh from the server.
    async fn fetch(&self, deadline: Instant) -> Result<Token, RegistryError> {
        self.addresses.ask(&self.patience, deadline, |_| self.once()).await
    }

    async fn once(&self) -> Result<Token, RegistryError> {
        let broken = |error| answer::no_answer(&self.address, &error, &self.circumstances);
        let asked = Instant::now();
        let mut request = Request::new(Method::POST, self.url.clone());
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        request.headers_mut().insert(CONTENT_TYPE, form);
        request.headers_mut().insert(AUTHORIZATION, self.authorization.clone());
        *request.body_mut() = Some(self.form.expose().to_owned().into());
        let response = self.client.execute(request).await.map_err(broken)?;
        let status = response.status();
        let retry_after =
            header(&response, &RETRY_AFTER).and_then(|value| retry_after::parse(value, SystemTime::now()));
        let (body, whole) = read(response, MAX_BODY_BYTES).await.map_err(broken)?;
        let failure = |reason: String| {
            RegistryFailure::new(&self.address, format!("no access token: {reason}")).status(status.as_u16())
        };
        if !status.is_success() {
            // Before it is shortened: the half of a secret that is left would not be found.
            let body = hidden(String::from_utf8_lossy(&body).into_owned(), &self.secrets);
            let failure = failure(said(body.as_bytes())).with_retry_after(retry_after);
            return Err(match status {
                StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => RegistryError::Unreachable(failure),
                status if status.is_server_error() => RegistryError::Unreachable(failure),
                status if status.is_redirection() => RegistryError::BadAnswer(
                    failure.hint("redirects are not followed here; set the token endpoint's final URL"),
                ),
                _ => RegistryError::Unauthorised(
                    failure.hint("check the URL of the token endpoint, the client's id and secret, and the scope"),
                ),
            });
        }
        if !whole {
            let reason = format!("the answer is larger than {MAX_BODY_BYTES} bytes");
            return Err(RegistryError::BadAnswer(failure(reason)));
        }
        let (header, life) = token(&body).map_err(|reason| RegistryError::BadAnswer(failure(reason.to_owned())))?;
        tracing::debug!(endpoint = self.address, ?life, "access token fetched");
        Ok(Token::new(header, asked, life))
    }
}

/// The server alone, for who keeps the tokens himself.
#[cfg(feature = "sasl")]
pub(in crate::registry) struct TokenServer(Tokens);

#[cfg(feature = "sasl")]
impl TokenServer {
    pub(in crate::registry) fn new(
        oauth: &OAuthClient,
        transport: &Transport,
        patience: Patience,
    ) -> Result<Self, ConfigError> {
        Tokens::new(oauth, transport, patience).map(Self)
    }

    /// A token and how long it is valid still.
    pub(in crate::registry) async fn token(&self) -> Result<(Secret, Duration), RegistryError> {
        let token = self.0.fetch(self.0.patience.deadline()).await?;
        Ok((token.text(), token.left()))
    }
}

/// The token of a success and its life; else what is wrong with the answer, in words that repeat nothing of it.
///
/// Implements: RFC 6749 section 5.1.
fn token(body: &[u8]) -> Result<(HeaderValue, Duration), &'static str> {
    let answer: Value = serde_json::from_slice(body).map_err(|_| "the answer is not JSON")?;
    let token = answer.get("access_token").and_then(Value::as_str).unwrap_or_default();
    if token.is_empty() {
        return Err("the answer has no access_token");
    }
    let kind = answer.get("token_type").and_then(Value::as_str).unwrap_or("bearer");
    if !kind.eq_ignore_ascii_case("bearer") {
        return Err("the answer has a token of another type than bearer");
    }
    let life = match answer.get("expires_in") {
        None | Some(Value::Null) => UNSAID_LIFE,
        // Some servers write the number as a text.
        Some(life) => (life.as_f64().or_else(|| life.as_str()?.parse().ok()))
            .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
            .ok_or("the answer's expires_in is no number of seconds")?,
    };
    let header = bearer(&Secret::new(token)).ok_or("the answer's access_token fits into no header")?;
    Ok((header, life))
}

/// Why there is no token, in the server's words.
///
/// Implements: RFC 6749 section 5.2.
fn said(body: &[u8]) -> String {
    let answer = serde_json::from_slice::<Value>(body).unwrap_or_default();
    let word = |name| answer.get(name).and_then(Value::as_str);
    match (word("error"), word("error_description")) {
        (Some(error), Some(description)) => format!("{error}: {}", description.trim_end().trim_end_matches('.')),
        (Some(error), None) => error.to_owned(),
        _ => answer::said(body),
    }
}

fn endpoint(text: &str) -> Result<Url, ConfigError> {
    // The URL is not repeated: its query may hold a key.
    let url = Url::parse(text.trim())
        .map_err(|error| refused(format!("the token endpoint of oauth is not a URL: {error}")))?;
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    let local = host == "localhost" || address.is_ok_and(|address| address.is_loopback());
    match url.scheme() {
        "https" => {}
        "http" if local => {}
        _ => {
            return Err(refused(
                "the token endpoint of oauth must be an https URL, since the client's secret is sent there; http is for \
                 this machine alone",
            ));
        }
    }
    if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        return Err(refused(
            "the token endpoint of oauth must have neither user and password nor a fragment; the client's id and secret \
             are arguments of their own",
        ));
    }
    Ok(url)
}

/// The fields of the request, encoded.
fn fields(oauth: &OAuthClient, url: &Url) -> Result<Secret, ConfigError> {
    for (name, _) in &oauth.parameters {
        if matches!(name.as_str(), "grant_type" | "scope") {
            return Err(refused(format!(
                "the parameter {name} of oauth is not one to be given; scopes are given with scope"
            )));
        }
    }
    let scope = oauth.scopes.join(" ");
    let mut pairs = vec![("grant_type", "client_credentials")];
    if !scope.is_empty() {
        pairs.push(("scope", &scope));
    }
    pairs.extend(oauth.parameters.iter().map(|(name, value)| (&**name, value.expose())));
    Ok(Secret::new(encoded(url, &pairs)))
}

/// As `application/x-www-form-urlencoded`, which is how the query of a URL is written too; the URL is none of the matter.
fn encoded(url: &Url, pairs: &[(&str, &str)]) -> String {
    let mut url = url.clone();
    url.query_pairs_mut().clear().extend_pairs(pairs);
    url.query().unwrap_or_default().to_owned()
}
