//! What the user says of the registry's place: its address, and who we are there.
//!
//! The only file that sees credentials as text. It hands them on as a header value marked sensitive, and no error of it
//! repeats them.

use std::fmt;

use ::http::HeaderValue;
use percent_encoding::percent_decode_str;
use reqwest::Url;

use crate::error::ConfigError;

/// Who we are at the registry.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Credentials {
    /// User and password (an API key and its secret).
    Basic {
        /// The user.
        user: String,
        /// The password.
        password: String,
    },
    /// A token that somebody else keeps fresh.
    Bearer(String),
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Basic { .. } => "Basic(..)",
            Self::Bearer(_) => "Bearer(..)",
        })
    }
}

impl Credentials {
    /// The `Authorization` header, marked sensitive so that no `Debug` shows it.
    ///
    /// Implements: RFC 7617 section 2, RFC 6750 section 2.1.
    pub(super) fn header(&self, client: &reqwest::Client, url: &Url) -> Result<HeaderValue, ConfigError> {
        let mut value = match self {
            Self::Basic { user, password } => {
                if user.contains(':') {
                    return Err(refused("the user of basic_auth must not contain a colon"));
                }
                // reqwest knows base64; the request is never sent.
                let request = client.get(url.clone()).basic_auth(user, Some(password)).build();
                let header = request
                    .ok()
                    .and_then(|request| request.headers().get(::http::header::AUTHORIZATION).cloned());
                header.ok_or_else(|| refused("user and password of basic_auth do not fit into a header"))?
            }
            Self::Bearer(token) if token.is_empty() => return Err(refused("the token of bearer_token is empty")),
            Self::Bearer(token) => HeaderValue::from_str(&format!("Bearer {token}")).map_err(|_| {
                refused("the token of bearer_token has a character that no header takes (a line break at its end?)")
            })?,
        };
        value.set_sensitive(true);
        Ok(value)
    }
}

/// The base address and, if the URL had them, user and password.
pub(super) fn parse_address(raw: &str) -> Result<(Url, Option<Credentials>), ConfigError> {
    let raw = raw.trim();
    if raw.is_empty() {
        return Err(refused(
            "the address is empty; write one like http://localhost:8081".to_owned(),
        ));
    }
    let mut url = Url::parse(raw).map_err(|error| {
        refused(format!(
            "{} is not a URL: {error}; write one like http://localhost:8081",
            without_userinfo(raw)
        ))
    })?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(refused(format!(
            "{} has neither http nor https in front; write one like http://localhost:8081",
            without_userinfo(raw)
        )));
    }
    if url.host_str().is_some_and(|host| host.contains(',')) {
        return Err(refused(
            "a list of addresses is not supported; give one, for example that of a load balancer",
        ));
    }
    if url.query().is_some() || url.fragment().is_some() {
        // Not repeated: a query may hold an API key.
        return Err(refused("the address must not have a query or a fragment"));
    }
    let credentials = userinfo(&url)?;
    if credentials.is_some() {
        // Cannot fail: an http URL has a host.
        let _ = url.set_password(None);
        let _ = url.set_username("");
    }
    Ok((url, credentials))
}

/// User and password of the URL, decoded.
fn userinfo(url: &Url) -> Result<Option<Credentials>, ConfigError> {
    if url.username().is_empty() && url.password().is_none() {
        return Ok(None);
    }
    let decoded = |text: &str| {
        let text = percent_decode_str(text).decode_utf8();
        text.map(std::borrow::Cow::into_owned)
            .map_err(|_| refused("user or password in the URL is not UTF-8 once percent-decoded"))
    };
    Ok(Some(Credentials::Basic {
        user: decoded(url.username())?,
        password: decoded(url.password().unwrap_or_default())?,
    }))
}

/// The text that was given for a URL, less whatever could be user and password.
fn without_userinfo(raw: &str) -> String {
    let start = raw.find("://").map_or(0, |at| at + 3);
    match raw.rfind('@') {
        Some(end) if end >= start => format!("{}…{}", &raw[..start], &raw[end..]),
        // No slashes, so that nobody knows where the credentials begin.
        Some(end) => format!("…{}", &raw[end..]),
        None => raw.to_owned(),
    }
}

/// The registry's setting cannot be used, for this reason.
pub(super) fn refused(reason: impl Into<String>) -> ConfigError {
    ConfigError::Invalid {
        setting: "registry".to_owned(),
        reason: reason.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, expected: &str) {
        let actual = match parse_address(raw) {
            Ok((url, None)) => format!("{url}"),
            Ok((url, Some(Credentials::Basic { user, password }))) => format!("{url} as {user} / {password}"),
            Ok((_, Some(Credentials::Bearer(_)))) => unreachable!("a URL carries no token"),
            Err(error) => format!("{error}"),
        };
        assert_eq!(actual, expected, "{raw}");
    }

    #[test]
    fn addresses_are_taken_apart() {
        check("http://localhost:8081", "http://localhost:8081/");
        check(
            " https://r.example/apis/ccompat/v7/ ",
            "https://r.example/apis/ccompat/v7/",
        );
        check(
            "http://key:s%3Acr%40t@r.example:8081",
            "http://r.example:8081/ as key / s:cr@t",
        );
        check("http://key@r.example", "http://r.example/ as key / ");
    }

    #[test]
    fn what_is_no_address_is_refused_without_its_credentials() {
        check(
            "localhost:8081",
            "registry: localhost:8081 has neither http nor https in front; write one like http://localhost:8081",
        );
        check(
            "",
            "registry: the address is empty; write one like http://localhost:8081",
        );
        check(
            "ftp://u:secret@h",
            "registry: ftp://…@h has neither http nor https in front; write one like http://localhost:8081",
        );
        check(
            "http://u:secret@h:99999",
            "registry: http://…@h:99999 is not a URL: invalid port number; write one like http://localhost:8081",
        );
        check(
            "u:secret@h:8081",
            "registry: …@h:8081 has neither http nor https in front; write one like http://localhost:8081",
        );
        check(
            "http://a,b:8081",
            "registry: a list of addresses is not supported; give one, for example that of a load balancer",
        );
        check(
            "http://a?token=secret",
            "registry: the address must not have a query or a fragment",
        );
    }

    #[test]
    fn credentials_are_not_shown() {
        let basic = Credentials::Basic {
            user: "alice".into(),
            password: "secret".into(),
        };
        assert_eq!(
            format!("{basic:?} {:?}", Credentials::Bearer("secret".into())),
            "Basic(..) Bearer(..)"
        );
    }
}
