//! Asking librdkafka about a topic, and from its answer to a [`TopicDescription`] or a [`DescribeError`]: what kind it is,
//! where it happened and what to do.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use rdkafka::error::RDKafkaErrorCode as Code;

use super::Client;
use super::context::Context;
use super::failure::readable;
use super::security::is_refusal;
use crate::producer::ffi::{self, Described, Refused};
use crate::producer::{DescribeError, DescribeErrorKind as Kind, TopicDescription};

/// The broker that is asked about topics: the one that answered last.
#[derive(Default)]
pub(super) struct Respondent {
    broker: Mutex<Option<i32>>,
}

impl Respondent {
    /// Asks until there is an answer or the time is over.
    pub(super) fn ask(&self, client: &Client, topic: &str, deadline: Duration) -> Result<Described, Refused> {
        let start = Instant::now();
        loop {
            let left = deadline.saturating_sub(start.elapsed());
            let answer = self.ask_once(client, topic, left);
            match answer {
                // A connection that was lost in the middle. librdkafka pauses before it connects again, so that this
                // does not spin.
                Err((code, _)) if is_lost(code) && start.elapsed() < deadline => {}
                Err((code, _)) if is_lost(code) => {
                    return Err((Code::OperationTimedOut, Code::OperationTimedOut.to_string()));
                }
                answer => return answer,
            }
        }
    }

    fn ask_once(&self, client: &Client, topic: &str, left: Duration) -> Result<Described, Refused> {
        let start = Instant::now();
        let known = *self.broker.lock().unwrap_or_else(PoisonError::into_inner);
        let broker = known.map_or_else(|| ffi::broker(client, left), Ok)?;
        let answer = ffi::describe_topic(client, broker, topic, left.saturating_sub(start.elapsed()));
        let gone = matches!(&answer, Err((code, _)) if is_lost(*code) || *code == Code::OperationTimedOut);
        *self.broker.lock().unwrap_or_else(PoisonError::into_inner) = (!gone).then_some(broker);
        answer
    }
}

/// Whether there was no connection or it broke.
fn is_lost(code: Code) -> bool {
    matches!(
        code,
        Code::BrokerTransportFailure | Code::AllBrokersDown | Code::Resolve | Code::DestroyBroker
    )
}

impl Context {
    pub(super) fn description(
        &self,
        topic: &str,
        answer: Result<Described, Refused>,
        deadline: Duration,
    ) -> Result<TopicDescription, DescribeError> {
        let (code, text) = match answer {
            Ok(Described { partitions, may_write }) => {
                self.note_answer();
                return Ok(TopicDescription::existing(topic, partitions, may_write));
            }
            Err((Code::UnknownTopicOrPartition, _)) => {
                self.note_answer();
                return Ok(TopicDescription::missing(topic));
            }
            Err(refused) => refused,
        };
        let kind = self.describe_kind(code);
        let servers = &self.bootstrap_servers;
        let reason = match (kind, self.why()) {
            (Kind::Unreachable, Some(why)) if code == Code::OperationTimedOut => format!(
                "no answer about topic {topic} within {} from {servers}: {why}; check `bootstrap_servers` and that the brokers run",
                readable(deadline)
            ),
            (Kind::Unreachable, None) if code == Code::OperationTimedOut => format!(
                "no answer about topic {topic} within {} from {servers}, which reported no error: it may be slow, or not be a Kafka \
                 broker",
                readable(deadline)
            ),
            (Kind::Unreachable, _) => format!("no answer about topic {topic} from {servers}: {text}; ask again"),
            (Kind::Unauthenticated, Some(_)) => self.not_let_in(),
            (Kind::Unauthenticated, None) => format!("not let in by {servers}: {text}; check the credentials"),
            (Kind::Unauthorised, _) => format!(
                "no permission to describe topic {topic} at {servers}: grant this client WRITE on it, or check the credentials"
            ),
            (Kind::InvalidTopic, _) => format!("the broker refuses the topic name {topic:?}: {code}"),
            (Kind::Rejected | Kind::Unsupported, _) => {
                format!("topic {topic} cannot be described at {servers}: {text}")
            }
        };
        Err(DescribeError::new(kind, reason))
    }

    fn describe_kind(&self, code: Code) -> Kind {
        match code {
            Code::OperationTimedOut if self.last_trouble().is_some_and(|(code, _)| is_refusal(code)) => {
                Kind::Unauthenticated
            }
            Code::OperationTimedOut
            | Code::RequestTimedOut
            | Code::NetworkException
            | Code::BrokerNotAvailable
            // A topic that was made a moment ago.
            | Code::LeaderNotAvailable => Kind::Unreachable,
            Code::Authentication | Code::SaslAuthenticationFailed => Kind::Unauthenticated,
            Code::TopicAuthorizationFailed | Code::ClusterAuthorizationFailed => Kind::Unauthorised,
            Code::InvalidTopic => Kind::InvalidTopic,
            _ => Kind::Rejected,
        }
    }
}
