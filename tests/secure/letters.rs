//! Dead letters behind TLS and SASL: `publisher dlq` lists and shows what a publisher has written, and publishes it again, as
//! the user that its file of properties names.

use std::time::Duration;

use publisher_core::dead_letter::DeadLetters;
use publisher_core::testing::read_topic;
use publisher_core::{OnFailure, ProduceErrorKind, PublishError, Record};
use secure::acls;
use secure::broker::PASSWORD;

use crate::command::{Project, Ran};
use crate::support::{Bed, DEADLINE, placed};

const ALICE: &str = "User:alice";
const TOPIC: &str = "lettered";
const LETTERS: &str = "lettered.dlq";

/// The command as alice.
async fn run(bed: &Bed, arguments: &str) -> Ran {
    let properties = bed.java_properties();
    let arguments = format!("dlq {arguments} --config alice.properties");
    let run = move || {
        let project = Project::new();
        project.write("alice.properties", properties).run(&arguments)
    };
    let ran = tokio::task::spawn_blocking(run).await.unwrap();
    assert!(!ran.out.contains(PASSWORD) && !ran.err.contains(PASSWORD), "{ran:?}");
    ran
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_of_a_secured_topic_are_listed_shown_and_replayed() {
    let Some(bed) = Bed::start(TOPIC, &[]).await else {
        return;
    };
    bed.broker.create_topic(LETTERS).await;
    // She sees the topic, and may not write to it yet.
    acls::show(bed.broker.internal, ALICE, TOPIC);
    acls::grant(bed.broker.internal, ALICE, LETTERS);
    acls::let_read(bed.broker.internal, ALICE, LETTERS);
    let builder = bed.alice("SCRAM-SHA-512", PASSWORD).on_failure(OnFailure::DeadLetter);
    let publisher = builder.dead_letters(DeadLetters::new()).build().await.unwrap();
    let mut events: Vec<Record> = Vec::new();
    for _ in 0..2 {
        let error = publisher.publish(placed()).await.unwrap_err();
        assert!(matches!(error, PublishError::DeadLettered { .. }), "{error:?}");
        events.push(error.into_record().unwrap());
    }
    let report = publisher.shutdown(Duration::from_secs(10)).await;
    assert_eq!((report.failed, report.dead_lettered), (2, 2));

    let ids: Vec<&str> = events
        .iter()
        .map(|event| event.headers.text("event_id").unwrap())
        .collect();
    let code = ProduceErrorKind::Unauthorised.code();
    let listed = run(&bed, &format!("list {LETTERS} --only code={code}")).await;
    listed.has(0, &["0:0", "0:1", ids[0], ids[1], "2 letters in lettered.dlq\n"]);
    let shown = run(&bed, &format!("show {LETTERS} {}", ids[1])).await;
    shown.has(
        0,
        &[
            "place        0:1\n",
            "topic        lettered\n",
            "key          42\n",
            code,
        ],
    );

    let refused = run(&bed, &format!("replay {LETTERS}")).await;
    refused.has(
        101,
        &["error: the event of letter 0:0 could not be published to lettered\n"],
    );
    acls::grant(bed.broker.internal, ALICE, TOPIC);
    let replayed = run(&bed, &format!("replay {LETTERS}")).await;
    replayed.has(0, &["ok: 2 replayed, 0 skipped, 0 unreadable, 0 failed\n"]);
    let servers = bed.broker.internal.to_string();
    let read = move || read_topic(&servers, TOPIC, DEADLINE).unwrap();
    let read = tokio::task::spawn_blocking(read).await.unwrap();
    let read: Vec<Record> = read.into_iter().map(|record| record.into_record(TOPIC)).collect();
    assert_eq!(read, events);
}
