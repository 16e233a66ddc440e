//! One access token for all calls: when it is fetched, by whom, and who waits.
//!
//! Knows no HTTP: the caller fetches. Times are those of tokio's clock.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ::http::HeaderValue;
use tokio::time::Instant;

#[cfg(feature = "sasl")]
use super::Secret;
use crate::registry::error::RegistryError;

/// A token is refreshed at the latest so long before its end.
const RESERVE: Duration = Duration::from_secs(10);
/// So long nobody tries again to refresh a token that is still valid.
const PAUSE: Duration = Duration::from_secs(5);

/// A token as a header, and its times.
#[derive(Clone, Debug)]
pub(in crate::registry) struct Token {
    header: HeaderValue,
    refresh_at: Instant,
    expires_at: Instant,
}

impl Token {
    /// A token that was asked for at `asked` and lives so long from then; its life is counted from the question, so that
    /// the time on the way makes it shorter and never longer.
    pub(in crate::registry) fn new(header: HeaderValue, asked: Instant, life: Duration) -> Self {
        // No life is so long that the clock overflows.
        let life = life.min(Duration::from_secs(365 * 24 * 60 * 60));
        let fresh = (life * 4 / 5).min(life.saturating_sub(RESERVE));
        Self {
            header,
            refresh_at: asked + fresh,
            expires_at: asked + life,
        }
    }
}

#[cfg(feature = "sasl")]
impl Token {
    /// The token itself.
    pub(in crate::registry) fn text(&self) -> Secret {
        // Always there: the header was made of it.
        Secret::of_header(&self.header).unwrap_or_else(|| Secret::new(""))
    }

    /// How long it is valid still.
    pub(in crate::registry) fn left(&self) -> Duration {
        self.expires_at.saturating_duration_since(Instant::now())
    }
}

/// The token that all calls share. Clones are of the same one.
#[derive(Clone, Debug, Default)]
pub(in crate::registry) struct TokenCache {
    state: Arc<Mutex<State>>,
    /// Held by the one who fetches.
    turn: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Debug, Default)]
struct State {
    token: Option<Token>,
    /// How many fetches have ended, and how the last one failed.
    ended: u64,
    failed: Option<RegistryError>,
}

impl State {
    fn fresh(&self) -> Option<HeaderValue> {
        self.until(|token| token.refresh_at)
    }

    fn valid(&self) -> Option<HeaderValue> {
        self.until(|token| token.expires_at)
    }

    fn until(&self, end: impl Fn(&Token) -> Instant) -> Option<HeaderValue> {
        let token = self.token.as_ref()?;
        (Instant::now() < end(token)).then(|| token.header.clone())
    }
}

impl TokenCache {
    /// The token. One near its end is given all the same, while a task of its own fetches the next: nobody waits for a
    /// server that is slow or down as long as the old token is good. Where there is none, one caller fetches it, and all
    /// others wait and share the outcome, good or bad.
    ///
    /// Cancel safe: if the caller who fetches is dropped, the next one fetches.
    pub(in crate::registry) async fn get<F, Fetched>(&self, fetch: F) -> Result<HeaderValue, RegistryError>
    where
        F: FnOnce() -> Fetched,
        Fetched: Future<Output = Result<Token, RegistryError>> + Send + 'static,
    {
        let ended = {
            let state = self.state();
            if let Some(header) = state.fresh() {
                return Ok(header);
            }
            if let Some(header) = state.valid() {
                if let Ok(turn) = Arc::clone(&self.turn).try_lock_owned() {
                    let (cache, fetched) = (self.clone(), fetch());
                    tokio::spawn(async move {
                        let _turn = turn;
                        let _ = cache.keep(fetched.await);
                    });
                }
                return Ok(header);
            }
            state.ended
        };
        let _turn = self.turn.lock().await;
        {
            let state = self.state();
            // Somebody may have fetched while we waited.
            if let Some(header) = state.valid() {
                return Ok(header);
            }
            if let Some(error) = state.failed.as_ref().filter(|_| state.ended != ended) {
                return Err(error.clone());
            }
        }
        self.keep(fetch().await)
    }

    /// Keeps what was fetched.
    fn keep(&self, outcome: Result<Token, RegistryError>) -> Result<HeaderValue, RegistryError> {
        let mut state = self.state();
        state.ended += 1;
        match outcome {
            Ok(token) => {
                state.failed = None;
                let header = token.header.clone();
                state.token = Some(token);
                Ok(header)
            }
            Err(error) => {
                if state.valid().is_some() {
                    tracing::warn!(%error, "the access token was not refreshed and is still valid");
                }
                if let Some(token) = &mut state.token {
                    token.refresh_at = (Instant::now() + PAUSE).min(token.expires_at);
                }
                state.failed = Some(error.clone());
                Err(error)
            }
        }
    }

    /// Drops a token that the registry refuses, unless another one has taken its place.
    pub(in crate::registry) fn discard(&self, refused: &HeaderValue) {
        let mut state = self.state();
        if state.token.as_ref().is_some_and(|token| token.header == refused) {
            state.token = None;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing panics while it is held; and a token is whole or not there.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail by a panic")]
mod tests;
