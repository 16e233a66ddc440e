//! Looking up by content: what is found, and how it is said that nothing is.

use publisher_core::registry::{RegistryError, SchemaRegistry};
use serde_json::json;

use super::difference::{Concern, Difference, Registry};
use crate::record;

pub(super) const CONCERN: Concern = Concern {
    title: "looking up",
    differences: &[
        Difference {
            what: "members of the answer",
            embedded: "guid, id, schema, schemaType, subject, version",
            apicurio: "id, references, schema, subject, version",
            confluent: "as the embedded one since 8; before without guid, and schemaType where it is not AVRO",
        },
        Difference {
            what: "a text that is no schema",
            embedded: "422 42201",
            apicurio: "404 40403",
            confluent: "422 42201",
        },
    ],
};

const ID: &str = r#"{"name":"id","type":"string"}"#;
const NOTE: &str = r#"{"name":"note","type":"string"}"#;

pub(super) async fn check(registry: &Registry) {
    let (subject, client) = (registry.subject("look-up"), &registry.client);
    let (schema, other) = (record("LookUp", &[ID]), record("LookUp", &[NOTE]));

    let error = client.look_up(&subject, &schema).await.unwrap_err();
    not_found(&error, 40401);
    assert_eq!(error.failure().subject_name(), Some(subject.as_str()));
    let (subjects, registered) = (
        client.subjects().await.unwrap(),
        client.register(&subject, &schema).await.unwrap(),
    );
    assert!(!subjects.contains(&subject), "a look-up writes nothing");
    assert_eq!(client.look_up(&subject, &schema).await.unwrap(), registered);
    not_found(&client.look_up(&subject, &other).await.unwrap_err(), 40403);
    assert_eq!(
        client.versions(&subject).await.unwrap().len(),
        1,
        "a look-up writes nothing"
    );

    let path = format!("/subjects/{subject}");
    let answer = registry.call(
        "POST",
        &format!("{path}?normalize=true"),
        &json!({"schema": &*schema.text}),
    );
    registry.tells("members of the answer", answer.members());
    let answer = registry.call("POST", &path, &json!({"schema": "{"}));
    registry.tells("a text that is no schema", answer.code());
}

pub(super) fn not_found(error: &RegistryError, code: u32) {
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
