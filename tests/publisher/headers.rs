//! The standard headers and the user's own.

use publisher_core::{ConfigError, Headers, Publisher, StandardHeader};

use crate::support::{Bench, ScriptedRegistry, StockCounted, placed, shipped, within};

/// All headers as text, the event's id apart: it must be a uuid of version 7.
fn texts(headers: &Headers, id_name: &str) -> Vec<String> {
    let id: uuid::Uuid = headers.text(id_name).unwrap().parse().unwrap();
    assert_eq!(id.get_version_num(), 7);
    assert_eq!(
        headers.text(id_name).unwrap(),
        id.hyphenated().to_string(),
        "lower case, with hyphens"
    );
    let text = |value: Option<&[u8]>| String::from_utf8(value.unwrap().to_vec()).unwrap();
    let others = headers.iter().filter(|(name, _)| *name != id_name);
    others.map(|(name, value)| format!("{name}={}", text(value))).collect()
}

#[tokio::test]
async fn every_event_has_the_standard_headers() {
    let bench = Bench::new().await;
    within(bench.publisher.publish(placed("7", 1))).await.unwrap();
    within(bench.publisher.publish(shipped("7", "x"))).await.unwrap();
    within(bench.publisher.publish(StockCounted {
        warehouse: "w".into(),
        product: "p".into(),
        pieces: 1,
    }))
    .await
    .unwrap();
    let all: Vec<_> = bench
        .broker
        .records()
        .iter()
        .map(|stored| texts(&stored.record.headers, "event_id"))
        .collect();
    assert_eq!(
        all[0],
        [
            "event_type=com.acme.OrderPlaced",
            "version=2",
            "content-type=application/avro"
        ]
    );
    assert_eq!(
        all[1],
        [
            "event_type=com.acme.OrderShipped",
            "version=1",
            "content-type=application/avro"
        ]
    );
    assert_eq!(
        all[2],
        [
            "event_type=com.acme.StockCounted",
            "version=1",
            "content-type=application/json"
        ]
    );
}

#[test]
fn debug_shows_names_and_sizes() {
    let mut headers = Headers::new();
    headers.push("tenant", "secret");
    headers.push("tenant", "");
    headers.push_null("none");
    assert_eq!(
        format!("{headers:?}"),
        "{\"tenant\": Some(6), \"tenant\": Some(0), \"none\": None}"
    );
}

#[tokio::test]
async fn every_call_has_an_id_of_its_own() {
    let bench = Bench::new().await;
    let event = placed("7", 1);
    within(bench.publisher.batch().add(&event).add(&event).send())
        .await
        .unwrap();
    let records = bench.broker.records();
    let id = |index: usize| records[index].record.headers.text("event_id").unwrap().to_owned();
    assert!(id(0) < id(1), "ids of version 7 rise");
}

#[tokio::test]
async fn source_correlation_and_own_headers_stand_when_given() {
    let bench = Bench::with(|builder| builder.source("shop")).await;
    let prepared = bench
        .publisher
        .prepare(placed("7", 1))
        .correlation_id("c-1")
        .header("tenant", "eu")
        .header("tenant", b"us");
    within(prepared.correlation_id("c-2").send()).await.unwrap();
    let expected = [
        "event_type=com.acme.OrderPlaced",
        "source=shop",
        "version=2",
        "content-type=application/avro",
        "tenant=eu",
        "tenant=us",
        "correlation_id=c-2",
    ];
    assert_eq!(texts(&bench.broker.records()[0].record.headers, "event_id"), expected);
}

#[tokio::test]
async fn a_given_event_id_takes_the_place_of_a_new_one() {
    let bench = Bench::new().await;
    within(bench.publisher.prepare(placed("7", 1)).event_id("mine").send())
        .await
        .unwrap();
    let headers = bench.broker.records().remove(0).record.headers;
    let ids: Vec<_> = headers.iter().filter(|(name, _)| *name == "event_id").collect();
    assert_eq!(ids, [("event_id", Some(&b"mine"[..]))]);
}

#[tokio::test]
async fn names_can_be_changed_and_headers_switched_off() {
    let bench = Bench::with(|builder| {
        builder
            .source("shop")
            .header_name(StandardHeader::EventType, "ce_type")
            .header_name(StandardHeader::EventId, "ce_id")
            .header_name(StandardHeader::Source, "ce_source")
            .header_name(StandardHeader::CorrelationId, "trace")
            .omit_header(StandardHeader::Version)
            .omit_header(StandardHeader::ContentType)
    })
    .await;
    within(bench.publisher.prepare(placed("7", 1)).correlation_id("c").send())
        .await
        .unwrap();
    let headers = bench.broker.records().remove(0).record.headers;
    assert_eq!(
        texts(&headers, "ce_id"),
        ["ce_type=com.acme.OrderPlaced", "ce_source=shop", "trace=c"]
    );

    let bench = Bench::with(|builder| {
        builder
            .omit_header(StandardHeader::EventId)
            .omit_header(StandardHeader::CorrelationId)
    })
    .await;
    within(
        bench
            .publisher
            .prepare(placed("7", 1))
            .correlation_id("c")
            .event_id("i")
            .send(),
    )
    .await
    .unwrap();
    let headers = bench.broker.records().remove(0).record.headers;
    assert_eq!(headers.len(), 3, "what is switched off cannot be set");
}

#[tokio::test]
async fn two_headers_of_one_name_are_refused() {
    let builder = Publisher::builder()
        .bootstrap_servers("localhost:1")
        .registry_client(ScriptedRegistry::default());
    let refused = builder
        .header_name(StandardHeader::EventId, "version")
        .build()
        .await
        .err()
        .unwrap();
    let ConfigError::Invalid { setting, reason } = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(
        (setting.as_str(), reason.as_str()),
        ("header_name", "two standard headers are named \"version\"")
    );

    let broker = publisher_core::producer::MemoryBroker::new();
    let builder = Publisher::builder()
        .connect(broker.connect())
        .registry_client(ScriptedRegistry::default());
    let builder = builder
        .header_name(StandardHeader::EventId, "version")
        .omit_header(StandardHeader::Version);
    assert!(builder.build().await.is_ok(), "the other one is not written");
}
