//! [`Publish`]: the port that a use case holds.
//!
//! Object-safe and free of Kafka: a use case takes `Arc<dyn Publish<Order>>` and is wired to a publisher, to a
//! publisher with a translator, or to the recording publisher of the test kit.

use async_trait::async_trait;

use crate::error::PublishError;
use crate::record::Delivery;

/// Publishes values of one type and waits for the broker's word.
#[async_trait]
pub trait Publish<T: ?Sized + Sync>: Send + Sync {
    /// Publishes the value.
    ///
    /// # Errors
    /// See [`PublishError`]; each variant says whether it is retriable.
    ///
    /// # Cancel safety
    /// Dropping the future before the record is handed to the broker client withdraws it; after that it may be delivered.
    async fn publish(&self, value: &T) -> Result<Delivery, PublishError>;
}
