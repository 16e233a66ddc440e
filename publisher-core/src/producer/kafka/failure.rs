//! From librdkafka's code to a [`ProduceError`]: what kind it is, where it happened and what to do.

use std::sync::atomic::Ordering;
use std::time::Duration;

use rdkafka::error::RDKafkaErrorCode as Code;

use super::context::Context;
use super::security::{is_refusal, remedy};
use crate::error::{Persistence, ProduceError, ProduceErrorKind as Kind};
use crate::record::RecordRef;

impl Context {
    /// The error of a record that librdkafka gave up.
    pub(super) fn failure(&self, code: Code, persistence: Persistence, record: RecordRef<'_>) -> ProduceError {
        // A record that names its partition itself was not asked about.
        if code == Code::UnknownPartition
            && record.partition.is_none()
            && let Some(refusal) = self
                .partitioning
                .as_ref()
                .and_then(|partitioning| partitioning.refusal(record))
        {
            return refusal;
        }
        let kind = self.kind(code);
        let servers = &self.bootstrap_servers;
        let topic = record.topic;
        let reason = match kind {
            Kind::TimedOut if code == Code::PurgeQueue => self.timed_out(Code::MessageTimedOut),
            Kind::TimedOut => self.timed_out(code),
            Kind::UnknownTopic if code == Code::UnknownPartition => {
                format!(
                    "topic {topic} at {servers} has no partition {}",
                    record.partition.unwrap_or_default()
                )
            }
            Kind::UnknownTopic => format!(
                "topic {topic} does not exist at {servers} and is not made on demand: create it, or set `auto.create.topics.enable` \
                 on the broker"
            ),
            Kind::InvalidTopic => format!("the broker refuses the topic name {topic:?}: {code}"),
            Kind::TooLarge => format!(
                "the broker at {servers} refuses the record of {} bytes as too large: raise `max.message.bytes` on topic {topic}, or \
                 publish a reference to the content",
                record.size()
            ),
            // The kind comes from the connection, not from the record.
            Kind::Unauthorised if matches!(code, Code::MessageTimedOut | Code::PurgeQueue) => self.not_let_in(),
            Kind::Unauthorised => format!(
                "no permission to write to topic {topic} at {servers}: {code}; grant it, or check the credentials"
            ),
            Kind::Fatal => {
                let cause = self.fatal.get().cloned().unwrap_or_else(|| code.to_string());
                format!("the producer for {servers} is broken and has to be made anew: {cause}")
            }
            Kind::ShutDown => match persistence {
                Persistence::NotPersisted => "given up before it was sent: the publisher was shut down".to_owned(),
                Persistence::PossiblyPersisted => {
                    "given up on its way to the broker: the publisher was shut down".to_owned()
                }
            },
            Kind::BatchRejected => format!(
                "not written to topic {topic} at {servers}, because the broker refuses another record of the same batch: send it again"
            ),
            // No code means a held key: the publisher alone holds one.
            Kind::Rejected | Kind::KeyHeld => format!("refused for topic {topic} at {servers}: {code}"),
        };
        ProduceError::new(kind, persistence, reason)
    }

    fn kind(&self, code: Code) -> Kind {
        match code {
            Code::MessageTimedOut if self.last_trouble().is_some_and(|(code, _)| is_refusal(code)) => {
                Kind::Unauthorised
            }
            // After the first come those that librdkafka retries; they are seen only where `retries` or
            // `message.timeout.ms` ran out.
            Code::MessageTimedOut
            | Code::OperationTimedOut
            | Code::TimedOutQueue
            | Code::BrokerTransportFailure
            | Code::AllBrokersDown
            | Code::RequestTimedOut
            | Code::NetworkException
            | Code::LeaderNotAvailable
            | Code::NotLeaderForPartition
            | Code::BrokerNotAvailable
            | Code::ReplicaNotAvailable
            | Code::NotEnoughReplicas
            | Code::NotEnoughReplicasAfterAppend
            | Code::KafkaStorageError => Kind::TimedOut,
            Code::UnknownTopic | Code::UnknownTopicOrPartition | Code::UnknownPartition => Kind::UnknownTopic,
            Code::InvalidTopic => Kind::InvalidTopic,
            Code::MessageSizeTooLarge | Code::MessageBatchTooLarge | Code::InvalidMessageSize => Kind::TooLarge,
            Code::TopicAuthorizationFailed
            | Code::ClusterAuthorizationFailed
            | Code::SaslAuthenticationFailed
            | Code::Authentication => Kind::Unauthorised,
            Code::Fatal | Code::OutOfOrderSequenceNumber | Code::UnknownProducerId => Kind::Fatal,
            // A fatal error purges the queue by itself.
            Code::PurgeQueue | Code::PurgeInflight if self.fatal.get().is_some() => Kind::Fatal,
            Code::PurgeQueue if !self.purged.load(Ordering::Acquire) => self.kind(Code::MessageTimedOut),
            Code::PurgeQueue | Code::PurgeInflight | Code::DestroyBroker | Code::BrokerDestroy => Kind::ShutDown,
            Code::InvalidDifferentRecord => Kind::BatchRejected,
            _ => Kind::Rejected,
        }
    }

    /// No connection comes about, because the other side refuses it or is not trusted.
    pub(super) fn not_let_in(&self) -> String {
        let why = self.why().unwrap_or_default();
        // Of the whole text: `why` has left out what the remedy says in other words.
        let remedy = self
            .last_trouble()
            .map_or("check the credentials", |(_, text)| remedy(&text));
        format!("not let in by {}: {why}; {remedy}", self.bootstrap_servers)
    }

    fn timed_out(&self, code: Code) -> String {
        let servers = &self.bootstrap_servers;
        let within = readable(self.delivery_timeout);
        match (self.why(), code) {
            (Some(why), _) => format!(
                "no confirmation within {within} from {servers}: {why}; check `bootstrap_servers` and that the brokers run"
            ),
            (None, Code::MessageTimedOut) => format!(
                "no confirmation within {within} from {servers}, which reported no error: it may be slow, lack replicas, or not be a \
                 Kafka broker"
            ),
            (None, code) => format!("no confirmation within {within} from {servers}: {code}"),
        }
    }

    /// The last trouble without what the sentence says already.
    pub(super) fn why(&self) -> Option<String> {
        let (_, text) = self.last_trouble()?;
        // "localhost:9092/bootstrap: Connect to ipv4#127.0.0.1:9092 failed: Connection refused (after 0ms in state
        // CONNECT, …)"
        let text = match text.split_once("/bootstrap: ") {
            Some((server, rest)) if self.bootstrap_servers.contains(server) => rest,
            _ => &text,
        };
        let text = text.split_once(" (after ").map_or(text, |(text, _)| text);
        Some(text.to_owned())
    }
}

/// `10 s`, `500 ms`.
pub(super) fn readable(duration: Duration) -> String {
    match duration.subsec_millis() {
        0 => format!("{} s", duration.as_secs()),
        _ => format!("{} ms", duration.as_millis()),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use rdkafka::types::RDKafkaRespErr;

    use super::*;
    use crate::failure::{ALL, of_kind};
    use crate::producer::{KafkaSettings, Outcome, Reports, Token};
    use crate::record::{Headers, Record};

    struct Nobody;

    impl Reports for Nobody {
        fn report(&self, _: Token, _: Outcome) {}
    }

    fn check(code: Code, kind: Kind, retriable: bool, text: &str) {
        let context = Context::new(&KafkaSettings::new("broker:9092"), Arc::new(Nobody));
        let record = Record {
            topic: "orders".to_owned(),
            partition: None,
            key: None,
            value: None,
            headers: Headers::new(),
            timestamp_ms: 1,
        };
        let error = context.failure(code, Persistence::NotPersisted, record.as_ref());
        assert_eq!(
            (error.kind(), error.is_retriable()),
            (kind, retriable),
            "{code:?}: {error}"
        );
        assert!(error.reason().contains(text), "{error}");
    }

    /// A code that is in no row is one of `rejected`'s.
    #[test]
    fn the_error_table_names_the_codes_that_lead_to_each_kind() {
        let context = Context::new(&KafkaSettings::new("broker:9092"), Arc::new(Nobody));
        // Before that, what is purged was asked back because its time was over.
        context.purged.store(true, Ordering::Release);
        let codes: Vec<(String, Kind)> = (-300..300)
            .filter_map(|code| RDKafkaRespErr::try_from(code).ok())
            .map(|code| {
                (
                    format!("{code:?}").replace("RD_KAFKA_RESP_ERR_", ""),
                    context.kind(code.into()),
                )
            })
            .collect();
        assert!(codes.len() > 100, "only {} codes", codes.len());
        for (name, kind) in &codes {
            let named = of_kind(*kind).causes.contains(&name.as_str());
            assert!(
                named || *kind == Kind::Rejected,
                "{name} is {kind:?}, and its row does not say so"
            );
        }
        for kind in ALL {
            for cause in of_kind(kind).causes {
                let leads = codes.iter().any(|(name, to)| name == cause && *to == kind);
                assert!(leads, "{cause} does not lead to {kind:?}");
            }
        }
    }

    #[test]
    fn a_record_refused_for_another_ones_sake_can_be_sent_again() {
        let of_another = "another record of the same batch: send it again";
        check(Code::InvalidDifferentRecord, Kind::BatchRejected, true, of_another);
        check(Code::InvalidRecord, Kind::Rejected, false, "refused for topic orders");
    }
}
