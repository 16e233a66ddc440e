//! Random failures under every policy: records of a few keys are published, refused, timed out, sent again, held, resent,
//! released and taken back, while the producer breaks now and then. Whatever happens, every record has one end, the counts
//! add up, each key's records lie in the order of the calls, and so do its dead letters.
//!
//! A failure prints its seed; `PUBLISHER_TEST_SEED` runs that one alone.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use publisher_core::dead_letter::{DeadLetter, DeadLetters};
use publisher_core::producer::{Fault, MemoryBroker};
use publisher_core::{
    Backoff, Event, HeldKeys, OnFailure, Persistence, ProduceErrorKind, PublishError, Publisher, Publishing, Record,
    Retries, wire,
};
use tests::random::Random;

use crate::support::{ScriptedRegistry, error, poll_now, within, word};

const SCHEDULES: u64 = 60;
const STEPS: usize = 150;
const KEYS: u64 = 3;

#[derive(Event)]
#[event(topic = "steps", namespace = "com.acme", encoding = json)]
struct Step {
    #[event(key)]
    id: String,
    number: u32,
}

#[test]
fn given_back() {
    run_all(OnFailure::Return);
}

#[test]
fn made_dead_letters() {
    run_all(OnFailure::DeadLetter);
}

#[test]
fn held() {
    run_all(OnFailure::HoldKey(HeldKeys::Hold));
}

#[test]
fn held_and_made_dead_letters() {
    run_all(OnFailure::HoldKey(HeldKeys::DeadLetter));
}

fn run_all(policy: OnFailure) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let asked = std::env::var("PUBLISHER_TEST_SEED").ok();
    let asked = asked.map(|seed| seed.parse::<u64>().unwrap());
    for seed in asked.map_or(0..SCHEDULES, |seed| seed..seed + 1) {
        let _tell = Tell(policy, seed);
        runtime.block_on(run(policy, seed));
    }
}

/// Names the seed of a schedule that fails.
struct Tell(OnFailure, u64);

impl Drop for Tell {
    fn drop(&mut self) {
        if std::thread::panicking() {
            tests::say(&format!("{:?} failed with PUBLISHER_TEST_SEED={}", self.0, self.1));
        }
    }
}

/// A key and the number of a call.
type Name = (String, u32);

fn name(record: &Record) -> Name {
    let (_, json) = wire::read(record.value.as_ref().unwrap()).unwrap();
    let value: serde_json::Value = serde_json::from_slice(json).unwrap();
    let number = value["number"].as_u64().unwrap();
    (value["id"].as_str().unwrap().to_owned(), number as u32)
}

struct Schedule {
    random: Random,
    broker: MemoryBroker,
    publisher: Publisher,
    last: u32,
    calls: Vec<(Name, Publishing)>,
    dropped: Vec<Name>,
    /// Those that the test resent, for which more than one copy may lie in the log.
    resent: Vec<Name>,
    ends: BTreeMap<Name, &'static str>,
}

impl Schedule {
    fn publish(&mut self) {
        self.last += 1;
        let name = (format!("key-{}", self.random.below(KEYS)), self.last);
        let event = Step {
            id: name.0.clone(),
            number: name.1,
        };
        self.calls.push((name, self.publisher.publish(event)));
    }

    fn fail(&mut self) {
        use Persistence::{NotPersisted, PossiblyPersisted};
        use ProduceErrorKind::{BatchRejected, Fatal, Rejected, TimedOut};
        let (kind, persistence) = self.random.pick(&[
            (BatchRejected, NotPersisted),
            (BatchRejected, NotPersisted),
            (Rejected, NotPersisted),
            (TimedOut, NotPersisted),
            (TimedOut, PossiblyPersisted),
            (Fatal, NotPersisted),
        ]);
        let error = error(kind, persistence);
        // A producer that breaks again and again is replaced with growing pauses.
        let most = if kind == Fatal { 2_usize } else { 4 };
        let records = self.random.below(most);
        self.broker.inject(if self.random.maybe(7) {
            Fault::Fail { records, error }
        } else {
            let error = publisher_core::ProduceError::new(kind, NotPersisted, "refused on purpose");
            Fault::Refuse { sends: records, error }
        });
    }

    /// Looks at the answers that are there; a record that holds its key may be resent.
    fn look(&mut self) {
        let mut open = Vec::new();
        for (name, mut publishing) in std::mem::take(&mut self.calls) {
            let std::task::Poll::Ready(result) = poll_now(&mut publishing) else {
                open.push((name, publishing));
                continue;
            };
            let word = word(result.as_ref());
            self.ends.insert(name.clone(), word);
            let Err(PublishError::Failed { record, .. } | PublishError::Unknown { record, .. }) = result else {
                continue;
            };
            let id = record.headers.text("event_id").map(str::to_owned);
            let holds = self.publisher.held_keys().iter().any(|key| key.event_id == id);
            if holds && self.random.maybe(7) {
                self.resent.push(name.clone());
                open.push((name, self.publisher.resend(*record)));
            }
        }
        self.calls = open;
    }

    fn release(&mut self) {
        for key in self.publisher.held_keys() {
            self.publisher.release(&key.topic, &key.key);
        }
    }
}

async fn run(policy: OnFailure, seed: u64) {
    let broker = MemoryBroker::new().partitions(2);
    let publisher = Publisher::builder()
        .connect(broker.connect())
        .registry_client(ScriptedRegistry::default())
        .on_failure(policy)
        .dead_letters(DeadLetters::new())
        .retries(
            Retries::new()
                .attempts(3)
                .backoff(Backoff::new(Duration::ZERO, Duration::ZERO)),
        )
        .build()
        .await
        .unwrap();
    let mut schedule = Schedule {
        random: Random::new(seed),
        broker,
        publisher,
        last: 0,
        calls: Vec::new(),
        dropped: Vec::new(),
        resent: Vec::new(),
        ends: BTreeMap::new(),
    };
    for _ in 0..STEPS {
        match schedule.random.below(11) {
            0..=4 => schedule.publish(),
            5 => schedule.fail(),
            6 => schedule.broker.hold(),
            7 => schedule.broker.release(),
            8 => schedule.look(),
            9 if schedule.random.maybe(3) => schedule.release(),
            10 if schedule.random.maybe(3) && !schedule.calls.is_empty() => {
                let at = schedule.random.below(schedule.calls.len());
                let (name, publishing) = schedule.calls.swap_remove(at);
                drop(publishing);
                schedule.dropped.push(name);
            }
            _ => tokio::task::yield_now().await,
        }
    }
    schedule.broker.release();
    within(async {
        while schedule.publisher.flush(Duration::from_millis(5)).await.is_err() || !schedule.calls.is_empty() {
            schedule.release();
            schedule.look();
        }
    })
    .await;
    let report = within(schedule.publisher.shutdown(Duration::from_secs(30))).await;
    check(policy, &schedule, &report);
}

fn check(policy: OnFailure, schedule: &Schedule, report: &publisher_core::ShutdownReport) {
    let Schedule {
        broker,
        last,
        dropped,
        resent,
        ends,
        ..
    } = schedule;
    let accepted = u64::from(*last) + resent.len() as u64;
    let ended = report.delivered + report.failed + report.unknown + report.withdrawn;
    assert_eq!((ended, report.returned.len()), (accepted, 0), "{report:?}");
    let log = broker.records();
    let of_topic = |topic: &str| -> Vec<Record> {
        let stored = log.iter().filter(|stored| stored.record.topic == topic);
        stored.map(|stored| stored.record.clone()).collect()
    };
    let events: Vec<Name> = of_topic("steps").iter().map(name).collect();
    let letters: Vec<Name> = of_topic("steps.dlq")
        .iter()
        .map(|letter| name(&DeadLetter::from_record(letter).unwrap().original))
        .collect();
    // Letters lie in the order in which their records failed, which is that of the calls only where keys are held.
    let ordered_letters: &[Name] = if policy == OnFailure::HoldKey(HeldKeys::DeadLetter) {
        &letters
    } else {
        &[]
    };
    for (what, lying) in [("event", &events[..]), ("letter", ordered_letters)] {
        for key in 0..KEYS {
            let key = format!("key-{key}");
            // What was resent by hand has the place of that call, but where it holds its key.
            let stays = |name: &&Name| name.0 == key && (what == "event" || !resent.contains(name));
            let numbers: Vec<u32> = lying.iter().filter(stays).map(|name| name.1).collect();
            assert!(numbers.is_sorted(), "{what}s of {key}: {numbers:?}");
        }
    }
    let count = |list: &[Name], name: &Name| list.iter().filter(|other| *other == name).count();
    for (name, end) in ends {
        let copies = count(&events, name);
        let expected = match *end {
            // A copy of an earlier attempt may be there as well.
            _ if resent.contains(name) => copies.max(usize::from(*end == "delivered")),
            "delivered" => 1,
            "failed" => 0,
            // A letter whose record may be in the log, or one that is unknown: it is there or not.
            _ => copies.min(1),
        };
        assert_eq!(copies, expected, "{name:?} {end}");
        // A letter may lie in its topic although its own confirmation was lost, and one for each time that it was resent.
        let (least, most) = match (*end, policy) {
            (_, OnFailure::Return) => (0, 0),
            ("dead letter", _) => (1, 1),
            ("delivered", _) => (0, 0),
            _ => (0, 1),
        };
        let copies = count(&letters, name);
        assert!(
            (least..=most + count(resent, name)).contains(&copies),
            "{name:?} {end}: {copies} letters"
        );
    }
    let ended: BTreeSet<_> = ends.keys().chain(dropped).collect();
    assert_eq!(ended.len(), *last as usize);
    assert!(policy != OnFailure::Return || (letters.is_empty() && report.dead_lettered == 0));
}
