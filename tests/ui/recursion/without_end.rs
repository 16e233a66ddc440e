use std::borrow::Cow;
use std::rc::Rc;

use publisher_core::EventData;

#[derive(Clone, EventData)]
struct Node<'a> {
    next: Box<Self>,
    other: Rc<Box<Node<'a>>>,
    borrowed: &'a Node<'a>,
    cow: Box<Cow<'a, Node<'a>>>,
    good: Option<Box<Node<'a>>>,
    children: Vec<Box<Node<'a>>>,
}

fn main() {}
