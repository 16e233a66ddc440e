//! The one HTTP client behind every registry call: addresses, attempts, limits, headers, typed failures.
//!
//! schema_registry_converter builds the requests and reads the answers; [`Gate`] stands between as its middleware and
//! runs them here, so that its own idea of a failure (a text) never arises. For calls that it lacks there is
//! [`Http::ask`]. Knows no schema and no subject.

mod attempts;
mod gate;
mod redirect;
mod retry_after;
mod tls;
mod tokens;
mod transport;

use std::sync::Arc;
use std::time::SystemTime;

use ::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION, RETRY_AFTER};
use ::http::{Method, StatusCode};
use reqwest::{Client, Request, Response, Url};
use serde_json::Value;
use tokio::time::Instant;

use self::attempts::Addresses;
pub(super) use self::attempts::Patience;
pub(super) use self::gate::{Gate, idle_client};
use self::redirect::MAX_REDIRECTS;
pub(super) use self::tls::{Identity, Roots};
#[cfg(feature = "sasl")]
pub(super) use self::tokens::TokenServer;
use self::tokens::Tokens;
pub(super) use self::transport::Transport;
use super::answer::{self, Answer, Circumstances, Expected, MAX_BODY_BYTES, Unfollowed};
use super::auth::{Address, Credentials, OAuthClient, Secret, hidden, refused};
use super::error::{RegistryError, RegistryFailure};
use crate::error::ConfigError;

/// The media type of the API, asked for and sent.
const MEDIA_TYPE: HeaderValue = HeaderValue::from_static("application/vnd.schemaregistry.v1+json");

/// What the user's settings come to.
pub(super) struct Settings {
    /// At least one.
    pub(super) addresses: Vec<Address>,
    /// For all addresses; none of them has its own then.
    pub(super) credentials: Option<Credentials>,
    /// In place of credentials.
    pub(super) oauth: Option<OAuthClient>,
    pub(super) transport: Transport,
    pub(super) patience: Patience,
    pub(super) normalize: bool,
}

/// Our reqwest client with what its errors must name.
pub(super) struct Http {
    client: Client,
    places: Vec<Place>,
    addresses: Addresses,
    listed: String,
    tokens: Option<Arc<Tokens>>,
    circumstances: Circumstances,
    patience: Patience,
    normalize: bool,
}

/// One address, and who we are there.
struct Place {
    url: Url,
    address: String,
    authorization: Option<HeaderValue>,
    /// What its answers must not bring into a text.
    secrets: Vec<Secret>,
}

/// A request for any of the addresses.
struct Question {
    method: Method,
    /// Begins with a slash, goes behind the base address; a query may follow.
    path: String,
    body: Option<Vec<u8>>,
    expected: Expected,
}

/// A usable answer: as it came, and as JSON.
struct Success {
    status: StatusCode,
    body: Vec<u8>,
    value: Value,
}

impl Http {
    pub(super) fn new(settings: Settings) -> Result<Self, ConfigError> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, MEDIA_TYPE);
        // Asks old servers to ignore what newer clients send.
        headers.insert(
            HeaderName::from_static("confluent-accept-unknown-properties"),
            HeaderValue::from_static("true"),
        );
        if let Some(oauth) = &settings.oauth {
            let of_cloud = [
                ("target-sr-cluster", &oauth.logical_cluster),
                ("confluent-identity-pool-id", &oauth.identity_pool),
            ];
            for (name, value) in of_cloud {
                let Some(value) = value else { continue };
                let value = HeaderValue::from_str(value).map_err(|_| {
                    refused(format!(
                        "what oauth sends as {name} has a character that no header takes"
                    ))
                })?;
                headers.insert(HeaderName::from_static(name), value);
            }
        }
        let https = settings.addresses.iter().any(|address| address.url.scheme() == "https");
        let client = settings.transport.client(https, headers)?;
        let tokens = (settings.oauth.as_ref())
            .map(|oauth| Tokens::new(oauth, &settings.transport, settings.patience))
            .transpose()?
            .map(Arc::new);
        let mut places = Vec::with_capacity(settings.addresses.len());
        for address in settings.addresses {
            let credentials = address.credentials.as_ref().or(settings.credentials.as_ref());
            let authorization = credentials.map(Credentials::header).transpose()?;
            let mut secrets: Vec<_> = credentials
                .map(|credentials| credentials.secret().clone())
                .into_iter()
                .collect();
            secrets.extend(authorization.as_ref().and_then(Secret::of_header));
            secrets.extend(settings.transport.secrets()?);
            places.push(Place {
                address: address.text().to_owned(),
                url: address.url,
                authorization,
                secrets,
            });
        }
        let addresses: Vec<_> = places.iter().map(|place| place.address.clone()).collect();
        Ok(Self {
            client,
            places,
            listed: addresses.join(","),
            addresses: Addresses::new(addresses),
            tokens,
            circumstances: settings.transport.circumstances()?,
            patience: settings.patience,
            normalize: settings.normalize,
        })
    }

    /// All addresses without credentials and without slashes at their ends, with commas between.
    pub(super) fn address(&self) -> &str {
        &self.listed
    }

    /// The first address, without credentials and without a slash at its end.
    pub(super) fn first_address(&self) -> &str {
        self.places.first().map_or("", |place| &place.address)
    }

    /// Whether the registry shall see layout and order of keys as no difference.
    pub(super) fn normalize(&self) -> bool {
        self.normalize
    }

    /// Makes one call and gives the JSON object of its answer. `path` begins with a slash; what is not ours in it is
    /// percent-encoded already.
    pub(super) async fn ask(&self, method: Method, path: &str, body: Option<&str>) -> Result<Value, RegistryError> {
        let question = Question {
            method,
            path: path.to_owned(),
            body: body.map(|body| body.as_bytes().to_vec()),
            expected: Expected::Object,
        };
        Ok(self.execute(&question).await?.value)
    }

    /// Asks the addresses until one gives an answer that counts; `Ok` is a 2xx whose body is the JSON that the call
    /// promises, read whole.
    async fn execute(&self, question: &Question) -> Result<Success, RegistryError> {
        let deadline = self.patience.deadline();
        let Some(tokens) = &self.tokens else {
            return self.attempt(question, None, deadline).await;
        };
        let token = tokens.header(deadline).await?;
        match self.attempt(question, Some(&token), deadline).await {
            // The token may have been withdrawn; a new one is given one chance.
            Err(RegistryError::Unauthorised(failure)) if failure.http_status() == Some(401) => {
                tokens.discard(&token);
                let token = tokens.header(deadline).await?;
                self.attempt(question, Some(&token), deadline).await
            }
            outcome => outcome,
        }
    }

    async fn attempt(
        &self,
        question: &Question,
        token: Option<&HeaderValue>,
        deadline: Instant,
    ) -> Result<Success, RegistryError> {
        let ask = |index: usize| async move {
            let place = &self.places[index];
            let outcome = self.once(place, question, token.or(place.authorization.as_ref())).await;
            outcome.map_err(|mut error| {
                error.failure_mut().hide(&place.secrets);
                error.failure_mut().hide(token.and_then(Secret::of_header).as_slice());
                error
            })
        };
        self.addresses.ask(&self.patience, deadline, ask).await
    }

    /// Asks one address once; redirects within its origin are part of it.
    async fn once(
        &self,
        place: &Place,
        question: &Question,
        authorization: Option<&HeaderValue>,
    ) -> Result<Success, RegistryError> {
        let broken = |error| answer::no_answer(&place.address, &error, &self.circumstances);
        let mut url = Url::parse(&format!("{}{}", place.address, question.path)).map_err(|error| {
            let reason = format!("the request cannot be built: {error}");
            RegistryError::InvalidSchema(RegistryFailure::new(&place.address, reason))
        })?;
        let mut redirects = 0;
        let response = loop {
            let request = request(question, authorization, url.clone());
            let response = self.client.execute(request).await.map_err(broken)?;
            match redirect::followed(&url, &question.method, response.status(), header(&response, &LOCATION)) {
                Some(next) if redirects < MAX_REDIRECTS => url = next,
                _ => break response,
            }
            redirects += 1;
        };
        let status = response.status();
        let unfollowed = status.is_redirection().then(|| {
            let location = header(&response, &LOCATION);
            Unfollowed {
                target: location.map(str::to_owned),
                hint: redirect::hint(&url, location),
            }
        });
        let retry_after = header(&response, &RETRY_AFTER)
            .and_then(|value| retry_after::parse(value, SystemTime::now()))
            .filter(|_| !status.is_success());
        let (body, whole) = read(response, MAX_BODY_BYTES).await.map_err(broken)?;
        let answer = Answer {
            status,
            unfollowed,
            retry_after,
            body: &body,
            whole,
            authenticated: authorization.is_some(),
            expected: question.expected,
        };
        let value = answer::classify(&place.address, &answer).map_err(|error| {
            // Servers repeat requests that they find fault with. What is hidden must be so before the text is shortened:
            // the half of a secret that is left would not be found.
            let body = hidden(String::from_utf8_lossy(&body).into_owned(), &place.secrets);
            let body = hidden(body, authorization.and_then(Secret::of_header).as_slice());
            let answer = Answer {
                body: body.as_bytes(),
                ..answer
            };
            answer::classify(&place.address, &answer).err().unwrap_or(error)
        })?;
        Ok(Success { status, body, value })
    }
}

fn request(question: &Question, authorization: Option<&HeaderValue>, url: Url) -> Request {
    let mut request = Request::new(question.method.clone(), url);
    if let Some(body) = &question.body {
        *request.body_mut() = Some(body.clone().into());
        request.headers_mut().insert(CONTENT_TYPE, MEDIA_TYPE);
    }
    if let Some(authorization) = authorization {
        request.headers_mut().insert(AUTHORIZATION, authorization.clone());
    }
    request
}

/// The body as far as the limit goes, decompressed, and whether that is all of it.
async fn read(mut response: Response, max_bytes: usize) -> Result<(Vec<u8>, bool), reqwest::Error> {
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() > max_bytes => return Ok((body, false)),
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => return Ok((body, true)),
            // The status of a refusal has said enough; only a success needs its body.
            Err(_) if !response.status().is_success() => return Ok((body, false)),
            Err(error) => return Err(error),
        }
    }
}

fn header<'a>(response: &'a Response, name: &HeaderName) -> Option<&'a str> {
    response.headers().get(name).and_then(|value| value.to_str().ok())
}
