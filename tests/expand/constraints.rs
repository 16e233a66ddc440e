#[derive(EventData)]
struct Constrained {
    #[event(max = 99.5, min = -1, exclusive_max = 1e2)]
    number: f64,
    #[event(exclusive_min = 0)]
    share: f32,
    #[event(pattern = "^[A-Z]+$", max_length = 9)]
    code: String,
    #[event(pattern = "^a.c$")]
    point: String,
    #[event(format = date_time)]
    at: String,
    #[event(min_items = 1)]
    tags: Vec<String>,
}
