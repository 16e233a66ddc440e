//! A schema under a subject, and what the registry has answered for it: of an event type's values, or of a topic's keys.
//!
//! Knows what to ask; who asks, and what waits for the answer, is the publisher's and the dispatcher's business.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
use std::time::Duration;

use tokio::time::Instant;

use crate::event::EventType;
use crate::framing::{Chosen, Seal};
use crate::record::{RecordPart, SchemaId};
use crate::registry::{RegistryError, SchemaText};
use crate::schema::Fingerprint;

pub(crate) struct Resolution {
    /// The type whose schema it is; for keys the first of those that share it.
    event_type: &'static EventType,
    part: RecordPart,
    subject: String,
    /// The type's own schema.
    own: &'static SchemaText,
    /// The same as it is registered here: with references in the publisher's context and with metadata.
    schema: SchemaText,
    /// The first answer; empty until the registry has given one. Read for every record, hence apart from the others.
    first: OnceLock<Arc<Chosen>>,
    /// The last answer, where it is another one than the first.
    renewed: RwLock<Option<Arc<Chosen>>>,
    is_renewed: AtomicBool,
    /// The id of the last answer, where an id is all there is to write; else 0, which no registry gives.
    plain_id: AtomicU32,
    /// When an answer that does not hold for ever is asked for anew.
    renew_at: Mutex<Option<Instant>>,
    /// Whether somebody asks for a newer answer.
    renewing: AtomicBool,
    /// Why nothing can be written with this schema any more.
    refused: OnceLock<RegistryError>,
    /// The last refusal of the registry, and until when it counts.
    denied: Mutex<Option<(RegistryError, Instant)>>,
    /// Whether somebody asks the registry at the moment. Changed under the dispatcher's lock only.
    resolving: AtomicBool,
}

impl Resolution {
    pub(super) fn new(
        event_type: &'static EventType,
        part: RecordPart,
        subject: String,
        own: &'static SchemaText,
        schema: SchemaText,
    ) -> Self {
        Self {
            event_type,
            part,
            subject,
            own,
            schema,
            first: OnceLock::new(),
            renewed: RwLock::default(),
            is_renewed: AtomicBool::new(false),
            plain_id: AtomicU32::new(0),
            renew_at: Mutex::default(),
            renewing: AtomicBool::new(false),
            refused: OnceLock::new(),
            denied: Mutex::default(),
            resolving: AtomicBool::new(false),
        }
    }

    pub(crate) fn event_type(&self) -> &'static EventType {
        self.event_type
    }

    pub(crate) fn part(&self) -> RecordPart {
        self.part
    }

    pub(crate) fn subject(&self) -> &str {
        &self.subject
    }

    /// The type's own schema.
    pub(crate) fn own(&self) -> &'static SchemaText {
        self.own
    }

    /// The schema as it is registered here.
    pub(crate) fn schema(&self) -> &SchemaText {
        &self.schema
    }

    /// By which caches and lock files know the schema.
    pub(crate) fn fingerprint(&self) -> Fingerprint {
        self.own.fingerprint()
    }

    pub(crate) fn is_resolved(&self) -> bool {
        self.first.get().is_some()
    }

    pub(crate) fn chosen(&self) -> Option<Arc<Chosen>> {
        if self.is_renewed.load(Ordering::Acquire) {
            return self.renewed.read().unwrap_or_else(PoisonError::into_inner).clone();
        }
        self.first.get().cloned()
    }

    /// What is to be written into a record.
    pub(super) fn seal(&self) -> Option<Seal> {
        if self.is_renewed.load(Ordering::Acquire) {
            return self.chosen().as_ref().map(Seal::of);
        }
        self.first.get().map(Seal::of)
    }

    /// Whether the caller has to ask the registry: nobody did yet, or the last answer was a failure.
    pub(super) fn start(&self) -> bool {
        !self.is_resolved() && !self.resolving.swap(true, Ordering::Relaxed)
    }

    /// Sets the first answer, or a newer one in its place.
    pub(crate) fn set(&self, chosen: Chosen) {
        let chosen = Arc::new(chosen);
        let plain_id = match Seal::of(&chosen) {
            Seal::Id(id) => id.0,
            Seal::Whole(_) => 0,
        };
        // Before another answer can be read in its place: who reads 0 looks at the answer itself.
        self.plain_id.store(0, Ordering::Release);
        if let Err(newer) = self.first.set(chosen) {
            *self.renewed.write().unwrap_or_else(PoisonError::into_inner) = Some(newer);
            self.is_renewed.store(true, Ordering::Release);
        }
        self.plain_id.store(plain_id, Ordering::Release);
    }

    /// The id to write, where that is all there is to write.
    pub(super) fn plain_id(&self) -> Option<SchemaId> {
        let id = self.plain_id.load(Ordering::Acquire);
        (id != 0).then_some(SchemaId(id))
    }

    /// The next record asks again.
    pub(super) fn set_failed(&self) {
        self.resolving.store(false, Ordering::Relaxed);
    }

    /// Nothing is written with this schema from now on.
    pub(crate) fn refuse(&self, error: RegistryError) {
        // The first reason stays.
        self.refused.get_or_init(|| error);
    }

    pub(crate) fn refusal(&self) -> Option<&RegistryError> {
        self.refused.get()
    }

    /// The registry has refused, and is not asked again for this long.
    pub(crate) fn deny(&self, error: RegistryError, time: Duration) {
        let until = Instant::now().checked_add(time);
        *self.denied.lock().unwrap_or_else(PoisonError::into_inner) = until.map(|until| (error, until));
    }

    /// The refusal of the registry that still counts.
    pub(crate) fn denial(&self) -> Option<RegistryError> {
        let denied = self.denied.lock().unwrap_or_else(PoisonError::into_inner);
        let (error, until) = denied.as_ref()?;
        (Instant::now() < *until).then(|| error.clone())
    }

    /// The answer counts as new from now on for this long.
    pub(crate) fn renew_in(&self, ttl: Duration) {
        *self.renew_at.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now().checked_add(ttl);
    }

    /// Whether the answer is too old.
    fn is_stale(&self, ttl: Duration) -> bool {
        let mut renew_at = self.renew_at.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        if renew_at.is_none_or(|renew_at| now < renew_at) {
            return false;
        }
        *renew_at = now.checked_add(ttl);
        true
    }
}

/// The right to ask for a newer answer, which one at a time has: of two, the older answer might come last and stay.
pub(crate) struct Renewal(Arc<Resolution>);

impl Renewal {
    /// `None` while somebody else has it.
    pub(crate) fn begin(resolution: &Arc<Resolution>) -> Option<Self> {
        let is_free = !resolution.renewing.swap(true, Ordering::Acquire);
        is_free.then(|| Self(Arc::clone(resolution)))
    }

    /// `None` also while the last answer is young enough.
    pub(crate) fn begin_if_stale(resolution: &Arc<Resolution>, ttl: Duration) -> Option<Self> {
        // In this order: whoever finds the answer too old has to renew it.
        let renewal = Self::begin(resolution)?;
        resolution.is_stale(ttl).then_some(renewal)
    }

    pub(crate) fn resolution(&self) -> &Resolution {
        &self.0
    }
}

impl Drop for Renewal {
    fn drop(&mut self) {
        self.0.renewing.store(false, Ordering::Release);
    }
}
