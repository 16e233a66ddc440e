//! A broken producer is replaced by a fresh one, and what it had not confirmed is sent again in the order of the calls.
//!
//! Meanwhile nothing is handed over: records wait in the line, each for no longer than its own deadline. What the broken
//! one may have written is written again under the same `event_id`.

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::strangers::isolated;
use super::transit::Transit;
use super::{Dispatcher, State};
use crate::error::{ProduceError, ProduceErrorKind};
use crate::failure::{Backoff, random};
use crate::producer::Reports;

/// How long the broken producer may take to give back what it holds.
const GRACE: Duration = Duration::from_secs(5);

/// Between two replacements of which none delivered anything.
const BACKOFF: Backoff = Backoff::UP_TO_10_S;

/// A producer is being replaced.
#[derive(Debug)]
pub(super) struct Healing {
    since: Instant,
}

impl Dispatcher {
    /// Keeps a record that a broken producer did not deliver, and has that producer replaced. Gives it back where that is
    /// not what has happened, or nothing can be sent any more.
    pub(super) fn keep(&self, state: &mut State, transit: Transit, error: &ProduceError) -> Option<Transit> {
        // What is purged of a broken producer, it reports as given up.
        let broken = match error.kind() {
            ProduceErrorKind::Fatal => true,
            ProduceErrorKind::ShutDown => state.healing.is_some(),
            _ => false,
        };
        if !broken || state.closed || self.connect.get().is_none() {
            return Some(transit);
        }
        // Has its answer: its deadline has passed.
        transit.claim.as_ref()?;
        if state.healing.is_none() {
            if !self.replace_later(error) {
                return Some(transit);
            }
            state.healing = Some(Healing { since: Instant::now() });
        }
        state.line.put_back(transit);
        None
    }

    fn replace_later(&self, error: &ProduceError) -> bool {
        let Some(dispatcher) = self.this.upgrade() else {
            return false;
        };
        let error = error.clone();
        // Told there: the lock is held here, and a subscriber of the log may publish.
        let replace = move || {
            isolated(|| {
                tracing::error!(%error, "the producer is broken; it is replaced, and what it has not confirmed is sent again");
            });
            dispatcher.replace();
        };
        let spawned = thread::Builder::new().name("publisher-heal".to_owned()).spawn(replace);
        if let Err(error) = &spawned {
            isolated(|| tracing::error!(%error, "no thread to replace the producer"));
        }
        spawned.is_ok()
    }

    /// Replaces the producer. Blocks the thread.
    fn replace(self: Arc<Self>) {
        self.empty();
        let mut state = self.lock();
        let mut round = state.replaced;
        while !state.closed
            && state.producer.is_some()
            && let Some(connect) = self.connect.get()
        {
            let pause = if round == 0 {
                Duration::ZERO
            } else {
                BACKOFF.delay(round - 1, random())
            };
            round += 1;
            state = self.wait_while(state, pause, |state| !state.closed);
            if state.closed {
                break;
            }
            drop(state);
            let fresh = connect(Arc::clone(&self) as Arc<dyn Reports>);
            state = self.lock();
            match fresh {
                Ok(fresh) => {
                    let broken = match &mut state.producer {
                        Some(producer) => std::mem::replace(producer, fresh),
                        // The publisher has ended meanwhile.
                        None => fresh,
                    };
                    state.replaced = round;
                    let healing = state.healing.take();
                    drop(state);
                    let took_ms = healing.map(|healing| healing.since.elapsed().as_millis());
                    isolated(|| tracing::warn!(took_ms, "the producer was replaced"));
                    // Without the lock: it may report what it still holds.
                    drop(broken);
                    return self.advance();
                }
                Err(error) => {
                    drop(state);
                    isolated(|| tracing::error!(%error, "no producer in the place of the broken one; tried again"));
                    state = self.lock();
                }
            }
        }
        state.healing = None;
        self.stepped(state);
    }

    /// Waits until the broken producer has given back what it holds.
    fn empty(&self) {
        let start = Instant::now();
        let Some(producer) = self.lock().producer.clone() else {
            return;
        };
        producer.purge();
        loop {
            producer.flush(GRACE.saturating_sub(start.elapsed()));
            let state = self.lock();
            // `sending`: a record that is being handed over is neither here nor there.
            let busy = |state: &mut State| state.sending || state.line.awaits_report();
            let mut state = self.wait_while(state, GRACE.saturating_sub(start.elapsed()), busy);
            if !busy(&mut state) || start.elapsed() >= GRACE {
                return;
            }
        }
    }
}
