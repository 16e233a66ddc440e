//! `schemas/publisher.toml`: which level, dialect and topics the schemas of a project have.
//!
//! | key | meaning | default |
//! |---|---|---|
//! | `level` | the compatibility level of every schema | `BACKWARD` |
//! | `dialect` | whose verdict is followed: `confluent`, `confluent-lenient`, `apicurio` | `confluent` |
//! | `registry` | the registry's address, without credentials | none |
//! | `types."<full name>".level` | the level of one type; the name of its file (`<full name>.json`) where two have one name | `level` |
//! | `types."<full name>".topics` | its topics; each has the subject `<topic>-<full name>` | what `cargo test` described |
//! | `subjects."<subject>".level` | the level of one subject; goes before that of its type | that of the type |
//! | `subjects."<subject>".type` | the type of a subject whose name does not end in it, such as `orders-value` | by the name |

use std::collections::BTreeMap;
use std::path::Path;

use publisher_core::SubjectNameStrategy;
use publisher_core::compatibility::{Dialect, Level};
use serde::Deserialize;

use crate::failure::Failure;
use crate::reading;

/// The file's name in the folder of the schemas.
pub(crate) const FILE: &str = "publisher.toml";

/// What the file says; the default where there is none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    pub(crate) level: Level,
    /// `None` where the file does not say it.
    dialect: Option<Dialect>,
    pub(crate) registry: Option<String>,
    types: BTreeMap<String, TypeSettings>,
    subjects: BTreeMap<String, SubjectSettings>,
}

#[derive(Clone, Debug)]
struct TypeSettings {
    level: Option<Level>,
    topics: Vec<String>,
}

#[derive(Clone, Debug)]
struct SubjectSettings {
    level: Option<Level>,
    of: Option<String>,
}

impl Settings {
    /// Reads the file in this folder; a missing one says nothing.
    pub(crate) fn read(folder: &Path, shown: &str) -> Result<Self, Failure> {
        let path = folder.join(FILE);
        let unreadable = || Failure::new(format!("{shown}/{FILE} cannot be read"));
        match reading::text(&path) {
            Ok(text) => Self::parse(&text).map_err(|reason| {
                let keys = "its keys are level, dialect, registry, [types.\"<full name>\"] with level and topics, and \
                            [subjects.\"<subject>\"] with level and type";
                unreadable().because(reason).help(keys)
            }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(unreadable().because(error)),
        }
    }

    fn parse(text: &str) -> Result<Self, String> {
        let written: Written = toml::from_str(text).map_err(|error| error.to_string())?;
        if written.registry.as_deref().is_some_and(|address| address.contains('@')) {
            return Err(
                "registry has credentials, which do not belong into a committed file; set them in the environment: \
                 SCHEMA_REGISTRY_USER and SCHEMA_REGISTRY_PASSWORD, or SCHEMA_REGISTRY_TOKEN"
                    .to_owned(),
            );
        }
        let mut settings = Self {
            level: level(written.level.as_deref(), "level")?.unwrap_or_default(),
            dialect: match written.dialect {
                Some(name) => Some(name.parse().map_err(|error| format!("dialect: {error}"))?),
                None => None,
            },
            registry: written.registry,
            ..Self::default()
        };
        for (name, of) in written.types {
            let level = level(of.level.as_deref(), &format!("types.\"{name}\".level"))?;
            settings.types.insert(
                name,
                TypeSettings {
                    level,
                    topics: of.topics,
                },
            );
        }
        for (name, of) in written.subjects {
            let level = level(of.level.as_deref(), &format!("subjects.\"{name}\".level"))?;
            settings.subjects.insert(name, SubjectSettings { level, of: of.of });
        }
        Ok(settings)
    }

    /// The subjects that the file gives to a type, in the order of their names.
    pub(crate) fn subjects(&self, full_name: &str, file_name: &str) -> Vec<String> {
        let topics = self.of_type(full_name, file_name).flat_map(|of| &of.topics);
        let mut subjects: Vec<String> = topics
            .map(|topic| SubjectNameStrategy::TopicRecord.subject(topic, full_name))
            .collect();
        subjects.extend(
            self.subjects
                .iter()
                .filter(|(subject, of)| match &of.of {
                    Some(name) => name == full_name || name == file_name,
                    None => is_subject_of(subject, full_name),
                })
                .map(|(subject, _)| subject.clone()),
        );
        subjects.sort();
        subjects.dedup();
        subjects
    }

    /// The dialect: what is written down goes before what a registry may not even state.
    pub(crate) fn dialect(&self, of_registry: Option<Dialect>) -> Dialect {
        self.dialect.or(of_registry).unwrap_or_default()
    }

    /// The level of a type under a subject.
    pub(crate) fn level(&self, full_name: &str, file_name: &str, subject: Option<&str>) -> Level {
        let of_subject = subject.and_then(|subject| self.subjects.get(subject)?.level);
        let of_type = || self.of_type(full_name, file_name).find_map(|of| of.level);
        of_subject.or_else(of_type).unwrap_or(self.level)
    }

    /// What is said of the file goes before what is said of the name.
    fn of_type<'a>(&'a self, full_name: &str, file_name: &str) -> impl Iterator<Item = &'a TypeSettings> + use<'a> {
        let by_file = self.types.get(file_name);
        by_file.into_iter().chain(self.types.get(full_name))
    }

    /// The keys that speak of types, of which there is none by these names.
    pub(crate) fn unknown(&self, is_known: impl Fn(&str) -> bool) -> Vec<String> {
        let types = self.types.keys().filter(|name| !is_known(name));
        let mut unknown: Vec<String> = types.map(|name| format!("[types.\"{name}\"]")).collect();
        for (subject, of) in &self.subjects {
            match &of.of {
                Some(name) if !is_known(name) => unknown.push(format!("[subjects.\"{subject}\"] with the type {name}")),
                _ => {}
            }
        }
        unknown
    }
}

/// Whether a subject is named after a type, behind a topic or alone.
pub(crate) fn is_subject_of(subject: &str, full_name: &str) -> bool {
    let before = subject.strip_suffix(full_name);
    before.is_some_and(|before| before.is_empty() || (before.len() > 1 && before.ends_with('-')))
}

fn level(text: Option<&str>, key: &str) -> Result<Option<Level>, String> {
    let parsed = text.map(str::parse::<Level>).transpose();
    parsed.map_err(|error| format!("{key}: {error}"))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    level: Option<String>,
    dialect: Option<String>,
    registry: Option<String>,
    #[serde(default)]
    types: BTreeMap<String, WrittenType>,
    #[serde(default)]
    subjects: BTreeMap<String, WrittenSubject>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenType {
    level: Option<String>,
    #[serde(default)]
    topics: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSubject {
    level: Option<String>,
    #[serde(rename = "type")]
    of: Option<String>,
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail by a panic")]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_key_counts() {
        let settings = Settings::parse(
            r#"
            level = "full"
            dialect = "apicurio"

            [types."a.Placed"]
            level = "FORWARD"
            topics = ["orders", "archive"]

            [types."a.Placed.json"]
            level = "backward-transitive"

            [subjects."archive-a.Placed"]
            level = "NONE"

            [subjects."orders-value"]
            type = "a.Placed"
            "#,
        )
        .unwrap();
        assert_eq!(settings.dialect(None), Dialect::Apicurio);
        assert_eq!(
            settings.subjects("a.Placed", "a.Placed.avsc"),
            ["archive-a.Placed", "orders-a.Placed", "orders-value"]
        );
        assert!(settings.subjects("a.Shipped", "a.Shipped.avsc").is_empty());
        let level = |file: &str, subject: Option<&str>| settings.level("a.Placed", file, subject);
        assert_eq!(level("a.Placed.avsc", None), Level::Forward);
        assert_eq!(level("a.Placed.avsc", Some("orders-value")), Level::Forward);
        assert_eq!(level("a.Placed.json", Some("orders-value")), Level::BackwardTransitive);
        assert_eq!(level("a.Placed.json", Some("archive-a.Placed")), Level::None);
        assert_eq!(settings.level("a.Shipped", "a.Shipped.avsc", None), Level::Full);
        assert_eq!(
            settings.unknown(|name| name == "a.Placed.json"),
            [
                "[types.\"a.Placed\"]",
                "[subjects.\"orders-value\"] with the type a.Placed"
            ]
        );
    }

    #[test]
    fn a_dialect_that_is_written_down_goes_before_that_of_the_registry() {
        for (text, expected) in [
            ("dialect = 'confluent'", [Dialect::Confluent; 3]),
            ("dialect = 'apicurio'", [Dialect::Apicurio; 3]),
            ("", [Dialect::Confluent, Dialect::Confluent, Dialect::ConfluentLenient]),
        ] {
            let settings = Settings::parse(text).unwrap();
            let of_registry = [None, Some(Dialect::Confluent), Some(Dialect::ConfluentLenient)];
            assert_eq!(of_registry.map(|it| settings.dialect(it)), expected, "{text}");
        }
    }

    #[test]
    fn wrong_keys_are_refused() {
        for (text, part) in [
            ("levle = 1", "unknown field `levle`"),
            ("level = 'SIDEWAYS'", "level: `SIDEWAYS` is no compatibility level"),
            (
                "[types.'a']\nlevel = 'x'",
                "types.\"a\".level: `x` is no compatibility level",
            ),
            ("dialect = 'karapace'", "dialect: `karapace` is no dialect"),
            ("registry = 'https://u:secret@h'", "registry has credentials"),
        ] {
            let error = Settings::parse(text).unwrap_err();
            assert!(error.contains(part) && !error.contains("secret@"), "{text}: {error}");
        }
    }

    #[test]
    fn subjects_are_named_after_types() {
        assert!(is_subject_of("orders-a.Placed", "a.Placed"));
        assert!(is_subject_of("a.Placed", "a.Placed"));
        assert!(!is_subject_of("aa.Placed", "a.Placed"));
        assert!(!is_subject_of("-a.Placed", "a.Placed"));
        assert!(!is_subject_of("orders-value", "a.Placed"));
    }
}
