//! What the command takes from the process.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::date::Date;

/// What the command takes from the process around it.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// The folder from which relative paths count.
    pub folder: PathBuf,
    /// The environment variables.
    pub variables: BTreeMap<String, String>,
    /// Whether what is asked for may be coloured.
    pub coloured_out: bool,
    /// Whether errors may be coloured.
    pub coloured_err: bool,
    /// Whether progress may be shown on the error stream.
    pub progress: bool,
}

impl Surroundings {
    /// A variable that is set and not empty.
    pub(crate) fn variable(&self, name: &str) -> Option<&str> {
        self.variables
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }

    /// The day on which an acknowledgement expires or not: that of `SOURCE_DATE_EPOCH`, so that a run can be repeated,
    /// else today in UTC.
    pub(crate) fn today(&self) -> Date {
        let given = self.variable("SOURCE_DATE_EPOCH").and_then(|text| text.parse().ok());
        Date::of_epoch_seconds(given.unwrap_or_else(|| {
            let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
            now.map_or(0, |since| since.as_secs())
        }))
    }
}
