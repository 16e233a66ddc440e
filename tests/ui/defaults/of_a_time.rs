use chrono::NaiveDate;
use publisher_core::EventData;
use uuid::Uuid;

#[derive(EventData)]
struct Trip {
    #[event(default = "2024-01-01")]
    day: NaiveDate,
    #[event(default = "00000000-0000-0000-0000-000000000000")]
    id: Uuid,
}

fn main() {}
