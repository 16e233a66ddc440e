//! `u8`: an integer by itself, bytes in a list.

use super::EventData;
use crate::encode::{avro, json};
use crate::schema::{Integer, Shape};
use crate::validate::{Checker, Path};

impl EventData for u8 {
    const SHAPE: Shape = Shape::Integer(Integer::U8);
    const LIST: Shape = Shape::Bytes;
    const CHECKED: bool = false;

    #[inline(always)]
    fn encode_avro(&self, out: &mut Vec<u8>) {
        avro::long(i64::from(*self), out);
    }

    #[inline]
    fn encode_json(&self, out: &mut Vec<u8>) {
        json::integer(i64::from(*self), out);
    }

    #[inline(always)]
    fn check_list(_: &[Self], _: &Path<'_>, _: &mut Checker) {}

    #[inline(always)]
    fn encode_list_avro(list: &[Self], out: &mut Vec<u8>) {
        avro::bytes(list, out);
    }

    #[inline]
    fn encode_list_json(list: &[Self], out: &mut Vec<u8>) {
        json::bytes(list, out);
    }
}
