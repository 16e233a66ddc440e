//! Access tokens in trouble: the error names what the provider says, and the same publisher delivers once there is one again.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use publisher_core::ProduceErrorKind;
use publisher_core::producer::{AccessToken, TokenError, TokenProvider};
use secure::connections::Counting;
use secure::jws;
use tokio::sync::watch;

use crate::support::{Bed, DEADLINE, SOON, cause, placed};

const USER: &str = "User:carol";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Server {
    /// Its tokens live so many seconds.
    Gives(u64),
    Down,
    /// Its tokens are over, though it says that they are good.
    Confused,
}

/// Answers as it is told, and counts.
#[derive(Clone)]
struct Told {
    server: watch::Receiver<Server>,
    asked: Arc<AtomicUsize>,
}

impl Told {
    fn new(server: Server) -> (watch::Sender<Server>, Self) {
        let (tell, server) = watch::channel(server);
        let asked = Arc::default();
        (tell, Self { server, asked })
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

#[async_trait]
impl TokenProvider for Told {
    async fn token(&self) -> Result<AccessToken, TokenError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let server = *self.server.borrow();
        match server {
            Server::Gives(seconds) => {
                let life = Duration::from_secs(seconds);
                Ok(AccessToken::new(jws::unsecured("carol", life), life))
            }
            Server::Confused => Ok(AccessToken::new(jws::over("carol"), Duration::from_secs(600))),
            Server::Down => Err(TokenError::new("the server of tokens is down")),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_are_replaced_while_records_flow_and_after_a_failure() {
    let Some(bed) = Bed::start("refreshed", &[USER]).await else {
        return;
    };
    let (tell, provider) = Told::new(Server::Gives(2));
    let counting = Counting::before(bed.broker.sasl).await;
    let builder = bed.builder(counting.port).kafka_oauth(provider.clone());
    let publisher = builder.delivery_timeout(SOON).build().await.unwrap();

    // Beyond the life of one token, on a connection that the broker would close.
    let start = Instant::now();
    while provider.asked() < 4 {
        publisher.publish(placed()).await.unwrap();
        assert!(start.elapsed() < DEADLINE);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }

    tell.send(Server::Down).unwrap();
    let error = loop {
        match publisher.publish(placed()).await {
            Ok(_) => assert!(start.elapsed() < 2 * DEADLINE),
            Err(error) => break error,
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    let cause = cause(&error);
    assert_eq!(cause.kind(), ProduceErrorKind::Unauthorised, "{cause}");
    for words in ["the server of tokens is down", "see to the server that gives them"] {
        assert!(cause.reason().contains(words), "{cause}");
    }

    tell.send(Server::Gives(600)).unwrap();
    let start = Instant::now();
    while publisher.publish(placed()).await.is_err() {
        assert!(start.elapsed() < DEADLINE);
    }
    let (connections, asked) = (counting.count(), provider.asked());
    assert!(
        connections < 40 && asked < 40,
        "{connections} connections, {asked} questions"
    );
    publisher.shutdown(SOON).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_token_nobody_is_connected_to() {
    let Some(bed) = Bed::start("no-token", &[USER]).await else {
        return;
    };
    let (tell, provider) = Told::new(Server::Down);
    let counting = Counting::before(bed.broker.sasl).await;
    let builder = bed.builder(counting.port).kafka_oauth(provider.clone());
    let publisher = builder.delivery_timeout(SOON).build().await.unwrap();
    let error = publisher.publish(placed()).await.unwrap_err();
    let cause = cause(&error);
    assert_eq!(cause.kind(), ProduceErrorKind::Unauthorised, "{cause}");
    assert!(cause.reason().contains("the server of tokens is down"), "{cause}");
    assert_eq!(counting.count(), 0);
    assert!(provider.asked() < 20, "{}", provider.asked());

    tell.send(Server::Gives(600)).unwrap();
    let start = Instant::now();
    while publisher.publish(placed()).await.is_err() {
        assert!(start.elapsed() < DEADLINE);
    }
    publisher.shutdown(SOON).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_the_broker_refuses_is_replaced_ahead_of_its_time() {
    let Some(bed) = Bed::start("refused-token", &[USER]).await else {
        return;
    };
    let (tell, provider) = Told::new(Server::Confused);
    let builder = bed.builder(bed.broker.sasl.port()).kafka_oauth(provider.clone());
    let publisher = builder.delivery_timeout(SOON).build().await.unwrap();
    let error = publisher.publish(placed()).await.unwrap_err();
    assert_eq!(cause(&error).kind(), ProduceErrorKind::Unauthorised, "{error}");
    assert_eq!(provider.asked(), 1);

    tell.send(Server::Gives(600)).unwrap();
    let start = Instant::now();
    while publisher.publish(placed()).await.is_err() {
        assert!(start.elapsed() < DEADLINE);
    }
    assert_eq!(provider.asked(), 2);
    publisher.shutdown(SOON).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_producer_that_is_dropped_asks_no_more() {
    let Some(bed) = Bed::start("dropped", &[USER]).await else {
        return;
    };
    let (_tell, provider) = Told::new(Server::Gives(2));
    let alive = Arc::downgrade(&provider.asked);
    let builder = bed.builder(bed.broker.sasl.port()).kafka_oauth(provider);
    let publisher = builder.build().await.unwrap();
    publisher.publish(placed()).await.unwrap();
    publisher.shutdown(SOON).await;
    drop(publisher);
    let start = Instant::now();
    while alive.strong_count() > 0 {
        assert!(start.elapsed() < DEADLINE, "the provider is held still");
        tokio::task::yield_now().await;
    }
}
