//! Gives a [`PublisherBuilder`] what settings say. With `schema`, the only file here that names its methods; and the only one
//! that names the registry's client.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use super::key::Target;
use super::resolve::Resolved;
use super::secret::{is_secret, shown};
use super::settings::Setting;
use super::{InvalidSetting, InvalidSettings, Settings, registry, schema, security};
use crate::builder::PublisherBuilder;
use crate::error::ConfigError;
use crate::partitioner::Partitioner;
use crate::producer::{KafkaSettings, invalid_address, property_names, property_refusal};
use crate::registry::SchemaRegistry;

/// The longest time, in milliseconds, that librdkafka takes.
const MAX_MILLIS: u64 = i32::MAX as u64;

impl Settings {
    /// The builder with these settings. What cannot be used is kept there, for `build` to tell.
    pub(crate) fn apply(&self, mut builder: PublisherBuilder) -> PublisherBuilder {
        let mut resolved = Resolved::new(self, &property_names());
        builder = kafka(&mut resolved, builder);
        security::add(&mut resolved);
        builder = properties(&mut resolved, builder);
        builder = schema::apply(&mut resolved, builder);
        let invalid = self.in_order(std::mem::take(&mut resolved.invalid));
        builder = registry(&mut resolved, builder, |invalid| self.in_order(invalid));
        builder.refuse_settings(invalid)
    }

    /// What these settings say of Kafka, for a client without a publisher: a tool's. What they say of a registry is not
    /// looked at.
    ///
    /// # Errors
    /// [`ConfigError::Settings`]: all that cannot be used, with file and line. Not retriable.
    pub fn kafka(&self) -> Result<KafkaSettings, ConfigError> {
        let mut resolved = Resolved::new(self, &property_names());
        let mut builder = kafka(&mut resolved, PublisherBuilder::default());
        security::add(&mut resolved);
        builder = properties(&mut resolved, builder);
        match std::mem::take(&mut resolved.invalid) {
            invalid if invalid.is_empty() => Ok(builder.into_kafka()),
            invalid => Err(self.in_order(invalid).into()),
        }
    }

    /// As they were given, so that a reader goes once through the file.
    fn in_order(&self, mut invalid: Vec<InvalidSetting>) -> InvalidSettings {
        let order: HashMap<&str, usize> = self.given.iter().map(|s| s.key.as_str()).zip(0..).collect();
        invalid.sort_by_key(|invalid| order.get(invalid.key().unwrap_or_default()));
        InvalidSettings::new(invalid)
    }
}

/// The settings of the producer that the builder has methods for.
fn kafka(resolved: &mut Resolved<'_>, mut builder: PublisherBuilder) -> PublisherBuilder {
    if let Some(servers) = resolved.read(Target::BootstrapServers, addresses) {
        builder = builder.bootstrap_servers(servers);
    }
    if let Some(setting) = resolved.filled(Target::ClientId) {
        builder = builder.client_id(setting.text());
    }
    // What the builder refuses, it names by its own methods: their limits are known here too.
    let millisecond = Duration::from_millis(1);
    if let Some(linger) = resolved.read(Target::Linger, |s| {
        s.fraction(millisecond, Duration::ZERO, Duration::from_secs(900))
    }) {
        builder = builder.linger(linger);
    }
    if let Some(timeout) = resolved.read(Target::DeliveryTimeout, |s| s.millis(1..=MAX_MILLIS)) {
        builder = builder.delivery_timeout(timeout);
    }
    if let Some(timeout) = resolved.read(Target::BlockTimeout, |s| s.millis(0..=i64::MAX as u64)) {
        builder = builder.block_timeout(timeout);
    }
    if let Some(bytes) = resolved.read(Target::MaxRecordBytes, |s| s.number(1_000..=1_000_000_000)) {
        builder = builder.max_record_bytes(bytes);
    }
    if let Some(records) = resolved.read(Target::BufferRecords, |s| s.number(1..=i32::MAX as usize)) {
        builder = builder.buffer_records(records);
    }
    if let Some(bytes) = resolved.read(Target::BufferMemory, |s| s.number(1..=i64::MAX as usize)) {
        builder = builder.buffer_bytes(bytes);
    }
    if let Some(partitioner) = partitioner(resolved) {
        builder = builder.partitioner(partitioner);
    }
    builder
}

/// The partitioner, where something is said of it. That keys are to be ignored counts for Java's own partitioner only.
fn partitioner(resolved: &mut Resolved<'_>) -> Option<Partitioner> {
    let ignore_keys = resolved.read(Target::IgnoreKeys, |s| s.truth());
    let named = resolved.read(Target::Partitioner, |setting| match setting.class() {
        "" | "murmur2_random" | "DefaultPartitioner" | "BuiltInPartitioner" => Ok(Partitioner::Murmur2),
        "RoundRobinPartitioner" => Ok(Partitioner::RoundRobin),
        "UniformStickyPartitioner" => Ok(Partitioner::Sticky),
        _ => Err(setting.is_no(
            "`murmur2_random`, `DefaultPartitioner`, `RoundRobinPartitioner` or `UniformStickyPartitioner`; give a rule of \
             your own to `PublisherBuilder::partitioner`",
        )),
    });
    match (named, ignore_keys) {
        (None | Some(Partitioner::Murmur2), Some(true)) => Some(Partitioner::Sticky),
        (named, _) => named,
    }
}

fn addresses(setting: &Setting) -> Result<String, InvalidSetting> {
    if shown(&setting.key, setting.text()) != setting.text() {
        return Err(setting.is_no("`host:port`; credentials stand under `sasl.username` and `sasl.password`"));
    }
    match setting.text().split(',').find_map(invalid_address) {
        Some(reason) => Err(setting.invalid(reason)),
        None => Ok(setting.text().to_owned()),
    }
}

/// The properties of librdkafka, each of which it is asked about.
fn properties(resolved: &mut Resolved<'_>, mut builder: PublisherBuilder) -> PublisherBuilder {
    for (name, (setting, value)) in std::mem::take(&mut resolved.properties) {
        if let Some(reason) = property_refusal(&name, &value) {
            resolved
                .invalid
                .push(setting.refused_by_librdkafka(&name, &value, &reason));
        } else {
            builder = builder.librdkafka_property(&name, &value);
        }
        resolved.properties.insert(name, (setting, value));
    }
    builder
}

impl Setting {
    /// librdkafka says no to the property that this setting became. Its text may quote the value, or a part of it.
    fn refused_by_librdkafka(&self, name: &str, value: &str, reason: &str) -> InvalidSetting {
        if ["not supported in this build", "not available at build time"]
            .iter()
            .any(|words| reason.contains(words))
        {
            return self.invalid(format!("{reason}; {}", how_to_get(reason)));
        }
        let hidden = shown(if is_secret(&self.key) { &self.key } else { name }, value);
        if hidden == value {
            return self.invalid(reason);
        }
        self.invalid(format!("librdkafka does not take {hidden:?} for `{name}`"))
    }
}

/// What brings the part that librdkafka lacks, by its own words for the lack.
fn how_to_get(reason: &str) -> &'static str {
    const MISSING: &[(&str, &str)] = &[
        (
            "OIDC",
            "the client credentials grant is offered with the features `sasl` and `registry` of publisher-core; for other grants \
             give a `TokenProvider` to `kafka_oauth`",
        ),
        (
            "OpenSSL",
            "switch on the feature `tls` of publisher-core, or `sasl` for SASL too (it builds OpenSSL, and needs perl for that)",
        ),
    ];
    let found = MISSING.iter().find(|(part, _)| reason.contains(part));
    found.map_or(
        "name `rdkafka` in your own Cargo.toml with the feature that brings it, such as `libz` or `zstd`",
        |(_, how)| how,
    )
}

/// The client of the registry that is named. What is wrong with it is kept in its place, so that a registry that is set by a
/// method later goes over it.
fn registry(
    resolved: &mut Resolved<'_>,
    builder: PublisherBuilder,
    in_order: impl FnOnce(Vec<InvalidSetting>) -> InvalidSettings,
) -> PublisherBuilder {
    let Some(first) = registry::named(resolved) else {
        return builder;
    };
    // Also where a part is refused already: the rest may have faults of its own, and all are told together.
    let client = registry::read(resolved).map(client);
    let mut invalid = std::mem::take(&mut resolved.invalid);
    match client {
        Some(Ok(client)) if invalid.is_empty() => return builder.registry_of_settings(Ok(client)),
        Some(Err(reason)) => invalid.push(first.invalid(reason)),
        _ => {}
    }
    builder.registry_of_settings(Err(in_order(invalid)))
}

#[cfg(feature = "registry")]
fn client(settings: registry::Registry) -> Result<Arc<dyn SchemaRegistry>, String> {
    use super::credentials::Credentials;
    use crate::registry::RegistryClient;

    let mut client = RegistryClient::builder(settings.urls);
    client = match settings.credentials {
        None => client,
        Some(Credentials::Basic { user, password }) => client.basic_auth(user, password),
        Some(Credentials::Bearer(token)) => client.bearer_token(token),
        Some(Credentials::OAuth(grant)) => client.oauth(oauth(grant)),
    };
    if let Some(normalize) = settings.normalize {
        client = client.normalize(normalize);
    }
    if let Some(timeout) = settings.connect_timeout {
        client = client.connect_timeout(timeout);
    }
    if let Some(timeout) = settings.read_timeout {
        client = client.read_timeout(timeout);
    }
    if let Some(timeout) = settings.request_timeout {
        client = client.request_timeout(timeout);
    }
    if let Some(timeout) = settings.total_timeout {
        client = client.total_timeout(timeout);
    }
    if let Some(retries) = settings.retries {
        client = client.retries(retries);
    }
    if let Some((base, cap)) = settings.backoff {
        client = client.retry_backoff(base, cap);
    }
    if let Some(proxy) = settings.proxy {
        client = client.proxy(proxy);
    }
    if let Some(pem) = settings.roots_pem {
        client = client.root_certificates_pem(pem);
    }
    if let Some((chain, key)) = settings.certificate_pem {
        client = client.client_certificate_pem(chain, key);
    }
    match client.build() {
        Ok(client) => Ok(Arc::new(client)),
        Err(ConfigError::Invalid { reason, .. }) => Err(reason),
        Err(other) => Err(other.to_string()),
    }
}

#[cfg(feature = "registry")]
fn oauth(grant: super::credentials::ClientCredentials) -> crate::registry::OAuthClient {
    let mut client = crate::registry::OAuthClient::new(grant.endpoint, grant.client_id, grant.client_secret);
    if let Some(scope) = grant.scope {
        client = client.scope(scope);
    }
    if let Some(cluster) = grant.logical_cluster {
        client = client.logical_cluster(cluster);
    }
    if let Some(pool) = grant.identity_pool {
        client = client.identity_pool(pool);
    }
    client
}

#[cfg(not(feature = "registry"))]
fn client(_: registry::Registry) -> Result<Arc<dyn SchemaRegistry>, String> {
    Err("there is no client of a registry in this build; switch on the feature `registry` of publisher-core".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_build_lacks_is_told_with_the_feature_that_brings_it() {
        let check = |reason: &str, expected: &str| assert!(how_to_get(reason).contains(expected), "{reason}");
        check(
            "OpenSSL not available at build time",
            "the feature `tls` of publisher-core, or `sasl`",
        );
        check(
            "OAuth/OIDC depends on libcurl and OpenSSL which were not available at build time",
            "the features `sasl` and `registry`",
        );
        check("zlib not available at build time", "such as `libz`");
    }
}
