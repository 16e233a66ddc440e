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

#[cfg(test)]
mod tests {
    use super::*;

    const DELIVERY: Duration = Duration::from_secs(120);

    fn transactional(id: &str, timeout: Option<Duration>) -> KafkaMode {
        let id = id.to_owned();
        KafkaMode::Transactional { id, timeout }
    }

    #[test]
    fn each_mode_sets_what_belongs_to_it() {
        let check = |mode: &KafkaMode, delivery_timeout, expected: &[(&str, &str)]| {
            let properties = mode.properties(delivery_timeout);
            let properties: Vec<_> = properties.iter().map(|(name, value)| (*name, value.as_str())).collect();
            assert_eq!(properties, expected, "{mode:?}");
        };
        let idempotent = [("enable.idempotence", "true"), ("acks", "all")];
        check(&KafkaMode::AtLeastOnce, DELIVERY, &idempotent);
        let once = [("enable.idempotence", "false"), ("acks", "0"), ("retries", "0")];
        check(&KafkaMode::AtMostOnce, DELIVERY, &once);
        let check_timeout = |timeout, delivery_timeout, expected: &str| {
            let own = [("transactional.id", "shop-1"), ("transaction.timeout.ms", expected)];
            let expected = [idempotent, own].concat();
            check(&transactional("shop-1", timeout), delivery_timeout, &expected);
        };
        check_timeout(None, DELIVERY, "120000");
        check_timeout(Some(Duration::from_secs(180)), DELIVERY, "180000");
        check_timeout(None, Duration::from_millis(300), "1000");
    }

    #[test]
    fn a_transaction_is_refused_without_an_id_or_with_too_short_a_time() {
        let check = |mode: &KafkaMode, setting: &str, text: &str| {
            let (named, reason) = mode.refusal(DELIVERY).expect("a refusal");
            assert_eq!(named, setting, "{reason}");
            assert!(reason.contains(text), "{reason}");
        };
        check(&transactional("", None), "transactional", "the id is empty");
        check(&transactional("a\0", None), "transactional", "NUL");
        let of = |millis| transactional("a", Some(Duration::from_millis(millis)));
        check(&of(119_999), "transaction_timeout", "below `delivery_timeout`");
        check(&of(999), "transaction_timeout", "is not between 1s");
        assert_eq!(of(120_000).refusal(DELIVERY), None);
        assert_eq!(KafkaMode::AtMostOnce.refusal(DELIVERY), None);
    }
}
