use publisher_core::EventData;

#[derive(EventData)]
struct Shop {
    number: i32,
}

#[derive(EventData)]
#[event(union, tag = "kind")]
enum Source {
    Web { page: String },
    #[event(default)]
    Unknown,
    Shop(#[event(min = 1)] Shop),
}

#[derive(EventData)]
#[event(union, name = "Origin", namespace = "com.acme")]
enum Held {
    Shop(Shop),
}

fn main() {}
