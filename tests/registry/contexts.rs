//! Contexts on the embedded registry: ids and versions of their own, one way to write a subject.

use std::sync::Arc;

use publisher_core::SubjectVersion;
use publisher_core::registry::{
    CachedRegistry, RegistryError, SchemaReference, SchemaRegistry, SchemaText, SchemaType,
};
use publisher_core::testing::EmbeddedRegistry;
use serde_json::{Value, json};

use crate::api::check;
use crate::{client, normal, record};

#[test]
fn a_context_counts_its_own_ids() {
    let sent = |text: &str| json!({ "schema": text });
    let told = |text: &str, id: u32, version: u32| json!({"schema": text, "id": id, "version": version});
    let (string, long, int) = ("\"string\"", "\"long\"", "\"int\"");
    let none = Value::Null;
    check(&[
        ("GET", "/contexts", none.clone(), 200, json!(["."])),
        ("POST", "/subjects/s/versions", sent(string), 200, told(string, 1, 1)),
        ("POST", "/subjects/:.b:s/versions", sent(long), 200, told(long, 1, 1)),
        (
            "POST",
            "/subjects/:.b:t/versions",
            sent(string),
            200,
            told(string, 2, 1),
        ),
        ("POST", "/subjects/:.a:s/versions", sent(int), 200, told(int, 1, 1)),
        ("GET", "/contexts", none.clone(), 200, json!([".", ".a", ".b"])),
        // The default context needs no name.
        ("POST", "/subjects/:.:s/versions", sent(string), 200, told(string, 1, 1)),
        (
            "GET",
            "/subjects/:.:s/versions/1",
            none.clone(),
            200,
            json!({"subject": "s", "id": 1, "version": 1, "schema": string}),
        ),
        (
            "GET",
            "/subjects/:.b:s/versions/latest",
            none.clone(),
            200,
            json!({"subject": ":.b:s", "id": 1, "version": 1, "schema": long}),
        ),
        // An id is that of its context; a name without context is looked for in all.
        ("GET", "/schemas/ids/1", none.clone(), 200, sent(string)),
        ("GET", "/schemas/ids/1?subject=:.b:s", none.clone(), 200, sent(long)),
        ("GET", "/schemas/ids/1?subject=%3A.a%3As", none.clone(), 200, sent(int)),
        ("GET", "/schemas/ids/1?subject=:.b:", none.clone(), 200, sent(long)),
        ("GET", "/schemas/ids/2?subject=t", none.clone(), 200, sent(string)),
        ("GET", "/schemas/ids/1?subject=nobody", none.clone(), 200, sent(string)),
        (
            "GET",
            "/schemas/ids/1?subject=:.b:nobody",
            none.clone(),
            404,
            json!(40403),
        ),
        ("GET", "/schemas/ids/2", none.clone(), 404, json!(40403)),
        ("GET", "/schemas/ids/1?subject=:.c:s", none.clone(), 404, json!(40403)),
        ("GET", "/schemas/ids/1/subjects", none.clone(), 200, json!(["s"])),
        (
            "GET",
            "/schemas/ids/1/versions?subject=:.b:s",
            none.clone(),
            200,
            json!([{"subject": ":.b:s", "version": 1}]),
        ),
        (
            "GET",
            "/subjects",
            none.clone(),
            200,
            json!([":.a:s", ":.b:s", ":.b:t", "s"]),
        ),
        (
            "GET",
            "/subjects?subjectPrefix=:.b:",
            none.clone(),
            200,
            json!([":.b:s", ":.b:t"]),
        ),
        ("GET", "/subjects?subjectPrefix=:.:s", none.clone(), 200, json!(["s"])),
        (
            "GET",
            "/subjects?subjectPrefix=:*:t",
            none.clone(),
            200,
            json!([":.b:t"]),
        ),
        (
            "GET",
            "/subjects?subjectPrefix=:*:",
            none.clone(),
            200,
            json!([":.a:s", ":.b:s", ":.b:t", "s"]),
        ),
        // A context stays when its subjects go.
        ("DELETE", "/subjects/:.a:s", none.clone(), 200, json!([1])),
        (
            "DELETE",
            "/subjects/:.a:s?permanent=true",
            none.clone(),
            200,
            json!([1]),
        ),
        ("GET", "/contexts", none.clone(), 200, json!([".", ".a", ".b"])),
        ("GET", "/schemas/ids/1?subject=:.a:", none, 404, json!(40403)),
        // A context is no subject.
        ("POST", "/subjects/:.a:/versions", sent(string), 422, json!(42208)),
        (
            "POST",
            "/subjects/:.__GLOBAL:s/versions",
            sent(string),
            422,
            json!(42208),
        ),
        ("POST", "/subjects/__EMPTY/versions", sent(string), 422, json!(42208)),
    ]);
}

#[test]
fn settings_and_references_stay_in_their_context() {
    let money = json!({"schema": r#"{"type":"record","name":"Money","namespace":"a","fields":[]}"#});
    let refers = json!([{"name": "a.Money", "subject": "money", "version": 1}]);
    let order = json!({"schema": r#"{"type":"array","items":"a.Money"}"#, "references": refers});
    let across = json!([{"name": "a.Money", "subject": ":.x:money", "version": 1}]);
    let across = json!({"schema": order["schema"], "references": across});
    let told = |sent: &Value, id: u32| {
        let mut told = sent.clone();
        told["id"] = id.into();
        told["version"] = 1.into();
        told
    };
    let none = Value::Null;
    let full = json!({"compatibility": "FULL"});
    check(&[
        (
            "POST",
            "/subjects/:.x:money/versions",
            money.clone(),
            200,
            told(&money, 1),
        ),
        // There is no money in the default context, unless it is named in full.
        ("POST", "/subjects/order/versions", order.clone(), 422, json!(42201)),
        (
            "POST",
            "/subjects/order/versions",
            across.clone(),
            200,
            told(&across, 1),
        ),
        (
            "POST",
            "/subjects/:.x:order/versions",
            order.clone(),
            200,
            told(&order, 2),
        ),
        (
            "GET",
            "/subjects/:.x:money/versions/1/referencedby",
            none.clone(),
            200,
            json!([1, 2]),
        ),
        ("DELETE", "/subjects/:.x:money", none.clone(), 422, json!(42206)),
        ("PUT", "/config/:.x:", full.clone(), 200, full),
        (
            "GET",
            "/config/:.x:order?defaultToGlobal=true",
            none.clone(),
            200,
            json!({"compatibilityLevel": "FULL"}),
        ),
        ("GET", "/config/:.x:order", none.clone(), 404, json!(40408)),
        (
            "GET",
            "/config/order?defaultToGlobal=true",
            none,
            200,
            json!({"compatibilityLevel": "BACKWARD"}),
        ),
    ]);
}

/// A schema of a context is registered, found and told under the name that it was given.
#[tokio::test]
async fn the_client_works_in_a_context() {
    let server = EmbeddedRegistry::start().unwrap();
    let registry = client(server.url());
    let (one, other) = (
        record("Here", &[r#"{"name":"id","type":"string"}"#]),
        record("There", &[r#"{"name":"id","type":"string"}"#]),
    );
    let here = registry.register(":.staging:s", &one).await.unwrap();
    let there = registry.register("s", &other).await.unwrap();
    assert_eq!((here.id, here.subject.as_str()), (there.id, ":.staging:s"), "ids meet");
    assert_ne!(here.guid, there.guid, "GUIDs do not");
    assert_eq!(registry.look_up(":.staging:s", &one).await.unwrap(), here);
    assert_eq!(registry.subjects().await.unwrap(), [":.staging:s", "s"]);
    assert_eq!(server.schema(":.:s"), server.schema("s"));
    assert_ne!(server.schema(":.staging:s"), server.schema("s"));
}

/// Ids and the names of what a schema refers to are those of its context.
#[tokio::test]
async fn the_client_reads_in_a_context() {
    let server = EmbeddedRegistry::start().unwrap();
    let registry = CachedRegistry::new(Arc::new(client(server.url())));
    let one = record("Here", &[r#"{"name":"id","type":"string"}"#]);
    let other = record("There", &[r#"{"name":"id","type":"string"}"#]);
    let here = registry.register(":.staging:one", &one).await.unwrap();
    let there = registry.register("one", &other).await.unwrap();
    assert_eq!(here.id, there.id, "ids meet");
    for (subject, expected) in [
        (":.staging:one", &one),
        ("one", &other),
        (":.:one", &other),
        (":.staging:", &one),
    ] {
        let found = registry.schema_by_id_under(subject, here.id).await.unwrap();
        assert_eq!(normal(&found), normal(expected), "{subject}");
    }
    let nobody = registry.schema_by_id_under(":.nobody:one", here.id).await.unwrap_err();
    assert!(matches!(nobody, RegistryError::NotFound(_)), "{nobody}");
    assert_eq!(nobody.failure().subject_name(), Some(":.nobody:one"));

    // Named as another client does that has its context from elsewhere.
    let refers = SchemaText::new(SchemaType::Avro, r#"{"type":"array","items":"com.acme.Here"}"#);
    let refers = refers.with_references([SchemaReference {
        name: "com.acme.Here".into(),
        subject: "one".into(),
        version: Some(SubjectVersion(1)),
        schema: one.clone(),
    }]);
    let list = registry.register(":.staging:list", &refers).await.unwrap();
    let by_id = registry.schema_by_id_under(":.staging:list", list.id).await.unwrap();
    let latest = registry.latest(":.staging:list").await.unwrap().schema;
    for found in [by_id, latest] {
        assert_eq!(normal(&found.references[0].schema), normal(&one));
    }
}
