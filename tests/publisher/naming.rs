//! Subjects by a function, and contexts: of values, keys and shared types.

use publisher_core::producer::MemoryBroker;
use publisher_core::testing::EmbeddedRegistry;
use publisher_core::{Event, EventData, Publisher, RecordPart, SubjectNameStrategy};

use crate::support::{placed, within};

#[derive(EventData)]
#[event(shared, namespace = "com.acme")]
struct Street {
    name: String,
}

#[derive(EventData)]
#[event(shared, namespace = "com.acme")]
struct Address {
    street: Street,
}

#[derive(Event)]
#[event(topic = "moves", namespace = "com.acme")]
struct Moved {
    #[event(key = avro)]
    customer: i64,
    address: Address,
}

fn moved() -> Moved {
    let street = Street { name: "x".to_owned() };
    Moved {
        customer: 7,
        address: Address { street },
    }
}

async fn check(
    settings: impl FnOnce(publisher_core::PublisherBuilder) -> publisher_core::PublisherBuilder,
    expected: &[&str],
) {
    let (broker, server) = (MemoryBroker::new(), EmbeddedRegistry::start().unwrap());
    let builder = Publisher::builder().connect(broker.connect()).registry(server.url());
    let publisher = settings(builder).build().await.unwrap();
    let delivery = within(publisher.publish(moved())).await.unwrap();
    within(publisher.publish(placed("7", 1))).await.unwrap();
    within(publisher.tombstone::<Moved>(&7)).await.unwrap();
    assert_eq!(server.subjects(), expected);
    assert!(expected.contains(&delivery.subject().unwrap()));
}

#[tokio::test]
async fn a_function_names_subjects() {
    let strategy = SubjectNameStrategy::custom(|parts| {
        let part = if parts.part == RecordPart::Key { "key" } else { "value" };
        format!("{}/{} {part}?", parts.topic, parts.full_name)
    });
    check(
        |builder| builder.subject_strategy(strategy),
        &[
            "com.acme.Address",
            "com.acme.Street",
            "moves/com.acme.Moved key?",
            "moves/com.acme.Moved value?",
            "orders/com.acme.OrderPlaced value?",
        ],
    )
    .await;
}

#[tokio::test]
async fn a_context_holds_values_keys_and_shared_types() {
    check(
        |builder| builder.schema_context("staging"),
        &[
            ":.staging:com.acme.Address",
            ":.staging:com.acme.Street",
            ":.staging:moves-com.acme.Moved",
            ":.staging:moves-key",
            ":.staging:orders-com.acme.OrderPlaced",
        ],
    )
    .await;
}
