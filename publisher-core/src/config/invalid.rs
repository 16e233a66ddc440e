//! The settings that cannot be used, all of them at once.

use std::fmt;

use super::SettingOrigin;

/// One setting that cannot be used. Never shows a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidSetting {
    key: Option<String>,
    origin: SettingOrigin,
    reason: String,
}

impl InvalidSetting {
    pub(super) fn new(key: impl Into<String>, origin: SettingOrigin, reason: impl Into<String>) -> Self {
        Self {
            key: Some(key.into()),
            origin,
            reason: reason.into(),
        }
    }

    /// A place of which not even the key can be read.
    pub(super) fn unreadable(origin: SettingOrigin, reason: impl Into<String>) -> Self {
        Self {
            key: None,
            origin,
            reason: reason.into(),
        }
    }

    /// The key as it was given; `None` where the text could not be taken apart.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    /// Where it was given.
    #[must_use]
    pub fn origin(&self) -> &SettingOrigin {
        &self.origin
    }

    /// What is wrong, and what to do.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for InvalidSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.key {
            Some(key) => write!(f, "{}: {key}: {}", self.origin, self.reason),
            None => write!(f, "{}: {}", self.origin, self.reason),
        }
    }
}

/// Settings that cannot be used: all that were found, those of the registry's client last. Never retriable.
///
/// A list has no single source, so `Display` has all of them on one line, separated by semicolons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidSettings(Vec<InvalidSetting>);

impl InvalidSettings {
    pub(crate) fn new(refused: Vec<InvalidSetting>) -> Self {
        Self(refused)
    }

    /// The settings, at least one.
    #[must_use]
    pub fn refused(&self) -> &[InvalidSetting] {
        &self.0
    }
}

impl fmt::Display for InvalidSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("settings cannot be used: ")?;
        for (index, setting) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{setting}")?;
        }
        Ok(())
    }
}

impl std::error::Error for InvalidSettings {}
