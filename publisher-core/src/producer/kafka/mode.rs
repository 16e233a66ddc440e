//! What a delivery means, as properties of librdkafka.
//!
//! Knows the properties that go together and the limits of a transaction's time; knows no client.

use std::time::Duration;

/// The shortest time of a transaction that librdkafka takes.
const SHORTEST_TRANSACTION: Duration = Duration::from_secs(1);
/// The longest one.
const LONGEST_TRANSACTION: Duration = Duration::from_millis(i32::MAX as u64);

/// What a delivery means to a Kafka producer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum KafkaMode {
    /// The record was written to the connection, once. Sets `acks=0`, `enable.idempotence=false`, `retries=0`.
    AtMostOnce,
    /// The record is replicated. Sets `acks=all`, `enable.idempotence=true`. The default.
    #[default]
    AtLeastOnce,
    /// The record is replicated, and committed once its transaction is. Sets `transactional.id`, `transaction.timeout.ms`
    /// and what [`AtLeastOnce`](Self::AtLeastOnce) does.
    Transactional {
        /// The id, which is not empty.
        id: String,
        /// How long a transaction may be open; from 1 s and not below the delivery timeout. `None` is the delivery timeout.
        timeout: Option<Duration>,
    },
}

impl KafkaMode {
    pub(super) fn properties(&self, delivery_timeout: Duration) -> Vec<(&'static str, String)> {
        let idempotent = || vec![("enable.idempotence", "true".to_owned()), ("acks", "all".to_owned())];
        match self {
            // Without an answer nobody can tell what arrived: whatever is sent again could be a second copy.
            Self::AtMostOnce => vec![
                ("enable.idempotence", "false".to_owned()),
                ("acks", "0".to_owned()),
                ("retries", "0".to_owned()),
            ],
            Self::AtLeastOnce => idempotent(),
            Self::Transactional { id, timeout } => {
                let mut properties = idempotent();
                let timeout = transaction_timeout(*timeout, delivery_timeout);
                properties.push(("transactional.id", id.clone()));
                properties.push(("transaction.timeout.ms", timeout.as_millis().to_string()));
                properties
            }
        }
    }

    /// The id and how long a transaction may be open; `None` in the other modes.
    pub(crate) fn transactional(&self, delivery_timeout: Duration) -> Option<(String, Duration)> {
        match self {
            Self::Transactional { id, timeout } => Some((id.clone(), transaction_timeout(*timeout, delivery_timeout))),
            _ => None,
        }
    }

    /// The setting that cannot be used, and why.
    pub(crate) fn refusal(&self, delivery_timeout: Duration) -> Option<(&'static str, String)> {
        let Self::Transactional { id, timeout } = self else {
            return None;
        };
        if id.is_empty() {
            return Some(("transactional", "the id is empty: name this instance".to_owned()));
        }
        if id.contains('\0') {
            return Some(("transactional", "the id holds a NUL".to_owned()));
        }
        let timeout = transaction_timeout(*timeout, delivery_timeout);
        if timeout < SHORTEST_TRANSACTION || timeout > LONGEST_TRANSACTION {
            let reason = format!("{timeout:?} is not between {SHORTEST_TRANSACTION:?} and {LONGEST_TRANSACTION:?}");
            return Some(("transaction_timeout", reason));
        }
        if timeout < delivery_timeout {
            let reason =
                format!("{timeout:?} is below `delivery_timeout`, which is {delivery_timeout:?}: lower that one too");
            return Some(("transaction_timeout", reason));
        }
        None
    }
}

/// How long a transaction may be open.
fn transaction_timeout(own: Option<Duration>, delivery_timeout: Duration) -> Duration {
    own.unwrap_or_else(|| delivery_timeout.max(SHORTEST_TRANSACTION))
}
