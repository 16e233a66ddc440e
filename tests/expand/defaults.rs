#[derive(EventData)]
struct Defaults {
    #[event(default = true)]
    flag: bool,
    #[event(default = -1)]
    whole: Option<i32>,
    #[event(default = 0.50)]
    fraction: f64,
    #[event(default = "none")]
    text: String,
    #[event(default = [])]
    list: Vec<i32>,
    #[event(default = {})]
    map: BTreeMap<String, i32>,
}
