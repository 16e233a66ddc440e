//! Records that the client has given up and that are sent again.

use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use publisher_core::producer::{Connect, Fault, Placement, Producer, Reports, SendError, Token, Undelivered};
use publisher_core::{
    Backoff, ConfigError, Persistence, ProduceErrorKind, Publisher, PublisherBuilder, Record, RecordRef, Retries,
};

use crate::support::{
    Bench, DEADLINE, Pinged, ScriptedRegistry, error, later, placed, poll_now, quantity, within, word,
};

const AT_ONCE: Backoff = Backoff::new(Duration::ZERO, Duration::ZERO);

/// Longer than any test; a random part of it is too, but for once in a million runs.
const LONG: Duration = Duration::from_secs(1_000_000_000);
const MUCH_LONGER: Duration = Duration::from_secs(10_000_000_000);

fn fail(records: usize, kind: ProduceErrorKind, persistence: Persistence) -> Fault {
    let error = error(kind, persistence);
    Fault::Fail { records, error }
}

fn batch_rejected(records: usize) -> Fault {
    fail(records, ProduceErrorKind::BatchRejected, Persistence::NotPersisted)
}

/// How the only record of a publisher ends, that fails so for the first time.
async fn check(retries: Retries, kind: ProduceErrorKind, persistence: Persistence, expected: &str) {
    let bench = Bench::with(|builder| builder.retries(retries.backoff(AT_ONCE))).await;
    bench.broker.inject(fail(1, kind, persistence));
    let result = within(bench.publisher.publish(placed("7", 1))).await;
    assert_eq!(word(result.as_ref()), expected, "{retries:?} {kind:?} {persistence:?}");
}

#[tokio::test]
async fn only_what_may_succeed_and_is_not_in_the_log_is_sent_again() {
    use Persistence::{NotPersisted, PossiblyPersisted};
    use ProduceErrorKind::{BatchRejected, Rejected, TimedOut, TooLarge, Unauthorised, UnknownTopic};
    let usual = Retries::new();
    check(usual, BatchRejected, NotPersisted, "delivered").await;
    check(usual, BatchRejected, PossiblyPersisted, "unknown").await;
    check(usual, TimedOut, NotPersisted, "failed").await;
    for kind in [Rejected, TooLarge, Unauthorised, UnknownTopic] {
        check(usual, kind, NotPersisted, "failed").await;
    }
    check(usual.timeouts(true), TimedOut, NotPersisted, "delivered").await;
    check(usual.timeouts(true), TimedOut, PossiblyPersisted, "unknown").await;
    check(Retries::none(), BatchRejected, NotPersisted, "failed").await;
}

#[tokio::test]
async fn a_record_is_sent_so_often_and_no_more() {
    let bench = Bench::with(|builder| builder.retries(Retries::new().attempts(3).backoff(AT_ONCE))).await;
    bench.broker.inject(batch_rejected(5));
    within(bench.publisher.publish(placed("7", 1))).await.unwrap_err();
    // Two of the five are left.
    within(bench.publisher.publish(placed("7", 2))).await.unwrap();
    assert_eq!(bench.quantities("7"), [2]);
}

#[tokio::test]
async fn a_record_that_a_later_one_has_overtaken_is_not_sent_again() {
    let bench = Bench::with(|builder| builder.retries(Retries::new().backoff(AT_ONCE))).await;
    within(bench.publisher.publish(placed("warm", 1))).await.unwrap();
    bench.broker.hold();
    let all: Vec<_> = (1..=3)
        .map(|quantity| bench.publisher.publish(placed("7", quantity)))
        .collect();
    let other = bench.publisher.publish(placed("8", 1));
    bench.broker.inject(batch_rejected(1));
    bench.broker.release();
    let mut words = Vec::new();
    for publishing in all {
        words.push(word(within(publishing).await.as_ref()));
    }
    assert_eq!(words, ["failed", "delivered", "delivered"]);
    within(other).await.unwrap();
    assert_eq!(bench.quantities("7"), [2, 3], "a gap, and the order");
}

#[tokio::test]
async fn a_record_without_a_key_has_no_order_to_lose() {
    let bench = Bench::with(|builder| builder.retries(Retries::new().backoff(AT_ONCE))).await;
    within(bench.publisher.publish(Pinged { number: 0 })).await.unwrap();
    bench.broker.hold();
    let all: Vec<_> = (1..=3)
        .map(|number| bench.publisher.publish(Pinged { number }))
        .collect();
    bench.broker.inject(batch_rejected(2));
    bench.broker.release();
    for publishing in all {
        within(publishing).await.unwrap();
    }
    assert_eq!(bench.broker.records().len(), 4);
}

fn patient(builder: PublisherBuilder) -> PublisherBuilder {
    let retries = Retries::new().within(MUCH_LONGER).backoff(Backoff::new(LONG, LONG));
    builder.retries(retries).delivery_timeout(MUCH_LONGER)
}

#[tokio::test]
async fn later_records_of_the_key_wait_for_it_and_no_others() {
    let bench = Bench::warm(patient).await;
    bench.broker.inject(batch_rejected(1));
    let mut first = bench.publisher.publish(placed("7", 1));
    // A later one of another key comes back after the first has failed.
    within(bench.publisher.publish(placed("8", 1))).await.unwrap();
    let mut second = bench.publisher.publish(placed("7", 2));
    within(bench.publisher.publish(placed("8", 2))).await.unwrap();
    assert!(poll_now(&mut first).is_pending() && poll_now(&mut second).is_pending());
    later(LONG).await;
    within(first).await.unwrap();
    within(second).await.unwrap();
    assert_eq!(bench.quantities("7"), [1, 2]);
}

#[tokio::test]
async fn what_waits_to_be_sent_again_can_be_taken_back() {
    let bench = Bench::warm(patient).await;
    bench.broker.inject(batch_rejected(1));
    let first = bench.publisher.publish(placed("7", 1));
    within(bench.publisher.publish(placed("8", 1))).await.unwrap();
    let second = bench.publisher.publish(placed("7", 2));
    drop(first);
    within(second).await.unwrap();
    let report = within(bench.publisher.shutdown(DEADLINE)).await;
    assert_eq!((report.withdrawn, report.delivered), (1, 4));
}

#[tokio::test]
async fn a_shutdown_gives_back_what_waits_to_be_sent_again() {
    let bench = Bench::warm(patient).await;
    bench.broker.inject(batch_rejected(1));
    let first = bench.publisher.publish(placed("7", 1));
    within(bench.publisher.publish(placed("8", 1))).await.unwrap();
    let second = bench.publisher.publish(placed("7", 2));
    let report = within(bench.publisher.shutdown(Duration::ZERO)).await;
    let returned: Vec<_> = report
        .returned
        .iter()
        .map(|record| quantity(record.value.as_ref().unwrap()))
        .collect();
    assert_eq!(returned, [1, 2]);
    assert_eq!(word(within(first).await.as_ref()), "shut down");
    assert_eq!(word(within(second).await.as_ref()), "shut down");
}

/// A client whose reports the test gives, all of a batch at once.
struct Client {
    reports: Arc<dyn Reports>,
    sent: Mutex<Vec<(Token, Record)>>,
}

impl Client {
    /// Ends what it holds: delivered or not, in the order in which it was sent. Returns which records that were.
    fn report(&self, delivered: &[bool]) -> Vec<u32> {
        let sent = std::mem::take(&mut *self.sent.lock().unwrap());
        assert_eq!(sent.len(), delivered.len());
        let quantities = sent
            .iter()
            .map(|(_, record)| quantity(record.value.as_ref().unwrap()))
            .collect();
        let outcome = |(token, record): (Token, Record), delivered: bool| {
            let placement = Placement {
                partition: 0,
                offset: None,
                timestamp_ms: 1,
            };
            let error = error(ProduceErrorKind::BatchRejected, Persistence::NotPersisted);
            let undelivered = Box::new(Undelivered { error, record });
            (token, if delivered { Ok(placement) } else { Err(undelivered) })
        };
        let mut reports = sent
            .into_iter()
            .zip(delivered)
            .map(|(sent, delivered)| outcome(sent, *delivered))
            .collect();
        self.reports.report_all(&mut reports);
        quantities
    }

    /// Waits until it holds so many.
    async fn holds(&self, records: usize) {
        within(async {
            while self.sent.lock().unwrap().len() < records {
                tokio::task::yield_now().await;
            }
        })
        .await;
    }
}

impl Producer for Client {
    fn send(&self, record: RecordRef<'_>, token: Token) -> Result<(), SendError> {
        self.sent.lock().unwrap().push((token, record.to_record()));
        Ok(())
    }

    fn flush(&self, _: Duration) -> usize {
        self.sent.lock().unwrap().len()
    }

    fn purge(&self) {}
}

/// Records of one key, sent in one batch, of which some are delivered and the others refused for another one's sake: which
/// of these are sent again, in their order, and how each ends.
async fn check_batch(delivered: &[bool], again: &[u32], words: &[&str]) {
    let made: Arc<OnceLock<Arc<Client>>> = Arc::default();
    let own = Arc::clone(&made);
    let connect: Connect = Arc::new(move |reports| {
        let sent = Mutex::default();
        let client = own.get_or_init(|| Arc::new(Client { reports, sent }));
        Ok::<Arc<dyn Producer>, ConfigError>(Arc::clone(client) as Arc<dyn Producer>)
    });
    let publisher = Publisher::builder()
        .connect(connect)
        .registry_client(ScriptedRegistry::default())
        .retries(Retries::new().backoff(AT_ONCE))
        .build()
        .await
        .unwrap();
    let client = Arc::clone(made.get().unwrap());
    let all: Vec<_> = (1..)
        .zip(delivered)
        .map(|(quantity, _)| publisher.publish(placed("7", quantity)))
        .collect();
    client.holds(delivered.len()).await;
    client.report(delivered);
    let mut sent_again = Vec::new();
    while sent_again.len() < again.len() {
        client.holds(1).await;
        let held = client.sent.lock().unwrap().len();
        sent_again.extend(client.report(&vec![true; held]));
    }
    assert_eq!(sent_again, again, "{delivered:?}");
    let mut told = Vec::new();
    for publishing in all {
        told.push(word(within(publishing).await.as_ref()));
    }
    assert_eq!(told, words, "{delivered:?}");
}

#[tokio::test]
async fn those_of_one_batch_are_sent_again_together_in_their_order() {
    check_batch(
        &[false, false, false],
        &[1, 2, 3],
        &["delivered", "delivered", "delivered"],
    )
    .await;
    check_batch(&[true, false, false], &[2, 3], &["delivered", "delivered", "delivered"]).await;
    check_batch(&[false, true, false], &[3], &["failed", "delivered", "delivered"]).await;
    check_batch(&[false, false, true], &[], &["failed", "failed", "delivered"]).await;
}
