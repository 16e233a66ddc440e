use publisher_core::EventData;

#[derive(EventData)]
enum Tagged<T> {
    Lit(T),
    Many(i32),
}

#[derive(EventData)]
#[event(union)]
enum Bare<const N: usize> {
    One { values: [i32; N] },
}

fn main() {}
