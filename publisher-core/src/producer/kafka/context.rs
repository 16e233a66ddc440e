//! What the two sides of a client share: what the sending one leaves for the reports, and what the reports and the log
//! tell of the state of the connections.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use rdkafka::ClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::producer::{DeliveryResult, ProducerContext};
use rdkafka::statistics::Statistics;

use super::KafkaSettings;
use super::in_flight::{InFlight, Sent};
use super::lump::Lump;
use super::partition::Partitioning;
use super::scrub::Scrubber;
use super::security::{is_alert, is_for_want_of_a_token, is_refusal};
use super::spares::Spares;
use crate::producer::ffi::{HeaderList, ReportedRecord};
use crate::producer::{Outcome, Placement, Reports, Token, Undelivered};
use crate::record::{Offset, Record, RecordRef};

/// The time of log append that librdkafka's mock cluster claims for each record, while its log holds the record's own.
const MOCK_APPEND_TIME_MS: i64 = 1234;
/// Lists of headers with more bytes are not kept for the next record.
const SPARE_HEADERS_BYTES: usize = 512;

/// The state of one client.
pub(super) struct Context {
    pub(super) reports: Arc<dyn Reports>,
    /// Records that `send` took over.
    accepted: Counter,
    /// Those of them whose report was given.
    reported: Counter,
    in_flight: InFlight,
    pub(super) spare_headers: Spares<HeaderList>,
    pub(super) partitioning: Option<Partitioning>,
    trouble: Trouble,
    pub(super) fatal: OnceLock<String>,
    /// Whether all has been given up. What was purged before that was recalled.
    pub(super) purged: AtomicBool,
    pub(super) bootstrap_servers: String,
    pub(super) delivery_timeout: Duration,
    scrubber: Scrubber,
    #[cfg(feature = "sasl")]
    refused_token: Arc<tokio::sync::Notify>,
}

/// A counter on memory of its own: senders count on one, the thread of the reports on the other.
#[derive(Default)]
#[repr(align(128))]
struct Counter(AtomicUsize);

impl Context {
    pub(super) fn new(settings: &KafkaSettings, reports: Arc<dyn Reports>) -> Self {
        Self {
            reports,
            accepted: Counter::default(),
            reported: Counter::default(),
            in_flight: InFlight::default(),
            spare_headers: Spares::default(),
            partitioning: Partitioning::new(&settings.partitioner),
            trouble: Trouble::default(),
            fatal: OnceLock::new(),
            purged: AtomicBool::new(false),
            bootstrap_servers: settings.bootstrap_servers.clone(),
            delivery_timeout: settings.delivery_timeout,
            scrubber: Scrubber::new(&settings.properties),
            #[cfg(feature = "sasl")]
            refused_token: Arc::default(),
        }
    }

    /// There is an access token, which is kept out of all texts from now on. That there was none explains nothing any more.
    #[cfg(feature = "sasl")]
    pub(super) fn note_token(&self, token: &str) {
        self.scrubber.hide(token);
        self.trouble.clear();
    }

    /// Told each time that the brokers refuse who we are.
    #[cfg(feature = "sasl")]
    pub(super) fn refused_token(&self) -> Arc<tokio::sync::Notify> {
        Arc::clone(&self.refused_token)
    }

    /// Counts a record that is about to be handed over; the word is for librdkafka to carry.
    pub(super) fn accepted(&self, record: RecordRef<'_>, token: Token) -> usize {
        let headers_spare = !record.headers.is_empty() && record.headers.size() <= SPARE_HEADERS_BYTES;
        self.accepted.0.fetch_add(1, Ordering::AcqRel);
        self.in_flight.insert(Sent::new(record, token, headers_spare))
    }

    /// Takes [`accepted`](Self::accepted) back for a record that was not handed over after all.
    pub(super) fn withdrawn(&self, word: usize) {
        self.in_flight.take(word);
        self.accepted.0.fetch_sub(1, Ordering::AcqRel);
    }

    /// Counts records whose reports were given.
    pub(super) fn reported(&self, records: usize) {
        self.reported.0.fetch_add(records, Ordering::AcqRel);
    }

    pub(super) fn unreported(&self) -> usize {
        // In this order, so that it is never below zero.
        let reported = self.reported.0.load(Ordering::Acquire);
        self.accepted.0.load(Ordering::Acquire).wrapping_sub(reported)
    }

    pub(super) fn note_fatal(&self, reason: &str) {
        self.fatal.get_or_init(|| reason.to_owned());
    }

    /// A broker has answered: what went wrong on a connection before explains nothing any more.
    pub(super) fn note_answer(&self) {
        self.trouble.clear();
    }

    /// The last thing that went wrong on a connection, if no broker has confirmed or answered anything since.
    pub(super) fn last_trouble(&self) -> Option<(RDKafkaErrorCode, String)> {
        self.trouble.last().clone()
    }

    /// A line of librdkafka's log, with its level as in syslog.
    pub(super) fn logged(&self, level: i32, facility: &str, message: &str) {
        let message = &*self.scrubber.clean(message);
        match level {
            ..=3 => tracing::error!(target: "librdkafka", facility, "{message}"),
            4 => tracing::warn!(target: "librdkafka", facility, "{message}"),
            5 | 6 => tracing::info!(target: "librdkafka", facility, "{message}"),
            7.. => tracing::debug!(target: "librdkafka", facility, "{message}"),
        }
        let text = message.split_once("]: ").map_or(message, |(_thread, text)| text);
        match facility {
            // A closed connection is logged and no error event; it explains a time-out all the same.
            "FAIL" if is_alert(text) => self.trouble.note(RDKafkaErrorCode::SSL, text),
            "FAIL" => self.trouble.note(RDKafkaErrorCode::BrokerTransportFailure, text),
            // The error event that follows hides in the underlying code that it is fatal.
            "FATAL" => self.note_fatal(text.trim_start_matches("Fatal error: ")),
            _ => {}
        }
    }

    /// An error of the client or of a connection. librdkafka logs what it raises here, so that it is only remembered.
    pub(super) fn raised(&self, code: RDKafkaErrorCode, reason: &str) {
        let reason = &*self.scrubber.clean(reason);
        tracing::debug!(target: "librdkafka", %code, "{reason}");
        self.trouble.note(code, reason);
        #[cfg(feature = "sasl")]
        if super::security::is_refused_token(code, reason) {
            self.refused_token.notify_one();
        }
    }

    /// What became of a reported record, and for whom. `None` for one that is not known.
    pub(super) fn settled(&self, record: &mut ReportedRecord<'_>) -> Option<(Token, Outcome, Option<HeaderList>)> {
        let word = record.opaque();
        let Some(sent) = self.in_flight.take(word) else {
            tracing::error!(
                word,
                "librdkafka reported a record twice or one that it was never given"
            );
            return None;
        };
        let outcome = match record.error() {
            None => Ok(self.placement(record, &sent)),
            Some(code) => {
                let lost = rebuilt(record, &sent);
                let error = self.failure(code, record.persistence(), lost.as_ref());
                Err(Box::new(Undelivered { error, record: lost }))
            }
        };
        // After the record was rebuilt, which has them.
        let headers = sent.headers_spare.then(|| record.take_headers()).flatten();
        Some((sent.token, outcome, headers))
    }

    fn placement(&self, record: &ReportedRecord<'_>, sent: &Sent) -> Placement {
        self.note_answer();
        Placement {
            partition: record.partition(),
            // Negative where the broker confirmed a copy that had arrived before, or confirms nothing: it does not say
            // where the record lies.
            offset: u64::try_from(record.offset()).ok().map(Offset),
            timestamp_ms: match record.append_time_ms() {
                Some(time) if time != MOCK_APPEND_TIME_MS => time,
                _ => sent.timestamp_ms,
            },
        }
    }
}

/// What rdkafka's own loop brings. Ours runs in its place; rdkafka's would only within its own calls that flush, of which
/// there is one, when the client is dropped: with nothing left to tell.
impl ClientContext for Context {
    fn log(&self, level: RDKafkaLogLevel, facility: &str, message: &str) {
        self.logged(level as i32, facility, message);
    }

    fn error(&self, error: KafkaError, reason: &str) {
        if let Some(code) = error.rdkafka_error_code() {
            self.raised(code, reason);
        }
    }

    // The default parses the whole JSON, only to log it.
    fn stats(&self, _: Statistics) {}

    fn stats_raw(&self, _: &[u8]) {}
}

impl ProducerContext<Partitioning> for Context {
    type DeliveryOpaque = usize;

    fn get_custom_partitioner(&self) -> Option<&Partitioning> {
        self.partitioning.as_ref()
    }

    fn delivery(&self, result: &DeliveryResult<'_>, _word: usize) {
        let (Ok(message) | Err((_, message))) = result;
        let mut lump = Lump::default();
        if let Some(record) = ReportedRecord::of(message) {
            lump.add(self, record);
        }
        lump.give(self);
    }
}

/// The record of a failed report, as it was handed over.
fn rebuilt(record: &ReportedRecord<'_>, sent: &Sent) -> Record {
    Record {
        topic: record.topic(),
        partition: sent.partition,
        key: record.key().map(<[u8]>::to_vec),
        value: record.value().map(<[u8]>::to_vec),
        headers: record.headers(),
        timestamp_ms: sent.timestamp_ms,
    }
}

/// The last error of a connection, so that a time-out can say why. A delivery and the description of a topic clear it.
#[derive(Default)]
struct Trouble {
    present: AtomicBool,
    last: Mutex<Option<(RDKafkaErrorCode, String)>>,
}

impl Trouble {
    fn note(&self, code: RDKafkaErrorCode, text: &str) {
        let mut last = self.last();
        // "All brokers are down" says less than the refused connection before it; a lost connection less than the wrong
        // password.
        let known = last.as_ref().map(|(known, _)| *known);
        let tells_less = match known {
            None => false,
            // What the broker says of an access token that is over tells less than why there is no other.
            Some(_) if last.as_ref().is_some_and(|(_, text)| is_for_want_of_a_token(text)) => {
                !is_for_want_of_a_token(text)
            }
            Some(known) => code == RDKafkaErrorCode::AllBrokersDown || (is_refusal(known) && !is_refusal(code)),
        };
        if !tells_less {
            *last = Some((code, text.to_owned()));
            self.present.store(true, Ordering::Release);
        }
    }

    fn clear(&self) {
        if self.present.load(Ordering::Acquire) {
            self.present.store(false, Ordering::Release);
            *self.last() = None;
        }
    }

    fn last(&self) -> MutexGuard<'_, Option<(RDKafkaErrorCode, String)>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
