//! Producers of other manners than the two that come with the crate: reports from within `send`, from other threads
//! before it returns, twice, never.

use std::sync::{Arc, Mutex, OnceLock, Weak};
use std::time::Duration;

use publisher_core::producer::{Connect, DescribeErrorKind, Outcome, Placement, Producer, Reports, SendError, Token};
use publisher_core::{Offset, Publisher, Record, RecordRef, StartMode, events};

use tests::log;

use crate::support::{DEADLINE, OrderPlaced, SHORT, ScriptedRegistry, Seen, placed, poll_now, quantity, within};

/// When a producer gives its reports.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Manner {
    WithinSend,
    FromAnotherThreadBeforeSendReturns,
    Twice,
    Never,
    PanicsAtFirst,
}

struct Odd {
    manner: Manner,
    reports: Arc<dyn Reports>,
    log: Log,
}

type Log = Arc<Mutex<Vec<Record>>>;

impl Producer for Odd {
    fn send(&self, record: RecordRef<'_>, token: Token) -> Result<(), SendError> {
        let offset = {
            let mut log = self.log.lock().unwrap();
            log.push(record.to_record());
            log.len() as u64 - 1
        };
        let placement = Placement {
            partition: 0,
            offset: Some(Offset(offset)),
            timestamp_ms: 1,
        };
        match self.manner {
            Manner::WithinSend => self.reports.report(token, Ok(placement)),
            Manner::FromAnotherThreadBeforeSendReturns => {
                let report = || self.reports.report(token, Ok(placement));
                std::thread::scope(|scope| drop(scope.spawn(report).join()));
            }
            Manner::Twice => {
                self.reports.report(token, Ok(placement));
                self.reports.report(token, Ok(placement));
            }
            Manner::PanicsAtFirst if offset == 0 => panic!("this panic belongs to the test"),
            Manner::PanicsAtFirst => self.reports.report(token, Ok(placement)),
            Manner::Never => {}
        }
        Ok(())
    }

    fn flush(&self, deadline: Duration) -> usize {
        if self.manner == Manner::Never {
            std::thread::sleep(deadline);
        }
        0
    }

    fn purge(&self) {}
}

fn connect(manner: Manner, log: &Log) -> Connect {
    let log = Arc::clone(log);
    Arc::new(move |reports| {
        let log = Arc::clone(&log);
        Ok(Arc::new(Odd { manner, reports, log }) as Arc<dyn Producer>)
    })
}

async fn build(manner: Manner) -> (Publisher, Log) {
    let log = Log::default();
    let builder = Publisher::builder()
        .connect(connect(manner, &log))
        .registry_client(ScriptedRegistry::default());
    (builder.build().await.unwrap(), log)
}

fn quantities(log: &Log) -> Vec<u32> {
    log.lock()
        .unwrap()
        .iter()
        .map(|record| quantity(record.value.as_ref().unwrap()))
        .collect()
}

#[tokio::test]
async fn reports_may_come_before_send_returns() {
    for manner in [
        Manner::WithinSend,
        Manner::FromAnotherThreadBeforeSendReturns,
        Manner::Twice,
    ] {
        let (publisher, log) = build(manner).await;
        let all: Vec<_> = (1..=30)
            .map(|quantity| publisher.publish(placed("7", quantity)))
            .collect();
        for publishing in all {
            within(publishing).await.unwrap();
        }
        assert_eq!(quantities(&log), (1..=30).collect::<Vec<_>>(), "{manner:?}");
        let report = within(publisher.shutdown(DEADLINE)).await;
        assert_eq!(
            (report.delivered, report.failed, report.unknown),
            (30, 0, 0),
            "{manner:?}"
        );
    }
}

/// All at once: the report comes from within `send`, the callback publishes, and the buffer has one place.
#[tokio::test]
async fn a_callback_publishes_from_within_send() {
    for manner in [Manner::WithinSend, Manner::FromAnotherThreadBeforeSendReturns] {
        let handle: Arc<OnceLock<Weak<Publisher>>> = Arc::default();
        let (own, log, seen) = (Arc::clone(&handle), Log::default(), Seen::default());
        let noted = seen.clone();
        let callback = move |report: publisher_core::DeliveryReport<'_>| {
            let next = report.result.unwrap().offset.unwrap().0 as u32 + 2;
            noted.note(next.to_string());
            let publisher = own.get().unwrap().upgrade().unwrap();
            if next <= 50 {
                drop(poll_now(&mut publisher.enqueue(placed("7", next))));
            }
        };
        let builder = Publisher::builder()
            .connect(connect(manner, &log))
            .registry_client(ScriptedRegistry::default());
        let publisher = Arc::new(builder.buffer_records(1).on_delivery(callback).build().await.unwrap());
        handle.set(Arc::downgrade(&publisher)).ok().unwrap();
        within(publisher.publish(placed("7", 1))).await.unwrap();
        within(publisher.flush(DEADLINE)).await.unwrap();
        assert_eq!(quantities(&log), (1..=50).collect::<Vec<_>>(), "{manner:?}");
        assert_eq!(seen.all().len(), 50);
    }
}

#[tokio::test]
async fn what_a_producer_never_reports_counts_as_unknown() {
    let (publisher, log) = build(Manner::Never).await;
    let _first = within(publisher.enqueue(placed("7", 1))).await.unwrap();
    let refused = within(publisher.flush(SHORT)).await.unwrap_err();
    assert_eq!(refused.remaining, 1);
    let report = within(publisher.shutdown(SHORT)).await;
    assert_eq!(
        (report.delivered, report.failed, report.unknown, report.returned.len()),
        (0, 0, 1, 0)
    );
    assert_eq!(log.lock().unwrap().len(), 1);
}

#[test]
fn a_producer_that_describes_no_topics_says_so() {
    let producer = connect(Manner::Never, &Log::default())(Arc::new(Deaf)).unwrap();
    let refused = producer.describe_topic("orders", DEADLINE).unwrap_err();
    assert_eq!(
        (refused.kind(), refused.is_retriable()),
        (DescribeErrorKind::Unsupported, false)
    );
    assert!(refused.reason().contains("topic orders"), "{refused}");
}

/// Reports that nobody reads.
struct Deaf;

impl Reports for Deaf {
    fn report(&self, _: Token, _: Outcome) {}
}

#[tokio::test]
async fn a_panic_of_the_producer_does_not_stop_the_others() {
    let log = Log::default();
    let builder = Publisher::builder()
        .connect(connect(Manner::PanicsAtFirst, &log))
        .registry_client(ScriptedRegistry::default());
    let publisher = builder.build().await.unwrap();
    let key = "7".to_owned();
    let panicking = std::panic::AssertUnwindSafe(|| drop(publisher.tombstone::<OrderPlaced>(&key)));
    assert!(std::panic::catch_unwind(panicking).is_err());
    within(publisher.tombstone::<OrderPlaced>(&key)).await.unwrap();
    let report = within(publisher.shutdown(SHORT)).await;
    assert_eq!((report.delivered, report.unknown), (1, 1));
}

/// Panics when it is given its first record, and remembers under which number.
struct Late {
    first: Mutex<Option<Token>>,
    reports: Arc<dyn Reports>,
}

impl Late {
    const PLACEMENT: Placement = Placement {
        partition: 0,
        offset: None,
        timestamp_ms: 1,
    };

    fn report_the_first(&self) {
        let first = self.first.lock().unwrap().unwrap();
        self.reports.report(first, Ok(Self::PLACEMENT));
    }
}

impl Producer for Late {
    fn send(&self, _: RecordRef<'_>, token: Token) -> Result<(), SendError> {
        let is_first = self.first.lock().unwrap().replace(token).is_none();
        assert!(!is_first, "this panic belongs to the test");
        self.reports.report(token, Ok(Self::PLACEMENT));
        Ok(())
    }

    fn flush(&self, _: Duration) -> usize {
        0
    }

    fn purge(&self) {}
}

#[tokio::test]
async fn a_late_report_of_a_batch_in_which_the_producer_panicked_is_no_second_one() {
    log::keep();
    let made: Arc<OnceLock<Arc<Late>>> = Arc::default();
    let own = Arc::clone(&made);
    let connect: Connect = Arc::new(move |reports| {
        let first = Mutex::default();
        Ok(Arc::clone(own.get_or_init(|| Arc::new(Late { first, reports }))) as Arc<dyn Producer>)
    });
    let builder = Publisher::builder()
        .connect(connect)
        .registry_client(ScriptedRegistry::default())
        .events(events![OrderPlaced])
        .start(StartMode::Strict);
    let publisher = builder.build().await.unwrap();
    let batch = || publisher.batch().add(placed("7", 1)).send();
    let panicking = std::panic::AssertUnwindSafe(|| drop(batch()));
    assert!(std::panic::catch_unwind(panicking).is_err());

    let producer = made.get().unwrap();
    let token = format!(" token={}", producer.first.lock().unwrap().unwrap().0);
    let told = || log::has(&["reported a record twice", &token]);
    producer.report_the_first();
    assert!(!told());
    producer.report_the_first();
    assert!(told(), "the second one is");
}
