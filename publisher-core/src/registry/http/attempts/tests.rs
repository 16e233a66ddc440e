//! Which address is asked when, under a clock that stands still until everybody waits.

use std::collections::VecDeque;
use std::sync::Mutex;

use super::*;

/// What an address does when it is asked.
#[derive(Clone, Copy)]
enum Does {
    Answer,
    Status(u16),
    /// 429 with `Retry-After` in seconds.
    Hold(u64),
    Hang,
}

const USUAL: Patience = Patience {
    retries: 3,
    backoff: Backoff::UP_TO_10_S,
    request_timeout: Duration::from_secs(10),
    total_timeout: Duration::from_secs(30),
};

/// Waits of no length, so that what passes is told by the addresses alone.
const AT_ONCE: Patience = Patience {
    backoff: Backoff::new(Duration::ZERO, Duration::ZERO),
    ..USUAL
};

struct Run {
    addresses: Addresses,
    scripts: Vec<Mutex<VecDeque<Does>>>,
    asked: Mutex<Vec<usize>>,
}

impl Run {
    fn new<const N: usize>(scripts: [&[Does]; N]) -> Self {
        Self {
            addresses: Addresses::new((0..N).map(|index| format!("http://{index}")).collect()),
            scripts: scripts
                .map(|script| Mutex::new(script.iter().copied().collect()))
                .into(),
            asked: Mutex::default(),
        }
    }

    /// One call; gives its outcome, which addresses were asked in this order, and how many seconds it took.
    async fn call(&self, patience: &Patience) -> (Result<usize, RegistryError>, Vec<usize>, f64) {
        let start = Instant::now();
        let ask = |index: usize| async move {
            self.asked.lock().unwrap().push(index);
            let does = self.scripts[index]
                .lock()
                .unwrap()
                .pop_front()
                .unwrap_or(Does::Status(503));
            let failure = RegistryFailure::new(format!("http://{index}"), "scripted");
            match does {
                Does::Answer => Ok(index),
                Does::Status(404) => Err(RegistryError::NotFound(failure.status(404))),
                Does::Status(status) if status < 400 => Err(RegistryError::BadAnswer(failure.status(status))),
                Does::Status(status) => Err(RegistryError::Unreachable(failure.status(status))),
                Does::Hold(seconds) => Err(RegistryError::Unreachable(
                    failure.status(429).with_retry_after(Some(Duration::from_secs(seconds))),
                )),
                Does::Hang => std::future::pending().await,
            }
        };
        let outcome = self.addresses.ask(patience, patience.deadline(), ask).await;
        let asked = std::mem::take(&mut *self.asked.lock().unwrap());
        (outcome, asked, start.elapsed().as_secs_f64())
    }
}

/// Expects who answered, if any, and who was asked.
async fn check<const N: usize>(scripts: [&[Does]; N], answered: Option<usize>, expected: &[usize]) {
    let (outcome, asked, _) = Run::new(scripts).call(&AT_ONCE).await;
    assert_eq!((outcome.ok(), asked.as_slice()), (answered, expected));
}

#[tokio::test(start_paused = true)]
async fn the_next_address_is_asked_only_after_a_fault_that_may_heal() {
    for status in [408, 429, 500, 502, 503, 504, 200] {
        check([&[Does::Status(status)], &[Does::Answer]], Some(1), &[0, 1]).await;
    }
    for status in [404, 302, 501, 505] {
        check([&[Does::Status(status)], &[Does::Answer]], None, &[0]).await;
    }
    check([&[Does::Hang], &[Does::Answer]], Some(1), &[0, 1]).await;
}

#[tokio::test(start_paused = true)]
async fn each_round_asks_every_address_once() {
    check([&[]], None, &[0, 0, 0, 0]).await;
    check([&[], &[]], None, &[0, 1, 0, 1, 0, 1, 0, 1]).await;
    check([&[], &[Does::Status(500), Does::Answer]], Some(1), &[0, 1, 0, 1]).await;
    check([&[], &[Does::Status(500), Does::Status(404)]], None, &[0, 1, 0, 1]).await;
}

#[tokio::test(start_paused = true)]
async fn the_address_that_answered_last_is_asked_first() {
    let run = Run::new([
        &[Does::Status(503), Does::Answer],
        &[Does::Status(404), Does::Answer, Does::Status(500)],
        &[],
    ]);
    for (answered, expected) in [
        // No is an answer too.
        (None, &[0, 1][..]),
        (Some(1), &[1]),
        (Some(0), &[1, 2, 0]),
    ] {
        let (outcome, asked, _) = run.call(&AT_ONCE).await;
        assert_eq!((outcome.ok(), asked.as_slice()), (answered, expected));
    }
}

#[tokio::test(start_paused = true)]
async fn waits_grow_and_stay_within_their_ceilings() {
    let (outcome, asked, seconds) = Run::new([&[]]).call(&USUAL).await;
    assert_eq!(asked.len(), 4);
    // The three ceilings are 100, 200 and 400 ms; the clock counts whole milliseconds.
    assert!(seconds < 0.704, "{seconds}");
    let error = outcome.unwrap_err();
    assert_eq!(
        error.to_string(),
        "schema registry unreachable: http://0, HTTP 503: scripted (asked 4 times)"
    );
}

#[tokio::test(start_paused = true)]
async fn retry_after_is_waited_for() {
    let run = Run::new([&[Does::Hold(7), Does::Answer]]);
    let (outcome, asked, seconds) = run.call(&AT_ONCE).await;
    assert_eq!((outcome.ok(), asked), (Some(0), vec![0, 0]));
    assert!((7.0..7.1).contains(&seconds), "{seconds}");

    // The others are asked meanwhile.
    let run = Run::new([&[Does::Hold(7), Does::Answer], &[]]);
    let (outcome, asked, seconds) = run.call(&AT_ONCE).await;
    assert_eq!((outcome.is_err(), asked), (true, vec![0, 1, 1, 1, 1]));
    assert!(seconds < 0.1, "{seconds}");
}

#[tokio::test(start_paused = true)]
async fn a_wait_beyond_the_deadline_ends_the_call_at_once() {
    let (outcome, asked, seconds) = Run::new([&[Does::Hold(31), Does::Answer]]).call(&USUAL).await;
    assert_eq!((asked, seconds), (vec![0], 0.0));
    let error = outcome.unwrap_err();
    assert_eq!(error.failure().retry_after(), Some(Duration::from_secs(31)));
    assert!(error.to_string().contains("asks to be left alone for 31s"), "{error}");

    // No wish is heeded longer than a minute.
    let patience = Patience {
        total_timeout: Duration::from_secs(100),
        ..AT_ONCE
    };
    let (outcome, _, seconds) = Run::new([&[Does::Hold(90), Does::Answer]]).call(&patience).await;
    assert_eq!(outcome.ok(), Some(0));
    assert!((60.0..60.1).contains(&seconds), "{seconds}");
}

#[tokio::test(start_paused = true)]
async fn deadlines_end_one_attempt_and_the_whole_call() {
    let (outcome, asked, seconds) = Run::new([&[Does::Hang; 9]]).call(&AT_ONCE).await;
    assert_eq!(asked.len(), 3);
    assert!((30.0..30.1).contains(&seconds), "{seconds}");
    assert!(outcome.unwrap_err().to_string().contains("no answer within"));

    let patience = Patience {
        total_timeout: Duration::from_secs(4),
        ..USUAL
    };
    let (outcome, asked, seconds) = Run::new([&[Does::Hang], &[Does::Answer]]).call(&patience).await;
    assert_eq!(asked, [0]);
    assert!((4.0..4.1).contains(&seconds), "{seconds}");
    assert!(
        outcome
            .unwrap_err()
            .to_string()
            .contains("no answer within the 4s that the whole call may take")
    );

    // No setting overflows the clock.
    let patience = Patience {
        total_timeout: Duration::MAX,
        request_timeout: Duration::MAX,
        ..USUAL
    };
    let (outcome, ..) = Run::new([&[Does::Answer]]).call(&patience).await;
    assert_eq!(outcome.ok(), Some(0));
}

#[tokio::test(start_paused = true)]
async fn the_error_names_each_address_and_why() {
    let (outcome, ..) = Run::new([&[Does::Status(500); 4], &[Does::Hang; 4]])
        .call(&AT_ONCE)
        .await;
    let error = outcome.unwrap_err();
    let attempts: Vec<_> = (error.failure().attempts().iter())
        .map(|attempt| (attempt.address(), attempt.times(), attempt.reason()))
        .collect();
    assert_eq!(
        attempts,
        [
            ("http://0", 3, "HTTP 500: scripted"),
            ("http://1", 3, "no answer within 10s"),
        ]
    );
    assert_eq!(
        error.to_string(),
        "schema registry unreachable: http://1: no answer within 10s (asked 3 times); http://0: HTTP 500: scripted \
         (asked 3 times); the server accepts connections but does not answer in time"
    );
}
