//! Which mode counts for a subject, and what it forbids.
//!
//! Knows no schema.
//!
//! Implements: Confluent Schema Registry REST API, "Mode".

use std::collections::BTreeMap;

use super::context;
use super::refusal::Refusal;

/// What may be written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Mode {
    /// All but schemas with an id of the caller's.
    #[default]
    ReadWrite,
    /// Nothing.
    ReadOnly,
    /// Nothing, whatever the mode of the subject.
    ReadOnlyOverride,
    /// Only schemas with an id of the caller's, whatever level the subject has.
    Import,
    /// As [`Import`](Self::Import), where it comes to registering.
    Forward,
}

impl Mode {
    pub(super) const ALL: [Self; 5] = [
        Self::ReadWrite,
        Self::ReadOnly,
        Self::ReadOnlyOverride,
        Self::Import,
        Self::Forward,
    ];

    /// The name in the registry's API.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::ReadWrite => "READWRITE",
            Self::ReadOnly => "READONLY",
            Self::ReadOnlyOverride => "READONLY_OVERRIDE",
            Self::Import => "IMPORT",
            Self::Forward => "FORWARD",
        }
    }

    /// Whether schemas come with the ids that another registry gave them.
    pub(super) fn imports(self) -> bool {
        matches!(self, Self::Import | Self::Forward)
    }

    fn reads_only(self) -> bool {
        matches!(self, Self::ReadOnly | Self::ReadOnlyOverride)
    }
}

/// The modes of the registry, of its contexts and of its subjects.
#[derive(Debug, Default)]
pub(super) struct Modes {
    global: Mode,
    own: BTreeMap<String, Mode>,
}

impl Modes {
    pub(super) fn global(&self) -> Mode {
        self.global
    }

    /// What the subject, or the context that is named like one, has of its own.
    pub(super) fn own(&self, subject: &str) -> Option<Mode> {
        self.own.get(subject).copied()
    }

    /// What counts for the subject: its own mode, or that of its context, or the one for all.
    pub(super) fn effective(&self, subject: &str) -> Mode {
        if self.global == Mode::ReadOnlyOverride {
            return self.global;
        }
        let of_context = || self.own(&context::qualified(context::of(subject), ""));
        self.own(subject).or_else(of_context).unwrap_or(self.global)
    }

    /// Sets the mode of one subject or of all.
    pub(super) fn set(&mut self, subject: Option<&str>, mode: Mode) {
        match subject {
            Some(subject) => drop(self.own.insert(subject.to_owned(), mode)),
            None => self.global = mode,
        }
    }

    /// Goes back to what counts without the subject's own mode, and answers that one.
    pub(super) fn remove(&mut self, subject: &str) -> Option<Mode> {
        self.own.remove(subject)
    }

    /// Whether a schema may be registered, with an id of the caller's or without.
    pub(super) fn check_register(&self, subject: &str, has_id: bool) -> Result<(), Refusal> {
        self.check_write(subject)?;
        let mode = self.effective(subject);
        if has_id && !mode.imports() {
            return Err(refused(subject, "is not in import mode"));
        }
        if !has_id && mode != Mode::ReadWrite {
            return Err(refused(subject, "is not in read-write mode"));
        }
        Ok(())
    }

    /// Whether anything of the subject may be changed.
    pub(super) fn check_write(&self, subject: &str) -> Result<(), Refusal> {
        if self.effective(subject).reads_only() {
            return Err(refused(subject, "is in read-only mode"));
        }
        Ok(())
    }
}

fn refused(subject: &str, what: &str) -> Refusal {
    let context = context::qualified(context::of(subject), "");
    Refusal::not_permitted(format!("Subject {subject} in context {context} {what}"))
}
