//! The expansion is silent under lints that its author did not choose.

#![deny(warnings, unused, nonstandard_style, missing_docs, unused_qualifications, unused_lifetimes)]
#![deny(rust_2018_idioms, trivial_casts, trivial_numeric_casts, unreachable_pub, missing_debug_implementations)]
#![forbid(unsafe_code)]

#[allow(missing_debug_implementations)]
mod events {
    /// An ID.
    #[derive(publisher_core::EventData)]
    pub(crate) struct OrderId(pub(crate) String);

    /// A tree.
    #[derive(publisher_core::EventData)]
    #[event(name = "{T}Tree{N}")]
    pub(crate) struct Tree<'a, T, const N: usize> {
        pub(crate) label: &'a T,
        pub(crate) children: Vec<Self>,
        #[event(recursive = Forest)]
        pub(crate) forest: Option<Box<Forest<'a, T>>>,
    }

    /// Trees.
    #[derive(publisher_core::EventData)]
    #[event(alias = "Woods")]
    pub(crate) struct Forest<'a, T>(
        #[event(rename = "trees", max_items = 3, default = [])] pub(crate) Vec<Tree<'a, T, 2>>,
        #[event(flatten)] pub(crate) Box<Wood>,
    );

    /// Wood.
    #[derive(publisher_core::EventData)]
    pub(crate) struct Wood {
        pub(crate) kind: String,
    }

    /// A planted tree.
    #[derive(publisher_core::Event)]
    #[event(topic = "trees", namespace = "com.acme.trees", unkeyed)]
    pub(crate) struct TreePlanted<'a> {
        #[event(flatten)]
        pub(crate) tree: Tree<'a, String, 2>,
    }

    /// An event.
    #[derive(publisher_core::Event)]
    #[event(topic = "orders", namespace = "com.acme.orders")]
    pub(crate) struct OrderPlaced {
        #[event(key)]
        pub(crate) order_id: OrderId,
        #[event(fixed = "sha_256")]
        pub(crate) hash: [u8; 1],
        #[event(skip)]
        pub(crate) cache: u64,
    }

    /// Events.
    #[derive(publisher_core::Event)]
    #[event(topic = "orders", namespace = "com.acme.orders", encoding = json, model = open, json_formats)]
    #[allow(nonstandard_style)]
    pub(crate) enum Order_Event {
        Placed(OrderPlaced),
        shipped {
            #[event(key)]
            orderID: OrderId,
            #[event(fixed = "Hash")]
            hash: [u8; 1],
            #[event(skip)]
            cache: u64,
        },
    }
}

use events::{OrderId, OrderPlaced, Order_Event};
use publisher_core::Event;

fn main() {
    let id = || OrderId(String::from("a"));
    let placed = Order_Event::Placed(OrderPlaced { order_id: id(), hash: [7], cache: 1 });
    let shipped = Order_Event::shipped { orderID: id(), hash: [7], cache: 1 };
    for (event, expected) in [(placed, &b"\x02a\x07"[..]), (shipped, b"{\"orderID\":\"a\",\"hash\":\"Bw==\"}")] {
        let mut out = Vec::new();
        event.write(&mut out).expect("valid");
        assert_eq!(out, expected);
        match event {
            Order_Event::Placed(OrderPlaced { cache, .. }) | Order_Event::shipped { cache, .. } => assert_eq!(cache, 1),
        }
    }
}
