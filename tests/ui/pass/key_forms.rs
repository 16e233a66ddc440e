//! Every form on every kind of type that has it; the newtypes have what they hold.

use std::borrow::Cow;

use publisher_core::{AvroKey, BigEndianKey, Event, EventData, EventTypes, RawKey, TextKey};

#[derive(EventData)]
struct Number(i64);

#[derive(EventData)]
struct Twice(Number);

#[derive(EventData)]
struct Bytes<'a>(Cow<'a, [u8]>);

#[derive(EventData)]
enum Region {
    North,
    South,
}

#[derive(EventData)]
struct Place<'a> {
    region: Region,
    shelf: Option<&'a str>,
}

#[derive(Event)]
#[event(topic = "a", namespace = "com.acme.a")]
struct Text {
    #[event(key = text)]
    number: Twice,
}

#[derive(Event)]
#[event(topic = "b", namespace = "com.acme.b")]
struct BigEndian {
    #[event(key = big_endian)]
    number: Twice,
}

#[derive(Event)]
#[event(topic = "c", namespace = "com.acme.c")]
struct Raw<'a> {
    #[event(key = "raw")]
    bytes: Bytes<'a>,
}

#[derive(Event)]
#[event(topic = "d", namespace = "com.acme.d", encoding = json)]
struct Avro<'a> {
    #[event(key = "avro")]
    place: Place<'a>,
}

#[derive(Event)]
#[event(topic = "e", namespace = "com.acme.e")]
enum Regional {
    Opened {
        #[event(key = avro)]
        region: Region,
    },
    Closed {
        #[event(key = avro)]
        region: Region,
    },
    #[event(unkeyed)]
    Counted { regions: u32 },
}

#[derive(Event)]
#[event(topic = "e", namespace = "com.acme.e")]
struct Keyed {
    #[event(key = avro)]
    number: Number,
}

fn forms<F: ?Sized, E: EventTypes<KeyForm = F>>() {}

fn main() {
    forms::<TextKey, Text>();
    forms::<BigEndianKey, BigEndian>();
    forms::<RawKey, Raw<'static>>();
    forms::<AvroKey, Avro<'static>>();
    forms::<AvroKey, Regional>();
    forms::<AvroKey, Keyed>();
    let _ = (Region::North, Region::South);
}
