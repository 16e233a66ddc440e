//! The keys that other clients define, each of which must mean something here.
//!
//! Read from the sources that are named; kept apart from the tables, so that a line that is lost there is missed.

use super::resolve::is_known;

/// `ProducerConfig` of Apache Kafka 4.
const PRODUCER: &str = "
    bootstrap.servers client.dns.lookup metadata.max.age.ms metadata.max.idle.ms batch.size
    partitioner.adaptive.partitioning.enable partitioner.availability.timeout.ms partitioner.ignore.keys acks linger.ms
    request.timeout.ms delivery.timeout.ms client.id send.buffer.bytes receive.buffer.bytes max.request.size
    reconnect.backoff.ms reconnect.backoff.max.ms max.block.ms buffer.memory retry.backoff.ms retry.backoff.max.ms
    enable.metrics.push compression.type compression.gzip.level compression.lz4.level compression.zstd.level
    metrics.sample.window.ms metrics.num.samples metrics.recording.level metric.reporters
    max.in.flight.requests.per.connection retries key.serializer value.serializer socket.connection.setup.timeout.ms
    socket.connection.setup.timeout.max.ms connections.max.idle.ms partitioner.class interceptor.classes
    enable.idempotence transaction.timeout.ms transactional.id transaction.two.phase.commit.enable security.protocol
    security.providers metadata.recovery.strategy metadata.recovery.rebootstrap.trigger.ms config.providers";

/// `SslConfigs.addClientSslSupport` of Apache Kafka 4.
const SSL: &str = "
    ssl.protocol ssl.provider ssl.cipher.suites ssl.enabled.protocols ssl.keystore.type ssl.keystore.location
    ssl.keystore.password ssl.key.password ssl.keystore.key ssl.keystore.certificate.chain ssl.truststore.certificates
    ssl.truststore.type ssl.truststore.location ssl.truststore.password ssl.keymanager.algorithm
    ssl.trustmanager.algorithm ssl.endpoint.identification.algorithm ssl.secure.random.implementation
    ssl.engine.factory.class";

/// `SaslConfigs.addClientSaslSupport` of Apache Kafka 4.
const SASL: &str = "
    sasl.kerberos.service.name sasl.kerberos.kinit.cmd sasl.kerberos.ticket.renew.window.factor
    sasl.kerberos.ticket.renew.jitter sasl.kerberos.min.time.before.relogin sasl.login.refresh.window.factor
    sasl.login.refresh.window.jitter sasl.login.refresh.min.period.seconds sasl.login.refresh.buffer.seconds
    sasl.mechanism sasl.jaas.config sasl.client.callback.handler.class sasl.login.callback.handler.class sasl.login.class
    sasl.login.connect.timeout.ms sasl.login.read.timeout.ms sasl.login.retry.backoff.max.ms sasl.login.retry.backoff.ms
    sasl.oauthbearer.jwt.retriever.class sasl.oauthbearer.jwt.validator.class sasl.oauthbearer.scope
    sasl.oauthbearer.client.credentials.client.id sasl.oauthbearer.client.credentials.client.secret
    sasl.oauthbearer.assertion.algorithm sasl.oauthbearer.assertion.claim.aud
    sasl.oauthbearer.assertion.claim.exp.seconds sasl.oauthbearer.assertion.claim.iss
    sasl.oauthbearer.assertion.claim.jti.include sasl.oauthbearer.assertion.claim.nbf.seconds
    sasl.oauthbearer.assertion.claim.sub sasl.oauthbearer.assertion.file sasl.oauthbearer.assertion.private.key.file
    sasl.oauthbearer.assertion.private.key.passphrase sasl.oauthbearer.assertion.template.file
    sasl.oauthbearer.scope.claim.name sasl.oauthbearer.sub.claim.name sasl.oauthbearer.token.endpoint.url
    sasl.oauthbearer.jwks.endpoint.url sasl.oauthbearer.jwks.endpoint.refresh.ms
    sasl.oauthbearer.jwks.endpoint.retry.backoff.max.ms sasl.oauthbearer.jwks.endpoint.retry.backoff.ms
    sasl.oauthbearer.clock.skew.seconds sasl.oauthbearer.expected.audience sasl.oauthbearer.expected.issuer
    sasl.oauthbearer.header.urlencode";

/// `AbstractKafkaSchemaSerDeConfig` and `SchemaRegistryClientConfig` of Confluent 8; of the latter, all may have the prefix
/// `schema.registry.`.
const SERIALIZER: &str = "
    request.header.x schema.registry.url max.schemas.per.subject normalize.schemas auto.register.schemas
    propagate.schema.tags use.schema.id id.compatibility.strict use.latest.version use.latest.with.metadata
    latest.compatibility.strict latest.cache.size latest.cache.ttl.sec schema.format rule.executors rule.actions
    rule.service.loader.enable context.name.strategy key.subject.name.strategy key.schema.id.serializer
    key.schema.id.deserializer value.subject.name.strategy value.schema.id.serializer value.schema.id.deserializer
    schema.reflection json.fail.unknown.properties json.fail.invalid.schema json.write.dates.iso8601
    json.schema.spec.version json.oneof.for.nullables json.default.property.inclusion json.indent.output
    avro.reflection.allow.null avro.use.logical.type.converters avro.remove.java.properties";
const CLIENT: &str = "
    basic.auth.credentials.source basic.auth.user.info bearer.auth.credentials.source bearer.auth.token
    bearer.auth.issuer.endpoint.url bearer.auth.client.id bearer.auth.client.secret bearer.auth.scope
    bearer.auth.scope.claim.name bearer.auth.sub.claim.name bearer.auth.logical.cluster bearer.auth.identity.pool.id
    bearer.auth.cache.expiry.buffer.seconds bearer.auth.custom.provider.class http.connect.timeout.ms
    http.read.timeout.ms max.retries retries.wait.ms retries.max.wait.ms proxy.host proxy.port missing.cache.size
    missing.id.cache.ttl.sec missing.version.cache.ttl.sec missing.schema.cache.ttl.sec";

/// The registry client of confluent-kafka-python, with the prefix `schema.registry.`.
const PYTHON: &str = "
    url ssl.ca.location ssl.key.location ssl.certificate.location basic.auth.user.info proxy timeout cache.capacity
    cache.latest.ttl.sec max.retries retries.wait.ms retries.max.wait.ms bearer.auth.credentials.source
    bearer.auth.logical.cluster bearer.auth.identity.pool.id bearer.auth.client.id bearer.auth.client.secret
    bearer.auth.scope bearer.auth.issuer.endpoint.url bearer.auth.token";

#[test]
fn every_key_of_the_peers_means_something() {
    let properties = crate::producer::property_names();
    let with_prefix = |names: &str| {
        names
            .split_whitespace()
            .map(|name| format!("schema.registry.{name}"))
            .collect::<Vec<_>>()
    };
    let plain = [PRODUCER, SSL, SASL, SERIALIZER, CLIENT]
        .into_iter()
        .flat_map(str::split_whitespace)
        .map(str::to_owned);
    let prefixed = [SSL, CLIENT, PYTHON].into_iter().flat_map(with_prefix);
    let unknown: Vec<String> = plain
        .chain(prefixed)
        .filter(|name| !is_known(name, &properties))
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}
