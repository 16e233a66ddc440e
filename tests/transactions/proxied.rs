//! Answers to the end of a transaction that are lost on their way: the coordinator has done as it was asked.

use std::time::Duration;

use publisher_core::testing::EmbeddedRegistry;
use tests::proxy::{Api, Proxies};

use crate::counted::{Counted, Target};
use crate::real::Real;
use crate::support::{Pair, fresh, keys};

/// Longer than an answer takes, so that only a lost one is waited for so long.
const SOCKET_TIMEOUT_MS: &str = "3000";

/// `reset` ends the connection after the loss; without, the client waits until its time is over.
async fn check(servers: &str, topic: &str, reset: bool) {
    let registry = EmbeddedRegistry::start().unwrap();
    let proxies = Proxies::before(servers);
    let target = Target {
        servers: &proxies.bootstrap_servers(),
        registry: registry.url(),
        topic,
        id: &fresh("proxied"),
    };
    let properties = vec![("socket.timeout.ms".to_owned(), SOCKET_TIMEOUT_MS.to_owned())];
    let counted = Counted::on(&target, Duration::from_secs(60), properties).await;
    counted.publish("1").await.unwrap();

    proxies.all().for_each(|proxy| proxy.lose_answer(Api::EndTxn));
    let committing = counted.publish("2");
    let resetting = async {
        if reset {
            crate::support::until("the answer is lost", || {
                !proxies.all().any(tests::proxy::Proxy::has_answers_to_lose)
            })
            .await;
            proxies.all().for_each(tests::proxy::Proxy::reset);
        }
    };
    let (committed, ()) = tokio::join!(committing, resetting);
    committed.unwrap();
    assert_eq!(counted.clients(), 1, "the request that was repeated had its answer");
    counted.publish("3").await.unwrap();
    assert_eq!(counted.clients(), 2, "the first request could still arrive");
    counted.publish("4").await.unwrap();
    assert_eq!(keys(servers, topic).await, ["1", "2", "3", "4"]);
    let report = counted.publisher.shutdown(Duration::from_secs(10)).await;
    assert_eq!((report.delivered, report.failed, report.unknown), (4, 0, 0));
}

#[tokio::test]
async fn a_lost_answer_calls_for_a_fresh_client() {
    let pair = Pair::start();
    check(pair.cluster.bootstrap_servers(), "orders", false).await;
}

#[tokio::test]
async fn a_lost_connection_calls_for_a_fresh_client() {
    let pair = Pair::start();
    check(pair.cluster.bootstrap_servers(), "orders", true).await;
}

#[tokio::test]
async fn so_they_do_on_a_real_kafka() {
    for reset in [false, true] {
        let Some(real) = Real::start("proxied", "1000000").await else {
            return;
        };
        check(&real.servers, &real.topic, reset).await;
    }
}
