//! Why a command could not do what it was asked for: what, where, and what to do next.
//!
//! Knows no verb; each puts its own words in.

use std::error::Error;
use std::fmt;

use crate::paint::Paint;

/// A problem with the step that gets past it.
#[derive(Debug)]
pub(crate) struct Failure {
    what: String,
    details: Vec<String>,
    help: Vec<String>,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl Failure {
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            details: Vec::new(),
            help: Vec::new(),
            source: None,
        }
    }

    /// One of several places that have the problem.
    pub(crate) fn details(mut self, details: impl IntoIterator<Item = String>) -> Self {
        self.details.extend(details);
        self
    }

    /// What to do next.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Why it is so.
    pub(crate) fn because(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn Error + 'static))
    }
}

/// The error with all its causes, then what to do.
pub(crate) fn shown(error: &anyhow::Error, paint: Paint) -> String {
    let mut text = String::new();
    let mut help = String::new();
    for (index, cause) in error.chain().enumerate() {
        let word = if index == 0 {
            paint.error("error:")
        } else {
            "  because".to_owned()
        };
        text.push_str(&format!("{word} {}\n", indented(&cause.to_string())));
        if let Some(failure) = cause.downcast_ref::<Failure>() {
            for detail in &failure.details {
                text.push_str(&format!("  - {}\n", indented(detail)));
            }
            for line in &failure.help {
                help.push_str(&format!("{} {}\n", paint.strong("help:"), indented(line)));
            }
        }
    }
    text + &help
}

/// Further lines stand below the first.
fn indented(text: &str) -> String {
    text.trim_end().replace('\n', "\n    ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_chain_is_shown() {
        let error: anyhow::Error = Failure::new("the schemas cannot be read")
            .details(["a.avsc: is empty".to_owned(), "b.avsc: line 1\nline 2".to_owned()])
            .because(Failure::new("the disk is on fire").help("extinguish it"))
            .help("try again")
            .into();
        assert_eq!(
            shown(&error, Paint::new(false)),
            "error: the schemas cannot be read\n  - a.avsc: is empty\n  - b.avsc: line 1\n    line 2\n  \
             because the disk is on fire\nhelp: try again\nhelp: extinguish it\n"
        );
    }
}
