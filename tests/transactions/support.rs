//! The events of the tests, and how to wait.

use std::future::Future;
use std::time::Duration;

use publisher_core::Event;

/// Longer than anything here takes on a busy machine; a test that reaches it has failed.
pub(crate) const DEADLINE: Duration = Duration::from_secs(60);

#[derive(Event, Clone, Debug)]
#[event(topic = "orders", namespace = "com.acme")]
pub(crate) struct OrderPlaced {
    #[event(key)]
    pub(crate) order_id: String,
    #[event(min = 1)]
    pub(crate) quantity: u32,
}

pub(crate) fn placed(order_id: &str, quantity: u32) -> OrderPlaced {
    OrderPlaced {
        order_id: order_id.to_owned(),
        quantity,
    }
}

pub(crate) async fn within<F: Future>(future: F) -> F::Output {
    tokio::time::timeout(DEADLINE, future)
        .await
        .expect("an end within the deadline")
}
