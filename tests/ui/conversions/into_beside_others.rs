use publisher_core::EventData;

#[derive(EventData)]
#[event(into = String, name = "Text", rename_all = "camelCase")]
struct Record {
    #[event(min = 1)]
    number: u64,
}

#[derive(EventData)]
#[event(into = i32, max = 3)]
struct Newtype(#[event(min = 1)] usize);

#[derive(EventData)]
#[event(into = Own)]
enum Own {
    #[event(rename = "A")]
    First,
}

impl From<&Record> for String {
    fn from(record: &Record) -> Self {
        record.number.to_string()
    }
}

fn main() {}
