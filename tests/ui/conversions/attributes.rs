use publisher_core::{Event, EventData};

struct Foreign;

fn text(_: &Foreign) -> String {
    String::new()
}

#[derive(EventData)]
struct Record {
    #[event(with = text)]
    without_type: Foreign,
    #[event(as = "String")]
    quoted: Foreign,
    #[event(as = String, with = "text")]
    quoted_function: Foreign,
    #[event(as)]
    without_value: Foreign,
    #[event(as = String, with = |foreign| text(foreign))]
    closure: Foreign,
    #[event(as = u64)]
    unsigned: Foreign,
    #[event(as = String, as = i32)]
    twice: Foreign,
    #[event(skip, as = String, with = text)]
    skipped: Foreign,
    #[event(as = String, with = out)]
    local: Foreign,
    #[event(into = String)]
    into: Foreign,
}

fn out(foreign: &Foreign) -> String {
    text(foreign)
}

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme", into = String)]
struct OrderPlaced {
    #[event(key, as = std::borrow::Cow<'_, str>, with = borrowed)]
    id: Foreign,
}

fn borrowed(_: &Foreign) -> std::borrow::Cow<'_, str> {
    "a".into()
}

fn main() {}
