//! Which faults lead to another attempt and another address, counted at the addresses; and how each ends when it lasts.

use std::time::Duration;

use publisher_core::registry::{
    RegisteredSchema, RegistryClient, RegistryClientBuilder, RegistryError, SchemaRegistry,
};

use crate::faults::kind;
use crate::gzip;
use crate::scripted::{Act, Nobody, Scripted};
use crate::{avro, json};

/// Waits between rounds that nobody notices.
fn builder(url: &str) -> RegistryClientBuilder {
    RegistryClient::builder(url).retry_backoff(Duration::from_millis(1), Duration::from_millis(2))
}

/// Limits that a test can wait for, and fewer of the waits.
fn impatient(url: &str) -> RegistryClientBuilder {
    builder(url).request_timeout(Duration::from_millis(500)).retries(1)
}

async fn register(builder: RegistryClientBuilder) -> Result<RegisteredSchema, RegistryError> {
    builder.build().unwrap().register("s", &avro("\"string\"")).await
}

/// A fault that may heal: another attempt, or another address, makes it good; and if it lasts, four rounds end in this
/// kind of error with these words.
async fn check_healing(act: Act, expected: &str, words: &str) {
    check_healing_with(builder, 4, act, expected, words).await;
}

async fn check_healing_with(
    builder: fn(&str) -> RegistryClientBuilder,
    rounds: u32,
    act: Act,
    expected: &str,
    words: &str,
) {
    let calls = rounds as usize;
    let one = Scripted::start(vec![act.clone(); calls - 1]);
    assert_eq!(register(builder(&one.url)).await.unwrap().id.0, 7, "{words}");
    assert_eq!((one.calls(), one.connections()), (calls, calls), "{words}");

    let (first, second) = (Scripted::start([act.clone()]), Scripted::start([]));
    let both = builder(&first.url).url(&second.url);
    assert_eq!(register(both).await.unwrap().id.0, 7, "{words}");
    assert_eq!((first.calls(), second.calls()), (1, 1), "{words}");

    let failing = || Scripted::start(vec![act.clone(); calls]);
    let (first, second) = (failing(), failing());
    let error = register(builder(&format!("{},{}", first.url, second.url)))
        .await
        .unwrap_err();
    assert_eq!((first.calls(), second.calls()), (calls, calls), "{error}");
    assert_eq!(kind(&error), (expected, true), "{error}");
    let attempts = error.failure().attempts();
    for (attempt, address) in attempts.iter().zip([&first.url, &second.url]) {
        assert_eq!((attempt.address(), attempt.times()), (&**address, rounds), "{error}");
        assert!(attempt.reason().contains(words), "{words:?} is missing in: {attempt:?}");
        assert!(error.to_string().contains(&**address), "{error}");
    }
    assert_eq!(attempts.len(), 2, "{error}");
    let times = format!("(asked {rounds} times)");
    assert_eq!(error.to_string().matches(&times).count(), 2, "{error}");
}

#[tokio::test]
async fn a_status_that_may_heal_leads_to_the_next_attempt_and_address() {
    for status in [408, 429, 500, 502, 503, 504] {
        check_healing(Act::status(status), "unreachable", &format!("HTTP {status}: scripted")).await;
    }
}

#[tokio::test]
async fn no_answer_leads_to_the_next_attempt_and_address() {
    for act in [Act::Hang, Act::Drip] {
        check_healing_with(impatient, 2, act, "unreachable", "no answer within 500ms").await;
    }
    let silent = |url: &str| impatient(url).read_timeout(Duration::from_millis(100));
    check_healing_with(silent, 2, Act::Hang, "unreachable", "nothing came for 100ms").await;
    check_healing(Act::HangUp, "unreachable", "no complete answer: ").await;
    let cut = Act::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":7".to_vec());
    check_healing(cut, "unreachable", "no complete answer: ").await;
}

#[tokio::test]
async fn an_answer_that_is_none_leads_to_the_next_attempt_and_address() {
    for (body, words) in [
        ("<html>Sign in</html>", "answer is HTML or XML: <html>Sign in"),
        (r#"{"id":7,"schema":"#, "answer is cut or broken JSON"),
        ("", "answer is empty"),
        ("[]", "not an object"),
        (r#"{"id":0}"#, "answer has the id 0;"),
        (r#"{"id":"seven"}"#, "answer has the id \"seven\";"),
    ] {
        check_healing(Act::answer(200, "", body), "bad answer", words).await;
    }
}

#[tokio::test]
async fn an_endless_body_is_cut_off() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Length: 52428800\r\n\r\n{\"id\":7,\"x\":\"".to_vec();
    let act = Act::Flood(head, vec![b'x'; 64 * 1024]);
    check_healing(act.clone(), "bad answer", "larger than 4194304 bytes").await;
    let server = Scripted::start([act]);
    register(builder(&server.url).retries(0)).await.unwrap_err();
    // Some of it waits in the system's buffers.
    assert!(server.sent_bytes() < 40 * 1024 * 1024, "{}", server.sent_bytes());
}

#[tokio::test]
async fn what_unpacks_without_end_is_cut_off() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n".to_vec();
    let (first, again) = gzip::bomb();
    let act = Act::Flood([head.clone(), first].concat(), again);
    check_healing(act.clone(), "bad answer", "larger than 4194304 bytes").await;
    // Unpacked, what it let the other side send is a thousand times the limit and more: it was never in memory.
    let server = Scripted::start([act]);
    let error = register(builder(&server.url).retries(0)).await.unwrap_err();
    assert_eq!(kind(&error), ("bad answer", true), "{error}");

    // What is small is read, so that the limit is one of what comes out.
    let body = gzip::stored(r#"{"id":7,"version":1}"#);
    let server = Scripted::start([Act::Send([head.clone(), body.clone()].concat())]);
    assert_eq!(register(builder(&server.url)).await.unwrap().id.0, 7);
    let asked = server.requests()[0].to_ascii_lowercase();
    assert!(asked.contains("\r\naccept-encoding: gzip\r\n"), "{asked}");

    let mut broken = body;
    let last = broken.len() - 9;
    broken[last] ^= 1;
    let act = Act::Send([head, broken].concat());
    check_healing(act, "unreachable", "no complete answer: ").await;
}

#[tokio::test]
async fn an_address_where_nobody_listens_is_passed_over() {
    let (dead, live) = (Nobody::new(), Scripted::start([]));
    let registry = builder(&dead.url()).url(&live.url).build().unwrap();
    for calls in 1..=3 {
        registry.look_up("s", &json("true")).await.unwrap();
        assert_eq!(live.calls(), calls);
    }

    let error = register(builder(&dead.url())).await.unwrap_err();
    assert_eq!(kind(&error), ("unreachable", true), "{error}");
    let attempt = &error.failure().attempts()[0];
    assert_eq!((attempt.address(), attempt.times()), (&*dead.url(), 4));
    assert!(attempt.reason().contains("Connection refused"), "{error}");
}

#[tokio::test]
async fn a_no_is_final() {
    for (status, expected) in [
        (400, "invalid schema"),
        (401, "unauthorised"),
        (403, "unauthorised"),
        (404, "not found"),
        (409, "incompatible"),
        (422, "invalid schema"),
        (501, "unreachable"),
    ] {
        let (first, second) = (Scripted::start([Act::status(status)]), Scripted::start([]));
        let error = register(builder(&first.url).url(&second.url)).await.unwrap_err();
        assert_eq!(kind(&error).0, expected, "{error}");
        assert_eq!((first.calls(), second.calls()), (1, 0), "{error}");
        assert!(error.failure().attempts().is_empty(), "{error}");
    }
}

#[tokio::test]
async fn a_wish_to_be_left_alone_is_heeded() {
    let hold = |seconds: u32| Act::answer(429, &format!("Retry-After: {seconds}\r\n"), "");
    // It does not fit: the call ends with the one request.
    let server = Scripted::start([hold(40)]);
    let error = register(builder(&server.url)).await.unwrap_err();
    assert_eq!(server.calls(), 1);
    assert_eq!(error.failure().retry_after(), Some(Duration::from_secs(40)));

    // Another address is asked at once.
    let (first, second) = (Scripted::start([hold(40)]), Scripted::start([Act::status(503)]));
    register(builder(&first.url).url(&second.url)).await.unwrap();
    assert_eq!((first.calls(), second.calls()), (1, 2));

    let server = Scripted::start([hold(0), hold(0), hold(0)]);
    register(builder(&server.url)).await.unwrap();
    assert_eq!(server.calls(), 4);
}

#[tokio::test]
async fn a_redirect_is_followed_within_its_origin_alone() {
    let redirect = |status: u16, to: &str| Act::answer(status, &format!("Location: {to}\r\n"), "");
    let registry = |url: &str| builder(url).bearer_token("secret").build().unwrap();

    // A write goes on as it is.
    let server = Scripted::start([redirect(307, "/v2/x"), redirect(308, "../y")]);
    registry(&server.url).register("s", &avro("\"string\"")).await.unwrap();
    let requests = server.requests();
    let lines: Vec<_> = requests.iter().map(|request| request.lines().next().unwrap()).collect();
    assert_eq!(
        lines,
        [
            "POST /subjects/s/versions?normalize=true HTTP/1.1",
            "POST /v2/x HTTP/1.1",
            "POST /y HTTP/1.1",
        ]
    );
    for request in &requests {
        assert!(
            request
                .to_ascii_lowercase()
                .contains("\r\nauthorization: bearer secret\r\n")
        );
        assert!(
            request.ends_with(r#"{"schema":"\"string\"","schemaType":"AVRO"}"#),
            "{request}"
        );
    }

    // Three at most; what reads is followed whatever the status.
    let server = Scripted::start([301, 302, 303, 307].map(|status| redirect(status, "/again")));
    let error = registry(&server.url)
        .schema_by_id(publisher_core::SchemaId(7))
        .await
        .unwrap_err();
    assert_eq!((kind(&error), server.calls()), (("bad answer", true), 4), "{error}");
    assert!(error.to_string().contains("at most 3"), "{error}");

    for status in [301, 302, 303] {
        let (server, other) = (Scripted::start([redirect(status, "/v2")]), Scripted::start([]));
        let error = register(builder(&server.url).url(&other.url)).await.unwrap_err();
        assert_eq!((server.calls(), other.calls()), (1, 0), "{error}");
        assert!(error.to_string().contains("a write only with 307 or 308"), "{error}");
    }

    // Nobody else hears of it, neither by redirect nor as the next address.
    for status in [301, 302, 303, 307, 308] {
        let target = Scripted::start([]);
        let to = target.url.replace("http://", "http://u:secret@");
        let server = Scripted::start([redirect(status, &format!("{to}/subjects?token=secret"))]);
        let error = registry(&server.url)
            .schema_by_id(publisher_core::SchemaId(7))
            .await
            .unwrap_err();
        assert_eq!((server.calls(), target.connections()), (1, 0), "{error}");
        let expected = format!(
            "redirects to {}/subjects; redirects elsewhere are not followed",
            target.url
        );
        assert!(error.to_string().contains(&expected), "{error}");
    }
}
