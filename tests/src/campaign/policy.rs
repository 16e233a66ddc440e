//! What the publisher of a round does with events that fail for good, and whether each dead letter is where it was said
//! to be.

use std::collections::BTreeSet;
use std::fs;

use publisher_core::dead_letter::{DeadLetter, DeadLetters};
use publisher_core::{HeldKeys, OnFailure, PublisherBuilder, Record};

use crate::checker::{Breach, End, History, Violation};
use crate::counted::{identity, read_records};
use crate::folder::Folder;
use crate::load::Load;
use crate::random::Random;

/// The name of the file for letters that the topic does not take.
const FILE: &str = "letters.jsonl";

/// A policy, with a folder for letters.
pub(super) struct Policy {
    on_failure: OnFailure,
    folder: Folder,
}

impl Policy {
    pub(super) fn draw(random: &mut Random) -> Self {
        let on_failure = random.pick(&[
            OnFailure::Return,
            OnFailure::Return,
            OnFailure::DeadLetter,
            OnFailure::HoldKey(HeldKeys::Hold),
            OnFailure::HoldKey(HeldKeys::DeadLetter),
        ]);
        Self {
            on_failure,
            folder: Folder::new(),
        }
    }

    pub(super) fn on_failure(&self) -> OnFailure {
        self.on_failure
    }

    pub(super) fn set(&self, builder: PublisherBuilder) -> PublisherBuilder {
        builder
            .on_failure(self.on_failure)
            .dead_letters(DeadLetters::new().file(self.folder.path.join(FILE)))
    }

    /// Lets the keys go that are held.
    pub(super) fn release(&self, load: &Load) {
        for held in load.publisher.held_keys() {
            load.publisher.release(&held.topic, &held.key);
        }
    }

    /// Compares the events that became letters with the letters that there are. Blocks the thread.
    pub(super) fn judge(&self, load: &Load, history: &History, bootstrap_servers: &str) -> Vec<Violation> {
        let topic = dead_letter_topic(load.topic());
        let records = read_records(bootstrap_servers, &topic);
        let in_topic = records.into_iter().map(|record| {
            let record = Record {
                topic: topic.clone(),
                partition: Some(record.partition),
                key: record.key,
                value: record.value,
                headers: record.headers,
                timestamp_ms: record.timestamp_ms,
            };
            DeadLetter::from_record(&record).unwrap()
        });
        let file = fs::read_to_string(self.folder.path.join(FILE)).unwrap_or_default();
        let in_file = file.lines().map(|line| DeadLetter::from_line(line.as_bytes()).unwrap());
        let letters: BTreeSet<_> = in_topic
            .chain(in_file)
            .map(|letter| identity(&letter.original))
            .collect();
        let told = load.recorder.dead_lettered();

        let mut violations = Vec::new();
        let mut breach = |(key, sequence): (String, u64), breach| {
            violations.push(Violation {
                seed: history.seed,
                key,
                sequence,
                breach,
            });
        };
        told.difference(&letters)
            .for_each(|id| breach(id.clone(), Breach::NoLetter));
        for event in &history.events {
            let id = (event.key.clone(), event.sequence);
            if matches!(event.end, Some(End::Delivered(_) | End::Returned | End::Withdrawn)) && letters.contains(&id) {
                breach(id, Breach::UnwantedLetter);
            }
        }
        violations
    }
}

pub(super) fn dead_letter_topic(topic: &str) -> String {
    format!("{topic}.dlq")
}
