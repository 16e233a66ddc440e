use publisher_core::EventData;

#[derive(EventData)]
struct Texts {
    #[event(pattern = r"a\")]
    backslash_at_the_end: String,
    #[event(pattern = r"\Aa")]
    start: String,
    #[event(pattern = r"a\z")]
    end: String,
    #[event(pattern = r"(a)\1")]
    back_reference: String,
    #[event(pattern = r"^\p{L}$")]
    unicode_class: String,
    #[event(pattern = r"\x4")]
    two_digits: String,
    #[event(pattern = r"\u00E")]
    four_digits: String,
    #[event(pattern = r"\u{e9}")]
    braces: String,
    #[event(pattern = r"\e")]
    unknown: String,
    #[event(pattern = r"\b{start}")]
    word_boundary: String,
    #[event(pattern = r"\#")]
    needless: String,
}

fn main() {}
