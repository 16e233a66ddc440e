//! Where the records of one event type on one topic go: topic, subject and, once the registry has answered, schema id.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use crate::error::SharedSubject;
use crate::event::EventType;
use crate::record::SchemaId;
use crate::subject::SubjectNameStrategy;

pub(crate) struct Route {
    event_type: &'static EventType,
    topic: String,
    subject: String,
    /// Empty until the registry has answered.
    id: OnceLock<SchemaId>,
    /// Whether somebody asks the registry at the moment. Changed under the dispatcher's lock only.
    resolving: AtomicBool,
}

impl Route {
    pub(crate) fn event_type(&self) -> &'static EventType {
        self.event_type
    }

    pub(crate) fn topic(&self) -> &str {
        &self.topic
    }

    pub(crate) fn subject(&self) -> &str {
        &self.subject
    }

    pub(crate) fn id(&self) -> Option<SchemaId> {
        self.id.get().copied()
    }

    /// Whether the caller has to ask the registry: nobody did yet, or the last answer was a failure.
    pub(super) fn start_resolving(&self) -> bool {
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

/// All routes of a publisher.
pub(crate) struct Routes {
    strategy: SubjectNameStrategy,
    known: RwLock<Known>,
}

#[derive(Default)]
struct Known {
    /// By the address of the type's static and the topic.
    routes: HashMap<usize, HashMap<String, Arc<Route>>>,
    /// Which type has a subject.
    subjects: HashMap<String, &'static EventType>,
}

impl Routes {
    pub(crate) fn new(strategy: SubjectNameStrategy) -> Self {
        Self {
            strategy,
            known: RwLock::default(),
        }
    }

    /// The route of a type on a topic; made at its first use.
    pub(crate) fn route(&self, event_type: &'static EventType, topic: &str) -> Result<Arc<Route>, SharedSubject> {
        let key = std::ptr::from_ref(event_type) as usize;
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(route) = known.find(key, topic) {
            return Ok(route);
        }
        drop(known);
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(route) = known.find(key, topic) {
            return Ok(route);
        }
        let subject = self.strategy.subject(topic, event_type.name());
        match known.subjects.get(&subject) {
            // One type can stand in two statics (a generic function, two versions of a crate); its schema tells.
            Some(first) if first.name() != event_type.name() || first.fingerprint() != event_type.fingerprint() => {
                return Err(SharedSubject {
                    subject,
                    first: first.name(),
                    second: event_type.name(),
                });
            }
            _ => {}
        }
        known.subjects.insert(subject.clone(), event_type);
        let route = Arc::new(Route {
            event_type,
            topic: topic.to_owned(),
            subject,
            id: OnceLock::new(),
            resolving: AtomicBool::new(false),
        });
        known
            .routes
            .entry(key)
            .or_default()
            .insert(topic.to_owned(), Arc::clone(&route));
        Ok(route)
    }
}

impl Known {
    fn find(&self, key: usize, topic: &str) -> Option<Arc<Route>> {
        self.routes.get(&key)?.get(topic).cloned()
    }
}
