use publisher_core::{KeyForm, TextKey};

struct OwnForm;

fn key<F: KeyForm<i64>>() {}

fn main() {
    key::<TextKey>();
    key::<OwnForm>();
}
