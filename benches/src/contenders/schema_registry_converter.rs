//! `schema_registry_converter`'s encoder, warm: its schema is asked for before the first timing.

use anyhow::{Context as _, Result};
use futures_util::FutureExt as _;
use publisher_core::testing::EmbeddedRegistry;
use schema_registry_converter::async_impl::avro::AvroEncoder;
use schema_registry_converter::async_impl::schema_registry::{SrSettings, post_schema};
use schema_registry_converter::schema_registry_common::{SchemaType, SubjectNameStrategy, SuppliedSchema};

use super::Minimal;
use crate::measure::Contender;
use crate::order::{ForSerde, avro};

/// The encoder that comes with a registry.
#[expect(missing_debug_implementations, reason = "what it holds has none")]
pub struct SchemaRegistryConverter {
    encoder: AvroEncoder,
    strategy: SubjectNameStrategy,
    orders: Vec<ForSerde<Minimal>>,
}

impl SchemaRegistryConverter {
    /// Registers the schema and encodes one order, so that all is cached.
    ///
    /// # Errors
    /// The registry's or the runtime's.
    pub fn new(registry: &EmbeddedRegistry, schema: &str, orders: &[avro::OrderPlaced]) -> Result<Self> {
        // Another part of the process may have chosen one: any is good for plain http.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let settings = SrSettings::new_builder(registry.url().to_owned()).no_proxy().build()?;
        let strategy = SubjectNameStrategy::TopicNameStrategy("orders".to_owned(), false);
        let supplied = SuppliedSchema::new(None, SchemaType::Avro, schema.to_owned());
        let warm = Self {
            encoder: AvroEncoder::new(settings.clone()),
            strategy,
            orders: orders.iter().map(|order| ForSerde::new(order, Minimal)).collect(),
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            post_schema(&settings, "orders-value".to_owned(), supplied).await?;
            warm.encoder.encode_struct(&warm.orders[0], &warm.strategy).await
        })?;
        Ok(warm)
    }
}

impl Contender for SchemaRegistryConverter {
    fn name(&self) -> &'static str {
        "schema_registry_converter"
    }

    fn orders(&self) -> usize {
        self.orders.len()
    }

    fn encode(&mut self, order: usize, frame: &mut Vec<u8>) -> Result<()> {
        // Nothing is awaited once the schema is cached, so the runtime's own cost stays out of it.
        let encoded = self
            .encoder
            .encode_struct(&self.orders[order], &self.strategy)
            .now_or_never();
        *frame = encoded.context("asked the registry again")??;
        Ok(())
    }
}
