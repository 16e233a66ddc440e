//! Levels: what every registry must make of them, asked through the client of the embedded one and, where there is one, of
//! a real one.

use std::time::{SystemTime, UNIX_EPOCH};

use publisher_core::compatibility::Level;
use publisher_core::registry::{LevelOrigin, RegistryClient, RegistryError, SchemaRegistry, SchemaText};
use publisher_core::testing::EmbeddedRegistry;

use crate::{avro, client, json, record, say};

const ID: &str = r#"{"name":"id","type":"string"}"#;
const NOTE: &str = r#"{"name":"note","type":"string"}"#;
const NOTE_WITH_DEFAULT: &str = r#"{"name":"note","type":"string","default":""}"#;

#[tokio::test]
async fn the_embedded_registry_has_levels() {
    let server = EmbeddedRegistry::start().unwrap();
    check_levels(server.url()).await;
}

#[tokio::test]
async fn the_embedded_registry_has_levels_for_json_schemas() {
    let server = EmbeddedRegistry::start().unwrap();
    check_json(&client(server.url()), "levels-json").await;
}

#[tokio::test]
async fn a_real_registry_has_levels() {
    let Ok(url) = std::env::var("PUBLISHER_TEST_REGISTRY") else {
        say("SKIPPED levels on a real registry: PUBLISHER_TEST_REGISTRY is not set (`cargo xtask test` sets it)");
        return;
    };
    check_levels(&url).await;
    check_json(&client(&url), &format!("levels-json-{}", run())).await;
}

/// Sets this run's subjects apart from those that the registry holds.
fn run() -> u128 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos()
}

async fn check_levels(url: &str) {
    let registry = client(url);
    let run = run();
    check_set_and_read_back(&registry, &format!("levels-{run}/a b")).await;
    check_an_unknown_subject(&registry, &format!("levels-unknown-{run}")).await;
    check_incompatible(&registry, &format!("levels-incompatible-{run}")).await;
    check_directions(&registry, &format!("levels-directions-{run}")).await;
    check_transitive(&registry, &format!("levels-transitive-{run}")).await;
}

async fn check_set_and_read_back(registry: &RegistryClient, subject: &str) {
    let before = registry.level(subject).await.unwrap();
    assert_eq!(before.origin, LevelOrigin::Global);
    for level in Level::ALL {
        registry.set_level(subject, level).await.unwrap();
        let told = registry.level(subject).await.unwrap();
        assert_eq!((told.level, told.policy), (level, None));
        // Apicurio has no level NONE of a subject's own.
        assert!(told.origin == LevelOrigin::Subject || level == Level::None, "{told:?}");
    }
    assert_eq!(registry.level(&format!("{subject}-other")).await.unwrap(), before);
}

async fn check_an_unknown_subject(registry: &RegistryClient, subject: &str) {
    registry.set_level(subject, Level::FullTransitive).await.unwrap();
    check_compatible(registry, subject, &record("Unknown", &[ID])).await;
    assert!(
        !registry.subjects().await.unwrap().contains(&subject.to_owned()),
        "a check writes nothing"
    );
}

async fn check_incompatible(registry: &RegistryClient, subject: &str) {
    let (first, broken, mended) = (
        record("Incompatible", &[ID]),
        record("Incompatible", &[ID, NOTE]),
        record("Incompatible", &[ID, NOTE_WITH_DEFAULT]),
    );
    registry.set_level(subject, Level::Backward).await.unwrap();
    registry.register(subject, &first).await.unwrap();

    check_broken(registry, subject, &broken).await;
    let error = registry.register(subject, &broken).await.unwrap_err();
    assert!(matches!(error, RegistryError::Incompatible(_)), "{error}");
    assert!(!error.is_retriable());
    let failure = error.failure();
    assert_eq!(
        (failure.http_status(), failure.subject_name()),
        (Some(409), Some(subject))
    );
    assert!(
        failure.reason().to_lowercase().contains("incompatible") && failure.reason().contains("note"),
        "the registry's own reasons are missing: {error}"
    );
    assert_eq!(
        registry.versions(subject).await.unwrap().len(),
        1,
        "what was refused does not stand"
    );

    check_compatible(registry, subject, &mended).await;
    let second = registry.register(subject, &mended).await.unwrap();
    assert_eq!(second.version.map(|version| version.0), Some(2));

    // What stands already is not a change, whatever has come after it.
    registry.set_level(subject, Level::FullTransitive).await.unwrap();
    let again = registry.register(subject, &first).await.unwrap();
    assert_eq!(again.version.map(|version| version.0), Some(1));
}

/// A field without default comes: old readers do not mind it, new readers miss it. The way back is the mirror image.
async fn check_directions(registry: &RegistryClient, subject: &str) {
    let (small, large) = (record("Directions", &[ID]), record("Directions", &[ID, NOTE]));
    let other = format!("{subject}-other");
    registry.set_level(subject, Level::None).await.unwrap();
    registry.register(subject, &small).await.unwrap();
    registry.set_level(&other, Level::None).await.unwrap();
    registry.register(&other, &large).await.unwrap();
    for (level, grows, shrinks) in [
        (Level::None, true, true),
        (Level::Backward, false, true),
        (Level::BackwardTransitive, false, true),
        (Level::Forward, true, false),
        (Level::ForwardTransitive, true, false),
        (Level::Full, false, false),
        (Level::FullTransitive, false, false),
    ] {
        for (subject, next, expected) in [(subject, &large, grows), (&*other, &small, shrinks)] {
            registry.set_level(subject, level).await.unwrap();
            let answer = registry.check_compatibility(subject, next).await.unwrap();
            assert_eq!(answer.compatible, expected, "{level} of {subject}: {answer:?}");
        }
    }
}

/// A default that goes breaks no reader of the latest version, and those of the one before it.
async fn check_transitive(registry: &RegistryClient, subject: &str) {
    registry.set_level(subject, Level::Backward).await.unwrap();
    for fields in [&[ID][..], &[ID, NOTE_WITH_DEFAULT]] {
        registry.register(subject, &record("Transitive", fields)).await.unwrap();
    }
    let third = record("Transitive", &[ID, NOTE]);
    registry.set_level(subject, Level::BackwardTransitive).await.unwrap();
    check_broken(registry, subject, &third).await;
    registry.register(subject, &third).await.unwrap_err();

    registry.set_level(subject, Level::Backward).await.unwrap();
    check_compatible(registry, subject, &third).await;
    registry.register(subject, &third).await.unwrap();
}

/// An optional property comes to a closed object, and to an open one, where older events may hold anything under its name.
async fn check_json(registry: &RegistryClient, subject: &str) {
    for (open, expected) in [(false, true), (true, false)] {
        let subject = format!("{subject}-{open}");
        let schema = |properties: &str| {
            json(&format!(
                r#"{{"$schema":"http://json-schema.org/draft-07/schema#","type":"object","additionalProperties":{open},"properties":{{{properties}}}}}"#
            ))
        };
        registry.set_level(&subject, Level::Backward).await.unwrap();
        registry
            .register(&subject, &schema(r#""id":{"type":"string"}"#))
            .await
            .unwrap();
        let next = schema(r#""id":{"type":"string"},"note":{"type":"string"}"#);
        let answer = registry.check_compatibility(&subject, &next).await.unwrap();
        assert_eq!(answer.compatible, expected, "{answer:?}");
        assert_eq!(registry.register(&subject, &next).await.is_ok(), expected);
    }
}

async fn check_compatible(registry: &RegistryClient, subject: &str, schema: &SchemaText) {
    let answer = registry.check_compatibility(subject, schema).await.unwrap();
    assert!(answer.compatible, "{answer:?}");
    assert!(answer.messages.is_empty(), "{answer:?}");
}

async fn check_broken(registry: &RegistryClient, subject: &str, schema: &SchemaText) {
    let answer = registry.check_compatibility(subject, schema).await.unwrap();
    assert!(!answer.compatible, "{answer:?}");
}

#[tokio::test]
async fn a_new_subject_is_held_to_backward_until_another_level_is_set() {
    let server = EmbeddedRegistry::start().unwrap();
    let registry = client(server.url());
    let told = registry.level("s").await.unwrap();
    assert_eq!((told.level, told.origin), (Level::Backward, LevelOrigin::Global));

    registry.register("s", &avro("\"string\"")).await.unwrap();
    registry.register("s", &avro("\"long\"")).await.unwrap_err();
    server.set_level("s", Level::None);
    registry.register("s", &avro("\"long\"")).await.unwrap();

    server.set_global_level(Level::Full);
    let told = registry.level("t").await.unwrap();
    assert_eq!((told.level, told.origin), (Level::Full, LevelOrigin::Global));
    let told = registry.level("s").await.unwrap();
    assert_eq!((told.level, told.origin), (Level::None, LevelOrigin::Subject));
}
