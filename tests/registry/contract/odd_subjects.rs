//! Names that would change a path if they were not encoded, and names that are none.

use publisher_core::registry::SchemaRegistry;
use serde_json::{Value, json};

use super::difference::{Concern, Difference, Registry};
use crate::record;

pub(super) const CONCERN: Concern = Concern {
    title: "odd subjects",
    differences: &[
        Difference {
            what: "a line feed in a subject",
            embedded: "422 42208",
            apicurio: "400 0",
            confluent: "422 42208",
        },
        Difference {
            what: "the subject __EMPTY",
            embedded: "422 42208",
            apicurio: "200",
            confluent: "422 42208",
        },
        Difference {
            what: "`:.:name` beside `name`",
            embedded: "one subject",
            apicurio: "two subjects",
            confluent: "one subject",
        },
    ],
};

const ID: &str = r#"{"name":"id","type":"string"}"#;

pub(super) async fn check(registry: &Registry) {
    // Each would change the path if it were not encoded: a slash, a space, a percent sign, a query, a fragment; and
    // what is not ASCII.
    for odd in ["a/b c%?#", ":.ctx:x", "%2F", "ä–ö", "a+b&c=d;e", "..x", "a\\b"] {
        let (subject, schema) = (registry.subject(odd), record("Odd", &[ID]));
        let registered = registry.client.register(&subject, &schema).await.unwrap();
        assert_eq!(registered.version.map(|version| version.0), Some(1), "{subject}");
        assert_eq!(registry.client.look_up(&subject, &schema).await.unwrap(), registered);
        assert_eq!(registry.client.versions(&subject).await.unwrap().len(), 1, "{subject}");
        let subjects = registry.client.subjects().await.unwrap();
        assert!(subjects.contains(&subject), "{subject} is not among {subjects:?}");
    }

    let sent = json!({"schema": "\"string\""});
    let line_feed = format!("/subjects/{}/versions", registry.subject("a%0Ab"));
    registry.tells(
        "a line feed in a subject",
        registry.call("POST", &line_feed, &sent).code(),
    );
    let empty = registry.call("POST", "/subjects/__EMPTY/versions", &sent);
    registry.tells("the subject __EMPTY", empty.code());
    let name = registry.subject("default-context");
    assert_eq!(
        registry
            .call("POST", &format!("/subjects/{name}/versions"), &sent)
            .status,
        200
    );
    let qualified = registry.call("GET", &format!("/subjects/:.:{name}/versions"), &Value::Null);
    registry.tells(
        "`:.:name` beside `name`",
        if qualified.status == 200 {
            "one subject"
        } else {
            "two subjects"
        },
    );
}
