//! References: they must stand, and hold what they refer to. What the client makes of them is `references.rs` of the
//! folder above.

use serde_json::{Value, json};

use super::difference::{Concern, Registry};

pub(super) const CONCERN: Concern = Concern {
    title: "references",
    differences: &[],
};

pub(super) async fn check(registry: &Registry) {
    let none = Value::Null;
    let (money, order) = (registry.subject("money"), registry.subject("order"));
    let (money_versions, order_versions) = (
        format!("/subjects/{money}/versions"),
        format!("/subjects/{order}/versions"),
    );
    let schema =
        |name: &str| json!({"schema": format!(r#"{{"type":"record","name":"{name}","namespace":"a.m","fields":[]}}"#)});
    let refers = json!([{"name": "a.m.Money", "subject": money, "version": 1}]);
    let text = r#"{"type":"record","name":"Order","namespace":"b","fields":[{"name":"total","type":"a.m.Money"}]}"#;
    let sent = json!({"schema": text, "references": refers});

    let answer = registry.call("POST", &order_versions, &sent);
    assert_eq!(answer.code(), "422 42201", "what is referred to is missing: {answer:?}");
    assert_eq!(registry.call("POST", &money_versions, &schema("Money")).status, 200);
    let answer = registry.call("POST", &order_versions, &json!({"schema": text}));
    assert_eq!(
        answer.code(),
        "422 42201",
        "it is not said what is referred to: {answer:?}"
    );
    let registered = registry.call("POST", &order_versions, &sent);
    assert_eq!(registered.status, 200, "{registered:?}");
    let id = registered.number("id");
    for path in [format!("/schemas/ids/{id}"), format!("{order_versions}/1")] {
        assert_eq!(registry.call("GET", &path, &none).body["references"], refers, "{path}");
    }
    let by = registry.call("GET", &format!("{money_versions}/1/referencedby"), &none);
    assert_eq!(by.body, json!([id]));
    for path in [format!("/subjects/{money}"), format!("{money_versions}/1")] {
        let answer = registry.call("DELETE", &path, &none);
        assert_eq!(answer.code(), "422 42206", "{path}: {answer:?}");
    }

    let unresolved = json!({"schemaType": "JSON", "schema": r#"{"$ref":"nowhere.json"}"#});
    let path = format!("/subjects/{}/versions", registry.subject("unresolved"));
    let answer = registry.call("POST", &path, &unresolved);
    assert_eq!(answer.code(), "422 42201", "no reference has this name: {answer:?}");

    let coin = registry.subject("coin");
    let answer = registry.call("POST", &format!("/subjects/{coin}/versions"), &schema("Coin"));
    assert_eq!(answer.status, 200, "{answer:?}");
    let (money, coin) = (
        json!({"name": "a.m.Money", "subject": money, "version": 1}),
        json!({"name": "a.m.Coin", "subject": coin, "version": 1}),
    );
    let both = registry.subject("both");
    for references in [json!([money, coin]), json!([coin, money])] {
        let sent = json!({"schema": r#"["a.m.Money","a.m.Coin"]"#, "references": references});
        let answer = registry.call("POST", &format!("/subjects/{both}/versions"), &sent);
        assert_eq!(answer.status, 200, "{answer:?}");
    }
    let versions = registry.call("GET", &format!("/subjects/{both}/versions"), &none);
    assert_eq!(versions.body, json!([1, 2]), "the order of references counts");
}
