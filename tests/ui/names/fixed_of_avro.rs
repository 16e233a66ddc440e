//! A `fixed` stands in the schema under a name, and Avro's own types have theirs.

use publisher_core::EventData;

#[derive(EventData)]
struct Signed {
    #[event(fixed = "long")]
    signature: [u8; 64],
}

fn main() {}
