//! What makes a new version of a subject: the text as it is sent, or its normal form.

use serde_json::{Value, json};

use super::difference::{Answer, Concern, Difference, Registry};

pub(super) const CONCERN: Concern = Concern {
    title: "normalizing",
    differences: &[
        Difference {
            what: "Avro, other white space",
            embedded: "the same version",
            apicurio: "another version",
            confluent: "the same version",
        },
        Difference {
            what: "Avro, another order of attributes",
            embedded: "another version",
            apicurio: "another version",
            confluent: "the same version, because Java prints the schema",
        },
        Difference {
            what: "Avro, another doc, with normalize=true",
            embedded: "another version",
            apicurio: "the same version",
            confluent: "another version",
        },
        Difference {
            what: "the text read back after normalize=true",
            embedded: r#"{"name":"n.A","type":"record","fields":[],"doc":"d"}"#,
            apicurio: "as it was sent",
            confluent: r#"{"name":"n.A","type":"record","fields":[],"doc":"d"}"#,
        },
        Difference {
            what: "a look-up with normalize=true of what was registered without",
            embedded: "404 40403",
            apicurio: "200",
            confluent: "404 40403",
        },
    ],
};

const SENT: &str = r#"{"type":"record","name":"A","namespace":"n","doc":"d","fields":[]}"#;
const SPACED: &str =
    "{ \"type\": \"record\", \"name\": \"A\",\n\"namespace\": \"n\", \"doc\": \"d\", \"fields\": [ ] }";
const ORDERED: &str = r#"{"fields":[],"doc":"d","namespace":"n","name":"A","type":"record"}"#;
const DOCUMENTED: &str = r#"{"type":"record","name":"A","namespace":"n","doc":"e","fields":[]}"#;

pub(super) async fn check(registry: &Registry) {
    let one = json!({"schema": SENT});
    let tells = |what: &str, query: &str, one: &Value, other: &Value| {
        registry.tells(what, second(registry, what, query, one, other));
    };
    tells("Avro, other white space", "", &one, &json!({"schema": SPACED}));
    tells(
        "Avro, another order of attributes",
        "",
        &one,
        &json!({"schema": ORDERED}),
    );
    let members = |text: &str| json!({"schemaType": "JSON", "schema": text});
    let version = second(
        registry,
        "json",
        "",
        &members(r#"{"$schema":"http://json-schema.org/draft-07/schema#","title":"T","type":"object"}"#),
        &members(r#"{"$schema":"http://json-schema.org/draft-07/schema#","type":"object","title":"T"}"#),
    );
    assert_eq!(
        version, "another version",
        "a JSON Schema with another order of members"
    );
    tells(
        "Avro, another doc, with normalize=true",
        "?normalize=true",
        &one,
        &json!({"schema": DOCUMENTED}),
    );
    // That is what a publisher asks for.
    for text in [SPACED, ORDERED] {
        let what = format!("normalized {}", text.len());
        let version = second(registry, &what, "?normalize=true", &one, &json!({"schema": text}));
        assert_eq!(version, "the same version", "{text}");
    }
    let subject = registry.subject("read-back");
    let versions = format!("/subjects/{subject}/versions");
    assert_eq!(
        registry
            .call("POST", &format!("{versions}?normalize=true"), &one)
            .status,
        200
    );
    let found = registry.call("GET", &format!("{versions}/1"), &Value::Null);
    let text = found.body["schema"].as_str().unwrap_or_default();
    registry.tells(
        "the text read back after normalize=true",
        if text == SENT { "as it was sent" } else { text },
    );
    let subject = registry.subject("as-sent");
    assert_eq!(
        registry
            .call("POST", &format!("/subjects/{subject}/versions"), &one)
            .status,
        200
    );
    let found = registry.call("POST", &format!("/subjects/{subject}?normalize=true"), &one);
    registry.tells(
        "a look-up with normalize=true of what was registered without",
        found.code(),
    );
}

/// Whether the second text makes a version beside the first, in a subject of its own.
fn second(registry: &Registry, what: &str, query: &str, one: &Value, other: &Value) -> &'static str {
    let subject = registry.subject(&what.replace([' ', ',', '='], "-"));
    let path = format!("/subjects/{subject}/versions");
    for sent in [one, other] {
        let answer: Answer = registry.call("POST", &format!("{path}{query}"), sent);
        assert_eq!(answer.status, 200, "{what}: {answer:?}");
    }
    match registry.call("GET", &path, &Value::Null).body.as_array().map(Vec::len) {
        Some(1) => "the same version",
        _ => "another version",
    }
}
