//! From settings to a publisher: what contradicts itself is refused, the rest is put together, and what is declared is
//! resolved.
//!
//! Knows every setting; what each means is said where it is set.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Handle;

use super::PublisherBuilder;
use crate::blocking::OwnRuntime;
use crate::config::InvalidSettings;
use crate::dispatch::{Dispatcher, Limits, Naming, OnDelivery, Routes, Troubles};
use crate::error::{ConfigError, UnresolvedSchema};
use crate::guarantee::Guarantee;
use crate::header::StandardHeader;
use crate::producer::{KafkaMode, invalid_topic};
use crate::publisher::{Inner, Publisher};
use crate::record::LARGEST;
use crate::registry::{CachedRegistry, SchemaRegistry};
use crate::resolver::{Asking, Choice, Resolver, SchemaMode, Sources, StartMode};
use crate::subject::SchemaContext;
use crate::tending;
use crate::transaction::{Coordinator, Noted};

/// The most that librdkafka takes for `queue.buffering.max.messages`.
const MAX_QUEUE: usize = i32::MAX as usize;

/// librdkafka looks once a second for records that have timed out, and while it waits for a connection only between two
/// attempts.
const REPORT_MARGIN: Duration = Duration::from_millis(1500);

/// How long a start waits for the registry, unless it is told.
const START_TIMEOUT: Duration = Duration::from_secs(30);

/// How old the latest version may become, unless it is told.
const LATEST_TTL: Duration = Duration::from_secs(60);

/// The setting that names the registry: the one by address is there only with its client.
#[cfg(feature = "registry")]
const REGISTRY_SETTING: &str = "registry";
#[cfg(not(feature = "registry"))]
const REGISTRY_SETTING: &str = "registry_client";

impl<G: Guarantee> PublisherBuilder<G> {
    /// Builds the publisher on the tokio runtime around the call, which must have its time and network drivers. Connects
    /// in the background: an absent broker shows at the first publish, and so does an absent registry where no events are
    /// declared.
    ///
    /// # Errors
    /// [`ConfigError`]: missing or contradictory settings, each named; [`ConfigError::Unresolved`] for declared events, as
    /// [`start`](Self::start) says.
    ///
    /// # Cancel safety
    /// Dropping the future leaves nothing behind; a registration that had been sent may still take place.
    pub async fn build(self) -> Result<Publisher<G>, ConfigError> {
        let handle = Handle::try_current().map_err(|_| ConfigError::NoRuntime)?;
        let (mode, timeout) = self.starting();
        let publisher = self.assemble(handle, None)?;
        resolve_declared(publisher, mode, timeout).await
    }

    /// Builds the publisher with a small runtime of its own, for programs that have none: the registry is answered even
    /// while every thread of the program is blocked.
    ///
    /// # Errors
    /// As [`build`](Self::build).
    pub fn build_blocking(self) -> Result<Publisher<G>, ConfigError> {
        let own = OwnRuntime::start()?;
        let handle = own.handle().clone();
        let (mode, timeout) = self.starting();
        let publisher = self.assemble(handle.clone(), Some(own))?;
        // On that runtime and not on this thread, which may drive another one.
        let (done, built) = std::sync::mpsc::channel();
        handle.spawn(async move {
            // The receiver waits below.
            let _received = done.send(resolve_declared(publisher, mode, timeout).await);
        });
        built.recv().unwrap_or(Err(ConfigError::NoRuntime))
    }

    /// Refuses all settings that cannot be used, those of the registry included.
    fn check_settings(&self) -> Result<(), ConfigError> {
        let mut invalid = self.invalid_settings.clone();
        if let Some(Err(ConfigError::Settings(of_registry))) = &self.registry {
            invalid.extend_from_slice(of_registry.refused());
        }
        if invalid.is_empty() {
            return Ok(());
        }
        Err(InvalidSettings::new(invalid).into())
    }

    fn starting(&self) -> (StartMode, Duration) {
        let usual = START_TIMEOUT.min(self.kafka.delivery_timeout);
        let timeout = self.start_timeout.unwrap_or(usual);
        (self.start_mode.unwrap_or_default(), timeout)
    }

    /// How ids are chosen. Refuses what belongs to another mode.
    fn choice(&self) -> Result<Choice, ConfigError> {
        let mode = self.schema_mode;
        let declared = !self.events.is_empty();
        let settings: [(&str, bool, &[SchemaMode]); 4] = [
            ("latest_ttl", self.latest_ttl.is_some(), &[SchemaMode::Latest]),
            ("schema_id", !self.schema_ids.is_empty(), &[SchemaMode::Id]),
            (
                "schema_metadata",
                !self.schema_metadata.is_empty(),
                &[SchemaMode::AutoRegister],
            ),
            (
                "schema_lock",
                self.schema_lock.is_some(),
                &[SchemaMode::AutoRegister, SchemaMode::LookUp],
            ),
        ];
        for (setting, is_set, modes) in settings {
            if is_set && !modes.contains(&mode) {
                let modes: Vec<_> = modes.iter().map(|mode| format!("SchemaMode::{mode:?}")).collect();
                return Err(invalid(
                    setting,
                    format!("goes with {} only, and schema_mode is {mode:?}", modes.join(" and ")),
                ));
            }
        }
        if matches!(mode, SchemaMode::Latest | SchemaMode::Id) && !declared {
            let reason =
                format!("{mode:?} needs declared events: the registry's schemas must be known before the first record");
            return Err(invalid("schema_mode", reason));
        }
        if self.latest_ttl.is_some_and(|ttl| ttl.is_zero()) {
            return Err(invalid("latest_ttl", "must be longer than zero".to_owned()));
        }
        if (self.start_mode.is_some() || self.start_timeout.is_some()) && !declared {
            let setting = if self.start_mode.is_some() {
                "start"
            } else {
                "start_timeout"
            };
            return Err(invalid(
                setting,
                "says what is asked for declared events, and there are none: name them with events".to_owned(),
            ));
        }
        Ok(match mode {
            SchemaMode::AutoRegister => Choice::Register,
            SchemaMode::LookUp => Choice::LookUp,
            SchemaMode::Latest => Choice::Latest {
                ttl: self.latest_ttl.or(self.latest_ttl_of_settings).unwrap_or(LATEST_TTL),
            },
            SchemaMode::Id => {
                let mut ids = HashMap::new();
                for (subject, id) in &self.schema_ids {
                    if id.0 == 0 || ids.insert(subject.clone(), *id).is_some_and(|before| before != *id) {
                        return Err(invalid(
                            "schema_id",
                            format!("{subject} has two ids, or 0, which is none"),
                        ));
                    }
                }
                Choice::Id(ids)
            }
        })
    }

    fn assemble(self, runtime: Handle, own_runtime: Option<OwnRuntime>) -> Result<Publisher<G>, ConfigError> {
        self.check_settings()?;
        let mut missing = Vec::new();
        if self.connect.is_none() && self.kafka.bootstrap_servers.is_empty() {
            missing.push("bootstrap_servers");
        }
        if self.registry.is_none() {
            missing.push(REGISTRY_SETTING);
        }
        if !missing.is_empty() {
            return Err(ConfigError::Missing(missing));
        }
        let choice = self.choice()?;
        if let Some(name) = self.headers.duplicate() {
            return Err(invalid(
                "header_name",
                format!("two standard headers are named {name:?}"),
            ));
        }
        if self.kafka.buffer_records == 0 {
            return Err(invalid("buffer_records", "must be at least 1".to_owned()));
        }
        if self.kafka.buffer_bytes == 0 {
            return Err(invalid("buffer_bytes", "must be at least 1".to_owned()));
        }
        // The smallest of them, so that the same settings always have the same error.
        if let Some(reason) = self.topics.values().filter_map(|actual| invalid_topic(actual)).min() {
            return Err(invalid("rename_topic", reason));
        }
        let context = self.schema_context.as_deref().map(SchemaContext::new).transpose();
        let context = context.map_err(|reason| invalid("schema_context", reason))?;
        let metadata = self.schema_metadata.into_iter();
        let naming = Naming {
            strategy: self.subject_strategy,
            context,
            metadata: metadata
                .map(|(event_type, metadata)| (event_type.name(), metadata))
                .collect(),
        };
        // Another producer has a limit of its own, and tells it when the record reaches it.
        let max_record_bytes = match &self.connect {
            Some(_) => LARGEST,
            None => self.kafka.max_record_bytes,
        };
        let delivery_timeout = self.kafka.delivery_timeout;
        if let Some((setting, reason)) = self.kafka.mode.refusal(delivery_timeout) {
            return Err(invalid(setting, reason));
        }
        let transactional = self.kafka.mode.transactional(delivery_timeout);
        let mut policies = match transactional {
            Some(_) => self.policies.of_transactions()?,
            None => self.policies,
        };
        policies.check()?;
        let partitioner = &self.kafka.partitioner;
        if policies.hold_keys() && !partitioner.keeps_keys_together() {
            let reason = format!(
                "{partitioner:?} puts the records of one key on several partitions, where they have no order, and `on_failure` \
                 holds keys to keep it: choose another policy, or `Partitioner::Murmur2`"
            );
            return Err(invalid("partitioner", reason));
        }
        policies.letters = policies.letters.map(|letters| letters.within(max_record_bytes));
        let id_header = self.headers.name(StandardHeader::EventId).map(str::to_owned);
        let routes = Routes::new(naming, self.headers, self.topics, policies.clone());
        let mut declared = Vec::new();
        for event_type in self.events {
            let route = routes.own_route(event_type)?;
            if let Choice::Id(ids) = &choice {
                let schemas = [Some(route.value()), route.key()].into_iter().flatten();
                if let Some(missing) = schemas
                    .map(|schema| schema.subject())
                    .find(|subject| !ids.contains_key(*subject))
                {
                    let reason = format!("{} has no id under its subject {missing}", event_type.name());
                    return Err(invalid("schema_id", reason));
                }
            }
            declared.push(route);
        }
        if let Choice::Id(ids) = &choice {
            let schemas = declared
                .iter()
                .flat_map(|route| [Some(route.value()), route.key()])
                .flatten();
            let known: Vec<_> = schemas.map(|schema| schema.subject()).collect();
            // The smallest of them, so that the same settings always have the same error.
            if let Some(strange) = ids.keys().filter(|subject| !known.contains(&subject.as_str())).min() {
                let reason = format!(
                    "no declared event has the subject {strange}; they have {}",
                    known.join(", ")
                );
                return Err(invalid("schema_id", reason));
            }
        }
        let Some(registry) = self.registry.transpose()? else {
            return Err(ConfigError::Missing(vec![REGISTRY_SETTING]));
        };
        let registry: Arc<dyn SchemaRegistry> = Arc::new(CachedRegistry::new(registry));
        let noted = Arc::new(Noted::default());
        let on_delivery = match &self.kafka.mode {
            KafkaMode::Transactional { .. } => Some(noting(Arc::clone(&noted), self.on_delivery)),
            _ => self.on_delivery,
        };
        let limits = Limits {
            records: self.kafka.buffer_records,
            bytes: self.kafka.buffer_bytes,
            block_timeout: self.block_timeout,
            delivery_timeout: self.kafka.delivery_timeout,
        };
        let retries = policies.retries;
        let troubles = Troubles {
            policies,
            breaker: self.circuit_breaker.clone(),
            id_header,
        };
        let dispatcher = Dispatcher::new(limits, troubles, on_delivery);
        let connect = self.connect.unwrap_or_else(|| {
            let mut kafka = self.kafka;
            #[cfg(feature = "sasl")]
            {
                kafka.runtime = Some(runtime.clone());
            }
            // librdkafka counts a record until the last report of its batch was handled, while its place here is taken
            // again after its own. With the same limit it would refuse the next record for want of room.
            kafka.report_margin = REPORT_MARGIN.min(limits.delivery_timeout / 4);
            kafka.buffer_records = limits.records.max(limits.records.saturating_mul(2).min(MAX_QUEUE));
            kafka.connect()
        });
        let transactions = match transactional {
            Some((id, timeout)) => {
                dispatcher.attach(&connect)?;
                Some(Coordinator::new(Arc::clone(&dispatcher), connect, id, timeout, noted))
            }
            None => {
                dispatcher.connect(connect)?;
                None
            }
        };
        if retries.are_made() {
            tending::resume(&runtime, &dispatcher);
        }
        if let Some(breaker) = self.circuit_breaker {
            tending::mind(&runtime, &dispatcher, breaker);
        }
        let resolver = Resolver {
            registry,
            choice,
            framing: self.framing,
            sources: Arc::new(Sources {
                disk: self.disk_cache,
                lock: self.schema_lock,
            }),
        };
        Ok(Publisher::new(Inner {
            asking: Asking::new(
                resolver,
                Arc::clone(&dispatcher),
                runtime.clone(),
                limits.delivery_timeout,
            ),
            dispatcher,
            routes,
            declared,
            framing: self.framing,
            max_record_bytes,
            runtime,
            transactions,
            own_runtime,
        }))
    }
}

/// Resolves what is declared; the publisher, if the start mode takes what came of it.
async fn resolve_declared<G: Guarantee>(
    publisher: Publisher<G>,
    mode: StartMode,
    timeout: Duration,
) -> Result<Publisher<G>, ConfigError> {
    let unresolved = publisher.resolve_declared(mode, timeout).await;
    if unresolved.is_empty() {
        publisher.look_at_topics();
        if let Some(transactions) = &publisher.inner().transactions {
            transactions.announce_soon();
        }
        return Ok(publisher);
    }
    let unresolved = unresolved.into_iter().map(|(resolution, error)| UnresolvedSchema {
        event_type: resolution.event_type().name(),
        subject: resolution.subject().to_owned(),
        error,
    });
    Err(ConfigError::Unresolved(unresolved.collect()))
}

/// Notes what is not delivered, before the user's own callback hears of it.
fn noting(noted: Arc<Noted>, on_delivery: Option<OnDelivery>) -> OnDelivery {
    Box::new(move |report| {
        if let Err(error) = report.result {
            noted.event(report.event_type, error);
        }
        if let Some(on_delivery) = &on_delivery {
            on_delivery(report);
        }
    })
}

fn invalid(setting: &str, reason: String) -> ConfigError {
    ConfigError::Invalid {
        setting: setting.to_owned(),
        reason,
    }
}
