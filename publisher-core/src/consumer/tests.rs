//! Topics as they are read from the embedded cluster, from their beginning and from a place.

use std::net::TcpListener;
use std::sync::Arc;

use super::*;
use crate::producer::{KafkaProducer, Outcome, Producer as _, Reports, Token};
use crate::testing::EmbeddedCluster;

const DEADLINE: Duration = Duration::from_secs(30);

struct Delivered;

impl Reports for Delivered {
    fn report(&self, _: Token, outcome: Outcome) {
        outcome.unwrap();
    }
}

/// A topic of two partitions, of which the first has three records.
fn cluster() -> (EmbeddedCluster, KafkaSettings) {
    let cluster = EmbeddedCluster::start().unwrap();
    cluster.create_topic("letters", 2).unwrap();
    let settings = KafkaSettings::new(cluster.bootstrap_servers());
    let producer = KafkaProducer::new(&settings, Arc::new(Delivered)).unwrap();
    for number in 0..3_u8 {
        let record = Record {
            topic: "letters".to_owned(),
            partition: Some(0),
            key: None,
            value: Some(vec![number]),
            headers: Headers::new(),
            timestamp_ms: 1,
        };
        producer.send(record.as_ref(), Token(0)).unwrap();
    }
    assert_eq!(producer.flush(DEADLINE), 0);
    (cluster, settings)
}

#[test]
fn a_topic_is_read_from_a_place_to_its_end() {
    let (_cluster, settings) = cluster();
    let check = |from: &[(i32, u64)], expected: &[u8]| {
        let from = from
            .iter()
            .map(|(partition, offset)| (*partition, Offset(*offset)))
            .collect();
        let mut reader = TopicReader::open(&settings, "letters", &from, DEADLINE)
            .unwrap()
            .unwrap();
        assert_eq!(reader.remaining(), expected.len() as u64);
        let mut values = Vec::new();
        while let Some(record) = reader.next(DEADLINE).unwrap() {
            assert_eq!(
                (record.partition, record.offset.0),
                (0, u64::from(record.value.as_ref().unwrap()[0]))
            );
            values.extend(record.value.unwrap());
        }
        assert_eq!(values, expected);
        assert_eq!(reader.remaining(), 0);
        assert_eq!(reader.next(Duration::ZERO), Ok(None));
        reader.begin().clone()
    };
    let begin = check(&[], &[0, 1, 2]);
    assert_eq!(begin, BTreeMap::from([(0, Offset(0)), (1, Offset(0))]));
    let begin = check(&[(0, 2), (1, 5)], &[2]);
    assert_eq!(begin, BTreeMap::from([(0, Offset(2)), (1, Offset(5))]));
    check(&[(0, 3)], &[]);
    check(&[(0, u64::MAX)], &[]);
}

#[test]
fn what_cannot_be_read_says_why() {
    // A port that nobody listens on any more.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let settings = KafkaSettings::new(format!("127.0.0.1:{port}"));
    let open = |settings: &KafkaSettings| {
        let error = TopicReader::open(settings, "letters", &BTreeMap::new(), Duration::from_secs(2)).unwrap_err();
        error.to_string()
    };
    let error = open(&settings);
    assert!(
        error.starts_with(&format!("cannot read topic letters at 127.0.0.1:{port}: ")),
        "{error}"
    );
    assert!(error.contains("Connection refused"), "{error}");
    let mut wrong = settings;
    wrong.properties.push(("fetch.min.bytes".to_owned(), "many".to_owned()));
    assert!(open(&wrong).contains("fetch.min.bytes"), "{}", open(&wrong));
}
