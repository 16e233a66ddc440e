use publisher_core::EventData;

#[derive(EventData)]
struct Node<T> {
    value: T,
    notes: Vec<Node<String>>,
}

#[derive(EventData)]
struct Window<const N: usize> {
    values: [i32; N],
    smaller: Option<Box<Window<3>>>,
}

#[derive(EventData)]
#[event(name = "{T}Leaf")]
struct Leaf<T> {
    value: T,
    notes: Vec<Leaf<String>>,
}

fn main() {}
