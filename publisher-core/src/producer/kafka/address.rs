//! The addresses of `bootstrap_servers`, checked before librdkafka bends them.

/// What is wrong with one address of `bootstrap_servers`.
///
/// librdkafka would take much of it: it logs an unknown scheme, counts a port modulo 65,536, and takes no host for the
/// local one.
pub(crate) fn invalid_address(address: &str) -> Option<String> {
    const SCHEMES: [&str; 4] = ["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"];
    let address = address.trim();
    let wrong = match address.split_once("://") {
        Some((scheme, _)) if !SCHEMES.iter().any(|known| known.eq_ignore_ascii_case(scheme)) => {
            format!("has the scheme {scheme}")
        }
        _ => {
            let host_and_port = address.split_once("://").map_or(address, |(_, rest)| rest);
            match host_and_port.rsplit_once(':') {
                Some(("", _)) => "has no host".to_owned(),
                Some((host, _)) if host.contains(char::is_whitespace) => "has a space in its host".to_owned(),
                Some((host, _)) if !host.starts_with('[') && host.contains([':', ';', '/']) => {
                    format!("has the host {host:?}")
                }
                // An IPv6 address in brackets and nothing after it.
                Some((_, port)) if port.ends_with(']') => "has no port".to_owned(),
                Some((_, port)) if port.parse().is_ok_and(|port: u16| port > 0) => return None,
                Some((_, port)) => format!("has the port {port:?}"),
                None if host_and_port.is_empty() => "is empty".to_owned(),
                None => "has no port".to_owned(),
            }
        }
    };
    Some(format!(
        "the address {address:?} {wrong}; give `host:port` with a port from 1 to 65535, several separated by commas"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_addresses_pass() {
        for good in [
            "localhost:9092",
            " 10.0.0.1:1 ",
            "kafka-2.acme.example:65535",
            "[::1]:9092",
            "SASL_SSL://kafka:9093",
        ] {
            assert_eq!(invalid_address(good), None);
        }
    }

    #[test]
    fn what_librdkafka_would_bend_is_refused() {
        let check = |bad: &str, expected: &str| {
            let reason = invalid_address(bad).unwrap_or_default();
            assert!(reason.contains(expected), "{bad}: {reason}");
        };
        check(
            " ",
            "the address \"\" is empty; give `host:port` with a port from 1 to 65535",
        );
        check("localhost", "has no port");
        check("[::1]", "has no port");
        check(":9092", "has no host");
        check("localhost:99999", "has the port \"99999\"");
        check("localhost:0", "has the port \"0\"");
        check("localhost:http", "has the port \"http\"");
        check("http://localhost:8081", "has the scheme http");
        check("no such:9092", "has a space in its host");
        check("a:9092;b:9092", "has the host \"a:9092;b\"");
    }
}
