//! A proxy is used when the settings name one, and never for what the environment says; its credentials go to it alone.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use publisher_core::registry::{RegistryClient, RegistryClientBuilder, RegistryError, SchemaRegistry};

use crate::avro;
use crate::faults::kind;
use crate::scripted::{Nobody, Scripted};
use crate::secure::{Authority, Secure, Setup};

/// A proxy that takes `alice` with the password `open sesame`, passes everything on, and keeps the heads of what came. Its
/// threads end with the connections.
struct Proxy {
    host: String,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let heads = Arc::new(Mutex::new(Vec::new()));
        std::thread::spawn({
            let heads = Arc::clone(&heads);
            move || {
                for stream in listener.incoming() {
                    let heads = Arc::clone(&heads);
                    std::thread::spawn(move || pass(stream.unwrap(), &heads));
                }
            }
        });
        Self { host, heads }
    }

    fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

fn pass(client: TcpStream, heads: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(client.try_clone().unwrap());
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).unwrap_or(0) == 0 {
            return;
        }
    }
    heads.lock().unwrap().push(head.clone());
    let mut client = client;
    if !head
        .to_ascii_lowercase()
        .contains("proxy-authorization: basic ywxpy2u6b3blbibzzxnhbwu=\r\n")
    {
        let _ = client.write_all(b"HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        return;
    }
    let target = head.split(' ').nth(1).unwrap();
    let tunnel = head.starts_with("CONNECT ");
    let host = match target.strip_prefix("http://") {
        Some(rest) => rest.split('/').next().unwrap(),
        None => target,
    };
    let Ok(mut server) = TcpStream::connect(host) else {
        let _ = client.write_all(b"HTTP/1.1 502 Nobody there\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        return;
    };
    if tunnel {
        client.write_all(b"HTTP/1.1 200 Go\r\n\r\n").unwrap();
    } else {
        server.write_all(head.as_bytes()).unwrap();
    }
    let up = {
        let mut server = server.try_clone().unwrap();
        std::thread::spawn(move || copy(&mut reader, &mut server))
    };
    copy(&mut server, &mut client);
    let _ = client.shutdown(std::net::Shutdown::Both);
    let _ = up.join();
}

fn copy(from: &mut impl Read, to: &mut impl Write) {
    let _ = std::io::copy(from, to);
}

async fn look_up(builder: RegistryClientBuilder) -> Result<(), RegistryError> {
    let client = builder.retry_backoff(Duration::ZERO, Duration::ZERO).build().unwrap();
    client.look_up("s", &avro("\"string\"")).await.map(drop)
}

#[tokio::test]
async fn requests_go_through_the_proxy() {
    let (proxy, registry) = (Proxy::start(), Scripted::start([]));
    let url = format!("http://alice:open%20sesame@{}", proxy.host);
    look_up(RegistryClient::builder(&registry.url).bearer_token("token").proxy(&url))
        .await
        .unwrap();
    assert_eq!((proxy.heads().len(), registry.calls()), (1, 1));
    assert!(proxy.heads()[0].starts_with(&format!("POST {}/subjects/s?", registry.url)));
}

#[tokio::test]
async fn https_goes_through_a_tunnel_that_sees_nothing() {
    let authority = Authority::new("ours");
    let signed = authority.sign("127.0.0.1", 2999);
    let registry = Secure::registry(Setup::new(&signed)).await;
    let proxy = Proxy::start();
    let url = format!("http://alice:open%20sesame@{}", proxy.host);
    let builder = RegistryClient::builder(&registry.url).bearer_token("token");
    look_up(builder.root_certificates_pem(authority.pem()).proxy(&url))
        .await
        .unwrap();

    let heads = proxy.heads();
    let host = registry.url.replace("https://", "");
    assert_eq!(heads.len(), 1);
    assert!(
        heads[0].starts_with(&format!("CONNECT {host} HTTP/1.1\r\n")),
        "{heads:?}"
    );
    assert!(!heads[0].contains("token"), "{heads:?}");
    let request = registry.requests().remove(0).to_ascii_lowercase();
    assert!(request.contains("authorization: bearer token\r\n"), "{request}");
    assert!(!request.contains("proxy-authorization"), "{request}");
}

#[tokio::test]
async fn a_proxy_that_refuses_us_is_named() {
    let (proxy, registry) = (Proxy::start(), Scripted::start([]));
    let wrong = format!("http://alice:sesame@{}", proxy.host);
    for registry in [&registry.url, &registry.url.replace("http://", "https://")] {
        for proxy in [&format!("http://{}", proxy.host), &wrong] {
            let error = look_up(RegistryClient::builder(registry).proxy(proxy))
                .await
                .unwrap_err();
            assert_eq!(kind(&error), ("unauthorised", false), "{error}");
            assert_eq!(error.failure().http_status(), Some(407), "{error}");
            let text = error.to_string();
            assert!(text.contains("write user and password into the URL of proxy"), "{text}");
            assert!(!text.contains("sesame") && !text.contains("alice"), "{text}");
        }
    }
    assert_eq!((proxy.heads().len(), registry.connections()), (4, 0));
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_named() {
    let nobody = Nobody::new();
    for registry in ["http://registry.invalid", "https://registry.invalid"] {
        let proxy = format!("http://alice:sesame@{}", nobody.host);
        let error = look_up(RegistryClient::builder(registry).proxy(proxy))
            .await
            .unwrap_err();
        assert_eq!(kind(&error), ("unreachable", true), "{error}");
        let words = format!("cannot connect through the proxy {}: ", nobody.url());
        assert!(error.to_string().contains(&words), "{error}");
        assert_eq!(error.failure().attempts()[0].times(), 4, "{error}");
    }
}

#[test]
fn a_url_that_is_no_proxy_is_refused() {
    for (proxy, expected) in [
        ("proxy.example:3128", "has neither http nor https in front"),
        (
            "socks5://u:sesame@h:1",
            "socks5://…@h:1 has neither http nor https in front",
        ),
        (
            "http://u:sesame@h:99999",
            "the proxy http://…@h:99999 is not a URL: invalid port number",
        ),
        ("", "is not a URL"),
        ("http://h:1/?key=sesame", "must end with its host and port"),
        ("http://h:1/path", "must end with its host and port"),
        ("http://a%3Ab:sesame@h:1", "colon"),
    ] {
        let error = RegistryClient::builder("http://h")
            .proxy(proxy)
            .build()
            .unwrap_err()
            .to_string();
        assert!(error.starts_with("registry: ") && error.contains(expected), "{error}");
        assert!(!error.contains("sesame"), "{error}");
    }
}
