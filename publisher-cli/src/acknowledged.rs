//! `schemas/acknowledged.toml`: breaks that somebody answers for, until a day.
//!
//! ```toml
//! [[break]]
//! rule = "avro-field-without-default"
//! name = "com.acme.orders.OrderPlaced"     # or its subject
//! pointer = "/fields/3"                    # optional: only there
//! against = "registry"                     # optional: only in this kind of check (git, dir, history, registry)
//! reason = "all readers were moved on 12 May"
//! owner = "team-orders"
//! expires = 2027-01-31                     # the last day on which it counts
//! ```
//!
//! An entry that has expired or that nothing needs is a finding itself.

use std::path::Path;

use serde::Deserialize;
use toml::value::Datetime;

use crate::date::Date;
use crate::failure::Failure;
use crate::judgement::Found;
use crate::reading;

/// The file's name in the folder of the schemas.
pub(crate) const FILE: &str = "acknowledged.toml";

/// One break that is known.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Acknowledgement {
    pub(crate) rule: String,
    pub(crate) name: String,
    pub(crate) pointer: Option<String>,
    against: Option<String>,
    pub(crate) reason: String,
    pub(crate) owner: String,
    expires: Datetime,
    /// Where the entry stands in the file.
    #[serde(skip)]
    pub(crate) line: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default, rename = "break")]
    breaks: Vec<Acknowledgement>,
}

/// The entries of the file in this folder that count in a check against this kind of baseline.
pub(crate) fn read(folder: &Path, shown: &str, against: &str) -> Result<Vec<Acknowledgement>, Failure> {
    let unreadable = || Failure::new(format!("{shown}/{FILE} cannot be read"));
    let text = match reading::text(&folder.join(FILE)) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unreadable().because(error)),
    };
    let entries = parse(&text).map_err(|reason| {
        let help = "each [[break]] has rule, name, reason, owner and expires (a date such as 2027-01-31), and may have \
                    pointer and against (git, dir, history or registry)";
        unreadable().because(reason).help(help)
    })?;
    Ok(entries
        .into_iter()
        .filter(|entry| entry.against.as_deref().is_none_or(|kind| kind == against))
        .collect())
}

fn parse(text: &str) -> Result<Vec<Acknowledgement>, String> {
    let mut entries = toml::from_str::<Written>(text)
        .map_err(|error| error.to_string())?
        .breaks;
    let mut lines = (1..)
        .zip(text.lines())
        .filter(|(_, line)| line.trim_start().starts_with("[[break]]"));
    for (number, entry) in entries.iter_mut().enumerate() {
        entry.line = lines.next().map_or(1, |(line, _)| line);
        let wrong = |reason: &str| Err(format!("the {}. break, line {}: {reason}", number + 1, entry.line));
        if entry.expires.date.is_none() {
            return wrong("expires has no day");
        }
        if entry.reason.trim().is_empty() || entry.owner.trim().is_empty() {
            return wrong("reason and owner must say something");
        }
        if let Some(kind) = &entry.against
            && !["git", "dir", "history", "registry"].contains(&kind.as_str())
        {
            return wrong(&format!("against is `{kind}`, none of git, dir, history and registry"));
        }
    }
    Ok(entries)
}

impl Acknowledgement {
    /// The last day on which it counts.
    pub(crate) fn expires(&self) -> Date {
        // `parse` has seen the day.
        self.expires
            .date
            .map_or(Date::new(0, 1, 1), |date| Date::new(date.year, date.month, date.day))
    }

    /// Whether it speaks of this finding.
    pub(crate) fn covers(&self, found: &Found) -> bool {
        self.rule == found.rule
            && (self.name == found.name || Some(&self.name) == found.subject.as_ref())
            && self.pointer.as_ref().is_none_or(|pointer| {
                let place = found.here.as_ref().map(|place| place.pointer.as_str());
                place == Some(pointer)
            })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail by a panic")]
mod tests {
    use super::*;

    const GOOD: &str = "# ours\n[[break]]\nrule = 'r'\nname = 'n'\nreason = 'x'\nowner = 'o'\nexpires = 2027-01-31\n";

    #[test]
    fn entries_are_read_with_their_lines() {
        let entries = parse(&format!("{GOOD}\n{GOOD}pointer = '/fields/1'\n")).unwrap();
        assert_eq!(entries.iter().map(|entry| entry.line).collect::<Vec<_>>(), [2, 10]);
        assert_eq!(entries[0].expires().to_string(), "2027-01-31");
        assert_eq!(entries[1].pointer.as_deref(), Some("/fields/1"));
    }

    #[test]
    fn what_is_missing_is_said() {
        for (text, part) in [
            (GOOD.replace("owner = 'o'\n", ""), "missing field `owner`"),
            (
                GOOD.replace("'x'", "' '"),
                "the 1. break, line 2: reason and owner must say something",
            ),
            (GOOD.replace("2027-01-31", "12:00:00"), "expires has no day"),
            (GOOD.replace("2027-01-31", "2027-13-31"), "invalid"),
            (format!("{GOOD}against = 'svn'\n"), "against is `svn`, none of git"),
            (GOOD.replace("rule =", "rulee ="), "unknown field `rulee`"),
        ] {
            let error = parse(&text).unwrap_err();
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}
