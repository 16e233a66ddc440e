//! The names of Confluent's serializers and registry clients, Java's and Python's.
//!
//! Data only, and long because each of their keys is a line. Source: `AbstractKafkaSchemaSerDeConfig`, `SchemaRegistryClientConfig`, `KafkaAvroSerializerConfig` and
//! `KafkaJsonSchemaSerializerConfig` of Confluent 8, each of whose keys is here; and the client of confluent-kafka-python,
//! whose short names (`url`, `timeout`) are here with Java's prefix `schema.registry.`.

use super::key::Target::{
    AutoRegister, BasicSource, BasicUserInfo, BearerSource, BearerToken, ConnectTimeout, IdentityPool, KeyFraming,
    LatestTtl, LogicalCluster, Normalize, Proxy, ProxyHost, ProxyPort, ReadTimeout, RegistryCertificate,
    RegistryCertificateLocation, RegistryKey, RegistryKeyLocation, RegistryKeystoreLocation, RegistryKeystoreType,
    RegistryTruststore, RegistryTruststoreLocation, RegistryTruststoreType, RequestTimeout, Retries, RetryMaxWait,
    RetryWait, SchemaRegistryUrl, TokenClientId, TokenClientSecret, TokenEndpoint, TokenScope, UseLatest, UseSchemaId,
    ValueFraming, ValueStrategy,
};
use super::key::{Key, fixed, fixed_class, no_effect, refused, sets};

const OF_READERS: &str = "it is for consumers";
const OF_THE_JVM: &str = "it chooses a part of the Java virtual machine";
const BY_THE_REGISTRY: &str = "the registry checks the token, not the client";
const OWN_CACHE: &str = "the cache holds one entry for each schema of an event type, and needs no limit";
const OWN_MISSES: &str = "a schema that the registry lacks is asked for again after 30 s";
const BY_THE_TYPE: &str = "the event type says how it is written";
const NO_RULES: &str = "rules of a schema are not carried out by the publisher; remove the key";
const NO_CLASS: &str = "no Java class can be loaded here; remove the key";

/// The lines.
pub(super) const KEYS: &[Key] = &[
    sets(
        &["schema.registry.url"],
        SchemaRegistryUrl,
        "`registry`; several URLs are separated by commas; may hold user and password",
    ),
    sets(
        &[
            "basic.auth.credentials.source",
            "schema.registry.basic.auth.credentials.source",
        ],
        BasicSource,
        "`USER_INFO`: `basic.auth.user.info`; `URL`: those in the URL; `SASL_INHERIT`: those for the broker; default: \
         whichever of the first two is there",
    ),
    sets(
        &["basic.auth.user.info", "schema.registry.basic.auth.user.info"],
        BasicUserInfo,
        "`RegistryClientBuilder::basic_auth`; `user:password`, and counts without `basic.auth.credentials.source` too",
    ),
    sets(
        &[
            "bearer.auth.credentials.source",
            "schema.registry.bearer.auth.credentials.source",
        ],
        BearerSource,
        "`STATIC_TOKEN`: `bearer.auth.token`; `OAUTHBEARER`: a token by client credentials; other sources are refused; \
         default: whichever is there",
    ),
    sets(
        &["bearer.auth.token", "schema.registry.bearer.auth.token"],
        BearerToken,
        "`RegistryClientBuilder::bearer_token`",
    ),
    sets(
        &[
            "bearer.auth.issuer.endpoint.url",
            "schema.registry.bearer.auth.issuer.endpoint.url",
        ],
        TokenEndpoint,
        "`RegistryClientBuilder::oauth`; where the token is asked for",
    ),
    sets(
        &["bearer.auth.client.id", "schema.registry.bearer.auth.client.id"],
        TokenClientId,
        "`RegistryClientBuilder::oauth`",
    ),
    sets(
        &["bearer.auth.client.secret", "schema.registry.bearer.auth.client.secret"],
        TokenClientSecret,
        "`RegistryClientBuilder::oauth`",
    ),
    sets(
        &["bearer.auth.scope", "schema.registry.bearer.auth.scope"],
        TokenScope,
        "`RegistryClientBuilder::oauth`; several scopes are separated by spaces",
    ),
    sets(
        &[
            "bearer.auth.logical.cluster",
            "schema.registry.bearer.auth.logical.cluster",
        ],
        LogicalCluster,
        "`RegistryClientBuilder::oauth`; the header `target-sr-cluster`",
    ),
    sets(
        &[
            "bearer.auth.identity.pool.id",
            "schema.registry.bearer.auth.identity.pool.id",
        ],
        IdentityPool,
        "`RegistryClientBuilder::oauth`; the header `Confluent-Identity-Pool-Id`",
    ),
    no_effect(
        &[
            "bearer.auth.scope.claim.name",
            "schema.registry.bearer.auth.scope.claim.name",
        ],
        BY_THE_REGISTRY,
    ),
    no_effect(
        &[
            "bearer.auth.sub.claim.name",
            "schema.registry.bearer.auth.sub.claim.name",
        ],
        BY_THE_REGISTRY,
    ),
    no_effect(
        &[
            "bearer.auth.cache.expiry.buffer.seconds",
            "schema.registry.bearer.auth.cache.expiry.buffer.seconds",
        ],
        "a token is asked for anew when four fifths of its life are over",
    ),
    refused(
        &[
            "bearer.auth.custom.provider.class",
            "schema.registry.bearer.auth.custom.provider.class",
        ],
        NO_CLASS,
    ),
    sets(
        &["auto.register.schemas"],
        AutoRegister,
        "`schema_mode`: `true` is `AutoRegister`, the default; `false` is `LookUp`; `true` with `use.latest.version` is \
         refused as a contradiction, where Java lets one win",
    ),
    sets(
        &["use.latest.version"],
        UseLatest,
        "`schema_mode`: `true` is `Latest`, which needs declared events (`events`)",
    ),
    sets(
        &["use.schema.id"],
        UseSchemaId,
        "-1, for none; one id for all event types is refused, with the call that sets it for a subject",
    ),
    sets(
        &[
            "latest.cache.ttl.sec",
            "schema.registry.cache.latest.ttl.sec",
            "cache.latest.ttl.sec",
        ],
        LatestTtl,
        "`latest_ttl`; seconds, from 1; with `use.latest.version`, -1 is refused: a latest version that is never asked \
         for again is not the latest",
    ),
    fixed(
        &["latest.compatibility.strict"],
        &["true"],
        "a record that does not fit into the schema that it is written with is not written",
    ),
    fixed(
        &["id.compatibility.strict"],
        &["true"],
        "a record that does not fit into the schema that it is written with is not written",
    ),
    refused(
        &["use.latest.with.metadata"],
        "the latest version is chosen by its number alone; remove the key",
    ),
    sets(
        &["normalize.schemas"],
        Normalize,
        "`RegistryClientBuilder::normalize`; default `true`, where Confluent's clients have `false`",
    ),
    fixed(
        &["propagate.schema.tags"],
        &["false"],
        "tags are registered as the schema states them; remove the key",
    ),
    sets(
        &["value.subject.name.strategy", "subject.name.strategy"],
        ValueStrategy,
        "`subject_strategy`; `TopicNameStrategy`, `RecordNameStrategy` or `TopicRecordNameStrategy`, with package or \
         without, as `topic_record_subject_name_strategy`, or as `topic`, `record`, `topic_record`; default \
         `TopicRecordNameStrategy`, where Confluent's clients have `TopicNameStrategy`",
    ),
    fixed_class(
        &["key.subject.name.strategy"],
        &["TopicNameStrategy"],
        "the schema of a key stands under `<topic>-key`",
    ),
    fixed_class(
        &["context.name.strategy"],
        &["", "NullContextNameStrategy"],
        "no Java class can be loaded here; name the context by `schema_context`",
    ),
    sets(
        &["value.schema.id.serializer", "schema.id.serializer"],
        ValueFraming,
        "`framing`; `PrefixSchemaIdSerializer`, the default, or `HeaderSchemaIdSerializer`",
    ),
    sets(
        &["key.schema.id.serializer"],
        KeyFraming,
        "as for values, and the same: one setting for both",
    ),
    no_effect(&["key.schema.id.deserializer"], OF_READERS),
    no_effect(&["value.schema.id.deserializer", "schema.id.deserializer"], OF_READERS),
    fixed(
        &["schema.format"],
        &[""],
        "a schema is registered as it is derived; remove the key",
    ),
    no_effect(&["schema.reflection"], "schemas are derived by the compiler"),
    no_effect(&["max.schemas.per.subject"], OWN_CACHE),
    no_effect(&["latest.cache.size"], OWN_CACHE),
    no_effect(&["schema.registry.cache.capacity", "cache.capacity"], OWN_CACHE),
    no_effect(&["missing.cache.size", "schema.registry.missing.cache.size"], OWN_CACHE),
    no_effect(
        &["missing.id.cache.ttl.sec", "schema.registry.missing.id.cache.ttl.sec"],
        OWN_MISSES,
    ),
    no_effect(
        &[
            "missing.version.cache.ttl.sec",
            "schema.registry.missing.version.cache.ttl.sec",
        ],
        OWN_MISSES,
    ),
    no_effect(
        &[
            "missing.schema.cache.ttl.sec",
            "schema.registry.missing.schema.cache.ttl.sec",
        ],
        OWN_MISSES,
    ),
    fixed(&["rule.executors"], &[""], NO_RULES),
    fixed(&["rule.actions"], &[""], NO_RULES),
    no_effect(
        &["rule.service.loader.enable"],
        "it looks for Java classes that carry out rules",
    ),
    refused(
        &["request.header.*"],
        "headers of your own are not sent to the registry; for credentials use `basic.auth.user.info`, \
         `bearer.auth.token` or `bearer.auth.client.id`",
    ),
    no_effect(&["avro.reflection.allow.null"], BY_THE_TYPE),
    no_effect(&["avro.use.logical.type.converters"], BY_THE_TYPE),
    no_effect(
        &["avro.remove.java.properties"],
        "a derived schema has no property of Java's",
    ),
    no_effect(
        &["json.fail.invalid.schema"],
        "every event is checked against its constraints before it is written",
    ),
    no_effect(&["json.fail.unknown.properties"], OF_READERS),
    no_effect(&["json.write.dates.iso8601"], BY_THE_TYPE),
    no_effect(&["json.schema.spec.version"], BY_THE_TYPE),
    no_effect(&["json.schema.scan.packages"], BY_THE_TYPE),
    no_effect(&["json.oneof.for.nullables"], BY_THE_TYPE),
    no_effect(&["json.default.property.inclusion"], BY_THE_TYPE),
    fixed(
        &["json.indent.output"],
        &["false"],
        "JSON is written without white space",
    ),
    sets(
        &["http.connect.timeout.ms", "schema.registry.http.connect.timeout.ms"],
        ConnectTimeout,
        "`RegistryClientBuilder::connect_timeout`; milliseconds, from 1; default 5,000; lengthens `request_timeout` and \
         `total_timeout` where they are shorter",
    ),
    sets(
        &["http.read.timeout.ms", "schema.registry.http.read.timeout.ms"],
        ReadTimeout,
        "`RegistryClientBuilder::read_timeout`; milliseconds, from 1; default 5,000; lengthens `request_timeout` and \
         `total_timeout` where they are shorter",
    ),
    sets(
        &["schema.registry.timeout"],
        RequestTimeout,
        "`RegistryClientBuilder::request_timeout`; seconds, above 0; default 10",
    ),
    sets(
        &["max.retries", "schema.registry.max.retries"],
        Retries,
        "`RegistryClientBuilder::retries`; default 3",
    ),
    sets(
        &["retries.wait.ms", "schema.registry.retries.wait.ms"],
        RetryWait,
        "`RegistryClientBuilder::retry_backoff`, the first wait; milliseconds, from 1; default 100",
    ),
    sets(
        &["retries.max.wait.ms", "schema.registry.retries.max.wait.ms"],
        RetryMaxWait,
        "`RegistryClientBuilder::retry_backoff`, the longest wait; milliseconds, from 1; default 10,000",
    ),
    sets(
        &["proxy.host", "schema.registry.proxy.host"],
        ProxyHost,
        "`RegistryClientBuilder::proxy`, with `proxy.port`",
    ),
    sets(
        &["proxy.port", "schema.registry.proxy.port"],
        ProxyPort,
        "`RegistryClientBuilder::proxy`, with `proxy.host`; -1 is none",
    ),
    sets(
        &["schema.registry.proxy"],
        Proxy,
        "`RegistryClientBuilder::proxy`; a URL, which may hold user and password",
    ),
    sets(
        &["schema.registry.ssl.truststore.type"],
        RegistryTruststoreType,
        "`PEM`; a store of another kind is refused, with the command that makes PEM of it",
    ),
    sets(
        &[
            "schema.registry.ssl.truststore.location",
            "schema.registry.ssl.ca.location",
        ],
        RegistryTruststoreLocation,
        "`RegistryClientBuilder::root_certificates_pem`; a PEM file, read when the publisher is built",
    ),
    sets(
        &["schema.registry.ssl.truststore.certificates"],
        RegistryTruststore,
        "`RegistryClientBuilder::root_certificates_pem`; the PEM text itself",
    ),
    no_effect(
        &["schema.registry.ssl.truststore.password"],
        "certificates in PEM have no password",
    ),
    sets(
        &["schema.registry.ssl.keystore.type"],
        RegistryKeystoreType,
        "`PEM`; a store of another kind is refused, with the command that makes PEM of it",
    ),
    sets(
        &["schema.registry.ssl.keystore.location"],
        RegistryKeystoreLocation,
        "`RegistryClientBuilder::client_certificate_pem`; a PEM file with certificates and key",
    ),
    sets(
        &["schema.registry.ssl.certificate.location"],
        RegistryCertificateLocation,
        "`RegistryClientBuilder::client_certificate_pem`; a PEM file, which may hold the key too",
    ),
    sets(
        &["schema.registry.ssl.key.location"],
        RegistryKeyLocation,
        "`RegistryClientBuilder::client_certificate_pem`; a PEM file",
    ),
    sets(
        &["schema.registry.ssl.keystore.certificate.chain"],
        RegistryCertificate,
        "`RegistryClientBuilder::client_certificate_pem`; the PEM text itself",
    ),
    sets(
        &["schema.registry.ssl.keystore.key"],
        RegistryKey,
        "`RegistryClientBuilder::client_certificate_pem`; the PEM text itself",
    ),
    fixed(
        &["schema.registry.ssl.keystore.password"],
        &[""],
        "a PEM file has no password as a whole, and an encrypted key is not read; write it without one: \
         `openssl pkey -in encrypted.pem -out key.pem`",
    ),
    fixed(
        &["schema.registry.ssl.key.password"],
        &[""],
        "an encrypted key is not read; write it without a password: `openssl pkey -in encrypted.pem -out key.pem`",
    ),
    fixed(
        &["schema.registry.ssl.endpoint.identification.algorithm"],
        &["https"],
        "the name in the registry's certificate is always checked",
    ),
    fixed(
        &["schema.registry.ssl.protocol"],
        &["TLS", "TLSv1.2", "TLSv1.3"],
        "anything older than TLS 1.2 is not spoken",
    ),
    fixed(
        &["schema.registry.ssl.enabled.protocols"],
        &["TLSv1.2,TLSv1.3", "TLSv1.3,TLSv1.2"],
        "TLS 1.2 and 1.3 are spoken, whichever the registry prefers",
    ),
    fixed(
        &["schema.registry.ssl.cipher.suites"],
        &[""],
        "the cipher suites cannot be chosen; remove the key",
    ),
    no_effect(&["schema.registry.ssl.provider"], OF_THE_JVM),
    no_effect(&["schema.registry.ssl.keymanager.algorithm"], OF_THE_JVM),
    no_effect(&["schema.registry.ssl.trustmanager.algorithm"], OF_THE_JVM),
    no_effect(&["schema.registry.ssl.secure.random.implementation"], OF_THE_JVM),
    refused(&["schema.registry.ssl.engine.factory.class"], NO_CLASS),
];
