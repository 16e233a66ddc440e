use publisher_core::EventData;

#[derive(EventData)]
struct Pair(String, #[event(rename = "second")] String);

#[derive(EventData)]
struct Same(#[event(rename = "a")] i32, #[event(rename = "a")] i32);

#[derive(EventData)]
#[event(rename_all = "camelCase")]
struct Renamed(#[event(rename = "a")] i32, #[event(rename = "b")] i32);

#[derive(EventData)]
struct Nothing(#[event(skip)] i32, #[event(skip)] i32);

#[derive(EventData)]
struct NoRecord(#[event(rename = "a")] i32, #[event(rename = "b", key)] u64);

fn main() {}
