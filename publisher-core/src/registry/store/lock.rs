//! [`SchemaLock`]: the ids of the committed schemas as a reviewed file, `schemas/schemas.lock`.
//!
//! The text is an array of JSON with a line for each entry, and each line begins with its comma: whoever adds or removes
//! an entry changes no other line, so that git merges what two people did. Writes no file; `publisher lock` does.

use std::cmp::Ordering;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use super::entry::{Asked, StoredEntry, object};
use super::error::{LockError, LockPlace};
use crate::schema::{Fingerprint, Json, Layout};

/// No lock is longer: some ten thousand schemas.
const MAX_BYTES: u64 = 4 * 1024 * 1024;
/// The version of the format.
const FORMAT: u64 = 1;
const COMMENT: &str = "The ids by which schema registries know the schemas beside this file. Written by `publisher lock`, \
                       not by hand; commit it.";

/// The ids that registries gave to committed schemas, so that a service starts without a registry.
///
/// Every entry names its registry and is never used for another; it is found by the content of our schema, for which an
/// id holds for ever. There is one text for each lock: the entries in the order of registry, subject and fingerprint.
///
/// # Examples
/// ```
/// use publisher_core::SchemaId;
/// use publisher_core::registry::{Asked, SchemaLock, StoredEntry};
/// use publisher_core::schema::Fingerprint;
///
/// let mut lock = SchemaLock::default();
/// let asked = Asked::Content(Fingerprint(0xabc));
/// lock.set(StoredEntry::new("https://registry.example", "orders-value", asked, SchemaId(7)))?;
/// let read = SchemaLock::parse(&lock.text())?;
/// let found = read.find("https://registry.example", "orders-value", Fingerprint(0xabc));
/// assert_eq!(found.map(|entry| entry.id), Some(SchemaId(7)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SchemaLock {
    /// In order, each question once.
    entries: Vec<StoredEntry>,
}

impl SchemaLock {
    /// Reads a lock from its text.
    ///
    /// # Errors
    /// [`LockError::Conflict`], [`LockError::Format`], [`LockError::Line`], [`LockError::Twice`], each with the line.
    /// Not retriable.
    pub fn parse(text: &str) -> Result<Self, LockError> {
        Self::parse_at(text, None)
    }

    /// Reads a lock from its file. Blocks on the file system.
    ///
    /// # Errors
    /// [`LockError::Read`] if there is no such file, or it cannot be read, or has more than 4 MiB; else as
    /// [`parse`](Self::parse). Not retriable.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, LockError> {
        let path = path.as_ref();
        let text = read(path).map_err(|source| LockError::Read {
            path: path.to_owned(),
            source,
        })?;
        Self::parse_at(&text, Some(path))
    }

    /// The text of the lock, which ends in a line feed.
    #[must_use]
    pub fn text(&self) -> String {
        let head = Json::Object(vec![("comment", Json::text(COMMENT)), ("format", Json::raw(FORMAT))]);
        let mut text = format!("[{}\n", head.print(Layout::Compact));
        // An entry without a text was not let in.
        for entry in self.entries.iter().filter_map(|entry| entry.text().ok()) {
            text.push(',');
            text.push_str(&entry);
            text.push('\n');
        }
        text.push_str("]\n");
        text
    }

    /// The entry for a schema of ours under this subject of this registry.
    #[must_use]
    pub fn find(&self, registry: &str, subject: &str, fingerprint: Fingerprint) -> Option<&StoredEntry> {
        let at = self.place(registry, subject, Asked::Content(fingerprint)).ok()?;
        self.entries.get(at)
    }

    /// All entries in the order of registry, subject and fingerprint.
    #[must_use]
    pub fn entries(&self) -> &[StoredEntry] {
        &self.entries
    }

    /// Puts in an entry, in place of another one for the same registry, subject and fingerprint, which it gives back.
    /// The entry's schema is not kept, as it is ours.
    ///
    /// # Errors
    /// [`LockError::Entry`], if its id is 0 or it does not answer to the content of a schema. Not retriable.
    pub fn set(&mut self, entry: StoredEntry) -> Result<Option<StoredEntry>, LockError> {
        let entry = StoredEntry { schema: None, ..entry };
        let reason = match (entry.asked, entry.text()) {
            (Asked::Content(_), Ok(_)) => None,
            (Asked::Content(_), Err(reason)) => Some(reason),
            _ => Some("it does not answer to the fingerprint of a schema"),
        };
        if let Some(reason) = reason {
            return Err(LockError::Entry {
                subject: entry.subject,
                reason,
            });
        }
        match self.place(&entry.registry, &entry.subject, entry.asked) {
            Ok(at) => Ok(Some(std::mem::replace(&mut self.entries[at], entry))),
            Err(at) => {
                self.entries.insert(at, entry);
                Ok(None)
            }
        }
    }

    /// Leaves only the entries for which this is true.
    pub fn retain(&mut self, keep: impl FnMut(&StoredEntry) -> bool) {
        self.entries.retain(keep);
    }

    fn place(&self, registry: &str, subject: &str, asked: Asked) -> Result<usize, usize> {
        self.entries
            .binary_search_by(|entry| key(entry).cmp(&(registry, subject, asked)))
    }

    fn parse_at(text: &str, path: Option<&Path>) -> Result<Self, LockError> {
        let place = |line: usize| LockPlace::new(path, line);
        let wrong = |line: usize, reason: &str| LockError::Line {
            place: place(line),
            reason: reason.to_owned(),
        };
        let lines = || (1..).zip(text.lines());
        if let Some((line, _)) = lines().find(|(_, line)| is_conflict(line)) {
            return Err(LockError::Conflict(place(line)));
        }
        let mut rest = lines();
        let (first, head) = rest.next().ok_or_else(|| wrong(1, "is empty"))?;
        check_head(head).map_err(|problem| match problem {
            Head::OtherFormat(found) => LockError::Format {
                place: place(first),
                found,
            },
            Head::Wrong(reason) => wrong(first, &reason),
        })?;
        let mut numbered = Vec::new();
        let mut last = first;
        let mut is_closed = false;
        for (line, text) in rest {
            last = line;
            if text.is_empty() {
                continue;
            }
            if is_closed {
                return Err(wrong(line, "stands behind the `]` that ends the file"));
            }
            if text == "]" {
                is_closed = true;
                continue;
            }
            let entry = text.strip_prefix(',').ok_or_else(|| {
                wrong(
                    line,
                    "begins with no comma, as a line with an entry does, and is no `]`",
                )
            })?;
            let entry = StoredEntry::parse(entry).map_err(|reason| wrong(line, &reason))?;
            content(&entry).map_err(|reason| wrong(line, reason))?;
            numbered.push((line, entry));
        }
        if !is_closed {
            return Err(wrong(last, "is the last line and no `]`: the file is cut"));
        }
        numbered.sort_by(|(_, one), (_, other)| order(one, other));
        for pair in numbered.windows(2) {
            if let [(first, one), (line, other)] = pair
                && order(one, other) == Ordering::Equal
            {
                return Err(LockError::Twice {
                    place: place(*line),
                    first: *first,
                    subject: other.subject.clone(),
                });
            }
        }
        Ok(Self {
            entries: numbered.into_iter().map(|(_, entry)| entry).collect(),
        })
    }
}

fn key(entry: &StoredEntry) -> (&str, &str, Asked) {
    (&entry.registry, &entry.subject, entry.asked)
}

fn order(one: &StoredEntry, other: &StoredEntry) -> Ordering {
    key(one).cmp(&key(other))
}

/// Only answers that hold for ever, and nothing of which a reviewer could not tell what it is for.
fn content(entry: &StoredEntry) -> Result<(), &'static str> {
    match (entry.asked, &entry.schema) {
        (Asked::Content(_), None) => Ok(()),
        (Asked::Content(_), Some(_)) => Err("has a schema, which stands beside the lock"),
        _ => Err("does not answer to the fingerprint of a schema"),
    }
}

/// The lines that git leaves where two sides changed one place.
fn is_conflict(line: &str) -> bool {
    line == "======="
        || ["<<<<<<<", "|||||||", ">>>>>>>"]
            .iter()
            .any(|marker| line.starts_with(marker))
}

/// Why the first line is not that of a lock.
enum Head {
    OtherFormat(String),
    Wrong(String),
}

fn check_head(line: &str) -> Result<(), Head> {
    let wrong = |reason: &str| Head::Wrong(reason.to_owned());
    let head = line
        .strip_prefix('[')
        .ok_or_else(|| wrong("begins with no `[`, as the first line of a lock does"))?;
    let mut members = object(head).map_err(Head::Wrong)?;
    let format = members.remove("format").ok_or_else(|| wrong("has no \"format\""))?;
    if format.as_u64() != Some(FORMAT) {
        return Err(Head::OtherFormat(format.to_string()));
    }
    if !members.remove("comment").is_some_and(|comment| comment.is_string()) {
        return Err(wrong("has no \"comment\""));
    }
    match members.keys().next() {
        Some(name) => Err(wrong(&format!("has the member {name:?}, which is unknown"))),
        None => Ok(()),
    }
}

fn read(path: &Path) -> io::Result<String> {
    // A pipe or a device would be waited for.
    if !path.metadata()?.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(io::Error::other("it has more than 4 MiB"));
    }
    String::from_utf8(bytes).map_err(|_| io::Error::other("it is no UTF-8"))
}

#[cfg(test)]
mod tests;
