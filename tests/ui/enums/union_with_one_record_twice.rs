use publisher_core::EventData;

#[derive(EventData)]
struct Shop {
    number: i32,
}

#[derive(EventData)]
#[event(union)]
enum Source {
    Shop(Shop),
    OtherShop(Box<Shop>),
    #[event(name = "Shop")]
    Market { number: i32 },
}

fn main() {}
