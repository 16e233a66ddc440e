//! Which settings are refused and with what words, whatever this build has.

use super::*;

const PLAIN_BUILD: &[&str] = &["snappy", "lz4", "sasl", "sasl_plain"];
const FULL_BUILD: &[&str] = &["ssl", "sasl", "sasl_plain", "sasl_scram", "sasl_oauthbearer"];

/// What is refused of these properties, one `name=value` a word.
fn check(build: &[&str], properties: &str, with_provider: bool, expected: &str) {
    let mut config = ClientConfig::new();
    for pair in properties.split_whitespace() {
        let (name, value) = pair.split_once('=').unwrap();
        config.set(name, value);
    }
    let built_in: Vec<String> = build.iter().map(|part| (*part).to_owned()).collect();
    let checked = Chosen::new(&config, with_provider).and_then(|chosen| chosen.check(&config, &built_in));
    let actual = checked.map_or_else(|error| error.to_string(), |()| "taken".to_owned());
    assert_eq!(actual, expected, "{properties}");
}

#[test]
fn what_works_is_taken() {
    for properties in [
        "",
        "security.protocol=PLAINTEXT",
        "security.protocol=SASL_PLAINTEXT sasl.mechanism=PLAIN sasl.username=u sasl.password=p",
    ] {
        check(PLAIN_BUILD, properties, false, "taken");
        check(FULL_BUILD, properties, false, "taken");
    }
    for properties in [
        "security.protocol=SSL",
        "security.protocol=sasl_ssl sasl.mechanisms=scram-sha-512 sasl.username=u sasl.password=p",
        "security.protocol=SASL_SSL sasl.mechanism=OAUTHBEARER enable.sasl.oauthbearer.unsecure.jwt=true",
    ] {
        check(FULL_BUILD, properties, false, "taken");
    }
    check(FULL_BUILD, "", true, "taken");
    check(
        FULL_BUILD,
        "security.protocol=SASL_PLAINTEXT sasl.mechanism=OAUTHBEARER",
        true,
        "taken",
    );
    // Kerberos works where somebody links librdkafka with it.
    check(
        &["sasl_gssapi"],
        "security.protocol=SASL_PLAINTEXT sasl.mechanism=GSSAPI",
        false,
        "taken",
    );
}

#[test]
fn what_is_not_in_the_build_says_how_to_get_it() {
    check(
        PLAIN_BUILD,
        "security.protocol=SSL",
        false,
        "security.protocol: SSL needs TLS: switch on the feature `tls` of publisher-core (it builds OpenSSL, and needs perl for that)",
    );
    check(
        PLAIN_BUILD,
        "security.protocol=sasl_ssl",
        false,
        "security.protocol: SASL_SSL needs TLS: switch on the feature `sasl` of publisher-core (it builds OpenSSL, and needs perl \
         for that)",
    );
    check(
        PLAIN_BUILD,
        "security.protocol=SASL_PLAINTEXT sasl.mechanism=SCRAM-SHA-256",
        false,
        "sasl.mechanism: SCRAM-SHA-256 needs OpenSSL: switch on the feature `sasl` of publisher-core (it builds OpenSSL, and needs \
         perl for that)",
    );
}

#[test]
fn kerberos_is_refused_with_the_reason() {
    let expected = "sasl.mechanism: GSSAPI (Kerberos) is not offered, since it needs Cyrus SASL and Kerberos of the system; use \
                    `PLAIN`, `SCRAM-SHA-256`, `SCRAM-SHA-512` or `OAUTHBEARER`";
    check(
        FULL_BUILD,
        "security.protocol=SASL_SSL sasl.mechanism=GSSAPI",
        false,
        expected,
    );
}

#[test]
fn half_of_a_choice_is_refused() {
    check(
        FULL_BUILD,
        "security.protocol=SASL_SSL",
        false,
        "sasl.mechanism: is missing, and `security.protocol` asks for SASL; set it to `PLAIN`, `SCRAM-SHA-256`, `SCRAM-SHA-512` \
         or `OAUTHBEARER`, as the broker has it",
    );
    check(
        FULL_BUILD,
        "security.protocol=SASL_SSL sasl.mechanism=DIGEST-MD5",
        false,
        "sasl.mechanism: \"DIGEST-MD5\" is none of `PLAIN`, `SCRAM-SHA-256`, `SCRAM-SHA-512` and `OAUTHBEARER`",
    );
    check(
        FULL_BUILD,
        "security.protocol=SASL_SSL sasl.mechanism=OAUTHBEARER",
        false,
        "sasl.mechanism: OAUTHBEARER needs somebody who gives access tokens: set `sasl.oauthbearer.method=oidc` with \
         `sasl.oauthbearer.token.endpoint.url`, `.client.id` and `.client.secret`, or give a `TokenProvider` to `kafka_oauth`",
    );
}

#[test]
fn a_provider_of_tokens_goes_with_nothing_else() {
    check(
        FULL_BUILD,
        "sasl.mechanism=PLAIN",
        true,
        "kafka_oauth: goes with `sasl.mechanism=OAUTHBEARER` only, and it is \"PLAIN\"; keep one of the two",
    );
    check(
        FULL_BUILD,
        "security.protocol=SSL",
        true,
        "kafka_oauth: goes with `security.protocol=SASL_SSL`, and it is \"ssl\"; leave it out or set it so",
    );
}

#[test]
fn a_refused_connection_says_what_to_do() {
    let check = |text: &str, expected: &str| assert!(remedy(text).contains(expected), "{text}: {}", remedy(text));
    check(
        "SSL handshake failed: error:0A000086:SSL routines::certificate verify failed: broker certificate could not be verified",
        "signed by an authority in `ssl.ca.location`",
    );
    check(
        "Receive failed: error:0A00045C:SSL routines::tlsv13 alert certificate required: SSL alert number 116",
        "set `ssl.certificate.location`",
    );
    check(
        "SASL authentication error: Authentication failed",
        "check the credentials",
    );
    assert!(is_alert(
        "ssl/record/rec_layer_s3.c:908:error:0A00045C:SSL routines::x: SSL alert number 116"
    ));
    assert!(!is_alert("Connect to ipv4#127.0.0.1:9092 failed: Connection refused"));
}

#[test]
fn the_system_is_trusted_unless_somebody_else_is_named() {
    let check = |given: &[(&str, &str)], told: bool, expected: Option<&str>| {
        let mut config = ClientConfig::new();
        for (name, value) in given {
            config.set(*name, *value);
        }
        trust_the_system(&mut config, told);
        assert_eq!(config.get("ssl.ca.location"), expected, "{given:?}, {told}");
    };
    check(&[], false, Some("probe"));
    check(&[], true, None);
    check(&[("ssl.ca.location", "/ours.pem")], false, Some("/ours.pem"));
    check(&[("ssl.ca.pem", "ours")], false, None);
}

#[test]
fn only_a_costly_connection_is_tried_seldom() {
    let check = |given: &[(&str, &str)], with_provider: bool, expected: bool| {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let properties: Vec<_> = given.iter().map(owned).collect();
        assert_eq!(
            costly_to_connect(&properties, with_provider).is_some(),
            expected,
            "{given:?}"
        );
    };
    check(&[], false, false);
    check(&[("security.protocol", "PLAINTEXT")], false, false);
    check(&[], true, true);
    check(&[("security.protocol", "sasl_ssl")], false, true);
}
