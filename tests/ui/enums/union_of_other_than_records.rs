use publisher_core::EventData;

#[derive(EventData)]
struct Name(String);

#[derive(EventData)]
#[event(union)]
enum Source {
    Web { page: String },
    Text(String),
    Name(Name),
}

fn main() {}
