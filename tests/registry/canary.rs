//! No secret is in any text: each is a word that is found at once, every failure is run, and everything that can be read
//! afterwards is searched: errors and their sources, `Debug` of all that the user holds, panics, logs and spans at their
//! finest.

use std::error::Error;
use std::fmt::{Debug, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{LazyLock, Mutex};
use std::time::Duration;

use publisher_core::Publisher;
use publisher_core::encode::json;
use publisher_core::registry::{OAuthClient, RegistryClient, RegistryClientBuilder, SchemaRegistry};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::avro;
use crate::scripted::{Act, Nobody, Repeated, Scripted};
use crate::secure::{Authority, Secure, Setup, Signed};

/// Every secret has this word in it, whatever its case.
const CANARY: &str = "canary";

/// What secrets look like when they do not look like themselves: in base64, or without a word (a key).
static DISGUISES: LazyLock<Mutex<Vec<String>>> = LazyLock::new(|| {
    let pairs = [
        ("alice", "canary-basic"),
        ("canary-user", "canary-url"),
        ("publisher", "canary-oauth"),
        ("bob", "canary-proxy"),
    ];
    Mutex::new(
        pairs
            .map(|(user, password)| base64(&format!("{user}:{password}")))
            .into(),
    )
});

fn base64(text: &str) -> String {
    let mut quoted = Vec::new();
    json::bytes(text.as_bytes(), &mut quoted);
    String::from_utf8(quoted).unwrap().trim_matches('"').to_owned()
}

fn sings(text: &str) -> bool {
    text.to_ascii_lowercase().contains(CANARY) || DISGUISES.lock().unwrap().iter().any(|word| text.contains(word))
}

#[track_caller]
fn check(text: &str) {
    assert!(!sings(text), "a secret is in: {text}");
}

#[track_caller]
fn check_debug(value: &impl Debug) {
    check(&format!("{value:?}"));
    check(&format!("{value:#?}"));
}

#[track_caller]
fn check_error(error: &(impl Error + 'static)) {
    check_debug(error);
    let mut next: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = next {
        check(&format!("{error} {error:?} {error:#?}"));
        next = error.source();
    }
}

/// Searches an error and the panic of who did not expect it.
#[track_caller]
fn check_panic<T: Debug, E: Error + 'static>(outcome: Result<T, E>) {
    check_error(outcome.as_ref().unwrap_err());
    let panic = catch_unwind(AssertUnwindSafe(|| outcome.unwrap())).unwrap_err();
    check(panic.downcast_ref::<String>().unwrap());
}

/// What was written to the logs of this process: only what sings is kept, and how many lines there were.
#[derive(Default)]
struct Heard {
    ours: AtomicU64,
    others: AtomicU64,
    singing: Mutex<Vec<String>>,
}

static HEARD: LazyLock<Heard> = LazyLock::new(Heard::default);

impl Heard {
    fn line(&self, target: &str, line: String) {
        let count = if target.starts_with("publisher_core") {
            &self.ours
        } else {
            &self.others
        };
        count.fetch_add(1, Ordering::SeqCst);
        if sings(&line) {
            self.singing.lock().unwrap().push(line);
        }
    }
}

struct Ear;

#[derive(Default)]
struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {}={value:?} {value:#?}", field.name());
    }
}

impl Subscriber for Ear {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut line = Line::default();
        span.record(&mut line);
        HEARD.line(span.metadata().target(), line.0);
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut line = Line::default();
        values.record(&mut line);
        HEARD.line("", line.0);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = Line::default();
        event.record(&mut line);
        HEARD.line(event.metadata().target(), line.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

impl log::Log for Ear {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        HEARD.line(record.target(), record.args().to_string());
    }

    fn flush(&self) {}
}

/// Each way to say who we are, for an address without a scheme.
fn credentials(scheme: &str, host: &str, tokens: &str) -> Vec<RegistryClientBuilder> {
    let plain = || RegistryClient::builder(format!("{scheme}://{host}"));
    let oauth = OAuthClient::new(format!("{tokens}/token?key=canary"), "publisher", "canary-oauth")
        .parameter("assertion", "canary-parameter");
    check_debug(&oauth);
    vec![
        RegistryClient::builder(format!("{scheme}://canary-user:canary-url@{host}")),
        plain().basic_auth("alice", "canary-basic"),
        plain().bearer_token("canary-bearer"),
        plain().oauth(oauth),
    ]
}

/// A call by each builder; all that it leaves is searched.
async fn check_calls(builders: Vec<RegistryClientBuilder>) {
    for builder in builders {
        let builder = builder.retries(1).retry_backoff(Duration::ZERO, Duration::ZERO);
        check_debug(&builder);
        let client = builder.build().unwrap();
        check_debug(&client);
        check(&format!("{} {}", client.address(), client.name()));
        let error = client.register("s", &avro("\"string\"")).await.unwrap_err();
        check_error(&error);
        check_debug(&error.failure().attempts());
    }
}

/// A server that gives tokens without end.
fn tokens() -> Scripted {
    let body = r#"{"access_token":"canary-access-token","expires_in":3600}"#;
    Scripted::start(vec![Act::answer(200, "", body); 100])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_secret_is_in_any_text() {
    tracing::subscriber::set_global_default(Ear).unwrap();
    log::set_boxed_logger(Box::new(Ear)).unwrap();
    log::set_max_level(log::LevelFilter::Trace);

    answers_that_repeat_the_request().await;
    nobody_answers().await;
    token_servers_in_trouble().await;
    tls_failures().await;
    proxies_in_trouble().await;
    settings_that_are_refused();

    let (ours, others) = (HEARD.ours.load(Ordering::SeqCst), HEARD.others.load(Ordering::SeqCst));
    assert!(
        ours > 10 && others > 100,
        "{ours} and {others} lines: the ears are closed"
    );
    assert_eq!(*HEARD.singing.lock().unwrap(), Vec::<String>::new());
}

async fn answers_that_repeat_the_request() {
    let tokens = tokens();
    let pages = [200, 400, 401, 403, 404, 407, 409, 422, 500, 503];
    let pages = pages.map(|status| Act::Repeat(status, Repeated::Page));
    let behind = [200, 403, 503].map(|status| Act::Repeat(status, Repeated::Behind));
    let messages = [200, 401, 403, 409, 422, 503].map(|status| Act::Repeat(status, Repeated::Message));
    let elsewhere = Act::answer(
        307,
        "Location: http://u:canary-there@elsewhere.example/?key=canary\r\n",
        "",
    );
    let others = [Act::Repeat(302, Repeated::Location), elsewhere, Act::HangUp];
    for act in pages.into_iter().chain(behind).chain(messages).chain(others) {
        let server = Scripted::start(vec![act; 100]);
        check_calls(credentials("http", &server.url.replace("http://", ""), &tokens.url)).await;
    }
}

async fn nobody_answers() {
    let (silent, its_tokens) = (Scripted::start(vec![Act::Hang; 100]), tokens());
    let builders = credentials("http", &silent.url.replace("http://", ""), &its_tokens.url).into_iter();
    check_calls(
        builders
            .map(|builder| builder.request_timeout(Duration::from_millis(100)))
            .collect(),
    )
    .await;
    let nobody = Nobody::new();
    let tokens = tokens();
    for host in [&*nobody.host, "registry.invalid:8081"] {
        check_calls(credentials("http", host, &tokens.url)).await;
    }
    for builder in credentials("http", &nobody.host, &tokens.url) {
        let client = builder.retries(0).build().unwrap();
        check_panic(client.look_up("s", &avro("\"string\"")).await);
    }
}

async fn token_servers_in_trouble() {
    let registry = Scripted::start([]);
    let host = registry.url.replace("http://", "");
    for act in [
        Act::Repeat(401, Repeated::Page),
        Act::Repeat(401, Repeated::Behind),
        Act::Repeat(400, Repeated::Message),
        Act::Repeat(503, Repeated::Page),
        Act::Repeat(302, Repeated::Location),
        Act::answer(
            400,
            "",
            r#"{"error":"canary-oauth","error_description":"canary-parameter is wrong"}"#,
        ),
        Act::answer(200, "", r#"{"access_token":"canary-access-token","token_type":"mac"}"#),
        Act::answer(200, "", r#"{"access_token":"canary-access-token\n"}"#),
        Act::answer(200, "", r#"{"access_token":"canary-access-token","expires_in":"x"}"#),
        Act::answer(200, "", r#"{"access_token":"canary-access-token"#),
    ] {
        let tokens = Scripted::start(vec![act; 10]);
        check_calls(credentials("http", &host, &tokens.url).split_off(3)).await;
    }
    check_calls(credentials("http", &host, &Nobody::new().url()).split_off(3)).await;
    assert_eq!(registry.calls(), 0);
}

/// A key has no word in it: its lines are the disguise.
fn remember(signed: &Signed) {
    let lines = signed.key.lines().filter(|line| !line.starts_with('-'));
    DISGUISES.lock().unwrap().extend(lines.map(str::to_owned));
}

async fn tls_failures() {
    let (authority, clients) = (Authority::new("ours"), Authority::new("clients"));
    let signed = authority.sign("127.0.0.1", 2999);
    let ours = clients.sign("publisher", 2999);
    let foreign = Authority::new("foreign").sign("publisher", 2999);
    remember(&ours);
    remember(&foreign);
    let setup = Setup {
        clients: Some(&clients),
        ..Setup::new(&signed)
    };
    let server = Secure::registry(setup).await;
    let host = server.url.replace("https://", "");
    let tokens = tokens();
    let builders = || credentials("https", &host, &tokens.url).into_iter();
    check_calls(builders().collect()).await;
    let shown = |client: &Signed| (client.certificate.clone(), client.key.clone());
    let with = |client: &Signed| {
        let (certificate, key) = shown(client);
        builders()
            .map(|builder| builder.client_certificate_pem(certificate.clone(), key.clone()))
            .collect()
    };
    check_calls(with(&ours)).await;
    let trusting = |builder: RegistryClientBuilder| builder.root_certificates_pem(authority.pem());
    let refused: Vec<_> = with(&foreign);
    check_calls(refused.into_iter().map(trusting).collect()).await;

    let (certificate, key) = shown(&ours);
    for (certificate, key) in [
        (key.clone(), certificate.clone()),
        (certificate.clone(), key[..key.len() / 2].to_owned()),
        (certificate, foreign.key.clone()),
        (key.clone(), key),
    ] {
        let builder = RegistryClient::builder("https://h").client_certificate_pem(certificate, key.clone());
        check_debug(&builder);
        check_error(&builder.build().unwrap_err());
        let root = RegistryClient::builder("https://h").root_certificates_pem(key);
        if let Err(error) = root.build() {
            check_error(&error);
        }
    }
}

async fn proxies_in_trouble() {
    let tokens = tokens();
    let nobody = Nobody::new();
    for act in [
        Act::Repeat(407, Repeated::Page),
        Act::Repeat(407, Repeated::Behind),
        Act::Repeat(502, Repeated::Page),
        Act::answer(407, "", "Proxy-Authorization: canary-proxy"),
    ] {
        let proxy = Scripted::start(vec![act; 100]);
        for proxy in [&proxy.url.replace("http://", ""), &nobody.host] {
            for scheme in ["http", "https"] {
                let builders = credentials(scheme, "registry.invalid", &tokens.url).into_iter();
                let through = builders.map(|builder| builder.proxy(format!("http://bob:canary-proxy@{proxy}")));
                check_calls(through.collect()).await;
            }
        }
    }
}

fn settings_that_are_refused() {
    for url in [
        "http://canary-user:canary-url@h:99999",
        "canary-user:canary-url@h",
        "ftp://canary-user:canary-url@h",
        "http://canary-user:canary-url@h?key=canary",
        "http://h#canary",
        "http://canary-user:canary,http://url@h",
        "http://canary-user:canary-url@a,b",
        "http://canary-user:canary-url@a,http://b",
        "http://canary-user:canary-url@a,http://canary-user:canary-url@a/",
        "http://canary%3Auser:canary-url@h",
        "http://canary-user:canary-url%ff@h",
        "https://canary-user:canary-url@",
    ] {
        check_panic(RegistryClient::builder(url).build());
        // Not all of them are wrong for a proxy and a server of tokens.
        let proxied = RegistryClient::builder("http://h").proxy(url);
        let oauth = OAuthClient::new(url, "publisher", "canary-oauth");
        for builder in [
            RegistryClient::builder(url),
            proxied,
            RegistryClient::builder("http://h").oauth(oauth),
        ] {
            check_debug(&builder);
            match builder.build() {
                Ok(client) => check_debug(&client),
                Err(error) => check_error(&error),
            }
        }
        check_debug(&Publisher::builder().registry(url));
    }
    let oauth = || OAuthClient::new("https://h", "publisher", "canary-oauth");
    for builder in credentials("http", "h", "https://h") {
        check_error(
            &builder
                .basic_auth("canary:user", "canary-basic")
                .bearer_token("canary")
                .build()
                .unwrap_err(),
        );
    }
    for builder in [
        RegistryClient::builder("http://h").basic_auth("canary:user", "canary-basic"),
        RegistryClient::builder("http://h").bearer_token("canary-bearer\n"),
        RegistryClient::builder("http://h").oauth(oauth().parameter("scope", "canary-parameter")),
        RegistryClient::builder("http://h")
            .oauth(oauth())
            .read_timeout(Duration::ZERO),
    ] {
        check_debug(&builder);
        check_error(&builder.build().unwrap_err());
    }
}
