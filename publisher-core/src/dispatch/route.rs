//! Where the records of one event type on one topic go: topic, and the schemas of value and key with their subjects.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::{Arc, PoisonError, RwLock};

use super::resolution::Resolution;
use crate::error::SharedSubject;
use crate::event::EventType;
use crate::failure::{OnFailure, Policies};
use crate::header::{HeaderSettings, Template};
use crate::record::{Destination, RecordPart};
use crate::registry::{SchemaMetadata, SchemaReference, SchemaText};
use crate::subject::{SchemaContext, SubjectNameStrategy};

pub(crate) struct Route {
    event_type: &'static EventType,
    topic: String,
    value: Arc<Resolution>,
    /// `None` unless the keys are Avro. One for all types on the topic.
    key: Option<Arc<Resolution>>,
    headers: Template,
    on_failure: OnFailure,
}

impl Route {
    pub(crate) fn event_type(&self) -> &'static EventType {
        self.event_type
    }

    pub(crate) fn topic(&self) -> &str {
        &self.topic
    }

    pub(crate) fn value(&self) -> &Arc<Resolution> {
        &self.value
    }

    pub(crate) fn key(&self) -> Option<&Arc<Resolution>> {
        self.key.as_ref()
    }

    /// The schema of the value and that of the key.
    pub(crate) fn resolutions(&self) -> [Option<&Arc<Resolution>>; 2] {
        [Some(&self.value), self.key.as_ref()]
    }

    pub(crate) fn headers(&self) -> &Template {
        &self.headers
    }

    /// What becomes of a record that has failed for good.
    pub(crate) fn on_failure(&self) -> OnFailure {
        self.on_failure
    }
}

impl Destination for Route {
    fn topic(&self) -> &str {
        &self.topic
    }

    fn subject(&self) -> Option<&str> {
        Some(self.value.subject())
    }
}

/// All routes of a publisher.
pub(crate) struct Routes {
    naming: Naming,
    headers: HeaderSettings,
    /// The actual topic for one that the events name.
    topics: HashMap<String, String>,
    policies: Policies,
    /// The routes to the types' own topics, by the address of the type's static: looked at for every event.
    own: RwLock<HashMap<usize, Arc<Route>, BuildHasherDefault<AddressHasher>>>,
    known: RwLock<Known>,
}

/// Addresses of statics differ from each other in their middle, and nobody chooses them to collide.
#[derive(Default)]
struct AddressHasher(u64);

impl Hasher for AddressHasher {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_usize(usize::from(*byte)));
    }

    fn write_usize(&mut self, address: usize) {
        // The golden ratio spreads neighbours; see Knuth, The Art of Computer Programming, section 6.4.
        self.0 = (self.0.rotate_left(5) ^ address as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        // The table takes its tag from the highest bits and the place from the lowest.
        self.0.rotate_left(32)
    }
}

/// How schemas are registered, apart from their texts.
#[derive(Debug, Default)]
pub(crate) struct Naming {
    pub(crate) strategy: SubjectNameStrategy,
    pub(crate) context: Option<SchemaContext>,
    /// What is registered beside the schema of a type's values, by the type's full name.
    pub(crate) metadata: HashMap<&'static str, SchemaMetadata>,
}

#[derive(Default)]
struct Known {
    /// By the address of the type's static and the topic.
    routes: HashMap<usize, HashMap<String, Arc<Route>>>,
    /// Which type has a subject.
    subjects: HashMap<String, &'static EventType>,
    /// The Avro keys by their topic.
    keys: HashMap<String, Arc<Resolution>>,
}

impl Routes {
    pub(crate) fn new(
        naming: Naming,
        headers: HeaderSettings,
        topics: HashMap<String, String>,
        policies: Policies,
    ) -> Self {
        Self {
            naming,
            headers,
            topics,
            policies,
            own: RwLock::default(),
            known: RwLock::default(),
        }
    }

    pub(crate) fn headers(&self) -> &HeaderSettings {
        &self.headers
    }

    /// What becomes of a type's records that have failed for good; of one of no type without one.
    pub(crate) fn on_failure(&self, event_type: Option<&EventType>) -> OnFailure {
        self.policies.of(event_type.map(EventType::name))
    }

    /// The renamed topics.
    pub(crate) fn topics(&self) -> &HashMap<String, String> {
        &self.topics
    }

    /// The actual topic of a type.
    pub(crate) fn topic(&self, event_type: &EventType) -> &str {
        let topic = event_type.topic();
        // The lifetime of a static's text is longer than that of a type's borrow.
        self.topics.get(topic).map_or(topic, String::as_str)
    }

    /// The route of a type to its own topic.
    pub(crate) fn own_route(&self, event_type: &'static EventType) -> Result<Arc<Route>, SharedSubject> {
        let address = std::ptr::from_ref(event_type) as usize;
        let own = self.own.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(route) = own.get(&address) {
            return Ok(Arc::clone(route));
        }
        drop(own);
        let route = self.route(event_type, self.topic(event_type))?;
        let mut own = self.own.write().unwrap_or_else(PoisonError::into_inner);
        own.insert(address, Arc::clone(&route));
        Ok(route)
    }

    /// The route of a type by its full name, to this topic, if an event of it went there or was declared.
    pub(crate) fn known(&self, name: &str, topic: &str) -> Option<Arc<Route>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let mut routes = known.routes.values().filter_map(|topics| topics.get(topic));
        routes.find(|route| route.event_type().name() == name).cloned()
    }

    /// The route of a type on a topic; made at its first use.
    pub(crate) fn route(&self, event_type: &'static EventType, topic: &str) -> Result<Arc<Route>, SharedSubject> {
        let address = std::ptr::from_ref(event_type) as usize;
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(route) = known.find(address, topic) {
            return Ok(route);
        }
        drop(known);
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(route) = known.find(address, topic) {
            return Ok(route);
        }
        let subject = self
            .naming
            .subject(self.naming.strategy.subject(topic, event_type.name()));
        match known.subjects.get(&subject) {
            // One type can stand in two statics (a generic function, two versions of a crate); its schema tells.
            Some(first) if first.name() != event_type.name() || first.fingerprint() != event_type.fingerprint() => {
                return Err(SharedSubject {
                    subject,
                    first: first.name(),
                    second: event_type.name(),
                    of_keys: false,
                });
            }
            _ => {}
        }
        let key = match event_type.key_schema() {
            Some(schema) => Some(known.key(&self.naming, event_type, schema, topic)?),
            None => None,
        };
        known.subjects.insert(subject.clone(), event_type);
        let route = Arc::new(Route {
            event_type,
            topic: topic.to_owned(),
            value: Arc::new(self.naming.value(event_type, subject)),
            key,
            headers: self.headers.of_event(event_type),
            on_failure: self.on_failure(Some(event_type)),
        });
        known
            .routes
            .entry(address)
            .or_default()
            .insert(topic.to_owned(), Arc::clone(&route));
        Ok(route)
    }

    /// The schema of a topic's keys, for a record without a value; `None` unless the type's keys are Avro.
    pub(crate) fn key(
        &self,
        event_type: &'static EventType,
        topic: &str,
    ) -> Result<Option<Arc<Resolution>>, SharedSubject> {
        let Some(schema) = event_type.key_schema() else {
            return Ok(None);
        };
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(key) = known.keys.get(topic).filter(|key| key.own() == schema) {
            return Ok(Some(Arc::clone(key)));
        }
        drop(known);
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.key(&self.naming, event_type, schema, topic).map(Some)
    }
}

impl Naming {
    fn value(&self, event_type: &'static EventType, subject: String) -> Resolution {
        let own = event_type.schema();
        let mut schema = self.registered(own);
        if let Some(metadata) = self.metadata.get(event_type.name()) {
            schema = schema.with_metadata(metadata.clone());
        }
        Resolution::new(event_type, RecordPart::Value, subject, own, schema)
    }

    fn key(&self, event_type: &'static EventType, own: &'static SchemaText, topic: &str) -> Resolution {
        let subject = self.subject(self.strategy.key_subject(topic, event_type.name()));
        Resolution::new(event_type, RecordPart::Key, subject, own, self.registered(own))
    }

    fn subject(&self, subject: String) -> String {
        match &self.context {
            Some(context) => context.qualify(&subject),
            None => subject,
        }
    }

    /// The schema with its references in the context: they are registered there too.
    fn registered(&self, schema: &SchemaText) -> SchemaText {
        let Some(context) = &self.context else {
            return schema.clone();
        };
        let references = schema.references.iter().map(|reference| SchemaReference {
            subject: context.qualify(&reference.subject).into(),
            schema: self.registered(&reference.schema),
            ..reference.clone()
        });
        let references: Vec<_> = references.collect();
        schema.clone().with_references(references)
    }
}

impl Known {
    fn find(&self, address: usize, topic: &str) -> Option<Arc<Route>> {
        self.routes.get(&address)?.get(topic).cloned()
    }

    /// The schema of a topic's keys; the first type on the topic says which it is.
    fn key(
        &mut self,
        naming: &Naming,
        event_type: &'static EventType,
        schema: &'static SchemaText,
        topic: &str,
    ) -> Result<Arc<Resolution>, SharedSubject> {
        let known = self.keys.entry(topic.to_owned());
        let resolution = known.or_insert_with(|| Arc::new(naming.key(event_type, schema, topic)));
        if resolution.own() == schema {
            return Ok(Arc::clone(resolution));
        }
        Err(SharedSubject {
            subject: resolution.subject().to_owned(),
            first: resolution.event_type().name(),
            second: event_type.name(),
            of_keys: true,
        })
    }
}
