//! One access token for all calls: when it is fetched, by whom, and who waits.
//!
//! Knows no HTTP: the caller fetches. Times are those of tokio's clock.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ::http::HeaderValue;
use tokio::time::Instant;

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

/// The token that all calls share.
#[derive(Debug, Default)]
pub(in crate::registry) struct TokenCache {
    state: Mutex<State>,
    /// Held by the one who fetches.
    turn: tokio::sync::Mutex<()>,
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
    /// The token, fetched if there is none or it is near its end. Of many callers one fetches; the others take the old
    /// token if it is valid, else they wait for the outcome and share it, good or bad.
    ///
    /// Cancel safe: if the one who fetches is dropped, the next one fetches.
    pub(in crate::registry) async fn get<F, Fetched>(&self, fetch: F) -> Result<HeaderValue, RegistryError>
    where
        F: FnOnce() -> Fetched,
        Fetched: Future<Output = Result<Token, RegistryError>>,
    {
        let ended = {
            let state = self.state();
            match state.fresh() {
                Some(header) => return Ok(header),
                None => state.ended,
            }
        };
        let _turn = match self.turn.try_lock() {
            Ok(turn) => turn,
            Err(_) => {
                if let Some(header) = self.state().valid() {
                    return Ok(header);
                }
                self.turn.lock().await
            }
        };
        {
            let state = self.state();
            if let Some(header) = state.fresh() {
                return Ok(header);
            }
            if state.ended != ended {
                // Somebody fetched while we waited, if only a token whose life is too short to be fresh.
                if let Some(header) = state.valid() {
                    return Ok(header);
                }
                if let Some(error) = &state.failed {
                    return Err(error.clone());
                }
            }
        }
        let outcome = fetch().await;
        let mut state = self.state();
        state.ended += 1;
        match outcome {
            Ok(token) => {
                state.failed = None;
                let header = token.header.clone();
                state.token = Some(token);
                Ok(header)
            }
            Err(error) => match state.valid() {
                Some(header) => {
                    tracing::warn!(%error, "the access token was not refreshed and is still valid");
                    if let Some(token) = &mut state.token {
                        token.refresh_at = Instant::now() + PAUSE;
                    }
                    Ok(header)
                }
                None => {
                    state.token = None;
                    state.failed = Some(error.clone());
                    Err(error)
                }
            },
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
