//! serde's attributes are serde's.

use publisher_core::Event;

#[derive(serde::Serialize, Event)]
#[serde(rename_all = "camelCase")]
#[event(topic = "orders", namespace = "com.acme.orders", encoding = json)]
struct OrderPlaced {
    #[event(key)]
    #[serde(rename = "id", skip_serializing)]
    order_id: String,
}

fn main() {
    let mut out = Vec::new();
    OrderPlaced { order_id: String::from("a") }.write(&mut out).expect("valid");
    assert_eq!(out, b"{\"order_id\":\"a\"}");
}
