//! The one broker of all tests, an event, publishers for it, and what an error must say.

use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::time::Duration;

use publisher_core::config::Settings;
use publisher_core::consumer::TopicReader;
use publisher_core::testing::EmbeddedRegistry;
use publisher_core::{Delivery, Event, ProduceError, PublishError, Publisher, PublisherBuilder};
use secure::acls;
use secure::authority::Signed;
use secure::broker::{Broker, PASSWORD};
use secure::lines;

/// Longer than anything here takes on a busy machine.
pub(crate) const DEADLINE: Duration = Duration::from_secs(60);
/// After which a record that nobody takes is reported.
pub(crate) const SOON: Duration = Duration::from_secs(4);

#[derive(Event, Clone, Debug)]
#[event(topic = "orders", namespace = "com.acme")]
pub(crate) struct OrderPlaced {
    #[event(key)]
    pub(crate) order_id: String,
}

pub(crate) fn placed() -> OrderPlaced {
    OrderPlaced {
        order_id: "42".to_owned(),
    }
}

/// The broker; `None` where the environment names no Kafka. It ends with the process.
pub(crate) fn broker() -> Option<&'static Broker> {
    static BROKER: OnceLock<Option<Broker>> = OnceLock::new();
    // Every test listens, so that no line of any of them is missed.
    lines::keep();
    BROKER.get_or_init(Broker::start).as_ref()
}

/// A test's own part of the broker: a topic, and a registry.
pub(crate) struct Bed {
    pub(crate) broker: &'static Broker,
    pub(crate) registry: EmbeddedRegistry,
    pub(crate) topic: String,
}

impl Bed {
    /// What alice connects with, as Java's clients have it in their properties.
    pub(crate) fn java_properties(&self) -> String {
        format!(
            "bootstrap.servers=localhost:{}\nsecurity.protocol=SASL_SSL\nsasl.mechanism=SCRAM-SHA-512\n\
             ssl.truststore.type=PEM\nssl.truststore.location={}\nbroker.address.family=v4\n\
             sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username=\"alice\" \
             password=\"{PASSWORD}\";\n",
            self.broker.sasl.port(),
            self.broker.authority_file().display(),
        )
    }

    /// A topic of this name, to which these users may write.
    pub(crate) async fn start(topic: &str, users: &[&str]) -> Option<Self> {
        // It waits for a process to start.
        let broker = tokio::task::block_in_place(broker)?;
        broker.create_topic(topic).await;
        for user in users {
            acls::grant(broker.internal, user, topic);
        }
        Some(Self {
            broker,
            registry: EmbeddedRegistry::start().unwrap(),
            topic: topic.to_owned(),
        })
    }

    /// A publisher for a listener that trusts the broker's authority; credentials are to follow.
    pub(crate) fn builder(&self, port: u16) -> PublisherBuilder {
        self.builder_that_trusts(port)
            .librdkafka_property("ssl.ca.pem", self.broker.authority.pem())
    }

    /// The same, but for whom it trusts.
    pub(crate) fn builder_that_trusts(&self, port: u16) -> PublisherBuilder {
        Publisher::builder()
            .bootstrap_servers(format!("localhost:{port}"))
            // `localhost` may have an address of its own in IPv6, where nobody listens.
            .librdkafka_property("broker.address.family", "v4")
            .registry(self.registry.url())
            .rename_topic("orders", &self.topic)
            .delivery_timeout(DEADLINE)
    }

    /// As alice, by this mechanism.
    pub(crate) fn alice(&self, mechanism: &str, password: &str) -> PublisherBuilder {
        as_alice(self.builder(self.broker.sasl.port()), mechanism, password)
    }
}

pub(crate) fn as_alice(builder: PublisherBuilder, mechanism: &str, password: &str) -> PublisherBuilder {
    builder
        .librdkafka_property("security.protocol", "SASL_SSL")
        .librdkafka_property("sasl.mechanism", mechanism)
        .librdkafka_property("sasl.username", "alice")
        .librdkafka_property("sasl.password", password)
}

/// With a client certificate.
pub(crate) fn showing(builder: PublisherBuilder, signed: &Signed) -> PublisherBuilder {
    builder
        .librdkafka_property("security.protocol", "SSL")
        .librdkafka_property("ssl.certificate.pem", &signed.certificate)
        .librdkafka_property("ssl.key.pem", &signed.key)
}

pub(crate) async fn publish(builder: PublisherBuilder) -> Result<Delivery, PublishError> {
    let publisher = builder.build().await.unwrap();
    let published = publisher.publish(placed()).await;
    publisher.shutdown(Duration::from_secs(10)).await;
    published
}

/// How many records these settings read back, as tools do.
pub(crate) async fn read_back(settings: &Settings, topic: &str) -> u64 {
    let (kafka, topic) = (settings.kafka().unwrap(), topic.to_owned());
    let read = move || {
        let reader = TopicReader::open(&kafka, &topic, &BTreeMap::new(), DEADLINE).unwrap();
        reader.unwrap().remaining()
    };
    tokio::task::spawn_blocking(read).await.unwrap()
}

/// Why the producer did not deliver.
#[track_caller]
pub(crate) fn cause(error: &PublishError) -> &ProduceError {
    match error {
        PublishError::Failed { source, .. } | PublishError::Unknown { source, .. } => source,
        other => panic!("{other}"),
    }
}
