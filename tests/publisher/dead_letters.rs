//! Records that become dead letters.

use publisher_core::dead_letter::{DeadLetter, DeadLetterLines, DeadLetters, Missing};
use publisher_core::producer::{Fault, TopicAccess};
use publisher_core::testing::{EmbeddedCluster, EmbeddedRegistry, ProduceFault};
use publisher_core::{
    ConfigError, LetterPlace, OnFailure, Persistence, ProduceErrorKind, PublishError, Publisher, PublisherBuilder,
};
use tests::folder::Folder;

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

#[tokio::test]
async fn a_failed_record_becomes_a_letter_and_its_caller_hears_of_both() {
    let seen = Seen::default();
    let noted = seen.clone();
    let bench = Bench::warm(|builder| {
        lettering(builder).on_delivery(move |report| {
            noted.note(format!("{} {}", report.event_type.unwrap(), word(report.result)));
        })
    })
    .await;
    bench.broker.inject(rejected());
    let first = bench.publisher.publish(placed("7", 1));
    let second = bench.publisher.publish(placed("7", 2));
    let error = within(first).await.unwrap_err();
    within(second).await.unwrap();
    let PublishError::DeadLettered { source, letter, record } = &error else {
        panic!("{error:?}")
    };
    assert_eq!((error.code(), source.reason()), ("rejected", "on purpose"));
    assert!(!error.is_retriable() && !error.is_fatal());
    let LetterPlace::Topic(delivery) = &**letter else {
        panic!("{letter}")
    };
    assert_eq!((delivery.topic(), delivery.offset.unwrap().0), ("orders.dlq", 0));
    assert_eq!(quantity(record.value.as_ref().unwrap()), 1);
    let [letter] = &letters(&bench)[..] else {
        panic!("one letter")
    };
    assert_eq!(letter.original, **record);
    assert_eq!(
        (letter.error_code.as_str(), letter.error.as_str()),
        ("rejected", "on purpose")
    );
    assert_eq!(letter.persistence, Some(Persistence::NotPersisted));
    assert_eq!((letter.attempts, letter.schema_id.map(|id| id.0)), (Some(1), Some(1)));
    assert_eq!(letter.event_type.as_deref(), Some("com.acme.OrderPlaced"));
    assert!(letter.accepted_ms <= letter.failed_ms);
    let expected = ["com.acme.OrderPlaced dead letter", "com.acme.OrderPlaced delivered"];
    let mut told = seen.all().split_off(2);
    told.sort();
    assert_eq!(told, expected);
    let report = within(bench.publisher.shutdown(DEADLINE)).await;
    assert_eq!(
        (report.delivered, report.failed, report.unknown, report.dead_lettered),
        (3, 1, 0, 1)
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

#[tokio::test]
async fn a_record_that_is_too_large_becomes_a_letter_with_its_digest() {
    let bench = Bench::warm(|builder| {
        builder
            .on_failure(OnFailure::DeadLetter)
            .dead_letters(DeadLetters::new().max_bytes(100_000))
    })
    .await;
    let carrier = "x".repeat(1_000_001);
    let error = within(bench.publisher.publish(shipped("7", &carrier)))
        .await
        .unwrap_err();
    assert_eq!((word(Err(&error)), error.code()), ("dead letter", "too_large"));
    let letter = &letters(&bench)[0];
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

/// The same through librdkafka: what the broker refuses, and what is refused before it is sent.
#[tokio::test]
async fn letters_reach_a_broker() {
    let cluster = EmbeddedCluster::start().unwrap();
    let registry = EmbeddedRegistry::start().unwrap();
    let builder = Publisher::builder()
        .bootstrap_servers(cluster.bootstrap_servers())
        .registry(registry.url());
    let publisher = lettering(builder).build().await.unwrap();
    cluster.create_topic("orders", 1).unwrap();
    cluster.create_topic("orders.dlq", 1).unwrap();
    within(publisher.publish(placed("7", 1))).await.unwrap();
    cluster.produce_errors(&[ProduceFault::TooLarge]).unwrap();
    let by_the_broker = within(publisher.publish(placed("7", 2))).await.unwrap_err();
    let carrier = "x".repeat(1_000_001);
    let before = within(publisher.publish(shipped("7", &carrier))).await.unwrap_err();
    for error in [&by_the_broker, &before] {
        assert_eq!(
            (word(Err(error)), error.code()),
            ("dead letter", "too_large"),
            "{error:?}"
        );
    }
    within(publisher.publish(placed("7", 3))).await.unwrap();
    assert_eq!(cluster.records("orders").unwrap().len(), 2);
    let letters: Vec<_> = cluster
        .records("orders.dlq")
        .unwrap()
        .into_iter()
        .map(|consumed| consumed.into_record("orders.dlq"))
        .map(|record| DeadLetter::from_record(&record).unwrap())
        .collect();
    assert_eq!(letters.len(), 2);
    assert!(letters[0].is_whole() && letters[0].original == *by_the_broker.record().unwrap());
    assert!(letters[1].left_out.value.is_some());
    let report = within(publisher.shutdown(DEADLINE)).await;
    assert_eq!((report.delivered, report.failed, report.dead_lettered), (2, 2, 2));
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
