//! Dead letters of random events, there and back; and random bytes, which are none and break nothing.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use publisher_core::dead_letter::{
    DeadLetter, DeadLetterFormat, DeadLetterHeaders, DeadLetterLines, DeadLetters, FailedRecord, HeldBehind,
};
use publisher_core::{Headers, Persistence, Record, SchemaId};

fn bytes(most: usize) -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![vec(any::<u8>(), 0..most), ".{0,12}".prop_map(String::into_bytes)]
}

/// Names that letters use too are among them.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,6}",
        ".{0,6}".prop_filter("a raw letter leaves headers with a NUL out", |name| !name
            .contains('\0')),
        prop::sample::select(vec![
            "event_id",
            "dlq_format",
            "dlq_left_out",
            "dlq_original_topic",
            "kafka_dlt-original-topic",
            "kafka_dlt-original-partition",
            "__connect.errors.topic",
        ])
        .prop_map(str::to_owned),
    ]
}

prop_compose! {
    fn record()(
        topic in "[a-z.]{1,9}",
        partition in option::of(0..9_i32),
        key in option::of(bytes(9)),
        value in option::of(bytes(90)),
        headers in vec((name(), option::of(bytes(9))), 0..5),
        timestamp_ms in any::<i64>(),
    ) -> Record {
        let mut list = Headers::new();
        for (name, value) in headers {
            match value {
                Some(value) => list.push(name, value),
                None => list.push_null(name),
            }
        }
        Record { topic, partition, key, value, headers: list, timestamp_ms }
    }
}

fn letters() -> impl Strategy<Value = DeadLetters> {
    prop::sample::select(vec![
        DeadLetterFormat::Envelope,
        DeadLetterFormat::Raw(DeadLetterHeaders::Publisher),
        DeadLetterFormat::Raw(DeadLetterHeaders::Spring),
        DeadLetterFormat::Raw(DeadLetterHeaders::Connect),
    ])
    .prop_map(|format| DeadLetters::new().format(format))
}

proptest! {
    #[test]
    fn what_is_written_is_read(
        record in record(),
        letters in letters(),
        error in ".{0,40}",
        possibly in any::<bool>(),
        attempts in any::<u32>(),
        schema_id in option::of(any::<u32>()),
        event_id in option::of("[a-z0-9-]{1,36}"),
        times in any::<(i64, i64)>(),
        held in option::of((option::of(".{0,9}"), 0..1_000_u64, ".{0,20}")),
    ) {
        let failed = FailedRecord {
            record: &record,
            error_code: "timed_out",
            error: &error,
            persistence: if possibly { Persistence::PossiblyPersisted } else { Persistence::NotPersisted },
            attempts,
            partition: None,
            schema_id: schema_id.map(SchemaId),
            key_schema_id: None,
            event_id: event_id.as_deref(),
            event_type: Some("a.Placed"),
            accepted_ms: times.0,
            failed_ms: times.1,
            held: held.as_ref().map(|(event_id, position, reason)| HeldBehind {
                event_id: event_id.as_deref(),
                position: *position,
                reason,
            }),
        };
        let written = letters.letter(&failed);
        prop_assert_eq!(&written.topic, &format!("{}.dlq", record.topic));
        let letter = DeadLetter::from_record(&written).unwrap();
        prop_assert!(letter.is_whole());
        prop_assert_eq!(&letter.original, &record);
        prop_assert_eq!(&letter.error, &error);
        prop_assert_eq!((letter.attempts, letter.persistence), (Some(attempts), Some(failed.persistence)));
        prop_assert_eq!(letter.schema_id, failed.schema_id);
        prop_assert_eq!((letter.accepted_ms, letter.failed_ms), (Some(times.0), Some(times.1)));
        if event_id.is_some() {
            prop_assert_eq!(&letter.event_id, &event_id);
        }
        let held = letter.held.as_ref().map(|held| (held.behind_event_id.as_deref(), held.position, held.reason.as_str()));
        prop_assert_eq!(held, failed.held.map(|held| (held.event_id, held.position, held.reason)));
        // A line of a file says the same as the letter in the topic, and has no break.
        let line = letters.line(&failed);
        prop_assert!(!line.contains(['\n', '\r']));
        prop_assert_eq!(DeadLetter::from_line(line.as_bytes()).unwrap(), letter);
    }

    #[test]
    fn a_letter_keeps_its_bound(
        record in record(),
        letters in letters(),
        sizes in (0..40_000_usize, 0..40_000_usize, 0..40_000_usize),
    ) {
        let mut record = record;
        record.value = Some(vec![b'v'; sizes.0]);
        record.key = Some(vec![0xff; sizes.1]);
        record.headers.push("big", vec![0xfe; sizes.2]);
        let failed = FailedRecord {
            record: &record,
            error_code: "too_large",
            error: "\u{1}",
            persistence: Persistence::NotPersisted,
            attempts: 1,
            partition: None,
            schema_id: None,
            key_schema_id: None,
            event_id: None,
            event_type: None,
            accepted_ms: 1,
            failed_ms: 1,
            held: None,
        };
        let written = letters.max_bytes(16_384).letter(&failed);
        prop_assert!(written.size() <= 16_384);
        let letter = DeadLetter::from_record(&written).unwrap();
        let original = &letter.original;
        // Each part is there whole or not at all.
        prop_assert!(original.value == record.value || (original.value.is_none() && letter.left_out.value.is_some()));
        prop_assert!(original.key == record.key || (original.key.is_none() && letter.left_out.key.is_some()));
        prop_assert!(original.headers == record.headers || letter.left_out.headers.is_some());
    }

    #[test]
    fn nothing_is_too_bad_to_be_read(mut record in record(), cut in any::<usize>(), flip in any::<(usize, u8)>()) {
        let _ = DeadLetter::from_record(&record);
        let _ = DeadLetter::from_line(record.value.as_deref().unwrap_or_default());
        let mut line = br#"{"original_topic":"a","original_key":"k","original_key_encoding":"utf-8","original_value":"AAE=","original_value_encoding":"base64","original_headers":[{"name":"h","value":"v"}],"attempts":1,"persistence":"not_persisted","held":{"position":1},"left_out":{"value":{"bytes":1}}}"#.to_vec();
        let place = flip.0 % line.len();
        line[place] = flip.1;
        line.truncate(1 + cut % line.len());
        let _ = DeadLetter::from_line(&line);
        record.value = Some(line.clone());
        let _ = DeadLetter::from_record(&record);
        prop_assert!(DeadLetterLines::new(line.as_slice()).all(|line| line.is_ok()));
    }
}
