//! A text that nobody may see, and how it is taken out of texts that others wrote.
//!
//! Knows nothing of what the text is for.

use std::fmt;

use ::http::HeaderValue;

/// A text that is shorter says nothing, and taking it out of others would make them unreadable.
const MIN_HIDDEN_BYTES: usize = 4;

/// A password, a token, a private key: neither `Debug` nor anything else shows it, and it has no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Secret(String);

impl Secret {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// What stands behind the scheme in an `Authorization` header: a token, or base64.
    pub(crate) fn of_header(value: &HeaderValue) -> Option<Self> {
        let text = value.to_str().ok()?;
        text.split_once(' ').map(|(_, secret)| Self::new(secret))
    }

    /// The text itself, for the one place that sends it.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// A text that somebody else wrote, such as a server that shows the request which it did not like, without these secrets.
pub(crate) fn hidden(text: String, secrets: &[Secret]) -> String {
    let secrets = secrets.iter().map(Secret::expose);
    secrets
        .filter(|secret| secret.len() >= MIN_HIDDEN_BYTES)
        .fold(text, |text, secret| match text.contains(secret) {
            true => text.replace(secret, "***"),
            false => text,
        })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail by a panic")]
mod tests {
    use super::*;

    #[test]
    fn no_format_shows_a_secret() {
        let secret = Secret::new("canary");
        assert_eq!(format!("{secret:?} {secret:#?}"), "*** ***");
        assert_eq!(format!("{:?}", Some(&secret)), "Some(***)");
    }

    #[test]
    fn what_comes_back_is_taken_out() {
        let header = HeaderValue::from_static("Basic YTpjYW5hcnk=");
        let secrets = [
            Secret::new("a"),
            Secret::new("canary"),
            Secret::of_header(&header).unwrap(),
        ];
        let text = "a bad request: Authorization: Basic YTpjYW5hcnk= (canary)".to_owned();
        assert_eq!(hidden(text, &secrets), "a bad request: Authorization: Basic *** (***)");
    }
}
