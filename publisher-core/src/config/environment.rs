//! Which variables of the environment are settings, and of which key.
//!
//! Pure: it is given the variables.
//!
//! Implements: the names of Confluent's container images.

use std::ffi::OsString;

use super::{InvalidSetting, SettingOrigin};

/// Variables that begin so are read whole: the prefix is part of the key.
const REGISTRY_PREFIX: &str = "SCHEMA_REGISTRY_";

/// A variable that is a setting.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Variable {
    pub(super) name: String,
    pub(super) key: String,
    pub(super) value: String,
}

/// The settings among the variables: first those of the registry, then those with the prefix, each by name, because an
/// environment has no order of its own.
pub(super) fn read(
    variables: impl IntoIterator<Item = (OsString, OsString)>,
    prefix: &str,
) -> Result<Vec<Variable>, Vec<InvalidSetting>> {
    let (mut read, mut invalid) = (Vec::new(), Vec::new());
    for (name, value) in variables {
        // A name that is no text has no prefix that we could be asked for.
        let Ok(name) = name.into_string() else { continue };
        let registry = name.starts_with(REGISTRY_PREFIX);
        let rest = if registry {
            Some(name.as_str())
        } else {
            name.strip_prefix(prefix)
        };
        let Some(rest) = rest.filter(|rest| !rest.is_empty()) else {
            continue;
        };
        let Ok(value) = value.into_string() else {
            let origin = SettingOrigin::Variable { name: name.clone() };
            invalid.push(InvalidSetting::new(key(rest), origin, "the value is not UTF-8"));
            continue;
        };
        if of_an_orchestrator(rest, &value) {
            tracing::debug!(name, "variable describes a service of the cluster and is no setting");
            continue;
        }
        let key = key(rest);
        read.push((!registry, Variable { name, key, value }));
    }
    if !invalid.is_empty() {
        invalid.sort_by(|a, b| a.key().cmp(&b.key()));
        return Err(invalid);
    }
    read.sort_by(|(a_late, a), (b_late, b)| (a_late, &a.name).cmp(&(b_late, &b.name)));
    Ok(read.into_iter().map(|(_, variable)| variable).collect())
}

/// The key that a name stands for: lower case, and between two other characters one underscore is a dot, two are a
/// hyphen, three an underscore.
fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    let mut run = 0;
    for c in name.chars() {
        if c == '_' {
            run += 1;
            continue;
        }
        push_run(&mut key, run);
        run = 0;
        key.extend(c.to_lowercase());
    }
    key.extend(std::iter::repeat_n('_', run));
    key
}

fn push_run(key: &mut String, run: usize) {
    match run {
        1..=3 if !key.is_empty() => key.push(['.', '-', '_'][run - 1]),
        _ => key.extend(std::iter::repeat_n('_', run)),
    }
}

/// Whether it is one of the variables that Kubernetes and Docker links set in every container for a service of that name:
/// `…_SERVICE_HOST`, `…_SERVICE_PORT`, `…_PORT=tcp://…`, `…_PORT_8081_TCP`. A service named `schema-registry` or `kafka` is
/// the usual one.
fn of_an_orchestrator(name: &str, value: &str) -> bool {
    let ends = |suffix: &str| name == suffix || name.ends_with(&format!("_{suffix}"));
    let url = ["tcp://", "udp://", "sctp://"]
        .iter()
        .any(|scheme| value.starts_with(scheme));
    if ends("SERVICE_HOST") || ends("SERVICE_PORT") || name.contains("SERVICE_PORT_") || ends("PORT") && url {
        return true;
    }
    let Some((_, port)) = name.rsplit_once("PORT_") else {
        return false;
    };
    let mut words = port.split('_');
    words.next().is_some_and(|number| number.parse::<u16>().is_ok())
        && matches!(words.next(), Some("TCP" | "UDP" | "SCTP"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test ends at what it did not expect")]
mod tests {
    use super::*;

    /// The keys and values that are read under the prefix `KAFKA_`, in order.
    fn check(variables: &[(&str, &str)], expected: &[(&str, &str)]) {
        let given = variables.iter().map(|(name, value)| (name.into(), value.into()));
        let read = read(given, "KAFKA_").unwrap();
        let actual: Vec<(&str, &str)> = read.iter().map(|v| (v.key.as_str(), v.value.as_str())).collect();
        assert_eq!(actual, expected);
    }

    #[test]
    fn names_become_keys() {
        for (name, expected) in [
            ("BOOTSTRAP_SERVERS", "bootstrap.servers"),
            ("linger_MS", "linger.ms"),
            ("A__B", "a-b"),
            ("SSL___CA", "ssl_ca"),
            ("A____B", "a____b"),
            ("_A_B_", "_a.b_"),
            ("A_B_C", "a.b.c"),
        ] {
            assert_eq!(key(name), expected, "{name}");
        }
    }

    #[test]
    fn prefix_and_registry_are_read_in_a_fixed_order() {
        check(
            &[
                ("KAFKA_SCHEMA_REGISTRY_URL", "http://mine"),
                ("HOME", "/home"),
                ("KAFKA_LINGER_MS", "5"),
                ("kafka_linger_ms", "6"),
                ("KAFKA_", "7"),
                ("KAFKA", "8"),
                ("SCHEMA_REGISTRY_URL", "http://all"),
            ],
            &[
                ("schema.registry.url", "http://all"),
                ("linger.ms", "5"),
                ("schema.registry.url", "http://mine"),
            ],
        );
    }

    #[test]
    fn what_an_orchestrator_sets_is_no_setting() {
        check(
            &[
                ("SCHEMA_REGISTRY_SERVICE_HOST", "10.0.0.1"),
                ("SCHEMA_REGISTRY_SERVICE_PORT", "8081"),
                ("SCHEMA_REGISTRY_SERVICE_PORT_HTTP", "8081"),
                ("SCHEMA_REGISTRY_PORT", "tcp://10.0.0.1:8081"),
                ("SCHEMA_REGISTRY_PORT_8081_TCP", "tcp://10.0.0.1:8081"),
                ("SCHEMA_REGISTRY_PORT_8081_TCP_ADDR", "10.0.0.1"),
                ("KAFKA_HEADLESS_SERVICE_HOST", "10.0.0.2"),
                ("KAFKA_PORT_9092_TCP_PROTO", "tcp"),
                ("KAFKA_PROXY_PORT", "3128"),
                ("SCHEMA_REGISTRY_PROXY_PORT", "3128"),
            ],
            &[("schema.registry.proxy.port", "3128"), ("proxy.port", "3128")],
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_value_that_is_no_text_is_refused_by_name() {
        use std::os::unix::ffi::OsStringExt as _;
        let broken = || OsString::from_vec(vec![0xff]);
        let given = [
            ("KAFKA_CLIENT_ID".into(), broken()),
            (broken(), broken()),
            ("HOME".into(), broken()),
        ];
        let invalid: Vec<String> = read(given, "KAFKA_")
            .unwrap_err()
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(invalid, ["variable KAFKA_CLIENT_ID: client.id: the value is not UTF-8"]);
    }
}
