//! A type that is new while the registry is away: it waits, the others pass.

use std::time::Duration;

use publisher_core::registry::RegistryError;
use publisher_core::testing::EmbeddedRegistry;
use publisher_core::{PublishError, events};

use crate::support::{
    Broker, Counted, OrderPlaced, REFUNDED, client, is_pending, later, nobody, placed, refunded, said, until, within,
};

#[tokio::test]
async fn it_waits_to_its_deadline_and_fails_with_every_address() {
    for broker in [Broker::memory(), Broker::kafka()] {
        let (server, other) = (EmbeddedRegistry::start().unwrap(), nobody());
        let registry = client(other.url()).url(server.url()).build().unwrap();
        let builder = broker
            .publisher(registry)
            .events(events![OrderPlaced])
            .delivery_timeout(Duration::from_secs(3));
        let publisher = within(builder.build()).await.unwrap();
        server.stop().unwrap();

        let mut new = [publisher.publish(refunded("7", 1)), publisher.publish(refunded("9", 1))];
        let behind = publisher.publish(placed("7", 2));
        for number in 0..20 {
            within(publisher.publish(placed("8", number))).await.unwrap();
        }
        assert!(new.iter_mut().all(is_pending), "the others passed it");
        for (publishing, key) in new.into_iter().zip(["7", "9"]) {
            let error = within(publishing).await.unwrap_err();
            assert!(error.is_retriable());
            assert_eq!(
                error.to_string(),
                "no schema id for com.acme.OrderRefunded under subject orders-com.acme.OrderRefunded"
            );
            let PublishError::Registry {
                subject,
                source,
                record,
                ..
            } = error
            else {
                panic!("{error:?}")
            };
            assert_eq!(
                (subject.as_str(), record.key.as_deref()),
                (REFUNDED, Some(key.as_bytes()))
            );
            assert!(matches!(*source, RegistryError::Unreachable(_)), "{source}");
            let attempts = source.failure().attempts();
            let asked: Vec<_> = attempts.iter().map(|attempt| attempt.address()).collect();
            assert_eq!(asked, [other.url(), server.url()]);
            for attempt in attempts {
                assert!(attempt.reason().contains("refused"), "{}", attempt.reason());
                assert!(source.to_string().contains(attempt.address()), "{source}");
            }
        }
        within(behind).await.unwrap();
        assert_eq!(broker.numbers("orders", "7").await, [2], "{}", broker.name());
        assert_eq!(broker.numbers("orders", "8").await, (0..20).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn it_is_delivered_in_its_turn_when_the_registry_comes_back() {
    for broker in [Broker::memory(), Broker::kafka()] {
        let server = EmbeddedRegistry::start().unwrap();
        let counted = Counted::new(client(server.url()).build().unwrap());
        let builder = broker.publisher(counted.clone()).events(events![OrderPlaced]);
        let publisher = within(builder.build()).await.unwrap();
        let calls = counted.calls();
        server.stop().unwrap();

        let mut all = vec![publisher.publish(placed("7", 0))];
        for number in (1..60).step_by(2) {
            all.push(publisher.publish(refunded("7", number)));
            all.push(publisher.publish(placed("7", number + 1)));
        }
        within(publisher.publish(placed("8", 1))).await.unwrap();
        until("two questions in vain", || counted.calls() >= calls + 2).await;
        assert!(all[1..].iter_mut().all(is_pending));

        server.restart().unwrap();
        for publishing in all {
            within(publishing).await.unwrap();
        }
        assert_eq!(
            broker.numbers("orders", "7").await,
            (0..=60).collect::<Vec<_>>(),
            "{}",
            broker.name()
        );
        // Its id is known from now on.
        let calls = counted.calls();
        server.stop().unwrap();
        within(publisher.publish(refunded("7", 61))).await.unwrap();
        assert_eq!(counted.calls(), calls);
    }
}

/// Many records of many callers are one question at a time.
#[tokio::test]
async fn it_asks_once_however_many_wait() {
    let (broker, server) = (Broker::memory(), nobody());
    let registry = Counted::new(client(server.url()).build().unwrap());
    let publisher = within(broker.publisher(registry.clone()).build()).await.unwrap();
    let mut all: Vec<_> = (0..1_000)
        .map(|number| publisher.publish(refunded("7", number)))
        .collect();
    until("a question in vain", || registry.calls() >= 1).await;
    server.restart().unwrap();
    for publishing in all.drain(..) {
        within(publishing).await.unwrap();
    }
    assert_eq!(server.requests(), 1, "{:?}", server.calls());
    assert_eq!(broker.numbers("orders", "7").await, (0..1_000).collect::<Vec<_>>());
}

/// Who comes late in an outage waits as long as who came first.
#[tokio::test]
async fn each_record_has_its_own_deadline() {
    let (broker, server) = (Broker::memory(), nobody());
    let registry = Counted::new(client(server.url()).build().unwrap());
    let builder = broker
        .publisher(registry.clone())
        .delivery_timeout(Duration::from_secs(100));
    let publisher = within(builder.build()).await.unwrap();
    let first = publisher.publish(refunded("7", 1));
    until("a question in vain", || registry.calls() >= 1).await;
    later(Duration::from_secs(60)).await;
    let mut second = publisher.publish(refunded("7", 2));
    later(Duration::from_secs(45)).await;
    let error = said(within(first).await.unwrap_err());
    assert!(error.to_string().contains("refused"), "{error}");
    assert!(is_pending(&mut second));
    let calls = registry.calls();
    later(Duration::from_secs(11)).await;
    until("a question for the second", || registry.calls() > calls).await;
    assert!(is_pending(&mut second));

    server.restart().unwrap();
    // Longer than any pause between two questions.
    later(Duration::from_secs(11)).await;
    within(second).await.unwrap();
    assert_eq!(broker.numbers("orders", "7").await, [2]);

    // The next one that nobody answers for is over in its own time too.
    server.stop().unwrap();
    let calls = registry.calls();
    let third = publisher.publish(placed("7", 3));
    until("a question for the third", || registry.calls() > calls).await;
    later(Duration::from_secs(101)).await;
    within(third).await.unwrap_err();
}

/// What the registry refuses is not waited for.
#[tokio::test]
async fn it_fails_at_once_where_the_registry_says_no() {
    let (broker, server) = (Broker::memory(), EmbeddedRegistry::start().unwrap());
    let registry = client(server.url()).build().unwrap();
    let publisher = within(broker.publisher(registry).build()).await.unwrap();
    server.fail_next(
        1,
        409,
        r#"{"error_code":40901,"message":"READER_FIELD_MISSING_DEFAULT_VALUE"}"#,
    );
    let error = within(publisher.publish(refunded("7", 1))).await.unwrap_err();
    assert!(!error.is_retriable());
    let said = said(error);
    assert!(matches!(said, RegistryError::Incompatible(_)), "{said}");
}
