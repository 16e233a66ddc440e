//! A registry that is back: it confirms what was kept, or it means another schema by it, and that type ends.

use std::time::Duration;

use publisher_core::registry::{Asked, RegistryError, SchemaRegistry, SchemaText};
use publisher_core::testing::EmbeddedRegistry;
use publisher_core::{ConfigError, Publisher, StartMode, events};

use crate::support::{
    Broker, OrderPlaced, OrderShipped, PLACED, SHIPPED, avro, cache_at, later, named, placed, publish_until, refunded,
    said, schema_of, shipped, until, within,
};
use tests::folder::Folder;
use tests::log;

/// Longer than the publisher waits before it asks a registry again that refuses to confirm.
const REFUSED: Duration = Duration::from_secs(31);

/// A folder with the ids of both types, as this registry gave them.
async fn kept(broker: &Broker, server: &EmbeddedRegistry) -> Folder {
    let (folder, client) = (Folder::new(), named(server, "main"));
    // A publisher asks for both at once; here it is 1 and 2.
    within(client.register(PLACED, schema_of::<OrderPlaced>()))
        .await
        .unwrap();
    within(client.register(SHIPPED, schema_of::<OrderShipped>()))
        .await
        .unwrap();
    let publisher = start(broker, server, &folder).await;
    within(publisher.shutdown(Duration::from_secs(5))).await;
    folder
}

async fn start(broker: &Broker, server: &EmbeddedRegistry, folder: &Folder) -> Publisher {
    let builder = broker
        .publisher(named(server, "main"))
        .disk_cache(cache_at(folder))
        .events(events![OrderPlaced, OrderShipped]);
    within(builder.build()).await.unwrap()
}

#[tokio::test]
async fn an_id_that_means_another_schema_ends_its_type_alone() {
    for broker in [Broker::memory(), Broker::kafka()] {
        let server = EmbeddedRegistry::start().unwrap();
        let folder = kept(&broker, &server).await;
        server.stop().unwrap();
        let publisher = start(&broker, &server, &folder).await;
        let delivery = within(publisher.publish(placed("7", 0))).await.unwrap();
        within(publisher.publish(shipped("8", 0))).await.unwrap();

        let id = delivery.schema_id.unwrap();
        server.replace(id, avro("\"long\""));
        server.restart().unwrap();
        let error = publish_until(&publisher, || placed("7", 1), Result::is_err)
            .await
            .unwrap_err();
        assert!(!error.is_retriable());
        let said = said(error);
        assert!(matches!(said, RegistryError::Remapped(_)), "{said}");
        let expected = format!(
            "schema id means another schema now: {}, subject {PLACED}: the disk cache has the id {id} for it, by which the registry \
             now means another schema; the registry was replaced or restored from elsewhere",
            server.url()
        );
        assert!(said.to_string().starts_with(&expected), "{said}");

        // Nothing more of it, by whichever call; the others go on.
        let count = broker.numbers("orders", "7").await.len();
        assert!(publisher.try_enqueue(placed("7", 2)).is_err());
        assert!(within(publisher.enqueue(placed("7", 2))).await.is_err());
        let batch = publisher
            .batch()
            .add(placed("7", 3))
            .add(shipped("8", 1))
            .add(placed("7", 4));
        let results = within(batch.send()).await.unwrap();
        let sent: Vec<_> = results.iter().map(Result::is_ok).collect();
        assert_eq!(sent, [false, true, false]);
        within(publisher.publish(refunded("7", 100))).await.unwrap();
        within(publisher.publish(shipped("8", 2))).await.unwrap();
        let after = broker.numbers("orders", "7").await;
        assert_eq!(
            (after.len(), after.last()),
            (count + 1, Some(&100)),
            "{}",
            broker.name()
        );
        assert_eq!(broker.numbers("orders", "8").await, [0, 1, 2]);
        let questions = || requests_for(&server, "GET /schemas/ids/");
        until("a question for the other id", || questions() >= 2).await;
        within(publisher.publish(shipped("8", 3))).await.unwrap();
        assert_eq!(questions(), 2, "{:?}", server.calls());

        // The next start does not begin with the wrong id.
        let cache = cache_at(&folder);
        let kept = |subject, schema: &SchemaText| cache.find("main", subject, Asked::Content(schema.fingerprint()));
        until("the wrong id is forgotten", || {
            kept(PLACED, schema_of::<OrderPlaced>()).is_none()
        })
        .await;
        assert!(kept(SHIPPED, schema_of::<OrderShipped>()).is_some());
    }
}

#[tokio::test]
async fn an_id_that_the_registry_does_not_know_ends_its_type() {
    let (broker, server) = (Broker::memory(), EmbeddedRegistry::start().unwrap());
    let folder = kept(&broker, &server).await;
    // It has the first of the two ids, for the same schema, as a registry that lost what came last.
    let restored = EmbeddedRegistry::start().unwrap();
    let client = named(&restored, "main");
    within(client.register(PLACED, schema_of::<OrderPlaced>()))
        .await
        .unwrap();
    let publisher = start(&broker, &restored, &folder).await;
    let error = publish_until(&publisher, || shipped("8", 1), Result::is_err)
        .await
        .unwrap_err();
    let said = said(error);
    assert!(matches!(said, RegistryError::Remapped(_)), "{said}");
    assert!(said.to_string().contains("which the registry does not know"), "{said}");
    within(publisher.publish(placed("7", 1))).await.unwrap();
    assert_eq!(restored.subjects(), [PLACED], "nothing is registered in passing");
}

/// A proxy before a registry that is away often answers 404.
#[tokio::test]
async fn a_404_of_somebody_else_ends_nothing() {
    log::keep();
    let (broker, server) = (Broker::memory(), EmbeddedRegistry::start().unwrap());
    let folder = kept(&broker, &server).await;
    let builder = broker
        .publisher(named(&server, "main"))
        .disk_cache(cache_at(&folder))
        .events(events![OrderPlaced]);
    server.fail_next(1, 404, "<html>default backend - 404</html>");
    let publisher = within(builder.build()).await.unwrap();
    until("a line that the id is not confirmed", || {
        log::has(&["WARN", PLACED, server.url(), "does not confirm a kept schema id"])
    })
    .await;
    within(publisher.publish(placed("7", 1))).await.unwrap();
    // Whoever has said that sleeps by now, on the one thread that is here.
    later(REFUSED).await;
    let questions = || requests_for(&server, "GET /schemas/ids/1");
    until("the next question", || questions() == 2).await;
    within(publisher.publish(placed("7", 2))).await.unwrap();
    assert_eq!(broker.numbers("orders", "7").await, [1, 2]);
}

#[tokio::test]
async fn a_strict_start_fails_where_the_registry_disagrees() {
    let (broker, server) = (Broker::memory(), EmbeddedRegistry::start().unwrap());
    let folder = kept(&broker, &server).await;
    let build = |timeout| {
        let builder = broker
            .publisher(named(&server, "main"))
            .disk_cache(cache_at(&folder))
            .events(events![OrderPlaced, OrderShipped])
            .start(StartMode::Strict)
            .start_timeout(timeout);
        within(builder.build())
    };
    // It agrees, and a moment of weakness is waited out.
    let before = server.requests();
    server.fail_next(3, 503, "");
    let publisher = build(Duration::from_secs(20)).await.unwrap();
    let id = within(publisher.publish(placed("7", 1)))
        .await
        .unwrap()
        .schema_id
        .unwrap();
    assert_eq!(
        server.requests(),
        before + 3 + 4,
        "each id and each schema: {:?}",
        server.calls()
    );

    server.replace(id, avro("\"long\""));
    let error = build(Duration::from_secs(20)).await.unwrap_err();
    let ConfigError::Unresolved(unresolved) = error else {
        panic!("{error:?}")
    };
    let told: Vec<_> = unresolved.iter().map(|schema| schema.subject.as_str()).collect();
    assert_eq!(told, [PLACED], "and not {SHIPPED}");
    let said = &unresolved[0].error;
    assert!(matches!(said, RegistryError::Remapped(_)), "{said}");

    server.stop().unwrap();
    let error = build(Duration::from_millis(300)).await.unwrap_err();
    let ConfigError::Unresolved(unresolved) = error else {
        panic!("{error:?}")
    };
    assert_eq!(unresolved.len(), 2);
    for schema in unresolved {
        assert!(
            matches!(schema.error, RegistryError::Unreachable(_)),
            "{}",
            schema.error
        );
    }
}

fn requests_for(server: &EmbeddedRegistry, call: &str) -> usize {
    server.calls().iter().filter(|made| made.starts_with(call)).count()
}
