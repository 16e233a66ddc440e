//! Everything that the expansion could mean by a bare name means something else here.

#![deny(warnings)]
#![allow(dead_code, non_snake_case, unused_macros)]

extern crate std as real;

struct Option;
struct Result;
struct String;
struct Vec;
struct Box;
struct Field;
struct Record;
struct Shape;
struct Literal;
struct EventType;
fn Some() {}
fn None() {}
fn Ok() {}
fn Err() {}
mod std {}
mod core {}
mod alloc {}
mod publisher_core {}
macro_rules! vec {
    () => {};
}
macro_rules! format {
    () => {};
}

trait Nosy {
    fn check(&self) {}
    fn encode_avro(&self) {}
    fn encode_json(&self) {}
    fn write(&self) {}
    fn key(&self) {}
    fn write_key(&self) {}
    fn push(&self) {}
    fn extend_from_slice(&self) {}
    fn concat(&self) {}
    fn to_vec(&self) {}
}
impl<T: ?Sized> Nosy for T {}

#[derive(::publisher_core::EventData)]
#[event(min_length = 1)]
struct OrderId(real::string::String);

#[derive(::publisher_core::EventData)]
enum Status {
    New,
    #[event(default)]
    Some,
    None,
}

/// Every feature once.
#[derive(::publisher_core::Event)]
#[event(topic = "orders", namespace = "com.acme.orders", key(order_id, number))]
struct OrderPlaced<'a> {
    order_id: OrderId,
    number: i64,
    #[event(time)]
    at: real::option::Option<chrono::DateTime<chrono::Utc>>,
    #[event(pattern = "^a.*$", format = uri, max_length = 4, default = "ab:c")]
    out: &'a str,
    #[event(min = -1, exclusive_max = 2.5)]
    checker: f64,
    #[event(min_items = 1)]
    list: real::vec::Vec<Status>,
    #[event(decimal(18, 2))]
    total: rust_decimal::Decimal,
    #[event(default = {})]
    tags: real::collections::BTreeMap<real::string::String, i32>,
}

#[derive(::publisher_core::Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
enum OrderEvent<'a> {
    Placed(real::boxed::Box<OrderPlaced<'a>>),
    #[event(key(order_id, number))]
    Some {
        order_id: OrderId,
        number: i64,
        out: &'a str,
        event: real::string::String,
    },
    #[event(unkeyed)]
    None {
        at: i64,
    },
}

#[derive(::publisher_core::EventData)]
#[event(name = "{T}Node{N}", namespace = "com.acme.trees")]
struct Node<'a, T, const N: i32> {
    at: T,
    #[event(min_items = 0, default = [])]
    children: real::vec::Vec<Node<'a, T, N>>,
    parent: real::option::Option<real::boxed::Box<Self>>,
    #[event(recursive = Other)]
    other: real::vec::Vec<Other<'a, T>>,
    out: &'a str,
}

#[derive(::publisher_core::EventData)]
struct Other<'a, T> {
    node: real::option::Option<real::boxed::Box<Node<'a, T, 1>>>,
}

#[derive(::publisher_core::EventData)]
#[event(alias = "Pair")]
struct Two(#[event(rename = "first", alias = "one")] i64, #[event(rename = "second")] i64);

#[derive(::publisher_core::EventData)]
struct Held<T>(#[event(max_items = 2)] real::vec::Vec<T>);

#[derive(::publisher_core::Event)]
#[event(topic = "trees", namespace = "com.acme.trees", unkeyed, encoding = json)]
struct Planted<'a> {
    #[event(flatten)]
    two: Two,
    node: Node<'a, i64, 7>,
    held: Held<Status>,
}

#[derive(::publisher_core::Event)]
#[event(topic = "trees", namespace = "com.acme.trees")]
enum TreeEvent {
    #[event(unkeyed, alias = "TreeGrown")]
    Grown {
        #[event(flatten)]
        two: real::boxed::Box<Two>,
        #[event(alias = "was")]
        checker: i64,
    },
}

fn main() {}
