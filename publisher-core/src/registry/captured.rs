//! What a part of this crate writes into the log, for tests of it.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Keeps each event of a module as `LEVEL message field=value …`.
#[derive(Clone)]
pub(super) struct Log {
    /// Part of the module's path: the lines of libraries are not ours to check.
    module: &'static str,
    lines: Arc<Mutex<Vec<String>>>,
}

impl Log {
    /// Of the modules with this in their path.
    pub(super) fn of(module: &'static str) -> Self {
        Self {
            module,
            lines: Arc::default(),
        }
    }

    /// The lines so far, which are not given again.
    pub(super) fn taken(&self) -> Vec<String> {
        std::mem::take(&mut self.lines.lock().unwrap())
    }
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.module_path().is_some_and(|path| path.contains(self.module))
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = Line(event.metadata().level().to_string());
        event.record(&mut line);
        self.lines.lock().unwrap().push(line.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = match field.name() {
            "message" => write!(self.0, " {value:?}"),
            name => write!(self.0, " {name}={value:?}"),
        };
    }
}
