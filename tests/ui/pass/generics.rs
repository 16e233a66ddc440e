//! Parameters with bounds, defaults and associated types; what is not published needs no form.

#![deny(warnings)]

use std::collections::{BTreeMap, HashMap};
use std::marker::PhantomData;

use publisher_core::{Event, EventData, EventTypes, RecordData};

trait Entity {
    type Id;
    type State: Clone;
}

#[derive(EventData)]
#[event(name = "{E}Changed")]
struct Changed<E: Entity = Order>
where
    E::State: Clone,
{
    id: E::Id,
    states: Vec<<E as Entity>::State>,
    entity: Option<Box<E>>,
}

#[derive(EventData)]
struct Order {
    number: i64,
}

impl Entity for Order {
    type Id = String;
    type State = Status;
}

#[derive(Clone, EventData)]
enum Status {
    New,
}

struct Secret;

#[derive(EventData)]
struct Tagged<K, V, Tag, S = std::hash::RandomState> {
    by_name: BTreeMap<K, HashMap<K, Option<V>, S>>,
    #[event(skip)]
    tag: PhantomData<Tag>,
}

mod private {
    #[derive(publisher_core::EventData)]
    struct Hidden<T> {
        value: T,
    }

    #[derive(publisher_core::EventData)]
    #[event(name = "{T}Shown")]
    pub struct Shown<T> {
        hidden: Option<Box<Hidden<T>>>,
    }

    impl<T> Shown<T> {
        pub fn new(value: T) -> Self {
            Self { hidden: Some(Box::new(Hidden { value })) }
        }
    }
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders", unkeyed)]
struct OrderChanged {
    #[event(flatten)]
    changed: Changed,
    tagged: Tagged<String, i32, Secret>,
    shown: private::Shown<i64>,
}

fn main() {
    let event = OrderChanged {
        changed: Changed { id: String::from("a"), states: vec![Status::New], entity: Some(Box::new(Order { number: 1 })) },
        tagged: Tagged { by_name: BTreeMap::new(), tag: PhantomData },
        shown: private::Shown::new(3),
    };
    let mut out = Vec::new();
    event.write(&mut out).expect("valid");
    assert_eq!(out, b"\x02a\x02\x00\x00\x02\x02\x00\x02\x06");
    assert_eq!(<Changed as RecordData>::NAME, "OrderChanged");
    assert!(OrderChanged::types()[0].schema().text.contains("LongShown"));
}
