//! Registering: versions, ids, what is refused.

use publisher_core::registry::{RegistryError, SchemaRegistry};
use serde_json::json;

use super::difference::{Concern, Difference, Registry};
use crate::{avro, json, normal, record};

pub(super) const CONCERN: Concern = Concern {
    title: "registering",
    differences: &[
        Difference {
            what: "members of the answer",
            embedded: "guid, id, schema, schemaType, version",
            apicurio: "id",
            confluent: "as the embedded one since 8, id before",
        },
        Difference {
            what: "a text of nothing but spaces",
            embedded: "422 42201",
            apicurio: "200",
            confluent: "422 42201",
        },
        Difference {
            what: "a type that nobody knows",
            embedded: "422 42201",
            apicurio: "500 0",
            confluent: "422 42201",
        },
        Difference {
            what: "a JSON Schema whose type is none",
            embedded: "422 42201",
            apicurio: "200",
            confluent: "422 42201",
        },
    ],
};

const ID: &str = r#"{"name":"id","type":"string"}"#;
const NOTE_WITH_DEFAULT: &str = r#"{"name":"note","type":"string","default":""}"#;

pub(super) async fn check(registry: &Registry) {
    versions_and_ids(registry).await;
    a_json_schema(registry).await;
    what_is_no_schema(registry).await;

    let subject = registry.subject("registering");
    let path = format!("/subjects/{subject}/versions");
    let answer = registry.call("POST", &path, &json!({"schema": "\"string\""}));
    assert_eq!(answer.status, 200, "{answer:?}");
    registry.tells("members of the answer", answer.members());
    for (what, body) in [
        ("a text of nothing but spaces", json!({"schema": " "})),
        (
            "a type that nobody knows",
            json!({"schema": "\"string\"", "schemaType": "THRIFT"}),
        ),
        (
            "a JSON Schema whose type is none",
            json!({
                "schema": r#"{"$schema":"http://json-schema.org/draft-07/schema#","type":"nonsense"}"#,
                "schemaType": "JSON",
            }),
        ),
    ] {
        let subject = registry.subject(&what.replace(' ', "-"));
        let answer = registry.call("POST", &format!("/subjects/{subject}/versions"), &body);
        registry.tells(what, answer.code());
    }
}

async fn versions_and_ids(registry: &Registry) {
    let (subject, schema) = (registry.subject("versions"), record("Registering", &[ID]));
    let first = registry.client.register(&subject, &schema).await.unwrap();
    assert_eq!(first.subject, subject);
    assert!(first.id.0 > 0);
    assert_eq!(first.version.map(|version| version.0), Some(1));
    assert_eq!(
        registry.client.register(&subject, &schema).await.unwrap(),
        first,
        "the same text twice"
    );

    let longer = record("Registering", &[ID, NOTE_WITH_DEFAULT]);
    let second = registry.client.register(&subject, &longer).await.unwrap();
    assert_ne!(second.id, first.id);
    assert_eq!(second.version.map(|version| version.0), Some(2));

    let elsewhere = registry.subject("elsewhere");
    let elsewhere = registry.client.register(&elsewhere, &schema).await.unwrap();
    assert_eq!(elsewhere.id, first.id, "one id for the same content in all subjects");
}

async fn a_json_schema(registry: &Registry) {
    let (subject, schema) = (
        registry.subject("json"),
        json(
            r#"{"$schema":"http://json-schema.org/draft-07/schema#","title":"com.acme.Json","type":"object","additionalProperties":false,"properties":{"id":{"type":"string"}}}"#,
        ),
    );
    let registered = registry.client.register(&subject, &schema).await.unwrap();
    assert_eq!(registered.version.map(|version| version.0), Some(1));
    assert_eq!(registry.client.look_up(&subject, &schema).await.unwrap(), registered);
    let found = registry.client.schema_by_id(registered.id).await.unwrap();
    assert_eq!(found.schema_type, schema.schema_type);
    assert_eq!(normal(&found), normal(&schema));
}

async fn what_is_no_schema(registry: &Registry) {
    let subject = registry.subject("invalid");
    for text in [
        r#"{"type":"nonsense"}"#,
        r#"{"type":"record","name":"A","fields":[{"name":"x","type":"Undefined"}]}"#,
        r#"{"type":"record","name":"A","fields":[{"name":"n","type":"int","default":"x"}]}"#,
        "{",
    ] {
        let error = registry.client.register(&subject, &avro(text)).await.unwrap_err();
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
