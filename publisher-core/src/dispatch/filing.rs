//! Dead letters that no topic takes, on their way to the local file.
//!
//! On a thread of its own, which ends when there is nothing left: writing blocks until the disk has it. All that wait go
//! with one write.

use std::sync::{Arc, Weak};
use std::thread;

use super::letter::Letter;
use super::transit::Transit;
use super::{Dispatcher, State};
use crate::dead_letter::{DeadLetterFile, DeadLetterFileError};
use crate::error::{LetterPlace, Persistence, ProduceError, ProduceErrorKind};

/// A letter that is to be filed, and whose it is.
pub(super) type ToFile = (Transit, Arc<Letter>);

/// The most that go with one write.
const AT_ONCE: usize = 512;

impl Dispatcher {
    /// Sees to it that letters are filed.
    pub(super) fn start_filing(&self, state: &mut State) {
        if std::mem::replace(&mut state.filing, true) {
            return;
        }
        let dispatcher = Weak::clone(&self.this);
        let file = move || {
            if let Some(dispatcher) = dispatcher.upgrade() {
                dispatcher.file_all();
            }
        };
        if let Err(error) = thread::Builder::new().name("publisher-letters".to_owned()).spawn(file) {
            // The next letter tries again; those that wait keep their places, and a shutdown gives them back.
            state.filing = false;
            tracing::error!(%error, "no thread to write dead letters to their file");
        }
    }

    /// Writes letters until none is left.
    fn file_all(&self) {
        let Some(file) = &self.file else { return };
        loop {
            let mut state = self.lock();
            if state.to_file.is_empty() {
                state.filing = false;
                return;
            }
            let count = state.to_file.len().min(AT_ONCE);
            let letters: Vec<ToFile> = state.to_file.drain(..count).collect();
            drop(state);
            let lines: Vec<String> = letters.iter().map(|(_, letter)| self.line_of(letter)).collect();
            let written = file.append(&lines);
            if written.is_err() && letters.len() > 1 {
                // One of them may be what is wrong.
                for (letter, line) in letters.into_iter().zip(lines) {
                    self.filed(file, letter, file.append(&[line]).err().as_ref());
                }
            } else {
                let error = written.err();
                letters
                    .into_iter()
                    .for_each(|letter| self.filed(file, letter, error.as_ref()));
            }
        }
    }

    fn line_of(&self, letter: &Letter) -> String {
        let letters = self.policies.letters.as_ref();
        letters.map_or_else(String::new, |letters| letters.line(&letter.facts()))
    }

    /// Tells the caller what came of writing a letter to the file.
    fn filed(&self, file: &DeadLetterFile, (transit, letter): ToFile, error: Option<&DeadLetterFileError>) {
        self.lock().line.free(&transit);
        match error {
            None => self.dead_lettered(transit, &letter, LetterPlace::File(file.path().to_owned())),
            Some(error) => {
                let kind = ProduceErrorKind::Rejected;
                let reason = format!("no topic took it, and neither did the file: {error}");
                self.end_undelivered(transit, ProduceError::new(kind, Persistence::NotPersisted, reason));
            }
        }
        self.advance();
    }
}

impl State {
    /// The letters that nobody will write to the file any more, because there is no thread for it.
    pub(super) fn unfiled(&mut self) -> Vec<Transit> {
        if self.filing {
            return Vec::new();
        }
        let letters: Vec<_> = self.to_file.drain(..).map(|(transit, _)| transit).collect();
        letters.iter().for_each(|transit| self.line.free(transit));
        letters
    }
}
