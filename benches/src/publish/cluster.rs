//! The cluster that all contenders publish to, and what its log says of a run.

use std::collections::HashMap;
use std::io;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use publisher_core::testing::{EmbeddedCluster, EmbeddedRegistry};
use publisher_core::{EventTypes, Translator};
use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::client::DefaultClientContext;
use rdkafka::consumer::{BaseConsumer, Consumer as _};
use rdkafka::message::{Headers as _, Message as _};
use rdkafka::types::RDKafkaErrorCode;
use rdkafka::{ClientConfig, Offset, TopicPartitionList};
use tokio::runtime::Runtime;

use super::corpus::{Order, orders};
use super::event::{Brief, Detailed, OrderConfirmed, OrderPlaced, TOPIC};
use super::expected::Expected;
use super::job::{Contender, HeaderSet, Place, Run, Size};
use super::ours;
use crate::order::schema_text;

/// The partitions of the topic.
const PARTITIONS: i32 = 6;

/// One record of so many is read back.
const SAMPLE: usize = 100;

/// How long one question to the cluster may take.
const DEADLINE: Duration = Duration::from_secs(20);

/// A cluster with the topic, and a registry with the schemas.
#[expect(missing_debug_implementations, reason = "what it holds has none")]
pub struct Cluster {
    /// Where contenders find both.
    pub place: Place,
    reader: BaseConsumer,
    flat: Expected,
    nested: Expected,
    // Both stop when they are dropped.
    _embedded: Option<EmbeddedCluster>,
    _registry: EmbeddedRegistry,
}

/// The end of the log in each partition.
pub type Ends = Vec<i64>;

impl Cluster {
    /// Starts an embedded cluster in this process, with the topic.
    ///
    /// # Errors
    /// The cluster's or the registry's.
    pub fn embedded(compression: &str) -> Result<Self> {
        let cluster = EmbeddedCluster::start()?;
        cluster.create_topic(TOPIC, PARTITIONS)?;
        let servers = cluster.bootstrap_servers().to_owned();
        Self::new(servers, compression, Some(cluster))
    }

    /// Makes the topic on a Kafka, unless it is there.
    ///
    /// # Errors
    /// The cluster's or the registry's.
    pub fn kafka(bootstrap_servers: &str, compression: &str) -> Result<Self> {
        let made = runtime()?.block_on(make_topic(bootstrap_servers));
        made.with_context(|| {
            format!("cannot make topic {TOPIC} on {bootstrap_servers}; see that a broker answers there")
        })?;
        Self::new(bootstrap_servers.to_owned(), compression, None)
    }

    /// With both schemas in a registry of its own.
    fn new(bootstrap_servers: String, compression: &str, embedded: Option<EmbeddedCluster>) -> Result<Self> {
        let runtime = runtime()?;
        let registry = EmbeddedRegistry::start()?;
        let mut place = Place {
            bootstrap_servers,
            registry: registry.url().to_owned(),
            flat_id: 0,
            nested_id: 0,
            compression: compression.to_owned(),
        };
        place.flat_id = runtime.block_on(register(&place, &Brief))?;
        place.nested_id = runtime.block_on(register(&place, &Detailed))?;
        let reader = ClientConfig::new()
            .set("bootstrap.servers", &place.bootstrap_servers)
            .set("group.id", "publish-benchmark")
            .set("enable.auto.commit", "false")
            .create()?;
        Ok(Self {
            flat: Expected::new(&Brief, schema_text::<OrderPlaced<'_>>()?, place.flat_id)?,
            nested: Expected::new(&Detailed, schema_text::<OrderConfirmed<'_>>()?, place.nested_id)?,
            place,
            reader,
            _embedded: embedded,
            _registry: registry,
        })
    }

    /// Where the log ends now.
    ///
    /// # Errors
    /// The cluster's.
    pub fn ends(&self) -> Result<Ends> {
        let end = |partition| Ok(self.reader.fetch_watermarks(TOPIC, partition, DEADLINE)?.1);
        (0..PARTITIONS).map(end).collect()
    }

    /// Sees that a run's records are in the log since `before`: all of them by the offsets, and one in a hundred read
    /// back, decoded and compared with the order that it was made of.
    ///
    /// # Errors
    /// What is not as it has to be.
    pub fn verify(&self, run: &Run, before: &[i64]) -> Result<()> {
        let ends = self.ends()?;
        let written: i64 = ends.iter().zip(before).map(|(end, start)| end - start).sum();
        let sent = run.messages + run.warm_up();
        ensure!(
            usize::try_from(written) == Ok(sent),
            "{:?}: {written} records are in the log, {sent} were confirmed",
            run.contender
        );
        let mut assignment = TopicPartitionList::new();
        // The last ones: the embedded cluster keeps no more than 5 MiB of each partition.
        let share = (run.messages / SAMPLE / PARTITIONS as usize).max(1) as i64;
        let mut open = HashMap::new();
        for (partition, (end, start)) in (0..).zip(ends.iter().zip(before)) {
            let first = (end - share).max(*start);
            if first < *end {
                assignment.add_partition_offset(TOPIC, partition, Offset::Offset(first))?;
                open.insert(partition, *end);
            }
        }
        self.reader.assign(&assignment)?;
        let started = Instant::now();
        while !open.is_empty() {
            ensure!(
                started.elapsed() < DEADLINE,
                "{:?}: the sample cannot be read back",
                run.contender
            );
            let Some(message) = self.reader.poll(Duration::from_millis(100)) else {
                continue;
            };
            let message = message?;
            let value = message.payload().context("a record has no value")?;
            let headers = message.headers().map_or(0, |headers| headers.count());
            self.expected(run.size)
                .compare(message.key(), value)
                .with_context(|| format!("{:?}", run.contender))?;
            ensure!(
                headers == run.headers.count(),
                "{:?}: a record has {headers} headers",
                run.contender
            );
            if open
                .get(&message.partition())
                .is_some_and(|end| message.offset() + 1 >= *end)
            {
                open.remove(&message.partition());
            }
        }
        self.reader.unassign()?;
        Ok(())
    }

    fn expected(&self, size: Size) -> &Expected {
        match size {
            Size::Flat => &self.flat,
            Size::Nested => &self.nested,
        }
    }

    /// How many bytes an event of this size has in its frame, on average.
    #[must_use]
    pub fn mean_bytes(&self, size: Size) -> usize {
        self.expected(size).mean_bytes
    }
}

/// Publishes one event, by which its schema is registered; gives the id.
async fn register<T>(place: &Place, translator: &T) -> Result<u32>
where
    T: Translator<Order>,
    T::Event<'static>: EventTypes,
{
    let run = Run {
        contender: Contender::Await,
        size: Size::Flat,
        headers: HeaderSet::None,
        linger_ms: 0,
        in_flight: 1,
        messages: 1,
    };
    let publisher = ours::publisher::<T::Event<'static>>(place, &run).await?;
    let orders = orders();
    let delivery = publisher.publish(translator.translate(&orders[0])?).await?;
    publisher.shutdown(DEADLINE).await;
    Ok(delivery.schema_id.context("the record names no schema")?.0)
}

fn runtime() -> io::Result<Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()
}

async fn make_topic(kafka: &str) -> Result<()> {
    let admin: AdminClient<DefaultClientContext> = ClientConfig::new().set("bootstrap.servers", kafka).create()?;
    let topic = NewTopic::new(TOPIC, PARTITIONS, TopicReplication::Fixed(1));
    for result in admin.create_topics(&[topic], &AdminOptions::new()).await? {
        match result {
            Ok(_) | Err((_, RDKafkaErrorCode::TopicAlreadyExists)) => {}
            Err((_, code)) => bail!("{code}"),
        }
    }
    Ok(())
}
