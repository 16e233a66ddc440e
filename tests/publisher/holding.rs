//! Keys that a failed record holds.

use std::time::Duration;

use publisher_core::dead_letter::DeadLetters;
use publisher_core::producer::Fault;
use publisher_core::{HeldKeys, OnFailure, ProduceErrorKind, PublishError, PublisherBuilder, Publishing, Retries};

use crate::backends::{Backend, Bed, Memory, contract};
use crate::support::{
    Bench, DEADLINE, OrderPlaced, PLACED, Pinged, later, placed, poll_now, quantity, shipped, within, word,
};

fn holding(builder: PublisherBuilder) -> PublisherBuilder {
    builder.on_failure(OnFailure::HoldKey(HeldKeys::Hold))
}

contract! {
    check_a_failed_record_holds_its_key_until_it_is_released,
    check_the_failed_record_goes_first_when_it_is_resent,
    check_a_key_is_held_as_before_when_the_resent_record_fails_again,
    check_another_record_that_is_resent_lines_up,
    check_what_waits_behind_it_can_be_taken_back,
    check_a_shutdown_gives_back_what_is_held,
    check_other_types_wait_behind_a_held_key_and_hold_none_themselves,
    check_a_record_without_a_key_holds_nothing,
    check_later_records_of_a_held_key_become_dead_letters_with_it,
}

/// A publisher on which the first order of key 7 has failed, and two later ones wait; the failed one's error.
async fn held(bed: &Bed<'_>) -> (PublishError, Vec<Publishing>) {
    bed.backend.refuse_next(ProduceErrorKind::Rejected);
    let first = bed.publisher.publish(placed("7", 1));
    let later = (2..=3)
        .map(|quantity| bed.publisher.publish(placed("7", quantity)))
        .collect();
    (within(first).await.unwrap_err(), later)
}

/// The failed one is sent once more, and what has waited follows.
async fn goes_first(bed: &Bed<'_>, error: PublishError, later: Vec<Publishing>) {
    within(bed.publisher.resend(error.into_record().unwrap()))
        .await
        .unwrap();
    for publishing in later {
        within(publishing).await.unwrap();
    }
    assert_eq!(bed.quantities("7"), [1, 2, 3]);
}

async fn check_a_failed_record_holds_its_key_until_it_is_released(backend: &dyn Backend) {
    let bed = Bed::warm(backend, holding).await;
    let (error, mut later) = held(&bed).await;
    assert!(matches!(error, PublishError::Failed { .. }), "{error:?}");
    within(bed.publisher.publish(placed("8", 1))).await.unwrap();
    assert!(later.iter_mut().all(|publishing| poll_now(publishing).is_pending()));
    let [key] = &bed.publisher.held_keys()[..] else {
        panic!("one key is held")
    };
    assert_eq!((key.topic.as_str(), key.key.as_slice()), ("orders", &b"7"[..]));
    assert_eq!(
        (key.behind, key.waiting, key.error.kind()),
        (2, 2, ProduceErrorKind::Rejected)
    );
    let event_id = error.record().unwrap().headers.text("event_id").map(str::to_owned);
    assert_eq!(key.event_id, event_id);
    let text = format!("{key:?}");
    assert!(
        text.contains("key_bytes: 1") && !text.contains("[55]") && !text.contains("\"7\""),
        "no key in {text}"
    );
    assert!(!bed.publisher.release("orders", b"8") && !bed.publisher.release("stock", b"7"));
    assert!(bed.publisher.release(&key.topic, &key.key));
    for publishing in later {
        within(publishing).await.unwrap();
    }
    assert_eq!(bed.quantities("7"), [2, 3]);
    assert!(bed.publisher.held_keys().is_empty() && !bed.publisher.release("orders", b"7"));
}

#[tokio::test]
async fn one_record_of_a_key_is_on_its_way_at_a_time() {
    let bench = Bench::warm(holding).await;
    bench.broker.hold();
    let mut all = Vec::new();
    for quantity in 1..=3 {
        all.push(bench.publisher.publish(placed("7", quantity)));
        all.push(bench.publisher.publish(placed("8", quantity)));
    }
    let batch = bench
        .publisher
        .batch()
        .extend((4..=5).map(|quantity| placed("7", quantity)))
        .send();
    for _ in 0..3 {
        // One of each key; the last report before may be under way still.
        within(async {
            while bench.broker.waiting() != 2 {
                tokio::task::yield_now().await;
            }
        })
        .await;
        assert!(bench.broker.deliver_next() && bench.broker.deliver_next());
    }
    bench.broker.release();
    for publishing in all {
        within(publishing).await.unwrap();
    }
    for result in within(batch).await.unwrap() {
        result.unwrap();
    }
    assert_eq!(bench.quantities("7"), [1, 2, 3, 4, 5]);
    assert_eq!(bench.quantities("8"), [1, 2, 3]);
}

async fn check_the_failed_record_goes_first_when_it_is_resent(backend: &dyn Backend) {
    let bed = Bed::warm(backend, holding).await;
    let (error, later) = held(&bed).await;
    goes_first(&bed, error, later).await;
    assert!(bed.publisher.held_keys().is_empty());
}

async fn check_a_key_is_held_as_before_when_the_resent_record_fails_again(backend: &dyn Backend) {
    let bed = Bed::warm(backend, holding).await;
    let (error, mut later) = held(&bed).await;
    let since = bed.publisher.held_keys()[0].since;
    backend.refuse_next(ProduceErrorKind::Rejected);
    let error = within(bed.publisher.resend(error.into_record().unwrap()))
        .await
        .unwrap_err();
    assert!(later.iter_mut().all(|publishing| poll_now(publishing).is_pending()));
    let keys = bed.publisher.held_keys();
    assert_eq!((keys.len(), keys[0].since, keys[0].behind), (1, since, 2));
    goes_first(&bed, error, later).await;
}

#[tokio::test]
async fn a_resent_record_that_is_taken_back_before_it_is_handed_over_changes_nothing() {
    let memory = Memory::start();
    let bed = Bed::warm(&memory, holding).await;
    let (error, _later) = held(&bed).await;
    memory.broker.hold();
    memory.broker.inject(Fault::Full { sends: 1_000_000 });
    drop(bed.publisher.resend(error.into_record().unwrap()));
    assert_eq!(bed.publisher.held_keys().len(), 1);
    assert_eq!(within(bed.publisher.shutdown(Duration::ZERO)).await.returned.len(), 2);
}

async fn check_another_record_that_is_resent_lines_up(backend: &dyn Backend) {
    let bed = Bed::warm(backend, holding).await;
    backend.refuse_next(ProduceErrorKind::Rejected);
    let earlier = within(bed.publisher.publish(placed("8", 9))).await.unwrap_err();
    bed.publisher.release("orders", b"8");
    let (_, later) = held(&bed).await;
    let mut record = earlier.into_record().unwrap();
    record.key = Some(b"7".to_vec());
    let mut resent = bed.publisher.resend(record);
    assert!(poll_now(&mut resent).is_pending());
    bed.publisher.release("orders", b"7");
    for publishing in later.into_iter().chain([resent]) {
        within(publishing).await.unwrap();
    }
    assert_eq!(bed.quantities("7"), [2, 3, 9]);
}

#[tokio::test]
async fn what_waits_behind_it_keeps_its_own_deadline() {
    let memory = Memory::start();
    let bed = Bed::warm(&memory, holding).await;
    let (_, waiting) = held(&bed).await;
    later(Duration::from_secs(121)).await;
    for publishing in waiting {
        let error = within(publishing).await.unwrap_err();
        assert_eq!((error.code(), error.is_retriable()), ("key_held", true));
        assert!(
            matches!(&error, PublishError::Failed { source, .. } if source.reason().contains("rejected")),
            "{error:?}"
        );
    }
    let keys = bed.publisher.held_keys();
    assert_eq!(
        (keys.len(), keys[0].waiting, keys[0].behind),
        (1, 0, 2),
        "the key stays held"
    );
    assert!(keys[0].error.kind() == ProduceErrorKind::Rejected, "by the first");
}

async fn check_what_waits_behind_it_can_be_taken_back(backend: &dyn Backend) {
    let bed = Bed::warm(backend, holding).await;
    let (_, mut waiting) = held(&bed).await;
    drop(waiting.remove(0));
    assert_eq!(bed.publisher.held_keys()[0].waiting, 1);
    bed.publisher.release("orders", b"7");
    within(waiting.remove(0)).await.unwrap();
    assert_eq!(bed.quantities("7"), [3]);
    assert_eq!(within(bed.publisher.shutdown(DEADLINE)).await.withdrawn, 1);
}

async fn check_a_shutdown_gives_back_what_is_held(backend: &dyn Backend) {
    let bed = Bed::warm(backend, holding).await;
    let (_, waiting) = held(&bed).await;
    let report = within(bed.publisher.shutdown(Duration::ZERO)).await;
    let returned: Vec<_> = report
        .returned
        .iter()
        .map(|record| quantity(record.value.as_ref().unwrap()))
        .collect();
    assert_eq!((returned, report.failed, report.delivered), (vec![2, 3], 1, 2));
    for publishing in waiting {
        assert_eq!(word(within(publishing).await.as_ref()), "shut down");
    }
}

async fn check_other_types_wait_behind_a_held_key_and_hold_none_themselves(backend: &dyn Backend) {
    let bed = Bed::warm(backend, |builder| {
        let orders = publisher_core::events![OrderPlaced];
        builder.on_failure_of(orders, OnFailure::HoldKey(HeldKeys::Hold))
    })
    .await;
    backend.refuse_next(ProduceErrorKind::Rejected);
    within(bed.publisher.publish(shipped("7", "x"))).await.unwrap_err();
    assert!(bed.publisher.held_keys().is_empty());
    backend.refuse_next(ProduceErrorKind::Rejected);
    within(bed.publisher.publish(placed("7", 1))).await.unwrap_err();
    let mut behind = bed.publisher.publish(shipped("7", "y"));
    assert!(poll_now(&mut behind).is_pending());
    bed.publisher.release("orders", b"7");
    within(behind).await.unwrap();
}

async fn check_a_record_without_a_key_holds_nothing(backend: &dyn Backend) {
    let bed = Bed::warm(backend, holding).await;
    backend.refuse_next(ProduceErrorKind::Rejected);
    within(bed.publisher.publish(Pinged { number: 1 })).await.unwrap_err();
    within(bed.publisher.publish(Pinged { number: 2 })).await.unwrap();
    assert!(bed.publisher.held_keys().is_empty());
}

#[tokio::test]
async fn a_key_whose_schema_is_awaited_keeps_its_order() {
    let bench = Bench::with(holding).await;
    bench.registry.hold(PLACED);
    let all: Vec<_> = (1..=5)
        .map(|quantity| bench.publisher.publish(placed("7", quantity)))
        .collect();
    bench.registry.called(1).await;
    bench.registry.release(PLACED);
    for publishing in all {
        within(publishing).await.unwrap();
    }
    assert_eq!(bench.quantities("7"), [1, 2, 3, 4, 5]);
}

#[tokio::test]
async fn a_schema_that_is_refused_lets_the_others_of_the_key_go() {
    let bench = Bench::with(holding).await;
    bench.registry.hold(PLACED);
    let first = bench.publisher.publish(placed("7", 1));
    let second = bench.publisher.publish(shipped("7", "x"));
    bench.registry.called(1).await;
    bench.registry.fail(PLACED, crate::support::refused());
    bench.registry.release(PLACED);
    assert_eq!(word(within(first).await.as_ref()), "registry");
    within(second).await.unwrap();
}

async fn check_later_records_of_a_held_key_become_dead_letters_with_it(backend: &dyn Backend) {
    let bed = Bed::warm(backend, |builder| {
        builder
            .on_failure(OnFailure::HoldKey(HeldKeys::DeadLetter))
            .retries(Retries::none())
            .dead_letters(DeadLetters::new())
    })
    .await;
    let (error, waiting) = held(&bed).await;
    assert_eq!((word(Err(&error)), error.code()), ("dead letter", "rejected"));
    for publishing in waiting {
        let error = within(publishing).await.unwrap_err();
        assert_eq!((word(Err(&error)), error.code()), ("dead letter", "key_held"));
    }
    let last = within(bed.publisher.publish(placed("7", 4))).await.unwrap_err();
    assert_eq!(last.code(), "key_held");
    within(bed.publisher.publish(placed("8", 1))).await.unwrap();
    let letters = bed.letters();
    let quantities: Vec<_> = letters
        .iter()
        .map(|letter| quantity(letter.original.value.as_ref().unwrap()))
        .collect();
    assert_eq!(quantities, [1, 2, 3, 4]);
    let first = letters[0].event_id.clone();
    assert!(letters[0].held.is_none() && letters[0].attempts == Some(1));
    for (position, letter) in (1..).zip(&letters[1..]) {
        let held = letter.held.as_ref().unwrap();
        assert_eq!((held.position, &held.behind_event_id), (position, &first));
        assert_eq!((&held.reason, letter.attempts), (&letters[0].error, Some(0)));
    }
    let keys = bed.publisher.held_keys();
    assert_eq!(
        (keys[0].behind, keys[0].waiting, keys[0].later),
        (3, 0, HeldKeys::DeadLetter)
    );
    assert!(bed.publisher.release("orders", b"7"));
    within(bed.publisher.publish(placed("7", 5))).await.unwrap();
    let report = within(bed.publisher.shutdown(DEADLINE)).await;
    assert_eq!((report.delivered, report.failed, report.dead_lettered), (4, 4, 4));
}
