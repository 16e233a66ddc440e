#[derive(EventData)]
#[event(name = "{T}Envelope{N}")]
struct Envelope<'a, T: Clone, const N: usize = 1>
where
    T: Send,
{
    source: &'a str,
    payload: T,
    #[event(max_items = 5, default = [])]
    more: Vec<T>,
    within: Option<Box<Envelope<'a, T, N>>>,
}

#[derive(EventData)]
struct Priced<K, V, S, T> {
    #[event(decimal(18, 2))]
    price: T,
    prices: HashMap<K, Option<V>, S>,
    #[event(min = 1)]
    quantity: V,
    #[event(skip)]
    cache: Cache<T>,
}

#[derive(EventData)]
struct Stamped<T: Iterator> {
    #[event(flatten)]
    value: Box<T>,
    item: T::Item,
}

#[derive(EventData)]
#[event(max_items = 3)]
struct AtMostThree<T>(Vec<T>);
