use publisher_core::Event;

#[derive(Event)]
#[event(topic = "new orders", namespace = "com.acme")]
struct A {
    #[event(key)]
    id: String,
}

#[derive(Event)]
#[event(topic = "", namespace = "com.acme")]
struct B {
    #[event(key)]
    id: String,
}

#[derive(Event)]
#[event(topic = "..", namespace = "com.acme")]
struct C {
    #[event(key)]
    id: String,
}

#[derive(Event)]
#[event(topic = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", namespace = "com.acme")]
struct D {
    #[event(key)]
    id: String,
}

#[derive(Event)]
#[event(topic = "commandes_passées", namespace = "com.acme")]
enum E {
    Placed {
        #[event(key)]
        id: String,
    },
    #[event(topic = "a/b")]
    Shipped {
        #[event(key)]
        id: String,
    },
}

fn main() {}
