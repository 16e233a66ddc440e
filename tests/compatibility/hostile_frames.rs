//! Bytes and texts that nobody framed in good faith end in an error or in a frame that says what they say.

use std::panic::catch_unwind;

use publisher_core::SchemaId;
use publisher_core::wire::{Frame, FrameError, FramedSchema, SchemaGuid, message_indexes};

use crate::numbers::Numbers;

const SEED: u64 = 0x7a6d_0001;
const ROUNDS: usize = 200_000;

/// Runs a check on inputs made from numbers; whatever goes wrong is told with the seed and the input.
fn rounds<T: std::fmt::Debug + std::panic::RefUnwindSafe>(
    seed: u64,
    input: fn(&mut Numbers) -> T,
    check: fn(&T) -> Result<(), String>,
) {
    let mut numbers = Numbers(seed);
    for round in 0..ROUNDS {
        let input = input(&mut numbers);
        match catch_unwind(|| check(&input)) {
            Ok(Ok(())) => {}
            Ok(Err(reason)) => panic!("seed {seed:#x}, round {round}: {reason}: {input:02x?}"),
            Err(_) => panic!("seed {seed:#x}, round {round}: a panic: {input:02x?}"),
        }
    }
}

fn holds(condition: bool, what: &str) -> Result<(), String> {
    condition.then_some(()).ok_or_else(|| what.to_owned())
}

/// Up to 40 bytes; most begin as a frame does, and many of the others are those of a number's parts.
fn bytes(numbers: &mut Numbers) -> Vec<u8> {
    let length = numbers.below(41);
    let mut bytes = (0..length)
        .map(|_| match numbers.below(4) {
            0 => *numbers.of(&[0, 1, 2, 0x7f, 0x80, 0xff]),
            _ => numbers.below(256) as u8,
        })
        .collect::<Vec<u8>>();
    if let Some(first) = bytes.first_mut() {
        *first = *numbers.of(&[0, 0, 0, 1, 1, 1, 2, 0xff]);
    }
    bytes
}

#[test]
fn any_bytes_are_a_frame_or_none() {
    rounds(SEED, bytes, |bytes| {
        let length = bytes.len();
        let expected = match bytes.first() {
            Some(0) if length >= 5 => Ok(5),
            Some(1) if length >= 17 => Ok(17),
            Some(0) | None => Err(FrameError::TooShort { length }),
            Some(1) => Err(FrameError::TooShortGuid { length }),
            Some(magic) => Err(FrameError::UnknownMagic { magic: *magic }),
        };
        let frame = Frame::read(bytes);
        match (&expected, &frame) {
            (Ok(prefix), Ok(frame)) => {
                holds(frame.schema.header_bytes() == bytes[..*prefix], "another schema")?;
                holds(frame.payload == &bytes[*prefix..], "another payload")?;
                holds(frame.header_rest.is_none(), "a header where none is")?;
            }
            (Err(expected), Err(error)) => holds(error == expected, "another error")?,
            _ => return Err(format!("{frame:?}")),
        }
        // The same bytes as a header say the same; no payload is then looked into.
        match (&expected, Frame::of_record(Some(bytes), Some(bytes))) {
            (Ok(prefix), Ok(Some(frame))) => {
                holds(frame.schema.header_bytes() == bytes[..*prefix], "another schema")?;
                holds(frame.header_rest == Some(&bytes[*prefix..]), "another rest")?;
                holds(frame.payload == bytes, "another payload")?;
            }
            (Err(expected), Err(FrameError::Header(error))) => holds(*error == *expected, "another error")?,
            (_, other) => return Err(format!("{other:?}")),
        }
        holds(
            Frame::of_record(Some(bytes), None) == Ok(None),
            "a frame of a tombstone",
        )?;
        holds(
            Frame::of_record(None, Some(bytes)) == frame.map(Some),
            "another frame of a record",
        )
    });
}

#[test]
fn any_bytes_are_message_indexes_or_none() {
    rounds(SEED + 1, bytes, |bytes| match message_indexes(bytes) {
        Ok((indexes, rest)) => {
            // Each index took a byte at least, but for the one that a count of 0 stands for.
            holds(indexes.len() <= bytes.len(), "more indexes than bytes")?;
            holds(
                bytes.ends_with(rest) && rest.len() < bytes.len(),
                "no rest of the bytes",
            )?;
            holds(
                indexes.iter().all(|index| i32::try_from(*index).is_ok()),
                "more than 31 bits",
            )
        }
        Err(FrameError::MessageIndexes { at, reason }) => {
            holds(at <= bytes.len(), "an error behind the end")?;
            holds(reason != "is cut" || at + 5 > bytes.len(), "cut before the end")
        }
        Err(error) => Err(error.to_string()),
    });
}

#[test]
fn what_was_written_is_read() {
    fn written(numbers: &mut Numbers) -> (u64, Vec<u32>, Vec<u8>) {
        let indexes = (0..numbers.below(6))
            .map(|_| (numbers.below(1 << 31) >> numbers.below(31)) as u32)
            .collect();
        (numbers.below(usize::MAX) as u64, indexes, bytes(numbers))
    }
    rounds(SEED + 2, written, |(number, indexes, payload)| {
        let mut guid = [0; 16];
        guid[..8].copy_from_slice(&number.to_le_bytes());
        for schema in [
            FramedSchema::Id(SchemaId(*number as u32)),
            FramedSchema::Guid(SchemaGuid(guid)),
        ] {
            let mut list = zigzag(indexes.len() as u32);
            list.extend(indexes.iter().flat_map(|index| zigzag(*index)));
            let header = [schema.header_bytes(), list].concat();
            let whole = [&*header, payload].concat();
            // An empty list stands for the first message.
            let expected = if indexes.is_empty() { vec![0] } else { indexes.clone() };
            for frame in [
                Frame::read(&whole).map(Some),
                Frame::of_record(Some(&header), Some(payload)),
            ] {
                let frame = frame.map_err(|error| error.to_string())?.ok_or("no frame")?;
                holds(frame.schema == schema, "another schema")?;
                holds(
                    frame.message_indexes() == Ok((expected.clone(), payload)),
                    "other indexes or another payload",
                )?;
            }
        }
        Ok(())
    });
}

fn zigzag(number: u32) -> Vec<u8> {
    let mut rest = u64::from(number) << 1;
    let mut bytes = Vec::new();
    while rest >= 0x80 {
        bytes.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    bytes.push(rest as u8);
    bytes
}

#[test]
fn any_text_is_a_guid_or_none() {
    fn text(numbers: &mut Numbers) -> String {
        let guid = (0..36).map(|at| match at {
            8 | 13 | 18 | 23 => '-',
            _ => *numbers.of(&['0', '9', 'a', 'F']),
        });
        let mut text = guid.collect::<Vec<char>>();
        for _ in 0..numbers.below(4) {
            let at = numbers.below(text.len());
            text[at] = *numbers.of(&['0', 'f', '-', 'g', 'é', ' ', '{']);
        }
        if numbers.once_in(3) {
            text.retain(|letter| *letter != '-');
        }
        text.into_iter().collect()
    }
    rounds(SEED + 3, text, |text| {
        let digits = text.replace('-', "").to_lowercase();
        let is_guid = digits.len() == 32
            && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
            && (!text.contains('-') || text.match_indices('-').map(|(at, _)| at).eq([8, 13, 18, 23]));
        match text.parse::<SchemaGuid>() {
            Ok(guid) => holds(is_guid && guid.to_string().replace('-', "") == digits, "another GUID"),
            Err(_) => holds(!is_guid, "a GUID that is refused"),
        }
    });
}
