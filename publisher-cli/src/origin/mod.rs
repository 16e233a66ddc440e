//! Where schemas come from: the committed folder, git, another folder, the history, a registry, the types themselves.
//!
//! Each origin gives texts; what is compatible is judged elsewhere.

pub(crate) mod committed;
pub(crate) mod described;
pub(crate) mod dir;
pub(crate) mod git;
pub(crate) mod history;
pub(crate) mod registered;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::SystemTime;

use anyhow::Result;
use publisher_core::registry::{SchemaText, SchemaType};

use self::history::HistoryFolder;
use self::registered::Registered;
use crate::failure::Failure;
use crate::references::{self, Lookup};
use crate::surroundings::Surroundings;

/// A file `<full name>.avsc` or `<full name>.json`.
#[derive(Clone, Debug)]
pub(crate) struct SchemaFile {
    /// The full name of its type.
    pub(crate) name: String,
    pub(crate) schema_type: SchemaType,
    /// Its path for people; with the revision where it is none of the working tree.
    pub(crate) shown: String,
    pub(crate) text: Arc<str>,
    /// When it was last written; of files in the working tree.
    pub(crate) modified: Option<SystemTime>,
}

/// The full name and the language that a file's name says, if it is that of a schema.
pub(crate) fn file_name(name: &str) -> Option<(&str, SchemaType)> {
    let (stem, extension) = name.rsplit_once('.')?;
    let schema_type = match extension {
        "avsc" => SchemaType::Avro,
        "json" => SchemaType::Json,
        _ => return None,
    };
    (!stem.is_empty()).then_some((stem, schema_type))
}

/// The ending of a schema's file.
pub(crate) fn extension(schema_type: SchemaType) -> &'static str {
    match schema_type {
        SchemaType::Avro => "avsc",
        SchemaType::Json => "json",
    }
}

/// The schema files of one place by the names of the files.
#[derive(Clone, Debug, Default)]
pub(crate) struct Folder {
    pub(crate) files: BTreeMap<String, SchemaFile>,
}

impl Folder {
    /// Adds a file; `place` is what the paths below it are shown with.
    fn add(&mut self, file: SchemaFile) -> Result<(), String> {
        let name = format!("{}.{}", file.name, extension(file.schema_type));
        match self.files.get(&name) {
            Some(other) => Err(format!(
                "{} and {} are schemas of one type; keep one of them",
                other.shown, file.shown
            )),
            None => {
                self.files.insert(name, file);
                Ok(())
            }
        }
    }

    /// The schema of a file with the files that it refers to.
    pub(crate) fn schema(&self, file: &SchemaFile) -> Result<SchemaText, String> {
        references::resolve(self, file.schema_type, &file.text).map_err(|reason| format!("{}: {reason}", file.shown))
    }

    /// The file that a reference leads to.
    pub(crate) fn referenced(&self, schema_type: SchemaType, name: &str) -> Option<&SchemaFile> {
        match schema_type {
            SchemaType::Avro => self.files.get(&format!("{name}.avsc")),
            SchemaType::Json => self.files.get(name).filter(|file| file.schema_type == SchemaType::Json),
        }
    }
}

impl Lookup for Folder {
    fn text(&self, schema_type: SchemaType, name: &str) -> Option<Arc<str>> {
        self.referenced(schema_type, name).map(|file| Arc::clone(&file.text))
    }
}

/// An earlier schema of a subject.
#[derive(Clone, Debug)]
pub(crate) struct Earlier {
    /// What people call it: `version 3`, `origin/main`.
    pub(crate) name: String,
    pub(crate) schema: SchemaText,
    /// Its file for people, if it is one.
    pub(crate) file: Option<String>,
}

/// What the committed schemas are compared with.
pub(crate) enum Baseline {
    /// One schema of each type, of git or of another folder.
    Folder {
        /// What people call it, short: `origin/main`.
        name: String,
        /// The kind and where exactly: `git:origin/main (merge base 1a2b3c4)`.
        label: String,
        folder: Folder,
    },
    /// The pulled versions of each subject.
    History(HistoryFolder),
    /// The versions that a registry has.
    Registry(Registered),
}

/// How a baseline is named on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Against {
    /// The merge base of `HEAD` and this revision; `None` for that of the main branch.
    Git(Option<String>),
    Dir(String),
    History,
    /// The address; `None` for that of the settings.
    Registry(Option<String>),
}

impl Against {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let (kind, rest) = text
            .split_once(':')
            .map_or((text, None), |(kind, rest)| (kind, Some(rest)));
        let is_empty = rest == Some("");
        let rest = rest.filter(|rest| !rest.is_empty()).map(str::to_owned);
        match (kind, rest) {
            // A variable that was not set; to take what is usual for it would check something else in silence.
            ("git", None) if is_empty => Err("git: needs a revision, such as git:origin/main; or plain git".to_owned()),
            ("registry", None) if is_empty => {
                Err("registry: needs an address, such as registry:http://localhost:8081; or plain registry".to_owned())
            }
            ("git", rest) => Ok(Self::Git(rest)),
            ("dir", Some(path)) => Ok(Self::Dir(path)),
            ("dir", None) => Err("dir: needs a folder, such as dir:../released/schemas".to_owned()),
            ("history", None) => Ok(Self::History),
            ("registry", rest) => Ok(Self::Registry(rest)),
            _ => Err("is none of git:REF, dir:PATH, history and registry:URL".to_owned()),
        }
    }

    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Git(_) => "git",
            Self::Dir(_) => "dir",
            Self::History => "history",
            Self::Registry(_) => "registry",
        }
    }
}

impl Baseline {
    /// Reads the baseline, or of a registry gets ready to ask it.
    pub(crate) fn open(
        against: &Against,
        place: &committed::Place,
        registry: Option<&str>,
        surroundings: &Surroundings,
    ) -> Result<Self> {
        Ok(match against {
            Against::Git(revision) => git::baseline(revision.as_deref(), place)?,
            Against::Dir(path) => dir::baseline(path, surroundings)?,
            Against::History => Self::History(HistoryFolder::read(place)?),
            Against::Registry(url) => {
                let url = url.as_deref().or(registry);
                Self::Registry(Registered::open(url, surroundings)?)
            }
        })
    }

    /// Asks a registry that nothing else was asked of: a wrong address must not look like a clean check.
    pub(crate) fn reach(&self) -> Result<()> {
        match self {
            Self::Registry(registry) => registry.subjects().map(drop),
            Self::Folder { .. } | Self::History(_) => Ok(()),
        }
    }

    /// The kind and where exactly.
    pub(crate) fn label(&self) -> String {
        match self {
            Self::Folder { label, .. } => label.clone(),
            Self::History(history) => format!("history ({})", history.shown),
            Self::Registry(registry) => format!("registry:{}", registry.address()),
        }
    }
}

/// Several files with problems, of which each is told.
pub(crate) fn unreadable(what: &str, problems: Vec<String>) -> Result<()> {
    if problems.is_empty() {
        return Ok(());
    }
    let count = problems.len();
    let what = if count == 1 {
        what.to_owned()
    } else {
        format!("{what} ({count} problems)")
    };
    Err(Failure::new(what).details(problems).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn baselines_have_names() {
        let text = |text: &str| text.to_owned();
        for (given, expected) in [
            ("git:origin/main", Ok(Against::Git(Some(text("origin/main"))))),
            ("git", Ok(Against::Git(None))),
            ("dir:../a:b", Ok(Against::Dir(text("../a:b")))),
            ("history", Ok(Against::History)),
            (
                "registry:https://h:1/p",
                Ok(Against::Registry(Some(text("https://h:1/p")))),
            ),
            ("registry", Ok(Against::Registry(None))),
            (
                "origin/main",
                Err(text("is none of git:REF, dir:PATH, history and registry:URL")),
            ),
            (
                "history:x",
                Err(text("is none of git:REF, dir:PATH, history and registry:URL")),
            ),
            ("dir", Err(text("dir: needs a folder, such as dir:../released/schemas"))),
        ] {
            assert_eq!(Against::parse(given), expected, "{given}");
        }
    }
}
