//! Events of several types on one topic: an enum of events, with one of its own and one that it wraps.
//!
//! Knows no other event.

use chrono::{DateTime, Utc};
use publisher_core::Event;
use serde_json::{Value, json};

/// An event by itself.
#[derive(Event)]
#[event(
    topic = "Parcels",
    namespace = "com.acme.interop",
    version = 3,
    schema = "interop/publish/schemas/com.acme.interop.Sent.avsc"
)]
pub struct Sent {
    #[event(key)]
    id: u64,
    #[event(time)]
    at: DateTime<Utc>,
}

/// What happens to a parcel.
#[derive(Event)]
#[event(topic = "Parcels", namespace = "com.acme.interop")]
pub enum Parcels {
    Sent(Sent),
    #[event(
        schema = "interop/publish/schemas/com.acme.interop.ParcelsLost.avsc",
        alias = "com.acme.old.Vanished",
        rename_all = "camelCase"
    )]
    Lost {
        #[event(key)]
        parcel_id: u64,
        last_seen: &'static str,
    },
}

/// Events in their order, of each its key, the name of its type and what a reader should make of it.
pub fn parcels() -> [(Parcels, u64, &'static str, Value); 3] {
    let sent = |id, millis| {
        Parcels::Sent(Sent {
            id,
            at: DateTime::from_timestamp_millis(millis).unwrap_or_default(),
        })
    };
    let lost = Parcels::Lost {
        parcel_id: u64::MAX >> 1,
        last_seen: "Åland",
    };
    [
        (
            sent(1, 1_709_210_096_789),
            1,
            "Sent",
            json!({ "id": 1, "at": "2024-02-29T12:34:56.789000Z" }),
        ),
        (
            sent(u64::MAX >> 1, 1),
            u64::MAX >> 1,
            "Sent",
            json!({ "id": "9223372036854775807", "at": "1970-01-01T00:00:00.001000Z" }),
        ),
        (
            lost,
            u64::MAX >> 1,
            "ParcelsLost",
            json!({ "parcelId": "9223372036854775807", "lastSeen": "Åland" }),
        ),
    ]
}
