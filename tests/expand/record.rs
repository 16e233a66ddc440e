/// A line of an order,
/// with its price.
#[derive(EventData)]
#[event(rename_all = "camelCase")]
struct LineItem<'a> {
    /// As the shop names it.
    product: &'a str,
    unit_price: i64,
    #[event(rename = "note")]
    r#type: Option<String>,
    #[event(skip)]
    cache: u64,
}
