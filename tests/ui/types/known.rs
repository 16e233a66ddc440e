use publisher_core::Event;

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme.orders")]
struct OrderPlaced {
    #[event(key)]
    order_id: String,
    a: std::time::Instant,
    b: Option<std::path::PathBuf>,
    c: &'static std::path::Path,
    d: Vec<std::net::IpAddr>,
    e: std::sync::Mutex<String>,
    f: std::cell::Cell<i32>,
    g: std::collections::LinkedList<i32>,
    h: Option<rust_decimal::Decimal>,
    i: bigdecimal::BigDecimal,
    j: jiff::Span,
    k: std::collections::VecDeque<(i32, i32)>,
    l: std::collections::BTreeSet<fn()>,
    m: std::collections::HashSet<usize>,
    n: [Option<Option<i32>>; 2],
}

mod bigdecimal {
    pub struct BigDecimal;
}

mod jiff {
    pub struct Span;
}

fn main() {}
