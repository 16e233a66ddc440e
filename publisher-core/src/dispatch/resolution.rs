//! A schema under a subject, and its id once the registry has answered: of an event type's values, or of a topic's keys.
//!
//! Knows what to ask; who asks, and what waits for the answer, is the publisher's and the dispatcher's business.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::event::EventType;
use crate::record::SchemaId;
use crate::registry::SchemaText;

pub(crate) struct Resolution {
    /// The type whose schema it is; for keys the first of those that share it.
    event_type: &'static EventType,
    subject: String,
    schema: &'static SchemaText,
    /// Empty until the registry has answered.
    id: OnceLock<SchemaId>,
    /// Whether somebody asks the registry at the moment. Changed under the dispatcher's lock only.
    resolving: AtomicBool,
}

impl Resolution {
    pub(super) fn new(event_type: &'static EventType, subject: String, schema: &'static SchemaText) -> Self {
        Self {
            event_type,
            subject,
            schema,
            id: OnceLock::new(),
            resolving: AtomicBool::new(false),
        }
    }

    pub(super) fn event_type(&self) -> &'static EventType {
        self.event_type
    }

    pub(crate) fn subject(&self) -> &str {
        &self.subject
    }

    pub(crate) fn schema(&self) -> &'static SchemaText {
        self.schema
    }

    pub(crate) fn id(&self) -> Option<SchemaId> {
        self.id.get().copied()
    }

    /// Whether the caller has to ask the registry: nobody did yet, or the last answer was a failure.
    pub(super) fn start(&self) -> bool {
        self.id().is_none() && !self.resolving.swap(true, Ordering::Relaxed)
    }

    pub(super) fn set_id(&self, id: SchemaId) {
        // Asked once at a time, so there is none yet.
        self.id.get_or_init(|| id);
    }

    /// The next record asks again.
    pub(super) fn set_failed(&self) {
        self.resolving.store(false, Ordering::Relaxed);
    }
}
