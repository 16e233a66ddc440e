//! Random schedules: publishes of several keys, types and topics from one thread or several, withdrawals, a registry that
//! holds and fails, a broker that holds, fails and has no room, waits that end, flushes, and a shutdown somewhere in it. Whatever
//! happens, every record has one end, the counts add up, and each key's records lie in the order of the calls.
//!
//! A failure prints its seed; `PUBLISHER_TEST_SEED` runs that one alone.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use publisher_core::producer::{Fault, MemoryBroker};
use publisher_core::registry::SchemaRegistry;
use publisher_core::{
    Delivery, Event, Pending, Persistence, ProduceErrorKind, PublishError, Publisher, Publishing, Record, partitioner,
    wire,
};
use tests::random::Random;

use crate::support::{DEADLINE, ScriptedRegistry, error, poll_now, ready, refused, within, word};

const SCHEDULES: u64 = 250;
const STEPS: usize = 120;
const OTHER_TOPIC: &str = "other";
const KEYS: u64 = 3;
const PARTITIONS: i32 = 2;

#[derive(Event)]
#[event(topic = "random", namespace = "com.acme", encoding = json)]
struct One {
    #[event(key)]
    id: String,
    number: u32,
}

#[derive(Event)]
#[event(topic = "random", namespace = "com.acme", encoding = json)]
struct Two {
    #[event(key)]
    id: String,
    number: u32,
}

#[derive(Event)]
#[event(topic = "random", namespace = "com.acme", encoding = json)]
struct Three {
    #[event(key = avro)]
    id: String,
    number: u32,
}

#[derive(Event)]
#[event(topic = "random", namespace = "com.acme", encoding = json)]
struct Four {
    #[event(key = avro)]
    id: String,
    number: u32,
}

#[derive(Event)]
#[event(topic = "random", namespace = "com.acme", encoding = json, unkeyed)]
struct Unkeyed {
    number: u32,
}

const SUBJECTS: [&str; 12] = [
    "random-com.acme.One",
    "random-com.acme.Two",
    "random-com.acme.Three",
    "random-com.acme.Four",
    "random-com.acme.Unkeyed",
    "random-key",
    "other-com.acme.One",
    "other-com.acme.Two",
    "other-com.acme.Three",
    "other-com.acme.Four",
    "other-com.acme.Unkeyed",
    "other-key",
];

#[test]
fn one_thread_publishes() {
    run_all(1);
}

#[test]
fn three_threads_publish() {
    run_all(3);
}

fn run_all(threads: u32) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let asked = std::env::var("PUBLISHER_TEST_SEED")
        .ok()
        .map(|seed| seed.parse().unwrap());
    for seed in asked.map_or(0..SCHEDULES, |seed: u64| seed..seed + 1) {
        let _tell = Tell(seed);
        runtime.block_on(run(seed, threads));
    }
}

/// Names the seed of a schedule that fails.
struct Tell(u64);

impl Drop for Tell {
    fn drop(&mut self) {
        if std::thread::panicking() {
            tests::say(&format!("the schedule failed with PUBLISHER_TEST_SEED={}", self.0));
        }
    }
}

/// A future that a schedule holds on to.
enum Held {
    Publishing(Publishing),
    Enqueuing(publisher_core::Enqueuing),
    Pending(Pending),
    /// The answer came while it was polled.
    Answered(Result<Delivery, PublishError>),
}

/// One thread's calls.
#[derive(Default)]
struct Calls {
    held: BTreeMap<u32, Held>,
    /// Those whose futures were dropped: withdrawn, or on their way.
    dropped: BTreeSet<u32>,
    /// Those that `try_enqueue` or a stopped publisher refused.
    refused: BTreeSet<u32>,
}

/// How each record ended by the callback, which names no record that was given back.
#[derive(Default)]
struct Ends {
    delivered: Vec<(String, i32, u64)>,
    failed: Vec<(u32, &'static str)>,
    returned: usize,
}

async fn run(seed: u64, threads: u32) {
    let mut random = Random::new(seed);
    let (broker, registry) = (MemoryBroker::new().partitions(PARTITIONS), ScriptedRegistry::default());
    let ends: Arc<Mutex<Ends>> = Arc::default();
    let noted = Arc::clone(&ends);
    let builder = Publisher::builder()
        .connect(broker.connect())
        .registry_client(registry.clone());
    let builder = match random.below(3) {
        0 => builder.block_timeout(Duration::from_micros(random.below(3_000))),
        _ => builder,
    };
    let builder = builder
        .buffer_records(1 + random.below(12) as usize)
        .on_delivery(move |report| {
            let mut ends = noted.lock().unwrap();
            match report.result {
                Ok(delivery) => {
                    ends.delivered.push((
                        delivery.topic().to_owned(),
                        delivery.partition,
                        delivery.offset.unwrap().0,
                    ));
                }
                Err(PublishError::ShutDown) => ends.returned += 1,
                Err(error) => ends.failed.push((number(error.record().unwrap()), word(Err(error)))),
            }
        });
    let publisher = builder.build().await.unwrap();

    let mut calls = Vec::new();
    std::thread::scope(|scope| {
        let schedules: Vec<_> = (0..threads)
            .map(|thread| {
                let seed = random.below(u64::MAX);
                let (publisher, broker, registry) = (&publisher, &broker, &registry);
                scope.spawn(move || Schedule::new(seed, thread, publisher, broker, registry).play())
            })
            .collect();
        calls.extend(schedules.into_iter().map(|schedule| schedule.join().unwrap()));
    });

    let patient = random.below(2) == 0;
    if patient {
        broker.release();
        SUBJECTS.iter().for_each(|subject| registry.release(subject));
    }
    let deadline = if patient {
        DEADLINE
    } else {
        Duration::from_millis(random.below(4))
    };
    let report = within(publisher.shutdown(deadline)).await;
    if patient {
        assert!(report.returned.is_empty());
    }

    let ends = std::mem::take(&mut *ends.lock().unwrap());
    let log = broker.records();
    let at: HashMap<_, _> = log
        .iter()
        .map(|stored| {
            let placement = &stored.placement;
            (
                (
                    stored.record.topic.clone(),
                    placement.partition,
                    placement.offset.unwrap().0,
                ),
                number(&stored.record),
            )
        })
        .collect();

    // The counts are those of the callback, and each record has one end.
    let mut words: BTreeMap<u32, &str> = BTreeMap::new();
    for place in &ends.delivered {
        assert_eq!(words.insert(at[place], "delivered"), None);
    }
    for (number, word) in &ends.failed {
        assert_eq!(words.insert(*number, word), None);
    }
    assert_eq!(ends.returned, report.returned.len());
    for record in &report.returned {
        assert_eq!(words.insert(number(record), "shut down"), None);
    }
    let count = |of: &[&str]| words.values().filter(|word| of.contains(word)).count() as u64;
    assert_eq!(report.delivered, count(&["delivered"]));
    assert_eq!(report.failed, count(&["failed", "refused", "registry"]));
    assert_eq!(report.unknown, count(&["unknown"]));

    // Every call has its answer, the same that the callback saw; what has no end was withdrawn by its caller.
    let mut withdrawn = 0;
    for calls in calls {
        for (number, held) in calls.held {
            let answer = match held {
                Held::Publishing(publishing) => ready(publishing),
                Held::Enqueuing(enqueuing) => ready(enqueuing).and_then(ready),
                Held::Pending(pending) => ready(pending),
                Held::Answered(answer) => answer,
            };
            assert_eq!(words.get(&number), Some(&word(answer.as_ref())), "record {number}");
            words.remove(&number);
        }
        for number in calls.dropped {
            withdrawn += usize::from(words.remove(&number).is_none());
        }
        for number in calls.refused {
            assert_eq!(words.get(&number), None, "record {number} was refused");
        }
    }
    assert!(
        words.is_empty(),
        "ends without a call: {words:?}; {withdrawn} were withdrawn"
    );

    // The log: each record once, each key in the order of the calls, each frame with its subject's id, that of an
    // Avro key too.
    let mut last: HashMap<(String, Vec<u8>), u32> = HashMap::new();
    let mut numbers = BTreeSet::new();
    for stored in &log {
        let record = &stored.record;
        assert!(
            numbers.insert(number(record)),
            "record {} lies there twice",
            number(record)
        );
        if let Some(key) = &record.key {
            let before = last.insert((record.topic.clone(), key.clone()), number(record));
            assert!(
                before < Some(number(record)),
                "record {} after {before:?}",
                number(record)
            );
        }
        let event_type = record.headers.text("event_type").unwrap();
        if ["com.acme.Three", "com.acme.Four"].contains(&event_type) {
            let known = registry.known(&format!("{}-key", record.topic));
            let key = record.key.as_ref().unwrap();
            assert_eq!(Some(wire::read(key).unwrap().0), known);
            assert_eq!(stored.placement.partition, partitioner::partition(key, PARTITIONS));
        }
        let subject = format!("{}-{event_type}", record.topic);
        let known = registry.known(&subject);
        assert_eq!(Some(wire::read(record.value.as_ref().unwrap()).unwrap().0), known);
    }
    let given_back: BTreeSet<_> = report.returned.iter().map(number).collect();
    assert!(given_back.is_disjoint(&numbers));
    assert_eq!(registry.address(), "scripted");
}

/// The number in a record's JSON.
fn number(record: &Record) -> u32 {
    let payload = wire::read(record.value.as_ref().unwrap()).unwrap().1;
    let value: serde_json::Value = serde_json::from_slice(payload).unwrap();
    value["number"].as_u64().unwrap() as u32
}

struct Schedule<'a> {
    random: Random,
    thread: u32,
    publisher: &'a Publisher,
    broker: &'a MemoryBroker,
    registry: &'a ScriptedRegistry,
    calls: Calls,
}

impl<'a> Schedule<'a> {
    fn new(
        seed: u64,
        thread: u32,
        publisher: &'a Publisher,
        broker: &'a MemoryBroker,
        registry: &'a ScriptedRegistry,
    ) -> Self {
        Self {
            random: Random::new(seed),
            thread,
            publisher,
            broker,
            registry,
            calls: Calls::default(),
        }
    }

    fn play(mut self) -> Calls {
        for step in 0..STEPS {
            let number = self.thread * 1_000 + step as u32;
            match self.random.below(24) {
                0..=9 => self.publish(number),
                10..=11 => self.drop_one(),
                12..=13 => self.poll_one(),
                14 => self.registry.hold(self.subject()),
                15..=16 => self.registry.release(self.subject()),
                17 => self.registry.fail(self.subject(), refused()),
                18 => self.broker.hold(),
                19 => self.broker.release(),
                20 => drop(self.broker.deliver_next()),
                21 => self.inject(),
                22 => std::thread::yield_now(),
                _ => {
                    let publisher = self.publisher.clone();
                    let deadline = Duration::from_micros(self.random.below(300));
                    let _remaining = self
                        .publisher
                        .blocking()
                        .wait(async move { publisher.flush(deadline).await });
                }
            }
        }
        self.calls
    }

    fn subject(&mut self) -> &'static str {
        SUBJECTS[self.random.below(SUBJECTS.len() as u64) as usize]
    }

    fn publish(&mut self, number: u32) {
        // Keys of its own: the order of two threads' calls is nobody's to tell.
        let id = format!("{}-{}", self.thread, self.random.below(KEYS));
        let event: Box<dyn Event> = match self.random.below(5) {
            0 => Box::new(One { id, number }),
            1 => Box::new(Two { id, number }),
            2 => Box::new(Three { id, number }),
            3 => Box::new(Four { id, number }),
            _ => Box::new(Unkeyed { number }),
        };
        let publisher = self.publisher;
        let held = match self.random.below(5) {
            0 | 1 => Held::Publishing(publisher.publish(event)),
            2 => Held::Publishing(publisher.prepare(event).topic(OTHER_TOPIC).send()),
            3 => Held::Enqueuing(publisher.enqueue(event)),
            _ => match publisher.try_enqueue(event) {
                Ok(pending) => Held::Pending(pending),
                Err(PublishError::BufferFull { .. }) => {
                    self.calls.refused.insert(number);
                    return;
                }
                Err(error) => Held::Answered(Err(error)),
            },
        };
        self.calls.held.insert(number, held);
    }

    fn choose(&mut self) -> Option<u32> {
        let at = self.random.below(self.calls.held.len().max(1) as u64) as usize;
        self.calls.held.keys().nth(at).copied()
    }

    fn drop_one(&mut self) {
        if let Some(number) = self.choose() {
            // Some have their answer, which the callback has seen all the same.
            self.calls.held.remove(&number);
            self.calls.dropped.insert(number);
        }
    }

    fn poll_one(&mut self) {
        let Some(number) = self.choose() else { return };
        let Some(held) = self.calls.held.remove(&number) else {
            return;
        };
        let held = match held {
            Held::Publishing(mut publishing) => match poll_now(&mut publishing) {
                std::task::Poll::Ready(answer) => Held::Answered(answer),
                std::task::Poll::Pending => Held::Publishing(publishing),
            },
            Held::Enqueuing(mut enqueuing) => match poll_now(&mut enqueuing) {
                std::task::Poll::Ready(Ok(pending)) => Held::Pending(pending),
                std::task::Poll::Ready(Err(error)) => Held::Answered(Err(error)),
                std::task::Poll::Pending => Held::Enqueuing(enqueuing),
            },
            Held::Pending(mut pending) => match poll_now(&mut pending) {
                std::task::Poll::Ready(answer) => Held::Answered(answer),
                std::task::Poll::Pending => Held::Pending(pending),
            },
            answered => answered,
        };
        self.calls.held.insert(number, held);
    }

    fn inject(&mut self) {
        let times = 1 + self.random.below(3) as usize;
        let persistence = [Persistence::NotPersisted, Persistence::PossiblyPersisted][self.random.below(2) as usize];
        let error = |persistence| error(ProduceErrorKind::TimedOut, persistence);
        self.broker.inject(match self.random.below(3) {
            0 => Fault::Fail {
                records: times,
                error: error(persistence),
            },
            1 => Fault::Refuse {
                sends: times,
                error: error(Persistence::NotPersisted),
            },
            _ => Fault::Full { sends: times },
        });
    }
}
