//! Letters as they are written, and read back; others' letters; what is none.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use super::*;
use crate::error::{ConfigError, Persistence};
use crate::record::{Headers, Record, SchemaId};

fn record() -> Record {
    let mut headers = Headers::new();
    headers.push("event_id", "0197");
    headers.push("event_type", "com.acme.OrderPlaced");
    headers.push("trace", vec![0xff, 0]);
    headers.push_null("empty");
    Record {
        topic: "orders".to_owned(),
        partition: None,
        key: Some(b"o-1".to_vec()),
        value: Some(b"\0\0\0\0\x07hello".to_vec()),
        headers,
        timestamp_ms: 1_000,
    }
}

fn failed(record: &Record) -> FailedRecord<'_> {
    FailedRecord {
        record,
        error_code: "too_large",
        error: "record is 2000000 bytes",
        persistence: Persistence::NotPersisted,
        attempts: 1,
        partition: Some(3),
        schema_id: Some(SchemaId(7)),
        key_schema_id: None,
        event_id: Some("0197"),
        event_type: Some("com.acme.OrderPlaced"),
        accepted_ms: 5_000,
        failed_ms: 6_000,
        held: None,
    }
}

fn raw(headers: DeadLetterHeaders) -> DeadLetters {
    DeadLetters::new().format(DeadLetterFormat::Raw(headers))
}

fn every_form() -> [DeadLetters; 4] {
    [
        DeadLetters::new(),
        raw(DeadLetterHeaders::Publisher),
        raw(DeadLetterHeaders::Spring),
        raw(DeadLetterHeaders::Connect),
    ]
}

/// Name and value of each header, as text where it is some.
fn shown(headers: &Headers) -> Vec<String> {
    let value = |value: Option<&[u8]>| match value.map(std::str::from_utf8) {
        Some(Ok(text)) if !text.contains('\0') => text.to_owned(),
        _ => format!("{value:?}"),
    };
    headers
        .iter()
        .map(|(name, bytes)| format!("{name}={}", value(bytes)))
        .collect()
}

#[test]
fn an_envelope_tells_everything() {
    let record = record();
    let letter = DeadLetters::new().letter(&failed(&record));
    assert_eq!(letter.topic, "orders.dlq");
    assert_eq!((letter.key.as_ref(), letter.partition), (record.key.as_ref(), None));
    assert_eq!(letter.timestamp_ms, 6_000);
    let expected = [
        "event_id=0197",
        "event_type=com.acme.OrderPlaced",
        "content-type=application/json",
        "dlq_format=envelope-1",
    ];
    assert_eq!(shown(&letter.headers), expected);
    let expected = r#"{"version":1,"original_topic":"orders","original_key":"o-1","original_key_encoding":"utf-8","original_value":"AAAAAAdoZWxsbw==","original_value_encoding":"base64","original_headers":[{"name":"event_id","value":"0197"},{"name":"event_type","value":"com.acme.OrderPlaced"},{"name":"trace","value":"/wA=","encoding":"base64"},{"name":"empty","value":null}],"original_timestamp_ms":1000,"error":"record is 2000000 bytes","error_code":"too_large","persistence":"not_persisted","attempts":1,"partition":3,"fixed_partition":false,"schema_id":7,"key_schema_id":null,"event_id":"0197","event_type":"com.acme.OrderPlaced","accepted_ms":5000,"failed_ms":6000}"#;
    assert_eq!(String::from_utf8(letter.value.unwrap()).unwrap(), expected);
    // A file has the same.
    assert_eq!(DeadLetters::new().line(&failed(&record)), expected);
}

#[test]
fn a_held_event_names_the_one_before_it() {
    let record = record();
    let mut failed = failed(&record);
    failed.held = Some(HeldBehind {
        event_id: Some("0196"),
        position: 2,
        reason: "no permission",
    });
    let expected = r#""held":{"behind_event_id":"0196","position":2,"reason":"no permission"}"#;
    let line = DeadLetters::new().line(&failed);
    assert!(line.contains(expected), "{line}");
    for letters in every_form() {
        let held = DeadLetter::from_record(&letters.letter(&failed)).unwrap().held.unwrap();
        let told = (held.behind_event_id.as_deref(), held.position, held.reason.as_str());
        assert_eq!(told, (Some("0196"), 2, "no permission"));
    }
}

#[test]
fn raw_letters_have_the_headers_of_their_family() {
    let mut record = record();
    record.partition = Some(2);
    let check = |family, expected: &[&str]| {
        let letter = raw(family).letter(&failed(&record));
        assert_eq!((&letter.key, &letter.value), (&record.key, &record.value));
        let rest = [
            "dlq_original_timestamp_ms=1000",
            "dlq_partition=2",
            "dlq_fixed_partition=true",
            "dlq_persistence=not_persisted",
            "dlq_attempts=1",
            "dlq_schema_id=7",
            "dlq_event_id=0197",
            "dlq_event_type=com.acme.OrderPlaced",
            "dlq_accepted_ms=5000",
            "dlq_failed_ms=6000",
        ];
        let own = record.headers.len();
        assert_eq!(
            shown(&letter.headers)[own..],
            [&["dlq_format=raw-1"], expected, &rest].concat()
        );
        assert_eq!(shown(&letter.headers)[..own], shown(&record.headers));
    };
    check(
        DeadLetterHeaders::Publisher,
        &[
            "dlq_original_topic=orders",
            "dlq_error=record is 2000000 bytes",
            "dlq_error_code=too_large",
        ],
    );
    check(
        DeadLetterHeaders::Spring,
        &[
            "kafka_dlt-original-topic=orders",
            "kafka_dlt-original-partition=Some([0, 0, 0, 2])",
            "kafka_dlt-original-offset=Some([255, 255, 255, 255, 255, 255, 255, 255])",
            "kafka_dlt-original-timestamp=Some([0, 0, 0, 0, 0, 0, 3, 232])",
            "kafka_dlt-original-timestamp-type=CreateTime",
            "kafka_dlt-exception-fqcn=too_large",
            "kafka_dlt-exception-message=record is 2000000 bytes",
        ],
    );
    check(
        DeadLetterHeaders::Connect,
        &[
            "__connect.errors.topic=orders",
            "__connect.errors.partition=2",
            "__connect.errors.offset=-1",
            "__connect.errors.stage=KAFKA_PRODUCE",
            "__connect.errors.exception.class.name=too_large",
            "__connect.errors.exception.message=record is 2000000 bytes",
        ],
    );
}

#[test]
fn what_was_written_is_read() {
    let mut records = vec![record(), record(), record(), record()];
    records[1].partition = Some(9);
    records[1].key = Some(vec![0xfe, 0xff]);
    records[2].value = None;
    records[2].key = None;
    records[2].headers = Headers::new();
    // Headers that a letter has too: of an event that was published again by another program.
    for name in [
        "dlq_format",
        "dlq_error",
        "kafka_dlt-original-topic",
        "__connect.errors.topic",
        "dlq_left_out",
    ] {
        records[3].headers.push(name, "raw-1");
    }
    for record in &records {
        let failed = failed(record);
        let line = DeadLetters::new().line(&failed);
        let of_line = DeadLetter::from_line(line.as_bytes()).unwrap();
        for letters in every_form() {
            let letter = DeadLetter::from_record(&letters.letter(&failed)).unwrap();
            assert!(letter.is_whole());
            assert_eq!(letter.original, *record);
            assert_eq!(letter, of_line);
            assert_eq!(
                (letter.error.as_str(), letter.error_code.as_str()),
                (failed.error, failed.error_code)
            );
            assert_eq!(
                (letter.persistence, letter.attempts),
                (Some(failed.persistence), Some(1))
            );
            assert_eq!(letter.partition, record.partition.or(failed.partition));
            assert_eq!((letter.schema_id, letter.key_schema_id), (failed.schema_id, None));
            assert_eq!(
                (letter.event_id.as_deref(), letter.event_type.as_deref()),
                (failed.event_id, failed.event_type)
            );
            assert_eq!((letter.accepted_ms, letter.failed_ms), (Some(5_000), Some(6_000)));
        }
    }
}

#[test]
fn a_value_that_does_not_fit_is_left_out_whole() {
    let mut record = record();
    record.value = Some(vec![b'x'; 20_000]);
    for letters in every_form() {
        let letters = letters.max_bytes(20_000);
        let written = letters.letter(&failed(&record));
        assert!(crate::producer::framed_size(written.as_ref()) <= 20_000);
        let letter = DeadLetter::from_record(&written).unwrap();
        assert!(!letter.is_whole());
        assert_eq!(
            (&letter.original.key, &letter.original.headers),
            (&record.key, &record.headers)
        );
        assert_eq!(letter.original.value, None);
        let missing = letter.left_out.value.unwrap();
        assert_eq!((missing.bytes, missing.reason), (20_000, LeftOutReason::TooLarge));
        let expected = "the value of 20000 bytes does not fit into a dead letter of at most 20000 bytes";
        assert_eq!(missing.note, expected);
        // `printf 'x%.0s' {1..20000} | sha256sum`
        assert_eq!(
            missing.sha256.unwrap(),
            "42e8bc96b8eec8c4e5d503483ba0cb843ce95243c8ca8575ffc69cd25d12c61c"
        );
        assert_eq!((letter.left_out.key, letter.left_out.headers), (None, None));
    }
    // A file has room.
    let line = DeadLetters::new().max_bytes(20_000).line(&failed(&record));
    assert_eq!(DeadLetter::from_line(line.as_bytes()).unwrap().original, record);
}

#[test]
fn the_bound_is_exact() {
    for letters in every_form() {
        let mut record = record();
        let letter_of = |record: &Record, max| letters.clone().max_bytes(max).letter(&failed(record));
        record.value = Some(vec![b'x'; 30_000]);
        let whole = crate::producer::framed_size(letter_of(&record, 100_000).as_ref());
        let at = |max| DeadLetter::from_record(&letter_of(&record, max)).unwrap().is_whole();
        assert_eq!((at(whole), at(whole - 1)), (true, false));
    }
}

#[test]
fn the_largest_part_goes_first_and_everything_goes_if_it_must() {
    for letters in every_form() {
        let letters = letters.max_bytes(16_384);
        let mut record = record();
        record.headers.push("big", vec![b'h'; 17_000]);
        let check = |record: &Record, expected: [Option<u64>; 3]| {
            let failed = failed(record);
            let written = letters.letter(&failed);
            assert!(crate::producer::framed_size(written.as_ref()) <= 16_384);
            let letter = DeadLetter::from_record(&written).unwrap();
            let left_out = letter.left_out;
            let bytes = |missing: Option<Missing>| missing.map(|missing| missing.bytes);
            assert_eq!(
                [bytes(left_out.value), bytes(left_out.key), bytes(left_out.headers)],
                expected
            );
            assert_eq!(letter.original.key.is_some(), expected[1].is_none());
            assert_eq!(letter.original.headers.is_empty(), expected[2].is_some());
        };
        check(&record, [None, None, Some(17_057)]);
        record.value = Some(vec![b'v'; 16_000]);
        check(&record, [Some(16_000), None, Some(17_057)]);
        record.key = Some(vec![b'k'; 18_000]);
        check(&record, [Some(16_000), Some(18_000), Some(17_057)]);
        // Escapes make a text six times as long.
        let mut failed = failed(&record);
        let error = "\u{1}".repeat(3_000);
        failed.error = &error;
        let written = letters.letter(&failed);
        assert!(crate::producer::framed_size(written.as_ref()) <= 16_384);
        assert_eq!(DeadLetter::from_record(&written).unwrap().error.len(), 2_000);
    }
}

#[test]
fn a_withheld_value_leaves_no_trace() {
    let record = record();
    for letters in every_form() {
        let letters = letters.payload(false);
        let line = letters.line(&failed(&record));
        assert!(!line.contains("aGVsbG8") && !line.contains("hello"), "{line}");
        for letter in [
            DeadLetter::from_record(&letters.letter(&failed(&record))).unwrap(),
            DeadLetter::from_line(line.as_bytes()).unwrap(),
        ] {
            assert_eq!((&letter.original.value, &letter.original.key), (&None, &record.key));
            let missing = letter.left_out.value.unwrap();
            assert_eq!(
                (missing.bytes, missing.sha256, missing.reason),
                (10, None, LeftOutReason::Withheld)
            );
        }
    }
}

#[test]
fn what_no_client_sends_is_not_in_a_raw_letter() {
    let mut record = record();
    record.headers.push("a\0b", "x");
    record.timestamp_ms = -5;
    let mut failed = failed(&record);
    failed.failed_ms = -1;
    for letters in every_form() {
        let written = letters.letter(&failed);
        assert_eq!(crate::producer::refusal(written.as_ref(), 1_000_000), None);
        let letter = DeadLetter::from_record(&written).unwrap();
        assert_eq!(letter.original.timestamp_ms, -5);
        match letter.left_out.headers {
            None => assert_eq!(letter.original, record),
            Some(missing) => assert_eq!(missing.reason, LeftOutReason::Unsendable),
        }
    }
}

#[test]
fn letters_of_others_are_read() {
    let mut record = record();
    record.headers.push("kafka_dlt-original-topic", "payments");
    record.headers.push("kafka_dlt-original-partition", 4_i32.to_be_bytes());
    record.headers.push("kafka_dlt-original-offset", 12_i64.to_be_bytes());
    record
        .headers
        .push("kafka_dlt-original-timestamp", 777_i64.to_be_bytes());
    record
        .headers
        .push("kafka_dlt-exception-fqcn", "java.lang.IllegalStateException");
    record.headers.push("kafka_dlt-exception-message", "no");
    let letter = DeadLetter::from_record(&record).unwrap();
    assert_eq!(
        (letter.original.topic.as_str(), letter.original.timestamp_ms),
        ("payments", 777)
    );
    assert_eq!((letter.partition, letter.original.partition), (Some(4), None));
    assert_eq!(shown(&letter.original.headers).len(), 4);
    let why = (letter.error_code.as_str(), letter.error.as_str());
    assert_eq!(why, ("java.lang.IllegalStateException", "no"));
    assert_eq!(letter.event_id.as_deref(), Some("0197"));
    record.headers.push("kafka_dlt-original-partition", "4");
    let error = DeadLetter::from_record(&record).unwrap_err();
    assert_eq!(
        error.to_string(),
        "kafka_dlt-original-partition has not the bytes of a number"
    );

    let mut record = self::record();
    record.headers.push("__connect.errors.topic", "payments");
    record.headers.push("__connect.errors.partition", "-1");
    record.headers.push("__connect.errors.exception.message", "no");
    let letter = DeadLetter::from_record(&record).unwrap();
    assert_eq!(
        (letter.original.topic.as_str(), letter.original.timestamp_ms),
        ("payments", 1_000)
    );
    assert_eq!((letter.partition, letter.error.as_str()), (None, "no"));

    let mut record = self::record();
    record.headers = Headers::new();
    record.value = Some(
        br#"{"original_topic": "payments", "original_key": "k", "original_value": "text", "more": [{}]}"#.to_vec(),
    );
    let letter = DeadLetter::from_record(&record).unwrap();
    assert_eq!(letter.original.value.as_deref(), Some(&b"text"[..]));
    assert_eq!((letter.error_code.as_str(), letter.is_whole()), ("", true));
}

#[test]
fn what_is_no_letter_says_why_and_shows_nothing() {
    let check = |value: &str, expected: &str| {
        let error = DeadLetter::from_line(value.as_bytes()).unwrap_err().to_string();
        assert_eq!(error, expected);
        assert!(!error.contains("secret"));
    };
    check("", "is no envelope: it is no JSON from line 1, column 0 on");
    check("[1]", "is no envelope: it is JSON, and no object");
    check(
        r#"{"a": secret}"#,
        "is no envelope: it is no JSON from line 1, column 7 on",
    );
    check("{}", "does not say the topic of the event");
    check(
        r#"{"version": 2}"#,
        "has version 2 of the envelope, and this program reads version 1: use the one that wrote it",
    );
    let member = |json: &str, expected: &str| check(&format!(r#"{{"original_topic": "t", {json}}}"#), expected);
    member(r#""attempts": "secret""#, "attempts is no whole number of its range");
    member(r#""attempts": -1"#, "attempts is no whole number of its range");
    member(r#""attempts": 4294967296"#, "attempts is no whole number of its range");
    member(r#""original_value": {}"#, "original_value is no text");
    member(
        r#""original_value": "secret!", "original_value_encoding": "base64""#,
        "original_value is no base64, which its encoding says",
    );
    member(
        r#""original_key": "secret", "original_key_encoding": "hex""#,
        "original_key_encoding is neither `utf-8` nor `base64`",
    );
    member(
        r#""original_headers": [{"name": "a"}, {"value": "secret"}]"#,
        "original_headers[1].name is missing",
    );
    member(
        r#""original_headers": ["secret"]"#,
        "original_headers holds something else than objects",
    );
    member(r#""persistence": "secret""#, "persistence names none that is known");
    member(
        r#""fixed_partition": "secret""#,
        "fixed_partition is neither true nor false",
    );
    member(
        r#""held": {"position": "secret"}"#,
        "held.position is no whole number of its range",
    );
    member(
        r#""left_out": {"value": {"reason": "secret"}}"#,
        "left_out.value.reason names none that is known",
    );
    member(r#""left_out": "secret""#, "left_out is no object");

    let mut record = record();
    record.value = None;
    let read = |record: &Record| DeadLetter::from_record(record).unwrap_err().to_string();
    assert_eq!(
        read(&record),
        "is no dead letter: it has no envelope and none of the headers of a raw one"
    );
    record.headers.push("dlq_format", "raw-1");
    assert_eq!(read(&record), "does not say the topic of the event");
    record.headers.push("dlq_left_out", "secret");
    assert_eq!(read(&record), "dlq_left_out is no JSON object");
    record.headers.set("dlq_left_out", r#"{"value": {"bytes": -1}}"#);
    assert_eq!(read(&record), "dlq_left_out.value.bytes is below zero");
    record.headers.push("dlq_format", "raw-2");
    assert_eq!(
        read(&record),
        "the header `dlq_format` names no form that this program reads: use the one that wrote it"
    );
}

#[test]
fn settings_that_cannot_be_used_are_refused() {
    let check = |letters: DeadLetters, expected: &str| match letters.check() {
        Err(ConfigError::Invalid { setting, reason }) => assert_eq!(format!("{setting}: {reason}"), expected),
        other => panic!("{other:?}"),
    };
    DeadLetters::new().check().unwrap();
    DeadLetters::new().topic_suffix("-dead").check().unwrap();
    check(
        DeadLetters::new().topic_suffix(""),
        "dead_letters.topic_suffix: is empty: letters would go among the events; name one such as `.dlq`",
    );
    check(
        DeadLetters::new().topic_suffix(" dlq"),
        "dead_letters.topic_suffix: \" dlq\" makes no topic: topic name \"topic dlq\" holds ' ': 1 to 249 of a-z, A-Z, 0-9, '.', \
         '_' and '-' are allowed",
    );
    check(
        DeadLetters::new().max_bytes(1_000),
        "dead_letters.max_bytes: 1000 is not between 16,384 and 1,000,000,000",
    );
    let narrow = DeadLetters::new().within(20_000);
    assert_eq!(
        (narrow.max_bytes, DeadLetters::new().within(2_000_000).max_bytes),
        (20_000, 900_000)
    );
}

#[test]
fn debug_shows_no_value() {
    let mut record = record();
    record.value = Some(b"secret".to_vec());
    record.key = Some(b"secret".to_vec());
    record.headers.push("name", "secret");
    let failed = failed(&record);
    let letter = DeadLetter::from_record(&DeadLetters::new().letter(&failed)).unwrap();
    for text in [format!("{failed:?}"), format!("{letter:?}")] {
        assert!(!text.contains("secret") && !text.contains("115, 101"), "{text}");
    }
}
