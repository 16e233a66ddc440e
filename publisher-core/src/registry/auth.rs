//! Who we are at the registry.
//!
//! This file and those in its folder are the only ones that see credentials as text. They hand them on as header values
//! marked sensitive, and no error of theirs repeats them.

mod address;
mod oauth;
mod secret;
mod token;

pub(super) use address::{Address, addresses, take_userinfo, without_userinfo};
pub use oauth::OAuthClient;
pub(super) use secret::{Secret, hidden};
pub(super) use token::{Token, TokenCache};

use ::http::HeaderValue;

use crate::encode::json;
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

    /// The header's value, marked sensitive so that no `Debug` shows it.
    ///
    /// Implements: RFC 7617 section 2, RFC 6750 section 2.1.
    pub(super) fn header(&self) -> Result<HeaderValue, ConfigError> {
        match self {
            Self::Basic { user, .. } if user.expose().contains(':') => Err(refused(
                "a user must not contain a colon, which parts user and password",
            )),
            Self::Basic { user, password } => basic(&format!("{}:{}", user.expose(), password.expose()))
                .ok_or_else(|| refused("user and password do not fit into a header")),
            Self::Bearer(token) if token.expose().is_empty() => Err(refused("the token of bearer_token is empty")),
            Self::Bearer(token) => bearer(token).ok_or_else(|| {
                refused("the token of bearer_token has a character that no header takes (a line break at its end?)")
            }),
        }
    }

    /// What must not come back in any text. A user's name may: registries say who is denied.
    pub(super) fn secret(&self) -> &Secret {
        match self {
            Self::Basic { password, .. } => password,
            Self::Bearer(token) => token,
        }
    }
}

fn basic(pair: &str) -> Option<HeaderValue> {
    // Base64 as a JSON string; a header has it without the quotes.
    let mut text = b"Basic ".to_vec();
    let quoted = {
        let mut quoted = Vec::new();
        json::bytes(pair.as_bytes(), &mut quoted);
        quoted
    };
    text.extend(quoted.into_iter().filter(|byte| *byte != b'"'));
    sensitive(&text)
}

/// The `Authorization` header of a token; `None` if it has a character that no header takes.
pub(super) fn bearer(token: &Secret) -> Option<HeaderValue> {
    sensitive(format!("Bearer {}", token.expose()).as_bytes())
}

fn sensitive(text: &[u8]) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_bytes(text).ok()?;
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
