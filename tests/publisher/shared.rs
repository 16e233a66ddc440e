//! Events that share types: each shared type is registered once, before what refers to it, and readers find it.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use publisher_core::producer::MemoryBroker;
use publisher_core::registry::{
    CachedRegistry, RegisteredSchema, RegistryClient, RegistryError, SchemaRegistry, SchemaText,
};
use publisher_core::testing::{EmbeddedRegistry, RecordingPublisher};
use publisher_core::{
    Event, EventData, EventTypes, PublishError, Publisher, SchemaId, SchemaMode, SubjectVersion, wire,
};
use serde_json::json;

use crate::support::{FORGOTTEN, ScriptedRegistry, later, say, within};

#[derive(EventData, Clone)]
#[event(shared, namespace = "com.acme.geo")]
enum Country {
    #[allow(dead_code)]
    FR,
    DE,
}

#[derive(EventData, Clone)]
enum Kind {
    Home,
}

/// Where somebody lives.
#[derive(EventData, Clone)]
#[event(shared, namespace = "com.acme")]
struct Address {
    street: String,
    country: Country,
    kind: Kind,
}

#[derive(Event)]
#[event(topic = "customers", namespace = "com.acme")]
struct Moved {
    #[event(key)]
    customer_id: String,
    to: Address,
    kind: Kind,
    visited: Vec<Country>,
}

#[derive(Event)]
#[event(topic = "parcels", namespace = "com.acme.parcels", encoding = json)]
struct Sent {
    #[event(key)]
    parcel_id: String,
    /// Where it goes.
    to: Address,
}

#[derive(Event)]
#[event(topic = "invoices", namespace = "com.acme.invoices")]
struct Invoiced {
    #[event(key)]
    invoice_id: String,
    to: Option<Address>,
}

fn address() -> Address {
    Address {
        street: "Rue de Rivoli".to_owned(),
        country: Country::DE,
        kind: Kind::Home,
    }
}

fn moved() -> Moved {
    Moved {
        customer_id: "7".to_owned(),
        to: address(),
        kind: Kind::Home,
        visited: vec![Country::DE],
    }
}

fn sent() -> Sent {
    Sent {
        parcel_id: "8".to_owned(),
        to: address(),
    }
}

fn invoiced() -> Invoiced {
    Invoiced {
        invoice_id: "9".to_owned(),
        to: Some(address()),
    }
}

/// A registry that says what it is asked, in order, and passes it on.
#[derive(Clone)]
struct Noted(Arc<dyn SchemaRegistry>, ScriptedRegistry);

#[async_trait]
impl SchemaRegistry for Noted {
    async fn register(&self, subject: &str, schema: &SchemaText) -> Result<RegisteredSchema, RegistryError> {
        self.1.register(subject, schema).await?;
        self.0.register(subject, schema).await
    }

    async fn look_up(&self, subject: &str, schema: &SchemaText) -> Result<RegisteredSchema, RegistryError> {
        self.1.look_up(subject, schema).await.ok();
        self.0.look_up(subject, schema).await
    }

    async fn schema_by_id(&self, id: SchemaId) -> Result<SchemaText, RegistryError> {
        self.0.schema_by_id(id).await
    }

    fn address(&self) -> &str {
        self.0.address()
    }
}

#[tokio::test]
async fn shared_types_are_registered_first_and_once() {
    let (server, broker, notes) = (
        EmbeddedRegistry::start().unwrap(),
        MemoryBroker::new(),
        ScriptedRegistry::default(),
    );
    let client = RegistryClient::builder(server.url()).build().unwrap();
    let noted = Noted(Arc::new(client), notes.clone());
    let publisher = Publisher::builder()
        .connect(broker.connect())
        .registry_client(CachedRegistry::new(Arc::new(noted)))
        .build()
        .await
        .unwrap();
    let called = |from: usize| -> Vec<_> {
        notes
            .calls()
            .into_iter()
            .skip(from)
            .map(|(_, subject)| subject)
            .collect()
    };
    for _ in 0..3 {
        within(publisher.publish(moved())).await.unwrap();
    }
    assert_eq!(
        called(0),
        ["com.acme.geo.Country", "com.acme.Address", "customers-com.acme.Moved"]
    );
    assert_eq!(server.requests(), 3);
    within(publisher.publish(invoiced())).await.unwrap();
    assert_eq!(called(3), ["invoices-com.acme.invoices.Invoiced"]);
    // A JSON document is no Avro type: it has subjects of its own.
    within(publisher.publish(sent())).await.unwrap();
    within(publisher.publish(sent())).await.unwrap();
    assert_eq!(
        called(4),
        [
            "com.acme.geo.Country.json",
            "com.acme.Address.json",
            "parcels-com.acme.parcels.Sent"
        ]
    );
    assert_eq!(server.requests(), 7);
    assert_eq!(notes.calls().iter().filter(|(call, _)| *call == "register").count(), 7);
}

#[tokio::test]
async fn a_registry_of_ones_own_gets_references_by_version() {
    struct Own(ScriptedRegistry);

    #[async_trait]
    impl SchemaRegistry for Own {
        async fn register(&self, subject: &str, schema: &SchemaText) -> Result<RegisteredSchema, RegistryError> {
            let versions = schema.references.iter().map(|reference| reference.version);
            assert!(versions.into_iter().all(|version| version == Some(SubjectVersion(4))));
            let RegisteredSchema { subject, id, .. } = self.0.register(subject, schema).await?;
            // As registries do that tell the version only when they are asked for it.
            Ok(RegisteredSchema::new(subject, id, None))
        }

        async fn look_up(&self, subject: &str, schema: &SchemaText) -> Result<RegisteredSchema, RegistryError> {
            let RegisteredSchema { subject, id, .. } = self.0.look_up(subject, schema).await?;
            let version = (!subject.contains("Country.json")).then_some(SubjectVersion(4));
            Ok(RegisteredSchema::new(subject, id, version))
        }

        async fn schema_by_id(&self, id: SchemaId) -> Result<SchemaText, RegistryError> {
            self.0.schema_by_id(id).await
        }

        fn address(&self) -> &str {
            self.0.address()
        }
    }

    let (broker, calls) = (MemoryBroker::new(), ScriptedRegistry::default());
    let publisher = Publisher::builder()
        .connect(broker.connect())
        .registry_client(Own(calls.clone()))
        // The refusal below may heal, so it is waited for.
        .delivery_timeout(Duration::from_secs(2))
        .build()
        .await
        .unwrap();
    within(publisher.publish(moved())).await.unwrap();
    assert_eq!(calls.calls_for("customers-com.acme.Moved"), 1);

    let error = within(publisher.publish(sent())).await.unwrap_err();
    let PublishError::Registry { source, .. } = error else {
        panic!("{error:?}")
    };
    assert!(matches!(*source, RegistryError::BadAnswer(_)), "{source}");
    assert_eq!(source.failure().subject_name(), Some("com.acme.geo.Country.json"));
    assert_eq!(calls.calls_for("parcels-com.acme.parcels.Sent"), 0);
}

#[tokio::test]
async fn look_up_finds_shared_types_and_writes_nothing() {
    let (server, broker) = (EmbeddedRegistry::start().unwrap(), MemoryBroker::new());
    let publisher = Publisher::builder()
        .connect(broker.connect())
        .registry(server.url())
        .schema_mode(SchemaMode::LookUp)
        .build()
        .await
        .unwrap();
    let missing = |error: PublishError| match error {
        PublishError::Registry { source, .. } => source.failure().subject_name().map(str::to_owned),
        other => panic!("{other:?}"),
    };
    let error = within(publisher.publish(moved())).await.unwrap_err();
    assert_eq!(missing(error).as_deref(), Some("com.acme.geo.Country"));
    assert!(server.subjects().is_empty());

    let registry = RegistryClient::builder(server.url()).build().unwrap();
    let schema = Moved::types()[0].schema();
    let address = &schema.references[0];
    registry.register(&address.subject, &address.schema).await.unwrap();
    later(FORGOTTEN).await;
    let error = within(publisher.publish(moved())).await.unwrap_err();
    assert_eq!(missing(error).as_deref(), Some("customers-com.acme.Moved"));

    registry.register("customers-com.acme.Moved", schema).await.unwrap();
    later(FORGOTTEN).await;
    within(publisher.publish(moved())).await.unwrap();
    assert_eq!(server.subjects().len(), 3);
}

#[tokio::test]
async fn readers_find_shared_types_in_the_embedded_registry() {
    let server = EmbeddedRegistry::start().unwrap();
    check_read_back(server.url()).await;
}

#[tokio::test]
async fn readers_find_shared_types_in_a_real_registry() {
    let Ok(url) = std::env::var("PUBLISHER_TEST_REGISTRY") else {
        say("SKIPPED shared types on a real registry: PUBLISHER_TEST_REGISTRY is not set (`cargo xtask test` sets it)");
        return;
    };
    check_read_back(&url).await;
}

async fn check_read_back(url: &str) {
    let broker = MemoryBroker::new();
    let publisher = Publisher::builder()
        .connect(broker.connect())
        .registry(url)
        .build()
        .await
        .unwrap();
    within(publisher.publish(moved())).await.unwrap();
    within(publisher.publish(sent())).await.unwrap();
    // A client of its own, which has nothing but the ids in the frames.
    let registry = RegistryClient::builder(url).build().unwrap();
    for stored in broker.records() {
        let value = stored.record.value.unwrap();
        let (id, mut bytes) = wire::read(&value).unwrap();
        let schema = registry.schema_by_id(id).await.unwrap();
        if stored.record.topic == "parcels" {
            let found: serde_json::Value = serde_json::from_slice(bytes).unwrap();
            assert_eq!(found["to"]["country"], "DE");
            let validator = tests::references::json(&schema);
            assert!(validator.is_valid(&found), "{found}");
            assert!(!validator.is_valid(&json!({ "parcel_id": "8", "to": { "street": 7 } })));
        } else {
            let schema = tests::references::avro(&schema);
            let reader = apache_avro::reader::datum::GenericDatumReader::builder(&schema).build();
            let found = reader.unwrap().read_value(&mut bytes).unwrap();
            assert!(bytes.is_empty());
            let found = format!("{found:?}");
            assert!(found.contains("Rue de Rivoli") && found.contains("\"DE\""), "{found}");
        }
    }
    assert_eq!(broker.records().len(), 2);
}

#[derive(EventData, Clone)]
struct Shop {
    country: Country,
    number: u32,
}

#[derive(Event)]
#[event(topic = "shops", namespace = "com.acme.shops")]
struct ShopOpened {
    #[event(key = avro)]
    shop: Shop,
}

#[tokio::test]
async fn a_key_shares_types_with_its_value() {
    let (server, broker) = (EmbeddedRegistry::start().unwrap(), MemoryBroker::new());
    let publisher = Publisher::builder()
        .connect(broker.connect())
        .registry(server.url())
        .build()
        .await
        .unwrap();
    let opened = ShopOpened {
        shop: Shop {
            country: Country::DE,
            number: 7,
        },
    };
    within(publisher.publish(&opened)).await.unwrap();
    let subjects = ["com.acme.geo.Country", "shops-com.acme.shops.ShopOpened", "shops-key"];
    assert_eq!(server.subjects(), subjects);
    assert_eq!(server.requests(), 3, "key and value ask for what they share together");
    let key = server.schema("shops-key").unwrap();
    assert!(key.text.contains(r#""type":"com.acme.geo.Country""#), "{}", key.text);
    assert_eq!(key.references.len(), 1);

    let recording = RecordingPublisher::new();
    recording.record(&opened).unwrap();
    assert_eq!(
        recording.recorded()[0].key.as_deref(),
        Some(r#"{"country":"DE","number":7}"#)
    );
}

#[test]
fn a_recording_reads_shared_types() {
    let recording = RecordingPublisher::new();
    recording.record(&moved()).unwrap();
    let to = json!({ "street": "Rue de Rivoli", "country": "DE", "kind": "Home" });
    recording.assert_published::<Moved>("7", json!({ "to": to, "visited": ["DE"] }));
}
