//! Whether a redirect is followed.
//!
//! Pure. Credentials go with every request, so that only the registry's own origin is ever asked.

use ::http::{Method, StatusCode};
use reqwest::Url;

/// So many redirects are followed for one request.
pub(super) const MAX_REDIRECTS: usize = 3;

/// Where to ask next; `None` if this answer is the last one. Whatever the status, a method is never changed: a POST
/// goes on as a POST, or not at all.
///
/// Implements: RFC 9110 section 15.4; RFC 6454 section 4 (origin).
pub(super) fn followed(from: &Url, method: &Method, status: StatusCode, location: Option<&str>) -> Option<Url> {
    let keeps_method = match status.as_u16() {
        307 | 308 => true,
        301..=303 => *method == Method::GET,
        _ => false,
    };
    let mut to = from.join(location?).ok()?;
    // Who we are is said by the settings alone. Cannot fail for an origin that has a host.
    let _ = to.set_username("");
    let _ = to.set_password(None);
    (keeps_method && to.origin() == from.origin()).then_some(to)
}

/// What the user can do about a redirect that was not followed.
pub(super) fn hint(from: &Url, location: Option<&str>) -> &'static str {
    let same = location
        .and_then(|location| from.join(location).ok())
        .is_some_and(|to| to.origin() == from.origin());
    if same {
        "this one is not followed: at most 3 are, and a write only with 307 or 308; set the registry's address to the final one"
    } else {
        "redirects elsewhere are not followed, so that credentials go nowhere else; set the registry's address to the final one"
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail by a panic")]
mod tests {
    use super::*;

    fn check(method: Method, status: u16, location: &str, expected: Option<&str>) {
        let from = Url::parse("http://registry.example:8081/v7/subjects").unwrap();
        let to = followed(&from, &method, StatusCode::from_u16(status).unwrap(), Some(location));
        assert_eq!(to.as_ref().map(Url::as_str), expected, "{method} {status} {location}");
    }

    #[test]
    fn only_the_same_origin_is_followed() {
        let same = Some("http://registry.example:8081/v8/subjects");
        check(Method::GET, 302, "http://registry.example:8081/v8/subjects", same);
        check(Method::GET, 302, "/v8/subjects", same);
        check(Method::GET, 302, "../v8/subjects", same);
        check(Method::GET, 302, "http://u:p@registry.example:8081/v8/subjects", same);
        for elsewhere in [
            "https://registry.example:8081/v8/subjects",
            "http://registry.example/v8/subjects",
            "http://registry.example.evil:8081/v8/subjects",
            "http://registry.example:8081@evil/v8/subjects",
            "//evil/v8/subjects",
            "\\\\evil/v8/subjects",
            "data:application/json,{}",
            "http://",
        ] {
            check(Method::GET, 302, elsewhere, None);
            check(Method::POST, 307, elsewhere, None);
        }
    }

    #[test]
    fn a_write_keeps_its_method_or_stops() {
        for status in [301, 302, 303, 307, 308] {
            check(Method::GET, status, "/x", Some("http://registry.example:8081/x"));
            let keeps = status > 303;
            for method in [Method::POST, Method::PUT] {
                check(method, status, "/x", keeps.then_some("http://registry.example:8081/x"));
            }
        }
        for status in [200, 300, 304, 305, 404] {
            check(Method::GET, status, "/x", None);
        }
    }
}
