//! Who we are at the registry.
//!
//! This file and those in its folder are the only ones that see credentials as text. They hand them on as header values
//! marked sensitive, and no error of theirs repeats them.

mod address;
mod secret;

pub(super) use address::{Address, addresses};
pub(super) use secret::Secret;

use ::http::HeaderValue;
use reqwest::Url;

use crate::error::ConfigError;

/// Who we are at the registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Credentials {
    /// User and password (an API key and its secret).
    Basic {
        /// The user.
        user: Secret,
        /// The password.
        password: Secret,
    },
    /// A token that somebody else keeps fresh.
    Bearer(Secret),
}

impl Credentials {
    pub(super) fn basic(user: impl Into<String>, password: impl Into<String>) -> Self {
        Self::Basic {
            user: Secret::new(user),
            password: Secret::new(password),
        }
    }

    pub(super) fn bearer(token: impl Into<String>) -> Self {
        Self::Bearer(Secret::new(token))
    }

    /// What kind it is, for `Debug`.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Basic { .. } => "basic",
            Self::Bearer(_) => "bearer",
        }
    }

    /// The `Authorization` header, marked sensitive so that no `Debug` shows it.
    ///
    /// Implements: RFC 7617 section 2, RFC 6750 section 2.1.
    pub(super) fn header(&self, client: &reqwest::Client, url: &Url) -> Result<HeaderValue, ConfigError> {
        let mut value = match self {
            Self::Basic { user, password } => {
                let (user, password) = (user.expose(), password.expose());
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
            Self::Bearer(token) if token.expose().is_empty() => {
                return Err(refused("the token of bearer_token is empty"));
            }
            Self::Bearer(token) => bearer(token).ok_or_else(|| {
                refused("the token of bearer_token has a character that no header takes (a line break at its end?)")
            })?,
        };
        value.set_sensitive(true);
        Ok(value)
    }
}

/// The `Authorization` header of a token; `None` if it has a character that no header takes.
fn bearer(token: &Secret) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(&format!("Bearer {}", token.expose())).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// The registry's setting cannot be used, for this reason.
pub(super) fn refused(reason: impl Into<String>) -> ConfigError {
    ConfigError::Invalid {
        setting: "registry".to_owned(),
        reason: reason.into(),
    }
}
