//! The two lists of `deny.toml` that a tidy run applies.
//!
//! cargo-deny reads the whole file; building cargo-deny costs minutes, so these lists are read here by a few lines that
//! know sections, arrays of strings, and `{ crate = "…" }`.

use anyhow::{Result, ensure};

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Deny {
    /// `[licenses] allow`.
    pub(super) licences: Vec<String>,
    /// `[bans] deny`.
    pub(super) banned: Vec<String>,
}

pub(super) fn parse(text: &str) -> Result<Deny> {
    let deny = Deny {
        licences: list(text, "licenses", "allow"),
        banned: list(text, "bans", "deny"),
    };
    ensure!(!deny.licences.is_empty(), "deny.toml has no list [licenses] allow");
    ensure!(!deny.banned.is_empty(), "deny.toml has no list [bans] deny");
    Ok(deny)
}

/// The first string of each entry of an array that has one entry a line.
fn list(text: &str, section: &str, key: &str) -> Vec<String> {
    let in_section = text
        .lines()
        .map(str::trim)
        .skip_while(|line| *line != format!("[{section}]"))
        .skip(1);
    let in_section = in_section.take_while(|line| !line.starts_with('['));
    let is_start = |line: &str| {
        line.strip_prefix(key)
            .is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    let entries = in_section
        .skip_while(|line| !is_start(line))
        .skip(1)
        .take_while(|line| !line.starts_with(']'));
    let entries = entries.filter(|line| !line.starts_with('#'));
    entries
        .filter_map(|line| line.split('"').nth(1))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_lists() {
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
[bans]
multiple-versions = \"allow\"
deny = [
    { crate = \"openssl-sys\", reason = \"native\" },
    \"native-tls\",
]
";
        let expected = Deny {
            licences: ["MIT", "Apache-2.0"].map(str::to_owned).into(),
            banned: ["openssl-sys", "native-tls"].map(str::to_owned).into(),
        };
        assert_eq!(parse(text).expect("valid"), expected);
    }

    #[test]
    fn a_missing_list_is_an_error() {
        assert!(parse("[licenses]\nallow = [\n\"MIT\",\n]\n").is_err());
        assert!(parse("").is_err());
    }
}
