//! `uuid::Uuid`.

use ::uuid::Uuid;

use super::EventData;
use crate::encode::{avro, json};
use crate::schema::Shape;

impl EventData for Uuid {
    const SHAPE: Shape = Shape::Uuid;

    #[inline(always)]
    fn encode_avro(&self, out: &mut Vec<u8>) {
        let mut buffer = Uuid::encode_buffer();
        avro::bytes(self.hyphenated().encode_lower(&mut buffer).as_bytes(), out);
    }

    #[inline]
    fn encode_json(&self, out: &mut Vec<u8>) {
        let mut buffer = Uuid::encode_buffer();
        json::string(self.hyphenated().encode_lower(&mut buffer), out);
    }
}
