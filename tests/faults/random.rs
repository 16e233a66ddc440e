//! The random campaign, 30 s of it on the embedded cluster and 30 s on a real Kafka. `PUBLISHER_TEST_SEED` names the seed;
//! else it follows from the time, and a failure says it.

use std::time::{Duration, SystemTime};

use tests::campaign::{self, Ground};
use tests::say;

const TIME: Duration = Duration::from_secs(30);

#[tokio::test(flavor = "multi_thread")]
async fn on_the_embedded_cluster() {
    run(&Ground::embedded()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_real_kafka() {
    let ground = tokio::task::spawn_blocking(|| Ground::real(1)).await.unwrap();
    if let Some(ground) = ground {
        run(&ground).await;
    }
}

async fn run(ground: &Ground) {
    let asked = std::env::var("PUBLISHER_TEST_SEED").ok();
    let seed = asked.map_or_else(from_the_time, |seed| seed.parse().unwrap());
    // Of a run that passes the harness shows nothing but this.
    let figures = campaign::run(seed, TIME, ground, |line| println!("{line}")).await;
    match figures {
        Ok(figures) => say(&format!(
            "campaign on {ground} with seed {seed}: {}",
            serde_json::to_string(&figures).unwrap()
        )),
        Err(failure) => panic!("{failure}"),
    }
}

fn from_the_time() -> u64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    now.as_millis() as u64
}
