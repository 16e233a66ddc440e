//! What the settings say of the registry's client, as plain data: addresses, credentials, certificates, patience.
//!
//! Looks into the files that settings name; opens no connection and knows no client.

use std::time::Duration;

use super::InvalidSetting;
use super::credentials::{self, Credentials};
use super::key::Target;
use super::pem::{self, Store};
use super::resolve::Resolved;
use super::settings::Setting;

/// The longest time in milliseconds that is taken for one: Java's are `int`.
const MAX_MILLIS: u64 = i32::MAX as u64;
/// The first and the longest wait where only the other is given.
const DEFAULT_BACKOFF: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(10));

/// What the client has by default for one attempt and for all of them.
const DEFAULT_TIMEOUTS: (Duration, Duration) = (Duration::from_secs(10), Duration::from_secs(30));

/// The settings of a registry's client; what is `None` keeps the client's default.
#[cfg_attr(
    not(feature = "registry"),
    allow(dead_code, reason = "there is no client that reads it")
)]
pub(super) struct Registry {
    /// One address, or several with commas between; may hold credentials.
    pub(super) urls: String,
    pub(super) credentials: Option<Credentials>,
    pub(super) normalize: Option<bool>,
    pub(super) connect_timeout: Option<Duration>,
    pub(super) read_timeout: Option<Duration>,
    pub(super) request_timeout: Option<Duration>,
    pub(super) total_timeout: Option<Duration>,
    pub(super) retries: Option<u32>,
    /// The first wait and the longest.
    pub(super) backoff: Option<(Duration, Duration)>,
    /// May hold credentials.
    pub(super) proxy: Option<String>,
    pub(super) roots_pem: Option<String>,
    /// Certificates and key.
    pub(super) certificate_pem: Option<(String, String)>,
}

/// The settings that only a client of a registry has.
const OF_THE_CLIENT: &[Target] = &[
    Target::BasicSource,
    Target::BasicUserInfo,
    Target::BearerSource,
    Target::BearerToken,
    Target::TokenEndpoint,
    Target::TokenClientId,
    Target::TokenClientSecret,
    Target::TokenScope,
    Target::LogicalCluster,
    Target::IdentityPool,
    Target::Normalize,
    Target::ConnectTimeout,
    Target::ReadTimeout,
    Target::RequestTimeout,
    Target::Retries,
    Target::RetryWait,
    Target::RetryMaxWait,
    Target::Proxy,
    Target::ProxyHost,
    Target::ProxyPort,
    Target::RegistryTruststoreType,
    Target::RegistryTruststoreLocation,
    Target::RegistryTruststore,
    Target::RegistryKeystoreType,
    Target::RegistryKeystoreLocation,
    Target::RegistryCertificateLocation,
    Target::RegistryKeyLocation,
    Target::RegistryCertificate,
    Target::RegistryKey,
];

/// The setting with the address; if there is none, any other that needs one.
pub(super) fn named<'a>(resolved: &Resolved<'a>) -> Option<&'a Setting> {
    let mut targets = [Target::SchemaRegistryUrl].iter().chain(OF_THE_CLIENT);
    targets.find_map(|target| resolved.get(*target))
}

/// What the settings say of the client; `None` if they name no registry. What cannot be used is noted.
pub(super) fn read(resolved: &mut Resolved<'_>) -> Option<Registry> {
    let first = named(resolved)?;
    let Some(url) = resolved.get(Target::SchemaRegistryUrl) else {
        let reason = "`schema.registry.url` is missing, so that there is no registry to use it for";
        resolved.invalid.push(first.invalid(reason));
        return None;
    };
    let credentials = credentials::read(resolved);
    let credentials = resolved.valid(credentials).flatten();
    let proxy = proxy(resolved);
    let roots_pem = roots(resolved);
    let certificate = certificate(resolved);
    let connect_timeout = resolved.read(Target::ConnectTimeout, |s| s.millis(1..=MAX_MILLIS));
    let read_timeout = resolved.read(Target::ReadTimeout, |s| s.millis(1..=MAX_MILLIS));
    let asked = resolved.read(Target::RequestTimeout, |s| {
        s.fraction(
            Duration::from_secs(1),
            Duration::from_millis(1),
            Duration::from_millis(MAX_MILLIS),
        )
    });
    // Java's client knows no time for a whole request, so that its own may be longer than ours for one.
    let longest = [connect_timeout, read_timeout].into_iter().flatten().max();
    let request_timeout = asked.or(longest.filter(|longest| *longest > DEFAULT_TIMEOUTS.0));
    Some(Registry {
        urls: url.text().to_owned(),
        credentials,
        normalize: resolved.read(Target::Normalize, Setting::truth),
        connect_timeout,
        read_timeout,
        request_timeout,
        total_timeout: request_timeout.filter(|timeout| *timeout > DEFAULT_TIMEOUTS.1),
        retries: resolved.read(Target::Retries, |s| s.number(0..=i32::MAX as u32)),
        backoff: backoff(resolved),
        proxy: resolved.valid(proxy).flatten(),
        roots_pem: resolved.valid(roots_pem).flatten(),
        certificate_pem: resolved.valid(certificate).flatten(),
    })
}

fn backoff(resolved: &mut Resolved<'_>) -> Option<(Duration, Duration)> {
    let base = resolved.read(Target::RetryWait, |s| s.millis(1..=MAX_MILLIS));
    let cap = resolved.read(Target::RetryMaxWait, |s| s.millis(1..=MAX_MILLIS));
    match (base, cap) {
        (None, None) => None,
        // A wait of one's own beyond the default of the other moves that too.
        (Some(base), None) => Some((base, base.max(DEFAULT_BACKOFF.1))),
        (None, Some(cap)) => Some((cap.min(DEFAULT_BACKOFF.0), cap)),
        (Some(base), Some(cap)) => {
            if base > cap {
                let setting = resolved.get(Target::RetryMaxWait)?;
                let reason = format!("the longest wait is shorter than the first, {} ms", base.as_millis());
                resolved.invalid.push(setting.invalid(reason));
            }
            Some((base, cap))
        }
    }
}

fn proxy(resolved: &Resolved<'_>) -> Result<Option<String>, InvalidSetting> {
    let url = resolved.filled(Target::Proxy);
    let host = resolved.filled(Target::ProxyHost);
    let port = resolved.get(Target::ProxyPort).filter(|port| port.text() != "-1");
    match (url, host, port) {
        (None, None, None) => Ok(None),
        (Some(url), None, None) => Ok(Some(url.text().to_owned())),
        (Some(url), ..) => Err(url.invalid("`proxy.host` or `proxy.port` is set too; keep one way")),
        (None, Some(host), None) => Err(host.invalid("`proxy.port` is missing")),
        (None, None, Some(port)) => Err(port.invalid("`proxy.host` is missing")),
        (None, Some(host), Some(port)) => {
            let port: u16 = port.number(1..=u16::MAX)?;
            let name = host.text();
            if name.contains(['/', '@']) || name.contains(char::is_whitespace) {
                return Err(host.is_no("a host alone; for a URL use `schema.registry.proxy`"));
            }
            Ok(Some(format!("http://{name}:{port}")))
        }
    }
}

fn roots(resolved: &Resolved<'_>) -> Result<Option<String>, InvalidSetting> {
    only_pem(resolved, Target::RegistryTruststoreType)?;
    let file = resolved.filled(Target::RegistryTruststoreLocation);
    match (file, resolved.filled(Target::RegistryTruststore)) {
        (None, None) => Ok(None),
        (None, Some(inline)) => Ok(Some(inline.value.clone())),
        (Some(file), None) => pem::text(file).map(Some),
        (Some(file), Some(_)) => {
            Err(file.invalid("`schema.registry.ssl.truststore.certificates` is set too; keep one"))
        }
    }
}

/// Certificates and key, each from a text or a file; both from one file where only that is given.
fn certificate(resolved: &Resolved<'_>) -> Result<Option<(String, String)>, InvalidSetting> {
    only_pem(resolved, Target::RegistryKeystoreType)?;
    let given = |target| resolved.filled(target);
    let store = given(Target::RegistryKeystoreLocation);
    let files = (
        given(Target::RegistryCertificateLocation),
        given(Target::RegistryKeyLocation),
    );
    let texts = (given(Target::RegistryCertificate), given(Target::RegistryKey));
    match (store, files, texts) {
        (None, (None, None), (None, None)) => Ok(None),
        (Some(file), (None, None), (None, None)) | (None, (Some(file), None), (None, None)) => {
            let text = pem::text(file)?;
            Ok(Some((text.clone(), text)))
        }
        (None, (Some(certificate), Some(key)), (None, None)) => Ok(Some((pem::text(certificate)?, pem::text(key)?))),
        (None, (None, None), (Some(certificate), Some(key))) => {
            Ok(Some((certificate.value.clone(), key.value.clone())))
        }
        (None, (None, Some(key)), (None, None)) => {
            Err(key.invalid("`schema.registry.ssl.certificate.location` is missing"))
        }
        (None, (None, None), (Some(certificate), None)) => {
            Err(certificate.invalid("`schema.registry.ssl.keystore.key` is missing"))
        }
        (None, (None, None), (None, Some(key))) => {
            Err(key.invalid("`schema.registry.ssl.keystore.certificate.chain` is missing"))
        }
        (store, files, texts) => {
            let given = [store, files.0, files.1, texts.0, texts.1];
            let last = given.into_iter().flatten().last();
            last.map_or(Ok(None), |last| {
                Err(last.invalid("the client's certificate is given in another way too; keep one"))
            })
        }
    }
}

fn only_pem(resolved: &Resolved<'_>, target: Target) -> Result<(), InvalidSetting> {
    let Some(setting) = resolved.get(target) else {
        return Ok(());
    };
    match pem::declared(setting)? {
        Some(store @ (Store::Jks | Store::Pkcs12)) => Err(pem::not_pem(setting, store)),
        Some(Store::Pem) | None => Ok(()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test ends at what it did not expect")]
mod tests;
