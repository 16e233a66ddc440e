//! The cluster that all contenders publish to, and what its log says of a run.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use apache_avro::Schema;
use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::types::Value;
use publisher_core::testing::{EmbeddedCluster, EmbeddedRegistry};
use publisher_core::{EventTypes, Translator};
use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::client::DefaultClientContext;
use rdkafka::consumer::{BaseConsumer, Consumer as _};
use rdkafka::message::{Headers as _, Message as _};
use rdkafka::types::RDKafkaErrorCode;
use rdkafka::{ClientConfig, Offset, TopicPartitionList};

use super::corpus::{Order, orders};
use super::event::{Brief, Detailed, OrderConfirmed, OrderPlaced, TOPIC};
use super::ours::{self, encoded};
use super::run::{Contender, HeaderSet, Place, Run, Size};
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
    /// Makes the topic on a Kafka, or on an embedded cluster in this process if none is named, and registers both schemas
    /// in an embedded registry.
    ///
    /// # Errors
    /// The cluster's or the registry's.
    pub fn new(kafka: Option<&str>, compression: &str) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let registry = EmbeddedRegistry::start()?;
        let (embedded, bootstrap_servers) = match kafka {
            Some(kafka) => {
                runtime.block_on(make_topic(kafka))?;
                (None, kafka.to_owned())
            }
            None => {
                let cluster = EmbeddedCluster::start()?;
                cluster.create_topic(TOPIC, PARTITIONS)?;
                let servers = cluster.bootstrap_servers().to_owned();
                (Some(cluster), servers)
            }
        };
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
            // Python's clients are compared without headers only.
            ensure!(
                headers == run.headers.len(),
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

/// What the log has to hold, by the order's ID.
struct Expected {
    schema: Schema,
    id: u32,
    orders: HashMap<Vec<u8>, (Vec<u8>, Value)>,
    mean_bytes: usize,
}

/// Where the order's ID begins in a frame, and its length: the first field, 36 letters behind their count.
const ORDER_ID: std::ops::Range<usize> = 6..42;

impl Expected {
    fn new<T: Translator<Order>>(translator: &T, schema: &str, id: u32) -> Result<Self> {
        let mut this = Self {
            schema: Schema::parse_str(schema)?,
            id,
            orders: HashMap::new(),
            mean_bytes: 0,
        };
        let frames = encoded(translator, &orders(), id)?;
        this.mean_bytes = frames.iter().map(|(_, frame)| frame.len()).sum::<usize>() / frames.len();
        for (key, frame) in frames {
            let value = this.decode(&frame)?;
            this.orders.insert(frame[ORDER_ID].to_vec(), (key, value));
        }
        Ok(this)
    }

    fn decode(&self, frame: &[u8]) -> Result<Value> {
        let [0, a, b, c, d, payload @ ..] = frame else {
            bail!("a value is not framed");
        };
        let id = u32::from_be_bytes([*a, *b, *c, *d]);
        ensure!(
            id == self.id,
            "a frame has the schema id {id} in the place of {}",
            self.id
        );
        let mut rest = payload;
        let value = GenericDatumReader::builder(&self.schema)
            .build()?
            .read_value(&mut rest)?;
        ensure!(rest.is_empty(), "{} bytes are left over", rest.len());
        Ok(value)
    }

    fn compare(&self, key: Option<&[u8]>, frame: &[u8]) -> Result<()> {
        let decoded = self.decode(frame)?;
        let (expected_key, expected) = self
            .orders
            .get(&frame[ORDER_ID])
            .context("an order is not one of ours")?;
        ensure!(key == Some(expected_key), "a record has another key");
        ensure!(decoded == *expected, "an order differs");
        Ok(())
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

async fn make_topic(kafka: &str) -> Result<()> {
    let admin: AdminClient<DefaultClientContext> = ClientConfig::new().set("bootstrap.servers", kafka).create()?;
    let topic = NewTopic::new(TOPIC, PARTITIONS, TopicReplication::Fixed(1));
    for result in admin.create_topics(&[topic], &AdminOptions::new()).await? {
        match result {
            Ok(_) | Err((_, RDKafkaErrorCode::TopicAlreadyExists)) => {}
            Err((topic, code)) => bail!("cannot make topic {topic}: {code}"),
        }
    }
    Ok(())
}
