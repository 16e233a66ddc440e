//! Access tokens that nobody signed, which the broker of the tests takes.
//!
//! Implements: RFC 7515 appendix A.5 (unsecured JWS).

use std::time::{Duration, SystemTime};

/// A token for this user that is valid for at least so long.
pub fn unsecured(user: &str, life: Duration) -> String {
    let now = SystemTime::now();
    token(user, now, now + life)
}

/// A token for this user that has expired.
pub fn over(user: &str) -> String {
    let now = SystemTime::now();
    let hour = Duration::from_secs(3600);
    token(user, now - 2 * hour, now - hour)
}

fn token(user: &str, from: SystemTime, to: SystemTime) -> String {
    let seconds = |time: SystemTime| time.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
    // The end is rounded up.
    let claims = format!(
        r#"{{"sub":"{user}","iat":{},"exp":{}}}"#,
        seconds(from),
        seconds(to) + 1
    );
    format!("{}.{}.", base64url(br#"{"alg":"none"}"#), base64url(claims.as_bytes()))
}

/// Without padding.
fn base64url(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let mut group = [0; 4];
        group[1..=chunk.len()].copy_from_slice(chunk);
        let group = u32::from_be_bytes(group);
        let digit = |index: usize| char::from(DIGITS[(group >> (18 - 6 * index)) as usize & 63]);
        text.extend((0..=chunk.len()).map(digit));
    }
    text
}
