//! Every write to a registry leaves a line in the log, with what it wrote; no line holds credentials.

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::*;
use crate::compatibility::Level;
use crate::registry::SchemaType;
use crate::testing::EmbeddedRegistry;

/// Keeps each event of this crate as `LEVEL message field=value …`.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        // The HTTP client's own lines are not ours to check.
        metadata
            .module_path()
            .is_some_and(|path| path.contains("registry::client"))
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

#[tokio::test]
async fn a_level_is_logged_once_it_is_set() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let server = EmbeddedRegistry::start().unwrap();
    let url = server.url().replace("http://", "http://alice:secret@");
    let registry = RegistryClient::builder(url).retries(0).build().unwrap();

    server.fail_next(1, 500, "");
    registry.set_level("s", Level::Full).await.unwrap_err();
    registry.set_level("s", Level::Full).await.unwrap();
    registry.level("s").await.unwrap();

    let line = format!(
        "INFO compatibility level set registry={:?} subject=\"s\" level=\"FULL\"",
        server.url()
    );
    assert_eq!(*log.0.lock().unwrap(), [line]);
}

#[tokio::test]
async fn a_registration_is_logged_once_it_stands() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let server = EmbeddedRegistry::start().unwrap();
    let url = server.url().replace("http://", "http://alice:secret@");
    let registry = RegistryClient::builder(url).retries(0).build().unwrap();
    let schema = SchemaText::new(SchemaType::Avro, "\"string\"");

    server.fail_next(1, 500, "");
    registry.register("s", &schema).await.unwrap_err();
    registry.register("s", &schema).await.unwrap();
    registry.look_up("s", &schema).await.unwrap();

    let address = server.url();
    assert_eq!(
        *log.0.lock().unwrap(),
        [
            format!("INFO schema registered, or found there registry={address:?} subject=\"s\" id=1 version=1"),
            format!("DEBUG schema looked up by content registry={address:?} subject=\"s\" id=1 version=1"),
        ]
    );
}
