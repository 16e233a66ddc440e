//! The state machine of a circuit breaker, on a clock that comes in as an argument.
//!
//! Pure: is told how many records are confirmed and which failed, and says when to ask the cluster. Looks at a counter
//! instead of at each record, so that a publisher whose circuit is closed pays nothing for it.

use std::time::Duration;

use tokio::time::Instant;

use super::{Circuit, CircuitBreaker, CircuitCause, CircuitChange};
use crate::clock::after;
use crate::error::{ProduceError, ProduceErrorKind};
use crate::failure::of_kind;
use crate::record::Timestamp;

pub(crate) struct Breaker {
    settings: CircuitBreaker,
    circuit: Circuit,
    /// How many records had been confirmed at the last look.
    confirmed: u64,
    /// Since when records have waited and none was confirmed.
    silent_since: Option<Instant>,
    /// How many records have timed out since one was confirmed.
    timeouts: u32,
    /// How many had been confirmed when the last one timed out.
    confirmed_at_timeout: u64,
    /// When the cluster is to be asked; counts while the circuit is not closed.
    ask_at: Instant,
}

/// What is to be done next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Question {
    /// Look again at this time.
    Later(Instant),
    /// Ask the cluster, and tell [`Breaker::answered`].
    Now,
}

impl Breaker {
    pub(crate) fn new(settings: CircuitBreaker, now: Instant) -> Self {
        Self {
            settings,
            circuit: Circuit::Closed,
            confirmed: 0,
            silent_since: None,
            timeouts: 0,
            confirmed_at_timeout: 0,
            ask_at: now,
        }
    }

    pub(crate) fn circuit(&self) -> &Circuit {
        &self.circuit
    }

    /// Since when and why calls fail; `None` while they do not.
    pub(crate) fn refusal(&self) -> Option<(Timestamp, CircuitCause)> {
        match &self.circuit {
            Circuit::Closed => None,
            Circuit::Open { since, why } | Circuit::HalfOpen { since, why } => Some((*since, why.clone())),
        }
    }

    /// A record was not confirmed.
    pub(crate) fn failed(&mut self, error: &ProduceError, confirmed: u64, now: Instant) -> Option<CircuitChange> {
        if !of_kind(error.kind()).outage {
            return None;
        }
        let reason = error.reason().to_owned();
        let why = if error.kind() == ProduceErrorKind::Fatal {
            CircuitCause::Fatal { reason }
        } else {
            if std::mem::replace(&mut self.confirmed_at_timeout, confirmed) != confirmed {
                self.timeouts = 0;
            }
            self.timeouts = self.timeouts.saturating_add(1);
            let records = self.timeouts;
            if records < self.settings.timeouts {
                return None;
            }
            CircuitCause::TimedOut { records, reason }
        };
        self.open(why, confirmed, now)
    }

    /// What to do next. So many records are confirmed; `waiting` is whether others wait for that.
    pub(crate) fn look(&mut self, confirmed: u64, waiting: bool, now: Instant) -> (Question, Option<CircuitChange>) {
        let moved = std::mem::replace(&mut self.confirmed, confirmed) != confirmed;
        if !self.circuit.is_closed() {
            if moved {
                return (Question::Later(self.next_look(now)), self.close(now));
            }
            if now < self.ask_at {
                return (Question::Later(self.ask_at), None);
            }
            return (Question::Now, self.half_open());
        }
        if moved || !waiting {
            self.silent_since = None;
        }
        let silent_since = match self.silent_since {
            _ if !waiting => return (Question::Later(self.next_look(now)), None),
            Some(since) => since,
            None => *self.silent_since.insert(now),
        };
        let too_long = after(silent_since, self.settings.unreachable_for);
        if now >= too_long {
            return (Question::Now, None);
        }
        (Question::Later(self.next_look(now).min(too_long)), None)
    }

    /// The cluster has answered, or, for this reason, has not.
    pub(crate) fn answered(
        &mut self,
        answer: Result<(), String>,
        confirmed: u64,
        now: Instant,
    ) -> Option<CircuitChange> {
        match answer {
            Ok(()) if self.circuit.is_closed() => {
                // Slow, but there: what keeps the records waiting is no outage of the cluster.
                self.silent_since = None;
                None
            }
            Ok(()) => self.close(now),
            Err(reason) => {
                let silent_for = self.silent_since.map_or(Duration::ZERO, |since| now - since);
                self.open(CircuitCause::Unreachable { silent_for, reason }, confirmed, now)
            }
        }
    }

    /// Opens a closed circuit; one that is open keeps its first cause.
    fn open(&mut self, why: CircuitCause, confirmed: u64, now: Instant) -> Option<CircuitChange> {
        let open = match &self.circuit {
            Circuit::Open { .. } => return None,
            Circuit::HalfOpen { since, why } => Circuit::Open {
                since: *since,
                why: why.clone(),
            },
            Circuit::Closed => Circuit::Open {
                since: Timestamp::now(),
                why,
            },
        };
        self.confirmed = confirmed;
        self.ask_at = after(now, self.settings.probe_every);
        Some(self.change(open))
    }

    fn half_open(&mut self) -> Option<CircuitChange> {
        let Circuit::Open { since, why } = &self.circuit else {
            return None;
        };
        let half_open = Circuit::HalfOpen {
            since: *since,
            why: why.clone(),
        };
        Some(self.change(half_open))
    }

    fn close(&mut self, now: Instant) -> Option<CircuitChange> {
        self.timeouts = 0;
        // Those that waited all the while have a fresh start.
        self.silent_since = Some(now);
        Some(self.change(Circuit::Closed))
    }

    fn change(&mut self, to: Circuit) -> CircuitChange {
        let from = std::mem::replace(&mut self.circuit, to);
        CircuitChange {
            from,
            to: self.circuit.clone(),
            at: Timestamp::now(),
        }
    }

    /// Often enough that the beginning of a silence is not noticed late.
    fn next_look(&self, now: Instant) -> Instant {
        after(now, (self.settings.unreachable_for / 4).max(Duration::from_millis(10)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Persistence;

    /// A breaker beside a clock and a counter.
    struct Bench {
        breaker: Breaker,
        now: Instant,
        confirmed: u64,
        told: Vec<String>,
    }

    impl Bench {
        fn new(settings: CircuitBreaker) -> Self {
            let now = Instant::now();
            Self {
                breaker: Breaker::new(settings, now),
                now,
                confirmed: 0,
                told: Vec::new(),
            }
        }

        fn note(&mut self, change: Option<CircuitChange>) {
            let word = |circuit: &Circuit| match circuit {
                Circuit::Closed => "closed".to_owned(),
                Circuit::Open { why, .. } => format!("open ({why})"),
                Circuit::HalfOpen { .. } => "half-open".to_owned(),
            };
            self.told.extend(change.map(|change| word(&change.to)));
        }

        fn fail(&mut self, kind: ProduceErrorKind) {
            let error = ProduceError::new(kind, Persistence::NotPersisted, "on purpose");
            let change = self.breaker.failed(&error, self.confirmed, self.now);
            self.note(change);
        }

        /// Time passes; whenever the cluster is to be asked, this is its answer.
        fn pass(&mut self, time: Duration, waiting: bool, answer: Result<(), &str>) {
            let end = self.now + time;
            loop {
                let (question, change) = self.breaker.look(self.confirmed, waiting, self.now);
                self.note(change);
                match question {
                    Question::Later(at) if at > end => break self.now = end,
                    Question::Later(at) => self.now = at,
                    Question::Now => {
                        let answer = answer.map_err(str::to_owned);
                        let change = self.breaker.answered(answer, self.confirmed, self.now);
                        self.note(change);
                    }
                }
            }
        }
    }

    const SECOND: Duration = Duration::from_secs(1);
    const NO_ANSWER: Result<(), &str> = Err("no broker answers");
    const OPEN: &str = "open (no record was confirmed for 10000 ms, and no broker answers)";

    #[test]
    fn records_that_wait_for_a_cluster_that_is_away_open_it() {
        let mut bench = Bench::new(CircuitBreaker::new());
        bench.pass(9 * SECOND, true, NO_ANSWER);
        assert!(bench.told.is_empty(), "{:?}", bench.told);
        bench.pass(SECOND, true, NO_ANSWER);
        assert_eq!(bench.told, [OPEN]);
        assert!(bench.breaker.refusal().is_some());
    }

    #[test]
    fn nothing_opens_it_while_no_record_waits_or_records_are_confirmed() {
        let mut bench = Bench::new(CircuitBreaker::new());
        bench.pass(100 * SECOND, false, NO_ANSWER);
        for _ in 0..20 {
            bench.pass(9 * SECOND, true, NO_ANSWER);
            bench.confirmed += 1;
        }
        assert!(bench.told.is_empty(), "{:?}", bench.told);
    }

    #[test]
    fn a_cluster_that_answers_is_slow_and_not_away() {
        let mut bench = Bench::new(CircuitBreaker::new());
        bench.pass(100 * SECOND, true, Ok(()));
        assert!(bench.told.is_empty(), "{:?}", bench.told);
    }

    #[test]
    fn a_probe_closes_it_when_the_cluster_is_back() {
        let mut bench = Bench::new(CircuitBreaker::new());
        bench.pass(11 * SECOND + SECOND / 2, true, NO_ANSWER);
        bench.pass(SECOND, true, Ok(()));
        assert_eq!(bench.told, [OPEN, "half-open", OPEN, "half-open", "closed"]);
        assert_eq!(bench.breaker.refusal(), None);
        bench.pass(9 * SECOND, true, NO_ANSWER);
        assert_eq!(bench.told.len(), 5, "what waited has a fresh start: {:?}", bench.told);
    }

    #[test]
    fn a_record_that_is_confirmed_closes_it() {
        let mut bench = Bench::new(CircuitBreaker::new().probe_every(60 * SECOND));
        bench.pass(10 * SECOND, true, NO_ANSWER);
        bench.confirmed += 1;
        bench.pass(SECOND, true, NO_ANSWER);
        assert_eq!(bench.told, [OPEN, "closed"]);
    }

    #[test]
    fn so_many_time_outs_in_a_row_open_it() {
        let mut bench = Bench::new(CircuitBreaker::new().timeouts(3));
        for _ in 0..4 {
            bench.fail(ProduceErrorKind::TimedOut);
            bench.fail(ProduceErrorKind::TimedOut);
            bench.confirmed += 1;
        }
        assert!(bench.told.is_empty(), "{:?}", bench.told);
        for _ in 0..5 {
            bench.fail(ProduceErrorKind::TimedOut);
        }
        assert_eq!(
            bench.told,
            ["open (3 records in a row timed out, the last: on purpose)"],
            "told once"
        );
    }

    #[test]
    fn a_broken_producer_opens_it_at_once() {
        let mut bench = Bench::new(CircuitBreaker::new());
        bench.fail(ProduceErrorKind::Fatal);
        assert_eq!(bench.told, ["open (on purpose)"]);
        bench.pass(SECOND, true, Ok(()));
        assert_eq!(bench.told[1..], ["half-open", "closed"]);
    }

    #[test]
    fn what_is_wrong_with_a_record_never_opens_it() {
        let mut bench = Bench::new(CircuitBreaker::new().timeouts(1));
        for kind in [
            ProduceErrorKind::UnknownTopic,
            ProduceErrorKind::InvalidTopic,
            ProduceErrorKind::TooLarge,
            ProduceErrorKind::Unauthorised,
            ProduceErrorKind::Rejected,
            ProduceErrorKind::BatchRejected,
            ProduceErrorKind::KeyHeld,
            ProduceErrorKind::ShutDown,
        ] {
            bench.fail(kind);
        }
        assert!(bench.told.is_empty(), "{:?}", bench.told);
    }

    #[test]
    fn its_first_cause_stays() {
        let mut bench = Bench::new(CircuitBreaker::new().timeouts(1));
        bench.fail(ProduceErrorKind::TimedOut);
        bench.fail(ProduceErrorKind::Fatal);
        bench.pass(2 * SECOND, true, NO_ANSWER);
        let first = "open (1 records in a row timed out, the last: on purpose)";
        assert_eq!(bench.told, [first, "half-open", first, "half-open", first]);
    }
}
