//! The middleware that takes a request of schema_registry_converter away from it and runs it here.
//!
//! That crate knows one address; [`Http`] puts the path behind each of ours in turn.

use std::sync::Arc;

use ::http::{Extensions, Method};
use async_trait::async_trait;
use reqwest::{Client, ClientBuilder, Request, Response, Url};
use reqwest_middleware::{Middleware, Next};

use super::tls;
use super::{Http, Question};
use crate::error::ConfigError;
use crate::registry::answer::Expected;

/// Runs each request on our client and never on the one that schema_registry_converter made for itself.
pub(crate) struct Gate(pub(crate) Arc<Http>);

#[async_trait]
impl Middleware for Gate {
    async fn handle(
        &self,
        mut request: Request,
        _: &mut Extensions,
        _: Next<'_>,
    ) -> reqwest_middleware::Result<Response> {
        // The crate posts only to register and to look up. Without this, Apicurio 3.0.9 makes a version for each layout
        // of a text.
        if request.method() == Method::POST && self.0.normalize() {
            request.url_mut().query_pairs_mut().append_pair("normalize", "true");
        }
        let question = self.question(&request);
        let success = (self.0.execute(&question).await).map_err(reqwest_middleware::Error::middleware)?;
        let mut rebuilt = ::http::Response::new(success.body);
        *rebuilt.status_mut() = success.status;
        Ok(Response::from(rebuilt))
    }
}

impl Gate {
    fn question(&self, request: &Request) -> Question {
        let path = behind(&self.0.places[0].url, request.url());
        // What the crate gets from these two addresses are lists.
        let plain = request.url().path();
        let lists = plain.ends_with("/subjects") || plain.ends_with("/versions");
        let expected = if request.method() == Method::GET && lists {
            Expected::Array
        } else {
            Expected::Object
        };
        Question {
            method: request.method().clone(),
            path,
            body: (request.body().and_then(reqwest::Body::as_bytes)).map(<[u8]>::to_vec),
            expected,
        }
    }
}

/// What stands behind the base address, query included.
fn behind(base: &Url, url: &Url) -> String {
    let path = url.path();
    let path = path.strip_prefix(base.path().trim_end_matches('/')).unwrap_or(path);
    match url.query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    }
}

/// A builder for the client that schema_registry_converter insists on having; it sends nothing, so it trusts nobody.
pub(crate) fn idle_client() -> Result<ClientBuilder, ConfigError> {
    Ok(Client::builder().tls_backend_preconfigured(tls::nobody()?).no_proxy())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail by a panic")]
mod tests {
    use super::*;

    #[test]
    fn the_path_goes_behind_every_address() {
        let check = |base: &str, url: &str, expected: &str| {
            assert_eq!(behind(&Url::parse(base).unwrap(), &Url::parse(url).unwrap()), expected);
        };
        check("http://a", "http://a/subjects", "/subjects");
        check(
            "http://a/v7/",
            "http://a/v7/subjects/a%2Fb?deleted=false&normalize=true",
            "/subjects/a%2Fb?deleted=false&normalize=true",
        );
        check("http://a/v7", "http://a/v7/v7/x", "/v7/x");
    }
}
