//! A registry that hangs, drips, fails or talks nonsense: known types notice nothing, a new one waits or is refused.

use std::time::Duration;

use publisher_core::registry::{Asked, RegistryError, StoredEntry};
use publisher_core::testing::EmbeddedRegistry;
use publisher_core::{EventTypes, SchemaId, events};

use crate::scripted::{Act, Scripted};
use crate::support::{
    Broker, OrderPlaced, OrderShipped, PLACED, StockCounted, cache_at, client, is_pending, placed, refunded, said,
    shipped, until, within,
};
use tests::folder::Folder;

/// How long the client waits for one answer.
const PATIENCE: Duration = Duration::from_millis(250);

/// What a registry in trouble does to each request, and what the error says of it.
fn troubles() -> Vec<(&'static str, Act, &'static str)> {
    vec![
        ("hangs", Act::Hang, "no answer within 250ms"),
        ("drips", Act::Drip, "no answer within 250ms"),
        ("hangs up", Act::HangUp, "connection"),
        ("408", Act::status(408), "HTTP 408"),
        ("429", Act::status(429), "HTTP 429"),
        ("500", Act::status(500), "HTTP 500"),
        ("502", Act::status(502), "HTTP 502"),
        ("503", Act::status(503), "HTTP 503"),
        ("504", Act::status(504), "HTTP 504"),
        ("HTML", Act::answer(200, "", "<html>log in</html>"), "HTML"),
        ("cut JSON", Act::answer(200, "", r#"{"id":"#), "answer cannot be read"),
        ("id 0", Act::answer(200, "", r#"{"id":0}"#), "answer cannot be read"),
        (
            "id as text",
            Act::answer(200, "", r#"{"id":"7"}"#),
            "answer cannot be read",
        ),
    ]
}

#[tokio::test]
async fn known_types_notice_nothing() {
    for (name, act, expected) in troubles() {
        let mut script = vec![Act::registered()];
        script.extend(std::iter::repeat_n(act, 1_000));
        let (broker, server) = (Broker::memory(), Scripted::start(script));
        let registry = client(&server.url).request_timeout(PATIENCE).build().unwrap();
        let builder = broker
            .publisher(registry)
            .events(events![OrderPlaced])
            .delivery_timeout(Duration::from_secs(1));
        let publisher = within(builder.build()).await.unwrap();
        assert_eq!(server.calls(), 1);

        let mut new = publisher.publish(refunded("9", 1));
        for number in 0..200 {
            let delivery = within(publisher.publish(placed("7", number))).await.unwrap();
            assert_eq!(delivery.schema_id, Some(SchemaId(7)));
        }
        assert!(is_pending(&mut new), "{name}");
        let error = within(new).await.unwrap_err();
        assert!(error.is_retriable(), "{name}: {error}");
        let said = said(error);
        let is_right = matches!(said, RegistryError::Unreachable(_) | RegistryError::BadAnswer(_));
        assert!(is_right && said.to_string().contains(expected), "{name}: {said}");
        assert!(said.to_string().contains(&server.url), "{name}: {said}");
        assert_eq!(broker.numbers("orders", "7").await, (0..200).collect::<Vec<_>>());
        assert!(broker.numbers("orders", "9").await.is_empty());
    }
}

#[tokio::test]
async fn a_fault_that_heals_is_not_kept() {
    for (name, act, _) in troubles() {
        let (broker, server) = (Broker::memory(), Scripted::start([act.clone(), act]));
        let registry = client(&server.url).request_timeout(PATIENCE).build().unwrap();
        let publisher = within(broker.publisher(registry).build()).await.unwrap();
        let delivery = within(publisher.publish(refunded("9", 1))).await.unwrap();
        assert_eq!((delivery.schema_id, server.calls()), (Some(SchemaId(7)), 3), "{name}");
    }
}

#[tokio::test]
async fn a_registry_that_asks_for_patience_has_one_call() {
    let patience = Act::answer(429, "Retry-After: 60\r\n", "");
    let server = Scripted::start(std::iter::repeat_n(patience, 1_000));
    let broker = Broker::memory();
    let registry = client(&server.url).build().unwrap();
    let builder = broker.publisher(registry).delivery_timeout(Duration::from_secs(20));
    let publisher = within(builder.build()).await.unwrap();
    let mut all = Vec::new();
    until("the refusal, and many records after it", || {
        all.push(publisher.publish(refunded("9", all.len() as u32)));
        server.calls() > 0 && all.len() > 50
    })
    .await;
    assert!(all.iter_mut().all(is_pending), "each waits to its deadline");
    assert_eq!(server.calls(), 1, "none before the time that it asked for");
}

#[tokio::test]
async fn a_registry_that_asks_for_patience_is_not_urged_to_confirm() {
    let patience = Act::answer(429, "Retry-After: 60\r\n", "");
    let server = Scripted::start(std::iter::repeat_n(patience, 1_000));
    let (broker, folder) = (Broker::memory(), Folder::new());
    let registry = client(&server.url).build().unwrap();
    let asked = Asked::Content(OrderPlaced::types()[0].fingerprint());
    let kept = StoredEntry::new(registry.name(), PLACED, asked, SchemaId(7));
    cache_at(&folder).keep(&kept).unwrap();
    let builder = broker.publisher(registry).disk_cache(cache_at(&folder));
    let publisher = within(builder.events(events![OrderPlaced]).build()).await.unwrap();
    let mut all = Vec::new();
    until("the refusal, and many records after it", || {
        all.push(publisher.publish(placed("7", all.len() as u32)));
        server.calls() > 0 && all.len() > 150
    })
    .await;
    for publishing in all {
        let delivery = within(publishing).await.unwrap();
        assert_eq!(delivery.schema_id, Some(SchemaId(7)));
    }
    assert_eq!(server.calls(), 1, "none before the time that it asked for");
}

#[tokio::test]
async fn a_refusal_fails_at_once_and_is_kept_for_a_while() {
    type Is = fn(&RegistryError) -> bool;
    let refusals: [(u16, Is); 5] = [
        (401, |error| matches!(error, RegistryError::Unauthorised(_))),
        (403, |error| matches!(error, RegistryError::Unauthorised(_))),
        (404, |error| matches!(error, RegistryError::NotFound(_))),
        (409, |error| matches!(error, RegistryError::Incompatible(_))),
        (422, |error| matches!(error, RegistryError::InvalidSchema(_))),
    ];
    for (status, is) in refusals {
        let server = Scripted::start([Act::registered(), Act::status(status)]);
        let broker = Broker::memory();
        let registry = client(&server.url).build().unwrap();
        let builder = broker.publisher(registry).events(events![OrderPlaced]);
        let publisher = within(builder.build()).await.unwrap();
        for number in 0..3 {
            let error = within(publisher.publish(refunded("9", number))).await.unwrap_err();
            assert!(!error.is_retriable());
            let said = said(error);
            assert!(is(&said), "{status}: {said}");
            assert_eq!(said.failure().http_status(), Some(status));
            within(publisher.publish(placed("7", number))).await.unwrap();
        }
        assert_eq!(server.calls(), 2, "{status}");
        assert_eq!(broker.numbers("orders", "7").await, [0, 1, 2]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_tasks_at_a_cold_start_are_one_request_a_schema() {
    let (broker, server) = (Broker::memory(), EmbeddedRegistry::start().unwrap());
    let registry = client(server.url()).build().unwrap();
    let publisher = within(broker.publisher(registry).build()).await.unwrap();
    let tasks = (0..1_000_u32).map(|task| {
        let publisher = publisher.clone();
        tokio::spawn(async move {
            let key = task.to_string();
            let product = key.clone();
            publisher.publish(placed(&key, 1)).await.unwrap();
            publisher.publish(shipped(&key, 2)).await.unwrap();
            publisher.publish(StockCounted { product, number: 3 }).await.unwrap();
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        within(task).await.unwrap();
    }
    let mut calls = server.calls();
    calls.sort();
    assert_eq!(
        calls,
        [
            "POST /subjects/orders-com.acme.OrderPlaced/versions",
            "POST /subjects/orders-com.acme.OrderShipped/versions",
            "POST /subjects/stock-com.acme.StockCounted/versions",
        ]
    );
    assert_eq!(broker.log("orders").await.len(), 2_000);

    // The declared ones are no other at a start, and no record asks after it.
    let server = EmbeddedRegistry::start().unwrap();
    let registry = client(server.url()).build().unwrap();
    let builder = broker
        .publisher(registry)
        .events(events![OrderPlaced, OrderShipped, StockCounted]);
    let publisher = within(builder.build()).await.unwrap();
    assert_eq!(server.requests(), 3);
    for number in 0..100 {
        within(publisher.publish(placed("7", number))).await.unwrap();
    }
    assert_eq!(server.requests(), 3);
}
