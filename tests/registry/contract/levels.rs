//! Levels over the API itself. What the client makes of them is `levels.rs` of the folder above.

use serde_json::{Value, json};

use super::difference::{Concern, Difference, Registry};
use crate::record;

pub(super) const CONCERN: Concern = Concern {
    title: "levels",
    differences: &[
        Difference {
            what: "the level until one is set",
            embedded: "BACKWARD",
            apicurio: "NONE",
            confluent: "BACKWARD",
        },
        Difference {
            what: "a subject without a level of its own",
            embedded: "404 40408",
            apicurio: "404 40401",
            confluent: "404 40408",
        },
        Difference {
            what: "the answer to setting a level",
            embedded: r#"{"compatibility":"FULL"}"#,
            apicurio: r#"{"compatibilityLevel":"FULL"}"#,
            confluent: r#"{"compatibility":"FULL"}"#,
        },
        Difference {
            what: "a level that is none",
            embedded: "422 42203",
            apicurio: "500 0",
            confluent: "422 42203",
        },
        Difference {
            what: "a schema that breaks the level",
            embedded: "409 40901",
            apicurio: "409 409",
            confluent: "409 40901; 409 409 in older ones",
        },
        Difference {
            what: "a check of it with verbose=true",
            embedded: "is_compatible, messages",
            apicurio: "is_compatible",
            confluent: "is_compatible, messages",
        },
        Difference {
            what: "the level of a subject that had one",
            embedded: "404 40408",
            apicurio: "200",
            confluent: "404 40408",
        },
    ],
};

const ID: &str = r#"{"name":"id","type":"string"}"#;
const NOTE: &str = r#"{"name":"note","type":"string"}"#;

pub(super) async fn check(registry: &Registry) {
    let none = Value::Null;
    let subject = registry.subject("levels");
    let (config, versions) = (format!("/config/{subject}"), format!("/subjects/{subject}/versions"));
    let global = registry.call("GET", "/config", &none).body["compatibilityLevel"].clone();
    registry.tells("the level until one is set", global.as_str().unwrap_or_default());
    registry.tells(
        "a subject without a level of its own",
        registry.call("GET", &config, &none).code(),
    );

    let (kept, broken) = (record("Kept", &[ID]), record("Kept", &[ID, NOTE]));
    assert_eq!(
        registry.call("POST", &versions, &json!({"schema": &*kept.text})).status,
        200
    );
    let set = registry.call("PUT", &config, &json!({"compatibility": "FULL"}));
    registry.tells("the answer to setting a level", set.body.to_string());
    let told = registry.call("GET", &config, &none);
    assert_eq!(told.body["compatibilityLevel"], "FULL", "{told:?}");
    let bad = registry.call("PUT", &config, &json!({"compatibility": "SIDEWAYS"}));
    registry.tells("a level that is none", bad.code());
    let told = registry.call("GET", &config, &none);
    assert_eq!(told.body["compatibilityLevel"], "FULL", "it stays as it was: {told:?}");

    assert_eq!(
        registry
            .call("PUT", &config, &json!({"compatibility": "BACKWARD"}))
            .status,
        200
    );
    let refused = registry.call("POST", &versions, &json!({"schema": &*broken.text}));
    registry.tells("a schema that breaks the level", refused.code());
    let check = format!("/compatibility{versions}/latest");
    let verdict = registry.call("POST", &check, &json!({"schema": &*broken.text}));
    assert_eq!(
        (verdict.status, &verdict.body["is_compatible"]),
        (200, &json!(false)),
        "{verdict:?}"
    );
    let verdict = registry.call(
        "POST",
        &format!("{check}?verbose=true"),
        &json!({"schema": &*broken.text}),
    );
    registry.tells("a check of it with verbose=true", verdict.members());
    let unknown = format!("/compatibility/subjects/{}/versions/latest", registry.subject("nobody"));
    let verdict = registry.call("POST", &unknown, &json!({"schema": &*kept.text}));
    assert_eq!(
        verdict.body,
        json!({"is_compatible": true}),
        "nothing is there that it could break"
    );
    let removed = registry.call("DELETE", &config, &none);
    assert_eq!(removed.status, 200, "{removed:?}");
    assert_eq!(
        removed.body["compatibilityLevel"], "BACKWARD",
        "what was set: {removed:?}"
    );
    let after = registry.call("GET", &config, &none);
    registry.tells("the level of a subject that had one", after.code());
}
