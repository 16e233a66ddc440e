//! `pattern`: a stub until the checks stand.

/// What is wrong with a pattern.
pub(crate) fn check(pattern: &str) -> Result<(), String> {
    regex_lite::Regex::new(pattern).map(|_| ()).map_err(|error| error.to_string())
}
