//! Types, fields and values that come from a macro by example.

use publisher_core::{Event, EventTypes};

macro_rules! event {
    ($name:ident, $topic:literal, $key:ident: $key_type:ty, $min:literal, $default:literal) => {
        #[derive(publisher_core::Event)]
        #[event(topic = $topic, namespace = "com.acme.orders")]
        struct $name {
            #[event(key)]
            $key: $key_type,
            #[event(min = $min, default = $default)]
            quantity: i32,
            self_made: Vec<$key_type>,
        }
    };
}

event!(OrderPlaced, "orders", order_id: String, -1, -1);

fn main() {
    let event = OrderPlaced { order_id: String::from("a"), quantity: 0, self_made: Vec::new() };
    let mut out = Vec::new();
    event.write(&mut out).expect("valid");
    assert_eq!(out, b"\x02a\x00\x00");
    assert!(OrderPlaced::types()[0].schema().text.contains(r#""default":-1"#));
}
