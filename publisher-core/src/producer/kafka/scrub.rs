//! Takes secrets out of librdkafka's texts: its log lines, its errors, and what it writes when `debug` is set.
//!
//! By the values that this client was given, wherever they stand, and by what stands around a secret. Hides rather too
//! much.

use std::borrow::Cow;
use std::sync::{LazyLock, PoisonError, RwLock};

use regex_lite::{Captures, Regex};

use crate::config::is_secret;

const HIDDEN: &str = "***";

/// A value that is shorter says nothing, and taking it out would make texts unreadable.
const MIN_HIDDEN_BYTES: usize = 4;

/// How many access tokens are remembered: the one in use, and those that a line of a slow log may still show.
const TOKENS: usize = 4;

/// What surrounds a secret, and what is left of it.
static PATTERNS: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    let patterns = [
        (
            r"(?s)-----BEGIN [^-]*-----.*?(?:-----END [^-]*-----|$)",
            "-----BEGIN ***",
        ),
        // A password may hold a slash or an `@`.
        (r"://\S*@", "://***@"),
        (r"(?i)\b(bearer|basic) [a-z0-9._~+/=-]{8,}", "$1 ***"),
        // A JWT; its header is a JSON object.
        (r"\beyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){0,4}", "***"),
        (
            r#"(?i)(["']?\b\w*(?:password|passphrase|secret|token)["']?\s*=\s*)("[^"]*"|'[^']*'|[^\s,;&]+)"#,
            "$1***",
        ),
        (
            r#"(?i)("\w*(?:password|passphrase|secret|token)"\s*:\s*)"(?:[^"\\]|\\.)*""#,
            "$1\"***\"",
        ),
    ];
    let compiled = patterns.map(|(pattern, left)| Some((Regex::new(pattern).ok()?, left)));
    compiled.into_iter().flatten().collect()
});

/// A property with its value: a name with dots, then what parts it from the rest of the line.
static PROPERTY: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(\b\w+(?:\.\w+)+)(["'`]?(?:\s*[=:]\s*| beginning at: ))([^\n]+)"#).ok());

/// What must not be in a text.
#[derive(Default)]
pub(crate) struct Scrubber {
    /// Values of properties.
    given: Vec<String>,
    /// The last access tokens.
    tokens: RwLock<Vec<String>>,
}

impl Scrubber {
    /// Hides the values of those of these properties that are secrets.
    pub(crate) fn new(properties: &[(String, String)]) -> Self {
        let secret = properties.iter().filter(|(name, _)| is_secret(name));
        // A file's path is no secret, though a key's or a password's name stands before it.
        let given = secret
            .filter(|(name, _)| !name.ends_with(".location") && !name.ends_with(".file"))
            .map(|(_, value)| value.trim().to_owned())
            .filter(|value| value.len() >= MIN_HIDDEN_BYTES)
            .collect();
        Self {
            given,
            tokens: RwLock::default(),
        }
    }

    /// Hides this token too, and forgets one that is long over.
    #[cfg_attr(not(feature = "sasl"), allow(dead_code, reason = "there are no tokens without it"))]
    pub(crate) fn hide(&self, token: &str) {
        let mut tokens = self.tokens.write().unwrap_or_else(PoisonError::into_inner);
        if token.len() >= MIN_HIDDEN_BYTES && !tokens.iter().any(|known| known == token) {
            if tokens.len() == TOKENS {
                tokens.remove(0);
            }
            tokens.push(token.to_owned());
        }
    }

    /// The text without secrets.
    pub(crate) fn clean<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let mut clean = Cow::Borrowed(text);
        let tokens = self.tokens.read().unwrap_or_else(PoisonError::into_inner);
        for secret in self.given.iter().chain(tokens.iter()) {
            if clean.contains(secret.as_str()) {
                clean = Cow::Owned(clean.replace(secret.as_str(), HIDDEN));
            }
        }
        drop(tokens);
        if let Some(property) = &*PROPERTY {
            let hide = |found: &Captures<'_>| {
                let part = |index| found.get(index).map_or("", |part| part.as_str());
                let value = if is_secret(part(1)) { HIDDEN } else { part(3) };
                format!("{}{}{value}", part(1), part(2))
            };
            let names_a_secret = |text: &str| property.captures_iter(text).any(|found| is_secret(&found[1]));
            if names_a_secret(&clean) {
                clean = Cow::Owned(property.replace_all(&clean, hide).into_owned());
            }
        }
        for (pattern, left) in &*PATTERNS {
            if pattern.is_match(&clean) {
                clean = Cow::Owned(pattern.replace_all(&clean, *left).into_owned());
            }
        }
        clean
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(Scrubber::default().clean(text), expected);
    }

    #[test]
    fn all_patterns_are_patterns() {
        assert_eq!((PATTERNS.len(), PROPERTY.is_some()), (6, true));
    }

    #[test]
    fn what_says_that_it_is_a_secret_is_hidden() {
        check("  sasl.password = canary and more", "  sasl.password = ***");
        check(
            "SSL.KEY.PASSWORD: canary\nclient.id: me",
            "SSL.KEY.PASSWORD: ***\nclient.id: me",
        );
        check(
            "Unrecognized sasl.oauthbearer.config beginning at: principal=canary",
            "Unrecognized sasl.oauthbearer.config beginning at: ***",
        );
        check(
            "sasl.jaas.config=PlainLoginModule required password=\"canary\";",
            "sasl.jaas.config=***",
        );
        check(
            "PlainLoginModule required username=\"u\" password=\"ca na\\ry\";",
            "PlainLoginModule required username=\"u\" password=***;",
        );
        check(
            r#"{"access_token": "can\"ary", "expires_in": 3}"#,
            r#"{"access_token": "***", "expires_in": 3}"#,
        );
        check("POST client_secret=canary&scope=x", "POST client_secret=***&scope=x");
        check(
            "n,,\u{1}auth=Bearer canary.canary\u{1}\u{1}",
            "n,,\u{1}auth=Bearer ***\u{1}\u{1}",
        );
        check("token eyJhbGciOiJub25lIn0.eyJzdWIiOiJjIn0. end", "token *** end");
        check("GET http://user:ca/n@ry@host/x", "GET http://***@host/x");
        check(
            "key: -----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----\nrest",
            "key: -----BEGIN ***\nrest",
        );
        check("-----BEGIN PRIVATE KEY-----\ncanary", "-----BEGIN ***");
    }

    #[test]
    fn what_helps_is_left() {
        for text in [
            "sasl_ssl://localhost:9093/bootstrap: SASL authentication error: Authentication failed (after 300ms in state AUTH_REQ)",
            "Failed to acquire SASL OAUTHBEARER token: https://idp/token, HTTP 401: no access token: invalid_client",
            "Configuration property \"ssl.key.password\" not supported in this build: OpenSSL not available at build time",
            "`sasl.username` and `sasl.password` must be set",
            "client.id = me@home",
            "ssl.ca.location = /etc/ssl/ca.pem",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn values_and_tokens_of_this_client_are_hidden_wherever_they_stand() {
        let property = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let scrubber = Scrubber::new(&[
            property("sasl.password", " correct horse "),
            property("ssl.key.password", "abc"),
            property("client.id", "known"),
        ]);
        assert_eq!(scrubber.clean("no (correct horse) abc known"), "no (***) abc known");
        for number in 0..6 {
            scrubber.hide(&format!("opaque-{number}"));
        }
        assert_eq!(scrubber.clean("opaque-0 opaque-2 opaque-5"), "opaque-0 *** ***");
    }
}
