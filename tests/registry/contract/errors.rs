//! How calls are refused that no registry understands.

use serde_json::{Value, json};

use super::difference::{Concern, Difference, Registry};

pub(super) const CONCERN: Concern = Concern {
    title: "errors",
    differences: &[
        Difference {
            what: "a body that is no JSON",
            embedded: "400 400",
            apicurio: "400, text",
            confluent: "400 400",
        },
        Difference {
            what: "a body that is a list",
            embedded: "400 400",
            apicurio: "400, text",
            confluent: "400 400",
        },
        Difference {
            what: "an endpoint that is none",
            embedded: "404 404",
            apicurio: "404, text",
            confluent: "404 404",
        },
        Difference {
            what: "an id that is no number",
            embedded: "404 404",
            apicurio: "404, text",
            confluent: "404 404",
        },
    ],
};

pub(super) async fn check(registry: &Registry) {
    let none = Value::Null;
    let path = format!("/subjects/{}/versions", registry.subject("errors"));
    registry.tells(
        "a body that is no JSON",
        registry.call_with("POST", &path, "{\"schema\":").code(),
    );
    registry.tells(
        "a body that is a list",
        registry.call("POST", &path, &json!([1])).code(),
    );
    registry.tells(
        "an endpoint that is none",
        registry.call("GET", "/nowhere", &none).code(),
    );
    registry.tells(
        "an id that is no number",
        registry.call("GET", "/schemas/ids/one", &none).code(),
    );
    let negative = registry.call("GET", "/schemas/ids/-1", &none);
    assert_eq!(negative.code(), "404 40403", "{negative:?}");
    let versions = registry.call("GET", &path, &none);
    assert_eq!(versions.code(), "404 40401", "nothing was registered: {versions:?}");
}
