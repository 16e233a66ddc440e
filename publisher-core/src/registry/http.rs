//! The one HTTP client behind every registry call: connection pool, limits, TLS, headers, typed failures.
//!
//! schema_registry_converter builds the requests and reads the answers; [`Gate`] stands between as its middleware and
//! runs them here, so that its own idea of a failure (a text) never arises. For calls that it lacks there is
//! [`Http::ask`]. Knows no schema and no subject.

use std::sync::Arc;
use std::time::Duration;

use ::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION};
use ::http::{Extensions, Method, StatusCode};
use async_trait::async_trait;
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder, Request, Response, Url};
use reqwest_middleware::{Middleware, Next};
use rustls_platform_verifier::BuilderVerifierExt;
use serde_json::Value;

use super::answer::{self, Answer, Expected};
use super::auth::{Credentials, refused};
use super::error::{RegistryError, RegistryFailure};
use crate::error::ConfigError;

/// The media type of the API, asked for and sent.
const MEDIA_TYPE: HeaderValue = HeaderValue::from_static("application/vnd.schemaregistry.v1+json");
/// No answer of a registry is larger; a schema of this size could not be published with anyway.
const MAX_BODY_BYTES: usize = 4 * 1024 * 1024;

/// Our reqwest client with what its errors must name.
pub(super) struct Http {
    client: Client,
    address: String,
    authorization: Option<HeaderValue>,
    connect_timeout: Duration,
    request_timeout: Duration,
}

impl Http {
    /// A client for the registry at `url`, which has no credentials in it.
    pub(super) fn new(
        url: &Url,
        credentials: Option<&Credentials>,
        connect_timeout: Duration,
        request_timeout: Duration,
    ) -> Result<Self, ConfigError> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, MEDIA_TYPE);
        // Asks old servers to ignore what newer clients send.
        headers.insert(
            HeaderName::from_static("confluent-accept-unknown-properties"),
            HeaderValue::from_static("true"),
        );
        let client = Client::builder()
            .tls_backend_preconfigured(tls(url.scheme() == "https")?)
            // A proxy in the environment would see the credentials without anybody having asked for it.
            .no_proxy()
            .redirect(Policy::none())
            .referer(false)
            .connect_timeout(connect_timeout)
            .timeout(request_timeout)
            .user_agent(concat!("publisher-core/", env!("CARGO_PKG_VERSION")))
            .default_headers(headers)
            .build()
            .map_err(|error| refused(format!("the HTTP client cannot be built: {}", answer::deepest(&error))))?;
        let authorization = credentials
            .map(|credentials| credentials.header(&client, url))
            .transpose()?;
        let address = url.as_str().trim_end_matches('/').to_owned();
        Ok(Self {
            client,
            address,
            authorization,
            connect_timeout,
            request_timeout,
        })
    }

    /// The registry's address without credentials and without a slash at its end.
    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// Makes one call and gives the JSON object of its answer. `path` begins with a slash; what is not ours in it is
    /// percent-encoded already.
    pub(super) async fn ask(&self, method: Method, path: &str, body: Option<&str>) -> Result<Value, RegistryError> {
        let mut request = self.client.request(method, format!("{}{path}", self.address));
        if let Some(body) = body {
            request = request.header(CONTENT_TYPE, MEDIA_TYPE).body(body.to_owned());
        }
        let request = request.build().map_err(|error| {
            let reason = format!("the request cannot be built: {}", answer::deepest(&error));
            RegistryError::InvalidSchema(RegistryFailure::new(&self.address, reason))
        })?;
        Ok(self.execute(request, Expected::Object).await?.value)
    }

    /// Sends the request once; `Ok` is a 2xx whose body is the JSON that the call promises, read whole.
    async fn execute(&self, mut request: Request, expected: Expected) -> Result<Success, RegistryError> {
        if let Some(authorization) = &self.authorization {
            request.headers_mut().insert(AUTHORIZATION, authorization.clone());
        }
        let broken = |error: reqwest::Error| {
            answer::no_answer(&self.address, &error, self.connect_timeout, self.request_timeout)
        };
        let mut response = self.client.execute(request).await.map_err(broken)?;
        let mut body = Vec::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if body.len() + chunk.len() > MAX_BODY_BYTES => {
                    return Err(answer::unreadable(
                        &self.address,
                        format!("answer is larger than {MAX_BODY_BYTES} bytes"),
                    ));
                }
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Ok(None) => break,
                // The status of a refusal has said enough; only a success needs its body.
                Err(_) if !response.status().is_success() => break,
                Err(error) => return Err(broken(error)),
            }
        }
        let location = response
            .headers()
            .get(LOCATION)
            .and_then(|location| location.to_str().ok());
        let authenticated = self.authorization.is_some();
        let value = answer::classify(
            &self.address,
            &Answer {
                status: response.status(),
                location,
                body: &body,
                authenticated,
                expected,
            },
        )?;
        Ok(Success {
            status: response.status(),
            body,
            value,
        })
    }
}

/// A usable answer: as it came, and as JSON.
struct Success {
    status: StatusCode,
    body: Vec<u8>,
    value: Value,
}

/// The middleware that runs a request on our client and never on the one that schema_registry_converter made for
/// itself.
pub(super) struct Gate(pub(super) Arc<Http>);

#[async_trait]
impl Middleware for Gate {
    async fn handle(
        &self,
        mut request: Request,
        _: &mut Extensions,
        _: Next<'_>,
    ) -> reqwest_middleware::Result<Response> {
        if request.method() == Method::POST {
            // The crate posts only to register and to look up. Without this, Apicurio 3.0.9 makes a version for each
            // layout of a text.
            request.url_mut().query_pairs_mut().append_pair("normalize", "true");
        }
        // What the crate gets from these two addresses are lists.
        let path = request.url().path();
        let lists = path.ends_with("/subjects") || path.ends_with("/versions");
        let expected = if request.method() == Method::GET && lists {
            Expected::Array
        } else {
            Expected::Object
        };
        let success = self
            .0
            .execute(request, expected)
            .await
            .map_err(reqwest_middleware::Error::middleware)?;
        let mut rebuilt = ::http::Response::new(success.body);
        *rebuilt.status_mut() = success.status;
        Ok(Response::from(rebuilt))
    }
}

/// A builder for the client that schema_registry_converter insists on having; it sends nothing, so it trusts nobody.
pub(super) fn idle_client() -> Result<ClientBuilder, ConfigError> {
    Ok(Client::builder().tls_backend_preconfigured(tls(false)?).no_proxy())
}

/// TLS by rustls on ring. The provider is handed over here and not installed for the process: that is the application's
/// to do.
///
/// For https the certificates are verified as the operating system's store says, through the verifier that reqwest
/// would take too (`SSL_CERT_FILE` and `SSL_CERT_DIR` are heeded on Linux). For http nothing is read, so that an image
/// without a certificate store still works; the empty store trusts no one, should a connection ever come to need it.
fn tls(verifies: bool) -> Result<rustls::ClientConfig, ConfigError> {
    let unusable = |error: rustls::Error| {
        refused(format!(
            "TLS cannot be set up: {error}; install the system's certificates (ca-certificates) or set SSL_CERT_FILE"
        ))
    };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(unusable)?;
    let config = if verifies {
        config.with_platform_verifier().map_err(unusable)?
    } else {
        config.with_root_certificates(rustls::RootCertStore::empty())
    };
    Ok(config.with_no_client_auth())
}
