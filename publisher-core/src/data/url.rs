//! `url::Url`: a string.

use ::url::Url;

use super::EventData;
use crate::schema::Shape;
use crate::validate::Textual;

impl EventData for Url {
    const SHAPE: Shape = Shape::String;
    const CHECKED: bool = false;

    #[inline]
    fn encode_avro(&self, out: &mut Vec<u8>) {
        self.as_str().encode_avro(out);
    }

    #[inline]
    fn encode_json(&self, out: &mut Vec<u8>) {
        self.as_str().encode_json(out);
    }
}

impl Textual for Url {
    fn text(&self) -> Option<&str> {
        Some(self.as_str())
    }
}
