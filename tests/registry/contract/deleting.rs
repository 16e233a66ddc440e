//! Deletion: soft first, then permanent; ids stay, numbers are not given again.

use publisher_core::registry::SchemaRegistry;
use serde_json::{Value, json};

use super::difference::{Concern, Difference, Registry};
use super::looking_up::not_found;
use crate::record;

pub(super) const CONCERN: Concern = Concern {
    title: "deleting",
    differences: &[
        Difference {
            what: "for ever, a subject that was not deleted before",
            embedded: "404 40405",
            apicurio: "409 40405",
            confluent: "404 40405",
        },
        Difference {
            what: "for ever, a version that was not deleted before",
            embedded: "404 40407",
            apicurio: "409 40407",
            confluent: "404 40407",
        },
        Difference {
            what: "a version a second time",
            embedded: "404 40406",
            apicurio: "409 40406",
            confluent: "404 40406",
        },
    ],
};

pub(super) async fn check(registry: &Registry) {
    let none = Value::Null;
    let (subject, client) = (registry.subject("deleting"), &registry.client);
    // A name of this run, so that nobody else holds the schema.
    let name = format!("Deleting{}", registry.subject("x").replace("x-", ""));
    let field = |name: &str| format!(r#"{{"name":"{name}","type":"string","default":""}}"#);
    let (first, second) = (record(&name, &[&field("a")]), record(&name, &[&field("b")]));
    let one = client.register(&subject, &first).await.unwrap();
    client.register(&subject, &second).await.unwrap();

    let whole = format!("/subjects/{subject}");
    let (versions, version) = (format!("{whole}/versions"), format!("{whole}/versions/1"));
    let delete = |path: &str| registry.call("DELETE", path, &none);
    registry.tells(
        "for ever, a subject that was not deleted before",
        delete(&format!("{whole}?permanent=true")).code(),
    );
    registry.tells(
        "for ever, a version that was not deleted before",
        delete(&format!("{version}?permanent=true")).code(),
    );
    assert_eq!(
        registry.call("GET", &versions, &none).body,
        json!([1, 2]),
        "nothing went"
    );

    let gone = delete(&version);
    assert_eq!((gone.status, gone.body), (200, json!(1)));
    registry.tells("a version a second time", delete(&version).code());
    assert_eq!(registry.call("GET", &versions, &none).body, json!([2]));
    assert_eq!(
        registry.call("GET", &format!("{versions}?deleted=true"), &none).body,
        json!([1, 2])
    );
    not_found(&client.look_up(&subject, &first).await.unwrap_err(), 40403);
    assert!(
        client.schema_by_id(one.id).await.is_ok(),
        "records that have this id must stay readable"
    );
    let again = client.register(&subject, &first).await.unwrap();
    assert_eq!(
        (again.id, again.version.map(|version| version.0)),
        (one.id, Some(3)),
        "the id of before, and a number that was not given yet"
    );

    let gone = delete(&whole);
    assert_eq!((gone.status, gone.body), (200, json!([2, 3])));
    let again = delete(&whole);
    assert_eq!(again.code(), "404 40404", "{again:?}");
    assert!(!client.subjects().await.unwrap().contains(&subject));
    let deleted = registry.call("GET", "/subjects?deleted=true", &none);
    assert!(
        deleted.body.as_array().is_some_and(|all| all.contains(&json!(subject))),
        "{deleted:?}"
    );
    let gone = delete(&format!("{whole}?permanent=true"));
    assert_eq!((gone.status, gone.body), (200, json!([1, 2, 3])));
    let by_id = registry.call("GET", &format!("/schemas/ids/{}", one.id), &none);
    assert_eq!(by_id.code(), "404 40403", "{by_id:?}");
    let anew = client.register(&subject, &first).await.unwrap();
    assert_eq!(anew.version.map(|version| version.0), Some(1));
}
