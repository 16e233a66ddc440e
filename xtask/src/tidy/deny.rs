//! The lists of `deny.toml` that a tidy run applies.
//!
//! cargo-deny reads the whole file; building cargo-deny costs minutes, so these lists are read here by a few lines that
//! know sections, arrays of strings, and `{ crate = "…", key = ["…"] }`.

use anyhow::{Result, ensure};

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Deny {
    /// `[licenses] allow`.
    pub(super) licences: Vec<String>,
    /// `[licenses] exceptions`: more licences for one crate.
    pub(super) exceptions: Vec<Entry>,
    /// `[bans] deny`. What an entry allows are the crates that may depend on it all the same.
    pub(super) banned: Vec<Entry>,
}

/// A crate, and what the list allows it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) allowed: Vec<String>,
}

pub(super) fn parse(text: &str) -> Result<Deny> {
    let deny = Deny {
        licences: lines(text, "licenses", "allow").filter_map(first).collect(),
        exceptions: entries(text, "licenses", "exceptions", "allow"),
        banned: entries(text, "bans", "deny", "wrappers"),
    };
    ensure!(!deny.licences.is_empty(), "deny.toml has no list [licenses] allow");
    ensure!(!deny.banned.is_empty(), "deny.toml has no list [bans] deny");
    Ok(deny)
}

/// The crates of an array, each with the strings that it has under `inner`.
fn entries(text: &str, section: &str, key: &str, inner: &str) -> Vec<Entry> {
    let entry = |line: &str| {
        let start = format!("{inner} = [");
        let allowed = line.split_once(&start).and_then(|(_, rest)| rest.split(']').next());
        Some(Entry {
            name: first(line)?,
            allowed: allowed
                .unwrap_or_default()
                .split('"')
                .skip(1)
                .step_by(2)
                .map(str::to_owned)
                .collect(),
        })
    };
    lines(text, section, key).filter_map(entry).collect()
}

/// The first string of a line.
fn first(line: &str) -> Option<String> {
    line.split('"').nth(1).map(str::to_owned)
}

/// The entries of an array that has one entry a line.
fn lines<'a>(text: &'a str, section: &str, key: &str) -> impl Iterator<Item = &'a str> {
    let header = format!("[{section}]");
    let in_section = text
        .lines()
        .map(str::trim)
        .skip_while(move |line| *line != header)
        .skip(1);
    let in_section = in_section.take_while(|line| !line.starts_with('['));
    let is_start = move |line: &&str| {
        line.strip_prefix(key)
            .is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    let lines = in_section
        .skip_while(move |line| !is_start(line))
        .skip(1)
        .take_while(|line| !line.starts_with(']'));
    lines.filter(|line| !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_lists() {
        let text = "\
[graph]
all-features = false
[licenses]
confidence-threshold = 0.9
allow = [
    # why
    \"MIT\",
    \"Apache-2.0\", # the usual
]
exceptions = [
    { crate = \"soft\", allow = [\"MPL-2.0\", \"EUPL-1.2\"] }, # why
]
[bans]
multiple-versions = \"allow\"
deny = [
    { crate = \"openssl-sys\", reason = \"native\" },
    \"native-tls\",
    { crate = \"soft\", wrappers = [\"benches\"], reason = \"copyleft\" },
]
";
        let entry = |name: &str, allowed: &[&str]| Entry {
            name: name.to_owned(),
            allowed: allowed.iter().copied().map(str::to_owned).collect(),
        };
        let expected = Deny {
            licences: ["MIT", "Apache-2.0"].map(str::to_owned).into(),
            exceptions: vec![entry("soft", &["MPL-2.0", "EUPL-1.2"])],
            banned: vec![
                entry("openssl-sys", &[]),
                entry("native-tls", &[]),
                entry("soft", &["benches"]),
            ],
        };
        assert_eq!(parse(text).expect("valid"), expected);
    }

    #[test]
    fn a_missing_list_is_an_error() {
        assert!(parse("[licenses]\nallow = [\n\"MIT\",\n]\n").is_err());
        assert!(parse("").is_err());
    }
}
