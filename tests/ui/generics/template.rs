use publisher_core::EventData;

#[derive(EventData)]
#[event(name = "{Paylod}Envelope", alias = "Old")]
struct Unknown<Payload> {
    payload: Payload,
}

#[derive(EventData)]
#[event(name = "{T-Envelope")]
struct Open<T> {
    payload: T,
}

#[derive(EventData)]
#[event(name = "T}Envelope")]
struct Closed<T> {
    payload: T,
}

#[derive(EventData)]
#[event(name = "{T} envelope")]
struct Illegal<T> {
    payload: T,
}

#[derive(EventData)]
#[event(name = "{N}Of{C}")]
struct Digits<const N: usize, const C: char> {
    payload: String,
}

#[derive(EventData)]
#[event(name = "Page{C}")]
struct Letter<const C: char> {
    payload: String,
}

#[derive(EventData)]
#[event(name = "{T}Envelope", alias = "Old")]
struct Aliased<T> {
    payload: T,
}

#[derive(EventData)]
#[event(name = "{T}Envelope")]
struct NotGeneric {
    payload: String,
}

fn main() {}
