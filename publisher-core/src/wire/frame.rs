//! A frame of any form, taken apart for people: id or GUID, before the payload or in a header.
//!
//! Knows no schema and no registry; what the publisher writes before a payload is one level up.

use std::fmt;
use std::str::FromStr;

use super::{FrameError, MAGIC};
use crate::record::SchemaId;

/// The first byte of version 1, which names a schema by its GUID.
const MAGIC_GUID: u8 = 1;

/// The header that may hold the schema of a record's value.
pub const VALUE_HEADER: &str = "__value_schema_id";
/// The header that may hold the schema of a record's key.
pub const KEY_HEADER: &str = "__key_schema_id";

/// The GUID by which registries know a schema since version 8, whatever its ids are. Prints as `8-4-4-4-12` hex digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemaGuid(pub [u8; 16]);

impl FromStr for SchemaGuid {
    type Err = GuidError;

    /// Reads 32 hex digits, with or without hyphens in the places of `8-4-4-4-12`.
    fn from_str(text: &str) -> Result<Self, GuidError> {
        let hyphens = [8, 13, 18, 23];
        let hyphenated = text.len() == 36 && hyphens.iter().all(|at| text.as_bytes()[*at] == b'-');
        if !hyphenated && text.len() != 32 {
            return Err(GuidError);
        }
        let mut digits = text
            .bytes()
            .enumerate()
            .filter(|(at, _)| !(hyphenated && hyphens.contains(at)))
            .map(|(_, byte)| char::from(byte).to_digit(16));
        let mut guid = [0; 16];
        for byte in &mut guid {
            let (Some(Some(high)), Some(Some(low))) = (digits.next(), digits.next()) else {
                return Err(GuidError);
            };
            *byte = (high << 4 | low) as u8;
        }
        Ok(Self(guid))
    }
}

/// A text that is no GUID. Not retriable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a GUID: 32 hex digits are expected, as in 89791762-2336-4186-9674-299b90a802e2")]
pub struct GuidError;

impl fmt::Display for SchemaGuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, byte) in self.0.iter().enumerate() {
            if matches!(index, 4 | 6 | 8 | 10) {
                f.write_str("-")?;
            }
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

/// How a frame names the schema of its payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FramedSchema {
    /// Version 0: an id of the registry.
    Id(SchemaId),
    /// Version 1: a GUID.
    Guid(SchemaGuid),
}

impl FramedSchema {
    /// Reads version 0 or 1 from the start of the bytes; gives also what follows.
    ///
    /// # Errors
    /// [`FrameError`], if they begin with neither. Not retriable.
    pub fn read(bytes: &[u8]) -> Result<(Self, &[u8]), FrameError> {
        match bytes {
            [MAGIC_GUID, rest @ ..] => match rest.split_first_chunk::<16>() {
                Some((guid, rest)) => Ok((Self::Guid(SchemaGuid(*guid)), rest)),
                None => Err(FrameError::TooShortGuid { length: bytes.len() }),
            },
            [MAGIC, ..] | [] => super::read(bytes).map(|(id, rest)| (Self::Id(id), rest)),
            [magic, ..] => Err(FrameError::UnknownMagic { magic: *magic }),
        }
    }

    /// The value of a header that names the schema: the frame of an empty payload. It goes under [`VALUE_HEADER`] or, for
    /// a key, under [`KEY_HEADER`]; key and value have no prefix then.
    ///
    /// Confluent's writers put a GUID there, in 17 bytes; their readers take an id, in 5 bytes, too. Both take the last
    /// header of the name, so that a writer adds none where that one already holds these bytes. Protobuf's message
    /// indexes, which would follow, are not written.
    ///
    /// Implements: Confluent wire format, `HeaderSchemaIdSerializer` (version 1) and `DualSchemaIdDeserializer` (both).
    #[must_use]
    pub fn header_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(17);
        bytes.push(self.version());
        match self {
            Self::Id(id) => bytes.extend_from_slice(&id.0.to_be_bytes()),
            Self::Guid(guid) => bytes.extend_from_slice(&guid.0),
        }
        bytes
    }

    /// The version of the frame: its first byte.
    #[must_use]
    pub fn version(&self) -> u8 {
        match self {
            Self::Id(_) => MAGIC,
            Self::Guid(_) => MAGIC_GUID,
        }
    }
}

impl fmt::Display for FramedSchema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => write!(f, "schema id {}", id.0),
            Self::Guid(guid) => write!(f, "schema GUID {guid}"),
        }
    }
}

/// A key or a value with what names its schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame<'a> {
    /// What names the schema.
    pub schema: FramedSchema,
    /// What follows it in the header, where it stands in one: for Protobuf the message indexes, else nothing.
    /// `None`: it stands before the payload.
    pub header_rest: Option<&'a [u8]>,
    /// The encoded value; for Protobuf without header the message indexes before it.
    pub payload: &'a [u8],
}

impl<'a> Frame<'a> {
    /// Takes a key or a value apart whose schema stands before the payload.
    ///
    /// # Errors
    /// [`FrameError`], if the bytes are no frame. Not retriable.
    pub fn read(bytes: &'a [u8]) -> Result<Self, FrameError> {
        let (schema, payload) = FramedSchema::read(bytes)?;
        Ok(Self {
            schema,
            header_rest: None,
            payload,
        })
    }

    /// Takes a key or a value of a record apart, as Confluent's readers do: the header counts where there is one.
    ///
    /// `header` is the value of the last header named [`VALUE_HEADER`] (for a key [`KEY_HEADER`]) that is not null.
    /// Null bytes (a tombstone) are no frame and no mistake: `None`.
    ///
    /// # Errors
    /// [`FrameError::Header`], if the header names no schema; another [`FrameError`], if there is no header and the
    /// bytes are no frame. Not retriable.
    pub fn of_record(header: Option<&'a [u8]>, bytes: Option<&'a [u8]>) -> Result<Option<Self>, FrameError> {
        let Some(payload) = bytes else { return Ok(None) };
        let Some(header) = header else {
            return Self::read(payload).map(Some);
        };
        let (schema, rest) = FramedSchema::read(header).map_err(|error| FrameError::Header(Box::new(error)))?;
        Ok(Some(Self {
            schema,
            header_rest: Some(rest),
            payload,
        }))
    }

    /// For a Protobuf schema: the way to the message within its file, and the payload without it.
    ///
    /// # Errors
    /// [`FrameError::MessageIndexes`]. Not retriable.
    pub fn message_indexes(&self) -> Result<(Vec<u32>, &'a [u8]), FrameError> {
        match self.header_rest {
            Some(header) => message_indexes(header).map(|(indexes, _)| (indexes, self.payload)),
            None => message_indexes(self.payload),
        }
    }
}

/// Reads Protobuf's message indexes: a count and so many indexes, all zig-zag; a count of 0 stands for the first message.
/// Gives also what follows.
///
/// # Errors
/// [`FrameError::MessageIndexes`], if the bytes hold no such list. Not retriable.
pub fn message_indexes(bytes: &[u8]) -> Result<(Vec<u32>, &[u8]), FrameError> {
    let mut rest = bytes;
    let count = index(&mut rest, bytes.len())?;
    if count == 0 {
        return Ok((vec![0], rest));
    }
    // Each has a byte at least: a count alone reserves no memory.
    let mut indexes = Vec::with_capacity(rest.len().min(count as usize));
    for _ in 0..count {
        indexes.push(index(&mut rest, bytes.len())?);
    }
    Ok((indexes, rest))
}

fn index(rest: &mut &[u8], whole: usize) -> Result<u32, FrameError> {
    let at = whole - rest.len();
    let wrong = |reason| FrameError::MessageIndexes { at, reason };
    let mut zigzag = 0_u64;
    for (position, byte) in rest.iter().take(5).enumerate() {
        zigzag |= u64::from(byte & 0x7f) << (7 * position);
        if byte & 0x80 == 0 {
            *rest = &rest[position + 1..];
            if zigzag & 1 == 1 {
                return Err(wrong("is negative"));
            }
            return u32::try_from(zigzag >> 1)
                .ok()
                .filter(|index| *index <= i32::MAX as u32)
                .ok_or_else(|| wrong("has more than 32 bits"));
        }
    }
    Err(wrong(if rest.len() < 5 {
        "is cut"
    } else {
        "has more than 32 bits"
    }))
}

#[cfg(test)]
mod tests {
    use super::SchemaGuid;

    fn check(text: &str, expected: Option<&str>) {
        let parsed = text.parse::<SchemaGuid>().ok().map(|guid| guid.to_string());
        assert_eq!(parsed.as_deref(), expected, "{text}");
    }

    #[test]
    fn guids_are_read() {
        const GUID: &str = "89791762-2336-4186-9674-299b90a802e2";
        check(GUID, Some(GUID));
        check("89791762233641869674299B90A802E2", Some(GUID));
        for none in [
            "",
            "89791762",
            "89791762-2336-4186-9674-299b90a802e",
            "89791762-2336-4186-9674-299b90a802eg",
            "8979176-22336-4186-9674-299b90a802e2",
            "é9791762233641869674299b90a802e2",
            "897917622336-41869674-299b90a802e2aa",
        ] {
            check(none, None);
        }
    }
}
