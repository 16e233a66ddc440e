//! What settings say of the registry's client, in words, and what is refused of them.

use super::*;
use crate::config::Settings;
use crate::config::credentials::ClientCredentials;

/// The client that the settings ask for, in words; or what is wrong with them.
fn check(text: &str, expected: &str) {
    let settings = Settings::from_properties(text).unwrap();
    let mut resolved = Resolved::new(&settings, &["sasl.password".to_owned()]);
    crate::config::security::add(&mut resolved);
    let told = read(&mut resolved).map(|registry| told(&registry)).unwrap_or_default();
    let refused: Vec<String> = resolved.invalid.iter().map(ToString::to_string).collect();
    let actual = if refused.is_empty() { told } else { refused.join("; ") };
    assert_eq!(actual, expected, "{text}");
}

/// With an address, as nothing counts without.
fn check_client(text: &str, expected: &str) {
    check(&format!("schema.registry.url=http://a\n{text}"), expected);
}

fn told(registry: &Registry) -> String {
    let credentials = registry.credentials.as_ref().map(|credentials| match credentials {
        Credentials::Basic { user, password } => format!("basic {user} {password}"),
        Credentials::Bearer(token) => format!("bearer {token}"),
        Credentials::OAuth(ClientCredentials {
            endpoint,
            client_id,
            client_secret,
            scope,
            logical_cluster,
            identity_pool,
        }) => {
            format!("oauth {endpoint} {client_id} {client_secret} {scope:?} {logical_cluster:?} {identity_pool:?}")
        }
    });
    let times = [
        ("connect", registry.connect_timeout),
        ("read", registry.read_timeout),
        ("request", registry.request_timeout),
        ("total", registry.total_timeout),
    ];
    let times = times
        .iter()
        .filter_map(|(name, time)| Some(format!("{name} {:?}", (*time)?)));
    let certificate = registry.certificate_pem.as_ref();
    let parts = [
        Some(registry.urls.clone()),
        credentials,
        registry.normalize.map(|normalize| format!("normalize {normalize}")),
        registry.retries.map(|retries| format!("retries {retries}")),
        registry.backoff.map(|(base, cap)| format!("backoff {base:?} {cap:?}")),
        registry.proxy.as_ref().map(|proxy| format!("proxy {proxy}")),
        registry.roots_pem.as_ref().map(|pem| format!("roots {pem}")),
        certificate.map(|(chain, key)| format!("certificate {chain} {key}")),
    ];
    parts.into_iter().flatten().chain(times).collect::<Vec<_>>().join(", ")
}

#[test]
fn without_an_address_there_is_no_client() {
    check("linger.ms=5", "");
    check("schema.registry.url=http://a,http://b", "http://a,http://b");
    check(
        "linger.ms=5\nmax.retries=3",
        "line 2: max.retries: `schema.registry.url` is missing, so that there is no registry to use it for",
    );
}

#[test]
fn basic_credentials() {
    check_client("basic.auth.user.info=u:p:q", "http://a, basic u p:q");
    check_client("basic.auth.user.info=", "http://a");
    check_client(
        "basic.auth.credentials.source=user_info\nschema.registry.basic.auth.user.info=u:p",
        "http://a, basic u p",
    );
    check_client("basic.auth.credentials.source=URL", "http://a");
    check_client(
        "basic.auth.credentials.source=SASL_INHERIT\nsasl.username=u\nsasl.password=p",
        "http://a, basic u p",
    );
    check_client(
        "basic.auth.credentials.source=SASL_INHERIT\nsasl.mechanism=PLAIN\n\
         sasl.jaas.config=PlainLoginModule required username=u password=p;",
        "http://a, basic u p",
    );
}

#[test]
fn basic_credentials_that_do_not_fit_are_refused() {
    check_client(
        "basic.auth.user.info=canary",
        "line 2: basic.auth.user.info: has no colon; write `<user>:<password>`",
    );
    check_client(
        "basic.auth.credentials.source=USER_INFO",
        "line 2: basic.auth.credentials.source: `basic.auth.user.info` is missing",
    );
    check_client(
        "basic.auth.credentials.source=SASL_INHERIT",
        "line 2: basic.auth.credentials.source: there is nothing to inherit: set `sasl.jaas.config`, or `sasl.username` and \
         `sasl.password`",
    );
    check_client(
        "basic.auth.user.info=u:canary\nbasic.auth.credentials.source=URL",
        "line 2: basic.auth.user.info: is not used with `basic.auth.credentials.source=URL`; remove it, or set the source to \
         `USER_INFO`",
    );
    check_client(
        "basic.auth.credentials.source=FILE",
        "line 2: basic.auth.credentials.source: \"FILE\" is not `USER_INFO`, `URL` or `SASL_INHERIT`",
    );
    check_client(
        "basic.auth.user.info=u:canary\nbearer.auth.token=canary",
        "line 3: bearer.auth.token: credentials are given by `basic.auth.user.info` too; keep one kind",
    );
}

#[test]
fn tokens() {
    const GRANT: &str =
        "bearer.auth.issuer.endpoint.url=https://t\nbearer.auth.client.id=i\nbearer.auth.client.secret=s\n";
    check_client("bearer.auth.token=t", "http://a, bearer t");
    check_client(
        "bearer.auth.credentials.source=STATIC_TOKEN\nbearer.auth.token=t",
        "http://a, bearer t",
    );
    check_client(GRANT, "http://a, oauth https://t i s None None None");
    check_client(
        &format!(
            "{GRANT}bearer.auth.credentials.source=OAUTHBEARER\nbearer.auth.scope=x\nbearer.auth.logical.cluster=l\n\
             bearer.auth.identity.pool.id=p"
        ),
        "http://a, oauth https://t i s Some(\"x\") Some(\"l\") Some(\"p\")",
    );
    check_client(
        "bearer.auth.credentials.source=OAUTHBEARER\nbearer.auth.client.id=i",
        "line 2: bearer.auth.credentials.source: `bearer.auth.issuer.endpoint.url` is missing",
    );
    check_client(
        "bearer.auth.scope=x",
        "line 2: bearer.auth.scope: `bearer.auth.issuer.endpoint.url` is missing",
    );
    check_client(
        "bearer.auth.credentials.source=STATIC_TOKEN",
        "line 2: bearer.auth.credentials.source: `bearer.auth.token` is missing",
    );
    check_client(
        "bearer.auth.credentials.source=STATIC_TOKEN\nbearer.auth.token=canary\nbearer.auth.logical.cluster=l",
        "line 4: bearer.auth.logical.cluster: is not used with `bearer.auth.credentials.source=STATIC_TOKEN`; remove it, or \
         set the source to that which uses it",
    );
    check_client(
        "bearer.auth.credentials.source=OAUTHBEARER\nbearer.auth.token=canary",
        "line 3: bearer.auth.token: is not used with `bearer.auth.credentials.source=OAUTHBEARER`; remove it, or set the \
         source to that which uses it",
    );
    check_client(
        "bearer.auth.credentials.source=SASL_OAUTHBEARER_INHERIT",
        "line 2: bearer.auth.credentials.source: \"SASL_OAUTHBEARER_INHERIT\" is not `STATIC_TOKEN` or `OAUTHBEARER`",
    );
}

#[test]
fn patience() {
    check_client(
        "http.connect.timeout.ms=2000\nhttp.read.timeout.ms=3000\nmax.retries=0\nnormalize.schemas=false",
        "http://a, normalize false, retries 0, connect 2s, read 3s",
    );
    check_client("http.read.timeout.ms=20000", "http://a, read 20s, request 20s");
    check_client(
        "http.connect.timeout.ms=60000",
        "http://a, connect 60s, request 60s, total 60s",
    );
    check_client(
        "http.read.timeout.ms=60000\nschema.registry.timeout=0.5",
        "http://a, read 60s, request 500ms",
    );
    check_client("retries.wait.ms=20000", "http://a, backoff 20s 20s");
    check_client("retries.max.wait.ms=50", "http://a, backoff 50ms 50ms");
    check_client(
        "retries.wait.ms=1000\nretries.max.wait.ms=20000",
        "http://a, backoff 1s 20s",
    );
    check_client(
        "retries.wait.ms=1000\nretries.max.wait.ms=20",
        "line 3: retries.max.wait.ms: the longest wait is shorter than the first, 1000 ms",
    );
    check_client(
        "max.retries=-1",
        "line 2: max.retries: \"-1\" is not a whole number from 0 to 2147483647",
    );
}

#[test]
fn proxies() {
    check_client("proxy.host=p\nproxy.port=3128", "http://a, proxy http://p:3128");
    check_client("proxy.host=\nproxy.port=-1", "http://a");
    check_client("schema.registry.proxy=http://u:x@p:1", "http://a, proxy http://u:x@p:1");
    check_client("proxy.host=p", "line 2: proxy.host: `proxy.port` is missing");
    check_client("proxy.port=3128", "line 2: proxy.port: `proxy.host` is missing");
    check_client(
        "proxy.host=http://u:canary@p\nproxy.port=1",
        "line 2: proxy.host: \"http://***@p\" is not a host alone; for a URL use `schema.registry.proxy`",
    );
    check_client(
        "schema.registry.proxy=http://p\nproxy.port=1",
        "line 2: schema.registry.proxy: `proxy.host` or `proxy.port` is set too; keep one way",
    );
}

#[test]
fn certificates_in_the_text() {
    check_client(
        "schema.registry.ssl.truststore.certificates=roots\nschema.registry.ssl.truststore.type=pem",
        "http://a, roots roots",
    );
    check_client(
        "schema.registry.ssl.keystore.certificate.chain=chain\nschema.registry.ssl.keystore.key=key",
        "http://a, certificate chain key",
    );
    check_client(
        "schema.registry.ssl.keystore.key=canary",
        "line 2: schema.registry.ssl.keystore.key: `schema.registry.ssl.keystore.certificate.chain` is missing",
    );
    check_client(
        "schema.registry.ssl.key.location=k\nschema.registry.ssl.keystore.key=canary",
        "line 3: schema.registry.ssl.keystore.key: the client's certificate is given in another way too; keep one",
    );
    check_client(
        "schema.registry.ssl.truststore.type=PKCS12",
        "line 2: schema.registry.ssl.truststore.type: PKCS#12 is not read; convert it with `openssl pkcs12 -in store.p12 -out \
         store.pem -nodes`, and set the type to `PEM`",
    );
}
