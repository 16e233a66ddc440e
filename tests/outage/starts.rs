//! Each way to start, in each state of the registry, with each source beside it: what becomes of a declared type.

use std::time::Duration;

use publisher_core::registry::{Asked, RegistryError, SchemaLock, SchemaRegistry, StoredEntry};
use publisher_core::testing::EmbeddedRegistry;
use publisher_core::{ConfigError, EventTypes, SchemaMode, StartMode, events};

use crate::support;
use crate::support::{
    Broker, OrderPlaced, PLACED, avro, cache_at, named, placed, publish_until, said, schema_of, within,
};
use tests::folder::Folder;
use tests::log;

/// The registry at the time of the start. Before, it gave the schema its id.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Registry {
    Up,
    Down,
    /// Up, and it knows nothing.
    Emptied,
    /// Up, and it means another schema by the id.
    Replaced,
}

/// What else knows the id.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Source {
    Nothing,
    DiskCache,
    LockFile,
}

use Registry::{Down, Emptied, Replaced, Up};
use Source::{DiskCache, LockFile, Nothing};

/// What becomes of the type with each of [`SOURCES`]: "delivered"; the reason, if there is no start; "then" and the reason,
/// if there is one and records fail, at once or after some that were delivered with the kept id.
#[rustfmt::skip] // A table is read by its rows.
const TABLE: [(StartMode, Registry, [&str; 3]); 12] = [
    (StartMode::Cached, Up, ["delivered", "delivered", "delivered"]),
    (StartMode::Cached, Down, ["unreachable", "delivered", "delivered"]),
    (StartMode::Cached, Emptied, ["missing", "then remapped", "then remapped"]),
    (StartMode::Cached, Replaced, ["missing", "then remapped", "then remapped"]),
    (StartMode::Strict, Up, ["delivered", "delivered", "delivered"]),
    (StartMode::Strict, Down, ["unreachable", "unreachable", "unreachable"]),
    (StartMode::Strict, Emptied, ["missing", "remapped", "remapped"]),
    (StartMode::Strict, Replaced, ["missing", "remapped", "remapped"]),
    (StartMode::Lazy, Up, ["delivered", "delivered", "delivered"]),
    (StartMode::Lazy, Down, ["then unreachable", "delivered", "delivered"]),
    (StartMode::Lazy, Emptied, ["then missing", "then remapped", "then remapped"]),
    (StartMode::Lazy, Replaced, ["then missing", "then remapped", "then remapped"]),
];
const SOURCES: [Source; 3] = [Nothing, DiskCache, LockFile];

#[tokio::test]
async fn each_start_in_each_state() {
    let mut wrong = Vec::new();
    for (mode, registry, words) in TABLE {
        for (source, expected) in SOURCES.into_iter().zip(words) {
            let found = start(mode, registry, source).await;
            if found != expected {
                wrong.push(format!("{mode:?}, {registry:?}, {source:?}: {found}, not {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What becomes of the type, in the words of the table.
async fn start(mode: StartMode, registry: Registry, source: Source) -> String {
    let (broker, folder, before) = (Broker::memory(), Folder::new(), EmbeddedRegistry::start().unwrap());
    let client = named(&before, "main");
    let registered = within(client.register(PLACED, schema_of::<OrderPlaced>()))
        .await
        .unwrap();
    let asked = Asked::Content(OrderPlaced::types()[0].fingerprint());
    let entry = StoredEntry::new("main", PLACED, asked, registered.id);
    let mut lock = SchemaLock::default();
    match source {
        Nothing => {}
        DiskCache => cache_at(&folder).keep(&entry).unwrap(),
        LockFile => drop(lock.set(entry).unwrap()),
    }
    let now = match registry {
        Emptied => EmbeddedRegistry::start().unwrap(),
        Up | Down | Replaced => before,
    };
    match registry {
        Up | Emptied => {}
        Down => now.stop().unwrap(),
        Replaced => now.replace(registered.id, avro("\"long\"")),
    }
    let timeout = if registry == Down {
        Duration::from_millis(300)
    } else {
        support::DEADLINE
    };
    let builder = broker
        .publisher(named(&now, "main"))
        .schema_mode(SchemaMode::LookUp)
        .disk_cache(cache_at(&folder))
        .schema_lock(lock)
        .events(events![OrderPlaced])
        .start(mode)
        .start_timeout(timeout)
        .delivery_timeout(timeout);
    let publisher = match within(builder.build()).await {
        Ok(publisher) => publisher,
        Err(ConfigError::Unresolved(unresolved)) => return word(&unresolved[0].error).to_owned(),
        Err(error) => panic!("{error:?}"),
    };
    // Where a kept id is wrong, that is found out while records are on their way.
    let ends_in_error = matches!(registry, Emptied | Replaced);
    let mut outcome = within(publisher.publish(placed("7", 1))).await;
    if ends_in_error && outcome.is_ok() {
        outcome = publish_until(&publisher, || placed("7", 1), Result::is_err).await;
    }
    match outcome {
        Ok(delivery) => {
            assert_eq!(delivery.schema_id, Some(registered.id));
            "delivered".to_owned()
        }
        Err(error) => format!("then {}", word(&said(error))),
    }
}

fn word(error: &RegistryError) -> &'static str {
    match error {
        RegistryError::Unreachable(_) => "unreachable",
        RegistryError::NotFound(_) => "missing",
        RegistryError::Remapped(_) => "remapped",
        _ => "something else",
    }
}

#[tokio::test]
async fn a_lazy_start_logs_what_is_missing() {
    log::keep();
    let (broker, server) = (Broker::memory(), EmbeddedRegistry::start().unwrap());
    let builder = broker
        .publisher(named(&server, "lazy"))
        .schema_mode(SchemaMode::LookUp)
        .events(events![OrderPlaced])
        .start(StartMode::Lazy);
    let _publisher = within(builder.build()).await.unwrap();
    support::until("a line that names the type and the reason", || {
        log::has(&[
            "WARN",
            "com.acme.OrderPlaced",
            PLACED,
            server.url(),
            "a declared event has no schema id",
        ])
    })
    .await;
}
