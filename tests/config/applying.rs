//! Settings given to a publisher: what is refused, what goes over what, and a record that goes the whole way.

use std::time::Duration;

use publisher_core::config::Settings;
use publisher_core::partitioner::Partitioner;
use publisher_core::testing::{EmbeddedCluster, EmbeddedRegistry};
use publisher_core::{
    ConfigError, Event, PublishError, Publisher, PublisherBuilder, SchemaMode, SubjectNameStrategy, events,
};

use crate::reading::File;

/// A port at which nobody listens is never asked: what is built here publishes nothing.
const NEEDED: &str = "bootstrap.servers=localhost:9092\nschema.registry.url=http://localhost:8081\n";

#[derive(Event)]
#[event(topic = "orders", namespace = "com.acme")]
struct OrderPlaced {
    #[event(key)]
    order_id: String,
    quantity: u32,
}

fn placed() -> OrderPlaced {
    OrderPlaced {
        order_id: "o-1".to_owned(),
        quantity: 2,
    }
}

fn builder(text: &str) -> PublisherBuilder {
    Publisher::builder().settings(Settings::from_properties(text).unwrap())
}

/// What `build` says.
fn built(builder: PublisherBuilder) -> String {
    match builder.build_blocking() {
        Ok(_) => "built".to_owned(),
        Err(error) => error.to_string(),
    }
}

/// What `build` says of these settings beside those that are needed.
fn check(text: &str, expected: &str) {
    assert_eq!(built(builder(&format!("{NEEDED}{text}"))), expected, "{text}");
}

#[test]
fn everything_that_cannot_be_used_is_told_at_once_with_its_place() {
    let file = File::new(
        "all",
        b"bootstrap.servers=kafka\nlinger.ms=-1\nlingre.ms=5\nacks=0\nssl.truststore.type=JKS\ncompression.type=tar\n\
          schema.registry.url=http://u:canary@a?x\nmax.retries=many\n",
    );
    let settings = Settings::from_file(&file.0)
        .unwrap()
        .set("use.schema.id", "7")
        .set("delivery.timeout.ms", "0");
    let error = Publisher::builder().settings(settings).build_blocking().unwrap_err();
    let ConfigError::Settings(invalid) = error else {
        panic!("{error}")
    };
    let folder = format!("{}{}", file.0.parent().unwrap().display(), std::path::MAIN_SEPARATOR);
    let told: Vec<String> = invalid
        .refused()
        .iter()
        .map(|i| i.to_string().replace(&folder, ""))
        .collect();
    let expected = [
        "shop.properties:1: bootstrap.servers: the address \"kafka\" has no port; give `host:port` with a port from 1 to 65535, \
         several separated by commas",
        "shop.properties:2: linger.ms: \"-1\" is not a number from 0 to below 900000",
        "shop.properties:3: lingre.ms: no such key; did you mean `linger.ms`?",
        "shop.properties:4: acks: \"0\" is not `all` or `-1`: a delivery means that the record is replicated; for 0 use `at_most_once`",
        "shop.properties:5: ssl.truststore.type: JKS is not read; convert it with `keytool -importkeystore -srckeystore store.jks \
         -destkeystore store.p12 -deststoretype PKCS12` and `openssl pkcs12 -in store.p12 -out store.pem -nodes`, and set the \
         type to `PEM`",
        "shop.properties:6: compression.type: Invalid value \"tar\" for configuration property \"compression.codec\"",
        "set in code: use.schema.id: one id cannot be that of every schema; remove the key, and name the subject: \
         `.schema_mode(SchemaMode::Id).schema_id(\"orders-value\", SchemaId(7))`",
        "set in code: delivery.timeout.ms: \"0\" is not a whole number from 1 to 2147483647",
        "shop.properties:7: schema.registry.url: the address must not have a query or a fragment",
        "shop.properties:8: max.retries: \"many\" is not a whole number from 0 to 2147483647",
    ];
    assert_eq!(told, expected);
}

#[test]
fn what_the_client_of_the_registry_refuses_is_told_with_the_place_of_the_address() {
    let error = built(builder(
        "bootstrap.servers=localhost:9092\nschema.registry.url=ftp://u:canary@a",
    ));
    let expected = "settings cannot be used: line 2: schema.registry.url: ftp://…@a has neither http nor https in front; write \
                    one like http://localhost:8081";
    assert_eq!(error, expected);
    let refused = |text: &str, part: &str| {
        let error = built(builder(&format!("{NEEDED}{text}")));
        assert!(
            error.contains("line 2: schema.registry.url: ") && error.contains(part),
            "{error}"
        );
    };
    refused("schema.registry.proxy=ftp://p", "proxy");
    refused(
        "bearer.auth.issuer.endpoint.url=http://login.example\nbearer.auth.client.id=i\nbearer.auth.client.secret=canary",
        "https",
    );
}

#[test]
fn settings_reach_the_builder() {
    let shown = format!(
        "{:?}",
        builder(
            "bootstrap.servers=a:9092, b:9092\nclient.id=shop\nlinger.ms=0.5\nmessage.timeout.ms=30000\nmax.request.size=2000000\n\
             max.block.ms=1000\nqueue.buffering.max.messages=500\nbuffer.memory=1000000\nretries=5\n\
             auto.register.schemas=false\nvalue.subject.name.strategy=RecordNameStrategy\n\
             value.schema.id.serializer=HeaderSchemaIdSerializer\n"
        )
    );
    for part in [
        "bootstrap_servers: \"a:9092, b:9092\"",
        "client_id: Some(\"shop\")",
        "linger: 500µs",
        "delivery_timeout: 30s",
        "max_record_bytes: 2000000",
        "buffer_records: 500",
        "buffer_bytes: 1000000",
        "properties: [\"retries\"]",
        "block_timeout: Some(1s)",
        "schema_mode: LookUp",
        "subject_strategy: Record,",
        "framing: GuidHeaders",
    ] {
        assert!(shown.contains(part), "{part} is not in {shown}");
    }
}

#[test]
fn a_method_called_later_goes_over_a_setting() {
    let settings = "linger.ms=7\nauto.register.schemas=true\nvalue.subject.name.strategy=TopicNameStrategy";
    let shown = format!(
        "{:?}",
        builder(settings)
            .linger(Duration::from_millis(9))
            .schema_mode(SchemaMode::LookUp)
            .subject_strategy(SubjectNameStrategy::Record)
    );
    for part in ["linger: 9ms", "schema_mode: LookUp", "subject_strategy: Record,"] {
        assert!(shown.contains(part), "{part} is not in {shown}");
    }
    let latest = builder(&format!("{NEEDED}use.latest.version=true\nlatest.cache.ttl.sec=30"));
    assert_eq!(built(latest.schema_mode(SchemaMode::LookUp)), "built");
    let before = Publisher::builder().linger(Duration::from_millis(9));
    let shown = format!("{:?}", before.settings(Settings::new().set("linger.ms", "7")));
    assert!(shown.contains("linger: 7ms"), "{shown}");
}

#[test]
fn the_partitioner_is_read_under_all_of_its_names() {
    let check = |text: &str, expected: &str| {
        let shown = format!("{:?}", builder(text));
        assert!(shown.contains(&format!("partitioner: {expected},")), "{text}: {shown}");
    };
    check("", "Murmur2");
    check("partitioner=murmur2_random", "Murmur2");
    check("partitioner.class=", "Murmur2");
    check(
        "partitioner.class=org.apache.kafka.clients.producer.internals.DefaultPartitioner",
        "Murmur2",
    );
    check(
        "partitioner.class=org.apache.kafka.clients.producer.RoundRobinPartitioner",
        "RoundRobin",
    );
    check(
        "partitioner.class=org.apache.kafka.clients.producer.UniformStickyPartitioner",
        "Sticky",
    );
    check("partitioner.ignore.keys=true", "Sticky");
    check("partitioner.ignore.keys=false", "Murmur2");
    check(
        "partitioner.ignore.keys=true\npartitioner.class=RoundRobinPartitioner",
        "RoundRobin",
    );
    let shown = format!(
        "{:?}",
        builder("partitioner.class=RoundRobinPartitioner").partitioner(Partitioner::Sticky)
    );
    assert!(shown.contains("partitioner: Sticky,"), "{shown}");
}

#[test]
fn a_partitioner_that_is_not_offered_is_refused() {
    let allowed = "is not `murmur2_random`, `DefaultPartitioner`, `RoundRobinPartitioner` or `UniformStickyPartitioner`; give a \
                   rule of your own to `PublisherBuilder::partitioner`";
    for (key, value) in [
        ("partitioner", "consistent_random"),
        ("partitioner", "fnv1a"),
        ("partitioner.class", "com.acme.Mine"),
    ] {
        check(
            &format!("{key}={value}"),
            &format!("settings cannot be used: line 3: {key}: {value:?} {allowed}"),
        );
    }
    check(
        "partitioner.class=RoundRobinPartitioner\nsticky.partitioning.linger.ms=5",
        "sticky.partitioning.linger.ms: goes with the partitioner Murmur2 only, and `partitioner` is RoundRobin",
    );
}

#[test]
fn a_registry_set_later_takes_the_place_of_one_that_cannot_be_used() {
    let settings = "bootstrap.servers=localhost:9092\nmax.retries=many\n";
    assert_eq!(built(builder(settings).registry("http://localhost:8081")), "built");
    let expected = "settings cannot be used: line 2: max.retries: `schema.registry.url` is missing, so that there is no registry \
                    to use it for";
    assert_eq!(built(builder(settings)), expected);
}

#[test]
fn what_is_missing_altogether_is_named_as_before() {
    assert_eq!(
        built(builder("linger.ms=5")),
        "missing settings: bootstrap_servers, registry"
    );
}

#[test]
fn a_property_that_this_build_cannot_serve_says_what_brings_it() {
    check(
        "compression.type=zstd",
        "settings cannot be used: line 3: compression.type: Unsupported value \"zstd\" for configuration property \
         \"compression.codec\": libzstd not available at build time; name `rdkafka` in your own Cargo.toml with the feature that \
         brings it, such as `libz` or `zstd`",
    );
}

#[test]
fn certificates_are_read_from_the_files_that_are_named() {
    let issued = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let (chain, key) = (issued.cert.pem(), issued.signing_key.serialize_pem());
    let other = rcgen::KeyPair::generate().unwrap().serialize_pem();
    let roots = File::new("roots", chain.as_bytes());
    let both = File::new("both", format!("{key}{chain}").as_bytes());
    let certificate = File::new("certificate", chain.as_bytes());
    let wrong_key = File::new("key", other.as_bytes());
    let store = File::new("store", b"\xfe\xed\xfe\xed\0\0\0\x02");
    let noise = File::new("noise", b"hello");
    let client = |text: String| {
        let text = format!("bootstrap.servers=localhost:9092\nschema.registry.url=https://localhost\n{text}");
        let error = built(builder(&text));
        error.replace("settings cannot be used: line 3: ", "")
    };
    let path = |file: &File| file.0.display().to_string();

    let key_name = "schema.registry.ssl";
    assert_eq!(
        client(format!("{key_name}.truststore.location={}", path(&roots))),
        "built"
    );
    assert_eq!(client(format!("{key_name}.keystore.location={}", path(&both))), "built");
    assert_eq!(
        client(format!("{key_name}.certificate.location={}", path(&both))),
        "built"
    );
    let separate = |key| {
        format!(
            "{key_name}.certificate.location={}\n{key_name}.key.location={key}",
            path(&certificate)
        )
    };
    assert_eq!(client(separate(path(&both))), "built");
    let mismatch = client(separate(path(&wrong_key)));
    assert!(mismatch.contains("client_certificate_pem cannot be used"), "{mismatch}");
    let jks = client(format!("{key_name}.truststore.location={}", path(&store)));
    assert!(
        jks.starts_with("schema.registry.ssl.truststore.location: JKS is not read; convert it with `keytool"),
        "{jks}"
    );
    assert_eq!(
        client(format!("{key_name}.ca.location={}", path(&noise))),
        format!(
            "schema.registry.ssl.ca.location: the file {:?} holds neither PEM (`-----BEGIN …`) nor a store of another kind",
            path(&noise)
        )
    );
    let gone = client(format!("{key_name}.ca.location=/no/such/file.pem"));
    assert!(
        gone.starts_with("schema.registry.ssl.ca.location: the file \"/no/such/file.pem\" cannot be read: "),
        "{gone}"
    );
}

#[tokio::test]
async fn a_file_of_javas_names_publishes() {
    let (cluster, registry) = (EmbeddedCluster::start().unwrap(), EmbeddedRegistry::start().unwrap());
    cluster.create_topic("orders", 1).unwrap();
    let file = File::new(
        "publishes",
        format!(
            "# as Java's producer has it\nbootstrap.servers = {}\nkey.serializer = org.apache.kafka.common.serialization.StringSerializer\n\
             value.serializer = io.confluent.kafka.serializers.KafkaAvroSerializer\nacks = all\nenable.idempotence = true\n\
             linger.ms = 1\nbatch.size = 16384\nbuffer.memory = 33554432\ndelivery.timeout.ms = 30000\n\
             schema.registry.url = {}\nauto.register.schemas = true\nnormalize.schemas = true\n\
             value.subject.name.strategy = io.confluent.kafka.serializers.subject.TopicNameStrategy\n",
            cluster.bootstrap_servers(),
            registry.url()
        )
        .as_bytes(),
    );
    let settings = Settings::from_file(&file.0).unwrap();
    let publisher = Publisher::builder().settings(settings.clone()).build().await.unwrap();
    let delivery = publisher.publish(placed()).await.unwrap();
    assert_eq!(delivery.topic(), "orders");
    assert_eq!(registry.subjects(), ["orders-value"]);
    publisher.shutdown(Duration::from_secs(10)).await;

    let settings = settings
        .set("auto.register.schemas", "false")
        .set("subject.name.strategy", "record");
    let publisher = Publisher::builder().settings(settings).build().await.unwrap();
    let error = publisher.publish(placed()).await.unwrap_err();
    assert!(matches!(error, PublishError::Registry { .. }), "{error}");
    assert_eq!(registry.subjects(), ["orders-value"]);
}

#[tokio::test]
async fn the_latest_version_is_used_where_settings_ask_for_it() {
    let (cluster, registry) = (EmbeddedCluster::start().unwrap(), EmbeddedRegistry::start().unwrap());
    cluster.create_topic("orders", 1).unwrap();
    let settings = Settings::new()
        .set("bootstrap.servers", cluster.bootstrap_servers())
        .set("schema.registry.url", registry.url());
    let registering = Publisher::builder().settings(settings.clone()).build().await.unwrap();
    registering.publish(placed()).await.unwrap();
    let settings = settings
        .set("use.latest.version", "true")
        .set("latest.cache.ttl.sec", "60");
    let latest = Publisher::builder()
        .settings(settings)
        .events(events![OrderPlaced])
        .build()
        .await
        .unwrap();
    latest.publish(placed()).await.unwrap();
    assert_eq!(cluster.records("orders").unwrap().len(), 2);
}

#[tokio::test]
async fn credentials_reach_the_registry() {
    let (cluster, registry) = (EmbeddedCluster::start().unwrap(), EmbeddedRegistry::start().unwrap());
    cluster.create_topic("orders", 1).unwrap();
    let settings = Settings::new()
        .set("bootstrap.servers", cluster.bootstrap_servers())
        .set("schema.registry.url", registry.url());
    let publish = async |settings: Settings| {
        let publisher = Publisher::builder().settings(settings).build().await.unwrap();
        publisher.publish(placed()).await.map(drop)
    };

    registry.require_basic("user", "pass:word");
    publish(settings.clone()).await.unwrap_err();
    publish(settings.clone().set("basic.auth.user.info", "user:pass:word"))
        .await
        .unwrap();
    let inherited = settings
        .clone()
        .set("basic.auth.credentials.source", "SASL_INHERIT")
        .set("sasl.username", "user")
        .set("sasl.password", "pass:word");
    publish(inherited).await.unwrap();

    registry.require_bearer("token");
    publish(settings.clone().set("bearer.auth.token", "another"))
        .await
        .unwrap_err();
    publish(settings.set("bearer.auth.token", "token")).await.unwrap();
}
