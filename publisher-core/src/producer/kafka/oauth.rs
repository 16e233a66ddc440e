//! Keeps librdkafka supplied with access tokens: a task on the runtime asks the provider ahead of each token's end.
//!
//! librdkafka asks too, by an event at four fifths of a token's life. That event is not waited for, since it comes on the
//! thread of the reports, which must not wait, and says nothing that is not known here.
//!
//! Knows no server: the provider does.

use std::sync::{Arc, Weak};
use std::thread;
use std::time::{Duration, SystemTime};

use rdkafka::ClientContext;
use rdkafka::producer::Producer as _;
use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep_until, timeout};

use super::Client;
use super::scrub::Scrubber;
use crate::clock::after;
use crate::failure::{Backoff, random};
use crate::producer::{AccessToken, TokenProvider, ffi};

/// How long a provider may take.
const LONGEST_QUESTION: Duration = Duration::from_secs(30);
/// No life counts for longer, so that no clock overflows.
const LONGEST_LIFE: Duration = Duration::from_secs(365 * 24 * 60 * 60);
/// No token is so short-lived that the provider is asked more often.
const SHORTEST_PAUSE: Duration = Duration::from_secs(1);
/// A token that the brokers refuse is not replaced before it is this old: a new one may be refused as well.
const REFUSED_PAUSE: Duration = Duration::from_secs(10);
/// The waits after failures.
const PATIENCE: Backoff = Backoff::new(Duration::from_secs(1), Duration::from_secs(30));

/// The task; it ends when this is dropped.
pub(super) struct Refresh(JoinHandle<()>);

impl Refresh {
    pub(super) fn start(
        runtime: &Handle,
        provider: Arc<dyn TokenProvider>,
        client: &Arc<Client>,
        refused: Arc<Notify>,
    ) -> Self {
        let brokers = Librdkafka(Arc::downgrade(client));
        Self(runtime.spawn(run(provider, brokers, refused)))
    }
}

/// Gives a client one token, fetched on a thread with a runtime of its own.
pub(super) fn show_once<C: ClientContext>(
    provider: Arc<dyn TokenProvider>,
    client: &rdkafka::client::Client<C>,
    scrubber: &Scrubber,
) -> Result<(), String> {
    let fetched = thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| format!("no runtime to fetch an access token on: {error}"))?;
        runtime.block_on(fetch(&provider))
    });
    let wall = SystemTime::now();
    let token = fetched.join().map_err(|_| "the token provider panicked".to_owned())??;
    scrubber.hide(&token.text);
    ffi::set_token(client, &token, milliseconds(wall + token.life.min(LONGEST_LIFE)))
}

impl Drop for Refresh {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Who takes the tokens.
trait Brokers: Send + Sync + 'static {
    /// Takes a token that ends at this time, or says what is wrong with it, in words that do not repeat it.
    fn take(&self, token: &AccessToken, end: SystemTime) -> Result<(), String>;

    /// There is no token, for this reason.
    fn go_without(&self, reason: &str);
}

/// Since 1970-01-01T00:00:00Z.
fn milliseconds(time: SystemTime) -> i64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX / 1000)
}

/// Not the client itself: the task must not keep it alive.
struct Librdkafka(Weak<Client>);

impl Brokers for Librdkafka {
    fn take(&self, token: &AccessToken, end: SystemTime) -> Result<(), String> {
        let Some(client) = self.0.upgrade() else { return Ok(()) };
        // First: librdkafka may connect with it at once, and log what it does.
        client.context().note_token(Ok(&token.text));
        ffi::set_token(client.client(), token, milliseconds(end))
    }

    fn go_without(&self, reason: &str) {
        if let Some(client) = self.0.upgrade() {
            client.context().note_token(Err(reason));
            ffi::set_token_failure(client.client(), reason);
        }
    }
}

async fn run(provider: Arc<dyn TokenProvider>, brokers: impl Brokers, refused: Arc<Notify>) {
    let mut end = Instant::now();
    let mut failures = 0_u32;
    loop {
        let (asked, wall) = (Instant::now(), SystemTime::now());
        let taken = fetch(&provider).await.and_then(|token| {
            let life = token.life.min(LONGEST_LIFE);
            if asked.elapsed() >= life {
                return Err("the token had expired when it came".to_owned());
            }
            brokers.take(&token, wall + life).map(|()| life)
        });
        match taken {
            Ok(life) => {
                tracing::debug!(?life, "access token for the brokers taken");
                failures = 0;
                end = after(asked, life);
                let next = after(asked, fresh(life, random()));
                tokio::select! {
                    () = sleep_until(next) => {}
                    () = refused.notified() => sleep_until(next.min(after(asked, REFUSED_PAUSE))).await,
                }
            }
            Err(reason) => {
                let now = Instant::now();
                let next = now + PATIENCE.delay(failures, random()).max(SHORTEST_PAUSE / 4);
                failures = failures.saturating_add(1);
                if now < end {
                    tracing::warn!(%reason, "the access token for the brokers was not refreshed and is valid still");
                    // Not beyond its end: from then on records fail, and the errors have to say why.
                    sleep_until(next.min(end)).await;
                } else {
                    tracing::warn!(%reason, "no access token for the brokers");
                    brokers.go_without(&reason);
                    sleep_until(next).await;
                }
            }
        }
    }
}

/// Asks once. A task of its own, so that a panic of the provider does not end all refreshing.
async fn fetch(provider: &Arc<dyn TokenProvider>) -> Result<AccessToken, String> {
    let asked = tokio::spawn({
        let provider = Arc::clone(provider);
        async move { provider.token().await }
    });
    let _ends_with_us = AbortOnDrop(asked.abort_handle());
    match timeout(LONGEST_QUESTION, asked).await {
        Ok(Ok(Ok(token))) => Ok(token),
        Ok(Ok(Err(error))) => Err(error.to_string()),
        Ok(Err(_)) => Err("the token provider panicked".to_owned()),
        Err(_) => Err(format!("the token provider gave no answer within {LONGEST_QUESTION:?}")),
    }
}

struct AbortOnDrop(tokio::task::AbortHandle);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// How long after its question a token is replaced: after 75 to 80 % of its life, so that clients which started together do
/// not come together for ever.
fn fresh(life: Duration, random: u64) -> Duration {
    let jitter = Backoff::new(life / 20, life / 20);
    (life * 4 / 5)
        .saturating_sub(jitter.delay(0, random))
        .max(SHORTEST_PAUSE)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test ends at what it did not expect")]
mod tests;
