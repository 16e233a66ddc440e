use publisher_core::EventData;

#[derive(EventData)]
#[event(rename_all = "UPPERCASE")]
enum Status {
    New,
    NEW,
    #[event(rename = "NEW")]
    Fresh,
}

fn main() {}
