//! Every interleaving of threads that share the slab and the permits of a dispatcher, as loom finds them.
//!
//! Includes the two modules as they are: the crate itself runs on the standard library's locks, which loom does not see.
//! What is around them here is the dispatcher's rule in small: both under one lock, reports from another thread, and a
//! waiter that is woken when a place is free.
#![cfg(test)]

#[allow(dead_code, reason = "not all of it is needed here")]
#[path = "../../../publisher-core/src/dispatch/permits.rs"]
mod permits;
#[allow(dead_code, reason = "not all of it is needed here")]
#[path = "../../../publisher-core/src/slab.rs"]
mod slab;

use loom::sync::{Arc, Condvar, Mutex};
use loom::thread;
use permits::Permits;
use slab::Slab;

/// What a record costs here.
const COST: usize = 10;

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    permits: Permits,
    sent: Slab<u32>,
    /// Tokens on their way to the reporter.
    tokens: Vec<usize>,
    reported: Vec<u32>,
}

impl Shared {
    fn new(records: usize) -> Arc<Self> {
        Arc::new(Self {
            state: Mutex::new(State {
                permits: Permits::new(records, records * COST),
                sent: Slab::default(),
                tokens: Vec::new(),
                reported: Vec::new(),
            }),
            changed: Condvar::new(),
        })
    }

    /// Waits for a place, and sends.
    fn send(&self, record: u32) {
        let mut state = self.state.lock().unwrap_or_else(|_| unreachable!());
        while !state.permits.take(1, COST) {
            state = self.changed.wait(state).unwrap_or_else(|_| unreachable!());
        }
        let token = state.sent.insert(record);
        state.tokens.push(token);
        drop(state);
        self.changed.notify_all();
    }

    /// Reports this many records.
    fn report(&self, records: usize) {
        for _ in 0..records {
            let mut state = self.state.lock().unwrap_or_else(|_| unreachable!());
            let token = loop {
                match state.tokens.pop() {
                    Some(token) => break token,
                    None => state = self.changed.wait(state).unwrap_or_else(|_| unreachable!()),
                }
            };
            let record = state.sent.remove(token);
            assert_eq!(state.sent.remove(token), None, "a token is reported once");
            state.reported.extend(record);
            state.permits.give(COST);
            drop(state);
            self.changed.notify_all();
        }
    }
}

fn check(places: usize, senders: &'static [&'static [u32]]) {
    // Two preemptions find what is to be found here; without a bound it takes hours.
    let mut model = loom::model::Builder::new();
    model.preemption_bound = Some(2);
    model.check(move || {
        let shared = Shared::new(places);
        let threads: Vec<_> = senders
            .iter()
            .map(|records| {
                let shared = Arc::clone(&shared);
                thread::spawn(move || records.iter().for_each(|record| shared.send(*record)))
            })
            .collect();
        let mut all: Vec<u32> = senders.iter().flat_map(|records| records.iter().copied()).collect();
        shared.report(all.len());
        threads.into_iter().for_each(|thread| drop(thread.join()));
        let mut state = shared.state.lock().unwrap_or_else(|_| unreachable!());
        state.reported.sort_unstable();
        all.sort_unstable();
        assert_eq!(state.reported, all, "each record is reported once");
        assert_eq!(state.sent.len(), 0);
        assert!(state.permits.fit(places, places * COST), "every place is free again");
        assert!(!state.permits.fit(places + 1, 0), "and there are no more than before");
    });
}

#[test]
fn two_senders_share_one_place() {
    check(1, &[&[1], &[2]]);
}

#[test]
fn a_sender_fills_two_places_again() {
    check(2, &[&[1, 2, 3]]);
}
