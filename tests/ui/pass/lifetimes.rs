//! Lifetimes with bounds, in structs, newtypes and variants.

#![deny(warnings)]

use std::borrow::Cow;

use publisher_core::{Event, EventData};

#[derive(EventData)]
struct Title<'a>(&'a str);

#[derive(EventData)]
struct Line<'a, 'b: 'a>
where
    'b: 'a,
{
    title: Title<'a>,
    note: Cow<'b, str>,
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced<'a, 'b: 'a> {
    #[event(key)]
    order_id: Title<'b>,
    #[event(default = [])]
    lines: &'a [Line<'a, 'b>],
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
enum OrderEvent<'event, 'a: 'event> {
    Placed(OrderPlaced<'event, 'a>),
    Shipped {
        #[event(key)]
        order_id: Title<'event>,
    },
    Returned {
        #[event(key)]
        order_id: Title<'a>,
        lines: Vec<Line<'event, 'a>>,
        fixed: &'static str,
    },
}

#[derive(EventData)]
#[event(name = "{T}Node")]
struct Node<'a, 'b: 'a, T>
where
    T: Copy,
{
    line: Option<&'a Line<'a, 'b>>,
    value: T,
    children: &'a [Node<'a, 'b, T>],
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct Planted<'a, 'b> {
    #[event(key)]
    id: Title<'b>,
    #[event(flatten)]
    node: &'a Node<'a, 'b, &'b str>,
}

fn bytes(event: &dyn Event) -> Vec<u8> {
    let mut out = Vec::new();
    event.write(&mut out).expect("valid");
    out
}

fn main() {
    let text = String::from("a");
    let lines = [Line { title: Title(&text), note: Cow::Borrowed("b") }];
    assert_eq!(bytes(&OrderPlaced { order_id: Title(&text), lines: &lines }), b"\x02a\x02\x02a\x02b\x00");
    let returned = OrderEvent::Returned { order_id: Title(&text), lines: Vec::new(), fixed: "c" };
    assert_eq!(bytes(&returned), b"\x02a\x00\x02c");
    assert_eq!(bytes(&OrderEvent::Shipped { order_id: Title("d") }), b"\x02d");
    let leaf = Node { line: None, value: "f", children: &[] };
    assert_eq!(bytes(&Planted { id: Title("g"), node: &leaf }), b"\x02g\x00\x02f\x00");
    let placed = OrderEvent::Placed(OrderPlaced { order_id: Title("e"), lines: &[] });
    assert_eq!(bytes(&placed), b"\x02e\x00");
}
