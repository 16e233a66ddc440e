//! What is not used is told once, with its path and the reason.
//!
//! What is kept and what is refused is tested from outside, in the package `tests`.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use std::fmt::{Debug, Write as _};
use std::sync::Arc;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::*;
use crate::record::SchemaId;

/// Keeps each line as ` message field=value …`.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn taken(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = Line(event.metadata().level().to_string());
        event.record(&mut line);
        self.0.lock().unwrap().push(line.0);
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

#[test]
fn what_is_not_used_is_told_once() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let folder = std::env::temp_dir().join(format!("publisher-store-told-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    let cache = DiskCache::at(&folder);
    let find = || cache.find("r", "s", Asked::Latest);

    assert_eq!(find(), None);
    assert!(log.taken().is_empty(), "that there is none is as it should be");
    let path = folder.join(format::file_name("r", "s", Asked::Latest));
    let entry = StoredEntry::new("r", "s", Asked::Latest, SchemaId(1));
    for _ in 0..2 {
        cache.keep(&entry).unwrap();
        fs::write(&path, "publisher schema cache 9\n").unwrap();
        for _ in 0..3 {
            assert_eq!(find(), None);
        }
        assert_eq!(
            log.taken(),
            [format!(
                "WARN a kept answer of a schema registry is not used path={} reason=\"is written in another version of \
                 the format\"",
                path.display()
            )]
        );
    }
    fs::remove_dir_all(&folder).unwrap();
}
