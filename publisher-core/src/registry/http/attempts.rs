//! One call over several addresses and several rounds, within a deadline.
//!
//! A round asks each address once, first the one that answered last; between rounds is a wait. Only faults that may heal
//! by themselves lead on: an answer that would be the same elsewhere ends the call at once. Knows no HTTP: the caller asks
//! one address, this file says which, when and how often.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::time::{Instant, sleep_until, timeout_at};

use crate::clock::after;
use crate::failure::{Backoff, random};
use crate::registry::LONGEST_RETRY_AFTER;
use crate::registry::error::{RegistryAttempt, RegistryError, RegistryFailure};

/// How long and how often.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    /// Rounds after the first one.
    pub(crate) retries: u32,
    pub(crate) backoff: Backoff,
    /// For one address once.
    pub(crate) request_timeout: Duration,
    /// For all addresses and rounds, waits included.
    pub(crate) total_timeout: Duration,
}

impl Patience {
    /// The end of a call that begins now.
    pub(crate) fn deadline(&self) -> Instant {
        after(Instant::now(), self.total_timeout)
    }
}

/// The addresses of one registry, of which there is at least one, and which of them answered last.
#[derive(Debug)]
pub(crate) struct Addresses {
    addresses: Vec<String>,
    preferred: AtomicUsize,
}

impl Addresses {
    pub(crate) fn new(addresses: Vec<String>) -> Self {
        Self {
            addresses,
            preferred: AtomicUsize::new(0),
        }
    }

    /// Asks until there is an answer that counts, nothing is left to try, or the next try would begin after `deadline`.
    /// `ask` gets the index of an address.
    pub(crate) async fn ask<T, F, Asked>(
        &self,
        patience: &Patience,
        deadline: Instant,
        ask: F,
    ) -> Result<T, RegistryError>
    where
        F: Fn(usize) -> Asked,
        Asked: Future<Output = Result<T, RegistryError>>,
    {
        let mut attempts: Vec<_> = (self.addresses.iter())
            .map(|address| RegistryAttempt::new(address))
            .collect();
        // When an address that asked to be left alone may be asked again.
        let mut held = vec![Instant::now(); self.addresses.len()];
        let mut round = 0;
        loop {
            let mut failed = None;
            for index in self.order() {
                if held[index] > Instant::now() {
                    continue;
                }
                let error = match self.once(index, patience, deadline, &ask).await {
                    Ok(answer) => {
                        let failed: u32 = attempts.iter().map(RegistryAttempt::times).sum();
                        if failed > 0 {
                            // Else nobody would hear of an address that is down while another one answers.
                            tracing::warn!(
                                registry = self.addresses[index],
                                failed,
                                "registry answered after attempts in vain"
                            );
                        }
                        self.preferred.store(index, Ordering::Relaxed);
                        return Ok(answer);
                    }
                    Err(error) if !is_worth_another_try(&error) => {
                        self.preferred.store(index, Ordering::Relaxed);
                        return Err(error);
                    }
                    Err(error) => error,
                };
                attempts[index].failed(error.failure());
                if let Some(wait) = error.failure().retry_after() {
                    held[index] = after(Instant::now(), wait.min(LONGEST_RETRY_AFTER));
                }
                if Instant::now() >= deadline {
                    return Err(with_attempts(error, attempts));
                }
                tracing::debug!(registry = self.addresses[index], %error, "registry was asked in vain");
                failed = Some(error);
            }
            let pause = after(Instant::now(), patience.backoff.delay(round, random()));
            // Not before one of them may be asked at all.
            let next = held.iter().min().map_or(pause, |free| pause.max(*free));
            if let Some(error) = failed
                && (round >= patience.retries || next >= deadline)
            {
                return Err(with_attempts(error, attempts));
            }
            round = round.saturating_add(1);
            sleep_until(next).await;
        }
    }

    /// The indices of all addresses, the one that answered last first.
    fn order(&self) -> impl Iterator<Item = usize> + use<> {
        let (first, count) = (self.preferred.load(Ordering::Relaxed), self.addresses.len());
        (0..count).map(move |offset| (first + offset) % count)
    }

    async fn once<T, F, Asked>(
        &self,
        index: usize,
        patience: &Patience,
        deadline: Instant,
        ask: &F,
    ) -> Result<T, RegistryError>
    where
        F: Fn(usize) -> Asked,
        Asked: Future<Output = Result<T, RegistryError>>,
    {
        let own = after(Instant::now(), patience.request_timeout);
        match timeout_at(own.min(deadline), ask(index)).await {
            Ok(outcome) => outcome,
            Err(_) => {
                let reason = if own <= deadline {
                    format!("no answer within {:?}", patience.request_timeout)
                } else {
                    format!(
                        "no answer within the {:?} that the whole call may take",
                        patience.total_timeout
                    )
                };
                let hint = "the server accepts connections but does not answer in time";
                Err(RegistryError::Unreachable(
                    RegistryFailure::new(&self.addresses[index], reason).hint(hint),
                ))
            }
        }
    }
}

/// Whether another address, or the same one later, may answer otherwise.
fn is_worth_another_try(error: &RegistryError) -> bool {
    match (error, error.failure().http_status()) {
        (RegistryError::Unreachable(_), None | Some(408 | 429 | 500 | 502 | 503 | 504)) => true,
        // Another redirect would be the same.
        (RegistryError::BadAnswer(_), None | Some(200..300)) => true,
        _ => false,
    }
}

fn with_attempts(mut error: RegistryError, mut attempts: Vec<RegistryAttempt>) -> RegistryError {
    attempts.retain(|attempt| attempt.times() > 0);
    error.failure_mut().set_attempts(attempts);
    error
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail by a panic")]
mod tests;
