//! What an [`EmbeddedCluster`] of several brokers can go through: one of them away or slow, leaders that move, a topic
//! that the brokers do not tell of.
//!
//! Knows the mock through its parent alone.

use std::time::Duration;

use rdkafka::types::RDKafkaRespErr;

use super::{ClusterError, EmbeddedCluster};

/// What the brokers say of a topic when a client asks for its partitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TopicFault {
    /// There is no such topic. A client waits for it to appear for a while.
    Unknown,
    /// This client may not know of the topic. Final, until the client asks again.
    Unauthorised,
    /// No leader has been elected yet. The client asks again.
    LeaderNotAvailable,
}

impl TopicFault {
    fn code(self) -> RDKafkaRespErr {
        match self {
            Self::Unknown => RDKafkaRespErr::RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART,
            Self::Unauthorised => RDKafkaRespErr::RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED,
            Self::LeaderNotAvailable => RDKafkaRespErr::RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE,
        }
    }
}

impl EmbeddedCluster {
    /// How many brokers there are; they are numbered from 1.
    #[must_use]
    pub fn brokers(&self) -> i32 {
        self.brokers
    }

    /// Closes the connections of one broker and lets none in. Its partitions keep it as their leader until
    /// [`move_leader`](Self::move_leader) names another one.
    ///
    /// # Errors
    /// There is no such broker, or the cluster does not answer. Not retriable.
    pub fn take_down(&self, broker: i32) -> Result<(), ClusterError> {
        let action = format!("cannot take broker {broker} down");
        self.check(&action, broker)?;
        self.run(action, move |mock| mock.broker_down(broker))
    }

    /// Lets connections in to one broker again. The log is as it was.
    ///
    /// # Errors
    /// There is no such broker, or the cluster does not answer. Not retriable.
    pub fn bring_up(&self, broker: i32) -> Result<(), ClusterError> {
        let action = format!("cannot bring broker {broker} up");
        self.check(&action, broker)?;
        self.run(action, move |mock| mock.broker_up(broker))
    }

    /// Delays each answer of one broker from now on; zero ends it.
    ///
    /// # Errors
    /// There is no such broker, or the cluster does not answer. Not retriable.
    pub fn round_trip_time_of(&self, broker: i32, delay: Duration) -> Result<(), ClusterError> {
        let action = format!("cannot delay the answers of broker {broker}");
        self.check(&action, broker)?;
        self.run(action, move |mock| mock.broker_round_trip_time(broker, delay))
    }

    /// Makes a broker the leader of a partition. The log goes with it; clients learn of it when they ask, or when the old
    /// leader refuses a request. A topic that does not exist is made, with 4 partitions.
    ///
    /// # Errors
    /// There is no such broker or partition, or the cluster does not answer. Not retriable.
    pub fn move_leader(&self, topic: &str, partition: i32, broker: i32) -> Result<(), ClusterError> {
        let action = format!("cannot make broker {broker} the leader of {topic}[{partition}]");
        // A leader that is not there would crash the mock at the next write.
        self.check(&action, broker)?;
        let topic = topic.to_owned();
        self.run(action, move |mock| {
            mock.partition_leader(&topic, partition, Some(broker))
        })
    }

    /// Answers questions for this topic with a fault from now on; `None` ends it. Records are taken all the same from a
    /// client that knows the leaders already. A topic that does not exist is made, with 4 partitions.
    ///
    /// # Errors
    /// The name holds a NUL, or the cluster does not answer. Not retriable.
    pub fn topic_fault(&self, topic: &str, fault: Option<TopicFault>) -> Result<(), ClusterError> {
        let name = topic.to_owned();
        let code = fault.map_or(RDKafkaRespErr::RD_KAFKA_RESP_ERR_NO_ERROR, TopicFault::code);
        self.run(format!("cannot set the fault of topic {topic}"), move |mock| {
            mock.topic_error(&name, code)
        })
    }

    fn check(&self, action: &str, broker: i32) -> Result<(), ClusterError> {
        if (1..=self.brokers).contains(&broker) {
            return Ok(());
        }
        let reason = format!("the brokers are numbered from 1 to {}", self.brokers);
        Err(ClusterError::new(action, reason))
    }
}
