#[derive(EventData)]
#[event(min_length = 1)]
struct OrderId<'a>(Cow<'a, str>);
