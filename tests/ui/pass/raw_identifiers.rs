//! A raw identifier is published without its `r#`.

#![allow(non_camel_case_types)]

use publisher_core::{Event, EventTypes};

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", key(r#type, r#match))]
struct r#struct {
    r#type: String,
    r#match: String,
}

#[derive(publisher_core::EventData)]
enum r#enum {
    r#fn,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
enum r#mod {
    r#impl {
        #[event(key)]
        r#type: String,
        r#enum: r#enum,
    },
}

fn main() {
    let types = publisher_core::events![r#struct, r#mod];
    assert_eq!(types[0].name(), "com.acme.orders.struct");
    assert!(types[0].schema().text.contains(r#""name":"type""#));
    assert_eq!(types[1].name(), "com.acme.orders.modimpl");
    assert!(types[1].schema().text.contains(r#""symbols":["fn"]"#));
    let _ = r#struct::types();
}
