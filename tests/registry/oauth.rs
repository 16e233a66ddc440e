//! Access tokens: what is asked of the server that gives them, how often, and how each failure ends.

use std::sync::Arc;
use std::time::Duration;

use publisher_core::registry::{OAuthClient, RegistryClient, RegistryClientBuilder, RegistryError, SchemaRegistry};

use crate::avro;
use crate::faults::kind;
use crate::scripted::{Act, Scripted};
use crate::secure::{Authority, Secure, Setup};

/// A token that lives so many seconds.
fn token(name: &str, seconds: u64) -> Act {
    let body = format!(r#"{{"access_token":"{name}","token_type":"Bearer","expires_in":{seconds}}}"#);
    Act::answer(200, "", &body)
}

fn oauth(server: &Scripted) -> OAuthClient {
    OAuthClient::new(format!("{}/token", server.url), "publisher", "open sesame")
}

fn builder(registry: &Scripted, oauth: OAuthClient) -> RegistryClientBuilder {
    RegistryClient::builder(&registry.url)
        .oauth(oauth)
        .retry_backoff(Duration::ZERO, Duration::ZERO)
}

async fn look_up(client: &RegistryClient) -> Result<(), RegistryError> {
    client.look_up("s", &avro("\"string\"")).await.map(drop)
}

/// The values of this header in the requests that came.
fn sent(server: &Scripted, name: &str) -> Vec<String> {
    let requests = server.requests();
    let lines = requests.iter().flat_map(|request| request.lines());
    let values = lines.filter_map(|line| line.split_once(": "));
    let values = values.filter(|(key, _)| key.eq_ignore_ascii_case(name));
    values.map(|(_, value)| value.to_owned()).collect()
}

#[tokio::test]
async fn a_token_is_asked_for_by_id_and_secret() {
    let (server, registry) = (Scripted::start([token("t1", 3600)]), Scripted::start([]));
    let oauth = OAuthClient::new(format!("{}/token?p=x", server.url), "publisher", "a b+c:ä")
        .scope("read")
        .scope("write")
        .parameter("audience", "https://registry.example/?a&b")
        .logical_cluster("lsrc-123")
        .identity_pool("pool-9");
    let client = builder(&registry, oauth).build().unwrap();
    look_up(&client).await.unwrap();
    look_up(&client).await.unwrap();

    let request = server.requests().remove(0);
    assert!(request.starts_with("POST /token?p=x HTTP/1.1\r\n"), "{request}");
    let form = "grant_type=client_credentials&scope=read+write&audience=https%3A%2F%2Fregistry.example%2F%3Fa%26b";
    assert!(request.ends_with(&format!("\r\n\r\n{form}")), "{request}");
    for (name, value) in [
        ("content-type", "application/x-www-form-urlencoded"),
        ("accept", "application/json"),
        // Python: base64.b64encode(b"publisher:" + urllib.parse.quote_plus("a b+c:ä").encode())
        ("authorization", "Basic cHVibGlzaGVyOmErYiUyQmMlM0ElQzMlQTQ="),
    ] {
        assert_eq!(sent(&server, name), [value], "{request}");
    }
    assert!(sent(&server, "target-sr-cluster").is_empty());

    // One token for both.
    assert_eq!(sent(&registry, "authorization"), ["Bearer t1", "Bearer t1"]);
    assert_eq!(sent(&registry, "target-sr-cluster"), ["lsrc-123", "lsrc-123"]);
    assert_eq!(sent(&registry, "confluent-identity-pool-id"), ["pool-9", "pool-9"]);
}

#[tokio::test]
async fn many_tasks_at_once_ask_for_one_token() {
    let (server, registry) = (Scripted::start([token("t1", 3600)]), Scripted::start([]));
    let client = Arc::new(builder(&registry, oauth(&server)).build().unwrap());
    let tasks: Vec<_> = (0..100)
        .map(|_| {
            let client = Arc::clone(&client);
            tokio::spawn(async move { look_up(&client).await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!((server.calls(), registry.calls()), (1, 100));
}

/// Calls until the registry has got this token; a refresh runs beside the calls.
async fn calls_until(client: &RegistryClient, registry: &Scripted, token: &str) {
    let calls = async {
        while sent(registry, "authorization").last().map(String::as_str) != Some(token) {
            look_up(client).await.unwrap();
        }
    };
    tokio::time::timeout(Duration::from_secs(60), calls).await.unwrap();
}

#[tokio::test]
async fn a_token_near_its_end_is_refreshed() {
    // Ten seconds before its end is at once.
    let server = Scripted::start([token("t1", 10), token("t2", 3600)]);
    let registry = Scripted::start([]);
    let client = builder(&registry, oauth(&server)).build().unwrap();
    calls_until(&client, &registry, "Bearer t2").await;
    look_up(&client).await.unwrap();
    let tokens = sent(&registry, "authorization");
    // No call waited for the refresh, and none came between.
    assert_eq!(tokens[..2], ["Bearer t1", "Bearer t1"], "{tokens:?}");
    assert_eq!(tokens.last().unwrap(), "Bearer t2", "{tokens:?}");
    assert_eq!(server.calls(), 2);

    // It is valid still: the refresh may fail or hang.
    for act in [Act::status(401), Act::Hang] {
        let server = Scripted::start([token("t1", 10), act]);
        let registry = Scripted::start([]);
        let client = builder(&registry, oauth(&server)).build().unwrap();
        let refreshes = async {
            while server.calls() < 2 {
                look_up(&client).await.unwrap();
            }
        };
        tokio::time::timeout(Duration::from_secs(60), refreshes).await.unwrap();
        look_up(&client).await.unwrap();
        let tokens = sent(&registry, "authorization");
        assert!(tokens.iter().all(|token| token == "Bearer t1"), "{tokens:?}");
    }
}

#[tokio::test]
async fn a_refused_token_is_fetched_once_more() {
    let server = Scripted::start([token("t1", 3600), token("t2", 3600), token("t3", 3600)]);
    let registry = Scripted::start([Act::status(401)]);
    let client = builder(&registry, oauth(&server)).build().unwrap();
    look_up(&client).await.unwrap();
    look_up(&client).await.unwrap();
    assert_eq!(
        sent(&registry, "authorization"),
        ["Bearer t1", "Bearer t2", "Bearer t2"]
    );
    assert_eq!(server.calls(), 2);

    // Once, not for ever; and what is not allowed does not become so by a new token.
    for (status, tokens) in [(401, 2), (403, 1)] {
        let server = Scripted::start([token("t1", 3600), token("t2", 3600)]);
        let registry = Scripted::start(vec![Act::status(status); 9]);
        let client = builder(&registry, oauth(&server)).build().unwrap();
        let error = look_up(&client).await.unwrap_err();
        assert_eq!(kind(&error), ("unauthorised", false), "{error}");
        assert_eq!((server.calls(), registry.calls()), (tokens, tokens), "{error}");
    }
}

/// Expects this kind of error with these words, after so many requests for a token, and none to the registry.
async fn check(act: Act, expected: (&str, bool), words: &str, calls: usize) {
    let (server, registry) = (Scripted::start(vec![act; 9]), Scripted::start([]));
    let client = builder(&registry, oauth(&server)).build().unwrap();
    let error = look_up(&client).await.unwrap_err();
    assert_eq!(kind(&error), expected, "{error}");
    let text = error.to_string();
    for word in [words, &format!("{}/token", server.url), "subject s"] {
        assert!(text.contains(word), "{word:?} is missing in: {text}");
    }
    assert!(!text.contains("sesame") && !text.ends_with('.'), "{text}");
    assert_eq!((server.calls(), registry.calls()), (calls, 0), "{text}");
}

#[tokio::test]
async fn no_token_is_told_apart_from_no_registry() {
    let refusal = r#"{"error":"invalid_client","error_description":"Bad secret open sesame."}"#;
    let words = "no access token: invalid_client: Bad secret ***; check the URL of the token endpoint";
    check(Act::answer(401, "", refusal), ("unauthorised", false), words, 1).await;
    check(Act::answer(400, "", refusal), ("unauthorised", false), words, 1).await;
    check(
        Act::answer(404, "", "<html>nothing</html>"),
        ("unauthorised", false),
        "no access token: answer is HTML",
        1,
    )
    .await;
    for status in [408, 429, 500, 503] {
        let words = format!("HTTP {status}: no access token: scripted (asked 4 times)");
        check(Act::status(status), ("unreachable", true), &words, 4).await;
    }
    check(
        Act::answer(302, "Location: https://elsewhere.example\r\n", ""),
        ("bad answer", true),
        "redirects are not followed here",
        1,
    )
    .await;
    check(Act::HangUp, ("unreachable", true), "no complete answer: ", 4).await;
}

#[tokio::test]
async fn an_answer_without_a_token_is_a_bad_one() {
    for (body, words) in [
        ("<html>Sign in</html>", "the answer is not JSON"),
        (r#"{"access_token":"open ses"#, "the answer is not JSON"),
        ("{}", "the answer has no access_token"),
        (r#"{"access_token":""}"#, "the answer has no access_token"),
        (r#"{"access_token":7}"#, "the answer has no access_token"),
        (r#"{"access_token":"open\nsesame"}"#, "fits into no header"),
        (
            r#"{"access_token":"t","token_type":"mac"}"#,
            "of another type than bearer",
        ),
        (r#"{"access_token":"t","expires_in":-1}"#, "is no number of seconds"),
        (r#"{"access_token":"t","expires_in":"soon"}"#, "is no number of seconds"),
    ] {
        check(Act::answer(200, "", body), ("bad answer", true), words, 4).await;
    }
    let flood = Act::Flood(
        b"HTTP/1.1 200 OK\r\n\r\n{\"access_token\":\"".to_vec(),
        vec![b'x'; 64 * 1024],
    );
    check(flood, ("bad answer", true), "larger than 262144 bytes", 4).await;

    // What is unsaid or said as a text is no fault.
    for life in [
        "",
        r#","expires_in":null"#,
        r#","expires_in":"3600""#,
        r#","expires_in":1e300"#,
    ] {
        let body = format!(r#"{{"access_token":"t1","token_type":"bearer"{life}}}"#);
        let (server, registry) = (Scripted::start([Act::answer(200, "", &body)]), Scripted::start([]));
        let client = builder(&registry, oauth(&server)).build().unwrap();
        let outcome = look_up(&client).await;
        if life.contains("1e300") {
            assert_eq!(kind(&outcome.unwrap_err()), ("bad answer", true));
        } else {
            outcome.unwrap();
            look_up(&client).await.unwrap();
            assert_eq!(server.calls(), 1, "{life}");
        }
    }
}

#[tokio::test]
async fn the_server_is_trusted_as_the_registry_is() {
    let authority = Authority::new("ours");
    let signed = authority.sign("127.0.0.1", 2999);
    let body = r#"{"access_token":"t1","expires_in":3600}"#;
    let server = Secure::start(Setup::new(&signed), body).await;
    let registry = Scripted::start([]);
    let oauth = || OAuthClient::new(&server.url, "publisher", "open sesame");

    let error = look_up(&builder(&registry, oauth()).build().unwrap())
        .await
        .unwrap_err();
    assert_eq!(kind(&error), ("unreachable", true), "{error}");
    assert!(error.to_string().contains("root_certificates_pem"), "{error}");
    assert_eq!(server.requests().len(), 0);

    let client = builder(&registry, oauth()).root_certificates_pem(authority.pem());
    look_up(&client.build().unwrap()).await.unwrap();
    assert_eq!(sent(&registry, "authorization"), ["Bearer t1"]);
}

#[tokio::test]
async fn the_server_may_want_a_client_certificate_too() {
    let (authority, clients) = (Authority::new("ours"), Authority::new("clients"));
    let signed = authority.sign("127.0.0.1", 2999);
    let setup = || Setup {
        clients: Some(&clients),
        ..Setup::new(&signed)
    };
    let server = Secure::start(setup(), r#"{"access_token":"t1","expires_in":3600}"#).await;
    let registry = Secure::registry(setup()).await;
    let builder = || {
        RegistryClient::builder(&registry.url)
            .oauth(OAuthClient::new(&server.url, "publisher", "open sesame"))
            .root_certificates_pem(authority.pem())
    };
    let error = look_up(&builder().build().unwrap()).await.unwrap_err();
    assert_eq!(kind(&error), ("unauthorised", false), "{error}");
    assert_eq!(error.failure().address(), format!("{}/", server.url));
    assert_eq!((server.connections(), registry.connections()), (1, 0));

    let ours = clients.sign("publisher", 2999);
    let shown = builder().client_certificate_pem(ours.certificate, ours.key);
    look_up(&shown.build().unwrap()).await.unwrap();
    assert_eq!((server.requests().len(), registry.requests().len()), (1, 1));
}

#[test]
fn settings_that_cannot_work_are_refused() {
    let check = |url: &str, change: fn(OAuthClient) -> OAuthClient, expected: &str| {
        let oauth = change(OAuthClient::new(url, "publisher", "open-sesame"));
        let outcome = RegistryClient::builder("https://h").oauth(oauth).build();
        match (outcome, expected) {
            (Ok(_), "") => {}
            (Ok(_), _) => panic!("{url} is taken"),
            (Err(error), _) => {
                let error = error.to_string();
                assert!(!expected.is_empty() && error.contains(expected), "{url}: {error}");
                assert!(!error.contains("sesame"), "{error}");
            }
        }
    };
    for local in [
        "http://localhost:1/t",
        "http://127.0.0.1",
        "http://127.9.9.9/",
        "http://[::1]:9",
    ] {
        check(local, |oauth| oauth, "");
    }
    check("https://login.example/t?p=open-sesame", |oauth| oauth, "");
    for remote in [
        "http://login.example/t",
        "http://localhost.example/t",
        "http://10.0.0.1/t",
        "ftp://localhost/open-sesame",
        "localhost:80",
    ] {
        check(remote, |oauth| oauth, "must be an https URL");
    }
    check("", |oauth| oauth, "is not a URL");
    check("https://u:open-sesame@h/t", |oauth| oauth, "neither user and password");
    let parameter = |oauth: OAuthClient| oauth.parameter("grant_type", "open-sesame");
    check("https://h", parameter, "the parameter grant_type of oauth");
    check("https://h", |oauth| oauth.logical_cluster("a\nb"), "target-sr-cluster");

    let oauth = || OAuthClient::new("https://h", "publisher", "");
    let error = RegistryClient::builder("https://h").oauth(oauth()).build().unwrap_err();
    assert!(error.to_string().contains("is empty"), "{error}");
    for builder in [
        RegistryClient::builder("https://h").bearer_token("t"),
        RegistryClient::builder("https://h").basic_auth("u", "p"),
        RegistryClient::builder("https://u:p@h"),
    ] {
        let error = builder.oauth(oauth()).build().unwrap_err();
        assert!(error.to_string().contains("more than one of"), "{error}");
    }
}
