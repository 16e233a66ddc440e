//! What a line in a table of keys says.
//!
//! Data only: `resolve` looks keys up, `apply` carries out what a [`Target`] asks for, `table` prints the lines for users.

/// One setting: its names, and what becomes of it.
pub(super) struct Key {
    /// All names of the setting; the one that is given last counts, whichever it is. A name that ends in `*` stands for all
    /// that begin so.
    pub(super) names: &'static [&'static str],
    pub(super) treatment: Treatment,
}

/// What becomes of a setting.
#[cfg_attr(
    not(test),
    allow(dead_code, reason = "the test that holds KEYS.md is who reads the texts")
)]
pub(super) enum Treatment {
    /// Sets something of ours. The text says what, with unit, limits and default.
    Sets(Target, &'static str),
    /// Becomes this property of librdkafka, with the value as it is. The text says how the two differ, or nothing.
    Property(&'static str, &'static str),
    /// Must say what is done anyway: one of these values is accepted, any other is refused for this reason.
    Fixed(Accepted, &'static str),
    /// Is accepted and has no effect, for this reason.
    NoEffect(&'static str),
    /// Cannot be honoured. The text says why and what to do.
    Refused(&'static str),
}

/// The values of a setting that has only one meaning here. An empty text stands for a value that is empty.
pub(super) enum Accepted {
    /// These words; case does not matter.
    Words(&'static [&'static str]),
    /// These Java classes, with package or without.
    Classes(&'static [&'static str]),
}

/// What of ours a key sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    BootstrapServers,
    Linger,
    DeliveryTimeout,
    BlockTimeout,
    MaxRecordBytes,
    BufferRecords,
    BufferMemory,
    Partitioner,
    IgnoreKeys,
    ClientId,
    SendBuffer,
    ReceiveBuffer,
    CompressionType,
    GzipLevel,
    Lz4Level,
    ZstdLevel,
    EndpointIdentification,
    TruststoreType,
    TruststoreLocation,
    KeystoreType,
    KeystoreLocation,
    SaslMechanism,
    SaslUsername,
    SaslPassword,
    SaslLogin,
    SaslCallback,
    SchemaRegistryUrl,
    BasicSource,
    BasicUserInfo,
    BearerSource,
    BearerToken,
    TokenEndpoint,
    TokenClientId,
    TokenClientSecret,
    TokenScope,
    LogicalCluster,
    IdentityPool,
    AutoRegister,
    UseLatest,
    UseSchemaId,
    LatestTtl,
    Normalize,
    ValueStrategy,
    ValueFraming,
    KeyFraming,
    ConnectTimeout,
    ReadTimeout,
    RequestTimeout,
    Retries,
    RetryWait,
    RetryMaxWait,
    Proxy,
    ProxyHost,
    ProxyPort,
    RegistryTruststoreType,
    RegistryTruststoreLocation,
    RegistryTruststore,
    RegistryKeystoreType,
    RegistryKeystoreLocation,
    RegistryCertificateLocation,
    RegistryKeyLocation,
    RegistryCertificate,
    RegistryKey,
}

/// A setting of ours.
pub(super) const fn sets(names: &'static [&'static str], target: Target, what: &'static str) -> Key {
    Key {
        names,
        treatment: Treatment::Sets(target, what),
    }
}

/// A property of librdkafka.
pub(super) const fn property(names: &'static [&'static str], name: &'static str, note: &'static str) -> Key {
    Key {
        names,
        treatment: Treatment::Property(name, note),
    }
}

/// A setting that has only one meaning here, said by words.
pub(super) const fn fixed(names: &'static [&'static str], words: &'static [&'static str], why: &'static str) -> Key {
    Key {
        names,
        treatment: Treatment::Fixed(Accepted::Words(words), why),
    }
}

/// A setting that has only one meaning here, said by Java classes.
pub(super) const fn fixed_class(
    names: &'static [&'static str],
    classes: &'static [&'static str],
    why: &'static str,
) -> Key {
    Key {
        names,
        treatment: Treatment::Fixed(Accepted::Classes(classes), why),
    }
}

/// A setting without effect.
pub(super) const fn no_effect(names: &'static [&'static str], why: &'static str) -> Key {
    Key {
        names,
        treatment: Treatment::NoEffect(why),
    }
}

/// A setting that cannot be honoured.
pub(super) const fn refused(names: &'static [&'static str], why: &'static str) -> Key {
    Key {
        names,
        treatment: Treatment::Refused(why),
    }
}
