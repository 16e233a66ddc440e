use publisher_core::EventData;

struct Unpublished;

#[derive(EventData)]
enum Payment {
    Card(Unpublished),
    Transfer { details: Unpublished },
    Note(#[event(min = 1)] String),
}

fn main() {}
