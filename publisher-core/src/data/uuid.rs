//! `uuid::Uuid`.

use ::uuid::Uuid;
use ::uuid::fmt::Hyphenated;

use super::EventData;
use crate::schema::Shape;

impl EventData for Uuid {
    const SHAPE: Shape = Shape::Uuid;
    const CHECKED: bool = false;

    #[inline]
    fn encode_avro(&self, out: &mut Vec<u8>) {
        // The length and the text in one append.
        let mut buffer = [0; 1 + Hyphenated::LENGTH];
        buffer[0] = (Hyphenated::LENGTH as u8) << 1;
        self.hyphenated().encode_lower(&mut buffer[1..]);
        out.extend_from_slice(&buffer);
    }

    #[inline]
    fn encode_json(&self, out: &mut Vec<u8>) {
        // Nothing in it needs an escape.
        let mut buffer = [b'"'; 2 + Hyphenated::LENGTH];
        self.hyphenated().encode_lower(&mut buffer[1..=Hyphenated::LENGTH]);
        out.extend_from_slice(&buffer);
    }
}
