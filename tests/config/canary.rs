//! Whatever stands under whichever keys: `build` ends in an error without a panic, and no error and no `Debug` shows what
//! may be a secret.

use proptest::collection::vec;
use proptest::prelude::*;
use publisher_core::config::Settings;
use publisher_core::producer::property_names;
use publisher_core::{ConfigError, Publisher};

/// Stands where credentials stand.
const CANARY: &str = "canary";

/// Values with credentials in them, under any key.
const URLS: &[&str] = &[
    "http://user:canary@registry.example:8081",
    "https://canary@a,http://user:canary@b",
    "http://user:ca/nary,canary@a",
    "ftp://user:canary@a",
    "https://a?apikey=canary",
];

/// Values that are credentials, under the keys for them.
const SECRETS: &[&str] = &[
    "canary",
    "user:canary",
    " canary ",
    "org.acme.PlainLoginModule required username=\"user\" password=\"canary\";",
    "OAuthBearerLoginModule required clientId=i clientSecret=canary extension_x=canary;",
    "PlainLoginModule required password=\"canary",
    "-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----",
];

/// Values without any.
const HARMLESS: &[&str] = &[
    "",
    "true",
    "false",
    "-1",
    "0",
    "5",
    "PLAIN",
    "OAUTHBEARER",
    "USER_INFO",
    "SASL_INHERIT",
    "none",
];

/// What makes the value under a key a secret.
const SECRET_PARTS: &[&str] = &[
    "password",
    "secret",
    "token",
    "passphrase",
    "jaas",
    ".pem",
    "user.info",
    ".key",
    "request.header",
];

/// All names that mean something: those of the table for users, and librdkafka's.
fn keys() -> Vec<String> {
    let table = include_str!("../../publisher-core/src/config/KEYS.md");
    let rows = table.lines().filter(|line| line.starts_with("| `"));
    let columns = rows.filter_map(|row| row.split(" | ").next());
    let names = columns.flat_map(|column| column.split('`').skip(1).step_by(2));
    let mut keys: Vec<String> = names
        .map(|name| name.replace('*', "x"))
        .chain(property_names())
        .collect();
    assert!(keys.len() > 350, "{}", keys.len());
    // A name by which brokers know a client stands in their logs, and is no place for a secret.
    keys.retain(|key| key != "client.id");
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// A path is shown where it leads nowhere.
fn is_secret(key: &str) -> bool {
    let path = [".location", ".file", ".stores", ".paths", ".keytab"]
        .iter()
        .any(|end| key.ends_with(end));
    !path && SECRET_PARTS.iter().any(|part| key.contains(part))
}

/// Gives these settings to a publisher. One of them is unknown, so that nothing is started whatever the others are.
fn check(given: &[(String, &str)]) {
    let mut settings = Settings::new().set("no.such.thing.at.all", "1");
    for (key, value) in given {
        settings = settings.set(key, *value);
    }
    let mut shown = format!("{settings:?} {settings:#?}");
    let builder = Publisher::builder().settings(settings);
    shown.push_str(&format!("{builder:?} {builder:#?}"));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let error = runtime.block_on(builder.build()).map(drop).unwrap_err();
    assert!(matches!(error, ConfigError::Settings(_)), "{error}");
    shown.push_str(&format!("{error} {error:?} {error:#?}"));
    if let Some(at) = shown.find(CANARY) {
        let around: String = shown
            .chars()
            .skip(shown[..at].chars().count().saturating_sub(200))
            .take(300)
            .collect();
        panic!("{around}");
    }
}

#[test]
fn no_secret_is_shown_of_any_key() {
    let keys = keys();
    for value in URLS {
        check(&keys.iter().map(|key| (key.clone(), *value)).collect::<Vec<_>>());
    }
    let secret: Vec<&String> = keys.iter().filter(|key| is_secret(key)).collect();
    assert!(secret.len() > 30, "{secret:?}");
    let pem = SECRETS[SECRETS.len() - 1];
    check(
        &keys
            .iter()
            .filter(|key| key.ends_with(".location"))
            .map(|key| (key.clone(), pem))
            .collect::<Vec<_>>(),
    );
    for value in SECRETS {
        check(&secret.iter().map(|key| ((*key).clone(), *value)).collect::<Vec<_>>());
    }
}

fn setting() -> impl Strategy<Value = (String, &'static str)> {
    let keys = keys();
    let secret: Vec<String> = keys.iter().filter(|key| is_secret(key)).cloned().collect();
    let registry: Vec<String> = keys
        .iter()
        .filter(|key| key.contains("auth") || key.contains("sasl"))
        .cloned()
        .collect();
    let choose = proptest::sample::select::<&'static str>;
    prop_oneof![
        (proptest::sample::select(keys), choose(URLS)),
        (proptest::sample::select(secret), choose(SECRETS)),
        (proptest::sample::select(registry), choose(HARMLESS)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn no_secret_is_shown_of_some_keys_together(given in vec(setting(), 1..10), url in any::<bool>()) {
        let mut given = given;
        if url {
            given.push(("schema.registry.url".to_owned(), "http://localhost:8081"));
            given.push(("bootstrap.servers".to_owned(), "localhost:9092"));
        }
        check(&given);
    }
}
