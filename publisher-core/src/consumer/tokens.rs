//! [`Tokens`]: the access tokens of a reader, fetched on its own thread while nothing else goes on.
//!
//! Knows no server: the provider does.

use std::sync::Arc;
use std::sync::mpsc;
use std::time::{Duration, Instant, SystemTime};

use rdkafka::client::Client;
use tokio::runtime::Handle;

use super::Trouble;
use crate::error::ConfigError;
use crate::producer::{KafkaSettings, TokenProvider, set_token};

/// Gives a client a token, and another one ahead of its end.
pub(super) struct Tokens {
    runtime: Handle,
    provider: Arc<dyn TokenProvider>,
    /// When the next one is due.
    due: Instant,
}

impl Tokens {
    /// `None` if the settings name nobody who gives tokens.
    ///
    /// # Errors
    /// [`ConfigError`]: two providers, or no runtime around the call.
    pub(super) fn of(settings: &KafkaSettings) -> Result<Option<Self>, ConfigError> {
        let source = settings.token_source()?;
        Ok(source.map(|(runtime, provider)| Self {
            runtime,
            provider,
            due: Instant::now(),
        }))
    }

    /// Fetches a token if one is due, waiting at most this long.
    ///
    /// # Errors
    /// Why there is none, in words that do not repeat it.
    pub(super) fn supply(&mut self, client: &Client<Trouble>, deadline: Duration) -> Result<(), String> {
        let (asked, wall) = (Instant::now(), SystemTime::now());
        if asked < self.due {
            return Ok(());
        }
        let (done, answer) = mpsc::channel();
        let provider = Arc::clone(&self.provider);
        let question = self.runtime.spawn(async move {
            // Nobody waits any more once the deadline is over.
            let _ = done.send(provider.token().await);
        });
        let answer = answer.recv_timeout(deadline);
        question.abort();
        let token = match answer {
            Ok(token) => token.map_err(|error| format!("no access token: {error}"))?,
            Err(_) => {
                return Err(format!(
                    "no access token: the provider gave no answer within {deadline:?}"
                ));
            }
        };
        // First: librdkafka may connect with it at once, and log what it does.
        client.context().scrubber.hide(&token.text);
        set_token(client, &token, wall + token.life)?;
        self.due = asked + token.life * 3 / 4;
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail by a panic")]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use async_trait::async_trait;
    use rdkafka::ClientConfig;
    use rdkafka::consumer::{BaseConsumer, Consumer as _};

    use super::*;
    use crate::producer::{AccessToken, TokenError};

    /// Counts the questions; the tokens live this long.
    struct Counting(AtomicU32, Duration);

    #[async_trait]
    impl TokenProvider for Counting {
        async fn token(&self) -> Result<AccessToken, TokenError> {
            self.0.fetch_add(1, Ordering::Relaxed);
            match self.1 {
                Duration::ZERO => Err(TokenError::new("the server is away")),
                life => Ok(AccessToken::new("eyJh.eyJz.c2ln", life)),
            }
        }
    }

    /// How often the provider is asked by so many calls, or why there is no token.
    fn check(life: Duration, calls: u32) -> Result<u32, String> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .build()
            .unwrap();
        let provider = Arc::new(Counting(AtomicU32::new(0), life));
        let consumer: BaseConsumer<Trouble> = ClientConfig::new()
            .set("bootstrap.servers", "127.0.0.1:9")
            .set("group.id", "g")
            .set("security.protocol", "SASL_PLAINTEXT")
            .set("sasl.mechanism", "OAUTHBEARER")
            .create_with_context(Trouble::default())
            .unwrap();
        let mut tokens = Tokens {
            runtime: runtime.handle().clone(),
            provider: Arc::clone(&provider) as Arc<dyn TokenProvider>,
            due: Instant::now(),
        };
        for _ in 0..calls {
            tokens.supply(consumer.client(), Duration::from_secs(30))?;
        }
        Ok(provider.0.load(Ordering::Relaxed))
    }

    #[test]
    fn a_token_is_fetched_once_in_its_life() {
        assert_eq!(check(Duration::from_secs(3_600), 3), Ok(1));
        assert_eq!(
            check(Duration::ZERO, 1),
            Err("no access token: the server is away".to_owned())
        );
    }
}
