//! A publisher that starts while the registry is down: from the disk cache, from the lock file, or not at all.

use std::time::Duration;

use publisher_core::registry::{RegistryError, SchemaLock};
use publisher_core::testing::EmbeddedRegistry;
use publisher_core::{ConfigError, EventType, Publisher, SchemaMode, events};

use crate::project::Project;
use crate::support::{
    Broker, Counted, DEADLINE, OrderPlaced, OrderShipped, PLACED, SHIPPED, cache_at, client, nobody, placed, shipped,
    until, within,
};
use tests::folder::Folder;

const RECORDS: u32 = 500;

fn declared() -> Vec<&'static EventType> {
    events![OrderPlaced, OrderShipped].into_iter().collect()
}

#[tokio::test]
async fn from_the_disk_cache() {
    for broker in [Broker::memory(), Broker::kafka()] {
        let (server, folder) = (EmbeddedRegistry::start().unwrap(), Folder::new());
        let build = |registry| {
            let builder = broker.publisher(registry).disk_cache(cache_at(&folder));
            within(builder.events(declared()).build())
        };
        let first = build(Counted::new(client(server.url()).build().unwrap()))
            .await
            .unwrap();
        let before = publish_both(&first, 0).await;
        within(first.shutdown(DEADLINE)).await;
        assert_eq!(server.requests(), 2, "{:?}", server.calls());

        server.stop().unwrap();
        let counted = Counted::new(client(server.url()).build().unwrap());
        let second = build(counted.clone()).await.unwrap();
        assert_eq!(publish_both(&second, RECORDS).await, before, "the same ids");
        // It asks in vain whether the registry still means by the ids what it meant.
        until("a question for each id", || counted.calls() >= 2).await;

        server.restart().unwrap();
        until("both ids are confirmed", || server.requests() >= 4).await;
        publish_both(&second, 2 * RECORDS).await;
        let report = within(second.shutdown(DEADLINE)).await;
        assert_eq!((report.delivered, report.failed), (u64::from(4 * RECORDS), 0));
        let mut calls = server.calls();
        calls[2..].sort();
        assert_eq!(calls[2..], ["GET /schemas/ids/1", "GET /schemas/ids/2"]);
        assert_eq!(
            broker.numbers("orders", "7").await,
            (0..3 * RECORDS).flat_map(|number| [number, number]).collect::<Vec<_>>(),
            "{}",
            broker.name()
        );
    }
}

/// So many of each type under one key; the ids that they have.
async fn publish_both(publisher: &Publisher, from: u32) -> Vec<Option<publisher_core::SchemaId>> {
    let mut pending = Vec::new();
    for number in from..from + RECORDS {
        pending.push(publisher.enqueue(placed("7", number)).await.unwrap());
        pending.push(publisher.enqueue(shipped("7", number)).await.unwrap());
    }
    let mut ids = Vec::new();
    for pending in pending {
        ids.push(within(pending).await.unwrap().schema_id);
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 2);
    ids
}

#[tokio::test]
async fn from_the_lock_file() {
    let server = EmbeddedRegistry::start().unwrap();
    let project = Project::new().variable("SCHEMA_REGISTRY_URL", server.url());
    let mut settings = String::new();
    for event_type in declared() {
        project.write(
            &format!("schemas/{}", event_type.file_name()),
            event_type.pretty_schema(),
        );
        settings.push_str(&format!("[types.'{}']\ntopics = ['orders']\n", event_type.name()));
    }
    project.write("schemas/publisher.toml", settings);
    // The command has a runtime of its own.
    let project = tokio::task::spawn_blocking(move || {
        project.run("register --yes").has(0, &["ok: 2 schemas at "]);
        project.run("lock").has(0, &["2 added"]);
        project
    });
    let project = within(project).await.unwrap();
    let lock = SchemaLock::read(project.folder.join("schemas/schemas.lock")).unwrap();
    let ids: Vec<_> = lock.entries().iter().map(|entry| Some(entry.id)).collect();
    server.stop().unwrap();

    for (broker, mode) in [
        (Broker::memory(), SchemaMode::AutoRegister),
        (Broker::kafka(), SchemaMode::LookUp),
    ] {
        let registry = client(server.url()).build().unwrap();
        let builder = broker.publisher(registry).schema_lock(lock.clone()).schema_mode(mode);
        let publisher = within(builder.events(declared()).build()).await.unwrap();
        assert_eq!(publish_both(&publisher, 0).await, ids);
        let report = within(publisher.shutdown(DEADLINE)).await;
        assert_eq!((report.delivered, report.failed), (u64::from(2 * RECORDS), 0));
    }
}

#[tokio::test]
async fn from_nothing_is_no_start() {
    let (broker, [first, second]) = (Broker::memory(), [nobody(), nobody()]);
    let folder = Folder::new();
    let registry = client(first.url()).url(second.url()).build().unwrap();
    let builder = broker
        .publisher(registry)
        .disk_cache(cache_at(&folder))
        .schema_lock(SchemaLock::default())
        .start_timeout(Duration::from_millis(500));
    let error = within(builder.events(declared()).build()).await.unwrap_err();
    let text = error.to_string();
    let ConfigError::Unresolved(unresolved) = error else {
        panic!("{error:?}")
    };
    let told: Vec<_> = unresolved
        .iter()
        .map(|schema| (schema.event_type, schema.subject.as_str()))
        .collect();
    assert_eq!(
        told,
        [("com.acme.OrderPlaced", PLACED), ("com.acme.OrderShipped", SHIPPED)]
    );
    for schema in &unresolved {
        assert!(
            matches!(schema.error, RegistryError::Unreachable(_)),
            "{}",
            schema.error
        );
        let attempts = schema.error.failure().attempts();
        let asked: Vec<_> = attempts.iter().map(|attempt| attempt.address()).collect();
        assert_eq!(asked, [first.url(), second.url()]);
        for attempt in attempts {
            assert!(attempt.reason().contains("refused"), "{}", attempt.reason());
        }
    }
    for part in [
        "com.acme.OrderPlaced",
        "com.acme.OrderShipped",
        first.url(),
        second.url(),
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
}
