//! Whom the client trusts and what it shows of itself: each failure is told apart, and says what to do.

use std::time::Duration;

use publisher_core::registry::{
    RegisteredSchema, RegistryClient, RegistryClientBuilder, RegistryError, SchemaRegistry,
};

use crate::avro;
use crate::faults::kind;
use crate::secure::{Authority, Secure, Setup, Signed};

const HOST: &str = "127.0.0.1";
const EACH: [&[&rustls::SupportedProtocolVersion]; 2] = [&[&rustls::version::TLS12], &[&rustls::version::TLS13]];

fn builder(url: &str) -> RegistryClientBuilder {
    RegistryClient::builder(url).retry_backoff(Duration::ZERO, Duration::ZERO)
}

async fn look_up(builder: RegistryClientBuilder) -> Result<RegisteredSchema, RegistryError> {
    builder.build().unwrap().look_up("s", &avro("\"string\"")).await
}

/// Expects this kind of error with all these words, and so many connections.
async fn check(server: &Secure, builder: RegistryClientBuilder, expected: &str, words: &[&str], connections: usize) {
    let before = server.connections();
    let error = look_up(builder).await.unwrap_err();
    assert_eq!(kind(&error).0, expected, "{error}");
    for word in words {
        assert!(error.to_string().contains(word), "{word:?} is missing in: {error}");
    }
    assert_eq!(server.connections() - before, connections, "{error}");
    assert_eq!(
        server.requests(),
        Vec::<String>::new(),
        "nothing is sent to whom we do not trust"
    );
}

#[tokio::test]
async fn the_authority_that_is_named_is_trusted() {
    let authority = Authority::new("ours");
    let signed = authority.sign(HOST, 2999);
    for versions in EACH {
        let setup = Setup {
            versions,
            ..Setup::new(&signed)
        };
        let server = Secure::registry(setup).await;
        // Alone or besides the system's.
        let builders = [
            builder(&server.url).root_certificates_pem(authority.pem()),
            builder(&server.url).extra_root_certificates_pem(authority.pem()),
            builder(&server.url).root_certificates_pem(Authority::new("other").pem() + &authority.pem()),
        ];
        for builder in builders {
            assert_eq!(look_up(builder).await.unwrap().id.0, 7);
        }
        assert_eq!(server.requests().len(), 3);
    }
}

#[tokio::test]
async fn nobody_else_is_trusted() {
    let authority = Authority::new("ours");
    let signed = authority.sign(HOST, 2999);
    let server = Secure::registry(Setup::new(&signed)).await;
    let words = [
        "cannot connect: ",
        "UnknownIssuer",
        "give its certificate with root_certificates_pem",
    ];
    check(&server, builder(&server.url), "unreachable", &words, 4).await;
    let other = builder(&server.url).root_certificates_pem(Authority::new("other").pem());
    check(&server, other, "unreachable", &words, 4).await;

    // Another address may be in order.
    let good = Secure::registry(Setup::new(&signed)).await;
    let foreign = Authority::new("foreign").sign(HOST, 2999);
    let bad = Secure::registry(Setup::new(&foreign)).await;
    let both = builder(&bad.url).url(&good.url).root_certificates_pem(authority.pem());
    assert_eq!(look_up(both).await.unwrap().id.0, 7);
}

#[tokio::test]
async fn the_certificate_must_be_for_the_host_and_the_day() {
    let authority = Authority::new("ours");
    for (signed, words) in [
        (
            authority.sign("registry.example", 2999),
            ["registry.example", "use a name that stands in it"],
        ),
        (
            authority.sign(HOST, 2021),
            ["expired", "have it renewed, or set the clock"],
        ),
    ] {
        let server = Secure::registry(Setup::new(&signed)).await;
        let builder = builder(&server.url).root_certificates_pem(authority.pem());
        check(&server, builder, "unreachable", &words, 4).await;
    }
}

#[tokio::test]
async fn a_client_certificate_is_shown_where_it_is_wanted() {
    let (authority, clients) = (Authority::new("ours"), Authority::new("clients"));
    let signed = authority.sign(HOST, 2999);
    for versions in EACH {
        let setup = Setup {
            clients: Some(&clients),
            versions,
            ..Setup::new(&signed)
        };
        let server = Secure::registry(setup).await;
        let builder = || builder(&server.url).root_certificates_pem(authority.pem());
        let with = |Signed { certificate, key }: Signed| builder().client_certificate_pem(certificate, key);

        // No attempt but the first: the next one would end the same way.
        let words = ["refuses the connection: ", "give one with client_certificate_pem"];
        check(&server, builder(), "unauthorised", &words, 1).await;
        let words = ["refuses the connection: ", "made by an authority that it trusts"];
        let foreign = with(Authority::new("foreign").sign("publisher", 2999));
        check(&server, foreign, "unauthorised", &words, 1).await;
        let words = ["refuses the connection: ", "has expired or was withdrawn"];
        check(
            &server,
            with(clients.sign("publisher", 2021)),
            "unauthorised",
            &words,
            1,
        )
        .await;

        assert_eq!(look_up(with(clients.sign("publisher", 2999))).await.unwrap().id.0, 7);
        // It may stand beside other credentials.
        let both = with(clients.sign("publisher", 2999)).basic_auth("alice", "secret");
        assert_eq!(look_up(both).await.unwrap().id.0, 7);
    }
}

#[test]
fn certificates_that_cannot_work_are_refused() {
    let authority = Authority::new("ours");
    let (one, other) = (authority.sign("a", 2999), authority.sign("b", 2999));
    let https = || RegistryClient::builder("https://h").root_certificates_pem(authority.pem());
    let check = |builder: RegistryClientBuilder, expected: &str| {
        let error = builder.build().unwrap_err().to_string();
        assert!(error.starts_with("registry: ") && error.contains(expected), "{error}");
        for line in (one.key.lines().chain(other.key.lines())).filter(|line| !line.starts_with('-')) {
            assert!(!error.contains(line), "{error}");
        }
    };
    let root = |pem: &str| RegistryClient::builder("https://h").root_certificates_pem(pem);
    check(root(""), "root_certificates_pem has no certificate");
    check(root(&one.key), "root_certificates_pem has no certificate");
    check(root(&one.certificate[..200]), "root_certificates_pem is not PEM");
    check(
        root("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
        "certificate 1 of root_certificates_pem cannot be an authority's",
    );
    check(
        RegistryClient::builder("http://h").extra_root_certificates_pem("none"),
        "extra_root_certificates_pem has no certificate",
    );
    check(https().extra_root_certificates_pem(authority.pem()), "keep one");

    let shown = |chain: &str, key: &str| https().client_certificate_pem(chain, key);
    check(shown("", &one.key), "client_certificate_pem has no certificate");
    check(shown(&one.certificate, ""), "is no private key in PEM");
    check(shown(&one.certificate, &one.key[..100]), "is no private key in PEM");
    check(shown(&one.certificate, &one.certificate), "is no private key in PEM");
    check(
        shown(&one.key, &one.certificate),
        "client_certificate_pem has no certificate",
    );
    check(
        shown(&one.certificate, &other.key),
        "client_certificate_pem cannot be used",
    );
    check(
        shown(&one.certificate, &one.key).url("http://u:secret@plain"),
        "some addresses have user and password",
    );
    check(
        shown(&one.certificate, &one.key).url("http://plain"),
        "http://plain is not https, so that nobody would see the certificate",
    );
}
