//! [`Settings`]: keys and values from files, the environment and code, and where each is from.
//!
//! Reads and keeps; what a key means is decided when the settings are given to a builder.

use std::collections::HashSet;
use std::fmt;
use std::io::Read as _;
use std::path::Path;

use super::secret::shown;
use super::{InvalidSetting, InvalidSettings, SettingOrigin, environment, properties};
use crate::error::ConfigError;

/// The most that a file may hold: a file of settings has some kilobytes, and a wrong path may lead to anything.
const MAX_FILE_BYTES: u64 = 1024 * 1024;

/// Settings under the names that users of other Kafka clients know; given to a builder by
/// [`PublisherBuilder::settings`](crate::PublisherBuilder::settings).
///
/// Layers are put over each other with [`merge`](Self::merge), and the later one wins. Keys are taken as they are; what is
/// wrong with one is told by `build`, with all others. `Debug` never shows a secret.
///
/// # Examples
/// ```
/// # use publisher_core::config::Settings;
/// let settings = Settings::from_properties("linger.ms = 20\nclient.id = shop\n")?.set("linger.ms", "50");
/// assert_eq!(settings.get("linger.ms"), Some("50"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Each key once, the one that was given last at the end.
    pub(super) given: Vec<Setting>,
}

/// One key with its value and where it is from.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Setting {
    pub(super) key: String,
    pub(super) value: String,
    pub(super) origin: SettingOrigin,
}

impl Settings {
    /// No settings.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The settings in the text of a `.properties` file: `key=value`, `key:value` or `key value`; comments begin with `#`
    /// or `!`; a backslash at the end of a line continues it; `\t \n \r \f \uXXXX` are escapes and any other character after
    /// a backslash stands for itself. White space before key and value is dropped, that at the end of a value is part of
    /// it. The last of two equal keys wins.
    ///
    /// # Errors
    /// [`ConfigError::Settings`]: a `\u` without four hexadecimal digits, or half a character; every line is named.
    ///
    /// Implements: `java.util.Properties.load(Reader)`, but for a byte order mark, which is no part of the first key here.
    pub fn from_properties(text: &str) -> Result<Self, ConfigError> {
        Self::from_text(text, |line| SettingOrigin::Text { line })
    }

    /// The settings in a file, as [`from_properties`](Self::from_properties). UTF-8, at most 1 MiB.
    ///
    /// # Errors
    /// [`ConfigError::SettingsFile`]: the file cannot be read. [`ConfigError::Settings`]: it is too large, is not UTF-8, or
    /// as at [`from_properties`](Self::from_properties); each with the line.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, ConfigError> {
        let path = path.as_ref();
        let mut bytes = Vec::new();
        std::fs::File::open(path)
            .and_then(|file| file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes))
            .map_err(|source| ConfigError::SettingsFile {
                path: path.to_owned(),
                source,
            })?;
        let origin = |line| SettingOrigin::File {
            path: path.to_owned(),
            line,
        };
        let refused = |line, reason| {
            let invalid = InvalidSetting::unreadable(origin(line), reason);
            ConfigError::from(InvalidSettings::new(vec![invalid]))
        };
        if bytes.len() as u64 > MAX_FILE_BYTES {
            return Err(refused(
                1,
                "the file is larger than 1 MiB, which no file of settings is",
            ));
        }
        let text = std::str::from_utf8(&bytes).map_err(|error| {
            let line = bytes[..error.valid_up_to()]
                .iter()
                .filter(|byte| **byte == b'\n')
                .count()
                + 1;
            refused(
                line,
                "not UTF-8; save the file as UTF-8, or write the character as \\uXXXX",
            )
        })?;
        Self::from_text(text, origin)
    }

    /// The settings in the environment of this process.
    ///
    /// Read are all variables whose names begin with `prefix`, which is taken off, and all that begin with
    /// `SCHEMA_REGISTRY_`, which stays. The key is the name in lower case, with a dot for `_`, a hyphen for `__` and an
    /// underscore for `___`: with the prefix `KAFKA_`, `KAFKA_BOOTSTRAP_SERVERS` is `bootstrap.servers`,
    /// `KAFKA_AUTO_REGISTER_SCHEMAS` is `auto.register.schemas`, and `SCHEMA_REGISTRY_URL` as well as
    /// `KAFKA_SCHEMA_REGISTRY_URL` is `schema.registry.url`; of these two, the one with the prefix wins.
    ///
    /// Not read are the variables that Kubernetes sets for a service of that name (`KAFKA_SERVICE_HOST`,
    /// `SCHEMA_REGISTRY_PORT=tcp://…`). Every other one is a setting, so that a mistyped name is found: choose a prefix that
    /// nothing else uses.
    ///
    /// # Errors
    /// [`ConfigError::Settings`]: a value is not UTF-8. [`ConfigError::Invalid`]: the prefix is empty.
    ///
    /// Implements: the names of Confluent's container images.
    pub fn from_env(prefix: &str) -> Result<Self, ConfigError> {
        if prefix.is_empty() {
            return Err(ConfigError::Invalid {
                setting: "prefix".to_owned(),
                reason: "is empty, so that every variable would be a setting; give one like `KAFKA_`".to_owned(),
            });
        }
        let variables = environment::read(std::env::vars_os(), prefix).map_err(InvalidSettings::new)?;
        let given = variables.into_iter().map(|variable| Setting {
            key: variable.key,
            value: variable.value,
            origin: SettingOrigin::Variable { name: variable.name },
        });
        Ok(Self::new().with(given))
    }

    /// Sets one key, over what was there before.
    #[must_use]
    pub fn set(self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.with([Setting {
            key: key.into(),
            value: value.into(),
            origin: SettingOrigin::Code,
        }])
    }

    /// Puts other settings over these: where both have a key, `later` wins.
    #[must_use]
    pub fn merge(self, later: Self) -> Self {
        self.with(later.given)
    }

    /// The value of a key. May be a secret.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.given.iter().find(|s| s.key == key).map(|s| s.value.as_str())
    }

    /// The keys, in the order in which they were given.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.given.iter().map(|setting| setting.key.as_str())
    }

    fn from_text(text: &str, origin: impl Fn(usize) -> SettingOrigin) -> Result<Self, ConfigError> {
        let read = properties::read(text).map_err(|malformed| {
            let refused = malformed
                .into_iter()
                .map(|m| InvalidSetting::unreadable(origin(m.line), m.reason));
            InvalidSettings::new(refused.collect())
        })?;
        let given = read.into_iter().map(|property| Setting {
            key: property.key,
            value: property.value,
            origin: origin(property.line),
        });
        Ok(Self::new().with(given))
    }

    /// These settings with others over them.
    fn with(mut self, later: impl IntoIterator<Item = Setting>) -> Self {
        self.given.extend(later);
        // From the end, because the last one wins; by a set, because a file may have very many lines.
        let mut seen = HashSet::new();
        let kept: Vec<bool> = self
            .given
            .iter()
            .rev()
            .map(|setting| seen.insert(setting.key.as_str()))
            .collect();
        let mut kept = kept.into_iter().rev();
        self.given.retain(|_| kept.next().unwrap_or_default());
        self
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(self.given.iter().map(|s| (&s.key, shown(&s.key, &s.value))))
            .finish()
    }
}
