//! Tagged enums, unions and conversions under hostile names, lints and raw identifiers.

#![deny(warnings, unused, nonstandard_style, unused_qualifications, unused_lifetimes)]
#![deny(rust_2018_idioms, trivial_casts, trivial_numeric_casts, unreachable_pub, missing_debug_implementations)]
#![forbid(unsafe_code)]

use publisher_core::Event as _;

#[allow(dead_code, nonstandard_style, unused_qualifications, unreachable_pub, missing_debug_implementations)]
mod hostile {
    extern crate std as real;

    struct Option;
    struct Result;
    struct From;
    struct String;
    struct Vec;
    fn Some() {}
    fn None() {}
    mod std {}
    mod core {}
    mod publisher_core {}

    #[derive(::publisher_core::EventData)]
    pub(super) struct Published<'a> {
        name: &'a str,
    }

    #[derive(::publisher_core::EventData)]
    #[event(tag = "kind")]
    pub(super) enum r#Type<'a, 'unused: 'a> {
        r#move { r#type: &'a str, value: i32, out: i32, at: i32, checker: i32 },
        Some(&'a str),
        None,
        Published(Published<'a>),
        Skips {
            kept: i32,
            #[event(skip)]
            skipped: real::marker::PhantomData<&'unused ()>,
        },
        Foreign(#[event(as = real::string::String, with = text)] Text<'a>),
    }

    pub(super) struct Text<'a>(pub(super) &'a str);

    fn text(text: &Text<'_>) -> real::result::Result<real::string::String, real::fmt::Error> {
        real::result::Result::Ok(text.0.to_owned())
    }

    #[derive(::publisher_core::EventData)]
    #[event(union)]
    pub(super) enum Union<'a> {
        Some { value: i32, out: &'a str, at: i32, checker: i32, data: i32 },
        Tagged(r#Type<'a, 'a>),
        Boxed(real::boxed::Box<Published<'a>>),
    }

    #[derive(::publisher_core::EventData)]
    #[event(into = real::string::String)]
    pub(super) enum Whole<'a> {
        Text(&'a str),
    }

    impl real::convert::From<&Whole<'_>> for real::string::String {
        fn from(Whole::Text(text): &Whole<'_>) -> Self {
            (*text).to_owned()
        }
    }

    #[derive(::publisher_core::Event)]
    #[event(topic = "orders", namespace = "com.acme.orders")]
    pub(super) struct Event<'a> {
        #[event(key)]
        pub(super) whole: Whole<'a>,
        #[event(as = real::borrow::Cow<'a, str>, with = self::out)]
        pub(super) out: Text<'a>,
        pub(super) tagged: r#Type<'a, 'a>,
        pub(super) union: real::option::Option<Union<'a>>,
    }

    fn out<'a>(text: &Text<'a>) -> real::borrow::Cow<'a, str> {
        real::borrow::Cow::Borrowed(text.0)
    }
}

/// Enums within a function, where the names of the expansion do not meet.
fn local() {
    #[derive(publisher_core::EventData)]
    #[allow(dead_code, missing_debug_implementations)]
    enum Local {
        Number(i32),
        Text { text: String },
    }
    #[derive(publisher_core::EventData)]
    #[allow(dead_code, missing_debug_implementations)]
    enum Other {
        Local(Local),
    }
}

fn main() {
    local();
    let event = hostile::Event {
        whole: hostile::Whole::Text("k"),
        out: hostile::Text("o"),
        tagged: hostile::r#Type::r#move { r#type: "t", value: 1, out: 2, at: 3, checker: 4 },
        union: Some(hostile::Union::Some { value: 1, out: "u", at: 2, checker: 3, data: 4 }),
    };
    let mut out = Vec::new();
    event.write(&mut out).expect("valid");
    assert_eq!(out, b"\x02k\x02o\x00\x02\x02t\x02\x04\x06\x08\x00\x00\x00\x00\x02\x02\x02u\x04\x06\x08");
}
