use publisher_core::EventData;

#[derive(EventData)]
struct Customer {
    #[event(format = uuid, default = "x")]
    id: String,
    #[event(format = email, default = "ada")]
    email: String,
    #[event(format = uri, default = "https://example.com")]
    site: String,
}

fn main() {}
