//! Many tasks ask the same question at once; one call answers them all.
//!
//! A success is kept for ever, a refusal for a while; another failure is handed to those who waited for it and forgotten.
//! Knows nothing of HTTP.
//!
//! Not a `tokio::sync::OnceCell` per key: after a failure its `get_or_try_init` lets each waiter try in turn, so that a
//! registry which answers nothing would hold the last of a thousand tasks for a thousand timeouts; and a first caller
//! that stops polling would hold all others for ever.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::time::Instant;

use super::error::RegistryError;

/// What a call ended in.
type Outcome<V> = Result<V, RegistryError>;
/// Where the outcome of a call under way will stand.
type Arrival<V> = watch::Receiver<Option<Outcome<V>>>;

/// Answers by key, and the calls under way by kind of call and key.
///
/// Two kinds of call (register, look up) share their successes but not a flight: a failed look-up says nothing of a
/// registration.
pub(super) struct SingleFlight<C, K, V> {
    board: Arc<Mutex<Board<C, K, V>>>,
}

struct Board<C, K, V> {
    known: HashMap<K, V>,
    flights: HashMap<(C, K), Arrival<V>>,
    /// Refusals, and until when they count.
    refused: HashMap<(C, K), (RegistryError, Instant)>,
}

/// What a caller finds.
enum Seat<C, K, V>
where
    C: Eq + Hash,
    K: Eq + Hash,
{
    Known(V),
    Refused(RegistryError),
    Passenger(Arrival<V>),
    Pilot(Flight<C, K, V>, Arrival<V>),
}

impl<C, K, V> SingleFlight<C, K, V>
where
    C: Copy + Eq + Hash + Send + 'static,
    K: Clone + Eq + Hash + Send + 'static,
    V: Clone + Send + Sync + 'static,
{
    pub(super) fn new() -> Self {
        Self {
            board: Arc::new(Mutex::new(Board {
                known: HashMap::new(),
                flights: HashMap::new(),
                refused: HashMap::new(),
            })),
        }
    }

    /// How many answers are kept.
    pub(super) fn known(&self) -> usize {
        lock(&self.board).known.len()
    }

    /// The known answer, the outcome of the call under way, or that of `work`, which is only polled in the last case.
    ///
    /// `cut` is the error for a call that ended without an outcome: it panicked, or its runtime was shut down.
    ///
    /// # Cancel safety
    /// Cancel safe: the call runs in a task of its own and goes on for the others. Outside a tokio runtime it runs in
    /// the first caller's future; if that is dropped, the next of the waiting callers makes the call.
    pub(super) async fn get(
        &self,
        kind: C,
        key: K,
        work: impl Future<Output = Outcome<V>> + Send + 'static,
        cut: impl FnOnce() -> RegistryError,
    ) -> Outcome<V> {
        let mut work = Some(work);
        loop {
            let mut arrival = match self.seat(kind, &key) {
                Seat::Known(value) => return Ok(value),
                Seat::Refused(error) => return Err(error),
                Seat::Passenger(arrival) => arrival,
                Seat::Pilot(flight, arrival) => {
                    // Each caller makes at most one call, so that one which always panics ends.
                    let Some(work) = work.take() else { return Err(cut()) };
                    let journey = async move { flight.land(work.await) };
                    match Handle::try_current() {
                        Ok(runtime) => drop(runtime.spawn(journey)),
                        Err(_) => journey.await,
                    }
                    arrival
                }
            };
            if let Ok(outcome) = arrival.wait_for(Option::is_some).await
                && let Some(outcome) = outcome.as_ref()
            {
                return outcome.clone();
            }
        }
    }

    fn seat(&self, kind: C, key: &K) -> Seat<C, K, V> {
        let mut board = lock(&self.board);
        if let Some(value) = board.known.get(key) {
            return Seat::Known(value.clone());
        }
        let place = (kind, key.clone());
        if let Some((error, until)) = board.refused.get(&place)
            && Instant::now() < *until
        {
            return Seat::Refused(error.clone());
        }
        if let Some(arrival) = board.flights.get(&place) {
            return Seat::Passenger(arrival.clone());
        }
        let (announce, arrival) = watch::channel(None);
        board.flights.insert(place.clone(), arrival.clone());
        drop(board);
        Seat::Pilot(
            Flight {
                board: Arc::clone(&self.board),
                place,
                announce: Some(announce),
            },
            arrival,
        )
    }
}

/// A call under way. Dropped before it has landed, it clears its place, and those who wait see the sender gone.
struct Flight<C, K, V>
where
    C: Eq + Hash,
    K: Eq + Hash,
{
    board: Arc<Mutex<Board<C, K, V>>>,
    place: (C, K),
    announce: Option<watch::Sender<Option<Outcome<V>>>>,
}

impl<C, K, V> Flight<C, K, V>
where
    C: Clone + Eq + Hash,
    K: Clone + Eq + Hash,
    V: Clone,
{
    fn land(mut self, outcome: Outcome<V>) {
        let mut board = lock(&self.board);
        // In one step, so that whoever comes now finds either the answer or an empty place.
        board.flights.remove(&self.place);
        match &outcome {
            Ok(value) => {
                board.known.insert(self.place.1.clone(), value.clone());
            }
            Err(error) => {
                let now = Instant::now();
                board.refused.retain(|_, (_, until)| now < *until);
                if let Some(until) = error.kept_for().and_then(|time| now.checked_add(time)) {
                    board.refused.insert(self.place.clone(), (error.clone(), until));
                }
            }
        }
        drop(board);
        if let Some(announce) = self.announce.take() {
            announce.send_replace(Some(outcome));
        }
    }
}

impl<C, K, V> Drop for Flight<C, K, V>
where
    C: Eq + Hash,
    K: Eq + Hash,
{
    fn drop(&mut self) {
        // Landed flights have left their place, which another may hold by now.
        if self.announce.is_some() {
            lock(&self.board).flights.remove(&self.place);
        }
    }
}

/// The board is consistent between any two statements under its lock, so a panic elsewhere cannot have spoilt it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
