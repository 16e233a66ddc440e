//! Strings.

use super::EventData;
use crate::encode::{avro, json};
use crate::schema::Shape;

impl EventData for str {
    const SHAPE: Shape = Shape::String;
    const CHECKED: bool = false;

    #[inline(always)]
    fn encode_avro(&self, out: &mut Vec<u8>) {
        avro::bytes(self.as_bytes(), out);
    }

    #[inline]
    fn encode_json(&self, out: &mut Vec<u8>) {
        json::string(self, out);
    }
}

impl EventData for String {
    const SHAPE: Shape = Shape::String;
    const CHECKED: bool = false;

    #[inline(always)]
    fn encode_avro(&self, out: &mut Vec<u8>) {
        self.as_str().encode_avro(out);
    }

    #[inline]
    fn encode_json(&self, out: &mut Vec<u8>) {
        self.as_str().encode_json(out);
    }
}

impl EventData for char {
    const SHAPE: Shape = Shape::String;
    const CHECKED: bool = false;

    #[inline]
    fn encode_avro(&self, out: &mut Vec<u8>) {
        self.encode_utf8(&mut [0; 4]).encode_avro(out);
    }

    #[inline]
    fn encode_json(&self, out: &mut Vec<u8>) {
        self.encode_utf8(&mut [0; 4]).encode_json(out);
    }
}
