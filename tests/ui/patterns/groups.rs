use publisher_core::EventData;

#[derive(EventData)]
struct Texts {
    #[event(pattern = r"(?<year>[0-9]{4})")]
    named: String,
    #[event(pattern = r"(?P<year>[0-9]{4})")]
    named_as_in_python: String,
    #[event(pattern = r"^(?=a)")]
    ahead: String,
    #[event(pattern = r"(?<!a)b")]
    behind: String,
    #[event(pattern = r"(a|b")]
    open: String,
}

fn main() {}
