/// How far the order is.
#[derive(EventData)]
#[event(namespace = "com.acme", rename_all = "SCREAMING_SNAKE_CASE")]
enum Status {
    New = 7,
    PaidInFull = 3,
    #[event(default, rename = "OTHER")]
    Unknown,
}
