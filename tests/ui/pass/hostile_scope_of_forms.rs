//! Chosen forms, conversions, keys, unions and shared types where every bare name means something else.

#![deny(warnings)]
#![allow(dead_code, non_snake_case, non_camel_case_types, non_upper_case_globals, unused_macros)]

extern crate std as real;

struct Option;
struct Result;
struct String;
struct Vec;
struct Box;
struct Cow;
struct From;
struct Into;
struct Default;
struct Clone;
struct PhantomData;
struct Event;
struct EventData;
struct EventTypes;
struct RecordData;
struct MapKey;
struct EventKey;
struct KeyForm;
struct TextKey;
struct AvroKey;
struct RawKey;
struct BigEndianKey;
struct FixedName;
struct AsFixed;
struct AsString;
struct AsMicros;
struct AsDecimal;
struct AsDecimalNumber;
struct Plain;
struct ByName;
struct Checker;
struct Path;
struct Shape;
struct Constraint;
struct T;
struct F;
struct N;
fn Some() {}
fn None() {}
fn Ok() {}
fn Err() {}
mod std {}
mod core {}
mod alloc {}
mod publisher_core {}
macro_rules! vec {
    () => {};
}
macro_rules! panic {
    () => {};
}
macro_rules! assert {
    () => {};
}
macro_rules! concat {
    () => {};
}

trait Nosy {
    fn check(&self) {}
    fn encode_avro(&self) {}
    fn encode_avro_some(&self) {}
    fn encode_json(&self) {}
    fn encode_json_members(&self) {}
    fn as_text(&self) {}
    fn write(&self) {}
    fn write_key(&self) {}
    fn push(&self) {}
    fn into(&self) {}
    fn from(&self) {}
    fn satisfies(&self) {}
    fn text(&self) {}
    fn count(&self) {}
    fn moment(&self) {}
}
impl<Any: ?Sized> Nosy for Any {}

#[derive(::publisher_core::EventData)]
#[event(as_string)]
struct Account(u128);

#[derive(::publisher_core::EventData)]
struct At(#[event(micros)] real::time::SystemTime);

#[derive(::publisher_core::EventData)]
#[event(fixed = "Digest")]
struct Digest([u8; 4]);

#[derive(::publisher_core::EventData)]
#[event(decimal(9, 2, number), min = 0)]
struct Price(rust_decimal::Decimal);

#[derive(PartialEq, Eq, PartialOrd, Ord, ::publisher_core::EventData)]
#[event(shared, namespace = "com.acme.geo")]
enum Country {
    Some,
    #[event(default)]
    None,
}

#[derive(::publisher_core::EventData)]
#[event(shared, namespace = "com.acme.geo", alias = "Location")]
struct Address {
    country: Country,
    within: real::option::Option<real::boxed::Box<Self>>,
}

mod foreign {
    pub struct Label(pub &'static str);
}

fn label(label: &foreign::Label) -> real::result::Result<real::string::String, real::fmt::Error> {
    real::result::Result::Ok(real::string::ToString::to_string(label.0))
}

#[derive(::publisher_core::EventData)]
#[event(into = real::string::String)]
struct Whole(foreign::Label);

impl real::convert::From<&Whole> for real::string::String {
    fn from(whole: &Whole) -> Self {
        real::string::ToString::to_string(whole.0.0)
    }
}

#[derive(::publisher_core::EventData)]
#[event(name = "{Held}Meta{SIZE}")]
struct Meta<Held, const SIZE: usize> {
    held: [Held; SIZE],
    #[event(min_items = 0, default = [])]
    list: real::vec::Vec<Held>,
    set: real::collections::BTreeSet<real::string::String>,
}

#[derive(::publisher_core::EventData)]
enum Payment {
    Some {
        #[event(as_string, default = "1")]
        out: u64,
        #[event(micros)]
        at: real::option::Option<real::time::SystemTime>,
    },
    Ok(#[event(fixed = "Proof")] [u8; 2]),
    Err(#[event(as = real::string::String, with = label)] foreign::Label),
    #[event(default)]
    None,
}

#[derive(::publisher_core::EventData)]
#[event(union)]
enum Source {
    Some { checker: i32 },
    Address(Address),
    None { data: real::option::Option<real::boxed::Box<Address>> },
}

#[derive(::publisher_core::Event)]
#[event(topic = "big", namespace = "com.acme.forms")]
struct BigEndian {
    #[event(key = big_endian)]
    key: i64,
    #[event(flatten)]
    meta: Meta<Price, 2>,
    source: real::option::Option<Source>,
    by_country: real::collections::BTreeMap<Country, Source>,
}

#[derive(::publisher_core::Event)]
#[event(topic = "raw", namespace = "com.acme.forms", encoding = json, model = open, json_formats)]
struct Raw {
    #[event(key = raw)]
    key: [u8; 2],
    payment: Payment,
    account: Account,
    at: At,
    digest: Digest,
    whole: Whole,
}

#[derive(::publisher_core::Event)]
#[event(topic = "avro", namespace = "com.acme.forms")]
enum Forms {
    #[event(alias = "Old")]
    Some {
        #[event(key = avro, as_string)]
        key: u128,
        #[event(as = real::string::String, with = label)]
        out: foreign::Label,
    },
    None {
        #[event(key = avro, as_string)]
        key: u128,
        #[event(time)]
        at: real::time::SystemTime,
    },
}

fn main() {
    let event = Forms::Some { key: 7, out: foreign::Label("a") };
    let mut out = real::vec::Vec::new();
    real::assert!(::publisher_core::Event::write(&event, &mut out).is_ok());
    real::assert_eq!(out, b"\x027\x02a");
}
