#[derive(EventData)]
#[event(union)]
enum Source<'a> {
    Web { page: &'a str },
    #[event(rename = "Store")]
    Shop(Shop),
}
