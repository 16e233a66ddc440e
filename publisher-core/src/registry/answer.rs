//! What an HTTP answer means: HTTP status first, the registry's `error_code` second.
//!
//! Pure: sends nothing. Every text here is one that a user may read in a log, so none repeats a request's headers.
//!
//! Implements: Confluent Schema Registry REST API, error codes; Apicurio's Confluent-compatible API, which answers 409
//! where Confluent answers 40901.

mod absent;

pub(super) use self::absent::{Circumstances, no_answer};

use std::error::Error;
use std::time::Duration;

use ::http::StatusCode;
use serde_json::Value;

use super::error::{RegistryError, RegistryErrorCode, RegistryFailure};

/// No answer of a registry is larger, once decompressed; a schema of this size could not be published with anyway.
pub(super) const MAX_BODY_BYTES: usize = 4 * 1024 * 1024;
/// What to do about a 407, whoever says it.
const PROXY_HINT: &str =
    "a proxy on the way wants credentials of its own: write user and password into the URL of proxy";
/// A registry's reason is kept to this length; Confluent repeats whole schemas in it.
const MAX_REASON_BYTES: usize = 8 * 1024;
/// How much of an answer that is not a registry's is repeated.
const MAX_SNIPPET_BYTES: usize = 120;

/// An answer as it arrived, its body read up to the limit.
pub(super) struct Answer<'a> {
    /// The HTTP status.
    pub(super) status: StatusCode,
    /// If it is a redirect: that it was not followed.
    pub(super) unfollowed: Option<Unfollowed>,
    /// How long the registry wants to be left alone.
    pub(super) retry_after: Option<Duration>,
    /// The body, decompressed.
    pub(super) body: &'a [u8],
    /// Whether the body is all that was sent.
    pub(super) whole: bool,
    /// Whether the request had credentials.
    pub(super) authenticated: bool,
    /// What a success has in its body.
    pub(super) expected: Expected,
}

/// A redirect that leads nowhere.
#[derive(Clone)]
pub(super) struct Unfollowed {
    /// Its `Location` as it came.
    pub(super) target: Option<String>,
    /// Why, and what to do.
    pub(super) hint: &'static str,
}

/// What a call promises to answer, as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    /// An object: most calls.
    Object,
    /// An array: the calls that list subjects or versions.
    Array,
}

impl Expected {
    fn holds(self, value: &Value) -> bool {
        match self {
            Self::Object => value.is_object(),
            Self::Array => value.is_array(),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Object => "an object",
            Self::Array => "an array",
        }
    }
}

/// What a success has in its body, if it is what the call promises; else what the answer means.
pub(super) fn classify(address: &str, answer: &Answer<'_>) -> Result<Value, RegistryError> {
    let status = answer.status;
    if status.is_success() {
        if !answer.whole {
            let reason = format!("answer is larger than {MAX_BODY_BYTES} bytes");
            return Err(RegistryError::BadAnswer(bad(address, answer, &reason)));
        }
        return match serde_json::from_slice::<Value>(answer.body) {
            Ok(value) if answer.expected.holds(&value) => match bad_id(&value) {
                None => Ok(value),
                Some(reason) => Err(RegistryError::BadAnswer(bad(address, answer, &reason))),
            },
            Ok(_) => {
                let reason = format!("answer is JSON but not {}", answer.expected.name());
                Err(RegistryError::BadAnswer(bad(address, answer, &reason)))
            }
            Err(error) if starts_like_json(answer.body) => Err(RegistryError::BadAnswer(bad(
                address,
                answer,
                &format!("answer is cut or broken JSON: {error}"),
            ))),
            Err(_) => Err(RegistryError::BadAnswer(
                bad(address, answer, &without_words(answer.body))
                    .hint("a proxy, a login page or another service may answer at this address"),
            )),
        };
    }
    if let Some(redirect) = &answer.unfollowed {
        let reason = match &redirect.target {
            Some(target) => format!("redirects to {}", plain(target)),
            None => "redirects".to_owned(),
        };
        return Err(RegistryError::BadAnswer(
            bad(address, answer, &reason).hint(redirect.hint),
        ));
    }

    let (code, _) = registry_words(answer.body);
    let reason = said(answer.body);
    let mut failure = RegistryFailure::new(address, reason)
        .status(status.as_u16())
        .with_retry_after(answer.retry_after);
    if let Some(code) = code {
        failure = failure.error_code(code);
    }
    Err(match status.as_u16() {
        401 if !answer.authenticated => {
            RegistryError::Unauthorised(failure.hint("no credentials are set: give the registry's user and password, or a token"))
        }
        401 => RegistryError::Unauthorised(failure.hint("check the registry's user and password, or its token")),
        403 => RegistryError::Unauthorised(failure.hint("these credentials may not do this; ask for the permission on the subject")),
        407 => RegistryError::Unauthorised(failure.hint(PROXY_HINT)),
        409 => RegistryError::Incompatible(
            failure.hint("change the schema so that the subject's level allows it (under BACKWARD a new field needs a default)"),
        ),
        // 40401, 40402, 40403: the registry knows the question and says no. Anything else says that the question
        // reached no registry.
        404 | 405 | 410 if failure.is_of_registry() => RegistryError::NotFound(failure),
        404 | 405 | 410 => RegistryError::NotFound(
            failure.hint("this is no registry's own code: the path in its address may be wrong (Apicurio's ends in /apis/ccompat/v7)"),
        ),
        422 if code == Some(42_205) => RegistryError::ReadOnly(
            failure.hint("look the schema up instead of registering it, or have the registry's mode changed"),
        ),
        408 | 429 | 500..=599 => RegistryError::Unreachable(failure),
        _ => RegistryError::InvalidSchema(failure),
    })
}

/// A 2xx that is not what the API promises.
pub(super) fn unreadable(address: &str, reason: impl Into<String>) -> RegistryError {
    RegistryError::BadAnswer(RegistryFailure::new(address, reason))
}

/// Why the id in an answer is none. The frame's four bytes are read as a signed number by Java.
fn bad_id(value: &Value) -> Option<String> {
    let id = value.get("id")?;
    let fits = id.as_i64().is_some_and(|id| (1..=i64::from(i32::MAX)).contains(&id));
    let shown = || shortened(&id.to_string(), MAX_SNIPPET_BYTES);
    (!fits).then(|| format!("answer has the id {}; ids are numbers from 1 to {}", shown(), i32::MAX))
}

/// The last cause in the chain: the operating system's or the TLS library's own words.
pub(super) fn deepest<'a>(error: &'a (dyn Error + 'static)) -> &'a (dyn Error + 'static) {
    let mut deepest = error;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    deepest
}

fn bad(address: &str, answer: &Answer<'_>, reason: &str) -> RegistryFailure {
    RegistryFailure::new(address, reason).status(answer.status.as_u16())
}

/// What a refusal says: its own words, else what its code means, else what stands there instead.
pub(super) fn said(body: &[u8]) -> String {
    match registry_words(body) {
        (_, Some(words)) => words,
        (Some(code), None) => RegistryErrorCode::from(code).meaning().to_owned(),
        (None, None) => without_words(body),
    }
}

/// `error_code` and the registry's own words, if the body is a JSON object.
fn registry_words(body: &[u8]) -> (Option<u32>, Option<String>) {
    let Ok(Value::Object(object)) = serde_json::from_slice::<Value>(body) else {
        return (None, None);
    };
    let code = object
        .get("error_code")
        .and_then(Value::as_u64)
        .and_then(|code| u32::try_from(code).ok())
        .filter(|code| *code != 0);
    // `message` is the API's; the others are what gateways and RFC 9457 write.
    let words = ["message", "detail", "error_description", "error", "title"];
    let message = words
        .iter()
        .find_map(|word| object.get(*word).and_then(Value::as_str))
        .filter(|message| !message.is_empty());
    // An error's text is one clause; hints may follow.
    let message = message.map(|message| shortened(message.trim_end().trim_end_matches('.'), MAX_REASON_BYTES));
    (code, message)
}

fn starts_like_json(body: &[u8]) -> bool {
    matches!(body.trim_ascii_start().first(), Some(b'{' | b'['))
}

/// Says what stands in the body instead of words that we know.
fn without_words(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return "answer is empty".to_owned();
    }
    let what = if text.starts_with('<') {
        "answer is HTML or XML"
    } else if serde_json::from_slice::<Value>(body).is_ok() {
        "answer has no message"
    } else {
        "answer is not JSON"
    };
    format!("{what}: {}", shortened(&text, MAX_SNIPPET_BYTES))
}

/// A redirect's target without userinfo, query and fragment: any of them may hold a secret.
fn plain(location: &str) -> String {
    let location = location.split(['?', '#']).next().unwrap_or_default();
    match (location.find("://"), location.rfind('@')) {
        (Some(scheme), Some(at)) if at > scheme => format!("{}://{}", &location[..scheme], &location[at + 1..]),
        _ => location.to_owned(),
    }
}

fn shortened(text: &str, max_bytes: usize) -> String {
    if text.len() <= max_bytes {
        return text.to_owned();
    }
    let mut end = max_bytes;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}…", &text[..end])
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail by a panic")]
mod tests;
