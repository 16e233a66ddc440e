//! `publisher lock`: the ids that a registry gave to the committed schemas, into `schemas/schemas.lock`, with which a
//! service starts while the registry is down. Asks the registry and writes nothing into it; entries of other registries
//! stay as they are.

use std::fmt::Write as _;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::Result;
use publisher_core::registry::{Asked, SchemaLock, StoredEntry};

use super::{Answer, counted};
use crate::cli::Lock;
use crate::compact::compact;
use crate::failure::Failure;
use crate::judgement::{Found, Spot};
use crate::origin::registered::Registered;
use crate::own_rules::{LOCK_OUTDATED, NOT_REGISTERED, OwnRule};
use crate::paint::Paint;
use crate::progress::Progress;
use crate::project::{Project, Unit, with_subjects};
use crate::reading;
use crate::report::text::finding;
use crate::surroundings::Surroundings;
use crate::writing;

/// The file's name in the folder of the schemas.
const FILE: &str = "schemas.lock";

pub(super) fn run(lock: &Lock, surroundings: &Surroundings) -> Result<Answer> {
    let project = Project::read(&lock.committed.schemas, surroundings)?;
    let url = lock
        .registry
        .registry
        .as_deref()
        .or(project.settings.registry.as_deref());
    let registry = Registered::open(url, surroundings)?;
    let name = name(lock.name.as_deref(), registry.name())?;
    let path = project.place.path.join(FILE);
    let shown = format!("{}/{FILE}", project.place.shown);
    let (before, written) = earlier(&path, &shown)?;
    let units = with_subjects(project.units(None)?, &project.place.shown)?;
    if units.is_empty() {
        // A wrong address must not look like a lock without schemas.
        registry.subjects()?;
    }

    let command = |verb: &str| command(verb, lock, registry.address());
    let paint = Paint::new(surroundings.coloured_out);
    let mut after = before.clone();
    after.retain(|entry| entry.registry != name);
    let mut missing = Vec::new();
    let mut progress = Progress::new(units.len(), surroundings.progress);
    for unit in &units {
        progress.step(unit.subject_or_name());
        match locked(unit, &name, &registry)? {
            Some(entry) => drop(after.set(entry)?),
            None => missing.push(not_registered(
                unit,
                registry.address(),
                format!("{} --yes", command("register")),
            )),
        }
    }
    drop(progress);
    let mut text = String::new();
    if !missing.is_empty() {
        for found in &missing {
            text.push_str(&finding(found, paint));
        }
        let _ = writeln!(text, "nothing was written: register what is missing first");
        return Ok(Answer::found(text, true));
    }

    if let Some(note) = project.emptiness("locked") {
        let _ = writeln!(text, "{} {note}", paint.faint("note:"));
    }
    let changes = Changes::between(&before, &after, &name);
    text.push_str(&changes.shown(paint, &name));
    let is_same = match written {
        Some(written) => written == after.text(),
        None => after.entries().is_empty(),
    };
    let count = counted(changes.kept + changes.added.len() + changes.changed.len(), "schema");
    if is_same {
        let _ = writeln!(text, "{} {shown} has {count} of {name} as committed", paint.good("ok:"));
        return Ok(Answer::clean(text));
    }
    if lock.check {
        text.push_str(&finding(&outdated(&shown, &changes, command("lock")), paint));
        return Ok(Answer::found(text, true));
    }
    writing::replace(&path, &after.text())
        .map_err(|error| Failure::new(format!("{shown} cannot be written")).because(error))?;
    let _ = writeln!(
        text,
        "{} {count} of {name} in {shown}: {} added, {} changed, {} removed",
        paint.good("ok:"),
        changes.added.len(),
        changes.changed.len(),
        changes.removed.len(),
    );
    Ok(Answer::clean(text))
}

/// What the entries call the registry.
fn name(given: Option<&str>, address: &str) -> Result<String, Failure> {
    let Some(name) = given else {
        return Ok(address.to_owned());
    };
    let has_credentials = name
        .split_once("://")
        .is_some_and(|(_, rest)| rest.split('/').next().unwrap_or("").contains('@'));
    let problem = if name.trim().is_empty() || name.chars().any(char::is_control) {
        "is empty or has a control character"
    } else if has_credentials {
        "has credentials, which do not belong into a committed file"
    } else {
        return Ok(name.to_owned());
    };
    Err(Failure::new(format!("the --name of the registry {problem}"))
        .help("name it as the publishers' configuration does; without --name it is the address without credentials"))
}

/// The lock and its text; `None` where there is none yet.
fn earlier(path: &Path, shown: &str) -> Result<(SchemaLock, Option<String>), Failure> {
    let unreadable = || Failure::new(format!("{shown} cannot be read"));
    match reading::text(path) {
        Ok(text) => {
            let lock = SchemaLock::parse(&text).map_err(|error| unreadable().because(error))?;
            Ok((lock, Some(text)))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok((SchemaLock::default(), None)),
        Err(error) => Err(unreadable().because(error)),
    }
}

/// The entry of a schema; `None` if the registry does not hold it. The fingerprint is that of the text which publishers
/// look for.
fn locked(unit: &Unit<'_>, name: &str, registry: &Registered) -> Result<Option<StoredEntry>> {
    let (subject, schema) = (unit.subject_or_name(), compact(&unit.schema));
    let Some(found) = registry.look_up(subject, &schema)? else {
        return Ok(None);
    };
    let asked = Asked::Content(schema.fingerprint());
    let mut entry = StoredEntry::new(name, subject, asked, found.id);
    entry.version = found.version;
    Ok(Some(entry))
}

fn not_registered(unit: &Unit<'_>, address: &str, repair: String) -> Found {
    Found {
        message: format!(
            "the registry at {address} does not hold {} under {}",
            unit.file.shown,
            unit.subject_or_name()
        ),
        name: unit.file.name.clone(),
        subject: unit.subject.clone(),
        here: Some(Spot {
            file: unit.file.shown.clone(),
            line: 1,
            pointer: String::new(),
        }),
        repairs: vec![repair],
        ..of_rule(&NOT_REGISTERED)
    }
}

fn outdated(shown: &str, changes: &Changes<'_>, repair: String) -> Found {
    let message = if changes.is_empty() {
        format!("{shown} has the right entries and another layout than it is written with")
    } else {
        format!(
            "{shown} is not what the committed schemas and the registry make of it: {} to add, {} to change, {} to remove",
            changes.added.len(),
            changes.changed.len(),
            changes.removed.len(),
        )
    };
    Found {
        message,
        repairs: vec![repair],
        ..of_rule(&LOCK_OUTDATED)
    }
}

fn of_rule(rule: &OwnRule) -> Found {
    Found {
        rule: rule.id.to_owned(),
        explanation: rule.explanation.to_owned(),
        ..Found::default()
    }
}

/// The command with what this one was told.
fn command(verb: &str, lock: &Lock, address: &str) -> String {
    let mut command = format!("publisher {verb} --registry {}", argument(address));
    if let (true, Some(name)) = (verb == "lock", &lock.name) {
        let _ = write!(command, " --name {}", argument(name));
    }
    if lock.committed.schemas != "schemas" {
        let _ = write!(command, " --schemas {}", argument(&lock.committed.schemas));
    }
    command
}

/// As one word of a shell.
fn argument(text: &str) -> String {
    let is_plain = |symbol: char| symbol.is_alphanumeric() || "-_./:@%+,=".contains(symbol);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// What becomes another of one registry's entries.
#[derive(Default)]
struct Changes<'a> {
    added: Vec<&'a StoredEntry>,
    changed: Vec<(&'a StoredEntry, &'a StoredEntry)>,
    removed: Vec<&'a StoredEntry>,
    kept: usize,
}

impl<'a> Changes<'a> {
    fn between(before: &'a SchemaLock, after: &'a SchemaLock, name: &str) -> Self {
        let mut changes = Self::default();
        for entry in after.entries().iter().filter(|entry| entry.registry == name) {
            match same_question(before, entry) {
                None => changes.added.push(entry),
                Some(earlier) if earlier != entry => changes.changed.push((earlier, entry)),
                Some(_) => changes.kept += 1,
            }
        }
        let earlier = before.entries().iter().filter(|entry| entry.registry == name);
        changes.removed = earlier.filter(|entry| same_question(after, entry).is_none()).collect();
        changes
    }

    fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }

    /// A line for each, in the order of the file within each kind.
    fn shown(&self, paint: Paint, name: &str) -> String {
        let mut text = String::new();
        for entry in &self.added {
            let _ = writeln!(text, "{} {}: {}", paint.good("  +"), entry.subject, answer(entry));
        }
        for (earlier, entry) in &self.changed {
            let (subject, before, after) = (&entry.subject, answer(earlier), answer(entry));
            let _ = writeln!(text, "{} {subject}: {before} becomes {after}", paint.strong("  ~"));
            if earlier.id != entry.id {
                let _ = writeln!(
                    text,
                    "{} a registry never gives one schema another id: is {name} another registry than before?",
                    paint.warning("    warning:")
                );
            }
        }
        for entry in &self.removed {
            let _ = writeln!(text, "{} {}: {}", paint.bad("  -"), entry.subject, answer(entry));
        }
        text
    }
}

/// The entry of the other lock for the same registry, subject and schema.
fn same_question<'a>(lock: &'a SchemaLock, entry: &StoredEntry) -> Option<&'a StoredEntry> {
    let Asked::Content(fingerprint) = entry.asked else {
        return None;
    };
    lock.find(&entry.registry, &entry.subject, fingerprint)
}

/// `id 7, version 2`.
fn answer(entry: &StoredEntry) -> String {
    let version = entry.version.map_or("?".to_owned(), |version| version.to_string());
    format!("id {}, version {version}", entry.id)
}
