//! Random nested values in which the features meet: apache-avro reads the whole value with the printed schema, jsonschema
//! accepts the whole text, and both are what the Rust value says.
//!
//! What is expected is built from the Rust value alone; it knows nothing of the encoders.

mod expected;
mod model;

use apache_avro::reader::datum::GenericDatumReader;
use proptest::prelude::*;
use publisher_core::Event;

use self::expected::{avro, json};
use self::model::{Parcel, parcel};
use crate::reading::written;

/// One model as an event of either encoding.
macro_rules! twins {
    ($($name:ident in $encoding:ident),*) => {$(
        #[derive(Event)]
        #[event(topic = "parcels", namespace = "com.acme.parcels", encoding = $encoding, key(region, number))]
        struct $name<'a> {
            #[event(rename = "Region")]
            region: &'a str,
            number: i64,
            #[event(flatten)]
            parcel: &'a Parcel,
        }
    )*};
}

twins!(AsAvro in avro, AsJson in json);

proptest! {
    #[test]
    fn apache_avro_reads_the_whole_value(number: i64, parcel in parcel()) {
        let event = AsAvro { region: "north", number, parcel: &parcel };
        let schema = tests::references::avro(event.event_type().schema());
        let reader = GenericDatumReader::builder(&schema).build().expect("a reader");
        let bytes = written(&event);
        let mut rest = &bytes[..];
        let read = reader.read_value(&mut rest).expect("a record");
        prop_assert!(rest.is_empty(), "{} bytes are left", rest.len());
        prop_assert_eq!(read, avro::event("north", number, &parcel));
    }

    #[test]
    fn jsonschema_accepts_the_whole_text(number in -model::SAFE..=model::SAFE, parcel in parcel()) {
        let event = AsJson { region: "north", number, parcel: &parcel };
        let read: serde_json::Value = serde_json::from_slice(&written(&event)).expect("JSON");
        let validator = tests::references::json(event.event_type().schema());
        let errors: Vec<String> = validator.iter_errors(&read).map(|error| error.to_string()).collect();
        prop_assert!(errors.is_empty(), "{:?}: {}", errors, read);
        prop_assert_eq!(read, json::event("north", number, &parcel));
    }
}
