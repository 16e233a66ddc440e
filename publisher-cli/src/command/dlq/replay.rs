//! `publisher dlq replay`: the events of letters to the topics where they were to go, in the order of each key.
//!
//! An event is handed over once the one before it of its key is in the log, so that one that fails again is not overtaken;
//! events of different keys are on their way together. The first that fails ends the replay.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Result;
use publisher_core::dead_letter::DeadLetter;
use publisher_core::producer::{KafkaProducer, KafkaSettings, Outcome, Producer as _, Reports, SendError, Token};
use publisher_core::{Persistence, ProduceError, Record};

use super::resume::Resume;
use super::source::{self, Source, is_chosen};
use super::words;
use crate::Exit;
use crate::cli::DlqReplay;
use crate::command::{Answer, counted};
use crate::failure::Failure;
use crate::letters::Place;
use crate::paint::Paint;
use crate::surroundings::Surroundings;

/// How many events are on their way at most.
const WINDOW: usize = 1_000;
/// How long a producer that is full of nothing of ours may take to make room.
const FULL_PAUSE: Duration = Duration::from_millis(100);
/// How many letters that were passed over are named.
const NAMED: usize = 100;

pub(super) fn run(replay: &DlqReplay, surroundings: &Surroundings) -> Result<Answer> {
    let settings = source::settings(&replay.letters, surroundings)?;
    let mut source = Source::open(&replay.letters, settings.as_ref(), surroundings)?;
    let mut tally = Tally::new(&source);
    let line = match (replay.dry_run, settings) {
        (true, _) => None,
        (false, Some(settings)) => Some(Line::start(settings)?),
        (false, None) => {
            return Err(Failure::new("there is no cluster to publish the events to")
                .help("name it: --bootstrap-servers HOST:PORT or --config FILE; --dry-run needs none for a file")
                .into());
        }
    };
    let stopped = match line {
        None => each(replay, &mut source, &mut tally, |tally, _, letter| {
            tally.replayed(&letter.original.topic);
            Ok(true)
        }),
        Some(mut line) => {
            let stopped = each(replay, &mut source, &mut tally, |tally, place, letter| {
                line.hand_over(place, letter.original, tally)
            });
            // What is on its way is waited for in every case: the counts are exact.
            line.drain(&mut tally);
            stopped
        }
    };
    match (stopped, tally.failed.is_empty()) {
        (Ok(()), true) => Ok(answer(replay, &tally, surroundings)),
        (Err(error), true) => {
            let what = format!("{} could not be read to the end", replay.letters.source);
            Err(failure(replay, &tally, what)
                .because(error.into_boxed_dyn_error())
                .into())
        }
        (_, false) => {
            let Failed { place, topic, error } = &tally.failed[0];
            let known = match error.persistence() {
                Persistence::NotPersisted => "",
                Persistence::PossiblyPersisted => ", and may be in the log",
            };
            let what = format!("the event of letter {place} could not be published to {topic}{known}");
            Err(failure(replay, &tally, what).because(error.clone()).into())
        }
    }
}

/// Goes through the letters until `take` says no, or until there are none.
fn each(
    replay: &DlqReplay,
    source: &mut Source,
    tally: &mut Tally,
    mut take: impl FnMut(&mut Tally, Place, DeadLetter) -> Result<bool>,
) -> Result<()> {
    let mut taken = 0;
    while replay.chosen.limit.is_none_or(|limit| taken < limit)
        && let Some(entry) = source.next()?
    {
        tally.resume.read(entry.place);
        match entry.letter {
            Err(error) => tally.pass_over(entry.place, error.to_string(), true),
            Ok(letter) if !is_chosen(&letter, &replay.chosen.only) => {}
            Ok(letter) => match words::not_whole(&letter) {
                Some(why) => tally.pass_over(entry.place, why, false),
                None if Some(letter.original.topic.as_str()) == source.topic() => {
                    let why = "its event would come back into the topic of the letters".to_owned();
                    tally.pass_over(entry.place, why, false);
                }
                None => {
                    taken += 1;
                    if !take(tally, entry.place, letter)? {
                        return Ok(());
                    }
                }
            },
        }
    }
    Ok(())
}

/// What became of the letters.
struct Tally {
    /// By the topic that the events went to.
    replayed: BTreeMap<String, u64>,
    skipped: u64,
    unreadable: u64,
    /// The first of those that were passed over.
    passed: Vec<(Place, String)>,
    failed: Vec<Failed>,
    resume: Resume,
}

struct Failed {
    place: Place,
    topic: String,
    error: ProduceError,
}

impl Tally {
    fn new(source: &Source) -> Self {
        Self {
            replayed: BTreeMap::new(),
            skipped: 0,
            unreadable: 0,
            passed: Vec::new(),
            failed: Vec::new(),
            resume: Resume::new(source.begin()),
        }
    }

    fn replayed(&mut self, topic: &str) {
        *self.replayed.entry(topic.to_owned()).or_default() += 1;
    }

    fn pass_over(&mut self, place: Place, why: String, unreadable: bool) {
        let count = if unreadable {
            &mut self.unreadable
        } else {
            &mut self.skipped
        };
        *count += 1;
        if self.passed.len() < NAMED {
            self.passed.push((place, why));
        }
    }

    fn fail(&mut self, place: Place, topic: String, error: ProduceError) {
        self.resume.undone(place);
        self.failed.push(Failed { place, topic, error });
    }

    fn counts(&self, word: &str) -> String {
        format!(
            "{} {word}, {} skipped, {} unreadable, {} failed",
            self.replayed.values().sum::<u64>(),
            self.skipped,
            self.unreadable,
            self.failed.len()
        )
    }

    fn passed_over(&self) -> Vec<String> {
        let mut lines: Vec<String> = self
            .passed
            .iter()
            .map(|(place, why)| format!("{place}: {why}"))
            .collect();
        let more = (self.skipped + self.unreadable).saturating_sub(NAMED as u64);
        if more > 0 {
            lines.push(format!("and {more} more"));
        }
        lines
    }
}

fn answer(replay: &DlqReplay, tally: &Tally, surroundings: &Surroundings) -> Answer {
    let paint = Paint::new(surroundings.coloured_out);
    let mut text = String::new();
    for line in tally.passed_over() {
        let _ = writeln!(text, "{} {line}", paint.warning("passed over:"));
    }
    let word = if replay.dry_run { "to replay" } else { "replayed" };
    for (topic, count) in &tally.replayed {
        let count = usize::try_from(*count).unwrap_or(usize::MAX);
        let _ = writeln!(text, "  {}: {}", words::plain(topic), counted(count, "event"));
    }
    let is_clean = tally.passed.is_empty();
    let mark = if is_clean {
        format!("{} ", paint.good("ok:"))
    } else {
        String::new()
    };
    let _ = writeln!(text, "{mark}{}", tally.counts(word));
    // A limit leaves a rest, and letters may come in the meantime.
    if !replay.dry_run {
        let _ = writeln!(text, "go on from here with --from {}", tally.resume.argument());
    }
    Answer {
        text,
        exit: if is_clean { Exit::Clean } else { Exit::Findings },
    }
}

fn failure(replay: &DlqReplay, tally: &Tally, what: String) -> Failure {
    let mut details = vec![tally.counts("replayed")];
    details.extend(tally.failed.iter().skip(1).map(|failed| {
        let Failed { place, topic, error } = failed;
        format!("{place} to {topic} failed as well: {error}")
    }));
    details.extend(tally.passed_over());
    let again = format!(
        "publisher dlq replay {} --from {}",
        replay.letters.source,
        tally.resume.argument()
    );
    let failure = Failure::new(what)
        .details(details)
        .help(format!("go on where it ended: {again}"));
    match tally.resume.ahead() {
        0 => failure,
        ahead => failure.help(format!(
            "{} behind that place went through already and would be published again, with the same event_id",
            counted(ahead, "event")
        )),
    }
}

/// The events that are on their way.
struct Line {
    producer: KafkaProducer,
    outcomes: Receiver<(Token, Outcome)>,
    under_way: HashMap<usize, (Place, Record)>,
    /// Topic and key of those that have one: the next of the key waits.
    keys: HashSet<(String, Vec<u8>)>,
    next_token: usize,
}

impl Line {
    fn start(mut settings: KafkaSettings) -> Result<Self> {
        // The next event of a key waits for the one before it: to wait for company would only cost time.
        settings.linger = Duration::ZERO;
        let (reports, outcomes) = mpsc::channel();
        let producer = KafkaProducer::new(&settings, Arc::new(Inbox(Mutex::new(reports))))?;
        Ok(Self {
            producer,
            outcomes,
            under_way: HashMap::new(),
            keys: HashSet::new(),
            next_token: 0,
        })
    }

    /// Hands an event over once there is room and nothing of its key is on its way; `false` if an earlier one has failed.
    fn hand_over(&mut self, place: Place, record: Record, tally: &mut Tally) -> Result<bool> {
        let key = record.key.clone().map(|key| (record.topic.clone(), key));
        self.take_reports(tally);
        while self.under_way.len() >= WINDOW || key.as_ref().is_some_and(|key| self.keys.contains(key)) {
            self.wait(tally);
        }
        if !tally.failed.is_empty() {
            // Not an event that failed, but it is not done.
            tally.resume.undone(place);
            return Ok(false);
        }
        let token = self.next_token;
        self.next_token += 1;
        loop {
            match self.producer.send(record.as_ref(), Token(token)) {
                Ok(()) => break,
                Err(SendError::Full) if self.under_way.is_empty() => {
                    self.producer.flush(FULL_PAUSE);
                }
                Err(SendError::Full) => self.wait(tally),
                Err(SendError::Refused(error)) => {
                    tally.fail(place, record.topic, error);
                    return Ok(false);
                }
            }
        }
        self.keys.extend(key);
        self.under_way.insert(token, (place, record));
        Ok(true)
    }

    /// Waits for one report. Each record has one: the producer, which is ours, gives up what takes longer than its delivery
    /// timeout.
    fn wait(&mut self, tally: &mut Tally) {
        if let Ok((token, outcome)) = self.outcomes.recv() {
            self.settle(token, outcome, tally);
        }
        self.take_reports(tally);
    }

    fn take_reports(&mut self, tally: &mut Tally) {
        while let Ok((token, outcome)) = self.outcomes.try_recv() {
            self.settle(token, outcome, tally);
        }
    }

    fn settle(&mut self, token: Token, outcome: Outcome, tally: &mut Tally) {
        let Some((place, record)) = self.under_way.remove(&token.0) else {
            return;
        };
        if let Some(key) = record.key {
            self.keys.remove(&(record.topic.clone(), key));
        }
        match outcome {
            Ok(_) => {
                tally.replayed(&record.topic);
                tally.resume.delivered(place);
            }
            Err(undelivered) => tally.fail(place, record.topic, undelivered.error),
        }
    }

    fn drain(&mut self, tally: &mut Tally) {
        while !self.under_way.is_empty() {
            self.wait(tally);
        }
    }
}

/// Takes the producer's reports to the thread of the replay.
struct Inbox(Mutex<Sender<(Token, Outcome)>>);

impl Reports for Inbox {
    fn report(&self, token: Token, outcome: Outcome) {
        let reports = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Nobody waits any more once the replay has ended.
        let _ = reports.send((token, outcome));
    }
}
