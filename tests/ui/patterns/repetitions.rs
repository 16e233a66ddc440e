use publisher_core::EventData;

#[derive(EventData)]
struct Texts {
    #[event(pattern = r"*a")]
    nothing: String,
    #[event(pattern = r"^*")]
    assertion: String,
    #[event(pattern = r"a+*")]
    twice: String,
    #[event(pattern = r"a+??")]
    lazy_twice: String,
    #[event(pattern = r"a{x}")]
    brace: String,
    #[event(pattern = r"a}")]
    closing_brace: String,
    #[event(pattern = r"a{3,2}")]
    backwards: String,
}

fn main() {}
