//! What Java says of TLS, SASL, sockets, memory and compression, as properties of librdkafka.
//!
//! Pure, but that it looks into the files that settings name. Whether librdkafka takes a property is asked later.

use super::key::Target;
use super::pem::{self, Store};
use super::resolve::Resolved;
use super::settings::Setting;
use super::{InvalidSetting, jaas};

/// The greatest value that librdkafka takes for a number.
const MAX: u64 = i32::MAX as u64;

/// Adds the properties.
pub(super) fn add(resolved: &mut Resolved<'_>) {
    sizes(resolved);
    compression(resolved);
    if let Some(setting) = resolved.get(Target::EndpointIdentification) {
        // Java switches the check off by an empty value.
        let name = "ssl.endpoint.identification.algorithm";
        let value = if setting.text().is_empty() {
            "none"
        } else {
            setting.text()
        };
        resolved.set(setting, name, value);
    }
    truststore(resolved);
    keystore(resolved);
    sasl(resolved);
}

fn sizes(resolved: &mut Resolved<'_>) {
    for (target, name) in [
        (Target::SendBuffer, "socket.send.buffer.bytes"),
        (Target::ReceiveBuffer, "socket.receive.buffer.bytes"),
    ] {
        if let Some(setting) = resolved.get(target)
            && let Some(bytes) = resolved.valid(setting.number(-1..=MAX as i64))
        {
            resolved.set(setting, name, bytes.max(0).to_string());
        }
    }
}

fn compression(resolved: &mut Resolved<'_>) {
    let codec = resolved.get(Target::CompressionType);
    if let Some(setting) = codec {
        resolved.pass(setting, "compression.type");
    }
    for (target, name) in [
        (Target::GzipLevel, "gzip"),
        (Target::Lz4Level, "lz4"),
        (Target::ZstdLevel, "zstd"),
    ] {
        let Some(setting) = resolved.get(target) else { continue };
        if codec.is_some_and(|codec| codec.text().eq_ignore_ascii_case(name)) {
            resolved.pass(setting, "compression.level");
        } else {
            let why = "it is the level of another codec than that of `compression.type`";
            tracing::debug!(key = setting.key, origin = %setting.origin, why, "setting has no effect");
        }
    }
}

/// The type that a setting declares, and the setting if it declares one that is no use.
fn declared(resolved: &mut Resolved<'_>, target: Target) -> Option<Store> {
    resolved.read(target, pem::declared).flatten()
}

fn truststore(resolved: &mut Resolved<'_>) {
    if let Some(setting) = resolved.get(Target::TruststoreType)
        && let Some(store @ (Store::Jks | Store::Pkcs12)) = declared(resolved, Target::TruststoreType)
    {
        resolved.invalid.push(pem::not_pem(setting, store));
        return;
    }
    if let Some(setting) = resolved.get(Target::TruststoreLocation)
        && resolved.valid(pem::text(setting)).is_some()
    {
        resolved.pass(setting, "ssl.ca.location");
    }
}

fn keystore(resolved: &mut Resolved<'_>) {
    let declared_store = declared(resolved, Target::KeystoreType);
    if let (Some(Store::Jks), Some(setting)) = (declared_store, resolved.get(Target::KeystoreType)) {
        resolved.invalid.push(jks(setting));
        return;
    }
    let Some(setting) = resolved.get(Target::KeystoreLocation) else {
        return;
    };
    match resolved.valid(pem::read(setting)).map(|(store, _)| store) {
        Some(Store::Pem) => {
            resolved.pass(setting, "ssl.certificate.location");
            resolved.pass(setting, "ssl.key.location");
        }
        Some(Store::Pkcs12) => resolved.pass(setting, "ssl.keystore.location"),
        Some(Store::Jks) => resolved.invalid.push(jks(setting)),
        None => {}
    }
}

fn jks(setting: &Setting) -> InvalidSetting {
    setting.invalid(
        "JKS is not read; convert it with `keytool -importkeystore -srckeystore store.jks -destkeystore store.p12 \
         -deststoretype PKCS12`, and set the type to `PKCS12`",
    )
}

fn sasl(resolved: &mut Resolved<'_>) {
    for (target, name) in [
        (Target::SaslMechanism, "sasl.mechanism"),
        (Target::SaslUsername, "sasl.username"),
        (Target::SaslPassword, "sasl.password"),
    ] {
        if let Some(setting) = resolved.get(target) {
            resolved.pass(setting, name);
        }
    }
    if let Some(setting) = resolved.get(Target::SaslCallback) {
        match setting.class() {
            "" => {}
            "OAuthBearerLoginCallbackHandler" => resolved.set(setting, "sasl.oauthbearer.method", "oidc"),
            _ => resolved
                .invalid
                .push(setting.is_no("`OAuthBearerLoginCallbackHandler`, and no other Java class can be loaded here")),
        }
    }
    if let Some(setting) = resolved.get(Target::SaslLogin)
        && !setting.text().is_empty()
    {
        match login(resolved, setting) {
            Ok(properties) => {
                for (name, value) in properties {
                    resolved.set(setting, name, value);
                }
            }
            Err(invalid) => resolved.invalid.push(invalid),
        }
    }
}

/// The properties that a login module with its options becomes.
fn login(resolved: &Resolved<'_>, setting: &Setting) -> Result<Vec<(&'static str, String)>, InvalidSetting> {
    let mut login = jaas::parse(&setting.value).map_err(|reason| setting.invalid(reason))?;
    let wanted: &[(&str, &'static str)] = match login.module.as_str() {
        "PlainLoginModule" | "ScramLoginModule" => &[("username", "sasl.username"), ("password", "sasl.password")],
        "OAuthBearerLoginModule" => &[
            ("clientId", "sasl.oauthbearer.client.credentials.client.id"),
            ("clientSecret", "sasl.oauthbearer.client.credentials.client.secret"),
            ("scope", "sasl.oauthbearer.scope"),
        ],
        "Krb5LoginModule" => {
            return Err(setting.invalid(
                "the options of `Krb5LoginModule` are not read; set `sasl.kerberos.keytab` and `sasl.kerberos.principal`",
            ));
        }
        _ => {
            return Err(setting.invalid(
                "the login module is none of `PlainLoginModule`, `ScramLoginModule` and `OAuthBearerLoginModule`",
            ));
        }
    };
    let oauth = login.module == "OAuthBearerLoginModule";
    if !oauth && resolved.get(Target::SaslMechanism).is_none() {
        return Err(
            setting.invalid("`sasl.mechanism` is missing; set it to `PLAIN` or `SCRAM-SHA-512`, as the broker has it")
        );
    }
    if login
        .options
        .get("tokenauth")
        .is_some_and(|value| value.eq_ignore_ascii_case("true"))
    {
        return Err(
            setting.invalid("has `tokenauth=true`, and delegation tokens are not used; give the user's own password")
        );
    }
    let mut properties = Vec::new();
    for (option, name) in wanted {
        match login.options.remove(*option) {
            Some(_) if resolved.properties.contains_key(*name) => {
                return Err(setting.invalid(format!("has the option `{option}`, and `{name}` is set too; keep one")));
            }
            Some(value) => properties.push((*name, value)),
            None if oauth => {}
            None => return Err(setting.invalid(format!("lacks the option `{option}` of the login module"))),
        }
    }
    let extensions: Vec<String> = login
        .options
        .iter()
        .filter_map(|(name, value)| Some(format!("{}={value}", name.strip_prefix("extension_")?)))
        .collect();
    if oauth && !extensions.is_empty() {
        properties.push(("sasl.oauthbearer.extensions", extensions.join(",")));
    }
    Ok(properties)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test ends at what it did not expect")]
mod tests;
