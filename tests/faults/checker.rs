//! The checker itself: a history that is in order passes, and each change that breaks it is found, by name.

use tests::checker::{Accepted, Breach, Copied, Counts, End, History, Place, Repeats, check};
use tests::random::Random;

const SEED: u64 = 7;
const KEYS: [&str; 2] = ["a", "b"];

/// Three ends of each kind that leaves no record, and deliveries and unknown ends around them.
const ENDS: [End; 8] = [
    End::Delivered(None),
    End::Failed,
    End::Unknown,
    End::Delivered(None),
    End::Returned,
    End::Withdrawn,
    End::Unknown,
    End::Delivered(None),
];

struct Run {
    history: History,
    log: Vec<Copied>,
    counted: Counts,
}

impl Run {
    /// Each key has a partition; of the unknown events the second is in the log and the first is not.
    fn in_order() -> Self {
        let (mut history, mut log, mut counted) = (History::default(), Vec::new(), Counts::default());
        history.seed = SEED;
        for (partition, key) in KEYS.iter().enumerate() {
            let mut unknown = 0;
            for (sequence, end) in (0..).zip(ENDS) {
                let place = Place {
                    partition: partition as i32,
                    offset: sequence * 3,
                };
                let event_id = format!("{key}/{sequence}");
                let end = match end {
                    End::Delivered(_) => End::Delivered(Some(place)),
                    end => end,
                };
                unknown += u32::from(end == End::Unknown);
                if matches!(end, End::Delivered(_)) || end == End::Unknown && unknown == 2 {
                    log.push(Copied {
                        key: (*key).to_owned(),
                        sequence,
                        event_id: event_id.clone(),
                        place,
                    });
                }
                counted.count(Some(end));
                history.events.push(Accepted {
                    key: (*key).to_owned(),
                    sequence,
                    event_id: Some(event_id),
                    end: Some(end),
                });
            }
        }
        Self { history, log, counted }
    }

    fn event(&mut self, key: &str, sequence: u64) -> &mut Accepted {
        let mut events = self.history.events.iter_mut();
        events
            .find(|event| event.key == key && event.sequence == sequence)
            .unwrap()
    }

    fn copy(&mut self, key: &str, sequence: u64) -> &mut Copied {
        let mut copies = self.log.iter_mut();
        copies
            .find(|copy| copy.key == key && copy.sequence == sequence)
            .unwrap()
    }

    /// Appends a copy of an event to a partition.
    fn append(&mut self, key: &str, sequence: u64, partition: i32) {
        let end = self.log.iter().map(|copy| copy.place.offset).max().unwrap();
        self.log.push(Copied {
            key: key.to_owned(),
            sequence,
            event_id: format!("{key}/{sequence}"),
            place: Place {
                partition,
                offset: end + 1,
            },
        });
    }

    /// The violations, one a line.
    fn found(&self, repeats: Repeats) -> String {
        let report = check(&self.history, &self.log, &[self.counted], repeats);
        let lines = report.violations.iter().map(ToString::to_string);
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// Breaks a run that is in order.
#[track_caller]
fn finds(expected: &str, change: impl Fn(&mut Run)) {
    let mut run = Run::in_order();
    change(&mut run);
    assert_eq!(run.found(Repeats::Refused), expected);
}

#[test]
fn what_is_in_order_passes() {
    let mut run = Run::in_order();
    assert_eq!(run.found(Repeats::Refused), "");
    let report = check(&run.history, &run.log, &[run.counted], Repeats::Refused);
    assert_eq!((report.records, report.repeated), (8, 0));
    assert_eq!(
        report.counts.to_string(),
        "16 accepted = 6 delivered + 2 failed + 4 unknown + 2 returned + 2 withdrawn"
    );

    // An unknown event may come again, wherever: its first copy has the order.
    run.append("a", 6, 0);
    run.append("a", 6, 0);
    assert_eq!(run.found(Repeats::Refused), "");
    let report = check(&run.history, &run.log, &[run.counted], Repeats::Refused);
    assert_eq!(report.repeated, 2);

    // An id that the publisher chose is whichever its copies carry.
    run.event("a", 6).event_id = None;
    assert_eq!(run.found(Repeats::Refused), "");

    // A delivery without an offset says nothing of the place.
    run.event("b", 0).end = Some(End::Delivered(None));
    assert_eq!(run.found(Repeats::Refused), "");

    // A broker without sequence numbers writes a repeated batch twice.
    run.append("b", 0, 1);
    assert_eq!(run.found(Repeats::Appended), "");
    // Here others were not delivered.
    assert_eq!(run.found(Repeats::RefusedUntilTimeout), "");
    assert_eq!(
        run.found(Repeats::Refused),
        "seed 7, key b, event 0: delivered, but 2 times in the log"
    );
}

#[test]
fn each_breach_is_found() {
    finds("seed 7, key a, event 3: delivered, but not in the log", |run| {
        run.log.retain(|copy| copy.event_id != "a/3");
    });
    finds("seed 7, key b, event 3: delivered, but 2 times in the log", |run| {
        run.append("b", 3, 1);
    });
    finds(
        "seed 7, key a, event 0: delivered to [0]@1, but lies elsewhere",
        |run| {
            let told = Place {
                partition: 0,
                offset: 1,
            };
            run.event("a", 0).end = Some(End::Delivered(Some(told)));
        },
    );
    // At the end of the log they are in nobody's way.
    for (sequence, end) in [(1, "Failed"), (4, "Returned"), (5, "Withdrawn")] {
        finds(
            &format!(
                "seed 7, key a, event {sequence}: {end}, but in the log\n\
                 seed 7, key a, event {sequence}: lies at [0]@22, after event 7 at [0]@21"
            ),
            |run| run.append("a", sequence, 0),
        );
    }
    finds("seed 7, key b, event 7: in the log under the other id new", |run| {
        run.copy("b", 7).event_id = "new".to_owned();
    });
    finds("seed 7, key a, event 6: in the log under the other id new", |run| {
        run.event("a", 6).event_id = None;
        run.append("a", 6, 0);
        run.log.last_mut().unwrap().event_id = "new".to_owned();
    });
    finds("seed 7, key a, event 8: in the log, but never accepted", |run| {
        run.append("a", 8, 0);
    });
    finds(
        "seed 7, key a, event 3: lies at [0]@22, after event 6 at [0]@18",
        |run| {
            run.copy("a", 3).place.offset = 22;
            run.copy("a", 7).place.offset = 23;
            let places = [3, 7].map(|sequence| run.copy("a", sequence).place);
            run.event("a", 3).end = Some(End::Delivered(Some(places[0])));
            run.event("a", 7).end = Some(End::Delivered(Some(places[1])));
        },
    );
    finds(
        "seed 7, key a, event 7: the key's events lie in more than one partition",
        |run| {
            let place = Place {
                partition: 5,
                offset: 0,
            };
            run.copy("a", 7).place = place;
            run.event("a", 7).end = Some(End::Delivered(Some(place)));
        },
    );
    finds("seed 7, key a, event 0: accepted twice under one number", |run| {
        let event = run.event("a", 0).clone();
        run.history.events.push(event);
    });
    finds(
        "seed 7, key a, event 2: accepted, and nobody was told how it ended\n\
         seed 7: counted are 16 accepted = 6 delivered + 2 failed + 4 unknown + 2 returned + 2 withdrawn, but there are \
         15 accepted = 6 delivered + 2 failed + 3 unknown + 2 returned + 2 withdrawn",
        |run| run.event("a", 2).end = None,
    );
    finds(
        "seed 7: counted are 15 accepted = 5 delivered + 2 failed + 4 unknown + 2 returned + 2 withdrawn, but there are \
         16 accepted = 6 delivered + 2 failed + 4 unknown + 2 returned + 2 withdrawn",
        |run| run.counted.delivered -= 1,
    );
}

/// Whatever two neighbours of a key are exchanged in a long log, it is found, and the report is short.
#[test]
fn any_exchange_in_a_long_log_is_found() {
    for seed in 0..50 {
        let mut random = Random::new(seed);
        let mut run = Run::in_order();
        run.history.events.clear();
        run.log.clear();
        for sequence in 0..200 {
            let place = Place {
                partition: 0,
                offset: sequence,
            };
            let event_id = format!("a/{sequence}");
            run.log.push(Copied {
                key: "a".to_owned(),
                sequence,
                event_id: event_id.clone(),
                place,
            });
            run.history.events.push(Accepted {
                key: "a".to_owned(),
                sequence,
                event_id: Some(event_id),
                end: Some(End::Delivered(None)),
            });
        }
        let check = |run: &Run| check(&run.history, &run.log, &[], Repeats::Refused);
        check(&run).assert();
        run.append("a", 199, 0);
        let found = run.found(Repeats::RefusedUntilTimeout);
        assert!(
            found.starts_with("seed 7, key a, event 199: delivered, but 2 times in the log"),
            "{found}"
        );
        run.log.pop();
        let at = random.below(199_usize);
        let (left, right) = run.log.split_at_mut(at + 1);
        std::mem::swap(&mut left[at].place, &mut right[0].place);
        let report = check(&run);
        let late: Vec<_> = report.violations.iter().collect();
        assert!(
            matches!(late[..], [violation] if matches!(violation.breach, Breach::Late { .. }) && violation.sequence == at as u64),
            "seed {seed}: {report}"
        );
    }
}

#[test]
#[should_panic(expected = "and 180 more violations")]
fn a_report_with_violations_fails_the_test_and_stays_short() {
    let mut run = Run::in_order();
    run.history.events.clear();
    run.log.clear();
    for sequence in 0..200 {
        run.history.events.push(Accepted {
            key: "a".to_owned(),
            sequence,
            event_id: Some(sequence.to_string()),
            end: Some(End::Delivered(None)),
        });
    }
    check(&run.history, &run.log, &[], Repeats::Refused).assert();
}
