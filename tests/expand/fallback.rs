#[derive(Event)]
#[event(topc = "orders")]
struct OrderPlaced {
    #[event(key)]
    order_id: String,
}

#[derive(EventData)]
struct Number<'a>(&'a u64);
