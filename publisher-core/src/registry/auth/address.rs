//! The registry's addresses as the user writes them: one URL or several with commas between, perhaps with user and
//! password.
//!
//! An address that is refused is shown without whatever could be user and password.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use reqwest::Url;

use super::{Credentials, refused};
use crate::error::ConfigError;

/// One address of the registry.
#[derive(Debug)]
pub(in crate::registry) struct Address {
    /// The base URL without credentials.
    pub(in crate::registry) url: Url,
    /// Those that the URL had.
    pub(in crate::registry) credentials: Option<Credentials>,
}

impl Address {
    /// The text without a slash at its end, for errors and to put paths behind.
    pub(in crate::registry) fn text(&self) -> &str {
        self.url.as_str().trim_end_matches('/')
    }
}

/// All addresses of these texts, each of which is one URL or several with commas between.
pub(in crate::registry) fn addresses(texts: &[String]) -> Result<Vec<Address>, ConfigError> {
    let listed: Vec<_> = texts.iter().flat_map(|text| split(text)).collect();
    // A comma within a password cuts a URL in two, and its first half no longer looks as if it held one.
    let hidden = listed.len() > 1 && texts.iter().any(|text| text.contains('@'));
    let mut addresses: Vec<Address> = Vec::with_capacity(listed.len());
    for (text, number) in listed.iter().zip(1..) {
        let shown = match hidden {
            true => Cow::Owned(format!("address {number} of the list")),
            false => without_userinfo(text),
        };
        let address = parse(text, &shown)?;
        if addresses.iter().any(|other| other.url == address.url) {
            return Err(refused(format!("{shown} is given twice; name each address once")));
        }
        addresses.push(address);
    }
    if addresses
        .windows(2)
        .any(|pair| pair[0].credentials.is_some() != pair[1].credentials.is_some())
    {
        return Err(refused(
            "some addresses have user and password in them and some have not; write them into each, or use basic_auth for all",
        ));
    }
    Ok(addresses)
}

/// Cuts at each comma that is followed by a scheme, since a comma may stand in a path or a password too.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (comma, _) in text.match_indices(',') {
        let rest = text[comma + 1..].trim_start();
        if rest.starts_with("http://") || rest.starts_with("https://") {
            parts.push(text[start..comma].trim());
            start = comma + 1;
        }
    }
    parts.push(text[start..].trim());
    parts
}

fn parse(raw: &str, shown: &str) -> Result<Address, ConfigError> {
    const EXAMPLE: &str = "write one like http://localhost:8081";
    if raw.is_empty() {
        return Err(refused(format!("the address is empty; {EXAMPLE}")));
    }
    let mut url = Url::parse(raw).map_err(|error| refused(format!("{shown} is not a URL: {error}; {EXAMPLE}")))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(refused(format!(
            "{shown} has neither http nor https in front; {EXAMPLE}"
        )));
    }
    if url.host_str().is_some_and(|host| host.contains(',')) {
        return Err(refused(
            "each address of a list needs http:// or https:// in front, and no comma follows the last one",
        ));
    }
    if url.query().is_some() || url.fragment().is_some() {
        // Not repeated: a query may hold an API key.
        return Err(refused("the address must not have a query or a fragment"));
    }
    let credentials = take_userinfo(&mut url, "the URL")?;
    Ok(Address { url, credentials })
}

/// Takes user and password, decoded, out of a URL that has a host.
pub(in crate::registry) fn take_userinfo(url: &mut Url, what: &str) -> Result<Option<Credentials>, ConfigError> {
    if url.username().is_empty() && url.password().is_none() {
        return Ok(None);
    }
    let decoded = |text: &str| {
        let text = percent_decode_str(text).decode_utf8();
        text.map(Cow::into_owned)
            .map_err(|_| refused(format!("user or password in {what} is not UTF-8 once percent-decoded")))
    };
    let credentials = Credentials::basic(decoded(url.username())?, decoded(url.password().unwrap_or_default())?);
    // Cannot fail: an http URL has a host.
    let _ = url.set_password(None);
    let _ = url.set_username("");
    Ok(Some(credentials))
}

/// The text that was given for a URL, less whatever could be user and password.
pub(in crate::registry) fn without_userinfo(raw: &str) -> Cow<'_, str> {
    let start = raw.find("://").map_or(0, |at| at + 3);
    match raw.rfind('@') {
        Some(end) if end >= start => Cow::Owned(format!("{}…{}", &raw[..start], &raw[end..])),
        // No slashes, so that nobody knows where the credentials begin.
        Some(end) => Cow::Owned(format!("…{}", &raw[end..])),
        None => Cow::Borrowed(raw),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(texts: &[&str], expected: &str) {
        let owned: Vec<_> = texts.iter().map(|text| (*text).to_owned()).collect();
        let actual = match addresses(&owned) {
            Ok(addresses) => {
                let shown = addresses.iter().map(|address| match &address.credentials {
                    Some(Credentials::Basic { user, password }) => {
                        format!("{} as {} / {}", address.text(), user.expose(), password.expose())
                    }
                    _ => address.text().to_owned(),
                });
                shown.collect::<Vec<_>>().join(" | ")
            }
            Err(error) => error.to_string(),
        };
        assert_eq!(actual, expected, "{texts:?}");
    }

    #[test]
    fn addresses_are_taken_apart() {
        check(&["http://localhost:8081"], "http://localhost:8081");
        check(
            &[" https://r.example/apis/ccompat/v7/ "],
            "https://r.example/apis/ccompat/v7",
        );
        check(
            &["http://key:s%3Acr%40t@r.example:8081"],
            "http://r.example:8081 as key / s:cr@t",
        );
        check(&["http://key@r.example"], "http://r.example as key / ");
    }

    #[test]
    fn a_list_is_taken_apart() {
        check(
            &["http://a:8081,https://b:8081/v7 , http://c"],
            "http://a:8081 | https://b:8081/v7 | http://c",
        );
        check(&["http://a", "http://b,http://c"], "http://a | http://b | http://c");
        check(
            &["http://u:p,q@a,http://v:w@b"],
            "http://a as u / p,q | http://b as v / w",
        );
        check(&["http://a/x,y"], "http://a/x,y");
        check(
            &["http://u:secret@a,http://b"],
            "registry: some addresses have user and password in them and some have not; write them into each, or use basic_auth for all",
        );
        check(
            &["http://a:80/,http://a"],
            "registry: http://a is given twice; name each address once",
        );
    }

    #[test]
    fn what_is_no_address_is_refused_without_its_credentials() {
        for (raw, shown) in [
            ("localhost:8081", "localhost:8081"),
            ("ftp://u:secret@h", "ftp://…@h"),
            ("u:secret@h:8081", "…@h:8081"),
        ] {
            let reason = "has neither http nor https in front; write one like http://localhost:8081";
            check(&[raw], &format!("registry: {shown} {reason}"));
        }
        check(
            &[""],
            "registry: the address is empty; write one like http://localhost:8081",
        );
        check(
            &["http://u:secret@h:99999"],
            "registry: http://…@h:99999 is not a URL: invalid port number; write one like http://localhost:8081",
        );
        check(
            &["http://u:secret,http://x@h"],
            "registry: address 1 of the list is not a URL: invalid port number; write one like http://localhost:8081",
        );
        check(
            &["http://a,b:8081"],
            "registry: each address of a list needs http:// or https:// in front, and no comma follows the last one",
        );
        check(
            &["http://a?token=secret"],
            "registry: the address must not have a query or a fragment",
        );
    }
}
