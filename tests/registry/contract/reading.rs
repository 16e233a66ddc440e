//! Reading back: by id, by version, the latest one, and what stands where.

use publisher_core::SchemaId;
use publisher_core::SubjectVersion;
use publisher_core::registry::SchemaRegistry;
use serde_json::{Value, json};

use super::difference::{Concern, Difference, Registry};
use super::looking_up::not_found;
use crate::{normal, record};

pub(super) const CONCERN: Concern = Concern {
    title: "reading",
    differences: &[
        Difference {
            what: "members of a version",
            embedded: "guid, id, schema, schemaType, subject, version",
            apicurio: "id, references, schema, schemaType, subject, version",
            confluent: "as the embedded one with ts and deleted since 8; before without these and guid, and \
                schemaType where it is not AVRO",
        },
        Difference {
            what: "members of a schema by its id",
            embedded: "guid, schema, schemaType",
            apicurio: "references, schema, schemaType",
            confluent: "as the embedded one with ts and deleted since 8; before schema, and schemaType where it is not AVRO",
        },
        Difference {
            what: "a version that is no number",
            embedded: "422 42202",
            apicurio: "404 40402",
            confluent: "422 42202",
        },
        Difference {
            what: "the subjects of an id",
            embedded: "200",
            apicurio: "404, text",
            confluent: "200",
        },
        Difference {
            what: "the types of schemas",
            embedded: r#"["JSON","AVRO"]"#,
            apicurio: r#"["JSON","PROTOBUF","AVRO"]"#,
            confluent: r#"["JSON","PROTOBUF","AVRO"]"#,
        },
    ],
};

const ID: &str = r#"{"name":"id","type":"string"}"#;
const NOTE_WITH_DEFAULT: &str = r#"{"name":"note","type":"string","default":""}"#;

pub(super) async fn check(registry: &Registry) {
    let (subject, client) = (registry.subject("reading"), &registry.client);
    let (first, second) = (record("Reading", &[ID]), record("Reading", &[ID, NOTE_WITH_DEFAULT]));
    let one = client.register(&subject, &first).await.unwrap();
    let two = client.register(&subject, &second).await.unwrap();

    for (registered, schema) in [(&one, &first), (&two, &second)] {
        let found = client.schema_by_id(registered.id).await.unwrap();
        assert_eq!(found.schema_type, schema.schema_type);
        assert_eq!(normal(&found), normal(schema));
        let found = client.schema_of(&subject, registered.version).await.unwrap();
        assert_eq!((found.id, Some(found.version)), (registered.id, registered.version));
        assert_eq!(normal(&found.schema), normal(schema));
    }
    let latest = client.latest(&subject).await.unwrap();
    assert_eq!(
        (latest.id, Some(latest.version), latest.guid),
        (two.id, two.version, two.guid)
    );
    assert_eq!(normal(&latest.schema), normal(&second));
    assert_eq!(
        client.versions(&subject).await.unwrap(),
        [SubjectVersion(1), SubjectVersion(2)]
    );
    assert!(client.subjects().await.unwrap().contains(&subject));

    not_found(
        &client.schema_by_id(SchemaId(i32::MAX as u32)).await.unwrap_err(),
        40403,
    );
    not_found(
        &client.schema_of(&subject, Some(SubjectVersion(9))).await.unwrap_err(),
        40402,
    );
    let unknown = registry.subject("unknown");
    not_found(&client.latest(&unknown).await.unwrap_err(), 40401);
    not_found(&client.versions(&unknown).await.unwrap_err(), 40401);

    let none = Value::Null;
    let path = format!("/subjects/{subject}/versions");
    registry.tells(
        "members of a version",
        registry.call("GET", &format!("{path}/1"), &none).members(),
    );
    let by_id = format!("/schemas/ids/{}", one.id);
    registry.tells(
        "members of a schema by its id",
        registry.call("GET", &by_id, &none).members(),
    );
    registry.tells(
        "a version that is no number",
        registry.call("GET", &format!("{path}/zero"), &none).code(),
    );
    let subjects = registry.call("GET", &format!("{by_id}/subjects"), &none);
    assert!(
        subjects.status != 200 || subjects.body == json!([subject]),
        "{subjects:?}"
    );
    registry.tells("the subjects of an id", subjects.code());
    registry.tells(
        "the types of schemas",
        registry.call("GET", "/schemas/types", &none).body.to_string(),
    );
}
