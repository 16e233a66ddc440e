//! [`Preflight`]: what publishing the declared events needs, looked at before the first record.
//!
//! Reads answers and puts them into words; the publisher asks.

use std::fmt;
use std::time::Duration;

use crate::differences::{Change, changes};
use crate::dispatch::{Resolution, Route};
use crate::producer::{DescribeError, DescribeErrorKind, TopicDescription};
use crate::record::{RecordPart, SchemaId, SubjectVersion};
use crate::registry::RegistryError;
use crate::resolver::Resolver;

/// Whether the declared events can be published, one by one; made by [`Publisher::preflight`](crate::Publisher::preflight).
///
/// `Display` is for people: a paragraph for each event.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Preflight {
    /// The declared events in the order in which they were declared.
    pub events: Vec<PreflightEvent>,
}

/// A declared event.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PreflightEvent {
    /// The full name of the event type.
    pub event_type: &'static str,
    /// The schema of its values.
    pub value: PreflightSchema,
    /// The schema of its keys; `None` unless these are Avro.
    pub key: Option<PreflightSchema>,
    /// What the broker says of its topic.
    pub topic: Result<TopicDescription, DescribeError>,
    /// The actual topic.
    pub topic_name: String,
}

/// A schema that a declared event is written with.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PreflightSchema {
    /// Of key or value.
    pub part: RecordPart,
    /// The subject.
    pub subject: String,
    /// The id and, where it is known, the version that records are written with; or why there is none.
    pub chosen: Result<(SchemaId, Option<SubjectVersion>), RegistryError>,
    /// The latest version of the subject, and what the event's own schema has otherwise; nothing for one that says the same.
    pub latest: Result<(SchemaId, SubjectVersion, Vec<Change>), RegistryError>,
}

impl Preflight {
    /// Whether every event has its schema ids and a topic that exists and may be written to, as far as the broker says.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.problems().is_empty()
    }

    /// What stands against publishing, each in one clause that names event, subject or topic.
    #[must_use]
    pub fn problems(&self) -> Vec<String> {
        let mut found = Vec::new();
        for event in &self.events {
            for schema in event.schemas() {
                if let Err(error) = &schema.chosen {
                    found.push(format!(
                        "{}: no schema id under {}: {error}",
                        event.event_type, schema.subject
                    ));
                }
            }
            if let Some(problem) = problem(&event.topic) {
                found.push(format!("{}: {problem}", event.event_type));
            }
        }
        found
    }
}

impl PreflightEvent {
    fn schemas(&self) -> impl Iterator<Item = &PreflightSchema> {
        [Some(&self.value), self.key.as_ref()].into_iter().flatten()
    }
}

impl fmt::Display for Preflight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, event) in self.events.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{event}")?;
        }
        Ok(())
    }
}

impl fmt::Display for PreflightEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n  topic    {}: ", self.event_type, self.topic_name)?;
        match (&self.topic, problem(&self.topic)) {
            (_, Some(problem)) => write!(f, "{problem}")?,
            (Ok(topic), None) => {
                write!(f, "{} partitions", topic.partitions.unwrap_or_default())?;
                match topic.may_write {
                    Some(_) => write!(f, ", may be written to")?,
                    None => write!(f, ", permission to write unknown")?,
                }
            }
            (Err(error), None) => write!(f, "{error}")?,
        }
        for schema in self.schemas() {
            let part = match schema.part {
                RecordPart::Key => "key",
                RecordPart::Value => "value",
            };
            write!(f, "\n  {part:<8} {}: {schema}", schema.subject)?;
        }
        Ok(())
    }
}

impl fmt::Display for PreflightSchema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.chosen {
            Ok((id, Some(version))) => write!(f, "id {id}, version {version}")?,
            Ok((id, None)) => write!(f, "id {id}")?,
            Err(error) => write!(f, "no id: {error}")?,
        }
        match &self.latest {
            Ok((_, version, changes)) if changes.is_empty() => write!(f, "; the same as the latest version, {version}"),
            Ok((id, version, changes)) => {
                write!(f, "; against the latest version, {version} (id {id}), the event has:")?;
                changes
                    .iter()
                    .try_for_each(|change| write!(f, "\n             {} {}", change.sign(), change.words()))
            }
            Err(error) => write!(f, "; the latest version is not known: {error}"),
        }
    }
}

/// What stands against writing to a topic. A producer that cannot say is no reason.
pub(crate) fn problem(topic: &Result<TopicDescription, DescribeError>) -> Option<String> {
    match topic {
        Ok(TopicDescription {
            topic,
            partitions: None,
            ..
        }) => Some(format!(
            "topic {topic} does not exist; create it, unless the broker does so at the first record"
        )),
        Ok(TopicDescription {
            topic,
            may_write: Some(false),
            ..
        }) => Some(format!(
            "this client may not write to topic {topic}; ask for the permission"
        )),
        Ok(_) => None,
        Err(error) if error.kind() == DescribeErrorKind::Unsupported => None,
        Err(error) => Some(error.to_string()),
    }
}

/// What is known of an event whose schemas were asked for.
pub(crate) async fn event(
    resolver: &Resolver,
    route: &Route,
    topic: Result<TopicDescription, DescribeError>,
    deadline: Duration,
) -> PreflightEvent {
    let value = schema(resolver, route.value(), deadline).await;
    let key = match route.key() {
        Some(key) => Some(schema(resolver, key, deadline).await),
        None => None,
    };
    PreflightEvent {
        event_type: route.event_type().name(),
        value,
        key,
        topic,
        topic_name: route.topic().to_owned(),
    }
}

async fn schema(resolver: &Resolver, resolution: &Resolution, deadline: Duration) -> PreflightSchema {
    let silent = || resolver.silence(resolution.subject(), deadline);
    let chosen = match (resolution.refusal(), resolution.chosen(), resolution.denial()) {
        (Some(error), ..) => Err(error.clone()),
        (None, Some(chosen), _) => Ok((chosen.id, chosen.version)),
        (None, None, Some(error)) => Err(error),
        // Asked once more, for the reason.
        (None, None, None) => match tokio::time::timeout(deadline, resolver.ask(resolution)).await {
            Ok(answer) => answer.map(|chosen| (chosen.id, chosen.version)),
            Err(_) => Err(silent()),
        },
    };
    let latest = tokio::time::timeout(deadline, resolver.registry.latest(resolution.subject())).await;
    let latest = latest.unwrap_or_else(|_| Err(silent()));
    PreflightSchema {
        part: resolution.part(),
        subject: resolution.subject().to_owned(),
        chosen,
        latest: latest.map(|latest| (latest.id, latest.version, changes(&latest.schema, resolution.schema()))),
    }
}
