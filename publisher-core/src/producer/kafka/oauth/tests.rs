//! When the provider is asked, under a clock that stands still until everybody waits.

use std::collections::VecDeque;
use std::sync::Mutex;

use async_trait::async_trait;
use tokio::time::advance;

use super::*;
use crate::producer::TokenError;

const MINUTE: Duration = Duration::from_secs(60);

/// One answer of the provider.
#[derive(Clone)]
enum Answer {
    Token(Duration),
    Refusal(&'static str),
    Panic,
    Silence,
}

/// What has happened, each with the seconds since the start.
type Log = Arc<Mutex<Vec<(u64, String)>>>;

struct Scripted {
    answers: Mutex<VecDeque<Answer>>,
    last: Answer,
    log: Log,
    start: Instant,
}

impl Scripted {
    fn note(&self, text: impl Into<String>) {
        let seconds = self.start.elapsed().as_secs();
        self.log.lock().unwrap().push((seconds, text.into()));
    }
}

#[async_trait]
impl TokenProvider for Scripted {
    async fn token(&self) -> Result<AccessToken, TokenError> {
        self.note("asked");
        let next = self.answers.lock().unwrap().pop_front();
        match next.unwrap_or_else(|| self.last.clone()) {
            Answer::Token(life) => Ok(AccessToken::new("canary", life)),
            Answer::Refusal(reason) => Err(TokenError::new(reason)),
            Answer::Panic => panic!("this panic belongs to the test"),
            Answer::Silence => std::future::pending().await,
        }
    }
}

struct Noted(Log, Instant);

impl Noted {
    fn note(&self, text: String) {
        self.0.lock().unwrap().push((self.1.elapsed().as_secs(), text));
    }
}

impl Brokers for Noted {
    fn take(&self, token: &AccessToken, end: SystemTime) -> Result<(), String> {
        if token.life > 1_000 * MINUTE {
            return Err("librdkafka does not take it".to_owned());
        }
        let left = end.duration_since(SystemTime::now()).unwrap_or_default();
        assert!(left <= token.life, "{left:?}");
        self.note("taken".to_owned());
        Ok(())
    }

    fn go_without(&self, reason: &str) {
        self.note(format!("without: {reason}"));
    }
}

struct Bed {
    log: Log,
    refused: Arc<Notify>,
    task: JoinHandle<()>,
}

impl Bed {
    /// After the first answers the provider repeats the last.
    fn start(answers: &[Answer]) -> Self {
        let (log, start, refused) = (Log::default(), Instant::now(), Arc::new(Notify::new()));
        let provider = Scripted {
            answers: Mutex::new(answers.iter().cloned().collect()),
            last: answers.last().unwrap().clone(),
            log: Arc::clone(&log),
            start,
        };
        let brokers = Noted(Arc::clone(&log), start);
        let task = tokio::spawn(run(Arc::new(provider), brokers, Arc::clone(&refused)));
        Self { log, refused, task }
    }

    /// What has happened up to this second from now, with the clock moved there.
    async fn after(&self, seconds: u64) -> Vec<(u64, String)> {
        for _ in 0..seconds * 4 {
            settle().await;
            advance(Duration::from_millis(250)).await;
        }
        settle().await;
        std::mem::take(&mut *self.log.lock().unwrap())
    }
}

impl Drop for Bed {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Lets every task run until it waits.
async fn settle() {
    for _ in 0..20 {
        tokio::task::yield_now().await;
    }
}

fn texts(log: &[(u64, String)]) -> Vec<&str> {
    log.iter().map(|(_, text)| text.as_str()).collect()
}

#[tokio::test(start_paused = true)]
async fn a_token_is_replaced_ahead_of_its_end_and_not_before() {
    let bed = Bed::start(&[Answer::Token(100 * MINUTE)]);
    let log = bed.after(75 * 60 - 1).await;
    assert_eq!(texts(&log), ["asked", "taken"]);
    let log = bed.after(5 * 60 + 2).await;
    assert_eq!(texts(&log), ["asked", "taken"], "{log:?}");
}

#[tokio::test(start_paused = true)]
async fn failures_are_told_and_make_no_storm() {
    let bed = Bed::start(&[Answer::Refusal("the server is down")]);
    let log = bed.after(300).await;
    let asked = log.iter().filter(|(_, text)| text == "asked").count();
    // The longest waits are 30 s, the usual one is half of that.
    assert!((8..60).contains(&asked), "{asked}: {log:?}");
    let told = log
        .iter()
        .filter(|(_, text)| text == "without: the server is down")
        .count();
    assert_eq!(told, asked);
}

#[tokio::test(start_paused = true)]
async fn an_old_token_serves_while_refreshes_fail() {
    let bed = Bed::start(&[Answer::Token(10 * MINUTE), Answer::Refusal("down")]);
    let log = bed.after(9 * 60 + 59).await;
    assert!(log.iter().filter(|(_, text)| text == "asked").count() > 2, "{log:?}");
    assert!(!texts(&log).contains(&"without: down"), "{log:?}");
    // Once it is over, the brokers' side is told.
    let log = bed.after(2).await;
    assert!(texts(&log).contains(&"without: down"), "{log:?}");
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_comes_back_is_heard() {
    let bed = Bed::start(&[
        Answer::Refusal("down"),
        Answer::Panic,
        Answer::Token(Duration::ZERO),
        Answer::Token(2_000 * MINUTE),
        Answer::Token(MINUTE),
    ]);
    let log = bed.after(40).await;
    let told: Vec<_> = texts(&log).into_iter().filter(|text| *text != "asked").collect();
    let expected = [
        "without: down",
        "without: the token provider panicked",
        "without: the token had expired when it came",
        "without: librdkafka does not take it",
        "taken",
    ];
    assert_eq!(told[..5], expected);
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_does_not_answer_is_given_up() {
    let bed = Bed::start(&[Answer::Silence, Answer::Token(MINUTE)]);
    assert_eq!(texts(&bed.after(29).await), ["asked"]);
    let log = bed.after(3).await;
    assert_eq!(
        texts(&log)[..3],
        [
            "without: the token provider gave no answer within 30s",
            "asked",
            "taken"
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_token_that_the_brokers_refuse_is_replaced_and_not_over_and_over() {
    let bed = Bed::start(&[Answer::Token(100 * MINUTE)]);
    assert_eq!(texts(&bed.after(1).await), ["asked", "taken"]);
    for _ in 0..5 {
        bed.refused.notify_one();
        settle().await;
    }
    assert_eq!(bed.after(8).await, []);
    let log = bed.after(30).await;
    // The refusals that came meanwhile are of the token before, and one of them may count for the next.
    assert!((2..=4).contains(&log.len()), "{log:?}");
}

#[test]
fn the_time_of_a_refresh() {
    let check = |life: u64, random: u64, expected_ms: u64| {
        let actual = fresh(Duration::from_secs(life), random);
        assert_eq!(actual.as_millis(), u128::from(expected_ms), "{life} s, {random}");
    };
    check(100, 0, 80_000);
    check(100, u64::MAX, 75_000);
    check(1, 0, 1_000);
    check(0, u64::MAX, 1_000);
}
