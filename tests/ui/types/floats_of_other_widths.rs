use publisher_core::EventData;

#[allow(non_camel_case_types)]
mod floats {
    pub struct f16;
    pub struct f128;
}

use floats::{f16, f128};

#[derive(EventData)]
struct Widths {
    half: f16,
    quadruple: Option<f128>,
}

fn main() {}
