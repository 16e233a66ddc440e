//! What every registry must do, asked of the embedded one and, where there is one, of a real one.

use std::time::{SystemTime, UNIX_EPOCH};

use publisher_core::registry::{RegistryError, SchemaRegistry};
use publisher_core::testing::EmbeddedRegistry;

use crate::{avro, client, json, normal, raw, record, say};

const ID: &str = r#"{"name":"id","type":"string"}"#;
const NOTE: &str = r#"{"name":"note","type":"string"}"#;
const NOTE_WITH_DEFAULT: &str = r#"{"name":"note","type":"string","default":""}"#;

#[tokio::test]
async fn the_embedded_registry_keeps_the_contract() {
    let server = EmbeddedRegistry::start().unwrap();
    check_contract(server.url()).await;
}

#[tokio::test]
async fn a_real_registry_keeps_the_contract() {
    let Ok(url) = std::env::var("PUBLISHER_TEST_REGISTRY") else {
        say("SKIPPED the contract on a real registry: PUBLISHER_TEST_REGISTRY is not set (`cargo xtask test` sets it)");
        return;
    };
    check_contract(&url).await;
    say(&format!(
        "the contract was also kept by the real registry at {}",
        client(&url).address()
    ));
}

async fn check_contract(url: &str) {
    let registry = client(url);
    let run = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos();
    check_registering(&registry, &format!("contract-{run}")).await;
    check_layout_is_no_new_version(&registry, &format!("contract-layout-{run}")).await;
    check_look_up(&registry, &format!("contract-look-up-{run}")).await;
    check_by_id(&registry, &format!("contract-by-id-{run}")).await;
    check_json_schema(&registry, &format!("contract-json-{run}")).await;
    check_invalid_schema(&registry, &format!("contract-invalid-{run}")).await;
    // Each would change the path if it were not encoded: a slash, a space, a percent sign, a query, a fragment; and
    // what is not ASCII.
    for odd in ["a/b c%?#", ":.ctx:x", "%2F", "ä–ö", "a+b&c=d;e", "..x", "a\\b"] {
        check_odd_subject(&registry, &format!("{odd}-{run}"), url).await;
    }
}

async fn check_registering(registry: &impl SchemaRegistry, subject: &str) {
    let schema = record("Registering", &[ID]);
    let first = registry.register(subject, &schema).await.unwrap();
    assert_eq!(first.subject, subject);
    assert!(first.id.0 > 0);
    assert_eq!(first.version.map(|version| version.0), Some(1));
    assert_eq!(
        registry.register(subject, &schema).await.unwrap(),
        first,
        "the same text twice"
    );

    let second = registry
        .register(subject, &record("Registering", &[ID, NOTE_WITH_DEFAULT]))
        .await
        .unwrap();
    assert_ne!(second.id, first.id);
    assert_eq!(second.version.map(|version| version.0), Some(2));

    let elsewhere = registry.register(&format!("{subject}-other"), &schema).await.unwrap();
    assert_eq!(elsewhere.id, first.id, "one id for the same content in all subjects");
}

async fn check_layout_is_no_new_version(registry: &impl SchemaRegistry, subject: &str) {
    let first = registry.register(subject, &record("Layout", &[ID])).await.unwrap();
    let same = avro(
        "{ \"fields\": [ {\"type\": \"string\",\n\"name\": \"id\"} ], \"namespace\": \"com.acme\", \"name\": \"Layout\", \"type\": \"record\" }",
    );
    assert_eq!(registry.register(subject, &same).await.unwrap(), first);
    assert_eq!(registry.look_up(subject, &same).await.unwrap(), first);
}

async fn check_look_up(registry: &impl SchemaRegistry, subject: &str) {
    let (schema, other) = (record("LookUp", &[ID]), record("LookUp", &[NOTE]));

    let error = registry.look_up(subject, &schema).await.unwrap_err();
    check_not_found(&error, 40401);
    assert_eq!(error.failure().subject_name(), Some(subject));

    let registered = registry.register(subject, &schema).await.unwrap();
    assert_eq!(registry.look_up(subject, &schema).await.unwrap(), registered);

    check_not_found(&registry.look_up(subject, &other).await.unwrap_err(), 40403);
}

async fn check_by_id(registry: &impl SchemaRegistry, subject: &str) {
    let schema = record("ById", &[ID]);
    let mut id = registry.register(subject, &schema).await.unwrap().id;
    let found = registry.schema_by_id(id).await.unwrap();
    assert_eq!(found.schema_type, schema.schema_type);
    assert_eq!(normal(&found), normal(&schema));

    id.0 = i32::MAX as u32;
    check_not_found(&registry.schema_by_id(id).await.unwrap_err(), 40403);
}

async fn check_json_schema(registry: &impl SchemaRegistry, subject: &str) {
    let schema = json(
        r#"{"$schema":"http://json-schema.org/draft-07/schema#","title":"com.acme.Json","type":"object","additionalProperties":false,"properties":{"id":{"type":"string"}}}"#,
    );
    let registered = registry.register(subject, &schema).await.unwrap();
    assert_eq!(registered.version.map(|version| version.0), Some(1));
    assert_eq!(registry.look_up(subject, &schema).await.unwrap(), registered);
    let found = registry.schema_by_id(registered.id).await.unwrap();
    assert_eq!(found.schema_type, schema.schema_type);
    assert_eq!(normal(&found), normal(&schema));
}

async fn check_invalid_schema(registry: &impl SchemaRegistry, subject: &str) {
    for text in [
        r#"{"type":"nonsense"}"#,
        r#"{"type":"record","name":"A","fields":[{"name":"x","type":"Undefined"}]}"#,
        "{",
    ] {
        let error = registry.register(subject, &avro(text)).await.unwrap_err();
        assert!(matches!(error, RegistryError::InvalidSchema(_)), "{text}: {error}");
        assert!(!error.is_retriable());
        let failure = error.failure();
        assert_eq!(
            (failure.http_status(), failure.code()),
            (Some(422), Some(42201)),
            "{text}: {error}"
        );
        assert!(!failure.reason().is_empty());
    }
}

async fn check_odd_subject(registry: &impl SchemaRegistry, subject: &str, url: &str) {
    let schema = record("Odd", &[ID]);
    let registered = registry.register(subject, &schema).await.unwrap();
    assert_eq!(registered.version.map(|version| version.0), Some(1), "{subject}");
    assert_eq!(registry.look_up(subject, &schema).await.unwrap(), registered);
    let (status, subjects) = raw::call(url, "GET", "/subjects", "");
    assert_eq!(status, 200);
    assert!(
        subjects.contains(&serde_json::to_string(subject).unwrap()),
        "{subject} is not among {subjects}"
    );
}

fn check_not_found(error: &RegistryError, code: u32) {
    assert!(matches!(error, RegistryError::NotFound(_)), "{error}");
    assert!(!error.is_retriable());
    assert_eq!(
        (error.failure().http_status(), error.failure().code()),
        (Some(404), Some(code)),
        "{error}"
    );
    assert!(
        !error.to_string().contains("path"),
        "a registry that knows the question has the right path: {error}"
    );
}
