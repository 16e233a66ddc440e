//! The settings that say how a schema's id is chosen and what a start waits for.

use std::collections::HashMap;
use std::time::Duration;

use crate::record::SchemaId;

/// How the id of a schema is chosen: one way for all events of a publisher.
///
/// | mode | writes to the registry | bytes follow |
/// |---|---|---|
/// | `AutoRegister` | yes | the event's own schema |
/// | `LookUp` | never | the event's own schema |
/// | `Latest` | never | the latest version of the subject |
/// | `Id` | never | the schema of the id |
///
/// Unlike Java's serializers, in which one switch silently beats another, there is one setting, and settings that belong
/// to another mode are refused by [`build`](crate::PublisherBuilder::build).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SchemaMode {
    /// Registers the schema under its subject, or finds it there. The default. Every write to the registry is logged
    /// with the registry's address.
    #[default]
    AutoRegister,
    /// Finds the schema under its subject by its content and never writes: what production is best run with, where a
    /// pipeline registers schemas. Where the registry lacks the schema, the error tells what differs from the latest
    /// version and the command that registers it.
    LookUp,
    /// Writes with the latest version of the subject, whatever it is: it is checked against the event's schema by the
    /// rules of [`compatibility`](crate::compatibility), and events are converted to it ([`Plan`](crate::Plan)). Refused
    /// with the reasons where that cannot be done without loss of a value's meaning; fields that it lacks are left out,
    /// with a warning. Looked at again in the background once it is older than
    /// [`latest_ttl`](crate::PublisherBuilder::latest_ttl). Needs declared events.
    ///
    /// An Avro key must have the very encoding of the latest version: converted keys would end in other partitions.
    Latest,
    /// Writes with the schemas of given ids ([`schema_id`](crate::PublisherBuilder::schema_id)), each checked and converted
    /// to as in `Latest`, and never looked at again. Needs declared events.
    Id,
}

/// What [`build`](crate::PublisherBuilder::build) waits for and fails on, where events are declared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StartMode {
    /// Fails if a declared type is in no source: neither in the disk cache nor in the lock file, and the registry does not
    /// know it or does not answer. What a cache or lock file knew is verified in the background. The default.
    #[default]
    Cached,
    /// The registry must answer for every declared type; what a cache or lock file knows is compared with its answer.
    Strict,
    /// Starts whatever the sources say; what is missing is logged, and asked for again at the first publish.
    Lazy,
}

/// The mode with what belongs to it.
#[derive(Clone, Debug)]
pub(crate) enum Choice {
    Register,
    LookUp,
    Latest {
        /// How old the answer may become before it is asked for anew.
        ttl: Duration,
    },
    /// By subject.
    Id(HashMap<String, SchemaId>),
}

impl Choice {
    pub(crate) fn mode(&self) -> SchemaMode {
        match self {
            Self::Register => SchemaMode::AutoRegister,
            Self::LookUp => SchemaMode::LookUp,
            Self::Latest { .. } => SchemaMode::Latest,
            Self::Id(_) => SchemaMode::Id,
        }
    }

    /// How old an answer may become before it is asked for anew; `None` for answers that hold for ever.
    pub(crate) fn ttl(&self) -> Option<Duration> {
        match self {
            Self::Latest { ttl } => Some(*ttl),
            _ => None,
        }
    }
}
