//! What a record is made of: frame, key, time; and what its delivery says.

use chrono::DateTime;
use publisher_core::{Offset, Publisher, SchemaId, SubjectNameStrategy, Timestamp, wire};

use crate::support::{Bench, PLACED, Pinged, SHIPPED_AT_MS, StockCounted, placed, shipped, within};

#[tokio::test]
async fn a_delivery_says_where_the_record_lies_and_under_which_schema() {
    let bench = Bench::new().await;
    let order = placed("7", 3);
    let first = within(bench.publisher.publish(&order)).await.unwrap();
    assert_eq!(order.quantity, 3, "the caller still has it");
    let second = within(bench.publisher.publish(placed("7", 4))).await.unwrap();
    assert_eq!((first.topic(), first.offset), ("orders", Some(Offset(0))));
    assert_eq!((second.partition, second.offset), (first.partition, Some(Offset(1))));
    assert_eq!((first.schema_id, first.subject()), (Some(SchemaId(1)), Some(PLACED)));
    let stored = &bench.broker.records()[1];
    assert_eq!(second.timestamp_ms, stored.record.timestamp_ms);
    assert_eq!(second.partition, stored.placement.partition);
    assert_eq!(
        second.to_string(),
        format!("orders[{}]@1 schema 1 (orders-com.acme.OrderPlaced)", second.partition)
    );
}

#[tokio::test]
async fn the_frame_is_confluents() {
    let bench = Bench::new().await;
    within(bench.publisher.publish(placed("ab", 3))).await.unwrap();
    within(bench.publisher.publish(shipped("ab", "x"))).await.unwrap();
    let json = StockCounted {
        warehouse: "w".into(),
        product: "p".into(),
        pieces: 2,
    };
    within(bench.publisher.publish(json)).await.unwrap();
    let values: Vec<_> = bench
        .broker
        .records()
        .into_iter()
        .map(|stored| stored.record.value.unwrap())
        .collect();
    assert_eq!(values[0], b"\0\0\0\0\x01\x04ab\x06");
    assert_eq!(values[1], b"\0\0\0\0\x02\x04ab\x80\xa0\xab\xfe\xf9\x62\x02x");
    assert_eq!(
        values[2],
        b"\0\0\0\0\x03{\"warehouse\":\"w\",\"product\":\"p\",\"pieces\":2}"
    );
    assert_eq!(wire::read(&values[2]).unwrap().0, SchemaId(3));
}

#[tokio::test]
async fn the_time_is_that_of_the_event_or_of_the_call_and_prepare_wins() {
    let bench = Bench::new().await;
    let before = Timestamp::now().millis();
    within(bench.publisher.publish(shipped("1", "x"))).await.unwrap();
    within(bench.publisher.publish(placed("1", 1))).await.unwrap();
    within(
        bench
            .publisher
            .prepare(shipped("1", "x"))
            .timestamp(Timestamp::from_millis(5))
            .send(),
    )
    .await
    .unwrap();
    let noon = DateTime::parse_from_rfc3339("2024-02-29T12:00:00Z").unwrap().to_utc();
    within(bench.publisher.prepare(placed("1", 1)).timestamp(noon).send())
        .await
        .unwrap();
    let after = Timestamp::now().millis();

    let times: Vec<_> = bench
        .broker
        .records()
        .iter()
        .map(|stored| stored.record.timestamp_ms)
        .collect();
    assert_eq!(times[0], SHIPPED_AT_MS);
    assert!(
        (before..=after).contains(&times[1]),
        "{before} <= {} <= {after}",
        times[1]
    );
    assert_eq!(times[2], 5);
    assert_eq!(times[3], 1_709_208_000_000);
}

#[tokio::test]
async fn keys_are_the_entitys_text() {
    let bench = Bench::new().await;
    let count = |warehouse: &str, product: &str| StockCounted {
        warehouse: warehouse.to_owned(),
        product: product.to_owned(),
        pieces: 1,
    };
    within(bench.publisher.publish(placed("größe", 1))).await.unwrap();
    within(bench.publisher.publish(count("a", "b:c"))).await.unwrap();
    within(bench.publisher.publish(count("a:b", "c"))).await.unwrap();
    within(bench.publisher.publish(count("a\\", ":"))).await.unwrap();
    let keys: Vec<_> = bench
        .broker
        .records()
        .into_iter()
        .map(|stored| stored.record.key.unwrap())
        .collect();
    assert_eq!(keys, ["größe".as_bytes(), b"a:b\\:c", b"a\\:b:c", b"a\\\\:\\:"]);
}

#[tokio::test]
async fn records_without_a_key_spread_over_the_partitions() {
    let bench = Bench::new().await;
    for number in 0..6 {
        within(bench.publisher.publish(Pinged { number })).await.unwrap();
    }
    let records = bench.broker.records();
    assert!(records.iter().all(|stored| stored.record.key.is_none()));
    let partitions: std::collections::BTreeSet<_> = records.iter().map(|stored| stored.placement.partition).collect();
    assert_eq!(partitions.len(), 6);
}

#[tokio::test]
async fn a_tombstone_has_a_key_and_headers_but_no_value() {
    let bench = Bench::with(|builder| builder.source("shop")).await;
    let delivery = within(
        bench
            .publisher
            .tombstone::<crate::support::OrderPlaced>(&"7".to_owned()),
    )
    .await
    .unwrap();
    assert_eq!(
        (delivery.topic(), delivery.schema_id, delivery.subject()),
        ("orders", None, None)
    );
    let compound = ("w:1".to_owned(), "p".to_owned());
    within(bench.publisher.tombstone::<StockCounted>(&compound))
        .await
        .unwrap();

    let records = bench.broker.records();
    assert_eq!(records[0].record.key.as_deref(), Some(&b"7"[..]));
    assert_eq!(records[0].record.value, None);
    let headers = &records[0].record.headers;
    let names: Vec<_> = headers.iter().map(|(name, _)| name.to_owned()).collect();
    assert_eq!(
        names,
        ["event_type", "event_id", "source", "version"],
        "no content, so no type of it"
    );
    assert_eq!(
        (headers.text("event_type"), headers.text("version")),
        (Some("com.acme.OrderPlaced"), Some("2"))
    );
    assert_eq!(
        (records[1].record.topic.as_str(), records[1].record.key.as_deref()),
        ("stock", Some(&b"w\\:1:p"[..]))
    );
    assert!(
        bench.registry.calls().is_empty(),
        "the registry is not asked for a tombstone"
    );
}

#[tokio::test]
async fn prepare_chooses_the_topic_and_the_subject_follows() {
    let bench = Bench::new().await;
    let elsewhere = within(bench.publisher.prepare(placed("7", 1)).topic("orders.eu").send())
        .await
        .unwrap();
    assert_eq!(
        (elsewhere.topic(), elsewhere.subject()),
        ("orders.eu", Some("orders.eu-com.acme.OrderPlaced"))
    );

    let bench = Bench::with(|builder| builder.subject_strategy(SubjectNameStrategy::Record)).await;
    let one = within(bench.publisher.prepare(placed("7", 1)).topic("a").send())
        .await
        .unwrap();
    let two = within(bench.publisher.prepare(placed("7", 1)).topic("b").send())
        .await
        .unwrap();
    assert_eq!(
        (one.subject(), two.subject()),
        (Some("com.acme.OrderPlaced"), Some("com.acme.OrderPlaced"))
    );
}

#[tokio::test]
async fn a_renamed_topic_holds_for_events_batches_and_tombstones() {
    let bench = Bench::with(|builder| builder.rename_topic("orders", "test.orders")).await;
    let delivery = within(bench.publisher.publish(placed("7", 1))).await.unwrap();
    assert_eq!(delivery.subject(), Some("test.orders-com.acme.OrderPlaced"));
    within(bench.publisher.batch().add(placed("7", 1)).send())
        .await
        .unwrap();
    within(
        bench
            .publisher
            .tombstone::<crate::support::OrderPlaced>(&"7".to_owned()),
    )
    .await
    .unwrap();
    assert!(
        bench
            .broker
            .records()
            .iter()
            .all(|stored| stored.record.topic == "test.orders")
    );
}

#[tokio::test]
async fn the_event_need_be_neither_send_nor_sync_nor_alive() {
    use std::cell::Cell;
    use std::rc::Rc;

    #[derive(publisher_core::Event)]
    #[event(topic = "orders", namespace = "com.acme")]
    struct Counted {
        #[event(key)]
        order_id: Rc<str>,
        #[event(skip)]
        seen: Cell<u32>,
    }

    fn spawn_one(
        publisher: &Publisher,
    ) -> tokio::task::JoinHandle<Result<publisher_core::Delivery, publisher_core::PublishError>> {
        let local = Counted {
            order_id: "7".into(),
            seen: Cell::new(0),
        };
        local.seen.set(1);
        tokio::spawn(publisher.publish(&local))
    }

    let bench = Bench::new().await;
    within(spawn_one(&bench.publisher)).await.unwrap().unwrap();
    fn send_and_static<T: Send + 'static>(_: &T) {}
    let local = Counted {
        order_id: "8".into(),
        seen: Cell::new(0),
    };
    let enqueuing = bench.publisher.enqueue(&local);
    send_and_static(&enqueuing);
    send_and_static(&bench.publisher.prepare(&local).send());
    send_and_static(&bench.publisher.batch().add(&local).send());
    send_and_static(&within(enqueuing).await.unwrap());
}

/// What users hold can be held in their own types that derive `Debug`; none of it shows a value.
#[tokio::test]
async fn debug_hides_values() {
    fn check(debug: &dyn std::fmt::Debug, name: &str) {
        let text = format!("{debug:?}");
        assert!(text.starts_with(name) && !text.contains("secret"), "{text}");
    }

    let registry = crate::support::ScriptedRegistry::default();
    check(&Publisher::builder().registry_client(registry), "PublisherBuilder {");
    let bench = Bench::new().await;
    let publisher = &bench.publisher;
    check(publisher, "Publisher {");
    check(&publisher.blocking(), "Blocking {");
    let batch = publisher.batch().add(placed("secret", 1));
    check(&batch, "Batch { events: 1,");
    let sending = batch.send();
    check(&sending, "BatchPublishing { waiting: 1,");
    within(sending).await.unwrap();
    let prepared = publisher.prepare(placed("secret", 1)).header("name", "secret");
    check(&prepared, "Prepared { event_type: \"com.acme.OrderPlaced\",");
    let publishing = prepared.send();
    check(&publishing, "Publishing {");
    within(publishing).await.unwrap();
    let enqueuing = publisher.enqueue(placed("secret", 1));
    check(&enqueuing, "Enqueuing {");
    check(&within(enqueuing).await.unwrap(), "Pending {");
}
