//! `bytes::Bytes`: bytes that are shared.

use ::bytes::Bytes;

use super::EventData;
use crate::encode::{avro, json};
use crate::schema::Shape;

impl EventData for Bytes {
    const SHAPE: Shape = Shape::Bytes;
    const CHECKED: bool = false;

    #[inline]
    fn encode_avro(&self, out: &mut Vec<u8>) {
        avro::bytes(self, out);
    }

    #[inline]
    fn encode_json(&self, out: &mut Vec<u8>) {
        json::bytes(self, out);
    }
}
