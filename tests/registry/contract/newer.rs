//! What Confluent's registry has beyond the API that all of them share: GUIDs, metadata, modes, contexts.

use serde_json::{Value, json};

use super::difference::{Concern, Difference, Registry};

pub(super) const CONCERN: Concern = Concern {
    title: "what newer registries have",
    differences: &[
        Difference {
            what: "the GUID of a schema",
            embedded: "that of its stored text, as `SchemaGuid::of`",
            apicurio: "none",
            confluent: "that of its stored text, since 8",
        },
        Difference {
            what: "a schema by its GUID",
            embedded: "200",
            apicurio: "404, text",
            confluent: "200 since 8, 404 404 before",
        },
        Difference {
            what: "the same text with other metadata",
            embedded: "another version, another id",
            apicurio: "the same version and id",
            confluent: "another version, another id",
        },
        Difference {
            what: "metadata in an answer",
            embedded: r#"{"properties":{"owner":"b"}}"#,
            apicurio: "none",
            confluent: r#"{"properties":{"owner":"b"}}"#,
        },
        Difference {
            what: "the mode of a subject, set to READONLY",
            embedded: r#"{"mode":"READONLY"}"#,
            apicurio: "204",
            confluent: r#"{"mode":"READONLY"}"#,
        },
        Difference {
            what: "registering in mode READONLY",
            embedded: "422 42205",
            apicurio: "200",
            confluent: "422 42205",
        },
        Difference {
            what: "a mode that is none",
            embedded: "422 42204",
            apicurio: "400, text",
            confluent: "422 42204",
        },
        Difference {
            what: "registering with an id outside of mode IMPORT",
            embedded: "422 42205",
            apicurio: "200",
            confluent: "422 42205",
        },
        Difference {
            what: "contexts after a schema was registered in one",
            embedded: r#"[".",".contract"]"#,
            apicurio: r#"[":.:"]"#,
            confluent: r#"[".",".contract"]"#,
        },
        Difference {
            what: "the first id in another context",
            embedded: "counts from 1 again",
            apicurio: "counts on",
            confluent: "counts from 1 again",
        },
        Difference {
            what: "subjects that begin with a prefix",
            embedded: "those",
            apicurio: "all",
            confluent: "those",
        },
    ],
};

pub(super) async fn check(registry: &Registry) {
    let none = Value::Null;
    let subject = registry.subject("newer");
    let path = format!("/subjects/{subject}/versions");
    // A text of this run, so that the id is its own too.
    let text = format!(
        r#"{{"type":"enum","name":"E","symbols":["S{}"]}}"#,
        subject.replace('-', "_")
    );
    let owned = |owner: &str| json!({"schema": text, "metadata": {"properties": {"owner": owner}}});

    let bare = registry.call("POST", &path, &json!({"schema": text}));
    let guid = publisher_core::wire::SchemaGuid::of(&text, &[], None)
        .unwrap()
        .to_string();
    registry.tells(
        "the GUID of a schema",
        match bare.body.get("guid") {
            Some(told) if *told == guid => "that of its stored text, as `SchemaGuid::of`",
            Some(_) => "another one",
            None => "none",
        },
    );
    registry.tells(
        "a schema by its GUID",
        registry.call("GET", &format!("/schemas/guids/{guid}"), &none).code(),
    );

    let ids: Vec<u64> = ["a", "b"]
        .map(|owner| registry.call("POST", &path, &owned(owner)).number("id"))
        .into();
    let versions = registry.call("GET", &path, &none);
    registry.tells(
        "the same text with other metadata",
        match (versions.body == json!([1]), ids[0] == ids[1]) {
            (false, false) => "another version, another id",
            (true, true) => "the same version and id",
            _ => "something else",
        },
    );
    let latest = registry.call("GET", &format!("{path}/latest"), &none);
    registry.tells(
        "metadata in an answer",
        latest
            .body
            .get("metadata")
            .map_or_else(|| "none".to_owned(), Value::to_string),
    );

    let mode = format!("/mode/{subject}");
    let id = json!({"schema": "\"string\"", "id": 1_000_000, "version": 9});
    registry.tells("registering with an id outside of mode IMPORT", {
        let path = format!("/subjects/{}/versions", registry.subject("imported"));
        registry.call("POST", &path, &id).code()
    });
    registry.tells(
        "a mode that is none",
        registry.call("PUT", &mode, &json!({"mode": "ASLEEP"})).code(),
    );
    let set = registry.call("PUT", &mode, &json!({"mode": "READONLY"}));
    registry.tells(
        "the mode of a subject, set to READONLY",
        if set.status == 200 {
            set.body.to_string()
        } else {
            set.code()
        },
    );
    let other = json!({"schema": text.replace("\"S", "\"T")});
    registry.tells(
        "registering in mode READONLY",
        registry.call("POST", &path, &other).code(),
    );
    registry.call("DELETE", &mode, &none);

    let first = registry.call("POST", &format!("/subjects/:.contract:{subject}/versions"), &other);
    registry.tells(
        "the first id in another context",
        if first.number("id") == 1 {
            "counts from 1 again"
        } else {
            "counts on"
        },
    );
    let contexts = registry.call("GET", "/contexts", &none);
    registry.tells(
        "contexts after a schema was registered in one",
        contexts.body.to_string(),
    );
    let prefixed = registry.call("GET", &format!("/subjects?subjectPrefix={subject}"), &none);
    registry.tells(
        "subjects that begin with a prefix",
        if prefixed.body == json!([subject]) {
            "those"
        } else {
            "all"
        },
    );
}
