//! Which properties Java's settings become, and which of them are refused.

use crate::config::Settings;
use crate::config::resolve::Resolved;

/// The properties for librdkafka, or what is wrong with the settings.
fn check(text: &str, expected: &[&str]) {
    let settings = Settings::from_properties(text).unwrap();
    let known = crate::producer::property_names();
    let mut resolved = Resolved::new(&settings, &known);
    super::add(&mut resolved);
    let mut actual: Vec<String> = resolved.invalid.iter().map(ToString::to_string).collect();
    if actual.is_empty() {
        for (name, (_, value)) in &resolved.properties {
            assert!(known.contains(name), "{name}");
            actual.push(format!("{name}={value}"));
        }
    }
    assert_eq!(actual, expected, "{text}");
}

#[test]
fn sizes() {
    check(
        "send.buffer.bytes=131072\nreceive.buffer.bytes=-1",
        &["socket.receive.buffer.bytes=0", "socket.send.buffer.bytes=131072"],
    );
}

#[test]
fn what_both_know_is_passed_on() {
    check(
        "batch.size=16384 \nretries=3\nmessage.send.max.retries=4\nsecurity.protocol=SASL_SSL",
        &["batch.size=16384", "retries=4", "security.protocol=SASL_SSL"],
    );
    check(
        "sasl.password= p \nsasl.username=u ",
        &["sasl.password=p ", "sasl.username=u"],
    );
}

#[test]
fn a_level_counts_with_its_codec() {
    let text = "compression.codec=lz4\ncompression.lz4.level=9\ncompression.gzip.level=1";
    check(text, &["compression.level=9", "compression.type=lz4"]);
    check("compression.zstd.level=3", &[]);
}

#[test]
fn pem_in_the_text_becomes_pem() {
    check(
        "ssl.truststore.certificates=roots\nssl.keystore.certificate.chain=chain\nssl.keystore.key=key\nssl.truststore.type=PEM\n\
         ssl.truststore.password=x\nssl.keystore.type=PEM\nssl.endpoint.identification.algorithm=",
        &[
            "ssl.ca.pem=roots",
            "ssl.certificate.pem=chain",
            "ssl.endpoint.identification.algorithm=none",
            "ssl.key.pem=key",
        ],
    );
}

#[test]
fn java_stores_are_refused_with_the_way_out() {
    check(
        "ssl.truststore.type=JKS\nssl.truststore.location=/none.jks",
        &[
            "line 1: ssl.truststore.type: JKS is not read; convert it with `keytool -importkeystore -srckeystore store.jks \
           -destkeystore store.p12 -deststoretype PKCS12` and `openssl pkcs12 -in store.p12 -out store.pem -nodes`, and set \
           the type to `PEM`",
        ],
    );
    check(
        "ssl.keystore.type=jks",
        &[
            "line 1: ssl.keystore.type: JKS is not read; convert it with `keytool -importkeystore -srckeystore store.jks \
           -destkeystore store.p12 -deststoretype PKCS12`, and set the type to `PKCS12`",
        ],
    );
}

#[test]
fn logins() {
    check(
        "sasl.mechanism=PLAIN\nsasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required \\\n  \
         serviceName=kafka username=\"u\" password=\"p w\";",
        &["sasl.mechanism=PLAIN", "sasl.password=p w", "sasl.username=u"],
    );
    check(
        "sasl.mechanism=OAUTHBEARER\n\
         sasl.login.callback.handler.class=org.apache.kafka.common.security.oauthbearer.secured.OAuthBearerLoginCallbackHandler\n\
         sasl.oauthbearer.token.endpoint.url=https://t\nsasl.jaas.config=OAuthBearerLoginModule required clientId=i \
         clientSecret=s scope=x extension_logicalCluster=l extension_identityPoolId=p;",
        &[
            "sasl.mechanism=OAUTHBEARER",
            "sasl.oauthbearer.client.credentials.client.id=i",
            "sasl.oauthbearer.client.credentials.client.secret=s",
            "sasl.oauthbearer.extensions=identityPoolId=p,logicalCluster=l",
            "sasl.oauthbearer.method=oidc",
            "sasl.oauthbearer.scope=x",
            "sasl.oauthbearer.token.endpoint.url=https://t",
        ],
    );
}

#[test]
fn logins_that_cannot_be_used_are_refused_without_their_text() {
    let check_jaas = |text: &str, expected: &str| {
        let text = format!("sasl.mechanism=PLAIN\nsasl.jaas.config={text}");
        check(&text, &[&format!("line 2: sasl.jaas.config: {expected}")]);
    };
    check_jaas(
        "PlainLoginModule required password=canary;",
        "lacks the option `username` of the login module",
    );
    check_jaas(
        "PlainLoginModule required password=canary",
        "does not end in a semicolon",
    );
    check_jaas(
        "ScramLoginModule required username=u password=canary tokenauth=true;",
        "has `tokenauth=true`, and delegation tokens are not used; give the user's own password",
    );
    check_jaas(
        "com.acme.Canary required password=canary;",
        "the login module is none of `PlainLoginModule`, `ScramLoginModule` and `OAuthBearerLoginModule`",
    );
    check_jaas(
        "com.sun.security.auth.module.Krb5LoginModule required;",
        "the options of `Krb5LoginModule` are not read; set `sasl.kerberos.keytab` and `sasl.kerberos.principal`",
    );
    check(
        "sasl.jaas.config=PlainLoginModule required username=u password=canary;",
        &[
            "line 1: sasl.jaas.config: `sasl.mechanism` is missing; set it to `PLAIN` or `SCRAM-SHA-512`, as the broker has it",
        ],
    );
    check(
        "sasl.username=u\nsasl.mechanism=PLAIN\nsasl.jaas.config=PlainLoginModule required username=u password=canary;",
        &["line 3: sasl.jaas.config: has the option `username`, and `sasl.username` is set too; keep one"],
    );
    check(
        "sasl.login.callback.handler.class=com.acme.Handler",
        &[
            "line 1: sasl.login.callback.handler.class: \"com.acme.Handler\" is not `OAuthBearerLoginCallbackHandler`, and no other \
           Java class can be loaded here",
        ],
    );
}
