use publisher_core::EventData;

#[derive(EventData)]
struct Texts {
    #[event(pattern = r"[]a]")]
    empty: String,
    #[event(pattern = r"[a[b]]")]
    nested: String,
    #[event(pattern = r"[a&&b]")]
    intersection: String,
    #[event(pattern = r"[ab")]
    open: String,
    #[event(pattern = r"[a-z-9]")]
    hyphen: String,
    #[event(pattern = r"[a-\d]")]
    class_as_a_bound: String,
    #[event(pattern = r"a]")]
    bracket: String,
}

fn main() {}
