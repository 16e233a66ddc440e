//! Records that become dead letters.

use publisher_core::dead_letter::{DeadLetter, DeadLetterLines, DeadLetters, Missing};
use publisher_core::producer::{Fault, TopicAccess};
use publisher_core::{
    ConfigError, LetterPlace, OnFailure, Persistence, ProduceErrorKind, PublishError, Publisher, PublisherBuilder,
};
use tests::folder::Folder;

use crate::backends::{Backend, Bed, contract};
use crate::support::{Bench, DEADLINE, ScriptedRegistry, Seen, error, placed, quantity, shipped, within, word};

fn lettering(builder: PublisherBuilder) -> PublisherBuilder {
    builder
        .on_failure(OnFailure::DeadLetter)
        .dead_letters(DeadLetters::new())
}

fn fail(kind: ProduceErrorKind, persistence: Persistence) -> Fault {
    let error = error(kind, persistence);
    Fault::Fail { records: 1, error }
}

fn rejected() -> Fault {
    fail(ProduceErrorKind::Rejected, Persistence::NotPersisted)
}

/// The letters in the log, read back.
fn letters(bench: &Bench) -> Vec<DeadLetter> {
    let all = bench.broker.records();
    let letters = all.iter().filter(|stored| stored.record.topic == "orders.dlq");
    letters
        .map(|stored| DeadLetter::from_record(&stored.record).unwrap())
        .collect()
}

contract! {
    check_a_failed_record_becomes_a_letter_and_its_caller_hears_of_both,
    check_a_record_that_is_too_large_becomes_a_letter_with_its_digest,
}

async fn check_a_failed_record_becomes_a_letter_and_its_caller_hears_of_both(backend: &dyn Backend) {
    let seen = Seen::default();
    let noted = seen.clone();
    let bed = Bed::warm(backend, |builder| {
        lettering(builder).on_delivery(move |report| {
            noted.note(format!("{} {}", report.event_type.unwrap(), word(report.result)));
        })
    })
    .await;
    for (count, kind) in [(1, ProduceErrorKind::Rejected), (2, ProduceErrorKind::TooLarge)] {
        backend.refuse_next(kind);
        let error = within(bed.publisher.publish(placed("7", 1))).await.unwrap_err();
        within(bed.publisher.publish(placed("7", 2))).await.unwrap();
        let PublishError::DeadLettered { source, letter, record } = &error else {
            panic!("{error:?}")
        };
        assert_eq!((error.code(), source.kind()), (kind.code(), kind));
        assert!(!error.is_retriable() && !error.is_fatal());
        let LetterPlace::Topic(delivery) = &**letter else {
            panic!("{letter}")
        };
        let offset = delivery.offset.unwrap().0;
        assert_eq!((delivery.topic(), offset), ("orders.dlq", count - 1));
        assert_eq!(quantity(record.value.as_ref().unwrap()), 1);
        let letters = bed.letters();
        let letter = letters.last().unwrap();
        assert_eq!(letters.len() as u64, count);
        assert!(letter.is_whole() && letter.original == **record);
        assert_eq!(
            (letter.error_code.as_str(), letter.error.as_str()),
            (kind.code(), source.reason())
        );
        assert_eq!(letter.persistence, Some(Persistence::NotPersisted));
        assert_eq!((letter.attempts, letter.schema_id.map(|id| id.0)), (Some(1), Some(1)));
        assert_eq!(letter.event_type.as_deref(), Some("com.acme.OrderPlaced"));
        assert_eq!(letter.event_id.as_deref(), record.headers.text("event_id"));
        assert!(letter.accepted_ms <= letter.failed_ms);
    }
    assert_eq!(bed.quantities("7"), [2, 2]);
    let expected = ["com.acme.OrderPlaced dead letter", "com.acme.OrderPlaced delivered"];
    assert_eq!(seen.all().split_off(2), [expected, expected].concat());
    let report = within(bed.publisher.shutdown(DEADLINE)).await;
    assert_eq!(
        (report.delivered, report.failed, report.unknown, report.dead_lettered),
        (4, 2, 0, 2)
    );
}

#[tokio::test]
async fn a_letter_says_whether_its_record_may_be_in_the_log() {
    let bench = Bench::warm(lettering).await;
    bench
        .broker
        .inject(fail(ProduceErrorKind::TimedOut, Persistence::PossiblyPersisted));
    let error = within(bench.publisher.publish(placed("7", 1))).await.unwrap_err();
    assert_eq!((word(Err(&error)), error.code()), ("dead letter", "timed_out"));
    assert_eq!(letters(&bench)[0].persistence, Some(Persistence::PossiblyPersisted));
    let report = within(bench.publisher.shutdown(DEADLINE)).await;
    assert_eq!((report.failed, report.unknown, report.dead_lettered), (0, 1, 1));
}

#[tokio::test]
async fn letters_lie_in_the_order_of_their_records() {
    let bench = Bench::warm(lettering).await;
    bench.broker.hold();
    let all: Vec<_> = (1..=30)
        .map(|quantity| bench.publisher.publish(placed("7", quantity)))
        .collect();
    let error = error(ProduceErrorKind::Rejected, Persistence::NotPersisted);
    bench.broker.inject(Fault::Fail { records: 30, error });
    bench.broker.release();
    for publishing in all {
        assert_eq!(word(within(publishing).await.as_ref()), "dead letter");
    }
    let quantities: Vec<_> = letters(&bench)
        .iter()
        .map(|letter| quantity(letter.original.value.as_ref().unwrap()))
        .collect();
    assert_eq!(quantities, (1..=30).collect::<Vec<_>>());
}

/// It is refused before it is sent.
async fn check_a_record_that_is_too_large_becomes_a_letter_with_its_digest(backend: &dyn Backend) {
    let bed = Bed::warm(backend, |builder| {
        builder
            .on_failure(OnFailure::DeadLetter)
            .dead_letters(DeadLetters::new().max_bytes(100_000))
    })
    .await;
    let carrier = "x".repeat(1_000_001);
    let error = within(bed.publisher.publish(shipped("7", &carrier))).await.unwrap_err();
    assert_eq!((word(Err(&error)), error.code()), ("dead letter", "too_large"));
    let letter = &bed.letters()[0];
    let Some(Missing { bytes, sha256, .. }) = &letter.left_out.value else {
        panic!("{letter:?}")
    };
    assert_eq!(*bytes, error.record().unwrap().value.as_ref().unwrap().len() as u64);
    assert!(sha256.is_some());
}

/// A publisher whose dead letter topic does not exist, and whose letters go to this file.
async fn without_topic(file: Option<&std::path::Path>) -> Bench {
    let letters = file
        .into_iter()
        .fold(DeadLetters::new(), |letters, file| letters.file(file));
    let bench = Bench::warm(|builder| builder.on_failure(OnFailure::DeadLetter).dead_letters(letters)).await;
    bench.broker.topic_access("orders.dlq", TopicAccess::Missing);
    bench
}

#[tokio::test]
async fn a_letter_that_no_topic_takes_goes_to_the_file() {
    let folder = Folder::new();
    let path = folder.path.join("letters.jsonl");
    let bench = without_topic(Some(&path)).await;
    let mut errors = Vec::new();
    for quantity in 1..=3 {
        bench.broker.inject(rejected());
        errors.push(
            within(bench.publisher.publish(placed("7", quantity)))
                .await
                .unwrap_err(),
        );
    }
    let lines: Vec<_> = DeadLetterLines::open(&path)
        .unwrap()
        .map(|line| line.unwrap().letter.unwrap())
        .collect();
    assert_eq!(lines.len(), 3);
    for (line, error) in lines.iter().zip(&errors) {
        let PublishError::DeadLettered { letter, record, .. } = error else {
            panic!("{error:?}")
        };
        assert_eq!((&line.original, line.error_code.as_str()), (&**record, "rejected"));
        assert_eq!(**letter, LetterPlace::File(path.clone()));
    }
    let report = within(bench.publisher.shutdown(DEADLINE)).await;
    assert_eq!((report.failed, report.dead_lettered), (3, 3));
}

#[tokio::test]
async fn a_letter_that_nothing_takes_goes_back_to_the_caller_and_has_no_letter() {
    let folder = Folder::new();
    // A folder where the file should be.
    let bad = folder.path.join("letters.jsonl");
    std::fs::create_dir(&bad).unwrap();
    for file in [None, Some(bad.as_path())] {
        let bench = without_topic(file).await;
        bench.broker.inject(rejected());
        let error = within(bench.publisher.publish(placed("7", 1))).await.unwrap_err();
        assert!(
            matches!(&error, PublishError::Failed { source, .. } if source.reason() == "on purpose"),
            "{error:?}"
        );
        assert_eq!(quantity(error.record().unwrap().value.as_ref().unwrap()), 1);
        within(bench.publisher.publish(placed("7", 2))).await.unwrap();
        let topics: Vec<_> = bench
            .broker
            .records()
            .iter()
            .map(|stored| stored.record.topic.clone())
            .collect();
        assert!(topics.iter().all(|topic| topic == "orders"), "{topics:?}");
        let report = within(bench.publisher.shutdown(DEADLINE)).await;
        assert_eq!((report.delivered, report.failed, report.dead_lettered), (3, 1, 0));
    }
}

#[tokio::test]
async fn a_letter_on_its_way_outlives_the_future_and_the_shutdown() {
    let folder = Folder::new();
    let path = folder.path.join("letters.jsonl");
    let bench = Bench::warm(|builder| {
        let letters = DeadLetters::new().file(&path);
        builder.on_failure(OnFailure::DeadLetter).dead_letters(letters)
    })
    .await;
    bench.broker.hold();
    let publishing = bench.publisher.publish(placed("7", 1));
    bench.broker.inject(rejected());
    assert!(bench.broker.deliver_next());
    // A caller that goes away takes back no letter.
    drop(publishing);
    let report = within(bench.publisher.shutdown(std::time::Duration::ZERO)).await;
    assert_eq!((report.failed, report.dead_lettered, report.withdrawn), (1, 1, 0));
    assert_eq!(DeadLetterLines::open(&path).unwrap().count(), 1);
}

#[tokio::test]
async fn a_policy_that_makes_letters_needs_to_know_where_they_go() {
    let bench = Bench::new().await;
    let builder = || {
        let builder = Publisher::builder().connect(bench.broker.connect());
        builder.registry_client(ScriptedRegistry::default())
    };
    let refused = builder().on_failure(OnFailure::DeadLetter).build().await.unwrap_err();
    assert!(
        matches!(&refused, ConfigError::Invalid { setting, .. } if setting == "on_failure"),
        "{refused}"
    );
    let letters = DeadLetters::new().topic_suffix(" dead");
    let refused = lettering(builder()).dead_letters(letters).build().await.unwrap_err();
    assert!(
        refused.to_string().starts_with("dead_letters.topic_suffix"),
        "{refused}"
    );
}
