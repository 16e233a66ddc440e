//! `publisher dlq`: letters of a topic and of a file, listed, shown, and their events back in the topics where they were
//! to go.

use std::sync::Arc;
use std::time::Duration;

use publisher_core::dead_letter::{DeadLetterFile, DeadLetterFormat, DeadLetterHeaders, DeadLetters, FailedRecord};
use publisher_core::producer::{KafkaProducer, KafkaSettings, Outcome, Producer as _, Reports, Token};
use publisher_core::testing::{EmbeddedCluster, ProduceFault};
use publisher_core::{Headers, Persistence, Record, SchemaId};

use crate::support::{Project, Ran};

/// 2026-05-12T08:15:30.250Z
const FAILED_MS: i64 = 1_778_573_730_250;

/// A cluster whose topics have one partition, so that the places of letters are known, and a folder to run in.
struct Bed {
    cluster: EmbeddedCluster,
    project: Project,
}

impl Bed {
    fn new() -> Self {
        let cluster = EmbeddedCluster::start().unwrap();
        for topic in ["orders", "orders.dlq", "payments"] {
            cluster.create_topic(topic, 1).unwrap();
        }
        let project = Project::new();
        let servers = cluster.bootstrap_servers();
        project.write(
            "shop.properties",
            format!("bootstrap.servers={servers}\nlinger.ms=1000\n"),
        );
        Self { cluster, project }
    }

    fn run(&self, arguments: &str) -> Ran {
        self.project.run(&format!("dlq {arguments} --config shop.properties"))
    }

    fn send(&self, records: &[Record]) {
        struct Delivered;
        impl Reports for Delivered {
            fn report(&self, _: Token, outcome: Outcome) {
                outcome.unwrap();
            }
        }
        let settings = KafkaSettings::new(self.cluster.bootstrap_servers());
        let producer = KafkaProducer::new(&settings, Arc::new(Delivered)).unwrap();
        for record in records {
            producer.send(record.as_ref(), Token(0)).unwrap();
        }
        assert_eq!(producer.flush(Duration::from_secs(30)), 0);
    }

    /// The records of a topic, as they were sent, in their order.
    fn records(&self, topic: &str) -> Vec<Record> {
        let records = self.cluster.records(topic).unwrap();
        records.into_iter().map(|record| record.into_record(topic)).collect()
    }

    fn values(&self, topic: &str) -> Vec<String> {
        let values = self.records(topic).into_iter().map(|record| record.value.unwrap());
        values.map(|value| String::from_utf8(value).unwrap()).collect()
    }
}

fn event(key: &str, value: &str) -> Record {
    let mut headers = Headers::new();
    headers.push("event_id", format!("id-{value}"));
    headers.push("event_type", "com.acme.OrderPlaced");
    headers.push_null("empty");
    Record {
        topic: "orders".to_owned(),
        partition: None,
        key: Some(key.into()),
        value: Some(value.into()),
        headers,
        timestamp_ms: 1_700_000_000_123,
    }
}

fn failed(record: &Record) -> FailedRecord<'_> {
    FailedRecord {
        record,
        error_code: "timed_out",
        error: "no confirmation within 120 s",
        persistence: Persistence::NotPersisted,
        attempts: 2,
        partition: Some(0),
        schema_id: Some(SchemaId(7)),
        key_schema_id: None,
        event_id: record.headers.text("event_id"),
        event_type: record.headers.text("event_type"),
        accepted_ms: FAILED_MS - 1_000,
        failed_ms: FAILED_MS,
        held: None,
    }
}

fn letter(record: &Record) -> Record {
    DeadLetters::new().letter(&failed(record))
}

#[test]
fn letters_of_every_form_come_back_as_they_were() {
    let bed = Bed::new();
    let events: Vec<Record> = (0..4).map(|number| event("o-1", &number.to_string())).collect();
    let forms = [
        DeadLetters::new(),
        DeadLetters::new().format(DeadLetterFormat::Raw(DeadLetterHeaders::Publisher)),
        DeadLetters::new().format(DeadLetterFormat::Raw(DeadLetterHeaders::Spring)),
        DeadLetters::new().format(DeadLetterFormat::Raw(DeadLetterHeaders::Connect)),
    ];
    let letters: Vec<Record> = events
        .iter()
        .zip(forms)
        .map(|(event, form)| form.letter(&failed(event)))
        .collect();
    bed.send(&letters);
    bed.run("replay orders.dlq --dry-run").is(
        0,
        "  orders: 4 events\nok: 4 to replay, 0 skipped, 0 unreadable, 0 failed\n",
    );
    assert!(bed.records("orders").is_empty());
    bed.run("replay orders.dlq").is(
        0,
        "  orders: 4 events\nok: 4 replayed, 0 skipped, 0 unreadable, 0 failed\ngo on from here with --from 0:4\n",
    );
    assert_eq!(bed.records("orders"), events);
    // The letters are still there, and nothing is new behind them.
    assert_eq!(bed.records("orders.dlq").len(), 4);
    bed.run("replay orders.dlq --from 0:4").has(0, &["ok: 0 replayed"]);
}

#[test]
fn letters_are_listed() {
    let bed = Bed::new();
    let mut binary = event("", "b");
    binary.key = Some(vec![0xff, 0]);
    let mut hostile = event("\u{1b}[2J", "c");
    hostile.key = None;
    hostile.topic = "payments\n".to_owned();
    let mut letters: Vec<Record> = [&event("o-1", "a"), &binary, &hostile].map(letter).to_vec();
    letters[2].topic = "orders.dlq".to_owned();
    letters.push(event("o-1", "no letter"));
    letters[3].topic = "orders.dlq".to_owned();
    bed.send(&letters);
    bed.run("list orders.dlq").is(
        100,
        "place  failed                    topic       key     event_id  code       error\n\
         0:0    2026-05-12T08:15:30.250Z  orders      o-1     id-a      timed_out  no confirmation within 120 s\n\
         0:1    2026-05-12T08:15:30.250Z  orders      0xff00  id-b      timed_out  no confirmation within 120 s\n\
         0:2    2026-05-12T08:15:30.250Z  payments\\n  -       id-c      timed_out  no confirmation within 120 s\n\
         no letter: 0:3 is no envelope: it is no JSON from line 1, column 2 on\n\
         3 letters in orders.dlq, 1 unreadable\n",
    );
    bed.run("list orders.dlq --format json --only key=o-1").is(
        100,
        "{\"source\":\"orders.dlq\",\"letters\":[{\"place\":\"0:0\",\"original_topic\":\"orders\",\"key\":\"o-1\",\"event_id\":\"id-a\",\
         \"event_type\":\"com.acme.OrderPlaced\",\"error\":\"no confirmation within 120 s\",\"error_code\":\"timed_out\",\
         \"persistence\":\"not_persisted\",\"attempts\":2,\"partition\":0,\"schema_id\":7,\"accepted_ms\":1778573729250,\
         \"failed_ms\":1778573730250,\"behind_event_id\":null,\"whole\":true}],\
         \"unreadable\":[{\"place\":\"0:3\",\"reason\":\"is no envelope: it is no JSON from line 1, column 2 on\"}]}\n",
    );
    let count = |arguments: &str, expected: &str| bed.run(&format!("list orders.dlq {arguments}")).has(0, &[expected]);
    count("--limit 2", "2 letters in orders.dlq\n");
    count("--limit 1 --from 0:1", "0:1 ");
    count(
        "--limit 1 --only event_id=id-b --only topic=orders",
        "1 letter in orders.dlq\n",
    );
    count(
        "--limit 1 --only type=com.acme.OrderPlaced --only code=timed_out",
        "1 letter in",
    );
}

#[test]
fn a_letter_is_shown_and_its_value_on_request() {
    let bed = Bed::new();
    let mut framed = event("o-1", "");
    framed.value = Some(b"\0\0\0\0\x07{\"total\":1}".to_vec());
    framed.headers.set("event_id", "id-framed");
    bed.send(&[letter(&framed), letter(&event("o-1", "x"))]);
    let known = "place        0:0\n\
                 topic        orders\n\
                 partition    0\n\
                 key          o-1\n\
                 event_id     id-framed\n\
                 type         com.acme.OrderPlaced\n\
                 time         2023-11-14T22:13:20.123Z\n\
                 schema id    7\n\
                 error        no confirmation within 120 s\n\
                 code         timed_out\n\
                 persistence  not_persisted\n\
                 attempts     2\n\
                 accepted     2026-05-12T08:15:29.250Z\n\
                 failed       2026-05-12T08:15:30.250Z\n\
                 value        16 bytes\n\
                 header       event_type = com.acme.OrderPlaced\n\
                 header       empty = (null)\n\
                 header       event_id = id-framed\n";
    for letter in ["0:0", "id-framed"] {
        bed.run(&format!("show orders.dlq {letter}")).is(0, known);
    }
    for (payload, expected) in [
        ("text", "{\"total\":1}"),
        ("hex", "00000000077b22746f74616c223a317d"),
        ("base64", "AAAAAAd7InRvdGFsIjoxfQ=="),
    ] {
        let arguments = format!("show orders.dlq 0:0 --payload {payload}");
        bed.run(&arguments).is(0, &format!("{known}\n{expected}\n"));
    }
    for letter in ["0:2", "id-nobody"] {
        bed.run(&format!("show orders.dlq {letter}")).is(
            101,
            &format!(
                "error: orders.dlq has no letter {letter}\nhelp: see which there are: publisher dlq list orders.dlq\n"
            ),
        );
    }
}

#[test]
fn what_is_not_whole_is_passed_over() {
    let bed = Bed::new();
    let mut no_letter = event("o-1", "no letter");
    no_letter.topic = "orders.dlq".to_owned();
    // A letter for an event of the letters' own topic: it would come back for ever.
    let mut of_letters = event("o-1", "d");
    of_letters.topic = "orders.dlq".to_owned();
    let mut back = letter(&of_letters);
    back.topic = "orders.dlq".to_owned();
    bed.send(&[
        letter(&event("o-1", "a")),
        DeadLetters::new().payload(false).letter(&failed(&event("o-1", "b"))),
        no_letter,
        back,
        letter(&event("o-1", "c")),
    ]);
    bed.run("replay orders.dlq").is(
        100,
        "passed over: 0:1: the letter does not hold its value of 1 byte (withheld)\n\
         passed over: 0:2: is no envelope: it is no JSON from line 1, column 2 on\n\
         passed over: 0:3: its event would come back into the topic of the letters\n  \
         orders: 2 events\n\
         2 replayed, 2 skipped, 1 unreadable, 0 failed\n\
         go on from here with --from 0:5\n",
    );
    assert_eq!(bed.values("orders"), ["a", "c"]);
}

#[test]
fn a_replay_can_be_done_in_parts() {
    let bed = Bed::new();
    let letters: Vec<Record> = (0..10)
        .map(|number| letter(&event(&format!("o-{}", number % 2), &number.to_string())))
        .collect();
    bed.send(&letters);
    bed.run("replay orders.dlq --limit 3 --only key=o-1").has(
        0,
        &["ok: 3 replayed, 0 skipped, 0 unreadable, 0 failed\ngo on from here with --from 0:6\n"],
    );
    assert_eq!(bed.values("orders"), ["1", "3", "5"]);
    bed.run("replay orders.dlq --from 0:6 --only key=o-1")
        .has(0, &["ok: 2 replayed"]);
    assert_eq!(bed.values("orders"), ["1", "3", "5", "7", "9"]);
}

#[test]
fn the_first_that_fails_ends_it_and_says_where_to_go_on() {
    let bed = Bed::new();
    let mut old = event("o-1", "b");
    old.timestamp_ms = -5;
    bed.send(&[letter(&event("o-1", "a")), letter(&old), letter(&event("o-1", "c"))]);
    bed.run("replay orders.dlq").is(
        101,
        "error: the event of letter 0:1 could not be published to orders\n  \
         - 1 replayed, 0 skipped, 0 unreadable, 1 failed\n  \
         because timestamp -5 ms cannot be sent: it must lie after 1970-01-01T00:00:00Z\n\
         help: go on where it ended: publisher dlq replay orders.dlq --from 0:1\n",
    );
    assert_eq!(bed.values("orders"), ["a"]);
    bed.run("replay orders.dlq --from 0:2").has(0, &["ok: 1 replayed"]);
    assert_eq!(bed.values("orders"), ["a", "c"]);
}

#[test]
fn nothing_of_a_key_overtakes_what_the_broker_refuses() {
    let bed = Bed::new();
    let letters: Vec<Record> = ["a", "b", "c"]
        .iter()
        .map(|value| letter(&event("o-1", value)))
        .collect();
    bed.send(&letters);
    bed.cluster.produce_errors(&[ProduceFault::InvalidRecord]).unwrap();
    bed.run("replay orders.dlq").has(
        101,
        &[
            "error: the event of letter 0:0 could not be published to orders\n",
            "  - 0 replayed, 0 skipped, 0 unreadable, 1 failed\n",
            "help: go on where it ended: publisher dlq replay orders.dlq --from 0:0\n",
        ],
    );
    assert!(bed.records("orders").is_empty());
    bed.run("replay orders.dlq --from 0:0").has(0, &["ok: 3 replayed"]);
    assert_eq!(bed.values("orders"), ["a", "b", "c"]);
}

#[test]
fn many_keys_keep_their_order() {
    let bed = Bed::new();
    bed.cluster.create_topic("many", 4).unwrap();
    bed.cluster.create_topic("many.dlq", 3).unwrap();
    let mut events: Vec<Record> = (0..600)
        .map(|number| event(&format!("o-{}", number % 40), &number.to_string()))
        .collect();
    for event in &mut events {
        event.topic = "many".to_owned();
    }
    // Without a key there is no order to keep.
    for event in events.iter_mut().step_by(7) {
        event.key = None;
    }
    bed.send(&events.iter().map(letter).collect::<Vec<_>>());
    bed.run("replay many.dlq")
        .has(0, &["  many: 600 events\nok: 600 replayed"]);
    let replayed = bed.records("many");
    assert_eq!(replayed.len(), 600);
    for key in (0..40).map(|key| format!("o-{key}").into_bytes()) {
        let of_key = |records: &[Record]| -> Vec<Record> {
            records
                .iter()
                .filter(|record| record.key.as_ref() == Some(&key))
                .cloned()
                .collect()
        };
        assert_eq!(of_key(&replayed), of_key(&events));
    }
}

#[test]
fn a_file_is_like_a_topic() {
    let bed = Bed::new();
    let path = bed.project.folder.join("letters/dead-letters.jsonl");
    let file = DeadLetterFile::at(&path);
    let lines: Vec<String> = ["a", "b", "c"]
        .iter()
        .map(|value| DeadLetters::new().line(&failed(&event("o-1", value))))
        .collect();
    file.append(&lines[..1]).unwrap();
    // A crash tore a line off.
    let whole = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, format!("{whole}{}", &lines[1][..40])).unwrap();
    file.append(&lines[1..]).unwrap();
    let name = "letters/dead-letters.jsonl";
    let list = bed.project.run(&format!("dlq list {name}"));
    list.has(
        100,
        &[
            "no letter: 2 is no envelope",
            "\n4      2026-",
            "3 letters in letters/dead-letters.jsonl, 1 unreadable\n",
        ],
    );
    bed.project
        .run(&format!("dlq show {name} 3"))
        .has(0, &["place        3\n", "event_id     id-b\n"]);
    bed.project.run(&format!("dlq show {name} 2")).has(
        101,
        &["error: 2 of letters/dead-letters.jsonl is no letter\n  because is no envelope"],
    );
    bed.project
        .run(&format!("dlq replay {name} --dry-run"))
        .has(100, &["3 to replay, 0 skipped, 1 unreadable, 0 failed\n"]);
    bed.project.run(&format!("dlq replay {name}")).has(
        101,
        &[
            "there is no cluster to publish the events to",
            "--bootstrap-servers HOST:PORT",
        ],
    );
    bed.run(&format!("replay {name}")).has(
        100,
        &["3 replayed, 0 skipped, 1 unreadable, 0 failed\ngo on from here with --from 5\n"],
    );
    assert_eq!(bed.values("orders"), ["a", "b", "c"]);
    bed.run(&format!("replay {name} --from 4")).has(0, &["ok: 1 replayed"]);
    assert_eq!(bed.values("orders"), ["a", "b", "c", "c"]);
}

#[test]
fn what_cannot_be_read_is_told() {
    let bed = Bed::new();
    bed.project.run("dlq list orders.dlq").has(
        101,
        &[
            "there is no file orders.dlq, and no address of a cluster that has a topic orders.dlq",
            "--config FILE",
        ],
    );
    bed.project
        .run("dlq list ./nothing.jsonl")
        .has(101, &["./nothing.jsonl cannot be read"]);
    bed.run("list .")
        .has(101, &[". cannot be read\n  because it is no file"]);
    bed.run("list orders.dlq --from 3")
        .has(101, &["--from 3 is a line, and orders.dlq is a topic"]);
    bed.run("list orders.dlq --from 9:0")
        .has(101, &["topic orders.dlq has no partition 9"]);
    bed.run("list shop.properties --from 0:3")
        .has(101, &["--from names something else than a line"]);
    bed.project
        .write("none.properties", "linger.ms=5\n")
        .write("wrong.properties", "bootstrap.server=a\n");
    bed.project
        .run("dlq list orders.dlq --config none.properties")
        .has(101, &["none.properties names no bootstrap.servers"]);
    bed.project
        .run("dlq list orders.dlq --config wrong.properties")
        .has(101, &["bootstrap.server", "bootstrap.servers"]);
    bed.project
        .run("dlq list orders.dlq --config missing.properties")
        .has(101, &["missing.properties"]);
    bed.cluster.create_topic("empty.dlq", 1).unwrap();
    bed.run("list empty.dlq").is(0, "0 letters in empty.dlq\n");
    // An offset beyond the end has nothing behind it.
    bed.run("replay empty.dlq --from 0:7").has(0, &["ok: 0 replayed"]);
}
