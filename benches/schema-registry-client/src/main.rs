//! What encoding an order costs by `schema-registry-client`, against its own mock.
//!
//! `cargo run --release --manifest-path benches/schema-registry-client/Cargo.toml`; takes minutes to compile. The crate
//! cannot write a decimal from a serde struct, so the order has its total as a `long` here, and the limit is the
//! hand-written encoder of that.

use anyhow::{Context as _, Result, anyhow};
use apache_avro::Schema;
use benches::allocations::CountingAllocator;
use benches::contenders::HandwrittenLong;
use benches::measure::{Contender, measure};
use benches::order::{ForSerde, cents, long, orders, schema_text};
use benches::report::{self, Row};
use benches::verify;
use futures_util::FutureExt as _;
use schema_registry_client::rest::client_config::ClientConfig;
use schema_registry_client::rest::mock_schema_registry_client::MockSchemaRegistryClient;
use schema_registry_client::rest::models;
use schema_registry_client::rest::schema_registry_client::Client as _;
use schema_registry_client::serdes::avro::AvroSerializer;
use schema_registry_client::serdes::config::SerializerConfig;
use schema_registry_client::serdes::serde::{
    SerdeError, SerdeFormat, SerdeType, SerializationContext, SubjectNameStrategyType,
};

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

fn main() -> Result<()> {
    let orders = orders();
    let text = schema_text::<long::OrderPlaced>()?;
    let schema = Schema::parse_str(text)?;
    let client = MockSchemaRegistryClient::new(ClientConfig::new(Vec::new()));
    let registered = models::Schema {
        schema_type: Some("AVRO".to_owned()),
        references: None,
        metadata: None,
        rule_set: None,
        schema: text.to_owned(),
    };
    let config = SerializerConfig {
        // The default asks the registry for associations first.
        subject_name_strategy_type: SubjectNameStrategyType::Topic,
        ..SerializerConfig::default()
    };
    let mut contenders: Vec<Box<dyn Contender + '_>> = vec![
        Box::new(HandwrittenLong(orders.iter().map(Into::into).collect())),
        Box::new(SchemaRegistryClient {
            serializer: AvroSerializer::new(&client, Some(&registered), None, config).map_err(named)?,
            context: SerializationContext {
                topic: "orders".to_owned(),
                serde_type: SerdeType::Value,
                serde_format: SerdeFormat::Avro,
                headers: None,
            },
            orders: orders.iter().map(|order| ForSerde::new(order, cents)).collect(),
        }),
    ];
    verify::avro(&schema, &mut contenders)?;
    let measured = measure(&mut contenders)?;
    let rows: Vec<Row<'_>> = measured
        .iter()
        .map(|row| Row {
            measured: row,
            limit: &measured[0],
        })
        .collect();
    report::table(&rows)?;
    report::line(
        &[("schema_registry_client_vs_handwritten", measured[1].ratio(&measured[0]))],
        &rows,
    )?;
    Ok(())
}

/// Its serializer, with everything cached by the first order.
struct SchemaRegistryClient<'a> {
    serializer: AvroSerializer<'a, MockSchemaRegistryClient>,
    context: SerializationContext,
    orders: Vec<ForSerde<i64>>,
}

impl Contender for SchemaRegistryClient<'_> {
    fn name(&self) -> &'static str {
        "schema-registry-client, total as long"
    }

    fn orders(&self) -> usize {
        self.orders.len()
    }

    fn encode(&mut self, order: usize, frame: &mut Vec<u8>) -> Result<()> {
        let encoded = self
            .serializer
            .serialize_ser(&self.context, &self.orders[order])
            .now_or_never();
        *frame = encoded.context("the mock made it wait")?.map_err(named)?;
        Ok(())
    }
}

/// Its errors cannot be shared between threads, as anyhow wants them.
fn named(error: SerdeError) -> anyhow::Error {
    anyhow!("{error}")
}
