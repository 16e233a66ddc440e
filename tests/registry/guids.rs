//! GUIDs and metadata on the embedded registry: told in every answer, part of what a schema is. No registry that the tests
//! can start has them.

use publisher_core::registry::{RegistryError, SchemaMetadata, SchemaRegistry};
use publisher_core::testing::EmbeddedRegistry;
use publisher_core::wire::{Frame, FramedSchema, SchemaGuid};
use serde_json::{Value, json};

use crate::api::{Step, check, check_on};
use crate::{avro, client, record};

/// Of the texts `"string"` and `"long"`, by `md5sum`.
const STRING: &str = "095d71cf-1255-6b9d-5e33-0ad575b3df5d";
const LONG: &str = "e1dd9a1e-f98b-451b-5369-0370b393966b";

#[test]
fn every_answer_that_tells_a_schema_tells_its_guid() {
    let string = json!({"schema": "\"string\""});
    let whole = json!({"id": 1, "version": 1, "guid": STRING, "schemaType": "AVRO", "schema": "\"string\""});
    let mut place = whole.clone();
    place["subject"] = json!("s");
    let schema = json!({"guid": STRING, "schemaType": "AVRO", "schema": "\"string\""});
    let by_guid = format!("/schemas/guids/{STRING}");
    let ids = format!("{by_guid}/ids");
    let unknown = format!("/schemas/guids/{LONG}");
    let none = Value::Null;
    let elsewhere = json!([{"context": ".", "id": 1}, {"context": ".b", "id": 1}]);
    let steps: [Step<'_>; 11] = [
        ("POST", "/subjects/s/versions", string.clone(), 200, whole.clone()),
        ("POST", "/subjects/s/versions", string.clone(), 200, whole),
        ("POST", "/subjects/s", string.clone(), 200, place.clone()),
        ("GET", "/subjects/s/versions/latest", none.clone(), 200, place),
        ("GET", "/schemas/ids/1", none.clone(), 200, schema.clone()),
        ("GET", &by_guid, none.clone(), 200, schema),
        ("GET", &ids, none.clone(), 200, json!([{"context": ".", "id": 1}])),
        ("GET", &unknown, none.clone(), 404, json!(40403)),
        ("GET", "/schemas/guids/none", none.clone(), 404, json!(40403)),
        (
            "POST",
            "/subjects/:.b:s/versions",
            string,
            200,
            json!({"id": 1, "version": 1, "guid": STRING, "schemaType": "AVRO", "schema": "\"string\""}),
        ),
        // One GUID in all contexts, whatever the ids are.
        ("GET", &ids, none.clone(), 200, elsewhere),
    ];
    check_on(&EmbeddedRegistry::start().unwrap(), &steps);
    // A registry before version 8.
    check(&[("GET", &by_guid, none, 404, json!(404))]);
}

#[tokio::test]
async fn the_client_reads_guids_and_schemas_by_them() {
    let server = EmbeddedRegistry::start().unwrap();
    let registry = client(server.url());
    let schema = record("Told", &[r#"{"name":"id","type":"string"}"#]);
    let registered = registry.register("s", &schema).await.unwrap();
    assert_eq!(registry.look_up("s", &schema).await.unwrap(), registered);
    let latest = registry.latest("s").await.unwrap();

    let guid = registered.guid.unwrap();
    assert_eq!(latest.guid, Some(guid));
    let stored = server.schema("s").unwrap();
    assert_eq!(SchemaGuid::of(&stored.text, &[], None), Some(guid));
    assert_eq!(registry.schema_by_guid(guid).await.unwrap(), stored);

    // What a reader of a record does with the header.
    let header = FramedSchema::Guid(guid).header_bytes();
    let frame = Frame::of_record(Some(&header), Some(b"x")).unwrap().unwrap();
    assert_eq!(frame.schema, FramedSchema::Guid(guid));

    let error = registry.schema_by_guid(SchemaGuid([7; 16])).await.unwrap_err();
    assert!(matches!(error, RegistryError::NotFound(_)), "{error}");
}

#[tokio::test]
async fn a_registry_without_guids_is_one_too() {
    let server = EmbeddedRegistry::start().unwrap().without_guids();
    let registry = client(server.url());
    let registered = registry.register("s", &avro("\"string\"")).await.unwrap();
    assert_eq!((registered.id.0, registered.guid), (1, None));
    let error = registry.schema_by_guid(STRING.parse().unwrap()).await.unwrap_err();
    assert!(matches!(error, RegistryError::NotFound(_)), "{error}");
}

#[test]
fn metadata_is_part_of_a_schema() {
    let sent = |owner: Option<&str>| match owner {
        Some(owner) => json!({"schema": "\"string\"", "metadata": {"properties": {"owner": owner}}}),
        None => json!({"schema": "\"string\""}),
    };
    let told = |id: u32, version: u32, owner: Option<&str>| {
        let mut told = sent(owner);
        told["id"] = id.into();
        told["version"] = version.into();
        told
    };
    let found = |id: u32, version: u32, owner: Option<&str>| {
        let mut told = told(id, version, owner);
        told["subject"] = "s".into();
        told
    };
    let versions = "/subjects/s/versions";
    let everything = json!({"tags": {"a.b": ["PII", "EU"]}, "properties": {"b": "1"}, "sensitive": ["b"], "more": 1});
    check(&[
        ("POST", versions, sent(None), 200, told(1, 1, None)),
        ("POST", versions, sent(Some("a")), 200, told(2, 2, Some("a"))),
        ("POST", versions, sent(Some("b")), 200, told(3, 3, Some("b"))),
        ("POST", versions, sent(Some("a")), 200, told(2, 2, Some("a"))),
        // Without metadata, that version which has none.
        ("POST", versions, sent(None), 200, told(1, 1, None)),
        ("POST", "/subjects/s", sent(None), 200, found(1, 1, None)),
        ("POST", "/subjects/s", sent(Some("a")), 200, found(2, 2, Some("a"))),
        ("POST", "/subjects/s", sent(Some("c")), 404, json!(40403)),
        ("DELETE", "/subjects/s/versions/1", Value::Null, 200, json!(1)),
        // If there is none, the version with the metadata of the latest: not one with other metadata.
        ("POST", "/subjects/s", sent(None), 200, found(3, 3, Some("b"))),
        ("POST", versions, sent(None), 200, told(3, 3, Some("b"))),
        ("GET", "/schemas/ids/2", Value::Null, 200, sent(Some("a"))),
        // All three parts are told, sets without repetition and in order, and nothing else.
        (
            "POST",
            "/subjects/t/versions",
            json!({"schema": "\"long\"", "metadata": everything}),
            200,
            json!({"id": 4, "version": 1, "schema": "\"long\"", "metadata": {
                "tags": {"a.b": ["EU", "PII"]}, "properties": {"b": "1"}, "sensitive": ["b"]}}),
        ),
        // Metadata with nothing in it is not none.
        (
            "POST",
            "/subjects/u/versions",
            json!({"schema": "\"long\"", "metadata": {}}),
            200,
            json!({"id": 5, "version": 1, "schema": "\"long\"", "metadata": {}}),
        ),
        (
            "POST",
            "/subjects/v/versions",
            json!({"schema": "\"long\"", "metadata": {"properties": ["no map"]}}),
            400,
            json!(400),
        ),
    ]);
}

/// The metadata of the latest version also counts for the next one, which changes its text only.
#[tokio::test]
async fn a_new_text_without_metadata_takes_over_that_of_the_latest_version() {
    let server = EmbeddedRegistry::start().unwrap();
    let registry = client(server.url());
    let metadata = SchemaMetadata::new()
        .property("owner", "orders")
        .tag("com.acme.Kept.id", "PII");
    let first = record("Kept", &[r#"{"name":"id","type":"string"}"#]);
    registry
        .register("s", &first.clone().with_metadata(metadata.clone()))
        .await
        .unwrap();
    let second = record(
        "Kept",
        &[
            r#"{"name":"id","type":"string"}"#,
            r#"{"name":"n","type":"int","default":0}"#,
        ],
    );
    let registered = registry.register("s", &second).await.unwrap();
    assert_eq!(registered.version.map(|version| version.0), Some(2));

    let stored = server.schema("s").unwrap();
    assert_eq!(stored.metadata.as_deref(), Some(&metadata));
    assert_eq!(registered.guid, SchemaGuid::of(&stored.text, &[], Some(&metadata)));
    assert_ne!(registered.guid, SchemaGuid::of(&stored.text, &[], None));
    assert_eq!(registry.look_up("s", &second).await.unwrap(), registered);
}
