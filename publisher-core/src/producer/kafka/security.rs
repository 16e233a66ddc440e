//! TLS and SASL: what the properties for them need of this build and of each other, and what a refused connection means.
//!
//! Knows librdkafka's names and words for both; whether a file or a password is right is found out by connecting.

use rdkafka::ClientConfig;
use rdkafka::error::RDKafkaErrorCode as Code;

use crate::error::ConfigError;

/// The pauses between two attempts to connect, the first and the longest, where each costs both sides a handshake: as long as
/// Java's longest. The loss of a connection that stood is not concerned, for they are counted from the attempt before. As long
/// as no broker is connected to, librdkafka cuts them short to half of the first: a client with a wrong password comes twice
/// a second; with librdkafka's defaults it comes four times.
const RECONNECT_BACKOFF_MS: (&str, &str) = ("1000", "1000");

/// How the reason begins why there is no access token.
pub(super) const NO_TOKEN: &str = "there is no access token for the brokers";

/// What a refused connection calls for: a word of librdkafka's or OpenSSL's text, and what to do. The first that fits counts.
const REMEDIES: &[(&str, &str)] = &[
    (
        "certificate verify failed",
        "the broker's certificate must be signed by an authority in `ssl.ca.location`, be for the host name that is connected \
         to, and not have expired",
    ),
    (
        "alert certificate required",
        "the broker wants a client certificate: set `ssl.certificate.location` and `ssl.key.location`",
    ),
    (
        "client SSL authentication might be required",
        "the broker may want a client certificate: set `ssl.certificate.location` and `ssl.key.location`",
    ),
    (
        // Java's brokers say so where none was shown.
        "alert bad certificate",
        "the broker wants a client certificate from an authority that it trusts: set `ssl.certificate.location` and \
         `ssl.key.location`",
    ),
    (
        "alert certificate unknown",
        "the broker does not take the client certificate: it must be signed by an authority that the broker trusts, and not \
         have expired",
    ),
    (
        "alert unknown ca",
        "the broker does not know the authority that signed the client certificate",
    ),
    (
        "alert certificate expired",
        "the client certificate has expired: have it renewed",
    ),
    (
        "alert certificate revoked",
        "the client certificate was withdrawn: have it renewed",
    ),
    (
        "alert handshake failure",
        "client and broker have no version of TLS or no cipher in common, or the broker wants a client certificate",
    ),
    (
        "alert protocol version",
        "the broker speaks no version of TLS from 1.2 on",
    ),
    (
        "wrong version number",
        "the broker's listener is none for TLS: check its port",
    ),
    (
        NO_TOKEN,
        "see to the server that gives them: nobody is connected to without one",
    ),
    (
        "not enabled in the server",
        "set `sasl.mechanism` to one that the broker's listener has",
    ),
];

/// What to do about a connection that was refused with this text.
pub(super) fn remedy(text: &str) -> &'static str {
    let found = REMEDIES.iter().find(|(words, _)| text.contains(words));
    found.map_or("check the credentials", |(_, remedy)| remedy)
}

/// Whether the broker does not let us in, or we do not trust it.
pub(super) fn is_refusal(code: Code) -> bool {
    matches!(code, Code::Authentication | Code::SaslAuthenticationFailed | Code::SSL)
}

/// Whether a lost connection was one that the broker refused by TLS: in version 1.3 its alert comes after the handshake, and
/// librdkafka takes it for a fault of the network.
pub(super) fn is_alert(text: &str) -> bool {
    text.contains("SSL alert number") || text.contains("SSL routines::")
}

/// Whether the broker refused who we are, so that a new access token may help.
#[cfg_attr(not(feature = "sasl"), allow(dead_code, reason = "there are no tokens without it"))]
pub(super) fn is_refused_token(code: Code, text: &str) -> bool {
    // What is raised here for want of a token says so.
    is_refusal(code) && code != Code::SSL && !text.contains("Failed to acquire SASL OAUTHBEARER token")
}

/// Refuses what cannot work and completes what has a better default here.
///
/// # Errors
/// [`ConfigError::Invalid`] names the property and what to set, or the feature to switch on.
pub(super) fn complete(config: &mut ClientConfig, with_provider: bool) -> Result<(), ConfigError> {
    let chosen = Chosen::new(config, with_provider)?;
    chosen.check(config, &built_in())?;
    if with_provider {
        config.set("security.protocol", &chosen.protocol);
        config.set("sasl.mechanism", &chosen.mechanism);
    }
    if chosen.tls() {
        let told = ["SSL_CERT_FILE", "SSL_CERT_DIR"]
            .iter()
            .any(|name| std::env::var_os(name).is_some());
        trust_the_system(config, told);
        for (name, off, what) in [
            (
                "enable.ssl.certificate.verification",
                "false",
                "anybody can pass for the broker",
            ),
            (
                "ssl.endpoint.identification.algorithm",
                "none",
                "any host with a certificate can pass for the broker",
            ),
        ] {
            if config
                .get(name)
                .is_some_and(|value| value.trim().eq_ignore_ascii_case(off))
            {
                tracing::warn!(property = name, "TLS to the brokers proves little: {what}");
            }
        }
    } else if chosen.sasl() {
        tracing::warn!("credentials go to the brokers without TLS: anybody on the way can read them");
    }
    // No error, because the registry may inherit them.
    if !chosen.sasl()
        && ["sasl.username", "sasl.password"]
            .iter()
            .any(|name| config.get(name).is_some())
    {
        tracing::warn!(
            protocol = chosen.protocol,
            "the brokers are not shown the credentials that are set: `security.protocol` is none with SASL"
        );
    }
    Ok(())
}

/// Lets librdkafka look for the system's certificates, unless it is told whom to trust: by a property, or `told` to OpenSSL by
/// the environment. OpenSSL built from its own crate would look where none are.
fn trust_the_system(config: &mut ClientConfig, told: bool) {
    let trusted = ["ssl.ca.location", "ssl.ca.pem", "ssl.ca.certificate.stores"];
    if !told && trusted.iter().all(|name| config.get(name).is_none()) {
        config.set("ssl.ca.location", "probe");
    }
}

/// The pauses between two attempts to connect, the first and the longest, where each costs a handshake.
pub(super) fn costly_to_connect(
    properties: &[(String, String)],
    with_provider: bool,
) -> Option<(&'static str, &'static str)> {
    let protocol = properties.iter().rev().find(|(name, _)| name == "security.protocol");
    let plain = protocol.is_none_or(|(_, value)| value.trim().eq_ignore_ascii_case("plaintext"));
    (with_provider || !plain).then_some(RECONNECT_BACKOFF_MS)
}

/// What the properties come to.
struct Chosen {
    /// In lower case.
    protocol: String,
    /// In upper case; empty if none was chosen.
    mechanism: String,
    with_provider: bool,
}

impl Chosen {
    fn new(config: &ClientConfig, with_provider: bool) -> Result<Self, ConfigError> {
        let get = |name| config.get(name).map(|value| value.trim().to_owned());
        let protocol = get("security.protocol").map(|value| value.to_ascii_lowercase());
        // Both names are one property; who gives both has to say the same, which librdkafka does not look at.
        let mechanism = get("sasl.mechanism")
            .or_else(|| get("sasl.mechanisms"))
            .map(|value| value.to_ascii_uppercase());
        if with_provider {
            if let Some(other) = mechanism.as_deref().filter(|name| *name != "OAUTHBEARER") {
                return Err(invalid(
                    "kafka_oauth",
                    format!("goes with `sasl.mechanism=OAUTHBEARER` only, and it is {other:?}; keep one of the two"),
                ));
            }
            if let Some(other) = protocol.as_deref().filter(|name| !name.starts_with("sasl_")) {
                return Err(invalid(
                    "kafka_oauth",
                    format!("goes with `security.protocol=SASL_SSL`, and it is {other:?}; leave it out or set it so"),
                ));
            }
        }
        let (usual_protocol, usual_mechanism) = match with_provider {
            true => ("sasl_ssl", "OAUTHBEARER"),
            false => ("plaintext", ""),
        };
        Ok(Self {
            protocol: protocol.unwrap_or_else(|| usual_protocol.to_owned()),
            mechanism: mechanism.unwrap_or_else(|| usual_mechanism.to_owned()),
            with_provider,
        })
    }

    fn tls(&self) -> bool {
        self.protocol.ends_with("ssl")
    }

    fn sasl(&self) -> bool {
        self.protocol.starts_with("sasl_")
    }

    /// `built_in` are the parts that librdkafka says it was built with.
    fn check(&self, config: &ClientConfig, built_in: &[String]) -> Result<(), ConfigError> {
        let has = |part: &str| built_in.iter().any(|built_in| built_in == part);
        if self.tls() && !has("ssl") {
            let protocol = self.protocol.to_ascii_uppercase();
            return Err(invalid(
                "security.protocol",
                format!("{protocol} needs TLS: {}", enable(self.sasl())),
            ));
        }
        if !self.sasl() {
            return Ok(());
        }
        match self.mechanism.as_str() {
            "PLAIN" => Ok(()),
            "SCRAM-SHA-256" | "SCRAM-SHA-512" if has("sasl_scram") => Ok(()),
            "OAUTHBEARER" if has("sasl_oauthbearer") => self.check_tokens(config),
            "SCRAM-SHA-256" | "SCRAM-SHA-512" | "OAUTHBEARER" => Err(invalid(
                "sasl.mechanism",
                format!("{} needs OpenSSL: {}", self.mechanism, enable(true)),
            )),
            "GSSAPI" if has("sasl_gssapi") => Ok(()),
            "GSSAPI" => Err(invalid(
                "sasl.mechanism",
                "GSSAPI (Kerberos) is not offered, since it needs Cyrus SASL and Kerberos of the system; use `PLAIN`, \
                 `SCRAM-SHA-256`, `SCRAM-SHA-512` or `OAUTHBEARER`"
                    .to_owned(),
            )),
            "" => Err(invalid(
                "sasl.mechanism",
                "is missing, and `security.protocol` asks for SASL; set it to `PLAIN`, `SCRAM-SHA-256`, `SCRAM-SHA-512` or \
                 `OAUTHBEARER`, as the broker has it"
                    .to_owned(),
            )),
            other => Err(invalid(
                "sasl.mechanism",
                format!("{other:?} is none of `PLAIN`, `SCRAM-SHA-256`, `SCRAM-SHA-512` and `OAUTHBEARER`"),
            )),
        }
    }

    fn check_tokens(&self, config: &ClientConfig) -> Result<(), ConfigError> {
        let unsecured = config
            .get("enable.sasl.oauthbearer.unsecure.jwt")
            .is_some_and(|value| value.trim().eq_ignore_ascii_case("true"));
        if self.with_provider || unsecured {
            return Ok(());
        }
        Err(invalid(
            "sasl.mechanism",
            "OAUTHBEARER needs somebody who gives access tokens: set `sasl.oauthbearer.method=oidc` with \
             `sasl.oauthbearer.token.endpoint.url`, `.client.id` and `.client.secret`, or give a `TokenProvider` to `kafka_oauth`"
                .to_owned(),
        ))
    }
}

/// How to get what is not in this build.
pub(super) fn enable(sasl: bool) -> String {
    let feature = if sasl { "sasl" } else { "tls" };
    format!("switch on the feature `{feature}` of publisher-core (it builds OpenSSL, and needs perl for that)")
}

/// The parts that librdkafka was built with, by its own names.
fn built_in() -> Vec<String> {
    let native = ClientConfig::new().create_native_config();
    let list = native.and_then(|config| config.get("builtin.features"));
    // Without a list nothing is there, and what needs a part is refused.
    let list = list.unwrap_or_default();
    list.split(',').map(|part| part.trim().to_owned()).collect()
}

fn invalid(setting: &str, reason: String) -> ConfigError {
    ConfigError::Invalid {
        setting: setting.to_owned(),
        reason,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test ends at what it did not expect")]
mod tests;
