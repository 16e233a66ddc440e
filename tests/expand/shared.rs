/// Where somebody lives.
#[derive(EventData)]
#[event(shared, namespace = "com.acme")]
struct Address {
    street: String,
    country: Country,
}

#[derive(EventData)]
#[event(namespace = "com.acme.geo", shared)]
enum Country {
    DE,
    FR,
}
