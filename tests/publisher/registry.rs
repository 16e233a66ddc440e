//! The publisher and its registry: asked once for each type, never again, and what its failures do.

use std::sync::Arc;

use async_trait::async_trait;
use publisher_core::differences::same;
use publisher_core::registry::{
    CachedRegistry, RegisteredSchema, RegistryClient, RegistryError, SchemaRegistry, SchemaText,
};
use publisher_core::testing::EmbeddedRegistry;
use publisher_core::{
    ConfigError, Event, Persistence, ProduceErrorKind, PublishError, Publisher, SchemaId, SchemaMode,
    SubjectNameStrategy, Timestamp, events,
};

use crate::support::{
    Bench, DEADLINE, FORGOTTEN, OrderPlaced, OrderShipped, PLACED, SHIPPED, SHORT, StockCounted, failure, later,
    placed, refused, shipped, unreachable, within,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_calls_at_once_ask_once() {
    let bench = Bench::new().await;
    bench.registry.hold(PLACED);
    let tasks: Vec<_> = (0..1_000)
        .map(|order| {
            let publisher = bench.publisher.clone();
            tokio::spawn(async move { publisher.publish(placed(&order.to_string(), 1)).await })
        })
        .collect();
    bench.registry.called(1).await;
    bench.registry.release(PLACED);
    for task in tasks {
        within(task).await.unwrap().unwrap();
    }
    for order in 0..100 {
        within(bench.publisher.publish(placed(&order.to_string(), 2)))
            .await
            .unwrap();
    }
    assert_eq!(bench.registry.calls(), [("register", PLACED.to_owned())]);
}

#[tokio::test]
async fn over_http_a_type_costs_one_call() {
    let server = EmbeddedRegistry::start().unwrap();
    let broker = publisher_core::producer::MemoryBroker::new();
    let publisher = Publisher::builder()
        .connect(broker.connect())
        .registry(server.url())
        .build()
        .await
        .unwrap();
    for quantity in 1..=5 {
        within(publisher.publish(placed("7", quantity))).await.unwrap();
    }
    assert_eq!((server.requests(), server.subjects()), (1, vec![PLACED.to_owned()]));
    let sent = <OrderPlaced as publisher_core::EventTypes>::types()[0].schema().clone();
    let stored = server.schema(PLACED).unwrap();
    assert!(same(&stored, &sent), "{}", stored.text);
    within(publisher.publish(shipped("7", "x"))).await.unwrap();
    within(publisher.publish(shipped("7", "y"))).await.unwrap();
    assert_eq!(server.requests(), 2);
}

#[tokio::test]
async fn a_failure_reaches_all_who_waited_and_the_next_call_asks_again() {
    let bench = Bench::new().await;
    bench.registry.hold(PLACED);
    bench.registry.fail(PLACED, refused());
    let first = bench.publisher.publish(placed("7", 1));
    let second = bench.publisher.publish(placed("8", 2));
    bench.registry.called(1).await;
    bench.registry.release(PLACED);
    for (publishing, key) in [(first, "7"), (second, "8")] {
        let error = within(publishing).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "no schema id for com.acme.OrderPlaced under subject orders-com.acme.OrderPlaced"
        );
        assert!(!error.is_retriable() && !error.is_fatal());
        let PublishError::Registry { source, record, .. } = error else {
            panic!("{error:?}")
        };
        assert_eq!(
            source.to_string(),
            "event cannot be written with the registry's schema: scripted: refused on purpose"
        );
        assert_eq!(record.key.as_deref(), Some(key.as_bytes()));
    }
    assert!(bench.broker.records().is_empty());
    within(bench.publisher.publish(placed("7", 3))).await.unwrap();
    assert_eq!((bench.registry.calls_for(PLACED), bench.quantities("7")), (2, vec![3]));
}

#[tokio::test]
async fn what_may_heal_is_asked_for_again_while_records_wait() {
    let bench = Bench::new().await;
    for _ in 0..3 {
        bench.registry.fail(PLACED, unreachable());
    }
    for publishing in [
        bench.publisher.publish(placed("7", 1)),
        bench.publisher.publish(placed("7", 2)),
    ] {
        within(publishing).await.unwrap();
    }
    assert_eq!(
        (bench.registry.calls_for(PLACED), bench.quantities("7")),
        (4, vec![1, 2])
    );
}

#[tokio::test]
async fn what_does_not_heal_fails_at_the_deadline_with_the_last_reason() {
    let bench = Bench::with(|builder| builder.delivery_timeout(SHORT)).await;
    for _ in 0..100 {
        bench.registry.fail(PLACED, unreachable());
    }
    let error = within(bench.publisher.publish(placed("7", 1))).await.unwrap_err();
    assert!(error.is_retriable());
    let PublishError::Registry { source, .. } = error else {
        panic!("{error:?}")
    };
    assert_eq!(
        source.to_string(),
        "schema registry unreachable: scripted: connection refused"
    );
}

#[tokio::test]
async fn a_final_error_is_not_retriable() {
    let bench = Bench::new().await;
    bench.registry.fail(
        PLACED,
        RegistryError::Incompatible(failure("READER_FIELD_MISSING_DEFAULT_VALUE")),
    );
    let error = within(bench.publisher.publish(placed("7", 1))).await.unwrap_err();
    assert!(!error.is_retriable());
    assert!(
        error.into_record().unwrap().value.unwrap().starts_with(b"\0\0\0\0\0"),
        "framed without an id"
    );
}

#[tokio::test]
async fn records_without_a_place_fail_with_their_type() {
    let bench = Bench::with(|builder| builder.buffer_records(1)).await;
    bench.registry.hold(PLACED);
    bench.registry.fail(PLACED, refused());
    let parked = bench.publisher.publish(placed("7", 1));
    let waiting = bench.publisher.enqueue(placed("7", 2));
    let other = bench.publisher.publish(shipped("7", "x"));
    bench.registry.release(PLACED);
    assert!(matches!(within(parked).await, Err(PublishError::Registry { .. })));
    assert!(matches!(
        within(waiting).await.err(),
        Some(PublishError::Registry { .. })
    ));
    within(other).await.unwrap();
}

#[tokio::test]
async fn look_up_finds_what_another_registered_and_writes_nothing() {
    let bench = Bench::with(|builder| builder.schema_mode(SchemaMode::LookUp)).await;
    let missing = within(bench.publisher.publish(placed("7", 1))).await.unwrap_err();
    let PublishError::Registry { source, .. } = &missing else {
        panic!("{missing:?}")
    };
    assert!(matches!(**source, RegistryError::NotFound(_)) && !missing.is_retriable());
    let schema = <OrderPlaced as publisher_core::EventTypes>::types()[0].schema();
    bench.registry.register(PLACED, schema).await.unwrap();
    let kept = within(bench.publisher.publish(placed("7", 1))).await.unwrap_err();
    assert!(matches!(&kept, PublishError::Registry { source, .. } if matches!(**source, RegistryError::NotFound(_))));
    assert_eq!(bench.registry.calls().len(), 2, "a refusal is kept for a while");
    later(FORGOTTEN).await;
    within(bench.publisher.publish(placed("7", 2))).await.unwrap();
    assert_eq!(
        bench.registry.calls().iter().map(|(call, _)| *call).collect::<Vec<_>>(),
        ["look up", "register", "look up"]
    );
}

#[tokio::test]
async fn look_up_over_http_finds_nothing_in_an_empty_registry() {
    let server = EmbeddedRegistry::start().unwrap();
    let broker = publisher_core::producer::MemoryBroker::new();
    let builder = Publisher::builder()
        .connect(broker.connect())
        .registry(server.url())
        .schema_mode(SchemaMode::LookUp);
    let publisher = builder.build().await.unwrap();
    let error = within(publisher.publish(placed("7", 1))).await.unwrap_err();
    assert!(matches!(error, PublishError::Registry { source, .. } if matches!(*source, RegistryError::NotFound(_))));
    assert!(server.subjects().is_empty());
}

#[tokio::test]
async fn a_registry_that_hangs_costs_the_delivery_timeout() {
    let bench = Bench::with(|builder| builder.delivery_timeout(SHORT)).await;
    bench.registry.hold(PLACED);
    let error = within(bench.publisher.publish(placed("7", 1))).await.unwrap_err();
    let PublishError::Registry { source, .. } = &error else {
        panic!("{error:?}")
    };
    assert_eq!(
        source.to_string(),
        "schema registry unreachable: scripted, subject orders-com.acme.OrderPlaced: no answer within 20ms"
    );
    // An answer that comes after that is there for the next call.
    bench.registry.release(PLACED);
    within(bench.publisher.publish(placed("7", 2))).await.unwrap();
    assert_eq!((bench.registry.calls_for(PLACED), bench.quantities("7")), (1, vec![2]));
}

#[tokio::test]
async fn a_registry_that_panics_is_an_error() {
    struct Panicking;

    #[async_trait]
    impl SchemaRegistry for Panicking {
        async fn register(&self, _: &str, _: &SchemaText) -> Result<RegisteredSchema, RegistryError> {
            panic!("this panic belongs to the test")
        }

        async fn look_up(&self, _: &str, _: &SchemaText) -> Result<RegisteredSchema, RegistryError> {
            panic!("this panic belongs to the test")
        }

        async fn schema_by_id(&self, _: SchemaId) -> Result<SchemaText, RegistryError> {
            panic!("this panic belongs to the test")
        }

        fn address(&self) -> &str {
            "panicking"
        }
    }

    let broker = publisher_core::producer::MemoryBroker::new();
    for registry in [
        Arc::new(Panicking) as Arc<dyn SchemaRegistry>,
        Arc::new(CachedRegistry::new(Arc::new(Panicking))),
    ] {
        struct Shared(Arc<dyn SchemaRegistry>);

        #[async_trait]
        impl SchemaRegistry for Shared {
            async fn register(&self, subject: &str, schema: &SchemaText) -> Result<RegisteredSchema, RegistryError> {
                self.0.register(subject, schema).await
            }

            async fn look_up(&self, subject: &str, schema: &SchemaText) -> Result<RegisteredSchema, RegistryError> {
                self.0.look_up(subject, schema).await
            }

            async fn schema_by_id(&self, id: SchemaId) -> Result<SchemaText, RegistryError> {
                self.0.schema_by_id(id).await
            }

            fn address(&self) -> &str {
                self.0.address()
            }
        }

        let publisher = Publisher::builder()
            .connect(broker.connect())
            .registry_client(Shared(registry))
            .delivery_timeout(SHORT)
            .build()
            .await
            .unwrap();
        let error = within(publisher.publish(placed("7", 1))).await.unwrap_err();
        let PublishError::Registry { source, .. } = &error else {
            panic!("{error:?}")
        };
        assert!(matches!(**source, RegistryError::Unreachable(_)));
        assert_eq!(source.failure().address(), "panicking");
        assert!(source.to_string().contains("it panicked"), "{source}");
    }
}

/// The publisher outlives the runtime that it was built on: what needs the registry fails at once, the rest goes on.
#[test]
fn a_runtime_that_stops_fails_what_waits_for_the_registry() {
    let builder = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let bench = builder.block_on(Bench::new());
    builder.block_on(async { within(bench.publisher.publish(placed("7", 1))).await.unwrap() });
    bench.registry.hold(SHIPPED);
    let waiting = bench.publisher.publish(shipped("7", "x"));
    builder.block_on(bench.registry.called(2));
    drop(builder);

    let later = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    later.block_on(async {
        let stopped = |error: PublishError| {
            let PublishError::Registry { source, .. } = error else {
                panic!("{error:?}")
            };
            assert!(
                source
                    .to_string()
                    .contains("the runtime that the publisher was built on has stopped"),
                "{source}"
            );
        };
        stopped(within(waiting).await.unwrap_err());
        stopped(within(bench.publisher.publish(shipped("7", "y"))).await.unwrap_err());
        within(bench.publisher.publish(placed("7", 2))).await.unwrap();
        within(bench.publisher.flush(DEADLINE)).await.unwrap();
        let report = within(bench.publisher.shutdown(DEADLINE)).await;
        assert_eq!((report.delivered, report.failed), (2, 2));
    });
}

#[tokio::test]
async fn two_types_cannot_share_the_subject_of_a_topic() {
    let broker = publisher_core::producer::MemoryBroker::new();
    let registry = crate::support::ScriptedRegistry::default();
    let builder = || {
        let builder = Publisher::builder()
            .connect(broker.connect())
            .registry_client(registry.clone());
        builder.subject_strategy(SubjectNameStrategy::Topic)
    };
    let refused = builder()
        .events(events![OrderPlaced, StockCounted, OrderShipped])
        .build()
        .await
        .err()
        .unwrap();
    assert!(matches!(refused, ConfigError::SharedSubject(_)));
    assert_eq!(
        refused.to_string(),
        "com.acme.OrderShipped and com.acme.OrderPlaced share the subject orders-value; use the topic-record or record \
         subject strategy, or a topic of its own"
    );

    let publisher = builder()
        .events(events![OrderPlaced, StockCounted])
        .build()
        .await
        .unwrap();
    let error = within(publisher.publish(shipped("7", "x"))).await.unwrap_err();
    assert!(
        matches!(&error, PublishError::SharedSubject(shared) if (shared.subject(), shared.first(), shared.second()) == ("orders-value", "com.acme.OrderPlaced", "com.acme.OrderShipped"))
    );
    assert!(!error.is_retriable());
    let delivery = within(publisher.publish(placed("7", 1))).await.unwrap();
    assert_eq!(delivery.subject(), Some("orders-value"));

    let undeclared = builder().build().await.unwrap();
    within(undeclared.publish(placed("7", 1))).await.unwrap();
    assert!(matches!(
        within(undeclared.publish(shipped("7", "x"))).await,
        Err(PublishError::SharedSubject(_))
    ));
    within(undeclared.prepare(shipped("7", "x")).topic("shipments").send())
        .await
        .unwrap();
}

#[tokio::test]
async fn one_name_for_two_schemas_is_a_shared_subject() {
    mod other {
        #[derive(publisher_core::Event)]
        #[event(topic = "orders", namespace = "com.acme")]
        pub(super) struct OrderPlaced {
            #[event(key)]
            pub(super) order_id: String,
        }
    }

    let bench = Bench::new().await;
    within(bench.publisher.publish(placed("7", 1))).await.unwrap();
    let other = other::OrderPlaced {
        order_id: "7".to_owned(),
    };
    let error = within(bench.publisher.publish(other)).await.unwrap_err();
    assert!(matches!(error, PublishError::SharedSubject(_)));
    assert_eq!(
        error.to_string(),
        "two different schemas are named com.acme.OrderPlaced under the subject orders-com.acme.OrderPlaced: give one of the \
         types another name (`#[event(name = \"…\")]`) or a topic of its own"
    );
}

#[tokio::test]
async fn an_invalid_event_asks_nobody() {
    let bench = Bench::new().await;
    let error = within(bench.publisher.publish(placed("7", 0))).await.unwrap_err();
    let PublishError::Invalid(violations) = error else {
        panic!("{error:?}")
    };
    assert_eq!(violations.list()[0].path(), "quantity");
    assert!(matches!(
        within(bench.publisher.prepare(placed("7", 0)).topic("x").send()).await,
        Err(PublishError::Invalid(_))
    ));
    assert!(matches!(
        within(bench.publisher.enqueue(placed("7", 0))).await.err(),
        Some(PublishError::Invalid(_))
    ));
    assert!(bench.registry.calls().is_empty() && bench.broker.records().is_empty());
}

/// A record that no producer takes must not leave its schema behind.
#[tokio::test]
async fn a_record_that_will_be_refused_asks_nobody() {
    let bench = Bench::new().await;
    let refused = |error: PublishError, expected: ProduceErrorKind| {
        let PublishError::Failed { source, record } = &error else {
            panic!("{error:?}")
        };
        assert_eq!(
            (source.kind(), source.persistence()),
            (expected, Persistence::NotPersisted)
        );
        assert!(!error.is_retriable() && record.value.is_some());
    };
    let prepared = || bench.publisher.prepare(placed("7", 1));
    for topic in ["bad topic!", "", "..", &"x".repeat(250)] {
        let error = within(prepared().topic(topic).send()).await.unwrap_err();
        refused(error, ProduceErrorKind::InvalidTopic);
    }
    let error = within(prepared().timestamp(Timestamp::from_millis(0)).send()).await;
    refused(error.unwrap_err(), ProduceErrorKind::Rejected);
    let error = within(prepared().header("a\0b", "x").send()).await;
    refused(error.unwrap_err(), ProduceErrorKind::Rejected);
    assert!(bench.registry.calls().is_empty() && bench.broker.records().is_empty());

    // Kafka's own limit is known before the record reaches the client; nobody listens at this address.
    let registry = crate::support::ScriptedRegistry::default();
    let builder = Publisher::builder()
        .bootstrap_servers("localhost:1")
        .registry_client(registry.clone());
    let publisher = builder.max_record_bytes(1_000).build().await.unwrap();
    let long = shipped("7", &"x".repeat(1_000));
    let error = within(publisher.publish(&long)).await.unwrap_err();
    refused(error, ProduceErrorKind::TooLarge);
    let error = publisher.try_enqueue(&long).err().unwrap();
    refused(error, ProduceErrorKind::TooLarge);
    assert!(registry.calls().is_empty());
}

#[tokio::test]
async fn an_illegal_name_for_a_topic_is_refused_by_build() {
    let broker = publisher_core::producer::MemoryBroker::new();
    let builder = Publisher::builder()
        .connect(broker.connect())
        .registry_client(crate::support::ScriptedRegistry::default());
    let builder = builder
        .rename_topic("orders", "bad topic!")
        .rename_topic("stock", "eu.stock");
    let refused = builder.build().await.unwrap_err();
    assert_eq!(
        refused.to_string(),
        "rename_topic: topic name \"bad topic!\" holds ' ': 1 to 249 of a-z, A-Z, 0-9, '.', '_' and '-' are allowed"
    );
}

#[tokio::test]
async fn what_is_missing_is_named() {
    let missing = Publisher::builder().build().await.err().unwrap();
    assert_eq!(missing.to_string(), "missing settings: bootstrap_servers, registry");
    let client = RegistryClient::builder("http://localhost:1").build().unwrap();
    let missing = Publisher::builder()
        .registry_client(client)
        .build()
        .await
        .err()
        .unwrap();
    assert_eq!(missing.to_string(), "missing settings: bootstrap_servers");
}

#[test]
fn build_outside_a_runtime_says_so() {
    let broker = publisher_core::producer::MemoryBroker::new();
    let builder = Publisher::builder()
        .connect(broker.connect())
        .registry_client(crate::support::ScriptedRegistry::default());
    let mut building = Box::pin(builder.build());
    let refused = crate::support::ready(building.as_mut()).err().unwrap();
    assert_eq!(
        refused.to_string(),
        "no tokio runtime here: call `build` inside one, or use `build_blocking`"
    );
}

#[test]
fn events_lists_every_type() {
    let names: Vec<_> = events![OrderPlaced, OrderShipped]
        .iter()
        .map(|event_type| event_type.name())
        .collect();
    assert_eq!(names, ["com.acme.OrderPlaced", "com.acme.OrderShipped"]);
    fn is_event<E: Event>() {}
    is_event::<&OrderPlaced>();
}
