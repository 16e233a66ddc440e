//! Which values are secrets, and how a value is shown without them.
//!
//! Rather hides too much: a path that is not shown costs a look into the file, a password in a log costs a new password.

use std::borrow::Cow;

const HIDDEN: &str = "***";

/// What a key contains whose value is a secret or may hold one.
const SECRET_PARTS: &[&str] = &[
    "password",
    "passphrase",
    "secret",
    "token",
    "jaas",
    "user.info",
    ".key",
    "request.header.",
    "oauthbearer.config",
    "oauthbearer.extensions",
];

/// Whether the value under this key is never to be shown.
pub(crate) fn is_secret(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    key.ends_with(".pem") || SECRET_PARTS.iter().any(|part| key.contains(part))
}

/// The value as it may be shown: whole, hidden, or a URL without user, password and query.
pub(super) fn shown<'a>(key: &str, value: &'a str) -> Cow<'a, str> {
    // A key in PEM may have been put where its file should be named.
    if is_secret(key) || value.contains("-----BEGIN ") {
        return HIDDEN.into();
    }
    let of_urls = key.to_ascii_lowercase();
    if value.contains("://") || of_urls.contains("url") || of_urls.contains("proxy") {
        return without_credentials(value).into();
    }
    value.into()
}

/// The value where it should be a path: shown even under a key whose values are secrets, but not with credentials in it.
pub(super) fn shown_path(value: &str) -> Cow<'_, str> {
    if value.contains("://") {
        return without_credentials(value).into();
    }
    value.into()
}

/// A URL, or several, without what stands before an `@` or behind a `?`.
fn without_credentials(value: &str) -> String {
    let urls: Vec<Cow<'_, str>> = value.split("://").map(without_userinfo).collect();
    let text = urls.join("://");
    match text.split_once('?') {
        Some((address, _)) => format!("{address}?{HIDDEN}"),
        None => text,
    }
}

/// A password may hold any character, also a slash or a comma, so the last `@` counts.
fn without_userinfo(text: &str) -> Cow<'_, str> {
    match text.rsplit_once('@') {
        Some((_, host)) => format!("{HIDDEN}@{host}").into(),
        None => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(key: &str, value: &str, expected: &str) {
        assert_eq!(shown(key, value), expected, "{key}");
    }

    #[test]
    fn secrets_are_hidden() {
        for key in [
            "sasl.password",
            "SSL.KEY.PASSWORD",
            "bearer.auth.client.secret",
            "bearer.auth.token",
            "sasl.oauthbearer.assertion.private.key.passphrase",
            "sasl.jaas.config",
            "ssl.key.pem",
            "https.ca.pem",
            "schema.registry.basic.auth.user.info",
            "schema.registry.ssl.keystore.key",
            "request.header.Authorization",
        ] {
            check(key, "canary", "***");
        }
    }

    #[test]
    fn urls_are_shown_without_credentials() {
        let url = "schema.registry.url";
        check(url, "http://a:8081", "http://a:8081");
        check(url, "http://u:p@a:8081,https://b/x", "http://***@a:8081,https://b/x");
        check(url, "http://u:p/,@?x@a,http://v:q@b", "http://***@a,http://***@b");
        check(url, "https://a?apikey=canary", "https://a?***");
        check(url, "u:canary@a:8081", "***@a:8081");
        check("schema.registry.proxy", "u:canary@proxy:3128", "***@proxy:3128");
        check("client.id", "me@home", "me@home");
        check("ssl.ca.location", "-----BEGIN PRIVATE KEY-----canary", "***");
        check("no.such.thing", "http://u:canary@a", "http://***@a");
    }
}
