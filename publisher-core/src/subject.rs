//! How a schema's subject is named.
//!
//! Pure: names in, name out.

use std::fmt;
use std::sync::Arc;

use crate::record::RecordPart;

/// Which name a schema is registered under.
///
/// The schema of an Avro key stands under `<topic>-key`, unless a function of your own names it.
///
/// Implements: Confluent's `TopicNameStrategy`, `RecordNameStrategy` and `TopicRecordNameStrategy`, for values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum SubjectNameStrategy {
    /// `<topic>-value`: one type a topic. Two types on one topic are refused, as the second would count as a new version
    /// of the first.
    Topic,
    /// `<full name>`: one type in all topics.
    Record,
    /// `<topic>-<full name>`: any number of types on a topic, each with versions of its own. The default.
    #[default]
    TopicRecord,
    /// A function of your own; see [`custom`](Self::custom).
    Custom(SubjectFunction),
}

/// What a subject is named for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SubjectParts<'a> {
    /// The topic of the record.
    pub topic: &'a str,
    /// The full name of the event type, such as `com.acme.orders.OrderPlaced`; of a key that of a type whose key it is.
    pub full_name: &'a str,
    /// What of the record the schema describes.
    pub part: RecordPart,
}

/// A function that names subjects. Two are equal if they are clones of each other.
#[derive(Clone)]
pub struct SubjectFunction(Arc<dyn Fn(SubjectParts<'_>) -> String + Send + Sync>);

impl SubjectNameStrategy {
    /// Subjects by a function of your own. It is asked once for each type on a topic, and must give the same name for the
    /// same parts. An empty name, `.` and `..` are refused where the registry is asked: no URL can hold them.
    ///
    /// # Examples
    /// ```
    /// use publisher_core::{RecordPart, SubjectNameStrategy};
    ///
    /// let team = "checkout".to_owned();
    /// let strategy = SubjectNameStrategy::custom(move |parts| match parts.part {
    ///     RecordPart::Value => format!("{team}/{}", parts.full_name),
    ///     RecordPart::Key => format!("{team}/{}-key", parts.topic),
    /// });
    /// assert_eq!(strategy.subject("orders", "com.acme.Placed"), "checkout/com.acme.Placed");
    /// ```
    #[must_use]
    pub fn custom(name: impl Fn(SubjectParts<'_>) -> String + Send + Sync + 'static) -> Self {
        Self::Custom(SubjectFunction(Arc::new(name)))
    }

    /// The subject of a type's values on a topic.
    #[must_use]
    pub fn subject(&self, topic: &str, full_name: &str) -> String {
        match self {
            Self::Topic => format!("{topic}-value"),
            Self::Record => full_name.to_owned(),
            Self::TopicRecord => format!("{topic}-{full_name}"),
            Self::Custom(SubjectFunction(name)) => name(SubjectParts {
                topic,
                full_name,
                part: RecordPart::Value,
            }),
        }
    }

    /// The subject of the keys on a topic; the name is that of a type whose keys they are.
    ///
    /// Implements: Confluent's `TopicNameStrategy`, for keys, which is the default of every Confluent client.
    #[must_use]
    pub fn key_subject(&self, topic: &str, full_name: &str) -> String {
        match self {
            Self::Topic | Self::Record | Self::TopicRecord => format!("{topic}-key"),
            Self::Custom(SubjectFunction(name)) => name(SubjectParts {
                topic,
                full_name,
                part: RecordPart::Key,
            }),
        }
    }
}

impl fmt::Debug for SubjectFunction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SubjectFunction(..)")
    }
}

impl PartialEq for SubjectFunction {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for SubjectFunction {}

/// A context of the registry: schemas of one context know nothing of those of another.
///
/// Implements: Confluent Schema Registry, qualified subjects (`:.context:subject`). Other registries take such a subject
/// for a plain name, which keeps contexts apart as well.
#[cfg(feature = "kafka")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SchemaContext(String);

#[cfg(feature = "kafka")]
impl SchemaContext {
    /// The context of this name, with or without the point in front.
    ///
    /// # Errors
    /// Why it is none.
    pub(crate) fn new(name: &str) -> Result<Self, String> {
        let bare = name.strip_prefix('.').unwrap_or(name);
        if bare.is_empty() {
            return Err("is empty: leave it out for the registry's default context".to_owned());
        }
        match bare
            .chars()
            .find(|letter| *letter == ':' || *letter == '*' || letter.is_control())
        {
            Some(letter) => Err(format!("has the character {letter:?}, which no context may have")),
            None => Ok(Self(bare.to_owned())),
        }
    }

    /// The subject within this context; one that names a context itself stays as it is.
    pub(crate) fn qualify(&self, subject: &str) -> String {
        if subject.starts_with(":.") {
            subject.to_owned()
        } else {
            format!(":.{}:{subject}", self.0)
        }
    }
}

/// The context that a subject names, such as `:.staging:`; nothing for the default one.
#[cfg(any(feature = "kafka", feature = "registry"))]
pub(crate) fn context(subject: &str) -> &str {
    let end = subject
        .strip_prefix(":.")
        .and_then(|rest| rest.find(':'))
        .map_or(0, |at| 2 + at + 1);
    match &subject[..end] {
        ":.:" => "",
        context => context,
    }
}

#[cfg(test)]
mod tests {
    #[cfg(feature = "kafka")]
    use super::SchemaContext;
    use super::SubjectNameStrategy::{Record, Topic, TopicRecord};

    #[test]
    fn subjects() {
        for (strategy, expected) in [
            (Topic, "orders-value"),
            (Record, "com.acme.Placed"),
            (TopicRecord, "orders-com.acme.Placed"),
        ] {
            assert_eq!(strategy.subject("orders", "com.acme.Placed"), expected);
            assert_eq!(strategy.key_subject("orders", "com.acme.Placed"), "orders-key");
        }
    }

    #[cfg(any(feature = "kafka", feature = "registry"))]
    #[test]
    fn a_subject_names_its_context() {
        for (subject, expected) in [
            ("orders-value", ""),
            (":.:orders-value", ""),
            (":.staging:orders-value", ":.staging:"),
            (":.staging:a:b", ":.staging:"),
            (":a:orders-value", ""),
            (":.staging", ""),
            ("", ""),
        ] {
            assert_eq!(super::context(subject), expected, "{subject}");
        }
    }

    #[cfg(feature = "kafka")]
    #[test]
    fn contexts() {
        let check = |name: &str, subject: &str, expected: &str| {
            let qualified = SchemaContext::new(name).map(|context| context.qualify(subject));
            assert_eq!(qualified.unwrap_or_else(|reason| reason), expected);
        };
        check("prod", "orders-value", ":.prod:orders-value");
        check(".prod", "orders-value", ":.prod:orders-value");
        check("prod", ":.other:orders-value", ":.other:orders-value");
        check(".", "s", "is empty: leave it out for the registry's default context");
        check("a:b", "s", "has the character ':', which no context may have");
    }
}
