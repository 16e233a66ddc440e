//! [`Turns`]: which thread takes what librdkafka tells, one at a time.
//!
//! There is a thread for it, which wakes as soon as there is news. But whoever sends many records in a row does better to
//! take their reports in passing: what is made and given back by one thread stays in its processor's cache and in its part
//! of the allocator, and no lock of librdkafka's has two threads at it. So the thread leaves news to such a visitor for a
//! moment, unless somebody says that he waits. Knows no client.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::Duration;

use crate::producer::ffi::News;

#[derive(Default)]
pub(super) struct Turns<T> {
    state: Mutex<State>,
    changed: Condvar,
    /// Whoever has it takes what there is, so that reports keep their order.
    turn: Mutex<T>,
}

#[derive(Default)]
struct State {
    /// Whether something may have come that nobody has taken.
    news: bool,
    /// That there was a visit since the thread looked last, and how long news are left to the visitor; unless somebody has said
    /// that he waits.
    visited: Option<Duration>,
    stopped: bool,
    /// Whether the thread waits: for news, or for the end of its patience.
    waits: Option<For>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum For {
    News,
    AVisitor,
}

impl<T> Turns<T> {
    /// Waits until it is the thread's turn; false once it has to end.
    pub(super) fn wait(&self) -> bool {
        let mut state = self.lock();
        loop {
            if state.stopped {
                return false;
            }
            if !state.news {
                state.waits = Some(For::News);
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
                state.waits = None;
                continue;
            }
            let Some(patience) = state.visited.take() else {
                state.news = false;
                return true;
            };
            state.waits = Some(For::AVisitor);
            let waited = self.changed.wait_timeout(state, patience);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
            state.waits = None;
        }
    }

    /// The thread's turn, once nobody else is at it.
    pub(super) fn begin(&self) -> MutexGuard<'_, T> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A turn of somebody else's, who takes all there is and says [`visited`](Self::visited) after it; `None` if somebody is
    /// at it.
    pub(super) fn visit(&self) -> Option<MutexGuard<'_, T>> {
        let turn = match self.turn.try_lock() {
            Ok(turn) => turn,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return None,
        };
        // Before he looks: what comes while he does is news again, or he finds it.
        self.lock().news = false;
        Some(turn)
    }

    /// A visit is over. The next one is to come within this time; whether this one left something.
    pub(super) fn visited(&self, next: Duration, left: bool) {
        let mut state = self.lock();
        state.visited = Some(next);
        if left {
            self.tell(state);
        }
    }

    /// Somebody waits for a report: nothing is left to a visitor.
    pub(super) fn hurry(&self) {
        let mut state = self.lock();
        state.visited = None;
        let is_left = state.waits == Some(For::AVisitor);
        drop(state);
        if is_left {
            self.changed.notify_one();
        }
    }

    /// Ends the thread's waiting for good.
    pub(super) fn stop(&self) {
        self.lock().stopped = true;
        self.changed.notify_one();
    }

    fn tell(&self, mut state: MutexGuard<'_, State>) {
        state.news = true;
        // Told once: it costs a call of the system.
        if state.waits == Some(For::News) {
            state.waits = None;
            drop(state);
            self.changed.notify_one();
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Send> News for Turns<T> {
    fn news(&self) {
        self.tell(self.lock());
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::mpsc::{Receiver, channel};
    use std::thread;

    use super::*;

    const SOON: Duration = Duration::from_millis(1);

    /// A thread that says each time that it is its turn, and at last that it ends.
    fn thread(turns: &Arc<Turns<()>>) -> Receiver<bool> {
        let (say, said) = channel();
        let turns = Arc::clone(turns);
        thread::spawn(move || {
            loop {
                let goes_on = turns.wait();
                if say.send(goes_on).is_err() || !goes_on {
                    return;
                }
            }
        });
        said
    }

    #[test]
    fn the_thread_has_its_turn_with_each_news_and_ends_when_it_is_told() {
        let turns = Arc::default();
        let said = thread(&turns);
        for _ in 0..3 {
            turns.news();
            assert_eq!(said.recv(), Ok(true));
        }
        turns.stop();
        assert_eq!(said.recv(), Ok(false));
        assert!(said.recv().is_err());
    }

    #[test]
    fn news_are_left_to_a_visitor_and_not_for_ever() {
        let turns = Arc::<Turns<()>>::default();
        assert!(turns.visit().is_some());
        turns.visited(SOON, false);
        let said = thread(&turns);
        turns.news();
        // He does not come again, and nobody waits.
        assert_eq!(said.recv(), Ok(true));
    }

    #[test]
    fn who_waits_is_waited_for_by_nobody() {
        let turns = Arc::<Turns<()>>::default();
        let said = thread(&turns);
        for _ in 0..100 {
            turns.visited(SOON, false);
            turns.hurry();
            turns.news();
            assert_eq!(said.recv(), Ok(true));
            turns.visited(SOON, true);
            turns.hurry();
            assert_eq!(said.recv(), Ok(true), "what a visitor left");
        }
    }

    #[test]
    fn one_at_a_time() {
        let turns = Turns::<()>::default();
        let turn = turns.begin();
        assert!(turns.visit().is_none());
        drop(turn);
        assert!(turns.visit().is_some());
    }
}
