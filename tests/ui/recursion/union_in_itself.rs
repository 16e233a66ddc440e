use publisher_core::EventData;

#[derive(EventData)]
struct Leaf {
    number: i32,
}

#[derive(EventData)]
#[event(union)]
enum Tree {
    Leaf(Leaf),
    Fork { left: Option<Box<Tree>>, right: Option<Box<Self>> },
}

fn main() {}
