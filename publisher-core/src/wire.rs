//! Confluent's frame around an encoded value, both ways.
//!
//! Pure: bytes in, bytes out.
//!
//! Implements: Confluent wire format, version 0 (magic byte 0, schema id as four bytes big-endian, payload) and version 1
//! (magic byte 1, GUID as 16 bytes, payload), before the payload and in a header.

mod frame;

use thiserror::Error;

pub use frame::{Frame, FramedSchema, GuidError, KEY_HEADER, SchemaGuid, VALUE_HEADER, message_indexes};

use crate::record::SchemaId;

/// The bytes in front of the payload.
pub const PREFIX_LEN: usize = 5;

/// The magic byte of version 0.
const MAGIC: u8 = 0;

/// Begins a frame: appends the prefix with id 0, which [`set_schema_id`] fills in once the id is known.
#[inline]
pub fn begin(out: &mut Vec<u8>) {
    out.extend_from_slice(&[MAGIC, 0, 0, 0, 0]);
}

/// Writes the schema id into a frame that [`begin`] began. A shorter value stays as it is.
#[inline]
pub fn set_schema_id(frame: &mut [u8], id: SchemaId) {
    if let Some(bytes) = frame.get_mut(1..PREFIX_LEN) {
        bytes.copy_from_slice(&id.0.to_be_bytes());
    }
}

/// Splits a frame into schema id and payload.
///
/// # Errors
/// [`FrameError`], if it is none. Not retriable.
pub fn read(frame: &[u8]) -> Result<(SchemaId, &[u8]), FrameError> {
    match frame {
        [MAGIC, a, b, c, d, payload @ ..] => Ok((SchemaId(u32::from_be_bytes([*a, *b, *c, *d])), payload)),
        [] => Err(FrameError::TooShort { length: 0 }),
        [MAGIC, ..] => Err(FrameError::TooShort { length: frame.len() }),
        [magic, ..] => Err(FrameError::UnknownMagic { magic: *magic }),
    }
}

/// Bytes that are no frame.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum FrameError {
    /// Fewer bytes than the prefix has.
    #[error("{length} bytes are too few for a frame, which begins with a zero byte and four bytes of schema id")]
    TooShort {
        /// How many bytes there are.
        length: usize,
    },
    /// Another first byte than zero: the record was not written by a Confluent-compatible serializer.
    #[error("unknown magic byte {magic:#04x}: not written with a schema registry, or with another framing")]
    UnknownMagic {
        /// The first byte.
        magic: u8,
    },
    /// Fewer bytes than a frame with a GUID has.
    #[error(
        "{length} bytes are too few for a frame that begins with a one, which has 16 bytes of schema GUID behind it"
    )]
    TooShortGuid {
        /// How many bytes there are.
        length: usize,
    },
    /// The header that should name the schema does not.
    #[error("the header names no schema")]
    Header(#[source] Box<FrameError>),
    /// Protobuf's message indexes are none.
    #[error("the number of the message indexes at byte {at} {reason}")]
    MessageIndexes {
        /// Where the wrong number begins.
        at: usize,
        /// What is wrong with it.
        reason: &'static str,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let mut frame = Vec::new();
        begin(&mut frame);
        frame.extend_from_slice(b"payload");
        set_schema_id(&mut frame, SchemaId(0x0102_0304));
        assert_eq!(frame, b"\x00\x01\x02\x03\x04payload");
        assert_eq!(read(&frame), Ok((SchemaId(0x0102_0304), &b"payload"[..])));
    }

    #[test]
    fn what_is_no_frame() {
        assert_eq!(read(b""), Err(FrameError::TooShort { length: 0 }));
        assert_eq!(read(b"\0\0\0\0"), Err(FrameError::TooShort { length: 4 }));
        assert_eq!(read(b"{\"a\":1}"), Err(FrameError::UnknownMagic { magic: b'{' }));
    }
}
