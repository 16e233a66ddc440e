//! When a token is fetched, under a clock that stands still until everybody waits.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::time::{advance, sleep};

use super::*;
use crate::registry::error::RegistryFailure;

/// A server that gives tokens `1`, `2` and so on, each after a second.
#[derive(Default)]
struct Server {
    cache: TokenCache,
    asked: AtomicUsize,
    /// How many tokens it gave; from then on it fails while `broken`.
    broken: std::sync::atomic::AtomicBool,
}

impl Server {
    async fn token(&self, life: u64) -> Result<String, String> {
        let fetch = || async {
            let number = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
            let asked = Instant::now();
            sleep(Duration::from_secs(1)).await;
            if self.broken.load(Ordering::SeqCst) {
                let failure = RegistryFailure::new("http://idp", format!("broken {number}"));
                return Err(RegistryError::Unreachable(failure));
            }
            let header = HeaderValue::from_str(&number.to_string()).unwrap();
            Ok(Token::new(header, asked, Duration::from_secs(life)))
        };
        let header = self
            .cache
            .get(fetch)
            .await
            .map_err(|error| error.failure().reason().to_owned())?;
        Ok(header.to_str().unwrap().to_owned())
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    fn set_broken(&self, broken: bool) {
        self.broken.store(broken, Ordering::SeqCst);
    }
}

async fn hundred(server: &Arc<Server>, life: u64) -> Vec<Result<String, String>> {
    let tasks: Vec<_> = (0..100)
        .map(|_| {
            let server = Arc::clone(server);
            tokio::spawn(async move { server.token(life).await })
        })
        .collect();
    let mut outcomes = Vec::new();
    for task in tasks {
        outcomes.push(task.await.unwrap());
    }
    outcomes
}

/// Expects the token's age in seconds at which it is fetched anew.
async fn check_refresh(life: u64, kept_until: u64) {
    let server = Server::default();
    let start = Instant::now();
    server.token(life).await.unwrap();
    advance(Duration::from_secs(kept_until) - start.elapsed() - Duration::from_millis(1)).await;
    assert_eq!(server.token(life).await.unwrap(), "1", "life {life}");
    advance(Duration::from_millis(1)).await;
    assert_eq!(server.token(life).await.unwrap(), "2", "life {life}");
    assert_eq!(server.asked(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_token_is_refreshed_ahead_of_its_end() {
    check_refresh(3_600, 2_880).await;
    check_refresh(50, 40).await;
    // Eighty per cent would be less than ten seconds before the end.
    check_refresh(30, 20).await;
}

#[tokio::test(start_paused = true)]
async fn many_at_once_make_one_request() {
    let server = Arc::new(Server::default());
    assert!(
        hundred(&server, 100)
            .await
            .iter()
            .all(|token| token.as_deref() == Ok("1"))
    );
    assert_eq!(server.asked(), 1);

    // While one refreshes, the others go on with the old one.
    advance(Duration::from_secs(80)).await;
    let tokens = hundred(&server, 100).await;
    let new = tokens.iter().filter(|token| token.as_deref() == Ok("2")).count();
    assert_eq!((server.asked(), new), (2, 1), "{tokens:?}");

    // A token that is never fresh is shared by those who waited for it all the same.
    let server = Arc::new(Server::default());
    assert!(
        hundred(&server, 9)
            .await
            .iter()
            .all(|token| token.as_deref() == Ok("1"))
    );
    assert_eq!(server.asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn many_at_once_share_a_failure() {
    let server = Arc::new(Server::default());
    server.set_broken(true);
    let outcomes = hundred(&server, 100).await;
    assert!(
        outcomes.iter().all(|outcome| outcome == &Err("broken 1".to_owned())),
        "{outcomes:?}"
    );
    assert_eq!(server.asked(), 1);

    // The next one tries again.
    server.set_broken(false);
    assert_eq!(server.token(100).await.unwrap(), "2");
}

#[tokio::test(start_paused = true)]
async fn a_failed_refresh_goes_on_with_the_old_token_to_its_end() {
    let server = Server::default();
    server.token(100).await.unwrap();
    server.set_broken(true);
    advance(Duration::from_secs(80)).await;
    assert_eq!(server.token(100).await.unwrap(), "1");
    assert_eq!(server.token(100).await.unwrap(), "1");
    // The second one did not try again at once.
    assert_eq!(server.asked(), 2);
    advance(PAUSE).await;
    assert_eq!(server.token(100).await.unwrap(), "1");
    assert_eq!(server.asked(), 3);
    advance(Duration::from_secs(20)).await;
    assert_eq!(server.token(100).await.unwrap_err(), "broken 4");
    server.set_broken(false);
    assert_eq!(server.token(100).await.unwrap(), "5");
}

#[tokio::test(start_paused = true)]
async fn a_refused_token_is_dropped_once() {
    let server = Server::default();
    let refused = HeaderValue::from_static("1");
    server.token(100).await.unwrap();
    server.cache.discard(&refused);
    assert_eq!(server.token(100).await.unwrap(), "2");
    // Another call that was refused with the first one comes late.
    server.cache.discard(&refused);
    assert_eq!(server.token(100).await.unwrap(), "2");
    assert_eq!(server.asked(), 2);
}

#[tokio::test(start_paused = true)]
async fn whoever_fetches_may_be_dropped() {
    let server = Arc::new(Server::default());
    let first = tokio::spawn({
        let server = Arc::clone(&server);
        async move { server.token(100).await }
    });
    tokio::task::yield_now().await;
    assert_eq!(server.asked(), 1);
    first.abort();
    assert_eq!(server.token(100).await.unwrap(), "2");
}
