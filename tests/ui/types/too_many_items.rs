//! What no schema and no reader can count.
use publisher_core::Event;

#[derive(Event)]
#[event(topic = "files", namespace = "com.acme.files", unkeyed)]
struct FileStored {
    content: Box<[u8; 4294967296]>,
    #[event(fixed = "Hash")]
    hash: Option<Box<[u8; 2_147_483_648]>>,
    #[event(fixed = "Nothing")]
    nothing: [u8; 0usize],
}

fn main() {}
