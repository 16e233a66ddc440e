//! Where a setting was given, for the messages about it.

use std::fmt;
use std::path::PathBuf;

/// Where a setting was given.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SettingOrigin {
    /// A line of a file.
    File {
        /// The path as it was given.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
    },
    /// A line of a text that came from no file that we know.
    Text {
        /// The line, counted from 1.
        line: usize,
    },
    /// A variable of the environment.
    Variable {
        /// Its name.
        name: String,
    },
    /// [`Settings::set`](super::Settings::set).
    Code,
}

impl fmt::Display for SettingOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, line } => write!(f, "{}:{line}", path.display()),
            Self::Text { line } => write!(f, "line {line}"),
            Self::Variable { name } => write!(f, "variable {name}"),
            Self::Code => f.write_str("set in code"),
        }
    }
}
