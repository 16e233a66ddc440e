//! librdkafka's names of what has a setting of its own here, or only one meaning. All its other names go to it as they are.
//!
//! Data only.

use super::key::Target::{
    BootstrapServers, BufferRecords, ClientId, CompressionType, DeliveryTimeout, EndpointIdentification,
    KeystoreLocation, Linger, MaxRecordBytes, Partitioner, SaslMechanism, SaslPassword, SaslUsername,
};
use super::key::{Key, fixed, no_effect, property, refused, sets};

/// The lines; Java's name of the same setting stands beside librdkafka's.
pub(super) const KEYS: &[Key] = &[
    sets(
        &["bootstrap.servers", "metadata.broker.list"],
        BootstrapServers,
        "`bootstrap_servers`; required",
    ),
    sets(&["client.id"], ClientId, "`client_id`"),
    sets(
        &["linger.ms", "queue.buffering.max.ms"],
        Linger,
        "`linger`; milliseconds, from 0 to below 900,000 and below the delivery time-out; default 5",
    ),
    sets(
        &["delivery.timeout.ms", "message.timeout.ms"],
        DeliveryTimeout,
        "`delivery_timeout`; milliseconds, from 1; default 120,000",
    ),
    sets(
        &["message.max.bytes", "max.request.size"],
        MaxRecordBytes,
        "`max_record_bytes`; from 1,000 to 1,000,000,000; default 1,000,000",
    ),
    sets(
        &["queue.buffering.max.messages"],
        BufferRecords,
        "`buffer_records`; from 1; default 20,000",
    ),
    fixed(
        &["acks", "request.required.acks"],
        &["all", "-1"],
        "a delivery means that the record is replicated; for 0 use `at_most_once`",
    ),
    fixed(
        &["enable.idempotence"],
        &["true"],
        "the order of the records of one key depends on it",
    ),
    sets(
        &["partitioner", "partitioner.class"],
        Partitioner,
        "`partitioner`; `murmur2_random`, `DefaultPartitioner`, `BuiltInPartitioner` or empty: `Murmur2`, the default, where \
         librdkafka's own is `consistent_random`; `RoundRobinPartitioner`: `RoundRobin`; `UniformStickyPartitioner`: \
         `Sticky`; librdkafka's others are refused, for Java's clients look for a key elsewhere",
    ),
    fixed(
        &["delivery.report.only.error"],
        &["false"],
        "every record has its report",
    ),
    refused(
        &["transactional.id"],
        "it makes a publisher of another type: use `transactional` and remove the key",
    ),
    refused(
        &["transaction.timeout.ms"],
        "belongs to transactional publishers alone: use `transaction_timeout` and remove the key",
    ),
    refused(
        &["test.mock.num.brokers"],
        "use the test kit's `EmbeddedCluster` and its address as `bootstrap.servers`",
    ),
    no_effect(
        &["log_level"],
        "what librdkafka logs goes to `tracing` under the target `librdkafka`; choose the level there",
    ),
    sets(
        &["compression.type", "compression.codec"],
        CompressionType,
        "librdkafka's `compression.type`; also decides which of the keys for a level counts",
    ),
    sets(
        &["ssl.endpoint.identification.algorithm"],
        EndpointIdentification,
        "librdkafka's `ssl.endpoint.identification.algorithm`; empty, as Java has it, is `none`",
    ),
    sets(
        &["ssl.keystore.location"],
        KeystoreLocation,
        "a PKCS#12 file: librdkafka's `ssl.keystore.location`; a PEM file with certificates and key, where \
         `ssl.keystore.type` is `PEM`: `ssl.certificate.location` and `ssl.key.location`",
    ),
    sets(
        &["sasl.mechanism", "sasl.mechanisms"],
        SaslMechanism,
        "librdkafka's `sasl.mechanism`",
    ),
    sets(&["sasl.username"], SaslUsername, "librdkafka's `sasl.username`"),
    sets(&["sasl.password"], SaslPassword, "librdkafka's `sasl.password`"),
    property(
        &["max.in.flight.requests.per.connection", "max.in.flight"],
        "max.in.flight.requests.per.connection",
        "at most 5, because of the order",
    ),
    property(
        &["retries", "message.send.max.retries"],
        "retries",
        "at least 1, because of the order; what ends the attempts is the delivery time-out",
    ),
    property(
        &[
            "sasl.oauthbearer.client.credentials.client.id",
            "sasl.oauthbearer.client.id",
        ],
        "sasl.oauthbearer.client.credentials.client.id",
        "",
    ),
    property(
        &[
            "sasl.oauthbearer.client.credentials.client.secret",
            "sasl.oauthbearer.client.secret",
        ],
        "sasl.oauthbearer.client.credentials.client.secret",
        "",
    ),
];
