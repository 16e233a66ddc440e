//! The names that Java's producer has and librdkafka has not. Where both have a name it means the same to both, and is
//! librdkafka's.
//!
//! Data only. Source: `ProducerConfig`, `SslConfigs` and `SaslConfigs` of Apache Kafka 4, each of whose keys is here, in
//! `kafka_keys`, or known to librdkafka.

use super::key::Target::{
    BlockTimeout, BufferMemory, GzipLevel, IgnoreKeys, KeystoreType, Lz4Level, ReceiveBuffer, SaslCallback, SaslLogin,
    SendBuffer, TruststoreLocation, TruststoreType, ZstdLevel,
};
use super::key::{Key, fixed, fixed_class, no_effect, property, refused, sets};

const OF_THE_JVM: &str = "it chooses a part of the Java virtual machine";
const JMX: &str = "it shapes the metrics of Java's client, which are not there";
const NO_CLASS: &str = "no Java class can be loaded here; remove the key";
const BY_THE_BROKER: &str = "the broker checks the token, not the client";
const OWN_REFRESH: &str = "a token is refreshed when three quarters to four fifths of its life are over";
const OWN_TOKEN_REQUEST: &str = "the request of a token has time-outs of its own: 10 s for each attempt, 25 s for all";

/// The lines.
pub(super) const KEYS: &[Key] = &[
    sets(
        &["buffer.memory"],
        BufferMemory,
        "`buffer_bytes`; from 1; default 32 MiB, as in Java; `buffer_records` is a bound besides",
    ),
    sets(
        &["max.block.ms"],
        BlockTimeout,
        "`block_timeout`; milliseconds; default: as long as it takes, where Java has 60,000",
    ),
    sets(
        &["send.buffer.bytes"],
        SendBuffer,
        "librdkafka's `socket.send.buffer.bytes`; -1 for the system's default is 0 there",
    ),
    sets(
        &["receive.buffer.bytes"],
        ReceiveBuffer,
        "librdkafka's `socket.receive.buffer.bytes`; -1 for the system's default is 0 there",
    ),
    sets(
        &["compression.gzip.level"],
        GzipLevel,
        "librdkafka's `compression.level`, if `compression.type` is `gzip`; else without effect",
    ),
    sets(
        &["compression.lz4.level"],
        Lz4Level,
        "librdkafka's `compression.level`, if `compression.type` is `lz4`; else without effect",
    ),
    sets(
        &["compression.zstd.level"],
        ZstdLevel,
        "librdkafka's `compression.level`, if `compression.type` is `zstd`; else without effect",
    ),
    fixed_class(
        &["key.serializer"],
        &[
            "StringSerializer",
            "UUIDSerializer",
            "ShortSerializer",
            "IntegerSerializer",
            "LongSerializer",
            "ByteArraySerializer",
            "BytesSerializer",
            "KafkaAvroSerializer",
        ],
        "the event type says how its key is written (`#[event(key = …)]`), and this form is none that it can",
    ),
    fixed_class(
        &["value.serializer"],
        &["KafkaAvroSerializer", "KafkaJsonSchemaSerializer"],
        "the event type says how it is written (`#[event(encoding = …)]`), in Avro or as JSON with a schema",
    ),
    sets(
        &["partitioner.ignore.keys"],
        IgnoreKeys,
        "`partitioner`: `true` is `Sticky`, unless `partitioner.class` names another one; default `false`",
    ),
    no_effect(
        &["partitioner.adaptive.partitioning.enable"],
        "records that no key places go to a partition at random, and none without a leader is chosen",
    ),
    no_effect(
        &["partitioner.availability.timeout.ms"],
        "records that no key places go to a partition at random, and none without a leader is chosen",
    ),
    fixed(
        &["interceptor.classes"],
        &[""],
        "no Java class can be loaded here; use a `Translator` before the publisher and `on_delivery` after it",
    ),
    fixed_class(&["metric.reporters"], &["", "JmxReporter"], NO_CLASS),
    no_effect(&["auto.include.jmx.reporter"], JMX),
    no_effect(&["metrics.num.samples"], JMX),
    no_effect(&["metrics.recording.level"], JMX),
    no_effect(&["metrics.sample.window.ms"], JMX),
    no_effect(
        &["metadata.max.idle.ms"],
        "librdkafka keeps what it knows of a topic for as long as the producer lives",
    ),
    no_effect(
        &["socket.connection.setup.timeout.max.ms"],
        "librdkafka does not lengthen `socket.connection.setup.timeout.ms` from attempt to attempt",
    ),
    fixed(
        &["transaction.two.phase.commit.enable"],
        &["false"],
        "transactions are prepared and committed by one party",
    ),
    refused(
        &["config.providers", "config.providers.*"],
        "values are taken as they are, and `${…}` is not resolved; put the value itself here, or set it by \
         `Settings::set` from where it is kept",
    ),
    no_effect(&["security.providers"], OF_THE_JVM),
    fixed(
        &["ssl.protocol"],
        &["TLS", "TLSv1.2", "TLSv1.3"],
        "anything older than TLS 1.2 is not spoken",
    ),
    fixed(
        &["ssl.enabled.protocols"],
        &["TLSv1.2,TLSv1.3", "TLSv1.3,TLSv1.2"],
        "librdkafka leaves the version to OpenSSL; narrow it in OpenSSL's own configuration",
    ),
    no_effect(&["ssl.provider"], OF_THE_JVM),
    no_effect(&["ssl.keymanager.algorithm"], OF_THE_JVM),
    no_effect(&["ssl.trustmanager.algorithm"], OF_THE_JVM),
    no_effect(&["ssl.secure.random.implementation"], OF_THE_JVM),
    refused(&["ssl.engine.factory.class"], NO_CLASS),
    sets(
        &["ssl.truststore.type"],
        TruststoreType,
        "`PEM`; a store of another kind is refused, with the command that makes PEM of it",
    ),
    sets(
        &["ssl.truststore.location"],
        TruststoreLocation,
        "librdkafka's `ssl.ca.location`; a PEM file",
    ),
    no_effect(&["ssl.truststore.password"], "certificates in PEM have no password"),
    property(&["ssl.truststore.certificates"], "ssl.ca.pem", ""),
    sets(
        &["ssl.keystore.type"],
        KeystoreType,
        "`PEM` or `PKCS12`: what `ssl.keystore.location` is; JKS is refused, with the command that makes PKCS#12 of it",
    ),
    property(&["ssl.keystore.certificate.chain"], "ssl.certificate.pem", ""),
    property(&["ssl.keystore.key"], "ssl.key.pem", ""),
    sets(
        &["sasl.jaas.config"],
        SaslLogin,
        "`PlainLoginModule` and `ScramLoginModule`: librdkafka's `sasl.username` and `sasl.password`; \
         `OAuthBearerLoginModule`: `sasl.oauthbearer.client.id`, `.client.secret` and `.scope`; other modules are refused",
    ),
    sets(
        &["sasl.login.callback.handler.class"],
        SaslCallback,
        "`OAuthBearerLoginCallbackHandler`: librdkafka's `sasl.oauthbearer.method=oidc`; other classes are refused",
    ),
    refused(&["sasl.client.callback.handler.class"], NO_CLASS),
    refused(&["sasl.login.class"], NO_CLASS),
    no_effect(
        &["sasl.kerberos.ticket.renew.window.factor"],
        "librdkafka renews by `sasl.kerberos.min.time.before.relogin`",
    ),
    no_effect(
        &["sasl.kerberos.ticket.renew.jitter"],
        "librdkafka renews by `sasl.kerberos.min.time.before.relogin`",
    ),
    no_effect(&["sasl.login.refresh.window.factor"], OWN_REFRESH),
    no_effect(&["sasl.login.refresh.window.jitter"], OWN_REFRESH),
    no_effect(&["sasl.login.refresh.min.period.seconds"], OWN_REFRESH),
    no_effect(&["sasl.login.refresh.buffer.seconds"], OWN_REFRESH),
    no_effect(&["sasl.login.connect.timeout.ms"], OWN_TOKEN_REQUEST),
    no_effect(&["sasl.login.read.timeout.ms"], OWN_TOKEN_REQUEST),
    no_effect(&["sasl.login.retry.backoff.ms"], OWN_TOKEN_REQUEST),
    no_effect(&["sasl.login.retry.backoff.max.ms"], OWN_TOKEN_REQUEST),
    fixed_class(
        &[
            "sasl.oauthbearer.jwt.retriever.class",
            "sasl.oauthbearer.access.token.retriever.class",
        ],
        &[
            "",
            "DefaultJwtRetriever",
            "DefaultAccessTokenRetriever",
            "ClientCredentialsJwtRetriever",
        ],
        "no Java class can be loaded here; for a signed assertion set \
         `sasl.oauthbearer.grant.type=urn:ietf:params:oauth:grant-type:jwt-bearer`",
    ),
    no_effect(
        &[
            "sasl.oauthbearer.jwt.validator.class",
            "sasl.oauthbearer.access.token.validator.class",
        ],
        BY_THE_BROKER,
    ),
    no_effect(&["sasl.oauthbearer.scope.claim.name"], BY_THE_BROKER),
    no_effect(&["sasl.oauthbearer.sub.claim.name"], BY_THE_BROKER),
    no_effect(&["sasl.oauthbearer.jwks.endpoint.url"], BY_THE_BROKER),
    no_effect(&["sasl.oauthbearer.jwks.endpoint.refresh.ms"], BY_THE_BROKER),
    no_effect(&["sasl.oauthbearer.jwks.endpoint.retry.backoff.ms"], BY_THE_BROKER),
    no_effect(&["sasl.oauthbearer.jwks.endpoint.retry.backoff.max.ms"], BY_THE_BROKER),
    no_effect(&["sasl.oauthbearer.clock.skew.seconds"], BY_THE_BROKER),
    no_effect(&["sasl.oauthbearer.expected.audience"], BY_THE_BROKER),
    no_effect(&["sasl.oauthbearer.expected.issuer"], BY_THE_BROKER),
    no_effect(
        &["sasl.oauthbearer.header.urlencode"],
        "client id and secret are encoded as RFC 6749 says; it makes a difference for other than letters and digits only",
    ),
    property(
        &["sasl.oauthbearer.assertion.template.file"],
        "sasl.oauthbearer.assertion.jwt.template.file",
        "",
    ),
];
