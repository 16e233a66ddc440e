//! Frames of either version, before the payload and in a header, and what is none.

use publisher_core::SchemaId;
use publisher_core::wire::{Frame, FrameError, FramedSchema, KEY_HEADER, SchemaGuid, VALUE_HEADER, message_indexes};
use serde_json::{Value, json};

use crate::public::cases;

fn bytes(hex: &Value) -> Option<Vec<u8>> {
    let hex = hex.as_str()?;
    let byte = |at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
    Some((0..hex.len()).step_by(2).map(byte).collect())
}

fn hex(bytes: &[u8]) -> Value {
    bytes
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect::<String>()
        .into()
}

/// What we make of a case, in its own members.
fn read(case: &Value) -> Result<Value, FrameError> {
    let value = bytes(&case["bytes_hex"]);
    if case["kind"] == "message-indexes" {
        let value = value.unwrap();
        let (indexes, rest) = message_indexes(&value)?;
        return Ok(json!({"message_indexes": indexes, "consumed": value.len() - rest.len()}));
    }
    let header = case.get("header_hex").map(|header| bytes(header).unwrap());
    let Some(frame) = Frame::of_record(header.as_deref(), value.as_deref())? else {
        return Ok(json!({"kind": "tombstone"}));
    };
    let mut read = json!({});
    match frame.schema {
        FramedSchema::Id(SchemaId(id)) => read["schema_id"] = id.into(),
        FramedSchema::Guid(guid) => read["guid"] = guid.to_string().into(),
        other => panic!("{other}"),
    }
    let mut payload = frame.payload;
    if case["schema_type"] == "PROTOBUF" {
        let (indexes, rest) = frame.message_indexes()?;
        read["message_indexes"] = indexes.into();
        payload = rest;
    } else {
        assert!(frame.header_rest.is_none_or(<[u8]>::is_empty));
    }
    // Some cases are about the prefix alone.
    if case.get("payload_hex").is_some() {
        read["payload_hex"] = hex(payload);
    }
    Ok(read)
}

#[test]
fn public_frames_are_read_as_other_clients_do() {
    for case in cases("wire-format.json") {
        let ours = read(&case);
        if let Some(error) = case.get("error") {
            assert!(ours.is_err(), "{}: {error} expected, not {ours:?}", case["id"]);
            continue;
        }
        let ours = ours.unwrap_or_else(|error| panic!("{}: {error}", case["id"]));
        for (member, value) in ours.as_object().unwrap() {
            assert_eq!(case[member], *value, "{} {member}", case["id"]);
        }
        for member in ["schema_id", "guid", "message_indexes", "payload_hex", "consumed"] {
            assert_eq!(case.get(member), ours.get(member), "{} {member}", case["id"]);
        }
    }
}

const GUID: [u8; 17] = [1, 0xa0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

#[test]
fn a_header_counts_before_the_prefix() {
    assert_eq!((VALUE_HEADER, KEY_HEADER), ("__value_schema_id", "__key_schema_id"));
    let frame = Frame::of_record(Some(&GUID), Some(b"\0\0\0\0\x07x")).unwrap().unwrap();
    assert_eq!(
        frame.schema.to_string(),
        "schema GUID a0010203-0405-0607-0809-0a0b0c0d0e0f"
    );
    assert_eq!(frame.schema.version(), 1);
    assert_eq!(
        (frame.header_rest, frame.payload),
        (Some(&b""[..]), &b"\0\0\0\0\x07x"[..])
    );
    // A header may hold version 0 too, and Protobuf's indexes behind it.
    let frame = Frame::of_record(Some(b"\0\0\0\0\x07\x02\x04"), Some(b"x"))
        .unwrap()
        .unwrap();
    assert_eq!(
        (frame.schema.to_string().as_str(), frame.schema.version()),
        ("schema id 7", 0)
    );
    assert_eq!(frame.message_indexes(), Ok((vec![2], &b"x"[..])));
    assert_eq!(Frame::of_record(Some(&GUID), None), Ok(None));
}

/// Bytes that other clients' tests state for a header, and what follows them there.
#[test]
fn a_header_has_the_bytes_of_other_clients() {
    let guid = |text: &str| FramedSchema::Guid(text.parse().unwrap());
    for (schema, expected, rest) in [
        // confluent-kafka-python test_schema_id.py, -go serde_test.go TestGUID, -javascript serde.spec.ts, -dotnet
        // SchemaIdTests.cs: the same in all four.
        (
            guid("89791762-2336-4186-9674-299b90a802e2"),
            "0189791762233641869674299b90a802e2",
            "",
        ),
        // The same files: the id 1.
        (FramedSchema::Id(SchemaId(1)), "0000000001", ""),
        // The same files: Protobuf's way to a message behind it, which we read and do not write.
        (
            guid("89791762-2336-4186-9674-299b90a802e2"),
            "0189791762233641869674299b90a802e206020406",
            "06020406",
        ),
        // schema_registry_converter, proto_raw.rs.
        (
            guid("cc0e0e0e-53c1-4a1a-8f1a-000000000001"),
            "01cc0e0e0e53c14a1a8f1a00000000000100",
            "00",
        ),
    ] {
        let header = bytes(&expected.into()).unwrap();
        let written = schema.header_bytes();
        assert_eq!(written, header[..header.len() - rest.len() / 2], "{schema}");
        let read = Frame::of_record(Some(&header), Some(b"{}")).unwrap().unwrap();
        assert_eq!((read.schema, read.payload), (schema, &b"{}"[..]));
        assert_eq!(read.header_rest.map(hex), Some(rest.into()));
    }
}

/// Key and value of one record, each with a header of its own.
#[test]
fn headers_are_read_back_as_they_were_written() {
    let guid = FramedSchema::Guid(SchemaGuid::of("\"string\"", &[], None).unwrap());
    let id = FramedSchema::Id(SchemaId(u32::MAX));
    let headers = [
        (KEY_HEADER, id.header_bytes()),
        // Readers take the last one.
        (VALUE_HEADER, id.header_bytes()),
        (VALUE_HEADER, guid.header_bytes()),
    ];
    let last = |name| {
        let mut of_name = headers.iter().rev().filter(|(header, _)| *header == name);
        of_name.next().map(|(_, bytes)| bytes.as_slice())
    };
    for (name, payload, schema) in [(KEY_HEADER, &b"\0\0\0\0\x07"[..], id), (VALUE_HEADER, b"", guid)] {
        let frame = Frame::of_record(last(name), Some(payload)).unwrap().unwrap();
        assert_eq!(
            (frame.schema, frame.header_rest, frame.payload),
            (schema, Some(&b""[..]), payload)
        );
    }
}

#[test]
fn what_is_no_frame_is_named() {
    for (bytes, error) in [
        (&b""[..], FrameError::TooShort { length: 0 }),
        (&b"\0\0"[..], FrameError::TooShort { length: 2 }),
        (&GUID[..16], FrameError::TooShortGuid { length: 16 }),
        (&b"\x02abcdefgh"[..], FrameError::UnknownMagic { magic: 2 }),
    ] {
        assert_eq!(Frame::read(bytes), Err(error.clone()));
        let header = Frame::of_record(Some(bytes), Some(b"x")).unwrap_err();
        assert_eq!(header, FrameError::Header(Box::new(error.clone())));
        assert_eq!(header.to_string(), "the header names no schema");
        assert_eq!(
            std::error::Error::source(&header).unwrap().to_string(),
            error.to_string()
        );
    }
    for (bytes, error) in [
        (&b""[..], "at byte 0 is cut"),
        (&b"\x80"[..], "at byte 0 is cut"),
        (&b"\x04\x02"[..], "at byte 2 is cut"),
        (&b"\x04\x02\x01"[..], "at byte 2 is negative"),
        (&b"\xff\xff\xff\xff\xff\x01"[..], "at byte 0 has more than 32 bits"),
        (&b"\x80\x80\x80\x80\x10"[..], "at byte 0 has more than 32 bits"),
        // A count of two thousand million reserves nothing.
        (&b"\xfe\xff\xff\xff\x0f\x02"[..], "at byte 6 is cut"),
    ] {
        let found = message_indexes(bytes).unwrap_err().to_string();
        assert_eq!(found, format!("the number of the message indexes {error}"));
    }
}
