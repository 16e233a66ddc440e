//! What comes between a caller and the store: who may call, which answers are scripted, which calls came.
//!
//! Knows no endpoint.

use std::collections::VecDeque;
use std::sync::Mutex;

use hyper::Method;
use hyper::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, WWW_AUTHENTICATE};

use super::{EmbeddedRegistry, lock};

impl EmbeddedRegistry {
    /// The calls that have come, in their order: method and path, such as `POST /subjects/orders-value/versions`. The path
    /// is percent-encoded as it came; the query is not told.
    ///
    /// Those of [`fail_next`](Self::fail_next) and those without credentials count too.
    #[must_use]
    pub fn calls(&self) -> Vec<String> {
        lock(&self.state.callers.calls).clone()
    }

    /// How many HTTP calls have come: those of [`calls`](Self::calls).
    #[must_use]
    pub fn requests(&self) -> usize {
        lock(&self.state.callers.calls).len()
    }

    /// Answers the next `times` calls, whatever they are, with this status and body, and changes nothing.
    ///
    /// A body that begins with `<` goes out as `text/html`, any other under the registry's own type. Scripts are played
    /// one after the other. Thus `(1, 200, "<html>…")` is a login page, `(1, 401, "")` a refusal, `(1, 409,
    /// r#"{"error_code":40901,"message":"…"}"#)` an incompatible schema, `(1, 200, r#"{"id":"#)` a cut answer.
    ///
    /// # Panics
    /// If `status` is not from 200 to 999.
    pub fn fail_next(&self, times: usize, status: u16, body: impl Into<String>) {
        self.fail_next_with(times, status, &[], body);
    }

    /// As [`fail_next`](Self::fail_next), with these headers. Thus `(1, 429, &[("Retry-After", "2")], "")` asks for
    /// patience, `(1, 302, &[("Location", "https://elsewhere")], "")` leads away.
    ///
    /// # Panics
    /// If `status` is not from 200 to 999, or a header has a name or a value that HTTP does not allow.
    pub fn fail_next_with(&self, times: usize, status: u16, headers: &[(&str, &str)], body: impl Into<String>) {
        assert!((200..=999).contains(&status), "{status} is no HTTP status of an answer");
        let body = body.into();
        let mut all = HeaderMap::new();
        if body.trim_start().starts_with('<') {
            all.insert(CONTENT_TYPE, HeaderValue::from_static("text/html"));
        }
        for (name, value) in headers {
            match (HeaderName::try_from(*name), HeaderValue::try_from(*value)) {
                (Ok(name), Ok(value)) => drop(all.insert(name, value)),
                _ => panic!("{name:?}: {value:?} is no HTTP header"),
            }
        }
        let answer = Scripted {
            status,
            headers: all,
            body,
        };
        lock(&self.state.callers.scripted).extend(std::iter::repeat_n(answer, times));
    }

    /// Takes calls from now on only with this user and password; others are answered 401. A second call of this or of
    /// [`require_bearer`](Self::require_bearer) adds credentials that are taken as well.
    pub fn require_basic(&self, user: &str, password: &str) {
        self.require(format!("Basic {}", base64(format!("{user}:{password}").as_bytes())));
    }

    /// Takes calls from now on only with this token; others are answered 401. See
    /// [`require_basic`](Self::require_basic).
    pub fn require_bearer(&self, token: &str) {
        self.require(format!("Bearer {token}"));
    }

    fn require(&self, authorization: String) {
        lock(&self.state.callers.credentials).push(authorization);
    }
}

/// What the server's thread and the owner share of it.
#[derive(Default)]
pub(super) struct Callers {
    calls: Mutex<Vec<String>>,
    scripted: Mutex<VecDeque<Scripted>>,
    /// Each a value of `Authorization`; none lets all in.
    credentials: Mutex<Vec<String>>,
}

impl Callers {
    pub(super) fn record(&self, method: &Method, path: &str) {
        lock(&self.calls).push(format!("{method} {path}"));
    }

    /// The answer that a call gets in the place of the store's, if it gets one.
    pub(super) fn instead(&self, authorization: Option<&HeaderValue>) -> Option<Scripted> {
        if let Some(scripted) = lock(&self.scripted).pop_front() {
            return Some(scripted);
        }
        let credentials = lock(&self.credentials);
        let known = |value: &HeaderValue| credentials.iter().any(|known| known.as_bytes() == value.as_bytes());
        if credentials.is_empty() || authorization.is_some_and(known) {
            return None;
        }
        let mut headers = HeaderMap::new();
        headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"registry\""));
        Some(Scripted {
            status: 401,
            headers,
            body: r#"{"error_code":401,"message":"Unauthorized"}"#.to_owned(),
        })
    }
}

/// An answer that does not come from the store.
#[derive(Clone)]
pub(super) struct Scripted {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            // So many digits as there are bytes, and one more; the rest is padding.
            text.push(match place <= three.len() {
                true => char::from(DIGITS[(bits >> (18 - 6 * place) & 63) as usize]),
                false => '=',
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    /// Implements: RFC 4648, section 10, test vectors.
    #[test]
    fn base64_has_padding() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}
