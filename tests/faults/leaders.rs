//! Leaders that move, and one that is slow: rows 3 and 11 of the matrix.

use std::time::Duration;

use publisher_core::testing::EmbeddedCluster;
use tests::checker::Repeats;
use tests::load::{Load, answers, within};
use tests::proxy::{Direction, Mode, Proxies};
use tests::random::Random;

use crate::support::{KEYS, TOPIC, all_delivered, cluster};

const PARTITIONS: i32 = 6;

/// Row 3: leaders move again and again, and the client learns of it from those who are none any more.
#[tokio::test(flavor = "multi_thread")]
async fn moving_leaders_lose_nothing() {
    let cluster = cluster(3);
    let servers = cluster.bootstrap_servers().to_owned();
    let load = Load::start(&servers, TOPIC, 3, |builder| builder).await;
    let mut random = Random::new(3);
    for _ in 0..8 {
        let calls = load.calls(&KEYS, 200);
        for partition in 0..PARTITIONS {
            cluster.move_leader(TOPIC, partition, 1 + random.below(3)).unwrap();
        }
        all_delivered(&answers(calls).await);
    }
    let report = load.finish(&servers, Repeats::Refused).await;
    assert_eq!(report.counts.delivered, 1_600);
}

/// Row 3: a broker goes and its partitions get another leader.
#[tokio::test(flavor = "multi_thread")]
async fn a_broker_that_goes_for_good_is_replaced() {
    let cluster = cluster(3);
    let servers = cluster.bootstrap_servers().to_owned();
    let load = Load::start(&servers, TOPIC, 4, |builder| builder).await;
    all_delivered(&answers(load.calls(&KEYS, 60)).await);
    for gone in 1..=3 {
        let calls = load.calls(&KEYS, 200);
        cluster.take_down(gone).unwrap();
        for partition in 0..PARTITIONS {
            cluster.move_leader(TOPIC, partition, 1 + gone % 3).unwrap();
        }
        all_delivered(&answers(calls).await);
        cluster.bring_up(gone).unwrap();
    }
    // Batches that had arrived when their connection was closed come again, and this broker does not know them.
    let report = load.finish(&servers, Repeats::Appended).await;
    assert_eq!(report.counts.delivered, 660);
}

/// Row 11: one of three brokers does not answer. What goes to the others flows, as long as the buffer has room; what goes
/// to this one comes when it answers again.
#[tokio::test(flavor = "multi_thread")]
async fn a_slow_broker_holds_up_its_own_partitions_only() {
    let cluster = EmbeddedCluster::with_brokers(3).unwrap();
    cluster.create_topic(TOPIC, 3).unwrap();
    for partition in 0..3 {
        cluster.move_leader(TOPIC, partition, 1 + partition).unwrap();
    }
    let proxies = Proxies::before(cluster.bootstrap_servers());
    let load = Load::start(&proxies.bootstrap_servers(), TOPIC, 0, |builder| builder).await;
    // A key for each partition.
    let mut keys = [const { String::new() }; 3];
    for number in 0..100 {
        let key = format!("key-{number}");
        let partition = publisher_core::partitioner::partition(key.as_bytes(), 3);
        keys[partition as usize] = key;
    }
    let [slow, left, right] = keys.each_ref().map(String::as_str);
    all_delivered(&answers(load.calls(&[slow, left, right], 30)).await);

    proxies.proxy(0).set(Direction::Answers, Mode::BlackHole);
    let held = load.calls(&[slow], 200);
    for _ in 0..10 {
        all_delivered(&answers(load.calls(&[left, right], 100)).await);
    }
    let mut first = held.into_iter();
    let mut waiting = first.next().unwrap();
    assert!(
        tokio::time::timeout(Duration::from_millis(1), &mut waiting)
            .await
            .is_err(),
        "answered, though no answer came through"
    );
    proxies.heal();
    within(waiting).await.unwrap();
    all_delivered(&answers(first.collect()).await);
    let report = load.finish(cluster.bootstrap_servers(), Repeats::Appended).await;
    assert_eq!(report.counts.delivered, 1_230);
}
